#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""One kernel of Debian as gcc built it, joined with the headers it was built from.

What clang makes of the headers and gcc's DWARF have to agree; and headers of another release must not pass. A kernel or
headers that cannot be had skip the case, with the reason.
"""

import json
import os
import subprocess
import sys

from kernel_case import CASES, SKIPPED, Skip, fetch
from leaves import Parser

# The case of kernel_case.py, and an older kernel's headers of the same architecture.
OTHERS = {
    "vmlinux-amd64-6.12": ("bookworm", "amd64", r"^linux-headers-6\.1[^-]*-[0-9]+-amd64$"),
    "vmlinux-s390x": ("bookworm", "s390x", r"^linux-headers-6\.1[^-]*-[0-9]+-s390x$"),
    "dwarf-armhf": ("bookworm", "armhf", r"^linux-headers-6\.1[^-]*-[0-9]+-armmp$"),
}


def join(options, headers, vmlinux):
    """The target, and the rules of its findings."""
    command = [options.pagelap, "layout", "--no-scan", "--fail-on", "none", "--format", "json",
               f"joined={headers}", f"joined={vmlinux}"]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True, check=True)
    report = json.loads(done.stdout)
    assert [target["name"] for target in report["targets"]] == ["joined"], "not one target"
    return report["targets"][0], {finding["rule"] for finding in report["findings"]}


def run_case(options):
    _, suite, arch, pattern = CASES[options.case]
    vmlinux = fetch(options, "vmlinux", suite, arch, pattern)
    release = os.path.basename(vmlinux).split("-", 1)[1]
    headers = fetch(options, "headers", suite, arch, f"^linux-headers-{release.replace('+', '[+]')}$")
    target, rules = join(options, headers, vmlinux)
    leaves = sum(len(record["fields"]) for record in target["records"])
    print(f"{release}: {len(target['records'])} records, {leaves} leaves, {len(target['pins'])} pins, {sorted(rules)}")
    if rules or not target["pins"] or target["source"]["kind"] != "dwarf":
        return False
    _, rules = join(options, fetch(options, "headers", *OTHERS[options.case]), vmlinux)
    print(f"with headers of another release: {sorted(rules)}")
    return rules == {"LAYOUT-DISAGREES", "RELEASE-DISAGREES"}


def main():
    parser = Parser(description=__doc__)
    parser.add_argument("--pagelap", required=True, metavar="BIN")
    parser.add_argument("--fetch", required=True, metavar="SCRIPT", help="scripts/fetch-kernel")
    parser.add_argument("case", choices=OTHERS, metavar="CASE", help=", ".join(OTHERS))
    options = parser.parse_args()
    try:
        return 0 if run_case(options) else 1
    except Skip as reason:
        print(f"skipped: the kernel or its headers could not be had: {reason}")
        return SKIPPED


if __name__ == "__main__":
    sys.exit(main())
