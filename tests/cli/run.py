#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Runs command lines and compares all they say: run.py --pagelap PATH [--update] [CASE...].

A case is a directory below cases/ with `cmd`, a shell script that runs in a fresh copy of the miniature kernels of
testdata/miniature, the trees of testdata/trees, the build of testdata/usage and the pool of testdata/pool, and what must
come of it: `stdout`, `stderr` (no file: nothing), and `exit` (no file: 0).
--update writes these from what happens; look at the difference before you believe it.
"""
import argparse
import difflib
import os
import re
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
CASES = os.path.join(HERE, "cases")
TESTDATA = os.path.join(HERE, "../../testdata")
MINIATURE = os.path.join(TESTDATA, "miniature")
sys.dont_write_bytecode = True
sys.path.insert(0, MINIATURE)
import kernel  # noqa: E402


def make_data(directory):
    for name, content in kernel.files().items():
        with open(os.path.join(directory, name), "wb") as file:
            file.write(content)
    for name in ("trees", "usage", "pool"):
        shutil.copytree(os.path.join(TESTDATA, name), os.path.join(directory, name))
    for name in ("usage.py", "accesses.txt"):
        shutil.copy(os.path.join(MINIATURE, name), directory)
    packs = os.path.join(HERE, "packs")
    for name in os.listdir(packs):
        shutil.copy(os.path.join(packs, name), directory)


def without_version(text):
    """TEXT without the release of libclang, of which several do."""
    return re.sub(r"\bclang \d+(\.\d+)+", "clang VERSION", text)


def run(case, pagelap):
    """What CASE gives now: a dictionary of file names and contents."""
    with tempfile.TemporaryDirectory(prefix="pagelap-cli-") as directory:
        tools = os.path.join(directory, "bin")
        data = os.path.join(directory, "data")
        os.mkdir(tools)
        os.mkdir(data)
        os.symlink(pagelap, os.path.join(tools, "pagelap"))
        make_data(data)
        environment = {key: value for key, value in os.environ.items()
                       if key.startswith(("ASAN_", "UBSAN_", "LSAN_"))}
        environment.update(PATH=tools + ":/usr/bin:/bin", LC_ALL="C", HOME=data)
        with open(os.path.join(CASES, case, "cmd"), encoding="utf-8") as file:
            script = file.read()
        done = subprocess.run(["sh", "-c", script], cwd=data, env=environment, capture_output=True, check=False,
                              stdin=subprocess.DEVNULL, timeout=60)
        return {"stdout": without_version(done.stdout.decode()), "stderr": without_version(done.stderr.decode()),
                "exit": "%d\n" % done.returncode if done.returncode else ""}


def wanted(case, name):
    path = os.path.join(CASES, case, name)
    if not os.path.exists(path):
        return ""
    with open(path, encoding="utf-8") as file:
        return file.read()


def update(case, found):
    for name, content in found.items():
        path = os.path.join(CASES, case, name)
        if content:
            with open(path, "w", encoding="utf-8") as file:
                file.write(content)
        elif os.path.exists(path):
            os.unlink(path)


def compare(case, found):
    same = True
    for name, content in found.items():
        before = wanted(case, name)
        if before == content:
            continue
        same = False
        sys.stdout.writelines(difflib.unified_diff(before.splitlines(True), content.splitlines(True),
                                                   "%s/%s" % (case, name), "now"))
    return same


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--pagelap", required=True, type=os.path.abspath)
    parser.add_argument("--update", action="store_true")
    parser.add_argument("cases", nargs="*")
    arguments = parser.parse_args()
    failed = []
    cases = arguments.cases or sorted(os.listdir(CASES))
    for case in cases:
        found = run(case, arguments.pagelap)
        if arguments.update:
            update(case, found)
        elif not compare(case, found):
            failed.append(case)
    print("%d cases, %d differ%s" % (len(cases), len(failed), ": " + " ".join(failed) if failed else ""))
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main())
