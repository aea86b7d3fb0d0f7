#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Holds `pagelap usage` against the compiler: usage_case.py --pagelap PATH [--build DIR] [--files REGEX].

Clang warns of every use of a member that is declared deprecated, so the members of struct page and struct folio are
made so, in a copy of the header that declares them, and each unit is compiled. Every place that clang names must be an
access, or be of a kind that does not touch memory: an operand of sizeof, typeof or offsetof, or an address that is only
compared. Every access must be a place that clang names, or one that a helper's return value leads to. And with and
without shortcuts the accesses have to be the same, and those of usage_sample.json that are in these files be among them.

Without --build the kernel is fetched and prepared, in the cache that scripts/fetch-kernel uses. Exit code: 0 they agree,
1 they do not, 77 there is no kernel.
"""
import argparse
import collections
import json
import os
import re
import shlex
import subprocess
import sys
import tempfile

import usage_sample

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
HEADER = "include/linux/mm_types.h"
FLAGS, HELPER = "include/linux/page-flags.h", "folio_flags("  # returns the address of page.flags
FILES = (r"(mm/(filemap|page_alloc|slub|memory|migrate|swap|truncate|vmscan|hugetlb|huge_memory|rmap)|"
         r"arch/x86/mm/(pgtable|init_64)|block/blk-mq|fs/netfs/misc)\.c")
MEMBERS = ("struct address_space *mapping", "pgoff_t index", "unsigned long private", "void *private",
           "atomic_t _mapcount", "unsigned long flags", "struct list_head lru")
# What does not touch memory, by the text of the line that clang names, or of one shortly before it.
UNTOUCHED = re.compile(r"container_of|list_(first|last|next)?_?entry|list_first_entry|sizeof|offsetof|typeof|VM_BUG_ON|"
                       r"VM_WARN_ON|BUILD_BUG_ON|prefetchw?_|lru_to_folio|list_entry")
REACH = 8  # lines over which one expansion of a macro may go


def prepared_build():
    """A prepared kernel with what make says it would do, in the cache; None where it cannot be had."""
    cache = os.environ.get("PAGELAP_CACHE") or os.path.join(
        os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache"), "pagelap")
    build = os.path.join(cache, "prepared/x86_64-6.12")
    if not os.path.exists(os.path.join(build, "make.log")):
        script = [os.path.join(ROOT, "scripts/prepare-kernel"), "trixie", "6.12", "x86_64", build]
        if subprocess.run(script, stdout=subprocess.DEVNULL, check=False).returncode:
            return None
    return build


def find_build(options):
    build = options.build or prepared_build()
    if not build:
        print("skipped: no kernel could be prepared")
        sys.exit(77)
    return build


def commands(build, pattern):
    """The lines of what make printed that compile files which fit PATTERN."""
    with open(os.path.join(build, "make.log"), encoding="utf-8") as file:
        return [line for line in file if " -c -o " in line and re.search("/" + pattern + r"\b", line)]


def compiler_of(line):
    for part in re.split(r"; +", line):
        if re.match(r"clang\S* .* -c -o ", part):
            return shlex.split(part)
    return None


def overlay(source, directory):
    """A file that makes clang see the header with deprecated members."""
    with open(os.path.join(source, HEADER), encoding="utf-8") as file:
        text = file.read()
    begin, middle, end = (text.index("struct %s {" % name) for name in ("page", "folio", "ptdesc"))
    parts = [text[begin:middle], text[middle:end]]
    marked = 0
    for i, part in enumerate(parts):
        for member in MEMBERS:
            count = part.count(member + ";")
            marked += bool(count)
            parts[i] = part = part.replace(member + ";", member + ' __attribute__((deprecated("PL")));', 1)
    if marked < 10:
        sys.exit("only %d members were found in %s" % (marked, HEADER))
    copy = os.path.join(directory, "mm_types.h")
    with open(copy, "w", encoding="utf-8") as file:
        file.write(text[:begin] + "".join(parts) + text[end:])
    path = os.path.join(directory, "overlay.yaml")
    with open(path, "w", encoding="utf-8") as file:
        json.dump({"version": 0, "use-external-names": False,
                   "roots": [{"name": os.path.join(source, os.path.dirname(HEADER)), "type": "directory", "contents": [
                       {"name": os.path.basename(HEADER), "type": "file", "external-contents": copy}]}]}, file)
    return path


def places_of_clang(lines, build, source, path):
    """(file, line, member) of each use that clang warns of."""
    found = set()
    for line in lines:
        words = [word for word in compiler_of(line) if not word.startswith(("-Wp,-MMD", "-W"))]
        at = words.index("-o")
        del words[at:at + 2]
        words[words.index("-c")] = "-fsyntax-only"
        words += ["-ivfsoverlay", path, "-Wno-everything", "-Wdeprecated-declarations", "-ferror-limit=0"]
        done = subprocess.run(words, cwd=build, capture_output=True, text=True, errors="replace", check=False)
        if " error: " in done.stderr:
            sys.exit("clang cannot compile it: " + done.stderr[:2000])
        for hit in re.finditer(r"^(\S+?):(\d+):\d+: warning: '(\w+)' is deprecated: PL", done.stderr, re.MULTILINE):
            file = os.path.relpath(os.path.normpath(os.path.join(build, hit.group(1))), source)
            found.add((file, int(hit.group(2)), hit.group(3)))
    return found


def scan(options, build, log, report, *more):
    done = subprocess.run([options.pagelap, "usage", "--quiet", "--no-cache", "--no-scan", "--make-log", log, "--format",
                           "json:" + report, *more, "kernel=" + build], check=False)
    if done.returncode:
        sys.exit("pagelap usage: exit code %d" % done.returncode)
    with open(report, encoding="utf-8") as file:
        return json.load(file)["targets"][0]


def text_before(source, file, line):
    with open(os.path.join(source, file), encoding="utf-8", errors="replace") as lines:
        return "".join(lines.readlines()[max(0, line - 8):line])


def compare(source, clang, target):
    """What one of the two has and the other has not, without what is explained."""
    ours = collections.defaultdict(set)
    theirs = collections.defaultdict(set)
    members = {member.split()[-1].lstrip("*") for member in MEMBERS}
    for file, line, member in clang:
        theirs[file, member].add(line)
    wrong = []
    for access in target["accesses"]:
        member = (access["field"] or "").split(".")[0]
        if access["record"] not in ("page", "folio") or member not in members:
            continue
        ours[access["file"], member].add(access["line"])
        helped = access["field"] == "flags" and (access["file"] == FLAGS or HELPER in text_before(
            source, access["file"], access["line"] + 3))
        if not helped and not any(0 <= line - access["line"] < REACH for line in theirs[access["file"], member]) and \
                not access["file"].startswith("include/trace/"):
            wrong.append("%s:%d: clang knows of no use of %s (through %s)" % (
                access["file"], access["line"], member, access["through"]))
    for file, line, member in sorted(clang):
        if any(0 <= line - own < REACH for own in ours[file, member]) or file.startswith("include/trace/"):
            continue
        if not UNTOUCHED.search(text_before(source, file, line)):
            wrong.append("%s:%d: use of %s that is no access" % (file, line, member))
    return wrong


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pagelap", required=True)
    parser.add_argument("--build")
    parser.add_argument("--files", default=FILES)
    options = parser.parse_args()
    build = os.path.realpath(find_build(options))
    source = os.path.realpath(os.path.join(build, "source"))
    lines = commands(build, options.files)
    with tempfile.TemporaryDirectory(prefix="pagelap-usage-") as directory:
        log = os.path.join(directory, "make.log")
        with open(log, "w", encoding="utf-8") as file:
            file.writelines(lines)
        fast = scan(options, build, log, os.path.join(directory, "fast.json"))
        plain = scan(options, build, log, os.path.join(directory, "plain.json"), "--no-shortcuts")
        clang = places_of_clang(lines, build, source, overlay(source, directory))
    wrong = compare(source, clang, fast)
    for key in ("accesses", "casts"):
        if fast[key] != plain[key]:
            wrong.append("%s differ without shortcuts" % key)
    read_by_hand, missing = usage_sample.compare(fast, partial=True)
    wrong += missing
    print("%d units, %d places of clang's, %d accesses read by hand, %d accesses: %s" % (
        len(lines), len(clang), read_by_hand, len(fast["accesses"]), "%d wrong" % len(wrong) if wrong else "they agree"))
    print("\n".join(wrong))
    return 1 if wrong or not clang or not read_by_hand else 0


if __name__ == "__main__":
    sys.exit(main())
