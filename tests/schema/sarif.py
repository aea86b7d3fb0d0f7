#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Validates SARIF reports: against what GitHub code scanning needs, or against the published schema.

    sarif.py --pagelap BINARY --scratch DIR [--published]

The published schema is not ours to keep a copy of. An npm package holds one (and nothing of the package is run); npm
is asked for it, as it is configured here. Without npm, or a network, --published is skipped.
"""
import argparse
import hashlib
import json
import pathlib
import shutil
import subprocess
import sys
import tarfile

import jsonschema

sys.dont_write_bytecode = True
import runs  # noqa: E402

SKIPPED = 77
OURS = pathlib.Path(__file__).with_name("sarif-github.schema.json")
PACKAGE = "@microsoft/jest-sarif@1.0.0-beta.0"
MEMBER = "package/lib/schemas/sarif-2.1.0-rtm.5.json"
DIGEST = "2d99159ae54a3eea97f81781cff48780548657c35949f4b7f25e99a2ba4de4f8"


class Unavailable(Exception):
    pass


def published(scratch):
    """The published schema, from a package that npm puts into SCRATCH."""
    if not shutil.which("npm"):
        raise Unavailable("there is no npm")
    done = subprocess.run(["npm", "pack", "--ignore-scripts", "--json", "--pack-destination", str(scratch), PACKAGE],
                          check=False, cwd=scratch, stdin=subprocess.DEVNULL, capture_output=True, text=True,
                          timeout=240)
    archives = list(scratch.glob("*.tgz"))
    if done.returncode or len(archives) != 1:
        raise Unavailable(f"npm: {(done.stderr.strip() or 'no package').splitlines()[-1]}")
    with tarfile.open(archives[0]) as archive:
        content = archive.extractfile(MEMBER).read()
    if hashlib.sha256(content).hexdigest() != DIGEST:
        raise SystemExit(f"{PACKAGE}: {MEMBER} is not the file that it was")
    return json.loads(content)


def contradictions(log):
    """What no schema can say."""
    for run in log["runs"]:
        rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
        if len(set(rules)) != len(rules):
            yield "a rule is there twice"
        seen = set()
        for result in run["results"]:
            if result["ruleIndex"] >= len(rules) or rules[result["ruleIndex"]] != result["ruleId"]:
                yield f"{result['ruleId']} is not rule {result['ruleIndex']}"
            identity = (result["partialFingerprints"]["pagelap/v1"], result["level"])
            if identity in seen:
                yield f"{identity} is there twice"
            seen.add(identity)
        if len({"baselineState" in result for result in run["results"]}) > 1:
            yield "only some results have a baselineState"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pagelap", required=True)
    parser.add_argument("--scratch", required=True, type=pathlib.Path)
    parser.add_argument("--published", action="store_true")
    arguments = parser.parse_args()
    runs.prepare(arguments.scratch)
    try:
        schema = published(arguments.scratch) if arguments.published else json.loads(OURS.read_text(encoding="utf-8"))
    except (Unavailable, subprocess.TimeoutExpired) as reason:
        print(f"skipped: the published schema could not be had: {reason}")
        return SKIPPED
    validator = jsonschema.validators.validator_for(schema)(schema)
    lines = [("layout", line) for line in runs.layouts(arguments.scratch)]
    lines += [("check", line) for line in runs.checks(arguments.scratch, arguments.pagelap)]
    keys, results, failed = set(), 0, 0
    for command, line in lines:
        log = json.loads(runs.run(arguments.pagelap, command, "sarif", line)[0])
        results += len(log["runs"][0]["results"])
        keys |= {key for result in log["runs"][0]["results"] for key in result}
        errors = [f"/{'/'.join(map(str, error.absolute_path))}: {error.message[:300]}"
                  for error in validator.iter_errors(log)]
        for error in [*errors, *contradictions(log)]:
            print(f"{command} {line}: {error}")
            failed += 1
    missing = {"suppressions", "baselineState"} - keys
    print(f"{len(lines)} reports with {results} results, {failed} errors" +
          (f", none with {', '.join(sorted(missing))}" if missing else ""))
    return 1 if failed or missing else 0


if __name__ == "__main__":
    sys.exit(main())
