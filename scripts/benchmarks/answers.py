# SPDX-License-Identifier: MIT
"""Whether both sides of the races gave the same answer: the comparisons of the witness tests, on the same inputs."""
import json
import os
import subprocess
import sys

from benchmarks.inputs import ROOT, RUNNING, fetch_headers
from benchmarks.layouts import FOUR, TREES, libdw_scan
from benchmarks.usage import short_log


def witness(name, *arguments):
    return [sys.executable, "-B", os.path.join(ROOT, "tests/witness", name), *arguments]


def layout_commands(options):
    compare = witness("compare_kernel.py", "--pagelap", options.pagelap)
    yield [*compare, "--source", options.vmlinux, "--from", "dwarf", "--witness", "pahole", "--records", ",".join(FOUR)]
    if os.access(RUNNING, os.R_OK):
        yield [*compare, "--source", RUNNING, "--from", "btf", "--witness", "bpftool"]
    for name, path in sorted(fetch_headers(TREES).items()):
        yield witness("headers_case.py", "--pagelap", options.pagelap, "--tree", f"{name}={path}", name)


def usage_commands(options, scratch):
    """The code of the race, held against what clang says of every member."""
    if not options.build:
        return
    report, log = os.path.join(scratch, "usage.json"), short_log(options, scratch)
    subprocess.run([options.pagelap, "usage", "--quiet", "--no-scan", "--no-cache", "--make-log", log, "--format",
                    f"json:{report}", f"kernel={options.build}"], check=True)
    yield witness("usage_members.py", "--report", report, "--log", log, "--build", options.build, "--source",
                  os.path.join(options.build, "source"), "--every", "1")


def sizes(options, scratch):
    """The sizes that our scan with elfutils sees, against those of the report."""
    program, report = libdw_scan(scratch), os.path.join(scratch, "sizes.json")
    if not program:
        return [], True
    printed = subprocess.run([program, options.vmlinux, *FOUR], stdout=subprocess.PIPE, text=True, check=True).stdout
    theirs = {line.split()[0]: int(line.split()[2]) for line in printed.splitlines()}
    overlays = [word for name in FOUR[1:] for word in ("--overlay", name)]
    subprocess.run([options.pagelap, "layout", "--quiet", "--from", "dwarf", "--format", f"json:{report}", *overlays,
                    options.vmlinux], check=True)
    with open(report, encoding="utf-8") as file:
        records = json.load(file)["targets"][0]["records"]
    ours = {record["name"]: record["size_bytes"] for record in records}
    same = theirs == {name: ours.get(name) for name in theirs}
    return [f"sizes of {', '.join(theirs)} against libdw_scan: {'all equal' if same else 'DIFFERENT'}"], same


def check_answers(options, scratch):
    """Lines of text, and whether all agree."""
    lines, right = sizes(options, scratch)
    for command in [*layout_commands(options), *usage_commands(options, scratch)]:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True, check=False)
        right = right and done.returncode == 0
        lines += [line for line in done.stdout.splitlines() if line.strip()]
    return lines, right
