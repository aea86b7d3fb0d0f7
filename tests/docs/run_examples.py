#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Runs every command that the documentation shows.

    run_examples.py --pagelap BINARY --vmlinux FILE --scratch DIR

Commands are the lines of the ```sh blocks of the Markdown files, and the lines of the manual pages that begin with
".Dl $". Those that call pagelap, and all of docs/own-rules.md, run in DIR, where FILE is at hand as vmlinux and
vmlinux-old, a miniature tree as source and build, testdata/pool as pool, the example of docs/check.md as
suppressions.json, those of docs/own-rules.md under the names that they have there, what the code of miniature kernels
does as usage.json, a build in miniature as kernel and make.log, and docs/packs as packs, with BINARY on the PATH; the
others run in the source tree, with DESTDIR set. Each must exit with 0, or with what the comment behind it says;
`pagelap check` and `pagelap diff` may exit with 1, if their verdict says so.
"""
import argparse
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]

OWN_RULES = "docs/own-rules.md"

# What cannot be run from here, and why.
LEFT_OUT = {
    "scripts/test": "it is what runs this test",
    "scripts/prepare-kernel --make vmlinux sid 7.2 x86_64 OUT tinyconfig +64BIT +PRINTK -DEBUG_INFO_NONE "
    "+DEBUG_INFO_DWARF5 -LTO_NONE +LTO_CLANG_THIN": "minutes of compiling",
    "tests/witness/compare_kernel.py --pagelap build/default/cmd/pagelap --source OUT/vmlinux --witness pahole "
    "--from dwarf": "it needs what the line before makes",
    "scripts/mutations": "half an hour; its parts are tests",
    "tests/witness/headers_case.py --pagelap build/default/cmd/pagelap --all": "a gigabyte; a part of it is a test",
}


# What an exit code of 1 means, and what the report then says.
GATES = (("check", "gate-failed"), ("diff", "different"))


def markdown_commands(path):
    inside = False
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("```"):
            inside = line.strip() == "```sh"
        elif inside and line.strip():
            yield line


def manual_commands(path):
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith(".Dl $ "):
            yield line[len(".Dl $ "):]


def commands():
    sources = [("README.md", markdown_commands), ("CONTRIBUTING.md", markdown_commands)]
    sources += [(str(p.relative_to(ROOT)), markdown_commands)
                for folder in ("docs", "rules") for p in sorted((ROOT / folder).glob("*.md"))]
    sources += [(str(p.relative_to(ROOT)), manual_commands)
                for p in sorted((ROOT / "docs/man").glob("*.[1-9]*"))]
    for name, reader in sources:
        for line in reader(ROOT / name):
            said = re.search(r"#.*exits with (\d)$", line)
            yield name, re.sub(r"\s+#.*$", "", line).strip(), int(said.group(1)) if said else None


def prepare_tree(scratch):
    """A configured tree, and what stands for the kernel built from it: an object with the same records."""
    shutil.copytree(ROOT / "testdata/trees/source", scratch / "source")
    shutil.copytree(ROOT / "testdata/trees/x86_64", scratch / "build")
    include = ["-Isource/include", "-Ibuild/include"]
    for name in ("kconfig.h", "compiler_types.h"):
        include += ["-include", f"source/include/linux/{name}"]
    unit = "#include <linux/mm_types.h>\nstruct page page; struct folio folio; struct ptdesc ptdesc;\n"
    subprocess.run(["cc", "-g", "-c", "-x", "c", *include, "-o", "build/vmlinux", "-"], cwd=scratch, input=unit, text=True,
                   check=True)


def prepare_suppressions(scratch):
    """The example of docs/check.md."""
    text = (ROOT / "docs/check.md").read_text(encoding="utf-8")
    example = re.search(r"^```json\n(.*?)^```", text, re.DOTALL | re.MULTILINE).group(1)
    (scratch / "suppressions.json").write_text(example, encoding="utf-8")


def prepare_usage(scratch, binary):
    """A miniature kernel, and what the code of three does, as a saved report."""
    miniature, kernels = ROOT / "testdata/miniature", scratch / "kernels"
    subprocess.run([sys.executable, "-B", miniature / "kernel.py", kernels], check=True)
    names = ("x86_64=le64.btf", "s390x=be64.btf", "m68k=be32.btf")
    layout = subprocess.run([binary, "layout", "--format", "json", *names], cwd=kernels, check=True,
                            stdout=subprocess.PIPE)
    with open(scratch / "usage.json", "wb") as file:
        subprocess.run([sys.executable, "-B", miniature / "usage.py"], check=True, input=layout.stdout, stdout=file)
    os.rename(kernels / "be64.btf", scratch / "s390x.btf")


