#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Holds a usage scan against sparse's semind, coccinelle and grep, on the same files.

    usage_peers.py --report REPORT --log MAKE_LOG --source TREE --build DIR [--only GLOB] [--list]

REPORT is what `pagelap usage --format json` wrote of BUILD. What is compared are places in C files that fit GLOB: file,
line, record and member, the members being those of the host and of the overlays that REPORT found accesses of there.
semind gets the flags of each unit from the log. spatch gets a semantic patch made of the same members, once without and
once with the headers that each file includes. grep is that of usage_grep.py. Each place that another one has and REPORT
has not is explained; exits with 1 if one is left without. Places that only REPORT has are sorted by why.
"""
import argparse
import collections
import fnmatch
import functools
import json
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile
import time

import usage_grep

# What semind calls an access: of the address, by value, through a pointer.
KINDS = {"r": "read", "w": "write", "m": "read-write"}
UNTOUCHED = "---"
RULES = pathlib.Path(__file__).parents[2] / "rules/linux-usage.json"
INLINE = r"\b(?:inline|__always_inline|__fastpath_inline)\b"
SPATCH = {"spatch --no-includes": ["--no-includes"],
          "spatch --recursive-includes": ["--recursive-includes", "--include-headers-for-types"]}


def run(words, cwd):
    return subprocess.run(words, cwd=cwd, capture_output=True, text=True, errors="replace", check=False)


def flags(command):
    """What the compiler is given in COMMAND, but the names of files to read and write."""
    words = shlex.split(command)
    return [word for word in words[1:words.index("-c")] if not word.startswith("-Wp,")]


def semind(options, scratch, units, members, printed):
    """Per place the modes that semind tells. PRINTED gets what it said of units, by name."""
    database = ["semind", "-D", f"{scratch}/semind.sqlite", "-B", str(options.source)]
    for name, (path, command) in units.items():
        done = run([*database, "add", "--", *flags(command), path], options.build)
        said = [line.replace(f"{options.source}/", "") for line in (done.stdout + done.stderr).split("\n")
                if "error" in line or "semind:" in line]
        if done.returncode or said:
            printed[name] = said or [f"exit code {done.returncode}"]
    found = collections.defaultdict(set)
    for record in members:
        done = run([*database, "search", "-k", "m", "-f", "%m|%f|%l|%n\n", f"{record}.*"], options.source)
        for line in done.stdout.split("\n"):
            mode, name, number, symbol = (line.split("|") + [""] * 4)[:4]
            member = symbol.split(".")[-1]
            if name in units and "def" not in mode and member in members[record]:
                found[name, int(number), record, member].add(mode)
    return found


def semantic_patch(members):
    """For each record a rule for pointers to it and one for itself, which print the places."""
    text = ""
    for record, names in sorted(members.items()):
        for rule, star, operator in ((f"{record}_pointer", "*", "->"), (f"{record}_itself", "", ".")):
            text += (f"@{rule}@\nstruct {record} {star}p;\nidentifier f = {{{', '.join(sorted(names))}}};\nposition x;\n@@\n"
                     f"p{operator}f@x\n@script:python@\nf << {rule}.f;\nx << {rule}.x;\n@@\n"
                     f"for each in x: print(\"%s|%s|{record}|%s\" % (each.file, each.line, f))\n\n")
    return text


def spatch(options, scratch, units, members, more):
    """Places that spatch tells with the options MORE."""
    patch, groups = pathlib.Path(scratch, "members.cocci"), pathlib.Path(scratch, "groups")
    patch.write_text(semantic_patch(members), encoding="utf-8")
    groups.write_text("\n\n".join(units), encoding="utf-8")
    headers = []
    for word in flags(next(iter(units.values()))[1]):
        if word.startswith("-I"):
            headers += ["-I", str((options.build / word[2:]).resolve())]
    done = run(["spatch", "--sp-file", str(patch), *more, *headers, "--file-groups", str(groups)], options.source)
    if done.returncode:
        sys.exit("spatch: " + done.stderr[-2000:])
    found = set()
    for line in done.stdout.split("\n"):
        name, number, record, member = (line.split("|") + [""] * 4)[:4]
        if name in units:
            found.add((name, int(number), record, member))
    return found


class Sources:
    """Text of the files, and what the compiler sees of it."""

    def __init__(self, options, target):
        self.tree, self.compiled = options.source, usage_grep.Compiled(options.log, options.build, options.source)
        self.by_file = target["by_file"]
        self.casts = collections.defaultdict(set)
        for cast in target["casts"]:
            self.casts[cast["file"]].add(cast["line"])
        self.copies = target["copies"]
        effects = json.loads(RULES.read_text(encoding="utf-8"))["effects"]
        self.idle = [name for effect in effects if effect["does"] == "nothing" and "argument" in effect
                     for name in effect["callees"]]

    @functools.lru_cache(maxsize=None)
    def lines(self, name):
        text = (self.tree / name).read_text(encoding="utf-8", errors="replace")
        return usage_grep.without_comments(text).split("\n")

    def line(self, place):
        return self.lines(place[0])[place[1] - 1]

    def seen(self, place):
        return self.compiled.sees(self.tree / place[0], place[1], place[3])

    def handed_to_idle(self, place):
        """Whether the member is in the arguments of what does nothing with it, as the rules have it."""
        member = re.escape(place[3])
        names = re.findall(rf"\b(\w+)\s*\((?=[^();]*\b{member}\b)", self.line(place) + "\n" + (self.seen(place) or ""))
        return any(fnmatch.fnmatch(name, idle) for name in names for idle in self.idle)

    def begins_above(self, place):
        name, number, _, member = place
        return any(access["through"] and 0 < number - access["line"] <= usage_grep.LINES_OF_A_MACRO and
                   member in (access["field"] or "").split(".") for access in self.by_file.get(name, []))

    def why_not_ours(self, place, modes):
        """Why the report does not have a PLACE that another one tells; None if that is not known."""
        name, number, _, member = place
        line = self.line(place)
        if member in self.copies and any(number - 3 <= cast <= number for cast in self.casts[name]):
            return "the host as a member of an overlay: told as a cast"
        if modes and modes <= {UNTOUCHED}:
            return "in typeof or sizeof: semind, too, says that it is not touched"
        if self.handed_to_idle(place):
            return ("MISSED: a cast, handed to a function that the rules say does nothing" if member in self.copies else
                    "only prefetched, or compared")
        if self.begins_above(place):
            return "in a macro that begins some lines above, where it is told"
        seen = self.seen(place)
        if seen == "":
            return "left out by the configuration"
        if seen and re.search(rf"sizeof\s*\(\s*\(.*\b{re.escape(member)}\b", seen):
            return "in sizeof, once its macro is expanded: VM_BUG_ON() without DEBUG_VM"
        if usage_grep.UNEVALUATED.search(line):
            return "sizeof, typeof, offsetof: not an access"
        return None

    def why_only_ours(self, place, functions=()):
        """What makes a PLACE hard to find; FUNCTIONS are those it is in, for who does not look into inline ones."""
        member = re.compile(rf"(?:->|\.)\s*{re.escape(place[3])}\b")
        text = "\n".join(self.lines(place[0]))
        if not member.search(self.seen(place) or ""):
            return "by way of a function that returns its address"
        if any(re.search(rf"{INLINE}[^;{{}}()]*\b{re.escape(name)}\s*\(", text) for name in functions):
            return "in an inline function"
        if not member.search(self.line(place)):
            return "by way of a macro"
        return "named in the line"


def grep(sources, target, units):
    """Places that usage_grep finds, as (file, line, member), each with its explanation or None."""
    fields = {member for members in target["members"].values() for member in members}
    found = {}
    for hit, text, macros in usage_grep.hits(sources.tree, units, target["records"], fields):
        _, name, number, _, _, field = hit
        there = any(access["line"] == number and field in (access["field"] or "").split(".")
                    for access in target["by_file"].get(name, []))
        why = None if there else usage_grep.explain(hit, text, macros, target, sources.compiled) or "NOT EXPLAINED"
        found[name, number, field] = why
    return found


def compare_kinds(ours, theirs):
    """How the kinds of places that both have agree."""
    counts, examples = collections.Counter(), []
    for place in sorted(ours.keys() & theirs.keys()):
        modes = theirs[place] - {UNTOUCHED}
        told = {KINDS[letter] for mode in modes for letter in mode[1:] if letter in KINDS}
        handed = any(mode[0] in KINDS for mode in modes)
        if told == ours[place] - {"address"} and handed == ("address" in ours[place]):
            counts["the same"] += 1
        elif handed:
            counts["semind: its address is taken; pagelap: what the callee does with it"] += 1
        else:
            counts["different"] += 1
            examples.append((place, sorted(ours[place]), sorted(theirs[place])))
    return counts, examples


def tell(title, counts):
    print(f"  {title}:")
    for what, count in counts.most_common():
        print(f"  {count:6} {what}")


def ask(options, units, members):
    """What the others tell: per name of theirs the places, each with modes if there are any."""
    printed, peers = {}, {}
    with tempfile.TemporaryDirectory(prefix="pagelap-peers-") as scratch:
        start = time.monotonic()
        peers["semind"] = semind(options, scratch, units, members, printed)
        print(f"semind: {time.monotonic() - start:.0f} s, errors in {len(printed)} files")
        for name, said in printed.items():
            print(f"  {name}: {said[0]}")
        for name, more in SPATCH.items():
            start = time.monotonic()
            peers[name] = {place: set() for place in spatch(options, scratch, units, members, more)}
            print(f"{name}: {time.monotonic() - start:.0f} s")
    return peers


def compare(name, theirs, ours, functions, sources, every):
    """Tells what NAME and the report have of each other; the number of places without an explanation."""
    print(f"{name}: {len(theirs)} places, {len(theirs.keys() & ours.keys())} of them in the report")
    only = {place: sources.why_not_ours(place, theirs[place]) for place in sorted(theirs.keys() - ours.keys())}
    missing = {place: sources.why_only_ours(place, functions.get(place, ()))
               for place in sorted(ours.keys() - theirs.keys())}
    for place, why in only.items():
        if every or not why:
            print(f"    {place}: {why or 'NOT EXPLAINED'}: {sources.line(place).strip()}")
    for place, why in missing.items():
        if every:
            print(f"    {place}: only the report: {why}: {sources.line(place).strip()}")
    tell("only it", collections.Counter(why or "NOT EXPLAINED" for why in only.values()))
    tell("only the report", collections.Counter(missing.values()))
    return sum(not why for why in only.values())


def compare_grep(peers, ours, sources, matches):
    """The same for the MATCHES of grep, which knows no records; and what all have, and the report alone."""
    print(f"grep: {len(matches)} places, {sum(why is None for why in matches.values())} of them in the report")
    tell("only it", collections.Counter(why for why in matches.values() if why))
    missing = {place: sources.why_only_ours(place) for place in sorted(ours)
               if (place[0], place[1], place[3]) not in matches}
    tell("only the report", collections.Counter(missing.values()))
    everyone = sum(place not in missing and all(place in theirs for theirs in peers.values()) for place in ours)
    alone = {place: why for place, why in missing.items() if not any(place in theirs for theirs in peers.values())}
    print(f"{everyone} places are found by all, {len(alone)} by the report alone")
    for place, why in alone.items():
        print(f"    {place}: {why}: {sources.line(place).strip()}")
    return sum(why == "NOT EXPLAINED" for why in matches.values())


def read_target(options, units):
    target = json.loads(options.report.read_text(encoding="utf-8"))["targets"][0]
    target["by_file"] = collections.defaultdict(list)
    for access in target["accesses"]:
        target["by_file"][access["file"]].append(access)
    used = {access["record"] for access in target["accesses"] if access["file"] in units and access["field"]}
    target["members"] = {record["name"]: {field["path"].split(".")[0].split("[")[0] for field in record["fields"]}
                         for record in target["records"] if record["name"] in used}
    target["copies"] = {each["path"] for record in target["records"] for each in record["containers"]
                        if each["type"] == f"struct {target['host']}"}
    target["records"] = set(target["members"])
    return target


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("report", "log", "source", "build"):
        parser.add_argument("--" + name, required=True, type=pathlib.Path)
    parser.add_argument("--only", default="mm/*")
    parser.add_argument("--list", action="store_true", help="each place that one has and the other has not")
    options = parser.parse_args()
    options.source, options.build = options.source.resolve(), options.build.resolve()
    units = {}
    for path, command in usage_grep.commands(options.log).items():
        full = (options.build / path).resolve()
        if full.is_relative_to(options.source) and fnmatch.fnmatch(str(full.relative_to(options.source)), options.only):
            units[str(full.relative_to(options.source))] = path, command
    target = read_target(options, units)
    sources = Sources(options, target)
    ours, functions = collections.defaultdict(set), collections.defaultdict(set)
    for access in target["accesses"]:
        if access["file"] in units and access["field"]:
            place = access["file"], access["line"], access["record"], access["field"].split(".")[0].split("[")[0]
            ours[place].add(access["kind"])
            functions[place].add(access["function"])
    print(f"{len(units)} files, members of {', '.join(sorted(target['members']))}: {len(ours)} places in the report")

    peers = ask(options, units, target["members"])
    left = sum(compare(name, theirs, ours, functions if name == "semind" else {}, sources, options.list)
               for name, theirs in peers.items())
    counts, examples = compare_kinds(ours, peers["semind"])
    tell("semind: kinds of the places that both have", counts)
    for example in examples:
        print("   ", *example)
    left += compare_grep(peers, ours, sources, grep(sources, target, units))
    return 1 if left or not ours else 0


if __name__ == "__main__":
    sys.exit(main())
