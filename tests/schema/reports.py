#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Validates reports of every verdict against the schema we publish.

    reports.py --pagelap BINARY --scratch DIR
"""
import argparse
import json
import pathlib
import shutil
import subprocess
import sys

import jsonschema

ROOT = pathlib.Path(__file__).resolve().parents[2]
GENERATOR = ROOT / "testdata/miniature/kernel.py"
TREE = ROOT / "testdata/trees/x86_64"
SCHEMA = ROOT / "docs/report.schema.json"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pagelap", required=True)
    parser.add_argument("--scratch", required=True, type=pathlib.Path)
    arguments = parser.parse_args()
    shutil.rmtree(arguments.scratch, ignore_errors=True)
    arguments.scratch.mkdir(parents=True)
    subprocess.run([sys.executable, "-B", GENERATOR, arguments.scratch], check=True)
    kernels = sorted(str(path) for path in arguments.scratch.glob("*.btf"))
    validator = jsonschema.Draft7Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))
    runs = [[kernel] for kernel in kernels]
    runs += [kernels, [*kernels, str(SCHEMA)], [str(SCHEMA)], ["--check-all-units", *kernels],
             ["--overlay", "not_there", kernels[0]], [str(TREE)], [str(TREE), *kernels]]
    verdicts, failed = set(), 0
    for run in runs:
        done = subprocess.run([arguments.pagelap, "layout", "-q", "--format", "json", *run], check=False,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)
        report = json.loads(done.stdout)
        verdicts.add(report["verdict"])
        if done.returncode != ["clean", "gate-failed", "could-not-tell"].index(report["verdict"]):
            print(f"{run}: exit code {done.returncode}, verdict {report['verdict']}")
            failed += 1
        for error in validator.iter_errors(report):
            print(f"{run}: /{'/'.join(map(str, error.absolute_path))}: {error.message[:300]}")
            failed += 1
    print(f"{len(runs)} reports, verdicts {', '.join(sorted(verdicts))}, {failed} errors")
    return 1 if failed or not {"clean", "could-not-tell"} <= verdicts else 0


if __name__ == "__main__":
    sys.exit(main())
