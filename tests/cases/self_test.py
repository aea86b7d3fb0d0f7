#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""run.py must be able to fail: wrong expectations are told, each in words that say which one it is.

self_test.py --pagelap BIN. It also holds docs/out-of-reach.md against the rules and the cases that there are.
"""
import argparse
import copy
import os
import re
import shutil
import sys

import run

CASE = "C01"
# Cases that nothing but code decides.
ONLY_CODE = {"C27", "C34", "C35", "C45"}


class Options:
    def __init__(self, pagelap):
        self.pagelap = pagelap


def complaints_of(options, manifest):
    """What run.py says of the case with MANIFEST in the place of its own, read as headers alone."""
    manifest["sources"] = ["headers"]
    try:
        return run.run_case(options, run.Case(CASE, run.read_json(run.RECIPE), manifest))[0]
    except run.Wrong as reason:
        return [str(reason)]


def finds(manifest, variant="broken"):
    return manifest["variants"][variant]["finds"]


def forget(manifest):
    """The finding that the case is about is not listed any more."""
    finds(manifest)[:] = [find for find in finds(manifest) if not find["find"].startswith("WIDE-ALIGN")]
    manifest["rules"].remove("WIDE-ALIGN")


def invent(manifest):
    finds(manifest).append("SIZE-FIT folio")


def widen(manifest):
    """i386 would be found, too."""
    for find in finds(manifest):
        if find["find"].startswith("WIDE-ALIGN"):
            find["on"] = ["arm", "mips", "ppc", "i386"]


def swap(manifest):
    """The broken form where the fixed one should be silent."""
    manifest["variants"]["fixed"]["defines"] = ["BROKEN"]


def mend(manifest):
    """The fixed form where the broken one should be found."""
    manifest["variants"]["broken"]["defines"] = ["FIXED"]


def misname(manifest):
    finds(manifest)[:] = []


def mistype(manifest):
    manifest["variants"]["broken"]["find"] = finds(manifest)


def miss(manifest):
    finds(manifest)[0]["on"] = ["armv7"]


FLIPS = {
    forget: "C01, broken on arm, from headers: found, and not expected: WIDE-ALIGN page.dma_addr",
    invent: "C01, broken on i386, from headers: not found: SIZE-FIT folio",
    widen: "C01, broken on i386, from headers: not found: WIDE-ALIGN page.dma_addr",
    swap: "C01, fixed on mips, from headers: found, and not expected: WIDE-ALIGN page.dma_addr",
    mend: "C01, broken on ppc, from headers: not found: WIDE-ALIGN page.dma_addr",
    misname: "'broken' is called so, and lists nothing",
    mistype: "broken has an unknown key 'find'",
    miss: "'broken' speaks of 'armv7', which is none of its targets",
}


def complaints_of_page():
    """What docs/out-of-reach.md speaks of and is not there. Cases without a fixture are those that code decides."""
    with open(os.path.join(run.ROOT, "docs/out-of-reach.md"), encoding="utf-8") as file:
        page = file.read()
    pack = run.read_json(os.path.join(run.ROOT, "rules/struct-page.json"))
    rules = {rule["id"] for rule in pack["rules"]}
    cases = set(re.findall(r"^\| (C\d+) ", page, re.M))
    return ([f"docs/out-of-reach.md: no rule {name}"
             for name in sorted(set(re.findall(r"`([A-Z]+(?:-[A-Z0-9]+)+)`", page)) - rules)]
            + [f"docs/out-of-reach.md: {name} has neither a fixture nor a row" for name in sorted(ONLY_CODE - cases)]
            + [f"docs/out-of-reach.md: no case {name}" for name in sorted(cases - ONLY_CODE - set(run.names()))])


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pagelap", required=True, metavar="BIN")
    options = Options(parser.parse_args().pagelap)
    if not shutil.which("clang"):
        print("skipped: no clang")
        return run.SKIPPED
    original = run.read_json(f"{run.CASES}/{CASE}/case.json")
    unexpected = complaints_of(options, copy.deepcopy(original)) + complaints_of_page()
    print("".join(f"{complaint}\n" for complaint in unexpected), end="")
    failed = bool(unexpected)
    for flip, wanted in FLIPS.items():
        manifest = copy.deepcopy(original)
        flip(manifest)
        complaints = complaints_of(options, manifest)
        if wanted not in complaints:
            print(f"{flip.__name__}: no \"{wanted}\" among {complaints}")
            failed = True
    print("failed" if failed else f"{len(FLIPS)} wrong expectations of {CASE} are told")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
