# SPDX-License-Identifier: MIT
"""One edit at a time: what clang's layouts, the source's assertions and pagelap say of it."""

import collections
import json
import os
import subprocess

import edits
import meaning
import trees

# EDIT of RECORD: whether it is NEUTRAL; whether assertions broke (ASSERTED), and whether code in headers no longer
# compiles otherwise (USES); the highest SEVERITY of what pagelap newly finds, its RULES, and its exit CODE.
Result = collections.namedtuple("Result", "edit record neutral asserted uses severity rules code")


class Checker:
    """pagelap check of a copy of a tree, against the tree as it is."""

    def __init__(self, binary, builds, scratch):
        self.binary = binary
        self.builds = [f"{build.name}={build.path}" for build in builds]
        self.scratch = scratch

    def _run(self, root, scan, arguments):
        """With SCAN, it looks for assertions in all files of the copy that are no links, not only in the headers."""
        command = [self.binary, "check", "--quiet", "--source-tree", root, "--format", "json", *arguments,
                   *([] if scan else ["--no-scan"]), *self.builds]
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
        if done.returncode not in (0, 1, 2):
            raise RuntimeError(f"exit code {done.returncode}: {done.stderr}")
        return done.returncode, json.loads(done.stdout)

    def _baseline(self, scan):
        return os.path.join(self.scratch, f"baseline-{'scan' if scan else 'headers'}.json")

    def take_baseline(self, root, scan):
        """Of a tree that has infos at most."""
        arguments = ["--fail-on", "warning", "--update-baseline", self._baseline(scan), "--accept-new"]
        code, report = self._run(root, scan, arguments)
        if code:
            raise RuntimeError(f"the tree as it is: exit code {code}, {report['summary']}, {report['failures']}")

    def check(self, root, scan):
        """The exit code, and what is new, as pairs of severity and rule."""
        code, report = self._run(root, scan, ["--fail-on", "info", "--baseline", self._baseline(scan)])
        return code, {(finding["severity"], finding["rule"]) for finding in report["findings"]
                      if any(occurrence["state"] == "open" for occurrence in finding["occurrences"])}


class Lane:
    """A copy of the tree to work in; several work side by side."""

    def __init__(self, tree, checker, root):
        self.tree = tree
        self.checker = checker
        self.copy = trees.Copy(tree.source, root)
        self.commands = {}  # by the path of a header: one of each build

    def _commands(self, path):
        if path not in self.commands:
            source = os.path.join(self.copy.root, path)
            place = f"{self.copy.root}-{path.replace('/', '-')}"
            self.commands[path] = [
                meaning.precompile(build.command(self.copy.root), source, f"{place}-{build.name}.pch")
                for build in self.tree.builds]
        return self.commands[path]

    def compile(self, record, types):
        """What clang says of the record on each build."""
        paths = [os.path.join(self.copy.root, name) for name in (record.path, record.more) if name]
        paths = [path for path in paths if os.path.exists(path)]
        return [meaning.compile_unit(command, paths, types) for command in self._commands(record.path)]

    def try_edit(self, record, edit, before):
        self.copy.edit(record, edit.text)
        verdicts = self.compile(record, before.types)
        try:
            after = [meaning.Bytes(verdict.layouts, record.overlay) for verdict in verdicts]
        except ValueError as error:
            raise RuntimeError(f"{edit.title}: {error}: {[verdict.others[:1] for verdict in verdicts]}") from error
        asserted = any(verdict.assertions for verdict in verdicts)
        uses = any(verdict.others for verdict in verdicts)
        code, found = self.checker.check(self.copy.root, record.more is not None)
        severities = {severity for severity, _ in found}
        severity = next((name for name in ("error", "warning", "info") if name in severities), "")
        return Result(edit, record.name, after == before.bytes and not asserted, asserted, uses, severity,
                      sorted({rule for _, rule in found}), code)


class Before:
    """A record of the tree as it is: its BYTES on each build, and the TYPES that clang has to be asked for."""

    def __init__(self, lane, record):
        self.types = [f"struct {record.overlay}"]
        wanted = True
        while wanted:
            verdicts = lane.compile(record, self.types)
            wanted = set()
            for verdict in verdicts:
                if verdict.assertions or verdict.others:
                    raise RuntimeError(f"as it is: {(verdict.assertions + verdict.others)[0]}")
                verdict.layouts.records([record.overlay])
                wanted |= set(verdict.layouts.wanted()) - set(self.types)
            self.types += sorted(wanted)
        self.bytes = [meaning.Bytes(verdict.layouts, record.overlay) for verdict in verdicts]

    def has(self, name):
        """Whether a build has a member of this name; of padding nobody can tell."""
        return meaning.is_padding(name) or any(bytes_.has(name) for bytes_ in self.bytes)


def read(source, path):
    """The text of a file of a source tree; None if there is no such file."""
    try:
        with open(os.path.join(source, path), encoding="utf-8") as file:
            return file.read()
    except FileNotFoundError:
        return None


def plan(tree, lane):
    """Every edit of every record that the tree has, with the record and how it was before."""
    for record in tree.records:
        text = read(tree.source, record.path)
        if text is None or not edits.has_record(text, record.name):
            continue
        lane.copy.edit(record, text)
        lane.checker.take_baseline(lane.copy.root, record.more is not None)
        before = Before(lane, record)
        for edit in edits.Editor(text, record.name, "struct page", before.has).edits():
            yield record, edit, before
