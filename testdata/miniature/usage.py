#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Gives the targets of a report what accesses.txt says of their code: usage.py < REPORT > REPORT."""
import json
import os
import re
import sys

HERE = os.path.dirname(os.path.abspath(__file__))


def spot(place, function):
    file, line, column = re.fullmatch(r"(.*):(\d+):(\d+)", place).groups()
    return {"file": file, "line": int(line), "column": int(column), "function": None if function == "-" else function}


def access(place, function, field, kind, words):
    notes = dict(word.split("=") for word in words)
    record, _, path = field.partition(".")
    made = dict(spot(place, function), record=record, field=path or None, kind=kind, through=notes.get("through"),
                callee=notes.get("callee"), bits=notes.get("bits"))
    return made, notes.get("on")


def read():
    """Accesses and casts, each with the name of its target or None."""
    accesses, casts = [], []
    with open(os.path.join(HERE, "accesses.txt"), encoding="utf-8") as file:
        for line in file:
            words = line.split("#")[0].split()
            if not words:
                continue
            if words[2] == "cast":
                casts.append((dict(spot(*words[:2]), through=None, **{"from": words[3], "to": words[4]}), None))
            else:
                accesses.append(access(*words[:4], words[4:]))
    return accesses, casts


def attach(report):
    accesses, casts = read()
    for target in report["targets"]:
        target["accesses"] = [made for made, on in accesses if on in (None, target["name"])]
        target["casts"] = [made for made, on in casts if on in (None, target["name"])]
        target["usage"] = {"units": 40, "read": 30, "skipped": 10, "shard": 1, "shards": 1, "lost": []}
    return report


if __name__ == "__main__":
    json.dump(attach(json.load(sys.stdin)), sys.stdout)
