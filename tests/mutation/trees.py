#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Damages one file of a miniature kernel tree at a time: trees.py [--seed N] [--count N] [--headers BUILD] PAGELAP.

With --headers it is not the miniature but the configured tree of a headers package, as scripts/fetch-headers brings it.

Whatever is in a tree, pagelap tells or refuses it: exit code 0, 1 or 2, a message with 2, nothing from a sanitizer, and
never more than a minute.
"""
import argparse
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile

TREES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../testdata/trees")
# The most damage for the least time: what pagelap parses itself comes more often than what libclang does.
FILES = [("arm/.config", 3), ("arm/Makefile", 2), ("arm/include/config/kernel.release", 1),
         ("arm/include/generated/bounds.h", 2), ("arm/kernel/.bounds.s.cmd", 4), ("arm/compile_commands.json", 4),
         ("source/Makefile", 2), ("source/drivers/widget/widget.c", 3), ("source/drivers/gadget/gadget.c", 3),
         ("source/include/linux/mm_types.h", 6), ("source/mm/slab.h", 4)]
HEADERS_FILES = [("build/.config", 2), ("build/Makefile", 1), ("build/include/config/kernel.release", 1),
                 ("build/include/generated/bounds.h", 2), ("build/include/generated/autoconf.h", 2),
                 ("build/include/generated/asm-offsets.h", 1), ("source/Makefile", 1), ("source/include/linux/mm_types.h", 6),
                 ("source/include/linux/mm.h", 4), ("source/include/linux/page-flags.h", 3),
                 ("source/include/linux/types.h", 2), ("source/include/net/netmem.h", 2)]
INTERESTING = [b"", b"\0", b"\xff", b"{", b"}", b"(", b")", b"\"", b"'", b"\\", b"\n", b"#", b"/*", b"*/", b"static_assert(",
               b"struct page ", b"offsetof(struct page, ", b"union ", b"-I", b"$(", b"0", b"99999999999999999999", b"%s%n"]


def prepare(directory):
    shutil.copytree(TREES, directory, dirs_exist_ok=True)
    source = os.path.join(directory, "source")
    flags = (f"gcc -nostdinc -I{source}/include -I./include -include {source}/include/linux/kconfig.h "
             f"-include {source}/include/linux/compiler_types.h -D__KERNEL__ -S -o x.s")
    os.mkdir(os.path.join(directory, "arm/kernel"))
    with open(os.path.join(directory, "arm/kernel/.bounds.s.cmd"), "w", encoding="utf-8") as file:
        file.write(f"savedcmd_kernel/bounds.s := {flags} kernel/bounds.c\n\nsource_kernel/bounds.s := kernel/bounds.c\n")
    with open(os.path.join(directory, "arm/compile_commands.json"), "w", encoding="utf-8") as file:
        file.write(f'[{{"directory": "{directory}/arm", "command": "{flags} mm/slub.c", "file": "mm/slub.c"}}]\n')


def prepare_headers(directory, build):
    """Links to all files of the tree and of its common part, beside each other as in /usr/src."""
    with open(os.path.join(build, "Makefile"), encoding="utf-8") as file:
        common = re.search(r"^include .*/([^/]+)/Makefile$", file.read(), re.MULTILINE).group(1)
    beside = os.path.dirname(os.path.abspath(build))
    for name, path in (("build", build), ("source", os.path.join(beside, common))):
        real = os.path.join(directory, os.path.basename(path))
        shutil.copytree(path, real, symlinks=True, copy_function=os.link)
        os.symlink(os.path.basename(path), os.path.join(directory, name))


def replace(path, content):
    """Another file than the one that PATH may be a link to."""
    os.unlink(path)
    with open(path, "wb") as file:
        file.write(content)


def damage(content, dice):
    kind = dice.randrange(4)
    at = dice.randrange(len(content) + 1)
    end = min(len(content), at + dice.randrange(1, 40))
    if kind == 0:
        return content[:at] + dice.choice(INTERESTING) + content[at:]
    if kind == 1:
        return content[:at] + dice.choice(INTERESTING) + content[end:]
    if kind == 2:
        return content[:at]
    return content[:at] + content[at:end] * dice.randrange(2, 50) + content[end:]


def wrong(done):
    if done.returncode not in (0, 1, 2):
        return f"exit code {done.returncode}"
    if b"Sanitizer" in done.stderr or b"runtime error" in done.stderr:
        return "a sanitizer has something to say"
    if done.returncode == 2 and not done.stderr.startswith(b"pagelap: "):
        return "exit code 2 without a message"
    if b"reading died" in done.stderr or b"given up" in done.stderr:
        return "the reading process died"
    return None


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--headers", metavar="BUILD")
    parser.add_argument("pagelap")
    options = parser.parse_args()
    dice = random.Random(options.seed)
    names = [name for name, weight in (HEADERS_FILES if options.headers else FILES) for _ in range(weight)]
    top = "build" if options.headers else "arm"
    codes = {}
    with tempfile.TemporaryDirectory(prefix="pagelap-trees-") as directory:
        if options.headers:
            prepare_headers(directory, options.headers)
            names = [name for name in names if os.path.exists(os.path.join(directory, name))]
        else:
            prepare(directory)
        for number in range(options.count):
            path = os.path.join(directory, dice.choice(names))
            with open(path, "rb") as file:
                whole = file.read()
            damaged = damage(whole, dice)
            if path.endswith(".json"):  # which is read only without the other
                os.rename(os.path.join(directory, "arm/kernel"), os.path.join(directory, "arm/aside"))
            replace(path, damaged)
            done = subprocess.run([options.pagelap, "layout", "--format", "json:/dev/null", os.path.join(directory, top)],
                                  capture_output=True, timeout=60, check=False)
            replace(path, whole)
            if path.endswith(".json"):
                os.rename(os.path.join(directory, "arm/aside"), os.path.join(directory, "arm/kernel"))
            codes[done.returncode] = codes.get(done.returncode, 0) + 1
            problem = wrong(done)
            if problem:
                print(f"seed {options.seed}, number {number}, {os.path.relpath(path, directory)}: {problem}")
                print(done.stderr.decode(errors="replace")[-3000:])
                print(repr(damaged[:200]))
                return 1
    print(f"{options.count} damaged trees; exit codes {dict(sorted(codes.items()))}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
