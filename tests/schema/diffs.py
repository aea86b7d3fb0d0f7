#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Validates differences of every verdict and kind against the schema we publish.

    diffs.py --pagelap BINARY --scratch DIR
"""
import argparse
import json
import pathlib
import sys

import jsonschema

sys.dont_write_bytecode = True
import runs  # noqa: E402

SCHEMA = runs.ROOT / "docs/diff.schema.json"
VERDICTS = ["same", "different", "could-not-tell"]


def rebuilt(scratch):
    """A tree in which a member has grown, another is asserted no more, and records are aligned otherwise."""
    types = scratch / "broken/source/include/linux/mm_types.h"
    text = types.read_text(encoding="utf-8")
    text = text.replace("unsigned int page_type;", "unsigned char page_type;")
    types.write_text(text.replace("aligned(2 *", "aligned(4 *"), encoding="utf-8")
    return str(scratch / "broken/x86_64")


def pairs(scratch):
    """Arguments of `diff`, below SCRATCH."""
    kernels = sorted(str(path) for path in scratch.glob("*.btf"))
    tree, text = str(scratch / "trees/x86_64"), str(scratch / "text")
    lines = [[old, new] for old in kernels for new in kernels]
    lines += [[tree, tree], [tree, rebuilt(scratch)], [rebuilt(scratch), tree], [text, tree], [tree, kernels[0]],
              ["--ignore", "member", "--ignore", "moved", kernels[0], kernels[-1]]]
    lines += [[str(scratch / "one.json"), str(scratch / "two.json")]]
    for name, kernel in ("one", "le64.btf"), ("two", "be64.btf"):
        runs_of = ["--format", f"json:{scratch}/{name}.json", f"{name}={scratch / kernel}", f"both={scratch / kernel}"]
        yield "layout", runs_of
    yield from (("diff", line) for line in lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pagelap", required=True)
    parser.add_argument("--scratch", required=True, type=pathlib.Path)
    arguments = parser.parse_args()
    runs.prepare(arguments.scratch)
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    validator = jsonschema.Draft7Validator(schema)
    wanted = {*VERDICTS, *schema["definitions"]["kind"]["enum"]}
    count = failed = 0
    for command, line in pairs(arguments.scratch):
        text, code = runs.run(arguments.pagelap, command, "json", line)
        if command != "diff":
            continue
        diff = json.loads(text)
        count += 1
        wanted -= {diff["verdict"]} | {change["kind"] for target in diff["targets"] for change in target["changes"]}
        if code != VERDICTS.index(diff["verdict"]):
            print(f"{line}: exit code {code}, verdict {diff['verdict']}")
            failed += 1
        for error in validator.iter_errors(diff):
            print(f"{line}: /{'/'.join(map(str, error.absolute_path))}: {error.message[:300]}")
            failed += 1
    print(f"{count} differences, {failed} errors" + (f", none with {', '.join(sorted(wanted))}" if wanted else ""))
    return 1 if failed or wanted else 0


if __name__ == "__main__":
    sys.exit(main())
