#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Configured kernel headers of Debian, brought by scripts/fetch-headers, against every witness that can tell.

A case is a tree of scripts/fetch-headers, or source-SERIES: the whole source of a kernel with the headers package of
the same release as its build directory. What cannot be had skips the case, with the reason; a witness that fails does
not. --all runs every case there is and prints a table.
"""

import json
import os
import shutil
import subprocess
import sys

import assertions
import flatten_btf
import headers_clang
from compare_kernel import RECORDS, check_report
from leaves import Comparison, PagelapError, Parser, WitnessError, pagelap_records, pagelap_target

SKIPPED = 77

EXPECTATIONS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "headers_expected.json")


class Skip(Exception):
    pass


def fetch(command):
    done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          text=True, check=False)
    if done.returncode == 2:
        raise Skip(done.stderr.strip())
    done.check_returncode()
    return done.stdout.splitlines()


def fetch_tree(options, name):
    return dict(line.split("=", 1) for line in fetch([options.fetch_headers, f"^{name}$"]))[name]


def debian_version(path, package):
    """The version in a path of the cache: .../PACKAGE_VERSION/..."""
    for part in path.split(os.sep):
        if part.startswith(package) and "_" in part:
            return part.split("_", 1)[1]
    raise ValueError(f"{path} holds no version of {package}*")


class Row:
    """What was compared, for the table."""

    def __init__(self, name):
        self.name = name
        self.records = []
        self.leaves = self.pins = self.btf = self.wrong = 0
        self.verdict = ""

    def __str__(self):
        btf = self.btf or "-"
        return (f"{self.name:22} {len(self.records):7} {self.leaves:6} {btf:>6} {self.pins:5}  "
                f"{self.verdict or (f'{self.wrong} differences' if self.wrong else 'equal')}")


HEADING = f"{'tree':22} {'records':>7} {'clang':>6} {'BTF':>6} {'pins':>5}"


def has_btf(path):
    """Where Debian builds a kernel without BTF, the package has no such file, or one with no sections."""
    try:
        with open(path, "rb") as file:
            return b"\0.BTF\0" in file.read()
    except FileNotFoundError:
        return False


def compare_btf(row, build, ours):
    """Against the BTF of the same package: a record that no unit of the kernel has used is not in it."""
    title = f"{row.name} against BTF"
    vmlinux = os.path.join(build, "vmlinux")
    if not has_btf(vmlinux):
        print(f"{title}: none in this package")
        return
    comparison = Comparison(title)
    theirs = flatten_btf.Btf(vmlinux).records(list(ours))
    comparison.compare([name for name in ours if name in theirs or name in ("page", "folio")], ours, theirs, "bpftool")
    comparison.finish()
    row.btf = comparison.leaves
    row.wrong += comparison.wrong + (not comparison.leaves)


def compare_clang(row, target, ours, headers):
    """Against clang's own layouts, and the assertions in its preprocessed text."""
    texts = headers.preprocessed()
    names = list(ours) + sorted({*RECORDS, *assertions.overlays(texts)} - set(ours))
    theirs = headers.records(names, texts)
    comparison = Comparison(f"{row.name} against clang")
    comparison.compare(names, ours, theirs, "clang")
    row.pins = assertions.compare(comparison, assertions.pins(target),
                                  assertions.said(texts, theirs, (headers.source, headers.build)), theirs)
    if not row.pins:
        comparison.fail("nothing is asserted")
    comparison.finish()
    row.leaves = comparison.leaves
    row.wrong += comparison.wrong


def compare_expected(comparison, target, expected):
    """The pins and the gaps that were found by hand in the source."""
    counts = {}
    for pin in target["pins"]:
        counts[pin["overlay"]] = counts.get(pin["overlay"], 0) + 1
    if counts != expected["pins"]:
        comparison.fail(f"pins: {counts}, should be {expected['pins']}")
    unpinned = {overlay["name"]: overlay["coverage"]["unpinned"]
                for overlay in target["overlays"] if overlay["coverage"]}
    for name in sorted({*unpinned, *expected["unpinned"]}):
        mine, other = set(unpinned.get(name, ())), set(expected["unpinned"].get(name, ()))
        if name not in expected["unpinned"] or name not in unpinned:
            comparison.fail(f"{name}: {'not ' if name not in unpinned else ''}an overlay with assertions")
        for path in sorted(mine - other):
            comparison.fail(f"{name}.{path}: said to be in no assertion")
        for path in sorted(other - mine):
            comparison.fail(f"{name}.{path}: in no assertion, which is not said")
        comparison.leaves += len(other)
        comparison.records += 1


