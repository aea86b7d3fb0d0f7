# SPDX-License-Identifier: MIT
"""Races about code: the units of one directory of a prepared kernel, through pagelap, clang and semind."""
import os
import shlex
import shutil
import sys

from benchmarks.inputs import ROOT
from benchmarks.race import Contestant, Race

sys.path.insert(0, os.path.join(ROOT, "tests/witness"))
import usage_grep  # noqa: E402

DIRECTORY = "mm"
NOTE = ("All C files in directories called `mm` that the defconfig of x86_64 builds. clang only parses them; semind stores "
        "the uses of all structures there are. It has a parser of its own, sparse's, which needs less time than the clang "
        "that pagelap builds on. Nearly all of these files speak of pages: of a whole kernel, below, pagelap parses less "
        "than half.")


def commands(log):
    """Per C file of DIRECTORY the words of the command that compiles it."""
    return {unit: [word for word in shlex.split(part) if not word.startswith("-Wp,")]
            for unit, part in usage_grep.commands(log).items() if f"/{DIRECTORY}/" in unit and "-D__KERNEL__" in part}


def script(path, lines):
    with open(path, "w", encoding="utf-8") as file:
        file.write("\n".join(["#!/bin/sh", *lines]) + "\n")
    os.chmod(path, 0o755)
    return path


def syntax_only(words):
    at = words.index("-o")
    words = words[:at] + words[at + 2:]
    words[words.index("-c")] = "-fsyntax-only"
    return words


def short_log(options, scratch):
    """The lines of the log that compile files of DIRECTORY, in a file of their own."""
    path = os.path.join(scratch, "make.log")
    with open(os.path.join(options.build, "make.log"), encoding="utf-8") as whole, \
            open(path, "w", encoding="utf-8") as part:
        part.writelines(line for line in whole if " -c -o " in line and f"/{DIRECTORY}/" in line)
    return path


def contestants(options, scratch):
    units = commands(os.path.join(options.build, "make.log"))
    build, quoted = shlex.quote(options.build), shlex.join
    scan = [options.pagelap, "usage", "--quiet", "--no-scan", "--no-cache", "--format", "json:/dev/null", "--make-log",
            short_log(options, scratch)]
    check = [f"cd {build}", *(quoted(syntax_only(words)) for words in units.values())]
    yield Contestant("pagelap", [*scan, f"kernel={options.build}"], options.rounds)
    yield Contestant("pagelap --no-shortcuts", [*scan, "--no-shortcuts", f"kernel={options.build}"], 1)
    yield Contestant("clang -fsyntax-only", [script(os.path.join(scratch, "clang-all"), check)], 1, range(256))
    if shutil.which("semind"):
        source = os.path.realpath(os.path.join(options.build, "source"))
        add = ["semind", "-D", os.path.join(scratch, "semind.sqlite"), "-B", source, "add", "--"]
        lines = [quoted([*add, *words[1:words.index("-c")], unit]) for unit, words in units.items()]
        yield Contestant("semind", [script(os.path.join(scratch, "semind-all"), [f"cd {build}", *lines])], 1, range(256))


def races(options, scratch):
    if options.build:
        yield Race("the code of memory management", list(contestants(options, scratch)), NOTE)
