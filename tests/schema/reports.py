#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Validates reports of every verdict against the schema we publish.

    reports.py --pagelap BINARY --scratch DIR
"""
import argparse
import json
import pathlib
import sys

import jsonschema

sys.dont_write_bytecode = True
import runs  # noqa: E402

SCHEMA = runs.ROOT / "docs/report.schema.json"
VERDICTS = ["clean", "gate-failed", "could-not-tell"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pagelap", required=True)
    parser.add_argument("--scratch", required=True, type=pathlib.Path)
    arguments = parser.parse_args()
    runs.prepare(arguments.scratch)
    validator = jsonschema.Draft7Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))
    lines = [("layout", line) for line in runs.layouts(arguments.scratch)]
    lines += [("check", line) for line in runs.checks(arguments.scratch, arguments.pagelap)]
    lines += [("usage", line) for line in runs.usages(arguments.scratch, arguments.pagelap)]
    lines += [(command, [str(arguments.scratch / "usage.json")]) for command in ("layout", "check")]
    verdicts, states, failed = set(), set(), 0
    for command, line in lines:
        text, code = runs.run(arguments.pagelap, command, "json", line)
        report = json.loads(text)
        verdicts.add(report["verdict"])
        states |= {one["state"] for finding in report["findings"] for one in finding["occurrences"]}
        states |= {one["state"] for one in report["suppressions"]}
        if code != VERDICTS.index(report["verdict"]):
            print(f"{command} {line}: exit code {code}, verdict {report['verdict']}")
            failed += 1
        for error in validator.iter_errors(report):
            print(f"{command} {line}: /{'/'.join(map(str, error.absolute_path))}: {error.message[:300]}")
            failed += 1
    missing = ({*VERDICTS} - verdicts) | ({"open", "suppressed", "known", "used", "unused", "expired"} - states)
    print(f"{len(lines)} reports, {failed} errors" + (f", none with {', '.join(sorted(missing))}" if missing else ""))
    return 1 if failed or missing else 0


if __name__ == "__main__":
    sys.exit(main())