def prepare_kernel(scratch):
    """A build in miniature, without the unit that is lost, and what make would print of it."""
    shutil.copytree(ROOT / "testdata/usage/kernel", scratch / "kernel")
    (scratch / "kernel/drivers/gadget/.gadget.o.cmd").unlink()
    commands = [path.read_text(encoding="utf-8").splitlines()[0].split(" := ", 1)[1]
                for path in sorted((scratch / "kernel").rglob(".*.o.cmd"))]
    (scratch / "make.log").write_text("\n".join(commands), encoding="utf-8")


def prepare_own_rules(scratch):
    """What docs/own-rules.md works on: its examples that have a name, and the pool, of which it shows the others."""
    text = (ROOT / OWN_RULES).read_text(encoding="utf-8")
    pool, recipe = (json.loads((ROOT / "testdata/pool" / name).read_text(encoding="utf-8"))
                    for name in ("pool.json", "recipe.json"))
    for name, example in re.findall(r"^```json ?(\S*)\n(.*?)^```", text, re.DOTALL | re.MULTILINE):
        if name:
            (scratch / name).write_text(example, encoding="utf-8")
        elif json.loads(example) not in (recipe, *pool["rules"]):
            raise ValueError(f"{OWN_RULES} shows what is not in testdata/pool: {example}")
    shutil.copytree(ROOT / "testdata/pool", scratch / "pool")
    os.symlink(ROOT / "rules", scratch / "rules")


def prepare(scratch, binary, vmlinux):
    shutil.rmtree(scratch, ignore_errors=True)
    (scratch / "bin").mkdir(parents=True)
    os.symlink(binary, scratch / "bin/pagelap")
    for name in ("vmlinux", "vmlinux-old"):
        shutil.copyfile(vmlinux, scratch / name)
    prepare_tree(scratch)
    prepare_suppressions(scratch)
    prepare_usage(scratch, binary)
    prepare_kernel(scratch)
    prepare_own_rules(scratch)
    os.symlink(ROOT / "scripts", scratch / "scripts")
    os.symlink(ROOT / "docs/packs", scratch / "packs")
    subprocess.run([binary, "layout", "--format", f"json:{scratch}/report.json", vmlinux], check=True)


def is_silent(command):
    """Whether a command that succeeds says nothing."""
    return re.search(r" --format | > | -o |^mkdir |--update-baseline", command)


def run(name, command, wanted, scratch):
    """Whether the command did what is WANTED; None: that it exits with 0, or fails its gate."""
    ours = command.startswith(("pagelap ", "parallel ", "valgrind ")) or name == OWN_RULES
    environment = dict(os.environ, XDG_CACHE_HOME=str(scratch / "cache"), DESTDIR=str(scratch / "installed"),
                       PATH=f"{scratch}/bin:{os.environ['PATH']}")
    result = subprocess.run(["bash", "-euo", "pipefail", "-c", command], cwd=scratch if ours else ROOT,
                            env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                            stderr=subprocess.STDOUT, text=True, check=False)
    gated = result.returncode == 1 and any(
        command.startswith(f"pagelap {gate} ") and f"verdict: {verdict}" in result.stdout for gate, verdict in GATES)
    right = result.returncode == wanted if wanted is not None else not result.returncode or gated
    if not right:
        print(f"exit code {result.returncode}\n{result.stdout[-4000:]}")
    elif not result.stdout and not is_silent(command):
        print("it printed nothing")
        return False
    return right


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pagelap", required=True, type=pathlib.Path)
    parser.add_argument("--vmlinux", required=True, type=pathlib.Path)
    parser.add_argument("--scratch", required=True, type=pathlib.Path)
    arguments = parser.parse_args()
    if not os.access(arguments.vmlinux, os.R_OK):
        print(f"skipped: {arguments.vmlinux} cannot be read")
        return 77
    prepare(arguments.scratch, arguments.pagelap, arguments.vmlinux)
    count = failed = 0
    for name, command, wanted in commands():
        reason = LEFT_OUT.get(command)
        if command.startswith("parallel ") and not shutil.which("parallel"):
            reason = "there is no GNU parallel"
        print(f"{name}: {command}" + (f"  (not run: {reason})" if reason else ""), flush=True)
        if reason:
            continue
        count += 1
        if not run(name, command, wanted, arguments.scratch):
            print("FAILED")
            failed += 1
    print(f"{count} commands run, {failed} failed")
    return 1 if failed or not count else 0


if __name__ == "__main__":
    sys.exit(main())
