#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Whether a program has what there is against exploits: hardening.py PROGRAM."""
import re
import subprocess
import sys


def readelf(*options):
    return subprocess.run(["readelf", "-W", *options, sys.argv[1]], capture_output=True, text=True, check=True,
                          env={"LC_ALL": "C", "PATH": "/usr/bin:/bin"}).stdout


def segments():
    """Type and flags of each segment."""
    found = {}
    for line in readelf("-l").splitlines():
        match = re.match(r"\s+([A-Z_]+)(?:\s+0x[0-9a-f]+){5}\s+([RWE ]{3})\s", line)
        if match:
            found.setdefault(match[1], []).append(match[2])
    return found


def main():
    header, dynamic, symbols = readelf("-h"), readelf("-d"), readelf("--dyn-syms")
    parts = segments()
    fortified = len(re.findall(r"__(?!stack)\w+_chk\b", symbols))
    wanted = {
        "is position independent": re.search(r"Type:\s+DYN", header) and "PIE" in dynamic,
        "resolves all symbols at the start": re.search(r"\bBIND_NOW\b|FLAGS_1.*\bNOW\b", dynamic),
        "keeps what it has resolved read-only": "GNU_RELRO" in parts,
        "has a stack that is not executable": parts.get("GNU_STACK") == ["RW "],
        "has nothing that is both writable and executable": all("WE" not in flags for flags in parts["LOAD"]),
        "has code apart from data": "R E" in parts["LOAD"] and "R  " in parts["LOAD"],
        "protects its stack": "__stack_chk_fail" in symbols,
        "calls functions that know the size of their buffers": fortified > 3,
        "relocates no code": "TEXTREL" not in dynamic,
        "loads libraries from no place of its own": not re.search(r"\((RPATH|RUNPATH)\)", dynamic),
    }
    for what, is_so in wanted.items():
        print("%s: %s" % ("yes" if is_so else "NO ", what))
    return 0 if all(wanted.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
