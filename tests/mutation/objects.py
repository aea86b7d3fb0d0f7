#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Compiles the memory-management headers of real kernels: objects.py DIRECTORY NAME=BUILD...

BUILD is the configured tree of a headers package; NAME says which: trixie-amd64. DIRECTORY gets an object with DWARF 5 and
one with DWARF 4 of each.
"""
import os
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../witness"))
from headers_clang import HEADERS, Headers  # noqa: E402

FORMS = {"5": ["-gdwarf-5"], "4": ["-gdwarf-4"]}


def main():
    directory = sys.argv[1]
    os.makedirs(directory, exist_ok=True)
    for argument in sys.argv[2:]:
        name, build = argument.split("=", 1)
        headers = Headers(name, build)
        text = "".join(f'#include "{headers.source}/{path}"\n' for path in HEADERS
                       if os.path.exists(os.path.join(headers.source, path)))
        for form, options in FORMS.items():
            subprocess.run([*headers.command, *options, "-fno-eliminate-unused-debug-types", "-c", "-x", "c", "-", "-o",
                            os.path.join(directory, f"{name}-{form}.o")], input=text.encode(), check=True)


if __name__ == "__main__":
    main()
