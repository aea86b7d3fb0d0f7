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


def main():
    sample = json.loads(SAMPLE.read_text(encoding="utf-8"))
    checked = missing = 0
    for path in sys.argv[1:]:
        for target in json.loads(pathlib.Path(path).read_text(encoding="utf-8"))["targets"]:
            if not (target["release"] or "").startswith(sample["release"]):
                print(f"{path}: {target['name']} is {target['release']}, and the sample is of {sample['release']}")
                return 1
            whole = target["usage"]["shards"] == 1
            found = {tuple(access[key] for key in KEYS) for access in target["accesses"]}
            files = {access["file"] for access in target["accesses"]}
            for access in sample["accesses"]:
                if target["arch"] not in access["archs"] or not (whole or access["file"] in files):
                    continue
                checked += 1
                if tuple(access[key] for key in KEYS) not in found:
                    missing += 1
                    print(f"{path}: {target['name']}: missing {access['file']}:{access['line']}: {access['function']}: "
                          f"{access['kind']} of {access['record']}.{access['field']}")
    print(f"{checked} accesses looked for, {missing} missing")
    return 1 if missing or not checked else 0


if __name__ == "__main__":
    sys.exit(main())
