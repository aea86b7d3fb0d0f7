#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Kernels in shapes that Debian does not ship, prepared from its sources by scripts/prepare-kernel, against witnesses.

Their headers are compared with clang's own layouts and with the assertions in preprocessed text, and the object that was
compiled from them with pahole. What cannot be had or prepared skips the case, with the reason; a witness that fails does
not. --build takes a tree that is prepared already.
"""

import collections
import json
import os
import subprocess
import sys

import flatten_pahole
import headers_case
import headers_clang
from answers import cache
from compare_kernel import RECORDS
from headers_case import SKIPPED, Row, Skip
from leaves import Comparison, Parser, PagelapError, WitnessError, pagelap_records, pagelap_target, run

SCRIPTS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../scripts")
OBJECT = "mm/slub.o"
_SMALL = ("-DEBUG_INFO_NONE", "+DEBUG_INFO_DWARF5", "+PRINTK")

# What a kernel is made of; the flavour of headers_clang.py that it is; the findings of its headers; the option of its
# configuration that makes it odd, and a member that shows it, with its bits; what pahole reads.
Case = collections.namedtuple("Case", "suite series arch flavour configuration rules option shows witness",
                              defaults=[("page", "flags", 64), OBJECT])
CASES = {
    "kmsan": Case("sid", "7.2", "x86_64", "amd64",
                  ("tinyconfig", *_SMALL, "+64BIT", "+DEBUG_KERNEL", "+EXPERT", "+IOMMU_SUPPORT", "+KMSAN"), set(),
                  "KMSAN=y", ("page", "kmsan_shadow", 64)),
    "randstruct": Case("sid", "7.2", "x86_64", "amd64",
                       ("tinyconfig", *_SMALL, "+64BIT", "+IOMMU_SUPPORT", "-RANDSTRUCT_NONE", "+RANDSTRUCT_FULL"),
                       {"LAYOUT-RANDOMISED"}, "RANDSTRUCT_FULL=y"),
    "ppc32-256k": Case("trixie", "6.12", "powerpc", "ppc32",
                       ("44x/canyonlands_defconfig", *_SMALL, "-STDBINUTILS", "-PPC_4K_PAGES", "+PPC_256K_PAGES"), set(),
                       "PPC_256K_PAGES=y", ("page", "flags", 32)),
    "arm64-64k": Case("sid", "7.2", "arm64", "arm64",
                      ("tinyconfig", *_SMALL, "-ARM64_4K_PAGES", "+ARM64_64K_PAGES", "+IOMMU_SUPPORT"), set(),
                      "ARM64_64K_PAGES=y"),
    # Locks that know who holds them are larger than a word: what was a lock is a pointer to one.
    "lockdep": Case("sid", "7.2", "x86_64", "amd64",
                    ("tinyconfig", *_SMALL, "+64BIT", "+SMP", "+IOMMU_SUPPORT", "+DEBUG_KERNEL", "+EXPERT",
                     "+PROVE_LOCKING"), set(), "LOCKDEP=y", ("ptdesc", "ptl", 64)),
    # The object has skeletons, and pahole 1.24 reads the .dwo file.
    "split": Case("sid", "7.2", "x86_64", "amd64",
                  ("tinyconfig", *_SMALL, "+64BIT", "+SMP", "+IOMMU_SUPPORT", "+DEBUG_KERNEL", "+EXPERT",
                   "+DEBUG_INFO_SPLIT"), set(), "DEBUG_INFO_SPLIT=y", ("ptdesc", "ptl", 32), "mm/slub.dwo"),
}


def fetch_tree(case):
    return headers_case.fetch([os.path.join(SCRIPTS, "fetch-kernel"), "tree", case.suite, "amd64",
                               f"^linux-source-{case.series.replace('.', '[.]')}$"])[-1]


def prepare(name, case, source):
    """The build directory; one that is there for just this source and configuration is taken as it is."""
    build = os.path.join(cache(), "prepared", f"odd-{name}")
    stamp = os.path.join(build, ".prepared")
    made_of = " ".join((source, *case.configuration))
    if os.path.exists(stamp):
        with open(stamp, encoding="utf-8") as file:
            if file.read() == made_of:
                return build
    done = subprocess.run([os.path.join(SCRIPTS, "prepare-kernel"), "--make", OBJECT, case.suite, case.series, case.arch,
                           build, *case.configuration], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                          stderr=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        raise Skip(done.stderr.strip()[-500:])
    with open(stamp, "w", encoding="utf-8") as file:
        file.write(made_of)
    return build


def compare_headers(options, row, build, source, case):
    arguments = ["--source-tree", source]
    target = pagelap_target(options.pagelap, build, arguments)
    ours = pagelap_records(target)
    row.records = list(ours)
    headers_case.compare_clang(row, target, ours, headers_clang.Headers(f"odd-{case.flavour}", build, source))
    comparison = Comparison(f"{row.name}: what it shall be")
    record, member, bits = case.shows
    if not any(leaf.path.split(".")[0] == member and leaf.size_bits == bits for leaf in ours[record].leaves):
        comparison.fail(f"{record} has no {member} of {bits} bits")
    with open(os.path.join(build, ".config"), encoding="utf-8") as file:
        if f"CONFIG_{case.option}\n" not in file.readlines():
            comparison.fail(f"it is not configured with {case.option}")
    found = {finding["rule"] for finding in findings(options, build, source)}
    if found != case.rules:
        comparison.fail(f"findings of its headers: {sorted(found)}, should be {sorted(case.rules)}")
    row.wrong += comparison.wrong


def findings(options, build, source):
    """Those that say that the headers cannot be taken for what the kernel is."""
    report = json.loads(run([options.pagelap, "layout", "--no-scan", "--fail-on", "none", "--format", "json",
                             "--source-tree", source, build], PagelapError))
    return report["findings"]


def compare_object(options, row, build, case):
    path = os.path.join(build, OBJECT)
    ours = pagelap_records(pagelap_target(options.pagelap, path, ["--check-all-units"]))
    comparison = Comparison(f"{row.name}: {OBJECT} against pahole")
    theirs = flatten_pahole.records(os.path.join(build, case.witness), list(ours))
    comparison.compare([name for name in RECORDS if name in ours], ours, theirs, "pahole")
    comparison.finish()
    row.wrong += comparison.wrong + (not {"page", "folio", "slab"} <= ours.keys())


def run_case(options):
    case, row = CASES[options.case], Row(options.case)
    source = fetch_tree(case)
    build = options.build or prepare(options.case, case, source)
    try:
        compare_headers(options, row, build, source, case)
        compare_object(options, row, build, case)
    except (PagelapError, WitnessError) as error:
        print(f"{options.case}: {error}")
        row.wrong += 1
    print(f"{headers_case.HEADING}\n{row}")
    return not row.wrong


def main():
    parser = Parser(description=__doc__)
    parser.add_argument("--pagelap", required=True, metavar="BIN")
    parser.add_argument("--build", metavar="DIR")
    parser.add_argument("case", choices=CASES, metavar="CASE", help=", ".join(CASES))
    options = parser.parse_args()
    try:
        return 0 if run_case(options) else 1
    except Skip as reason:
        print(f"skipped: {options.case} could not be had: {reason}")
        return SKIPPED


if __name__ == "__main__":
    sys.exit(main())
