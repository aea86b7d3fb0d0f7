# SPDX-License-Identifier: MIT
"""Records as leaves, whoever read them, and the comparison of two readings.

Every reader here answers with a dict from record name to Record. A leaf is what the compiler stores: the rules are
those of analyzer/read/flatten.h, written down a second time and from the other side, so that a misunderstanding in
one of the two shows.
"""

import argparse
import collections
import json
import subprocess
import sys

# An array of records with more elements than this is one leaf.
EXPANDED_ELEMENTS = 64

Leaf = collections.namedtuple("Leaf", "path offset_bits size_bits bit_field")


class Record:
    def __init__(self, name, kind, size_bits, leaves):
        self.name = name
        self.kind = kind
        self.size_bits = size_bits
        self.leaves = leaves

    def __eq__(self, other):
        return (self.kind, self.size_bits, self.leaves) == (other.kind, other.size_bits, other.leaves)


class WitnessError(Exception):
    """The witness itself could not answer; not a difference."""


class PagelapError(Exception):
    """pagelap did not answer, or not with what its schema promises."""


class Parser(argparse.ArgumentParser):
    """A wrong command line is exit code 3 in all of pagelap."""

    def error(self, message):
        self.print_usage(sys.stderr)
        print(f"{self.prog}: {message}", file=sys.stderr)
        sys.exit(3)


def run(command, error=WitnessError, output_suffices=False):
    """The stdout of COMMAND, or an ERROR that says what it complained about.

    With OUTPUT_SUFFICES any exit code will do when there is output: for the caller to see whether it is whole.
    """
    try:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              check=False)
    except OSError as failure:
        raise error(f"{command[0]}: {failure.strerror}") from failure
    if done.returncode != 0 and not (output_suffices and done.stdout):
        complaint = done.stderr.decode(errors="replace").strip()
        raise error(f"{' '.join(command)}: exit code {done.returncode}\n{complaint}")
    return done.stdout.decode(errors="replace")


def pagelap_target(binary, source, arguments=()):
    """The one target of pagelap's report about SOURCE."""
    command = [binary, "layout", *arguments, "--format", "json", source]
    text = run(command, PagelapError)
    try:
        report = json.loads(text)
    except ValueError as error:
        raise PagelapError(f"{' '.join(command)}: no JSON: {error}") from error
    targets = report.get("targets", [])
    if len(targets) != 1:
        raise PagelapError(f"{' '.join(command)}: {len(targets)} targets instead of one")
    return targets[0]


def pagelap_records(target):
    """The records of a target of a report."""
    records = {}
    for record in target["records"]:
        leaves = []
        for field in record["fields"]:
            if field["offset_bytes"] != field["offset_bits"] // 8:
                raise PagelapError(f"{record['name']}.{field['path']}: offset_bytes does not fit offset_bits")
            leaves.append(Leaf(field["path"], field["offset_bits"], field["size_bits"], field["bit_field"]))
        records[record["name"]] = Record(record["name"], record["kind"], record["size_bits"], leaves)
    return records


def elements(counts):
    """The index parts of the paths of an array's elements: [2, 2] gives [0][0], [0][1], [1][0], [1][1]."""
    paths = [""]
    for count in counts:
        paths = [f"{path}[{i}]" for path in paths for i in range(count)]
    return paths


def product(counts):
    total = 1
    for count in counts:
        total *= count
    return total


def spell(leaf):
    bits = " bit field" if leaf.bit_field else ""
    return f"bit {leaf.offset_bits} (byte {leaf.offset_bits // 8}), {leaf.size_bits} bits{bits}"


def differences(name, ours, theirs, their_name):
    """Every difference of two Records, as lines of text; none means that they are equal."""
    lines = []
    if ours.kind != theirs.kind:
        lines.append(f"{name}: a {ours.kind}, {their_name} says a {theirs.kind}")
    if ours.size_bits != theirs.size_bits:
        lines.append(f"{name}: {ours.size_bits} bits, {their_name} says {theirs.size_bits}")
    our_paths, their_paths = collections.defaultdict(list), collections.defaultdict(list)
    for leaf in ours.leaves:
        our_paths[leaf.path].append(leaf)
    for leaf in theirs.leaves:
        their_paths[leaf.path].append(leaf)
    for path in list(our_paths) + [path for path in their_paths if path not in our_paths]:
        mine, other = sorted(our_paths.get(path, [])), sorted(their_paths.get(path, []))
        if mine == other:
            continue
        says = "; ".join(map(spell, other)) or "nothing of it"
        lines.append(f"{name}.{path}: {'; '.join(map(spell, mine)) or 'not there'}; {their_name} says {says}")
    return lines


class Comparison:
    """Counts what was compared and prints what differs."""

    def __init__(self, title):
        self.title = title
        self.records = self.leaves = self.wrong = 0

    def fail(self, line):
        print(f"  {line}")
        self.wrong += 1

    def compare(self, names, ours, theirs, their_name):
        """The records called NAMES (each that either side has) must be the same on both sides."""
        for name in names:
            if name not in ours and name not in theirs:
                continue
            if name not in ours:
                self.fail(f"{name}: missing, but {their_name} has it")
                continue
            if name not in theirs:
                self.fail(f"{name}: there, but {their_name} has none")
                continue
            for line in differences(name, ours[name], theirs[name], their_name):
                self.fail(line)
            self.records += 1
            self.leaves += len(theirs[name].leaves)

    def finish(self):
        """Prints the sum; the exit code."""
        if not self.leaves:
            print(f"{self.title}: nothing was compared")
            return 1
        verdict = f"{self.wrong} differences" if self.wrong else "all equal"
        print(f"{self.title}: {self.records} records, {self.leaves} leaves: {verdict}")
        return 1 if self.wrong else 0
