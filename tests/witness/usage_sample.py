#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Holds scans of real kernels against accesses that were read in the source by hand.

    usage_sample.py REPORT...

REPORTs are what `pagelap usage --format json` writes of builds of the release that usage_sample.json is about. Every
access of the sample has to be there on each of its architectures that was scanned; of a shard only those count that
are in a file of which the shard tells something.
"""
import json
import pathlib
import sys

SAMPLE = pathlib.Path(__file__).with_name("usage_sample.json")
KEYS = ("file", "line", "function", "record", "field", "kind")


def compare(target, partial):
    """How many accesses of the sample are looked for in TARGET, and those that are not there. Of a scan that is PARTIAL
    only files count of which it tells something."""
    accesses = json.loads(SAMPLE.read_text(encoding="utf-8"))["accesses"]
    found = {tuple(access[key] for key in KEYS) for access in target["accesses"]}
    files = {access["file"] for access in target["accesses"]}
    wanted = [access for access in accesses
              if target["arch"] in access["archs"] and (not partial or access["file"] in files)]
    missing = [f"missing {access['file']}:{access['line']}: {access['function']}: {access['kind']} of "
               f"{access['record']}.{access['field']}"
               for access in wanted if tuple(access[key] for key in KEYS) not in found]
    return len(wanted), missing


def main():
    release = json.loads(SAMPLE.read_text(encoding="utf-8"))["release"]
    checked = missing = 0
    for path in sys.argv[1:]:
        for target in json.loads(pathlib.Path(path).read_text(encoding="utf-8"))["targets"]:
            if not (target["release"] or "").startswith(release):
                print(f"{path}: {target['name']} is {target['release']}, and the sample is of {release}")
                return 1
            wanted, absent = compare(target, target["usage"]["shards"] > 1)
            checked += wanted
            missing += len(absent)
            for line in absent:
                print(f"{path}: {target['name']}: {line}")
    print(f"{checked} accesses looked for, {missing} missing")
    return 1 if missing or not checked else 0


if __name__ == "__main__":
    sys.exit(main())
