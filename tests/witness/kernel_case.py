#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""One kernel of Debian, brought by scripts/fetch-kernel, against every witness that can read it.

Kernels move on in their suites, so the cases know them by pattern. A kernel that cannot be had skips the case, with
the reason; a witness that fails does not.
"""

import os
import re
import subprocess
import sys

from leaves import Parser

SKIPPED = 77

# name: (what, suite, architecture, pattern of the package)
CASES = {
    "vmlinux-amd64-6.12": ("vmlinux", "trixie", "amd64", r"^linux-image-6\.12[^-]*-amd64-dbg$"),
    "vmlinux-arm64": ("vmlinux", "sid", "arm64", r"^linux-image-[0-9][^-]*-cloud-arm64-dbg$"),
    "vmlinux-s390x": ("vmlinux", "sid", "s390x", r"^linux-image-[0-9][^-]*-s390x-dbg$"),
    "vmlinux-riscv64": ("vmlinux", "sid", "riscv64", r"^linux-image-[0-9][^-]*-riscv64-dbg$"),
    # 32 bits; Debian builds it without BTF
    "dwarf-armhf": ("vmlinux", "sid", "armhf", r"^linux-image-[0-9][^-]*-armmp-dbg$"),
    "btf-amd64-6.12": ("btf", "trixie", "amd64", r"^linux-headers-6\.12[^-]*-amd64$"),
    "btf-amd64": ("btf", "sid", "amd64", r"^linux-headers-[0-9][^-]*-amd64$"),
    "btf-arm64": ("btf", "sid", "arm64", r"^linux-headers-[0-9][^-]*-arm64$"),
    "btf-arm64-16k": ("btf", "sid", "arm64", r"^linux-headers-[0-9][^-]*-arm64-16k$"),
    "btf-ppc64el": ("btf", "sid", "ppc64el", r"^linux-headers-[0-9][^-]*-powerpc64le$"),
    "btf-s390x": ("btf", "sid", "s390x", r"^linux-headers-[0-9][^-]*-s390x$"),
    "btf-riscv64": ("btf", "sid", "riscv64", r"^linux-headers-[0-9][^-]*-riscv64$"),
    "image-amd64": ("image", "sid", "amd64", r"^linux-image-[0-9][^-]*-amd64$"),
    "image-arm64": ("image", "sid", "arm64", r"^linux-image-[0-9][^-]*-arm64$"),
    "image-ppc64el": ("image", "sid", "ppc64el", r"^linux-image-[0-9][^-]*-powerpc64le$"),
    "image-s390x": ("image", "sid", "s390x", r"^linux-image-[0-9][^-]*-s390x$"),
    "image-riscv64": ("image", "sid", "riscv64", r"^linux-image-[0-9][^-]*-riscv64$"),
}


class Skip(Exception):
    pass


def fetch(options, what, suite, arch, pattern):
    done = subprocess.run([options.fetch, what, suite, arch, pattern], stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, check=False)
    if done.returncode == 2:
        raise Skip(done.stderr.strip())
    done.check_returncode()
    return done.stdout.splitlines()[0]


def compare(options, source, *arguments):
    """Whether the comparison came out equal."""
    command = [os.path.join(os.path.dirname(__file__), "compare_kernel.py"), "--pagelap", options.pagelap,
               "--source", source, *arguments]
    sys.stdout.flush()
    return subprocess.run([sys.executable, *command], stdin=subprocess.DEVNULL, check=False).returncode == 0


def run_case(options):
    what, suite, arch, pattern = CASES[options.case]
    source = fetch(options, what, suite, arch, pattern)
    release = os.path.basename(source).split("-", 1)[1]
    if options.case.startswith("dwarf-"):
        return compare(options, source, "--witness", "pahole", "--from", "dwarf", "--release", release)
    if what == "vmlinux":
        return all([
            compare(options, source, "--witness", "pahole", "--from", "dwarf", "--release", release),
            compare(options, source, "--witness", "bpftool", "--from", "btf", "--release", release),
            compare(options, source, "--witness", "pagelap", "--from", "dwarf", "--other-from", "btf"),
        ])
    if what == "btf":
        return all([
            compare(options, source, "--witness", "bpftool", "--from", "btf"),
            compare(options, source, "--witness", "bpftool"),
        ])
    # No witness reads a bootable image, but there is BTF of the same build that one reads.
    headers = fetch(options, "btf", suite, arch, f"^linux-headers-{re.escape(release)}$")
    return all([
        compare(options, source, "--witness", "bpftool", "--other", headers, "--release", release),
        compare(options, source, "--witness", "pagelap", "--other", headers, "--release", release),
    ])


def main():
    parser = Parser(description=__doc__)
    parser.add_argument("--pagelap", required=True, metavar="BIN")
    parser.add_argument("--fetch", required=True, metavar="SCRIPT", help="scripts/fetch-kernel")
    parser.add_argument("case", choices=CASES, metavar="CASE", help=", ".join(CASES))
    options = parser.parse_args()
    try:
        return 0 if run_case(options) else 1
    except Skip as reason:
        print(f"skipped: the kernel could not be had: {reason}")
        return SKIPPED


if __name__ == "__main__":
    sys.exit(main())
