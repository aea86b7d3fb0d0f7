#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Holds what `pagelap usage` finds by its shortcuts against what it finds without: shortcuts.py --pagelap PATH.

Each case below is the headers of testdata/usage/kernel with some more, and a few units. Whatever macros units define,
directories they look in and ways they have of using a field: both must tell the same, but for how many units were
skipped. To be skipped some have to be: a scan that parses all is right, and of no use.
"""
import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
KERNEL = os.path.join(HERE, "../../testdata/usage/kernel")
COMMAND = ("savedcmd_u/%s.o := gcc -nostdinc -I./include -include ./include/linux/compiler-version.h "
           "-include ./include/linux/kconfig.h -include ./include/linux/compiler_types.h -D__KERNEL__ -std=gnu11 "
           "-fms-extensions -fshort-wchar -funsigned-char -O2 %s -c -o u/%s.o u/%s.c\n")


def header(name, text):
    """A header that counts once, and has the records."""
    guard = name.upper().translate(str.maketrans("/.", "__"))
    return "#ifndef %s\n#define %s\n#include <linux/mm.h>\n%s\n#endif\n" % (guard, guard, text)



def fillers(count, prefix=""):
    """So many units that headers are compiled beforehand."""
    return {"u/%sfill%d.c" % (prefix, i): "#include <linux/user.h>\nlong %sfill%d(struct page *page) { return page->index; }\n"
            % (prefix, i) for i in range(count)}


BODY = header("linux/body.h", """
static inline void body(struct page *page)
{
#ifdef WANT_IT
	page->private = 1;
#else
	page->index = 1;
#endif
}
static inline void word(struct page *page) { page->WORD = 1; }
#ifdef WANT_IT
#define SET(page) ((page)->mapping = 0)
#else
#define SET(page) ((page)->_refcount.counter = 0)
#endif
""")
USER = header("linux/user.h", "#include <linux/body.h>\nstatic inline void user(struct page *page) { SET(page); }\n")
USES = "#include <linux/user.h>\nvoid uses_%s(struct page *page) { page->index = 1; body(page); }\n"

# Of each case: files, flags of units, and how many are skipped.
CASES = {
    "functions of headers that units define macros for": (
        {"include/linux/body.h": BODY, "include/linux/user.h": USER,
         "u/own.h": "#define WANT_IT\n",
         "u/a.c": "#define WANT_IT\n" + USES % "a", "u/b.c": USES % "b", "u/c.c": USES % "c",
         "u/d.c": '#include "own.h"\n' + USES % "d", "u/e.c": USES % "e", "u/f.c": USES % "f",
         "u/idle.c": "int idle;\n"},
        {"a": "-DWORD=private", "b": "-DWORD=index", "c": "-DWORD=index -DWANT_IT", "d": "-DWORD=index",
         "e": "-DWORD=index -DOTHER", "f": "-DWORD=index -include ./u/own.h"}, 1),
}

# Headers are compiled for what defines no macro, and for modules.
ODD = "#include <linux/user.h>\n%svoid odd_%s(struct page *page) { body(page); SET(page); page->mapping = 0; }\n"
CASES["headers that are compiled, and units that define macros"] = (
    {"include/linux/body.h": BODY.replace("WANT_IT", "MODULE"), "include/linux/user.h": USER, **fillers(131),
     **fillers(125, "m"),
     "u/flag.c": ODD % ("", "flag"), "u/define.c": "#define MODULE\n" + ODD % ("", "define"),
     "u/word.c": ODD % ("", "word"), "u/undefine.c": "#undef WORD\n#define WORD private\n" + ODD % ("", "undefine"),
     "u/test.c": "#include <linux/mm.h>\n#ifndef SET\n#define SET(page) ((page)->private = 1)\n#endif\n"
                 "void test(struct page *page) { SET(page); page->mapping = 0; }\n"},
    {**{"fill%d" % i: "-DWORD=index" for i in range(131)},
     **{"mfill%d" % i: "-DWORD=index -DMODULE" for i in range(125)},
     "flag": "-DWORD=index -DMODULE", "define": "-DWORD=index", "word": "-DWORD=private", "undefine": "-DWORD=index",
     "test": "-DWORD=index"}, 0)


def make(directory, files, flags):
    shutil.copytree(KERNEL, directory)
    for name in ("mm", "fs", "drivers"):
        shutil.rmtree(os.path.join(directory, name))
    for name, text in files.items():
        path = os.path.join(directory, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        if name.startswith("u/") and name.endswith(".c"):
            unit = name[2:-2]
            with open(os.path.join(directory, "u/.%s.o.cmd" % unit), "w", encoding="utf-8") as file:
                file.write(COMMAND % (unit, flags.get(unit, ""), unit, unit))


def scan(pagelap, build, *options):
    report = os.path.join(build, "report.json")
    done = subprocess.run([pagelap, "usage", "--quiet", "--no-cache", "--no-scan", "--jobs", "1", "--format",
                           "json:" + report, *options, "k=" + build], capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit("exit code %d: %s" % (done.returncode, done.stderr))
    with open(report, encoding="utf-8") as file:
        return json.load(file)["targets"][0]


def lines_of(target):
    """What TARGET says, as lines."""
    keys = ("file", "line", "column", "function", "record", "field", "kind", "callee", "through", "bits")
    lines = ["%s" % [access.get(key) for key in keys] for access in target["accesses"]]
    lines += ["%s" % sorted(cast.items()) for cast in target["casts"]]
    return sorted(lines + ["lost: %s" % unit for unit in target["usage"]["lost"]])


def compare(pagelap, build, skipped):
    """The differences, as lines to print."""
    fast, plain = scan(pagelap, build), scan(pagelap, build, "--no-shortcuts")
    found, wanted = lines_of(fast), lines_of(plain)
    wrong = ["not found: " + line for line in wanted if line not in found]
    wrong += ["found, but is not there: " + line for line in found if line not in wanted]
    if not wanted:
        wrong.append("nothing is there")
    if len(found) != len(wanted):
        wrong.append("%d found, not %d" % (len(found), len(wanted)))
    if fast["usage"]["skipped"] != skipped:
        wrong.append("%d units skipped, not %d" % (fast["usage"]["skipped"], skipped))
    return wrong


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--pagelap", required=True)
    pagelap = os.path.abspath(parser.parse_args().pagelap)
    failed = False
    for name, (files, flags, skipped) in CASES.items():
        with tempfile.TemporaryDirectory(prefix="pagelap-shortcuts-") as directory:
            build = os.path.join(directory, "build")
            make(build, files, flags)
            wrong = compare(pagelap, build, skipped)
        failed |= bool(wrong)
        print("%s: %s" % (name, "%d wrong" % len(wrong) if wrong else "the same"))
        for line in wrong:
            print("  " + line)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
