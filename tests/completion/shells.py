#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Completes command lines in the shells themselves.

    shells.py --pagelap BINARY bash|fish|zsh

What every option of every command takes is held against the command's own --help.
"""
import argparse
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

# The words of a line, the last of which is being typed, and some of what it may become; '!' before what it may not.
LINES = [
    (["pagelap", ""], ["check", "diff", "layout", "merge", "rules"]),
    (["pagelap", "di"], ["diff", "!layout"]),
    (["pagelap", "layout", "--fail-on", "w"], ["warning", "!error"]),
    (["pagelap", "layout", "--color", ""], ["auto", "always", "never"]),
    (["pagelap", "diff", "--format", ""], ["text", "json", "markdown", "!sarif"]),
    (["pagelap", "check", "--format", ""], ["text", "json", "sarif"]),
    (["pagelap", "diff", "--ignore", "re"], ["renamed", "retyped", "resized", "!moved"]),
    (["pagelap", "layout", "--from", ""], ["headers", "dwarf", "btf"]),
    (["pagelap", "rules", "expl"], ["explain"]),
    (["pagelap", "rules", "explain", "TAIL-BIT"], ["TAIL-BIT-INT"]),
    (["pagelap", "completion", ""], ["bash", "fish", "zsh"]),
    (["pagelap", "layout", "--rules", "pa"], ["pack.json", "!other.json"]),
    (["pagelap", "layout", "vm"], ["vmlinux"]),
]

BASH = """
source "$1"
shift
COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
_pagelap
printf '%s\\n' "${COMPREPLY[@]}"
"""

# The line is typed into a shell of its own, which is asked to list all it may become.
ZSH = """
zmodload zsh/zpty
zpty shell zsh -f -i
zpty -w shell "PS1= PS2= LISTMAX=0; stty -echo; fpath=($1:h \\$fpath); autoload -U compinit; compinit -u -D"
zpty -w shell "zstyle ':completion:*' verbose no; bindkey '^I' list-choices; setopt list_rows_first; print rea''dy"
while zpty -r shell line; [[ $line != *ready* ]]; do :; done
shift
zpty -w -n shell "$* "$'\\b\\t'
sleep 1
while zpty -r -t shell line; do print -r -- $line; done
zpty -d shell
"""


def complete_bash(script, words):
    return ["bash", "--norc", "-c", BASH, "bash", script, *words]


def complete_fish(script, words):
    line = " ".join(words)
    return ["fish", "--no-config", "-c", f"source {script}; complete -C '{line}'"]


def complete_zsh(script, words):
    return ["zsh", "-f", "-c", ZSH, "zsh", script, *words]


SHELLS = {"bash": (complete_bash, "pagelap"), "fish": (complete_fish, "pagelap.fish"), "zsh": (complete_zsh, "_pagelap")}


class Shell:
    def __init__(self, name, pagelap, scratch):
        self.command, file = SHELLS[name]
        self.name, self.scratch = name, scratch
        self.script = str(scratch / file)
        (scratch / "bin").mkdir()
        os.symlink(os.path.abspath(pagelap), scratch / "bin/pagelap")
        for made in ("pack.json", "other.json", "vmlinux"):
            (scratch / made).touch()
        self.environment = dict(os.environ, PATH=f"{scratch}/bin:{os.environ['PATH']}", HOME=str(scratch), LC_ALL="C",
                                TERM="dumb", COLUMNS="200")
        text = subprocess.run([pagelap, "completion", name], check=True, stdout=subprocess.PIPE).stdout
        pathlib.Path(self.script).write_bytes(text)

    def complete(self, words):
        done = subprocess.run(self.command(self.script, words), cwd=self.scratch, env=self.environment, check=False,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                              timeout=60)
        # Fish tells what a word is for behind a tab.
        text = "\n".join(line.split("\t")[0] for line in done.stdout.splitlines()) if self.name == "fish" else done.stdout
        return re.findall(r"[\w./=-]+", text)


def options_of(pagelap, command):
    text = subprocess.run([pagelap, command, "--help"], check=True, stdout=subprocess.PIPE, text=True).stdout
    return re.findall(r"^  (?:-\w, |    )--([\w-]+)", text, flags=re.MULTILINE)


def commands_of(pagelap):
    text = subprocess.run([pagelap, "--help"], check=True, stdout=subprocess.PIPE, text=True).stdout
    return re.findall(r"^  (\w+) ", text, flags=re.MULTILINE)


def expect(shell, words, wanted):
    found = shell.complete(words)
    wrong = [word for word in wanted if (word.lstrip("!") in found) == word.startswith("!")]
    if wrong:
        print(f"{shell.name}: {' '.join(words)}: {wrong}, got {found}")
    return bool(wrong)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pagelap", required=True)
    parser.add_argument("shell", choices=SHELLS)
    arguments = parser.parse_args()
    if not shutil.which(arguments.shell):
        print(f"skipped: there is no {arguments.shell}")
        return 77
    with tempfile.TemporaryDirectory(prefix="pagelap-completion-") as scratch:
        shell = Shell(arguments.shell, arguments.pagelap, pathlib.Path(scratch))
        failed = sum(expect(shell, words, wanted) for words, wanted in LINES)
        if shell.name == "bash":
            failed += expect(shell, ["pagelap", "layout", "--format", "="], ["json"])
            failed += expect(shell, ["pagelap", "layout", "--format", "=", "js"], ["json", "!text"])
            failed += expect(shell, ["pagelap", "layout", "--format", "=", "json", ":", "pa"], ["pack.json"])
            failed += expect(shell, ["pagelap", "layout", "new", "=", "vm"], ["vmlinux"])
        for command in commands_of(arguments.pagelap):
            found = {word.rstrip("=") for word in shell.complete(["pagelap", command, "--"])}
            missing = [name for name in options_of(arguments.pagelap, command) if f"--{name}" not in found]
            if missing:
                print(f"{shell.name}: {command} lacks {missing}")
            failed += bool(missing)
    print(f"{arguments.shell}: {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
