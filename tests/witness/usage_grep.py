#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Holds a usage scan against what a plain grep finds, and explains every line that only grep has.

    usage_grep.py --report REPORT --log MAKE_LOG --source TREE --build DIR [--only GLOB] [--list]

Grep looks, in every C file that the log builds and in the headers of the tree that the report speaks of, for `X->FIELD`
and `X.FIELD`, where FIELD is a field of a record of the report and X is called like one of these records. What the report
does not have on that line is explained, if it can be: a comment, the body of a macro (told where the macro is used), code
that the configuration leaves out, an argument of sizeof, typeof or offsetof, a variable of another type, a macro that
spans lines (told where it begins). Exits with 1 if a line is left without an explanation.
"""
import argparse
import collections
import fnmatch
import json
import pathlib
import re
import shlex
import subprocess
import sys

NAMED = re.compile(r"page|folio|slab|ptdesc|zpdesc")
# What is tried for headers: between them they include most that speak of pages.
UNITS = ("mm/page_alloc.c", "mm/slub.c", "mm/migrate.c", "net/core/page_pool.c", "fs/fs-writeback.c")
UNEVALUATED = re.compile(r"\b(?:sizeof|sizeof_field|typeof|__typeof__|offsetof|container_of|struct_size)\b")
# A macro that spans lines is told at its first; those of trace events are long.
LINES_OF_A_MACRO = 12
LINES_OF_AN_EVENT = 40
EVENTS = ("DECLARE_EVENT_CLASS", "TRACE_EVENT")


def without_comments(text):
    """TEXT with the same lines, and blanks for comments and strings."""
    def blank(match):
        return re.sub(r"[^\n]", " ", match.group())
    return re.sub(r"/\*.*?\*/|//[^\n]*|\"(?:\\.|[^\"\\\n])*\"", blank, text, flags=re.DOTALL)


def macro_lines(lines):
    """Numbers of the lines that are in the body of a macro."""
    found, inside = set(), False
    for number, line in enumerate(lines, 1):
        inside = inside or re.match(r"\s*#\s*define\b", line) is not None
        if inside:
            found.add(number)
        inside = inside and line.rstrip().endswith("\\")
    return found


def commands(log):
    """Per C file the command that compiles it, as the log has it."""
    found = {}
    with open(log, encoding="utf-8", errors="replace") as file:
        for line in file:
            for part in re.split(r";\s+", line):
                match = re.match(r"clang\S* .*-c -o \S+ (\S+\.c)\s*$", part)
                if match:
                    found.setdefault(match.group(1), part)
    return found


class Compiled:
    """Which lines of which files the compiler sees, unit by unit."""

    def __init__(self, log, build, tree):
        self.build = build
        self.headers = "\n".join(path.read_text(encoding="utf-8", errors="replace")
                                 for folder in ("include/linux", "include/uapi/linux", "mm")
                                 for path in sorted((tree / folder).glob("*.h")))
        self.commands = commands(log)
        self.seen, self.neighbours = {}, {}

    def lines(self, unit):
        if unit not in self.seen:
            words = shlex.split(self.commands[unit])
            cut = words.index("-c")
            words = [word for word in words[:cut] if not word.startswith("-Wp,-M")] + ["-E", "-w", words[-1]]
            done = subprocess.run(words, cwd=self.build, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False)
            lines, file, number = collections.defaultdict(dict), None, 0
            for line in done.stdout.decode(errors="replace").split("\n"):
                mark = re.match(r'# (\d+) "([^"]*)"', line)
                if mark:
                    number, file = int(mark.group(1)), mark.group(2)
                    continue
                if line.strip():
                    lines[file][number] = line
                number += 1
            self.seen[unit] = {self.normal(name): found for name, found in lines.items()}
        return self.seen[unit]

    def beside(self, path):
        """The text of the headers in the directory of PATH."""
        if path.parent not in self.neighbours:
            self.neighbours[path.parent] = "\n".join(each.read_text(encoding="utf-8", errors="replace")
                                                     for each in sorted(path.parent.glob("*.h")))
        return self.neighbours[path.parent]

    def other_type(self, variable, operator, lines, records, path):
        """Whether the members and variables called VARIABLE, here or in headers, are all of types not among RECORDS."""
        star = r"\**" if operator == "->" else ""
        name = re.escape(variable)
        pattern = re.compile(rf"\bstruct\s+(\w+)\s*{star}\s*{name}\s*[;,=\[]|\bLIST_HEAD\({name}\)|^\s*\}}\s*{name};",
                             re.MULTILINE)
        for text in ("\n".join(lines), self.beside(path), self.headers):
            found = set(pattern.findall(text))
            if found:
                return not found & records
        return False

    def normal(self, name):
        return str((self.build / name).resolve())

    def sees(self, path, number, field):
        """What becomes of line NUMBER of PATH and FIELD in it: "" if it is not there, None if no unit tried has the file."""
        units = [unit for unit in self.commands if self.normal(unit) == str(path)]
        if not units:
            units = [unit for unit in self.commands if unit.endswith(UNITS)]
        known = None
        for unit in units:
            lines = self.lines(unit).get(str(path))
            if lines is None:
                continue
            known = ""
            for at in range(number, number - 4, -1):
                if re.search(rf"\b{re.escape(field)}\b", lines.get(at, "")):
                    return lines[at]
        return known


def declared(lines, number, variable, operator):
    """The record that VARIABLE is declared as, before line NUMBER; None if that is not seen."""
    pattern = re.compile(rf"\b(?:struct|union)\s+(\w+)\s*\**\s*(?:\w+\s*(?:=[^,;]*)?,\s*\**\s*)*\**\b{re.escape(variable)}\b")
    for line in reversed(lines[max(0, number - 400):number]):
        match = pattern.search(line)
        if match and (operator == "->" or "*" not in match.group()):
            return match.group(1)
    return None


def explain(hit, text, macros, target, compiled):
    path, name, number, variable, operator, field = hit
    _, bare = text
    before = [access for access in target["by_file"].get(name, [])
              if access["through"] and access["line"] < number and number - access["line"] <=
              (LINES_OF_AN_EVENT if access["through"] in EVENTS else LINES_OF_A_MACRO)]
    if not re.search(rf"\b{re.escape(field)}\b", bare[number - 1]):
        return "a comment or a string"
    if number in macros:
        return "the body of a macro: told where it is used"
    if any(field in (access["field"] or "").split(".") for access in before):
        return "in a macro that begins some lines above, where it is told"
    if re.search(r"\bprefetchw?\s*\(", bare[number - 1]):
        return "a prefetch: nothing is done with the address"
    if UNEVALUATED.search(bare[number - 1]):
        return "sizeof, typeof, offsetof: not an access"
    record = declared(bare, number, variable, operator)
    if record and record not in target["records"]:
        return "a variable of another type"
    if not record and compiled.other_type(variable, operator, bare, target["records"], path):
        return "a variable of another type"
    if field in target["copies"]:
        return "the host as a member of an overlay: its address is a cast"
    seen = compiled.sees(path, number, field)
    if seen == "":
        return "left out by the configuration"
    if seen is None:
        return "a header that the units tried do not include"
    if re.search(rf"sizeof\s*\(\s*\(.*\b{re.escape(field)}\b", seen):
        return "in sizeof, once its macro is expanded: VM_BUG_ON() without DEBUG_VM"
    return None


def hits(tree, names, records, fields):
    pattern = re.compile(r"\b(\w+)(?:\[[^]]*\])?(->|\.)(" + "|".join(sorted(map(re.escape, fields), key=len, reverse=True)) + r")\b")
    for name in sorted(names):
        path = tree / name
        if not path.is_file():
            continue
        raw = path.read_text(encoding="utf-8", errors="replace")
        lines = raw.split("\n")
        text = lines, without_comments(raw).split("\n")
        macros = macro_lines(lines)
        for number, line in enumerate(lines, 1):
            for match in pattern.finditer(line):
                if NAMED.search(match.group(1)):
                    yield (path.resolve(), name, number, match.group(1), match.group(2), match.group(3)), text, macros


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--report", required=True)
    parser.add_argument("--log", required=True)
    parser.add_argument("--source", required=True, type=pathlib.Path)
    parser.add_argument("--build", required=True, type=pathlib.Path)
    parser.add_argument("--only", default="*")
    parser.add_argument("--list", action="store_true", help="each line, with its explanation")
    arguments = parser.parse_args()
    target = json.loads(pathlib.Path(arguments.report).read_text(encoding="utf-8"))["targets"][0]
    target["by_file"] = collections.defaultdict(list)
    for access in target["accesses"]:
        target["by_file"][access["file"]].append(access)
    records = {access["record"] for access in target["accesses"]} | {record["name"] for record in target["records"]}
    fields = {part for record in target["records"] for field in record["fields"]
              for part in [field["path"].split(".")[0].split("[")[0]]}
    target["copies"] = {each["path"] for record in target["records"] for each in record["containers"]
                        if each["type"] == f"struct {target['host']}"}
    target["records"] = records
    tree = arguments.source.resolve()
    compiled = Compiled(arguments.log, arguments.build.resolve(), tree)
    lost = {unit["file"] for unit in target["usage"]["lost"]}
    units = {str(pathlib.Path(compiled.normal(unit)).relative_to(tree)) for unit in compiled.commands
             if compiled.normal(unit).startswith(str(tree) + "/")}
    names = {name for name in (units - lost) | {file for file in target["by_file"] if file.endswith(".h")}
             if fnmatch.fnmatch(name, arguments.only)}
    counts, left = collections.Counter(), 0
    for hit, text, macros in hits(tree, names, records, fields):
        _, name, number, variable, operator, field = hit
        there = any(access["line"] == number and field in (access["field"] or "").split(".")
                    for access in target["by_file"].get(name, []))
        why = "found" if there else explain(hit, text, macros, target, compiled)
        counts[why or "NOT EXPLAINED"] += 1
        if not why or arguments.list:
            print(f"{name}:{number}: {variable}{operator}{field}: {why or 'NOT EXPLAINED'}: {text[0][number - 1].strip()}")
        left += not why
    for why, count in counts.most_common():
        print(f"{count:6} {why}")
    return 1 if left or not counts["found"] else 0


if __name__ == "__main__":
    sys.exit(main())
