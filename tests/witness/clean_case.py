#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Unmodified kernels of Debian, against the rules: none of them may be found at fault.

A case is "headers" (configured headers of several architectures and of every Linux in Debian), "kernels" (DWARF and BTF
of kernels as built) or source-SERIES (whole sources with the headers packages of the same release as build
directories), whose findings of severity info have to be just those in clean_expected.json. What cannot be had skips the
case, with the reason. --all takes every tree that scripts/fetch-headers knows, also for the sources.
"""

import json
import os
import subprocess
import sys

import headers_case
import kernel_case
from headers_case import SKIPPED, Skip
from leaves import Parser

HERE = os.path.dirname(os.path.abspath(__file__))
SCRIPTS = os.path.join(HERE, "../../scripts")
TREES = ("^(sid-(amd64|arm64-16k|armmp-lpae|s390x|powerpc64le-64k|riscv64|loong64)|trixie-amd64|"
         "bookworm-(686-pae|mips32r2el|s390x))$")
KERNELS = ("vmlinux-amd64-6.12", "vmlinux-arm64", "vmlinux-s390x", "vmlinux-riscv64", "dwarf-armhf",
           "btf-amd64", "btf-ppc64el")
# Series, suite, and the headers packages whose release is that of the sources.
SOURCES = {
    "source-6.1": ("bookworm", "^bookworm-(amd64|686|s390x|armmp)$"),
    "source-6.12": ("trixie", "^trixie-(amd64|rt-amd64|cloud-amd64)$"),
    "source-7.2": ("sid", "^sid-(amd64|rt-amd64|arm64|armmp|s390x|powerpc64le|riscv64|loong64)$"),
}


def fetch_trees(pattern):
    lines = headers_case.fetch([os.path.join(SCRIPTS, "fetch-headers"), pattern])
    return [line for line in lines if "=" in line]


def fetch_source(case):
    suite, pattern = SOURCES[case]
    series = case.split("-", 1)[1]
    source = headers_case.fetch([os.path.join(SCRIPTS, "fetch-kernel"), "source", suite, "amd64",
                                 f"^linux-source-{series.replace('.', '[.]')}$"])[-1]
    version = headers_case.debian_version(source, "linux-source-")
    return source, [tree for tree in fetch_trees(pattern) if f"_{version}/" in tree]


def fetch_kernels(options):
    for case in KERNELS:
        kind, suite, arch, pattern = kernel_case.CASES[case]
        yield f"{case}={kernel_case.fetch(options, 'vmlinux' if kind == 'dwarf' else kind, suite, arch, pattern)}"


def check(options, sources):
    command = [options.pagelap, "check", "--quiet", "--fail-on", "info", "--format", "json", *sources]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode not in (0, 1):
        raise RuntimeError(f"exit code {done.returncode}: {done.stdout[-2000:]}")
    return json.loads(done.stdout)


def tell(report, names):
    """Whether REPORT is about all of NAMES, and finds nothing that gates or warns."""
    targets = [target["name"] for target in report["targets"]]
    counts = report["summary"]["findings"]
    print(f"{len(targets)} targets, {len(report['failures'])} failures, {counts}")
    for failure in report["failures"]:
        print(f"could not tell: {failure['message']}")
    for finding in report["findings"]:
        if finding["severity"] != "info":
            print(f"{finding['severity']}: {finding['rule']}: {finding['message']} on {', '.join(finding['targets'])}")
    return targets == names and not report["failures"] and counts["error"] == counts["warning"] == 0


def compare_infos(report, case):
    with open(os.path.join(HERE, "clean_expected.json"), encoding="utf-8") as file:
        wanted = set(json.load(file)[case])
    found = {finding["fingerprint"] for finding in report["findings"] if finding["severity"] == "info"}
    for text, names in (("not expected", found - wanted), ("not found", wanted - found)):
        for name in sorted(names):
            print(f"{text}: {name}")
    return found == wanted


def run_case(options):
    if options.case == "kernels":
        sources = list(fetch_kernels(options))
    elif options.case == "headers":
        sources = fetch_trees("" if options.all else TREES)
    else:
        source, trees = fetch_source(options.case)
        sources = ["--source-tree", source, *trees]
    report = check(options, sources)
    fine = tell(report, [source.split("=", 1)[0] for source in sources if "=" in source])
    if options.case in SOURCES:
        fine = compare_infos(report, options.case) and fine
    return fine


def main():
    cases = ("headers", "kernels", *SOURCES)
    parser = Parser(description=__doc__)
    parser.add_argument("--pagelap", required=True, metavar="BIN")
    parser.add_argument("--fetch", default=os.path.join(SCRIPTS, "fetch-kernel"), metavar="SCRIPT",
                        help="scripts/fetch-kernel")
    parser.add_argument("--all", action="store_true", help="all trees that there are, in the case headers")
    parser.add_argument("case", choices=cases, metavar="CASE", help=", ".join(cases))
    options = parser.parse_args()
    try:
        return 0 if run_case(options) else 1
    except (Skip, kernel_case.Skip) as reason:
        print(f"skipped: a kernel or its headers could not be had: {reason}")
        return SKIPPED


if __name__ == "__main__":
    sys.exit(main())
