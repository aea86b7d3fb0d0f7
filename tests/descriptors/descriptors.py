#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Edits descriptors of a healthy tree, one place at a time, and counts who notices.

A case is "fixture" (the miniature tree of testdata/descriptors), "6.12" or "7.2" (Debian's source of that Linux with
its headers packages as build directories, of 64 and of 32 bits). For each edit it asks three:

- clang's record layouts, before and after: has any byte of the descriptor another owner, or is another kind of thing in
  it, on any build? If not, and if no assertion breaks, the edit is neutral.
- the source's own assertions, compiled by clang.
- pagelap check, with what it finds in the tree as it is for a baseline.

What came of it has to be just what expected/CASE.json says; of a --sample, nothing else may be missed. --update writes
that file; in it, every edit that pagelap does not find has a reason, given by hand. A case that cannot be had is skipped
(77).
"""

import collections
import concurrent.futures
import json
import os
import shutil
import sys
import tempfile

import trees
import trial
from leaves import Parser

SKIPPED = 77
CASES = ("fixture", "6.12", "7.2")
EXPECTED = os.path.join(trees.HERE, "expected")
UNEXPLAINED = "not explained yet"


def expected_path(case):
    return os.path.join(EXPECTED, f"{case}.json")


def read_expected(case):
    with open(expected_path(case), encoding="utf-8") as file:
        return json.load(file)


def count(results):
    """The sums of the results."""
    changing = [result for result in results if not result.neutral]
    sums = {"edits": len(results), "neutral": len(results) - len(changing)}
    sums["asserted"] = sum(result.asserted for result in changing)
    for severity in ("error", "warning", "info"):
        sums[severity] = sum(result.severity == severity for result in changing)
    return sums


def summarise(results, reasons):
    """What stands in a file of expectations; REASONS are those known of edits that are missed."""
    missed = [result for result in results if not result.neutral and not result.rules]
    tables = {}
    for name, key in (("records", lambda result: result.record), ("operators", lambda result: result.edit.operator)):
        groups = collections.defaultdict(list)
        for result in results:
            groups[key(result)].append(result)
        tables[name] = {group: count(members) for group, members in groups.items()}
    return {"all": count(results), **tables,
            "missed": {result.edit.title: reasons.get(result.edit.title, UNEXPLAINED) for result in missed}}


def complain(results):
    """Tells what must never be; whether there was any."""
    wrong = 0
    for result in results:
        title = result.edit.title
        if result.neutral and result.rules:
            print(f"{title}: neutral, and yet pagelap says {', '.join(result.rules)} ({result.severity})")
        elif result.code == 2:
            print(f"{title}: pagelap could not tell")
        elif result.asserted and "ASSERTION" not in result.rules:
            print(f"{title}: an assertion breaks, and pagelap does not say so")
        elif (result.code == 1) != bool(result.rules):
            print(f"{title}: exit code {result.code} with {len(result.rules)} rules")
        else:
            continue
        wrong += 1
    return wrong


def run(options, scratch):
    tree = trees.fixture() if options.case == "fixture" else trees.kernel(options.case)
    checker = trial.Checker(options.pagelap, tree.builds, scratch)
    lanes = [trial.Lane(tree, checker, os.path.join(scratch, str(i))) for i in range(options.jobs)]
    work = [item for item in trial.plan(tree, lanes[0]) if options.only in item[1].title][::options.sample]

    def serve(number):
        return [lanes[number].try_edit(*item) for item in work[number::len(lanes)]]

    results = [None] * len(work)
    with concurrent.futures.ThreadPoolExecutor(len(lanes)) as pool:
        for number, found in enumerate(pool.map(serve, range(len(lanes)))):
            results[number::len(lanes)] = found
    return results


def show(results):
    for result in results:
        print(f"{'neutral' if result.neutral else 'changing'} {'asserted' if result.asserted else '-'} "
              f"{result.severity or '-'} {','.join(result.rules) or '-'}  {result.edit.title}")


def compare(found, wanted):
    """Tells every difference; whether there was any."""
    wrong = 0
    for name in ("all", "records", "operators", "missed"):
        if found[name] == wanted[name]:
            continue
        wrong += 1
        for key in sorted({*found[name], *wanted[name]}):
            now, before = found[name].get(key, "nothing"), wanted[name].get(key, "nothing")
            if now != before:
                print(f"{name}: {key}: {now}, expected {before}")
    return wrong


def compare_sample(found, wanted):
    """Of a part of the edits there are no sums: tells which of them are missed that all of them would not miss."""
    new = sorted(set(found["missed"]) - set(wanted["missed"]))
    for title in new:
        print(f"{title}: missed")
    return len(new)


def parse_arguments():
    parser = Parser(description=__doc__)
    parser.add_argument("--pagelap", required=True, type=os.path.abspath, metavar="BIN")
    parser.add_argument("--update", action="store_true", help="write what is expected from what is found")
    parser.add_argument("--only", default="", metavar="TEXT",
                        help="tell about edits with TEXT in their title; compare nothing")
    parser.add_argument("--jobs", type=int, default=2, metavar="N", help="so many at a time; 2")
    parser.add_argument("--sample", type=int, default=1, metavar="N", help="of every N edits only the first")
    parser.add_argument("--all", action="store_true", help="tell about every edit")
    parser.add_argument("case", choices=CASES, metavar="CASE", help=", ".join(CASES))
    return parser.parse_args()


def main():
    options = parse_arguments()
    if not shutil.which(trees.headers_clang.CLANG):
        print(f"skipped: {trees.headers_clang.CLANG} is missing")
        return SKIPPED
    with tempfile.TemporaryDirectory(prefix="pagelap-descriptors-") as scratch:
        try:
            results = run(options, scratch)
        except trees.Skip as reason:
            print(f"skipped: {options.case} could not be had: {reason}")
            return SKIPPED
    if options.all or options.only:
        show(results)
    if options.only:
        return 0
    wrong = complain(results)
    wanted = read_expected(options.case) if os.path.exists(expected_path(options.case)) else {"missed": {}}
    found = summarise(results, wanted["missed"])
    print(f"{options.case}: {found['all']}, {len(found['missed'])} missed")
    if options.sample > 1:
        return 1 if wrong + compare_sample(found, wanted) or not results else 0
    if options.update:
        with open(expected_path(options.case), "w", encoding="utf-8") as file:
            file.write(json.dumps(found, indent=1, ensure_ascii=False) + "\n")
    else:
        wrong += compare(found, wanted)
    return 1 if wrong or not results or UNEXPLAINED in found["missed"].values() else 0


if __name__ == "__main__":
    sys.exit(main())
