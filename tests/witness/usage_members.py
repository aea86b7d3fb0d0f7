#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Holds the report of a whole usage scan against the compiler, on a sample of its units.

    usage_members.py --report REPORT --log MAKE_LOG --source TREE --build DIR [--every N] [--first N] [--list]

Clang warns of every use of a member that is declared deprecated. All members of all records of the report are made so,
in copies of the headers that declare them, and every Nth unit of the log is compiled. Each place that clang names, in a
C file or a header, must be an access of the report on that line or, where macros span lines, shortly before it; or it
must be of a kind that does not touch memory: an operand of sizeof, typeof or offsetof, an address that is only
compared, an assertion about the layout, a cast. Each access of the report in the C files of the sample must be a place
that clang names, or one that the value of a helper leads to. usage_case.py is this for some members and every run of the
tests. Exits with 1 if something is left over.
"""
import argparse
import collections
import json
import os
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile

import usage_grep

MEMBER = re.compile(r"^(\s*(?!return\b|typedef\b|static_assert)[A-Za-z_][^;{}()#/]*?\b(\w+)(?:\[[^\]]*\])?(?:\s*:\s*\w+)?)\s*;",
                    re.MULTILINE)
UNTOUCHED = re.compile(r"container_of|list_(?:first|last|next|prev|entry)|lru_to_folio|sizeof|offsetof|typeof|VM_BUG_ON|"
                       r"VM_WARN_ON|BUILD_BUG_ON|prefetchw|_MATCH\(|static_assert|READ_ONCE_NOCHECK")
ANY = re.compile(r"list_for_each_entry")
REACH = 12  # lines over which one expansion of a macro may go
TRACE = "include/trace/"


def bodies(text, record):
    """Where the definitions of RECORD begin and end in TEXT."""
    for match in re.finditer(r"^struct %s \{$" % re.escape(record), text, re.MULTILINE):
        depth, at = 0, match.end() - 1
        while at < len(text):
            depth += {"{": 1, "}": -1}.get(text[at], 0)
            if not depth:
                break
            at += 1
        yield match.end(), at


def blank_comments(text):
    return re.sub(r"/\*.*?\*/", lambda match: re.sub(r"[^\n]", " ", match.group()), text, flags=re.DOTALL)


def marked(text, records):
    """TEXT with the members of RECORDS deprecated, and how many there are. Lines stay what they are."""
    plain, edits, count = blank_comments(text), [], 0
    for record in records:
        for begin, end in bodies(plain, record):
            for match in MEMBER.finditer(plain, begin, end):
                edits.append((match.end(1), ' __attribute__((deprecated("PL-%s")))' % record))
                count += 1
    for at, words in sorted(edits, reverse=True):
        text = text[:at] + words + text[at:]
    return text, count


def overlay(tree, records, directory):
    """A file that makes clang see the headers with deprecated members."""
    roots, total = [], 0
    for path in [*sorted((tree / "include/linux").glob("*.h")), *sorted((tree / "include/net").glob("*.h")),
                 *sorted((tree / "mm").glob("*.h")), *sorted((tree / "drivers/iommu").glob("*.h"))]:
        text = path.read_text(encoding="utf-8", errors="replace")
        changed, count = marked(text, records)
        if not count:
            continue
        total += count
        copy = os.path.join(directory, "%d-%s" % (len(roots), path.name))
        with open(copy, "w", encoding="utf-8") as file:
            file.write(changed)
        roots.append({"name": str(path.parent), "type": "directory",
                      "contents": [{"name": path.name, "type": "file", "external-contents": copy}]})
    name = os.path.join(directory, "overlay.yaml")
    with open(name, "w", encoding="utf-8") as file:
        json.dump({"version": 0, "use-external-names": False, "roots": roots}, file)
    return name, total


def places(part, options, tree, path):
    """(file, line, record, member) of each use that clang warns of in one unit; None if it cannot be compiled."""
    words = [word for word in shlex.split(part) if not word.startswith(("-Wp,-MMD", "-W"))]
    at = words.index("-o")
    del words[at:at + 2]
    words[words.index("-c")] = "-fsyntax-only"
    words += ["-ivfsoverlay", path, "-Wno-everything", "-Wdeprecated-declarations", "-ferror-limit=0",
              "-fno-caret-diagnostics"]
    done = subprocess.run(words, cwd=options.build, capture_output=True, text=True, errors="replace", check=False)
    if "error: " in done.stderr:
        return None
    found = set()
    for hit in re.finditer(r"^(\S+?):(\d+):\d+: warning: '(\w+)' is deprecated: PL-(\w+)", done.stderr, re.MULTILINE):
        file = os.path.realpath(os.path.join(options.build, hit.group(1)))
        found.add((os.path.relpath(file, tree), int(hit.group(2)), hit.group(4), hit.group(3)))
    return found


class Text:
    def __init__(self, tree):
        self.tree, self.files = tree, {}

    def around(self, file, line, before=REACH, after=0):
        if file not in self.files:
            path = self.tree / file
            text = path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""
            self.files[file] = text.split("\n")
        return "\n".join(self.files[file][max(0, line - 1 - before):line + after])


def untouched(text, file, line, member):
    """Whether what names MEMBER there is known to touch no memory."""
    near = text.around(file, line, 5)
    if UNTOUCHED.search(near) or ANY.search(near):
        return True
    return re.search(r"&[^;,]*\b%s\b[^;,]*[=!]=|[=!]= *&[^;,]*\b%s\b" % (member, member), near) is not None


def compare(report, clang, units, text):
    ours = collections.defaultdict(set)
    theirs = collections.defaultdict(set)
    for file, line, record, member in clang:
        theirs[file, member].add(line)
    casts = collections.defaultdict(set)  # a copy of the host in an overlay, whose address is taken, is one
    for place in report["casts"]:
        casts[place["file"]].add(place["line"])
    host = collections.defaultdict(set)
    for access in report["accesses"]:
        if access["record"] == report["host"]:
            host[access["file"]].add(access["line"])
        # Parts of a member that is a record itself, and members of such records, by each of their names.
        for name in (access["field"] or "").split("."):
            ours[access["file"], name].add(access["line"])
    copies = {(record["name"], each["path"]) for record in report["records"] for each in record["containers"]
              if each["type"] == f"struct {report['host']}"}
    helpers = {access[by] for access in report["accesses"] for by in ("function", "through")
               if access["kind"] == "address" and not access["callee"]}
    missing, unknown, explained = [], [], collections.Counter()
    for file, line, record, member in sorted(clang):
        if any(0 <= line - own < REACH for own in ours[file, member]):
            continue
        if (record, member) in copies and any(0 <= line - own < REACH for own in host[file]):
            continue  # the way to a member of the host
        if any(0 <= line - own < REACH for own in casts[file]) or file.startswith(TRACE) or untouched(text, file, line, member):
            explained[member] += 1
        else:
            missing.append("%s:%d: %s.%s is no access: %s" % (
                file, line, record, member, text.around(file, line, 0).strip()))
    for access in report["accesses"]:
        if access["file"] not in units or not access["field"]:
            continue
        names = access["field"].split(".")
        if helpers & set(re.findall(r"(\w+)\(", text.around(access["file"], access["line"], 0, 2))):
            continue  # the address that a helper returns: clang names the place in the helper
        if not any(0 <= line - access["line"] < REACH for name in names for line in theirs[access["file"], name]):
            unknown.append("%s:%d: clang knows of no use of %s.%s (%s)" % (
                access["file"], access["line"], access["record"], access["field"],
                text.around(access["file"], access["line"], 0).strip()))
    return missing, unknown, explained


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--report", required=True)
    parser.add_argument("--log", required=True)
    parser.add_argument("--source", required=True)
    parser.add_argument("--build", required=True)
    parser.add_argument("--every", type=int, default=20)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--only", default="", help="only units whose path matches this regular expression")
    options = parser.parse_args()
    tree = pathlib.Path(os.path.realpath(options.source))
    with open(options.report, encoding="utf-8") as file:
        report = json.load(file)["targets"][0]
    records = [record["name"] for record in report["records"]]
    built = {unit: part for unit, part in usage_grep.commands(options.log).items() if "-D__KERNEL__" in part}
    chosen = [unit for unit in sorted(built) if re.search(options.only, unit)][options.first::options.every]
    clang, failed, units = set(), [], set()
    with tempfile.TemporaryDirectory(prefix="pagelap-usage-") as directory:
        path, members = overlay(tree, records, directory)
        for unit in chosen:
            found = places(built[unit], options, tree, path)
            if found is None:
                failed.append(unit)
                continue
            clang |= found
            units.add(os.path.relpath(os.path.realpath(os.path.join(options.build, unit)), tree))
    missing, unknown, explained = compare(report, clang, units, Text(tree))
    print("%d units (%d could not be compiled), %d members of %s: %d places of clang's, %d explained, %d missing, "
          "%d accesses unknown to clang" % (len(chosen), len(failed), members, ", ".join(records), len(clang),
                                            sum(explained.values()), len(missing), len(unknown)))
    print("\n".join(missing + unknown))
    return 1 if missing or unknown or not clang else 0


if __name__ == "__main__":
    sys.exit(main())
