#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What is being read is shown on a terminal, when that takes long, and is gone at the end: progress.py --pagelap BINARY
--scratch DIR."""
import argparse
import os
import pathlib
import pty
import re
import subprocess
import sys
import time

ERASED = "\r\x1b[K"
LONG = 2.5  # seconds, of which the first shows nothing


def run(command, terminal):
    """What COMMAND says on standard error, which is a terminal or not."""
    if not terminal:
        return subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                              text=True, check=False).stderr
    ours, theirs = pty.openpty()
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=theirs)
    os.close(theirs)
    said = b""
    try:
        while got := os.read(ours, 65536):
            said += got
    except OSError:  # a terminal's way of saying that nobody is at its other end
        pass
    os.close(ours)
    process.wait()
    return said.decode()


def long_command(pagelap, file):
    """As many sources as it takes to be long."""
    count = 500
    while True:
        command = [pagelap, "layout", "-j1", "--format=plain", *[f"{file}"] * count]
        start = time.monotonic()
        run(command, terminal=False)
        if time.monotonic() - start > LONG:
            return command, count
        count *= 2


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--pagelap", required=True)
    parser.add_argument("--scratch", required=True, type=pathlib.Path)
    options = parser.parse_args()
    options.scratch.mkdir(parents=True, exist_ok=True)
    file = options.scratch / "no-kernel"
    file.write_text("no kernel\n", encoding="utf-8")
    command, count = long_command(options.pagelap, file)
    shown = run(command, terminal=True)
    lines = re.findall(re.escape(ERASED) + r"(\d+) of (\d+) read; reading ", shown)
    dones = [int(done) for done, _ in lines]
    print(f"{count} sources: shown {len(lines)} times")
    wrong = [what for what, holds in (
        ("nothing is shown", bool(lines)),
        ("it counts otherwise", {total for _, total in lines} <= {str(count)} and dones == sorted(dones)),
        ("it is shown from the start", not dones or dones[0] > 0),
        ("the line is left at the end", shown.rfind(" read; reading ") < shown.rfind(ERASED)),
        ("it is shown where there is no terminal", " read; reading " not in run(command, terminal=False)),
        ("it is shown although nobody wants to know", run([*command, "-q"], terminal=True) == "")) if not holds]
    for what in wrong:
        print("FAILED:", what)
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
