# SPDX-License-Identifier: MIT
"""Races about layouts: out of DWARF, BTF and headers, and what the rules cost on top."""
import os
import shutil
import subprocess
import sys

from benchmarks.inputs import ROOT, RUNNING, bpftool, fetch_headers
from benchmarks.race import Contestant, Difference, Race

sys.path.insert(0, os.path.join(ROOT, "tests/witness"))
import headers_clang  # noqa: E402

FOUR = ["page", "folio", "slab", "ptdesc"]
# Headers packages: one of each architecture, each raced against clang; and those of one report of many.
TREES = r"^(sid-(amd64|arm64|armmp|powerpc64le|s390x|riscv64|loong64)|bookworm-(686|mips64r2el))$"
MANY = r"^(sid-(amd64|arm64|armmp|powerpc64le|s390x|riscv64|loong64)|bookworm-(686|marvell|mips64r2el|mips32r2el|rpi))$"
DRGN = """import drgn, sys
program = drgn.Program()
program.load_debug_info([sys.argv[1]])
for name in sys.argv[2:]:
    print(name, [(member.name, member.bit_offset) for member in program.type("struct " + name).members])
"""
LIBDW = ("libdw_scan is our own (`scripts/benchmarks/libdw_scan.c`): with elfutils it looks at the top level of every "
         "unit and adds up the offsets of the members of each definition. It does less than pagelap, which reads every "
         "attribute of each definition, names and types included, follows the types, and compares all of them. drgn "
         "indexes every unit, and reads the one definition it is asked for.")


def layout(options):
    return [options.pagelap, "layout", "--format", "json:/dev/null"]


def libdw_scan(scratch):
    """Our scan with elfutils, built into SCRATCH; None where there is no elfutils to build it with."""
    program = os.path.join(scratch, "libdw_scan")
    source = os.path.join(ROOT, "scripts/benchmarks/libdw_scan.c")
    done = subprocess.run(["cc", "-O2", "-o", program, source, "-ldw"], stderr=subprocess.DEVNULL, check=False)
    return program if done.returncode == 0 else None


def llvm_dwarfdump():
    return shutil.which("llvm-dwarfdump-19") or shutil.which("llvm-dwarfdump")


def has_drgn():
    done = subprocess.run(["/usr/bin/python3", "-c", "import drgn"], stderr=subprocess.DEVNULL, check=False)
    return done.returncode == 0


def all_units(options, scratch):
    """Contestants that look through all of the DWARF."""
    vmlinux, rounds = options.vmlinux, options.rounds
    if libdw_scan(scratch):
        yield Contestant("libdw_scan, every unit", [libdw_scan(scratch), vmlinux, *FOUR], rounds)
    if has_drgn():
        script = os.path.join(scratch, "drgn_types.py")
        with open(script, "w", encoding="utf-8") as file:
            file.write(DRGN)
        yield Contestant("drgn", ["/usr/bin/python3", script, vmlinux, *FOUR], rounds)
    if options.quick:
        return
    if llvm_dwarfdump():
        names = [f"--name={name}" for name in FOUR]
        yield Contestant("llvm-dwarfdump", [llvm_dwarfdump(), *names, vmlinux], 1)
    if shutil.which("gdb"):
        types = [word for name in FOUR for word in ("-ex", f"ptype /o struct {name}")]
        yield Contestant("gdb", ["gdb", "-nx", "-batch", *types, vmlinux], 1)


def dwarf_races(options, scratch):
    overlays = [word for name in FOUR[1:] for word in ("--overlay", name)]
    read, vmlinux, rounds = [*layout(options), "--from", "dwarf"], options.vmlinux, options.rounds
    yield Race("four records out of the DWARF of a vmlinux", [
        Contestant("pagelap", [*read, *overlays, vmlinux], rounds),
        Contestant("pagelap, every unit", [*read, "--check-all-units", *overlays, vmlinux], rounds),
        Contestant("pahole", ["pahole", "-F", "dwarf", "-C", ",".join(FOUR), vmlinux], rounds, (0, 1)),
        *all_units(options, scratch)], LIBDW)
    if not options.quick:
        yield Race("a record that is not there (zpdesc, DWARF)", [
            Contestant("pagelap", [*read, "--overlay", "zpdesc", vmlinux], 1, (2,)),
            Contestant("pahole", ["pahole", "-F", "dwarf", "-C", "zpdesc", vmlinux], 1, (0, 1))])


def btf_races(options):
    if not os.access(RUNNING, os.R_OK):
        return
    btf = [Contestant("pagelap", [*layout(options), "--from", "btf", RUNNING], options.rounds),
           Contestant("pahole", ["pahole", "-F", "btf", "-C", ",".join(FOUR), RUNNING], options.rounds, (0, 1))]
    if bpftool():
        btf.append(Contestant("bpftool", [bpftool(), "btf", "dump", "file", RUNNING], options.rounds))
    yield Race("the BTF of the running kernel", btf)


def checking(options, title, sources):
    """What pagelap check does beyond what pagelap layout does with the same sources."""
    return Difference(title, "checking, beyond reading", [
        Contestant(f"pagelap {command}", [options.pagelap, command, "--format", "json:/dev/null", *sources],
                   2 * options.rounds) for command in ("layout", "check")])


def probe_of(headers, name, scratch):
    """A file that includes what pagelap reads of a tree."""
    probe = os.path.join(scratch, f"{name}.c")
    with open(probe, "w", encoding="utf-8") as file:
        for header in headers_clang.HEADERS:
            if os.path.exists(os.path.join(headers.source, header)):
                file.write(f'#include "{headers.source}/{header}"\n')
    return probe


def headers_races(options, scratch):
    """The same translation unit of each tree, parsed by clang and read by pagelap, which looks through the tree too."""
    for name, directory in sorted(fetch_headers(TREES).items()):
        headers = headers_clang.Headers(name, directory)
        check = [*headers.command, "-fsyntax-only", probe_of(headers, name, scratch)]
        yield Race(f"the headers of {name}", [
            Contestant("pagelap", [*layout(options), "--no-scan", f"{name}={directory}"], options.rounds),
            Contestant("pagelap, with the scan", [*layout(options), f"{name}={directory}"], options.rounds),
            Contestant("clang -fsyntax-only", [word for word in check if word != "-w"], options.rounds),
            Contestant("clang -fsyntax-only -w", check, options.rounds)])


def many_races(options, scratch):
    many = fetch_headers(MANY)
    if not many:
        return
    sources = [f"{name}={path}" for name, path in sorted(many.items())]
    saved = os.path.join(scratch, "saved.json")
    subprocess.run([options.pagelap, "layout", "--quiet", "--format", f"json:{saved}", *sources], check=True)
    yield Race(f"one report of the headers of {len(many)} kernels, two at a time", [
        Contestant("pagelap", [*layout(options), "-j2", *sources], options.rounds)])
    yield checking(options, f"the rules, for {len(many)} kernels that are read already", [saved])
    yield checking(options, f"the rules, for the headers of {len(many)} kernels", ["-j2", *sources])


def races(options, scratch):
    yield from dwarf_races(options, scratch)
    yield from btf_races(options)
    yield checking(options, "the rules, for a vmlinux with DWARF", ["--from", "dwarf", options.vmlinux])
    yield from headers_races(options, scratch)
    yield from many_races(options, scratch)
