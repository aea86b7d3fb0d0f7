#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Makes what fuzzing starts from: seeds.py PAGELAP DIRECTORY.

DIRECTORY/TARGET/ gets the seeds of each target, and DIRECTORY/TARGET.dict the words that its language has. The torture
tests read them too, and DIRECTORY/trees.
"""
import bz2
import hashlib
import json
import lzma
import os
import re
import shutil
import struct
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.join(HERE, "../..")
TRAPS = os.path.join(ROOT, "testdata/traps")
TREES = os.path.join(ROOT, "testdata/trees")
PACKS = os.path.realpath(os.path.join(ROOT, "tests/cli/packs"))
MINIATURE = os.path.join(ROOT, "testdata/miniature")
sys.path.insert(0, MINIATURE)
import btf  # noqa: E402
import kernel  # noqa: E402

SAME = "-fdebug-prefix-map=%s=/src" % os.path.realpath(TRAPS)  # wherever this tree is
FUZZED = "200"  # the last part of the path that fuzz.c gives each input
COMMAND = ("gcc -Wp,-MMD,kernel/.bounds.s.d -nostdinc -I../source/arch/x86/include -I./include -include "
           "../source/include/linux/kconfig.h -D__KERNEL__ -D'KBUILD_MODNAME=\"a b\"' -march=x86-64 -m64 -fshort-wchar "
           "-fno-PIE -mabi=lp64 --target=x86_64-linux-gnu -DX=\\\"y\\\" -S -o kernel/bounds.s kernel/bounds.c")
CMDFILES = {
    "new": "savedcmd_kernel/bounds.s := %s\n\nsource_kernel/bounds.s := kernel/bounds.c\n\ndeps_kernel/bounds.s := \\\n"
           "    $(wildcard include/config/SMP) \\\n  include/a.h \\\n" % COMMAND,
    "old": "cmd_kernel/bounds.s := mkdir -p kernel; %s && ./tools/objtool a.o\n" % COMMAND,
    "quotes": "cmd_a := gcc '-DA=$(pound)b' \"-DC=\\\"d\\\"\" -I 'a b' -isystem e -c f.c ; x & y | z (w)\n",
}
DATABASES = {
    "command": '[{"directory": "/build", "command": "%s", "file": "/source/mm/slub.c"}]'
               % COMMAND.replace("\\", "\\\\").replace('"', '\\"'),
    "arguments": '[{"directory": "b", "arguments": ["clang", "--target=s390x-linux-gnu", "-Iinclude", "-c", "a.c"], '
                 '"file": "a.c", "output": "a.o"}, {"command": "gcc -c kernel/bounds.c", "file": "kernel/bounds.c"}]',
}
CONFIGS = {
    "config": "#\n# Automatically generated file\n#\nCONFIG_CC_VERSION_TEXT=\"gcc (a=b) 12\"\nCONFIG_64BIT=y\n"
              "CONFIG_HZ=250\n# CONFIG_KMSAN is not set\nCONFIG_BTRFS_FS=m\n",
    "makefile": "VERSION = 7\nPATCHLEVEL = 2\nSUBLEVEL = 13\nEXTRAVERSION =\ninclude /usr/src/linux/Makefile\n"
                "include $(srctree)/scripts/Kbuild.include\nobj-$(CONFIG_SMP) += \\\n\ta.o b.o\n",
    "header": "#define UTS_RELEASE \"7.2.13-amd64\"\n#define NR_PAGEFLAGS 24 /* __NR_PAGEFLAGS */\n",
}
MAKELOG = ("make -f ./scripts/Makefile.build obj=mm\n# CC      mm/slub.o\n  gcc -Wp,-MMD,mm/.slub.o.d -nostdinc -I./include "
           "-D__KERNEL__ -DX='\"a b\"' \\\n -c -o mm/slub.o /build/mm/slub.c; ./tools/objtool mm/slub.o\n"
           "set -e; clang --target=s390x-linux-gnu -D__KERNEL__ -include /source/a.h -c /source/mm/swap.c -o mm/swap.o\n")
BANNER = "Linux version 7.2.0-fuzz (who@where) (gcc-14 (Debian 14.2.0-19) 14.2.0, GNU ld 2.43) #1 SMP"
SUPPRESSIONS = {
    "one": '{"schema": "pagelap-suppressions/1", "suppressions": [{"rule": "TAIL-BIT", "overlay": "slab", '
           '"member": "cache", "target": "*", "reason": "because", "expires": "2027-03-31"}]}',
}


def write(directory, target, name, content):
    os.makedirs(os.path.join(directory, target), exist_ok=True)
    with open(os.path.join(directory, target, name), "wb") as file:
        file.write(content.encode() if isinstance(content, str) else content)


def compile_all(directory):
    """DWARF of both compilers; without one there is the rest."""
    forms = {"gcc": ["-gdwarf-4", "-gdwarf-5", "-gdwarf-5 -gdwarf64", "-gdwarf-2 -gstrict-dwarf", "-gdwarf-4 -gz=zlib",
                     "-gdwarf-5 -fdebug-types-section"],
             "clang-19": ["-gdwarf-4", "-gdwarf-5 -O2", "-gdwarf-5 --target=s390x-linux-gnu",
                          "-gdwarf-4 --target=mips-linux-gnu", "-gdwarf-5 --target=riscv64-linux-gnu"]}
    os.makedirs(os.path.join(directory, "dwarf"), exist_ok=True)
    for compiler, lines in forms.items():
        if not shutil.which(compiler):
            print("no %s: no DWARF of it among the seeds" % compiler)
            continue
        for number, options in enumerate(lines):
            path = os.path.join(directory, "dwarf", "%s-%d.o" % (compiler, number))
            subprocess.run([compiler, SAME, "-w", *options.split(), "-c", "page.c", "-o", path], cwd=TRAPS, check=True)
    link(os.path.join(directory, "dwarf"))
    identified(os.path.join(directory, "dwarf"))
    split(os.path.join(directory, "dwarf"))
    separate(os.path.join(directory, "separate"))


def embedded():
    """What a kernel says of itself: its version, and its configuration."""
    return BANNER.encode() + b"\n\0IKCFG_ST" + kernel.gzip(CONFIGS["config"].encode()) + b"IKCFG_ED"


def identified(directory):
    """A kernel with DWARF that says what it is, and files whose DWARF is elsewhere: by build ID, by checksum."""
    source, bare = os.path.join(directory, "said.c"), os.path.join(directory, "bare.o")
    if not shutil.which("gcc") or not shutil.which("objcopy"):
        return
    with open(source, "w", encoding="ascii") as file:
        file.write('#include "page.c"\nconst char said[] = "%s";\n' % "".join("\\x%02x" % byte for byte in embedded()))
    subprocess.run(["gcc", SAME, "-w", "-gdwarf-5", "-I", TRAPS, "-c", source, "-o", os.path.join(directory, "gcc-said.o")],
                   cwd=TRAPS, check=True)
    linked, name = os.path.join(directory, "linked"), os.path.join(directory, FUZZED)
    for kind, options in (("checksum", ["-Wl,--build-id=none"]), ("build-id", ["-Wl,--build-id=0x0123456789abcdef"])):
        subprocess.run(["gcc", "-nostdlib", "-static", "-no-pie", "-Wl,-e,0", *options, os.path.join(directory, "gcc-1.o"),
                        "-o", bare], check=True)
        shutil.copy(linked, name)
        subprocess.run(["objcopy", "--strip-debug", "--add-gnu-debuglink=" + name, bare,
                        os.path.join(directory, "elsewhere-" + kind)], check=True)
    for path in (source, bare, name):
        os.unlink(path)


def separate(directory):
    """A program, and what was stripped off it, beside it: by checksum."""
    linked = os.path.join(os.path.dirname(directory), "dwarf", "linked")
    if not os.path.exists(linked) or not shutil.which("objcopy"):
        return
    os.makedirs(directory, exist_ok=True)
    program, debug = os.path.join(directory, "program"), os.path.join(directory, "program.debug")
    subprocess.run(["objcopy", "--remove-section=.note.gnu.build-id", linked, debug], check=True)
    subprocess.run(["objcopy", "--strip-debug", "--add-gnu-debuglink=" + debug, debug, program], check=True)


def link(directory):
    objects = [os.path.join(directory, name) for name in ("gcc-1.o", "differs.o")]
    if not os.path.exists(objects[0]):
        return
    subprocess.run(["gcc", SAME, "-gdwarf-5", "-c", "differs.c", "-o", objects[1]], cwd=TRAPS, check=True)
    subprocess.run(["gcc", "-nostdlib", "-static", "-no-pie", "-Wl,-e,0", *objects, "-o", os.path.join(directory, "linked")],
                   check=True)
    os.unlink(objects[1])


def split(directory):
    """What is split off, and objects that name themselves as what their types are in: fuzz.c gives them that name."""
    gcc, clang = os.path.join(directory, "gcc-split.o"), os.path.join(directory, FUZZED)
    for version in "45":
        if shutil.which("gcc"):
            subprocess.run(["gcc", SAME, "-gdwarf-" + version, "-gsplit-dwarf", "-c", "page.c", "-o", gcc], cwd=TRAPS, check=True)
            os.rename(gcc.replace(".o", ".dwo"), gcc.replace(".o", "-%s.dwo" % version))
            os.unlink(gcc)
        if shutil.which("clang-19"):
            subprocess.run(["clang-19", SAME, "-w", "-gdwarf-" + version, "-gsplit-dwarf=single", "-c",
                            os.path.join(TRAPS, "page.c"), "-o", FUZZED], cwd=directory, check=True)
            os.rename(clang, os.path.join(directory, "clang-19-single-%s.o" % version))


def bzimage(payload):
    """As much of an x86 boot sector as tells where the kernel is."""
    head = bytearray(0x400)
    head[0x1f1] = 1
    struct.pack_into("<H", head, 0x1fe, 0xaa55)
    head[0x202:0x206] = b"HdrS"
    struct.pack_into("<H", head, 0x206, 0x20c)
    struct.pack_into("<II", head, 0x248, 0, len(payload))
    return bytes(head) + payload


def split_btf(directory):
    """A kernel that has the host, and modules that have an overlay of it, or both again: length, kernel, module."""
    for bits, big_endian in ((64, False), (32, True)):
        base = btf.Btf(bits, big_endian)
        word, half = base.integer("long unsigned int", bits // 8), base.integer("int", 4)
        links = base.struct("list_head", ("next", base.pointer(base.void)), ("prev", base.pointer(base.void)))
        base.struct("page", ("flags", word), ("lru", links), ("mapping", base.pointer(base.void)), ("_refcount", half))
        for name in ("slab", "page"):
            module = btf.Btf(bits, big_endian, base)
            parts = module.union("", ("list", links), ("cache", module.pointer(base.void)))
            module.struct(name, ("flags", word), ("", parts), ("freelist", module.array(half, 2, half)))
            kernel_bytes = base.raw()
            write(directory, "btfmodule", "%s-%d" % (name, bits),
                  struct.pack("<I", len(kernel_bytes)) + kernel_bytes + module.raw())


def binaries(directory):
    made = kernel.files()
    for name in ("le64.btf", "be32.btf", "two-slabs.btf", "no-page.btf", "vmlinux"):
        write(directory, "btf", name, made[name])
    inner = made["vmlinux"]
    said = kernel.gzip(bytes(4096) + embedded() + made["le64.btf"] + bytes(512))
    for name, content in {"gz": made["image.gz"], "flat": made["flat.gz"], "said": said, "wrapper": made["wrapper"], "xz": lzma.compress(inner),
                          "lzma": lzma.compress(inner, lzma.FORMAT_ALONE), "bz2": bz2.compress(inner),
                          "bzimage": bzimage(made["image.gz"]), "inside": b"boot" * 50 + made["image.gz"] + bytes(99)}.items():
        write(directory, "image", name, content)
    for name in ("zstd", "lz4"):
        if shutil.which(name):
            packed = subprocess.run([name, "-c", *(["-l"] if name == "lz4" else [])], input=inner, capture_output=True,
                                    check=True).stdout
            write(directory, "image", name, packed)
    compile_all(directory)
    shutil.copytree(os.path.join(directory, "dwarf"), os.path.join(directory, "elf"))
    for name in ("gcc-said.o", "elsewhere-checksum", "elsewhere-build-id"):
        if os.path.exists(os.path.join(directory, "dwarf", name)):
            shutil.copy(os.path.join(directory, "dwarf", name), os.path.join(directory, "image", name))
    write(directory, "elf", "vmlinux", made["vmlinux"])


def reports(pagelap, directory):
    """What pagelap itself writes: of one kernel, of several with findings, of headers with assertions."""
    scratch = os.path.join(directory, "scratch")
    os.makedirs(scratch)
    for name, content in kernel.files().items():
        with open(os.path.join(scratch, name), "wb") as file:
            file.write(content)
    shutil.copytree(TREES, os.path.join(scratch, "trees"))
    shutil.copytree(TREES, os.path.join(directory, "trees"))
    lines = {"one": "layout --overlay slab two-slabs.btf",
             "check": "check --overlay slab --overlay ptdesc le64.btf be32.btf",
             "headers": "layout x=trees/x86_64 text", "twice": "layout a=le64.btf b=le64.btf",
             "findings": "check --rules %s/few-rules.json two-slabs.btf" % PACKS}
    for name, line in lines.items():
        done = subprocess.run([pagelap, *line.split(), "--format", "json:report"], cwd=scratch, capture_output=True,
                              check=False)
        if done.returncode > 2:
            sys.exit("pagelap %s: %s" % (line, done.stderr.decode()))
        with open(os.path.join(scratch, "report"), "rb") as file:
            content = file.read()
        for target in ("report", "diff"):
            write(directory, target, name, content)
        done = subprocess.run([sys.executable, "-B", os.path.join(MINIATURE, "usage.py")], input=content, capture_output=True,
                              check=True)
        write(directory, "usage", name, done.stdout)
        if name == "twice":
            write(directory, "usage", "shards", shards(done.stdout))
            write(directory, "usage", "archs", of_two(done.stdout))
    shutil.rmtree(scratch)


def shards(content):
    """The targets of a report as parts of one scan."""
    report = json.loads(content)
    for number, target in enumerate(report["targets"]):
        target["usage"].update(shard=number + 1, shards=len(report["targets"]))
    return json.dumps(report)


def of_two(content):
    """The targets of a report, two of them, as kernels of two architectures; the second does one thing less."""
    report = json.loads(content)
    for target, arch in zip(report["targets"], ("x86_64", "s390x")):
        target["arch"] = arch
    report["targets"][1]["accesses"].pop()
    return json.dumps(report)


def number(value):
    """As analyzer/support/wire.c writes it, which has the texts below as well."""
    made = b""
    while value >= 0x80:
        made += bytes([value & 0x7f | 0x80])
        value >>= 7
    return made + bytes([value])


def text(value):
    return number(0) if value is None else number(len(value) + 1) + value.encode()


def bundle(*records):
    """What one function is found to do: one access to each record, and a cast."""
    made = number(len(records))
    for at, record in enumerate(records):
        made += text("mm/slub.c") + number(300 + at) + number(9) + text("f") + text(at and "MACRO" or None)
        made += text(record) + text("lru.next") + number(at % 4) + text("list_add") + text(None)
    made += number(1) + text("mm/slub.c") + number(7) + number(2) + text("g") + text(None) + text("page") + text("slab")
    return hashlib.sha256(made).digest()[:16] + number(len(made)) + made


def scanned(directory):
    """What passes between the parts of a scan: from a worker, and from one run to the next."""
    bundles = [bundle("page"), bundle("page", "slab", "folio")]
    paths = ["/source/mm/slub.c", "/source/include/linux/mm_types.h"]
    results = []
    for precompiled in (0, 1):
        made = number(precompiled) + text(None) + number(0) + number(2) + bundles[precompiled] + bundles[0] + number(2)
        results.append(made + b"".join(number(at) + text(path) for at, path in enumerate(paths)))
    lost = number(0) + text("mm/made.c:3: 'made.h' file not found") + number(1) + text("/source/mm/made.h") + number(0)
    write(directory, "scanned", "one", results[0])
    write(directory, "scanned", "two", results[1] + results[0])
    write(directory, "scanned", "lost", results[0] + lost + number(1) + number(0) + text(paths[0]))
    write(directory, "cache", "two", kept(bundles, paths))


def kept(bundles, paths):
    """A cache of a unit that was read, one that need not be, and one that was lost."""
    state = number(4711) + number(12) + 2 * (number(1790000000) + number(5)) + bytes(16)
    made = number(2) + b"".join(text(path) + state for path in paths)
    made += number(2) + b"".join(bundles) + number(3)
    for unit, idle, seen, lost in ((0, b"", [0, 1], None), (1, number(7), [], None), (2, b"", [], "killed")):
        made += hashlib.sha256(bytes([unit])).digest()[:16] + number(unit) + text(lost)
        made += (number(1) + text("/source/mm/made.h") if lost else number(0)) + number(len(idle)) + idle
        made += number(len(seen)) + bytes(seen) + number(1) + number(0)
    with open(os.path.join(ROOT, "analyzer/read/usage/cache_file.h"), encoding="utf-8") as file:
        magic = re.search(r'#define PL_CACHE_MAGIC "(.*)\\n"', file.read()).group(1)
    return magic.encode() + b"\n" + hashlib.sha256(made).digest()[:16] + made


def texts(directory):
    for target, files in {"cmdfile": CMDFILES, "database": DATABASES, "kconfig": CONFIGS, "suppressions": SUPPRESSIONS}.items():
        for name, content in files.items():
            write(directory, target, name, content)
    write(directory, "makelog", "log", MAKELOG)
    for target, path in {"pack": "rules/struct-page.json", "recipe": "rules/linux-headers.json",
                         "usagerules": "rules/linux-usage.json"}.items():
        with open(os.path.join(ROOT, path), "rb") as file:
            write(directory, target, os.path.basename(path), file.read())
    for name in os.listdir(PACKS):
        with open(os.path.join(PACKS, name), "rb") as file:
            content = file.read()
        if b'"pagelap-rules/1"' in content:
            write(directory, "pack", name, content)
    for target, top in {"scan": os.path.join(TREES, "source"), "facts": os.path.join(ROOT, "testdata/usage")}.items():
        os.makedirs(os.path.join(directory, target))
        for place, _, names in os.walk(top):
            for name in names:
                if name.endswith((".c", ".h")):
                    shutil.copy(os.path.join(place, name), os.path.join(directory, target, name))


def dictionary(directory, target):
    """The strings of a target's seeds, for libFuzzer."""
    words = set()
    for name in os.listdir(os.path.join(directory, target)):
        with open(os.path.join(directory, target, name), encoding="utf-8") as file:
            words.update(re.findall(r'"[A-Za-z_/$]{2,24}1?"|\b(?:static_assert|offsetof|sizeof|struct|union)\b', file.read()))
    with open(os.path.join(directory, target + ".dict"), "w", encoding="utf-8") as file:
        file.writelines('"%s"\n' % word.replace('"', '\\"') for word in sorted(words))


def main():
    pagelap, directory = map(os.path.abspath, sys.argv[1:])
    shutil.rmtree(directory, ignore_errors=True)
    split_btf(directory)
    binaries(directory)
    texts(directory)
    scanned(directory)
    reports(pagelap, directory)
    for target in ("report", "pack", "recipe", "suppressions", "database", "scan", "facts", "usagerules", "usage",
                   "diff"):
        dictionary(directory, target)


if __name__ == "__main__":
    main()
