#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Holds what `pagelap usage` finds against what the source itself says of each line: annotations.py --pagelap PATH.

testdata/usage/kernel is a kernel in miniature. A line on which something of interest happens says so in a comment
/*= ... */: one entry for each, between semicolons:

  RECORD.FIELD KIND [callee=NAME] [through=NAME] [bits=NAMES] [in=FUNCTION]      an access; RECORD.* is all of it
  cast FROM TO                                                                   a pointer taken for another

Every line without one must have nothing. The whole is scanned as it is, without any shortcut, among so many units that
headers are compiled beforehand, and where there is no room for what that makes.
"""
import argparse
import collections
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
KERNEL = os.path.join(HERE, "../../testdata/usage/kernel")
LOST = ["drivers/gadget/gadget.c: drivers/gadget/gadget.c:4: 'gadget-generated.h' file not found"]
MANY = 150


def annotations():
    """What the sources say: a set of (place, entry)."""
    wanted = collections.Counter()
    for directory, _, names in os.walk(KERNEL):
        for name in sorted(names):
            if not name.endswith((".c", ".h")):
                continue
            path = os.path.join(directory, name)
            with open(path, encoding="utf-8") as file:
                for number, line in enumerate(file, 1):
                    found = re.search(r"/\*=(.*)\*/\s*$", line)
                    for entry in found.group(1).split(";") if found else []:
                        place = "%s:%d" % (os.path.relpath(path, KERNEL), number)
                        wanted[place, " ".join(entry.split())] += 1
    return wanted


def entry_of(access):
    words = ["%s.%s" % (access["record"], access["field"] or "*"), access["kind"]]
    for key in ("callee", "through", "bits"):
        if access.get(key):
            words.append("%s=%s" % (key, access[key]))
    return words


def matches(wanted, access):
    """Whether the annotation WANTED is ACCESS: only what in= says need not be said."""
    words = wanted.split()
    named = [word[3:] for word in words if word.startswith("in=")]
    if named and access["function"] != named[0]:
        return False
    return sorted(word for word in words if not word.startswith("in=")) == sorted(entry_of(access))


def compare(wanted, target):
    """The differences, as lines to print."""
    left = collections.Counter(wanted)
    wrong = []
    many = [access for access in target["accesses"] if access["file"].startswith("many/")]
    if len(many) not in (0, MANY - 1):
        wrong.append("many: %d accesses, not %d" % (len(many), MANY - 1))
    for access in target["accesses"]:
        if access in many:
            continue
        place = "%s:%d" % (access["file"], access["line"])
        fitting = [key for key in left if key[0] == place and left[key] and matches(key[1], access)]
        if fitting:
            left[fitting[0]] -= 1
        else:
            wrong.append("%s: found, not expected: %s in=%s" % (place, " ".join(entry_of(access)), access["function"]))
    for cast in target["casts"]:
        key = ("%s:%d" % (cast["file"], cast["line"]), "cast %s %s" % (cast["from"], cast["to"]))
        if left[key]:
            left[key] -= 1
        else:
            wrong.append("%s: found, not expected: %s" % key)
    wrong += ["%s: expected, not found: %s" % key for key in left if left[key]]
    return sorted(wrong)


def scan(pagelap, build, *options, **environment):
    with tempfile.NamedTemporaryFile(prefix="pagelap-usage-", suffix=".json") as report:
        done = subprocess.run([pagelap, "usage", "--no-cache", "--no-scan", "--format", "json:" + report.name, *options,
                               "kernel=" + build], capture_output=True, text=True, check=False,
                              env={**os.environ, **environment})
        if done.returncode != 2:
            sys.exit("exit code %d, not 2 for a unit that is lost: %s" % (done.returncode, done.stderr))
        return json.load(report)["targets"][0]


HOLDER = """#include <linux/mm.h>
struct holder { struct page *held; };
#define address_of(pointer, member) (&(pointer)->member)
"""
# What units do that do not just read a field.
DONE = {0: "int idle;\n",
        1: "struct list_head *unit1(struct holder *holder)\n{\n\treturn address_of(holder->held, lru);\n}\n"}


def add_many(build):
    """So many units that headers are worth compiling beforehand; each has one access, but for one that can be skipped."""
    with open(os.path.join(build, "fs/.shadow.o.cmd"), encoding="utf-8") as file:
        command = file.read()
    os.mkdir(os.path.join(build, "many"))
    with open(os.path.join(build, "include/linux/holder.h"), "w", encoding="utf-8") as file:
        file.write(HOLDER)
    for i in range(MANY):
        with open(os.path.join(build, "many/.unit%d.o.cmd" % i), "w", encoding="utf-8") as file:
            file.write(command.replace("fs/", "many/").replace("shadow", "unit%d" % i))
        with open(os.path.join(build, "many/unit%d.c" % i), "w", encoding="utf-8") as file:
            file.write("#include <linux/holder.h>\n")
            file.write(DONE.get(i, "long unit%d(struct page *page)\n{\n\treturn page->index;\n}\n" % i))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--pagelap", required=True)
    pagelap = os.path.abspath(parser.parse_args().pagelap)
    wanted = annotations()
    failed = False
    with tempfile.TemporaryDirectory(prefix="pagelap-usage-") as directory:
        many = os.path.join(directory, "many")
        shutil.copytree(KERNEL, many)
        add_many(many)
        room = os.path.join(directory, "room")
        os.mkdir(room)
        nowhere = {"TMPDIR": os.path.join(directory, "nowhere")}
        for what, build, options, environment, units, skipped in (
                ("as it is", KERNEL, [], {}, 4, 0), ("without shortcuts", KERNEL, ["--no-shortcuts"], {}, 4, 0),
                ("among many", many, [], {"TMPDIR": room}, 4 + MANY, 1),
                ("among many, without", many, ["--no-shortcuts"], {}, 4 + MANY, 0),
                ("among many, no room", many, [], nowhere, 4 + MANY, 1)):
            target = scan(pagelap, build, *options, **environment)
            lost = ["%s: %s" % (unit["file"], unit["reason"]) for unit in target["usage"]["lost"]]
            wrong = compare(wanted, target)
            if lost != LOST:
                wrong.append("lost: %s" % lost)
            if target["usage"]["units"] != units:
                wrong.append("%d units, not %d" % (target["usage"]["units"], units))
            if target["usage"]["skipped"] != skipped:
                wrong.append("%d units skipped, not %d" % (target["usage"]["skipped"], skipped))
            wrong += ["left over: %s" % name for name in os.listdir(room)]
            failed |= bool(wrong)
            print("%s: %s" % (what, "%d wrong" % len(wrong) if wrong else "%d as annotated" % sum(wanted.values())))
            for line in wrong:
                print("  " + line)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
