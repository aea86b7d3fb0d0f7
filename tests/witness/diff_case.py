#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""What `pagelap diff` says of real kernels, against change logs that people have read line by line.

    diff_case.py --pagelap BINARY [--update] 6.1-6.12|6.12-7.2|headers-and-vmlinux

OLD-NEW are two Debian kernels for amd64: the whole source of each with the headers package of the same release as its
build directory, against testdata/golden/diff-OLD-NEW.txt. Releases and paths are left out, since Debian moves on.
--update writes that file; hold it against the kernel's source before you believe it.

headers-and-vmlinux: headers that clang read and the kernel that gcc built of them have no layout that differs.
"""
import argparse
import difflib
import json
import os
import re
import subprocess
import sys
import tempfile

import headers_case

HERE = os.path.dirname(os.path.abspath(__file__))
SCRIPTS = os.path.join(HERE, "../../scripts")
GOLDEN = os.path.join(HERE, "../../testdata/golden")
SUITES = {"6.1": "bookworm", "6.12": "trixie", "7.2": "sid"}


def fetch_kernel(*arguments):
    return headers_case.fetch([os.path.join(SCRIPTS, "fetch-kernel"), *arguments])[-1]


def fetch_headers(suite):
    name = f"{suite}-amd64"
    return dict(line.split("=", 1) for line in headers_case.fetch([os.path.join(SCRIPTS, "fetch-headers"),
                                                                   f"^{name}$"]))[name]


def run(*command):
    return subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True, check=False)


def save(pagelap, series, path):
    """Checks the kernel of SERIES into a report at PATH."""
    build = fetch_headers(SUITES[series])
    source = fetch_kernel("source", SUITES[series], "amd64", f"^linux-source-{series.replace('.', '[.]')}$")
    versions = (headers_case.debian_version(build, "linux-headers-"),
                headers_case.debian_version(source, "linux-source-"))
    if versions[0] != versions[1]:
        raise headers_case.Skip(f"the headers are of {versions[0]}, the source is of {versions[1]}")
    done = run(pagelap, "check", "-q", "--source-tree", source, "--format", f"json:{path}", f"amd64={build}")
    if done.returncode > 1:
        sys.exit(f"{series}: pagelap check exits with {done.returncode}")


def without_releases(text):
    return re.sub(r"^(  (old|new): \d+\.\d+)\S*, (\w+), headers .*$", r"\1, \3, headers", text, flags=re.MULTILINE)


def run_series(pagelap, case, update):
    golden = os.path.join(GOLDEN, f"diff-{case}.txt")
    with tempfile.TemporaryDirectory(prefix="pagelap-diff-") as scratch:
        paths = [os.path.join(scratch, f"{series}.json") for series in case.split("-")]
        for series, path in zip(case.split("-"), paths):
            save(pagelap, series, path)
        text = without_releases(run(pagelap, "diff", *paths).stdout)
        unchanged = run(pagelap, "diff", paths[1], paths[1])
    if update:
        with open(golden, "w", encoding="utf-8") as file:
            file.write(text)
    with open(golden, encoding="utf-8") as file:
        wanted = file.read()
    sys.stdout.writelines(difflib.unified_diff(wanted.splitlines(True), text.splitlines(True), golden, "now"))
    if unchanged.returncode:
        print(unchanged.stdout)
    return text != wanted or unchanged.returncode != 0


def run_built(pagelap):
    """Nothing of what both sides can tell differs; what headers alone tell is said not to be compared."""
    vmlinux = fetch_kernel("vmlinux", "trixie", "amd64", r"^linux-image-6\.12[^-]*-amd64-dbg$")
    done = run(pagelap, "diff", "-q", "-f", "json", fetch_headers("trixie"), vmlinux)
    target = json.loads(done.stdout)["targets"][0]
    left = {one["overlay"] for one in target["uncompared"]}
    for change in target["changes"]:
        print(json.dumps(change))
    print(f"exit code {done.returncode}, {len(target['changes'])} changes, not compared: {sorted(map(str, left))}")
    return done.returncode != 2 or target["changes"] or not {None, "slab"} <= left


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pagelap", required=True)
    parser.add_argument("--update", action="store_true")
    parser.add_argument("case", choices=["6.1-6.12", "6.12-7.2", "headers-and-vmlinux"])
    options = parser.parse_args()
    try:
        if options.case == "headers-and-vmlinux":
            return bool(run_built(options.pagelap))
        return run_series(options.pagelap, options.case, options.update)
    except headers_case.Skip as reason:
        print(f"skipped: {reason}")
        return headers_case.SKIPPED


if __name__ == "__main__":
    sys.exit(main())
