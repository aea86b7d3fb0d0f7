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
import re
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
KERNEL = os.path.join(HERE, "../../testdata/usage/kernel")
# When files were written: what is as new as a scan is not kept.
OLD = 1000000000
NO_CACHE = ["--no-cache"]
COMMAND = ("savedcmd_u/%s.o := gcc -nostdinc -I./include -include ./include/linux/compiler-version.h "
           "-include ./include/linux/kconfig.h -include ./include/linux/compiler_types.h -D__KERNEL__ -std=gnu11 "
           "-fms-extensions -fshort-wchar -funsigned-char -O2 %s -c -o u/%s.o u/%s.c\n")


def header(name, text):
    """A header that counts once, and has the records."""
    guard = name.upper().translate(str.maketrans("/.", "__"))
    return "#ifndef %s\n#define %s\n#include <linux/mm.h>\n%s\n#endif\n" % (guard, guard, text)



def fillers(count, prefix=""):
    """So many units that headers are compiled beforehand."""
    text = "#include <linux/user.h>\nlong %sfill%d(struct page *page) { return page->index; }\n"
    return {"u/%sfill%d.c" % (prefix, i): text % (prefix, i) for i in range(count)}


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
CACHED = "headers that are compiled, and units that define macros"
CASES[CACHED] = (
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

INC = "static inline void %s(struct page *page) { page->index = 1; }\n"
NONE = "#include <linux/mm.h>\nint %s;\n"
COVER = "#include <linux/wants.h>\n#include <linux/cfg-user.h>\nvoid cover(struct page *page) { page->index = 0; }\n"
CASES["headers that only some units see, in whole or in part"] = (
    {"include/linux/wants.h": header("linux/wants.h", "#ifdef WANT_IT\n" + INC % "wanted" + "#endif\n"),
     "include/linux/points.h": header("linux/points.h", "#ifdef POINTS\n#include <linux/below.h>\n#endif\n"),
     "include/linux/below.h": header("linux/below.h", INC % "below"),
     "include/linux/template.h": "void NAME(struct page *page) { page->MEMBER = 0; }\n",
     "include/linux/cfg-user.h": header("linux/cfg-user.h", "#include <cfg.h>\n"),
     "include/named.h": INC % "named", "quotes/quoted.h": INC % "quoted", "after/after.h": INC % "after",
     "system/system.h": INC % "is_system", "forced/forced.h": INC % "forced", "one/cfg.h": INC % "cfg_one",
     "two/cfg.h": INC % "cfg_two", "two/sub/next.h": "#include_next <sub/next.h>\n",
     "one/sub/next.h": INC % "next", "forced/macros.h": "#define WANT_MACROS\n#define WANT_IT\n",
     "u/want.c": "#define WANT_IT\n#include <linux/wants.h>\nint want;\n",
     "u/imacros.c": "#include <linux/wants.h>\nint imacros;\n",
     "u/deep.c": "#define POINTS\n#include <linux/points.h>\nint deep;\n",
     "u/template.c": NONE % "x" + "#define NAME template\n#define MEMBER private\n#include <linux/template.h>\n",
     "u/cover.c": COVER + "#define NAME cover_template\n#define MEMBER index\n#include <linux/template.h>\n",
     "u/quote.c": NONE % "quote" + '#include "quoted.h"\n', "u/late.c": NONE % "late" + "#include <after.h>\n",
     "u/system.c": NONE % "s" + "#include <system.h>\n", "u/forced.c": NONE % "f",
     "u/named.c": NONE % "n" + "#define FILE <named.h>\n#include FILE\n",
     "u/two.c": "#include <linux/cfg-user.h>\nint two;\n", "u/next.c": NONE % "n" + "#include <sub/next.h>\n",
     "u/idle.c": NONE % "idle"},
    {"quote": "-iquote quotes", "late": "-idirafter after", "system": "-isystem system",
     "forced": "-include ./include/linux/mm.h -include ./forced/forced.h", "imacros": "-imacros ./forced/macros.h",
     "cover": "-I one", "two": "-I two", "next": "-I two -I one"}, 1)

WAYS = header("linux/ways.h", """
#define GET_INDEX(p) ((p)->index)
#define GET_TWICE(p) (GET_INDEX(p) + GET_INDEX(p))
#define GET(p, f) ((p)->f)
#define GET_BY(p, f) GET(p, f)
#define FIELD private
#define OTHER FIELD
#define to_slab(p) ((struct slab *)(p))
#define __pure __attribute__((pure))
static inline atomic_t * __pure words_of(struct page *x) { return &x->_refcount; }
static inline atomic_t * __attribute__((pure)) words_at(struct page *x) { return &x->_refcount; }
typedef atomic_t *word_t;
static inline word_t words_ref(struct page *x) { return &x->_refcount; }
struct two { struct page *first, *second; };
typedef struct slab cache_t;
struct embedding { struct slab s; };
struct operations { struct page *(*get)(void); };
""")
# A unit for each, and all it says beyond the header.
USED = {"whole_set": "void f(struct page *p) { memset(p, 0, 64); }",
        "size_of": "long f(struct page *p) { return sizeof(*p); }",
        "whole_star": "void f(struct page *p) { memset(p + 0, 0, sizeof(*p)); }",
        "whole_copy": "void f(struct page *a, struct page *b) { *a = *b; }",
        "whole_local": "void f(struct page *p) { struct page copy = *p; whatever(&copy); }",
        "cast": "struct slab *f(struct page *p) { return (struct slab *)p; }",
        "cast_call": "void f(struct page *p) { whatever((struct slab *)p); }",
        "cast_macro": "void *f(struct page *p) { return to_slab(p); }",
        "get": "int f(struct page *p) { return GET(p, index); }",
        "get_by": "int f(struct page *p) { return GET_BY(p, private); }",
        "get_index": "int f(struct page *p) { return GET_INDEX(p); }",
        "get_twice": "int f(struct page *p) { return GET_TWICE(p); }",
        "field": "int f(struct page *p) { return p->FIELD; }", "other": "int f(struct page *p) { return p->OTHER; }",
        "get_field": "int f(struct page *p) { return GET(p, OTHER); }",
        "word_of": "void f(struct page *p) { atomic_inc(words_of(p)); }",
        "word_at": "void f(struct page *p) { atomic_inc(words_at(p)); }",
        "word_ref": "void f(struct page *p) { atomic_inc(words_ref(p)); }",
        "first": "void f(struct two *t) { t->first->index = 1; }",
        "second": "void f(struct two *t) { t->second->index = 1; }",
        "cache": "void f(cache_t *c) { c->freelist = 0; }",
        "embedding": "void f(struct embedding *e) { e->s.freelist = 0; }",
        "operations": "void f(struct operations *o) { o->get()->index = 0; }"}
CASES["ways to use a field"] = (
    {"include/linux/ways.h": WAYS, "u/all.c": "#include <linux/ways.h>\nvoid all(struct page *p) { p->index = 1; }\n",
     **{"u/%s.c" % name: "#include <linux/ways.h>\n%s\n" % re.sub(r"\bf\(", name + "(", text)
        for name, text in USED.items()},
     "u/idle1.c": "#include <linux/ways.h>\nint value(struct operations *o) { return GET(o, get) != 0; }\n",
     "u/idle2.c": "#include <linux/ways.h>\nstruct own { int index; };\n"
                  "int idle2(struct own *o) { return GET_INDEX(o); }\n"},
    {}, 2)

EVENTS = header("linux/events.h", """
#if defined(CREATE_TRACE_POINTS) && !defined(NOTRACE)
static void event(struct page *page) { page->index = 1; }
static void (*const keep)(struct page *page) = event;
#endif
""")
EVENT = "#include <linux/events.h>\nvoid %s(struct page *page) { page->private = 1; }\n"
for where, unit_files, unit_flags in (
        ("in the C file", {"u/a.c": "#define CREATE_TRACE_POINTS\n" + EVENT % "a"}, {}),
        ("by a flag", {"u/a.c": EVENT % "a"}, {"a": "-DCREATE_TRACE_POINTS"}),
        ("in a header of its own", {"u/a.c": '#include "points.h"\n' + EVENT % "a",
                                    "u/points.h": "#define CREATE_TRACE_POINTS\n#include <linux/events.h>\n"}, {}),
        ("in a forced one", {"u/a.c": EVENT % "a", "points.h": "#define CREATE_TRACE_POINTS\n"},
         {"a": "-include ./points.h"})):
    CASES["tracepoints that are defined " + where] = (
        {"include/linux/events.h": EVENTS, "u/b.c": EVENT % "b", "u/idle.c": "int idle;\n", **unit_files},
        unit_flags, 1)


def make(directory, files, flags):
    shutil.copytree(KERNEL, directory)
    for name in ("mm", "fs", "drivers"):
        shutil.rmtree(os.path.join(directory, name))
    for name, text in files.items():
        path = os.path.join(directory, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        os.utime(path, (OLD, OLD))
        if name.startswith("u/") and name.endswith(".c"):
            unit = name[2:-2]
            with open(os.path.join(directory, "u/.%s.o.cmd" % unit), "w", encoding="utf-8") as file:
                file.write(COMMAND % (unit, flags.get(unit, ""), unit, unit))


def scan(pagelap, build, *options):
    report = os.path.join(build, "report.json")
    done = subprocess.run([pagelap, "usage", "--quiet", "--no-scan", "--jobs", "1", "--format",
                           "json:" + report, *options, "k=" + build], capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit("exit code %d: %s%s" % (done.returncode, done.stdout[:2000], done.stderr))
    with open(report, encoding="utf-8") as file:
        return json.load(file)["targets"][0]


def change_flags(build, names, flags):
    for name in names:
        with open(os.path.join(build, "u/.%s.o.cmd" % name), "w", encoding="utf-8") as file:
            file.write(COMMAND % (name, flags, name, name))


def compare_cached(pagelap, build):
    """Results that are kept, and then other units get other flags: they are what units with new flags are not."""
    options = ["--cache", os.path.join(build, "cache")]
    scan(pagelap, build, *options)
    change_flags(build, ["fill%d" % i for i in range(131)], "-DWORD=index -DMODULE")
    wrong = compare(pagelap, build, 0, *options)
    change_flags(build, ["mfill%d" % i for i in range(125)], "-DWORD=private")
    return wrong + compare(pagelap, build, 0, *options)


def lines_of(target):
    """What TARGET says, as lines."""
    keys = ("file", "line", "column", "function", "record", "field", "kind", "callee", "through", "bits")
    lines = ["%s" % [access.get(key) for key in keys] for access in target["accesses"]]
    lines += ["%s" % sorted(cast.items()) for cast in target["casts"]]
    return sorted(lines + ["lost: %s" % unit for unit in target["usage"]["lost"]])


def compare(pagelap, build, skipped, *options):
    """The differences, as lines to print."""
    fast, plain = scan(pagelap, build, *(options or NO_CACHE)), scan(pagelap, build, "--no-shortcuts", *NO_CACHE)
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
            if name == CACHED:
                wrong += compare_cached(pagelap, build)
        failed |= bool(wrong)
        print("%s: %s" % (name, "%d wrong" % len(wrong) if wrong else "the same"))
        for line in wrong:
            print("  " + line)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
