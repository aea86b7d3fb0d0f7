# SPDX-License-Identifier: MIT
"""Leaves of records according to pahole, which reads DWARF with code that is not ours.

What is parsed is the text of "pahole -E", which shows nested records in place with offsets from the start of the
outermost one. Bit fields come as "byte:bit size"; both numbers together count bits in memory order on either
endianness. pahole does not show all of C: what it shows in a way that cannot be read exactly is an error here.
"""

import os
import re
import sys

from answers import ask
from leaves import EXPANDED_ELEMENTS, Leaf, Record, WitnessError, elements, product, run

_OPEN = re.compile(r"^(?:/\* typedef .*? \*/ )?(?:(?:const|volatile) )*(struct|union|enum)(?: (\w+))? ?\{$")
_MEMBER = re.compile(r"^(?P<text>.*?);\s*/\*\s*(?P<byte>\d+)(?::\s*(?P<bit>\d+))?\s+(?P<size>\d+)\s*\*/$")
_TYPEDEF = re.compile(r"^/\* typedef .*? \*/ ")
_SIZE = re.compile(r"^/\* size: (\d+),")
_AGAIN = re.compile(r"^\} ?\w*;$")  # members come with their place
_UNNAMED = re.compile(r"^[\w ]*:\d+;$")
_UNEXPANDED = re.compile(r"^(?:(?:const|volatile) )*(?:struct|union) \w+ +\w*(?:\[\d*\])*$")

_LARGE = 1 << 26  # bytes of a kernel, for which pahole takes ten seconds and more


class _Node:
    """A record that is being read; the members are whole when it is closed."""

    def __init__(self, keyword, name):
        self.keyword = keyword
        self.name = name
        self.leaves = []  # of Leaf, with paths from here on and offsets from the start of the outermost record
        self.size_bytes = None


def _without_attributes(text):
    while "__attribute__" in text:
        start = text.index("__attribute__")
        end = start + len("__attribute__")
        depth = 0
        while end < len(text):
            depth += {"(": 1, ")": -1}.get(text[end], 0)
            end += 1
            if depth == 0:
                break
        text = text[:start] + text[end:]
    return text.strip()


def _declarator(text):
    """The name, the array counts and the bit-field width (or None) out of a member's declaration."""
    text = _without_attributes(_TYPEDEF.sub("", text))
    bits = re.search(r":(\d+)$", text)
    if bits:
        text = text[:bits.start()].rstrip()
    function = re.search(r"\(\*+(?:const |volatile )*\s*(\w*)\)\(", text)
    if function:
        return function.group(1), [], None
    counts = []
    while text.endswith("]"):
        start = text.rindex("[")
        counts.insert(0, int(text[start + 1:-1] or 0))
        text = text[:start].rstrip()
    name = re.search(r"(\w*)$", text).group(1)
    return name, counts, int(bits.group(1)) if bits else None


def _join(name, path):
    return f"{name}.{path}" if name and path else name or path


def _close(node, text, size_bytes, byte):
    """What the member that NODE is the type of leaves in the record around it."""
    if text.lstrip().startswith("*"):
        name, counts, _ = _declarator(text)
        return [Leaf(name, byte * 8, size_bytes * 8, False)]
    name, counts, _ = _declarator(text)
    if not name and counts:
        raise WitnessError("pahole lost the name of an array")
    if node.keyword == "enum" or (counts and not 0 < product(counts) <= EXPANDED_ELEMENTS):
        return [Leaf(name, byte * 8, size_bytes * 8, False)]
    leaves = []
    stride = size_bytes * 8 // product(counts)
    for i, index in enumerate(elements(counts)):
        if node.leaves:
            leaves += [Leaf(_join(name + index, leaf.path), leaf.offset_bits + i * stride, leaf.size_bits,
                            leaf.bit_field) for leaf in node.leaves]
        elif name:
            leaves.append(Leaf(name + index, byte * 8 + i * stride, stride, False))
    return leaves


def _member(match):
    """The leaf of a member that is not expanded, or nothing."""
    byte, size = int(match["byte"]), int(match["size"])
    text = _without_attributes(_TYPEDEF.sub("", match["text"]))
    if _UNEXPANDED.match(text):
        raise WitnessError(f"pahole did not expand '{text}'")
    name, _, bits = _declarator(text)
    if not name:
        return []
    if bits is None:
        return [Leaf(name, byte * 8, size * 8, False)]
    return [Leaf(name, byte * 8 + int(match["bit"] or 0), bits, True)]


def parse(text):
    """The records in what pahole -E printed."""
    records, stack = {}, []
    for line in text.splitlines():
        line = line.strip()
        opened = _OPEN.match(line)
        if opened:
            stack.append(_Node(opened.group(1), opened.group(2)))
        elif not stack or not line:
            continue
        elif line.startswith("}"):
            node = stack.pop()
            if not stack:
                if node.size_bytes is None:
                    raise WitnessError(f"pahole says no size of {node.name}")
                record = Record(node.name, node.keyword, node.size_bytes * 8, node.leaves)
                if records.setdefault(record.name, record) != record:
                    raise WitnessError(f"several layouts are called {record.name}")
                continue
            if _AGAIN.match(line):
                continue  # the definition of an unnamed type once more, which clang puts into the record
            match = _MEMBER.match(line[1:])
            if not match:
                raise WitnessError(f"not understood: '{line}'")
            stack[-1].leaves += _close(node, match["text"], int(match["size"]), int(match["byte"]))
        elif stack[-1].keyword == "enum":
            continue
        elif _SIZE.match(line):
            stack[-1].size_bytes = int(_SIZE.match(line).group(1))
        elif _MEMBER.match(line):
            stack[-1].leaves += _member(_MEMBER.match(line))
        elif line.startswith("/*") or _UNNAMED.match(line):
            continue
        else:
            raise WitnessError(f"not understood: '{line}'")
    if stack:
        raise WitnessError("pahole's answer ends early")
    return records


def records(path, names, debug_format="dwarf"):
    """Those of the structs called NAMES that pahole finds; asking for one that is not there is very slow."""
    # pahole 1.30 ends with exit code 1 and "Invalid argument" after a right and whole answer.
    command = ["pahole", "-F", debug_format, "-E", "-C", ",".join(names)]
    if os.path.getsize(path) < _LARGE:
        return parse(run([*command, path], output_suffices=True))
    return parse(ask(command, path, output_suffices=True))


def main():
    if len(sys.argv) != 3:
        print("usage: flatten_pahole.py FILE RECORD[,RECORD...]", file=sys.stderr)
        return 3
    for record in records(sys.argv[1], sys.argv[2].split(",")).values():
        print(f"{record.kind} {record.name}: {record.size_bits} bits")
        for leaf in record.leaves:
            print(f"  {leaf.offset_bits:6} {leaf.size_bits:5} {'bits' if leaf.bit_field else '    '} {leaf.path}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
