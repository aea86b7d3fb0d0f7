#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Holds the manual pages against the program.

    manual.py --pagelap BINARY DIR...

Every command has a page in one of DIR, which mandoc takes without a warning, and which tells of the options that the
command's --help has, and of no other. pagelap(1) tells of every command. The help of all fits onto a small terminal.
"""
import argparse
import pathlib
import re
import shutil
import subprocess
import sys

LINES, COLUMNS = 24, 80


def run(*command):
    return subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          check=False)


def rendered(page):
    """The text of PAGE, without what makes letters bold."""
    text = run("mandoc", "-T", "ascii", "-O", "width=1000", str(page)).stdout
    return re.sub(r".\x08", "", text)


def options_of_help(text):
    return set(re.findall(r"^  (?:-\w, |    )(--[\w-]+(?:=\S+)?)", text, flags=re.MULTILINE))


def options_of_page(text):
    section = re.search(r"^OPTIONS\n(.*?)^\S", text, re.DOTALL | re.MULTILINE).group(1)
    return set(re.findall(r"^ {5}(?:-\w, )?(--[\w-]+(?:=\S+)?)", section, flags=re.MULTILINE))


def check_command(pagelap, name, page):
    wanted = options_of_help(run(pagelap, name, "--help").stdout)
    found = options_of_page(rendered(page))
    for option in sorted(wanted ^ found):
        print(f"{page.name}: {option} is in {'the help' if option in wanted else 'the page'} alone")
    return wanted != found or not wanted


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pagelap", required=True)
    parser.add_argument("directories", nargs="+", type=pathlib.Path, metavar="DIR")
    arguments = parser.parse_args()
    if not shutil.which("mandoc"):
        print("skipped: there is no mandoc")
        return 77
    pages = {page.name: page for directory in arguments.directories for page in sorted(directory.glob("pagelap*.1"))}
    failed = 0
    for page in pages.values():
        lint = run("mandoc", "-T", "lint", "-W", "warning", str(page))
        print(lint.stdout, end="")
        failed += lint.returncode != 0 or bool(lint.stdout)
    text = run(arguments.pagelap, "--help").stdout
    lines = text.splitlines()
    if len(lines) > LINES or max(map(len, lines)) > COLUMNS:
        print(f"the help has {len(lines)} lines of up to {max(map(len, lines))} columns")
        failed += 1
    commands = re.findall(r"^  (\w+) +\w", text, flags=re.MULTILINE)
    overview = rendered(pages["pagelap.1"])
    for name in commands:
        page = pages.get(f"pagelap-{name}.1")
        if not page or f"pagelap-{name}(1)" not in overview:
            print(f"{name}: {'pagelap.1 does not name its page' if page else 'there is no page'}")
            failed += 1
        failed += bool(page) and check_command(arguments.pagelap, name, page)
    print(f"{len(commands)} commands, {len(pages)} pages, {failed} failed")
    return 1 if failed or not commands else 0


if __name__ == "__main__":
    sys.exit(main())
