#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""docs/mutations.md, out of what expected/*.json says: --write FILE, or --check FILE that it says just that."""

import os
import sys

import descriptors
from leaves import Parser

TITLES = {"fixture": "the miniature tree of testdata/descriptors", "6.12": "Linux 6.12", "7.2": "Linux 7.2"}
HEAD = ("edits", "neutral", "that change something", "the source's assertions find", "pagelap finds", "as an error",
        "as a warning", "as an info", "missed")

INTRODUCTION = """\
# How much check finds

Written by `scripts/mutations`, which edits the descriptors of healthy trees, one place at a time, and counts who
notices: the assertions in the source, or `pagelap check`. It takes the miniature tree of `testdata/descriptors`, as CI
does, and the sources of Linux 6.12 and 7.2, each configured for amd64 and for armhf; the kernel tests take every tenth
edit of those.

The edits are systematic. Each member of each descriptor is swapped with the next one, widened, shrunk, dropped, put
under a condition that one of the two architectures lacks; a new member, or new padding, comes before each member and
at the end of each struct; pointers become integers or locks, and integers pointers; members of a tail page move to an
earlier page; and types are spelled in another way.

**Neutral** is an edit after which every byte of the descriptor has the owners that it had, and each is still what it
was: a number, a pointer, a truth value or an enumeration, on both architectures. Padding owns nothing, but while it has
its name it covers the bytes that it did. That is clang's verdict (`-fdump-record-layouts`), not pagelap's; and no
assertion breaks. About neutral edits pagelap has to be silent, and is: a new finding of any severity fails the test.

**Found by assertions** is an edit after which clang reports a broken assertion. Other compiler errors do not count:
code that uses a member which is gone does not compile, whatever was asserted.

**Found by pagelap** is an edit after which `pagelap check --baseline BASE --fail-on info` exits with 1, BASE being the
tree as it is. The highest severity of what is new is counted. A new member on shared bytes is an info, for that is how
descriptors grow: whoever wants to see each one gates with a baseline and `--fail-on info`. The scan for assertions in
`.c` files is on for ioptdesc only, whose assertions are in one.
"""


def sums_row(title, sums):
    changing = sums["edits"] - sums["neutral"]
    found = sums["error"] + sums["warning"] + sums["info"]

    def share(number):
        return f"{number} ({100 * number / changing:.1f} %)" if changing else "0"

    cells = [title, sums["edits"], sums["neutral"], changing, share(sums["asserted"]), share(found), sums["error"],
             sums["warning"], sums["info"], changing - found]
    return "| " + " | ".join(map(str, cells)) + " |"


def table(name, rows):
    yield "| " + " | ".join((name, *HEAD)) + " |"
    yield "|---" + "|---:" * len(HEAD) + "|"
    for title, sums in rows:
        yield sums_row(title, sums)


def missed(expected):
    """Edits that are missed, those of one reason together."""
    reasons = {}
    for title, reason in expected["missed"].items():
        reasons.setdefault(reason, []).append(title)
    for reason, titles in reasons.items():
        yield f"- {'; '.join(f'`{title}`' for title in titles)}"
        yield f"  {reason}"
    if not reasons:
        yield "None."


def page():
    cases = [case for case in descriptors.CASES if os.path.exists(descriptors.expected_path(case))]
    expected = {case: descriptors.read_expected(case) for case in cases}
    yield from INTRODUCTION.splitlines()
    yield ""
    yield from table("tree", ((TITLES[case], known["all"]) for case, known in expected.items()))
    yield ""
    yield "Every edit that breaks an assertion is found by pagelap, too; a test holds that."
    for case, known in expected.items():
        title = TITLES[case]
        yield ""
        yield f"## {title[0].upper()}{title[1:]}"
        yield ""
        yield from table("descriptor", known["records"].items())
        yield ""
        yield from table("edit", known["operators"].items())
        yield ""
        yield "Missed:"
        yield ""
        yield from missed(known)


def main():
    parser = Parser(description=__doc__)
    action = parser.add_mutually_exclusive_group(required=True)
    action.add_argument("--write", metavar="FILE")
    action.add_argument("--check", metavar="FILE")
    options = parser.parse_args()
    text = "\n".join(page()) + "\n"
    if options.write:
        with open(options.write, "w", encoding="utf-8") as file:
            file.write(text)
        return 0
    with open(options.check, encoding="utf-8") as file:
        if file.read() == text:
            return 0
    print(f"{options.check} is not what expected/*.json says: scripts/mutations --page")
    return 1


if __name__ == "__main__":
    sys.exit(main())
