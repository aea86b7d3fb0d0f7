#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Makes the files that the mutations start from: seeds.py PAGELAP DIRECTORY."""
import os
import shutil
import subprocess
import sys

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../..")
TRAPS = os.path.join(ROOT, "testdata/traps")
SAME = "-fdebug-prefix-map=%s=/src" % os.path.realpath(TRAPS)  # wherever this tree is
sys.path.insert(0, os.path.join(ROOT, "testdata/miniature"))
import kernel  # noqa: E402


def compile_all(directory):
    """DWARF 4 and 5, as objects and linked; without a compiler there is the rest."""
    if not shutil.which("gcc"):
        print("no gcc: no DWARF among the seeds")
        return
    for version in "45":
        objects = []
        for source in ("page", "differs"):
            objects.append(os.path.join(directory, "%s-%s.o" % (source, version)))
            subprocess.run(["gcc", SAME, "-gdwarf-" + version, "-c", source + ".c", "-o", objects[-1]], cwd=TRAPS,
                           check=True)
        subprocess.run(["gcc", "-nostdlib", "-static", "-no-pie", "-Wl,-e,0", *objects, "-o",
                        os.path.join(directory, "linked-" + version)], check=True)
        os.unlink(objects[-1])
    split = os.path.join(directory, "split.o")
    subprocess.run(["gcc", SAME, "-gdwarf-4", "-gsplit-dwarf", "-c", "page.c", "-o", split], cwd=TRAPS, check=True)
    if shutil.which("clang-19"):  # both parts in one file, which is read twice
        subprocess.run(["clang-19", SAME, "-w", "-gdwarf-5", "-gsplit-dwarf=single", "-c", "page.c", "-o", split], cwd=TRAPS,
                       check=True)
    else:
        os.unlink(split)
    subprocess.run(["gcc", SAME, "-gdwarf-4", "-gz=zlib", "-c", "page.c", "-o", os.path.join(directory, "zlib.o")], cwd=TRAPS,
                   check=True)


def main():
    pagelap, directory = sys.argv[1:]
    shutil.rmtree(directory, ignore_errors=True)
    os.makedirs(directory)
    made = kernel.files()
    for name in ("le64.btf", "be32.btf", "two-slabs.btf", "vmlinux", "image.gz", "flat.gz"):
        with open(os.path.join(directory, name), "wb") as file:
            file.write(made[name])
    compile_all(directory)
    shutil.copy(os.path.join(ROOT, "rules/struct-page.json"), os.path.join(directory, "rules.pack"))
    subprocess.run([pagelap, "layout", "--format", "json:saved.json", "--overlay", "slab", "two-slabs.btf"], cwd=directory,
                   check=True)


if __name__ == "__main__":
    main()