def run_tree(options, row, build, source=None, expected=None):
    arguments = ["--source-tree", source] if source else []
    named = f"{row.name}={build}"
    target = pagelap_target(options.pagelap, named, arguments)
    ours = pagelap_records(target)
    row.records = list(ours)
    schema = Comparison(row.name)
    check_report(options.pagelap, named, arguments, schema)
    row.wrong += schema.wrong
    tree = expected["headers"] if expected else row.name
    compare_clang(row, target, ours, headers_clang.Headers(tree, build, source))
    compare_btf(row, build, ours)
    if expected:
        comparison = Comparison(f"{row.name} against what is known of its source")
        compare_expected(comparison, target, expected)
        comparison.finish()
        row.wrong += comparison.wrong


def run_source(options, row, expected):
    """The whole source with the headers package of the same version, one of which may be older in the mirror."""
    suite, arch = expected["suite"], expected["arch"]
    pattern = f"^linux-source-{row.name.removeprefix('source-').replace('.', '[.]')}$"
    build = options.trees.get(expected["headers"]) or fetch_tree(options, expected["headers"])
    source = fetch([options.fetch_kernel, "source", suite, arch, pattern])[0]
    versions = debian_version(build, "linux-headers-"), debian_version(source, "linux-source-")
    if versions[0] != versions[1]:
        raise Skip(f"the headers are of {versions[0]}, the source is of {versions[1]}")
    run_tree(options, row, build, source, expected)


def run_case(options, name):
    """The row of the table; a case that is skipped says so in it."""
    row = Row(name)
    try:
        if not shutil.which(headers_clang.CLANG):
            raise Skip(f"{headers_clang.CLANG} is missing")
        if name in options.expected:
            run_source(options, row, options.expected[name])
        else:
            run_tree(options, row, options.trees.get(name) or fetch_tree(options, name))
    except Skip as reason:
        print(f"skipped: {name} could not be had: {reason}")
        row.verdict = "skipped"
    except PagelapError as error:
        print(f"{name}: pagelap failed: {error}")
        row.wrong += 1
    except WitnessError as error:
        print(f"{name}: could not compare: {error}")
        row.wrong += 1
    sys.stdout.flush()
    return row


def parse_arguments():
    scripts = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../scripts")
    parser = Parser(description=__doc__)
    parser.add_argument("--pagelap", required=True, metavar="BIN")
    parser.add_argument("--fetch-headers", default=f"{scripts}/fetch-headers", metavar="SCRIPT")
    parser.add_argument("--fetch-kernel", default=f"{scripts}/fetch-kernel", metavar="SCRIPT")
    parser.add_argument("--tree", action="append", default=[], metavar="NAME=PATH",
                        help="where a tree is that needs no fetching")
    parser.add_argument("--all", action="store_true", help="every tree and every source")
    parser.add_argument("cases", nargs="*", metavar="CASE", help="sid-amd64, source-7.2, ...")
    options = parser.parse_args()
    options.trees = dict(tree.split("=", 1) for tree in options.tree)
    with open(EXPECTATIONS, encoding="utf-8") as file:
        options.expected = json.load(file)
    if options.all:
        options.cases += [*fetch([options.fetch_headers, "--list"]), *options.expected]
    if not options.cases:
        parser.error("no CASE")
    for name in options.cases:
        if name not in options.expected and name.split("-", 1)[-1] not in headers_clang.FLAVOURS:
            parser.error(f"no case is called {name}")
    return options


def main():
    options = parse_arguments()
    rows = [run_case(options, name) for name in options.cases]
    print("\n".join([HEADING, *map(str, rows)]))
    if any(row.wrong for row in rows):
        return 1
    return 0 if any(row.leaves for row in rows) else SKIPPED


if __name__ == "__main__":
    sys.exit(main())
