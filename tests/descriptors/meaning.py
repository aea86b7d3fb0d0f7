# SPDX-License-Identifier: MIT
"""What each byte of a descriptor means, and what a compiler says of an edit: from clang's own layouts and complaints.

Written down apart from pagelap and its rule pack, so that a mistake in one of the two shows.
"""

import os
import re
import subprocess
import tempfile

import flatten_clang

_PADDING = re.compile(r"pad|unused|filler|usable")
_ERROR = re.compile(r"^(?P<file>[^:\n]+):(?P<line>\d+):\d+: (?:fatal )?error: (?P<what>.*)$", re.MULTILINE)
_ASSERTION = re.compile(r"^\s*\w*(?:MATCH|ASSERT|assert)\w*\s*\(")


def is_padding(path):
    return any(_PADDING.search(part) for part in path.split("."))


def _class(type_):
    """Whether what is stored is an address, a number, or what else."""
    if "*" in type_:
        return "pointer"
    if type_ == "_Bool":
        return "truth"
    return "enumeration" if type_.startswith("enum ") else "number"


class Bytes:
    """Who owns which bits of the record NAME in LAYOUTS, and how long it is. Padding owns nothing, but while it has its
    name it keeps just its bits free."""

    def __init__(self, layouts, name):
        record = layouts.records([name]).get(name)
        if not record or layouts.wanted():
            raise ValueError(f"clang does not tell all of {name}: {', '.join(layouts.wanted())}")
        self.size = record.size_bits
        self.owners, self.pads = set(), {}
        for leaf, type_ in zip(record.leaves, layouts.types[name]):
            if is_padding(leaf.path):
                self.pads[leaf.path] = (leaf.offset_bits, leaf.size_bits)
            else:
                self.owners.add((leaf.offset_bits, leaf.size_bits, leaf.path, _class(type_)))

    def __eq__(self, other):
        both = self.pads.keys() & other.pads.keys()
        return ((self.size, self.owners) == (other.size, other.owners)
                and all(self.pads[path] == other.pads[path] for path in both))

    def has(self, name):
        return any(name in re.split(r"[.\[]", path) for _, _, path, _ in self.owners)


class Verdict:
    """What clang makes of a unit: its layouts, and errors: of assertions and others."""

    def __init__(self, layouts, assertions, others):
        self.layouts = layouts
        self.assertions = assertions
        self.others = others


def _complaints(text):
    """Errors of assertions, also those about members that are no longer there, and other errors."""
    assertions, others = [], []
    for error in _ERROR.finditer(text):
        with open(error["file"], encoding="utf-8") as file:
            line = file.read().splitlines()[int(error["line"]) - 1]
        is_assertion = "static assertion" in error["what"] or _ASSERTION.match(line)
        (assertions if is_assertion else others).append(error.group())
    return assertions, others


def precompile(command, source, path):
    """COMMAND with what the header SOURCE includes compiled already, into PATH; that is most of the time it takes."""
    with open(source, encoding="utf-8") as file:
        includes = re.findall(r"^#\s*include\s.*$", file.read(), re.MULTILINE)
    with open(f"{path}.h", "w", encoding="utf-8") as file:
        file.write("\n".join(includes) + "\n")
    own = ["-iquote", os.path.dirname(source)]
    subprocess.run([*command, *own, "-xc-header", f"{path}.h", "-o", path], stdin=subprocess.DEVNULL, check=True)
    return [*command, *own, "-include-pch", path]


def compile_unit(command, paths, types):
    """The Verdict about a unit that includes PATHS, with the layouts of TYPES and of what lies in them."""
    with tempfile.NamedTemporaryFile("w", suffix=".c", encoding="utf-8") as file:
        file.write("".join(f'#include "{path}"\n' for path in paths) + flatten_clang.probe(types))
        file.flush()
        done = subprocess.run([*command, "-fsyntax-only", "-ferror-limit=0", "-fno-caret-diagnostics",
                               "-Xclang", "-fdump-record-layouts", "-Xclang", "-fdump-record-layouts-canonical",
                               file.name], stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    assertions, others = _complaints(done.stderr)
    if done.returncode and not assertions and not others:
        raise ValueError(f"clang: exit code {done.returncode}\n{done.stderr}")
    return Verdict(flatten_clang.Layouts(done.stdout, types), assertions, others)
