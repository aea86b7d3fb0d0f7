# SPDX-License-Identifier: MIT
"""Reads the text report back: `pagelap layout --wide`."""
import re

LABEL = re.compile(r"^(?P<name>.*?)(?:\+(?P<at>\d+)(?P<at_bits>b?))?(?::(?P<size>\d+)(?P<size_bits>b?))?$")


def bits_of(text):
    kind, first, last = re.match(r"(bytes|bits) (\d+)-(\d+)$", text).groups()
    unit = 8 if kind == "bytes" else 1
    return int(first) * unit, (int(last) - int(first) + 1) * unit


def entry(text, row, row_size):
    """Name, offset, size and mark of an entry of a cell; None for what is unused."""
    alternative = text.startswith("|")
    text = text[alternative:]
    mark = text[0] if text[0] in "=~<+>.^-" else "~" if alternative else None
    if mark == "-":
        return None
    found = LABEL.match(text[1:] if text[0] == mark else text)
    at = int(found["at"] or 0) * (1 if found["at_bits"] else 8)
    size = int(found["size"]) * (1 if found["size_bits"] else 8) if found["size"] else row_size
    return found["name"], row + at, size, mark


def table(lines, host_size):
    """Overlay, name, offset, size and mark of each entry of one table."""
    titles = [(m.group(), m.start()) for m in re.finditer(r"\S+", lines[0])]
    offsets = [int(line[:4]) * 8 for line in lines[1:] if line[:4].strip()]
    sizes = dict(zip(offsets, [b - a for a, b in zip(offsets, offsets[1:] + [host_size])]))
    row = 0
    for line in lines[1:]:
        row = int(line[:4]) * 8 if line[:4].strip() else row
        for (title, start), (_, end) in zip(titles[2:], titles[3:] + [("", None)]):
            text = line[start:end].strip()
            found = entry(text, row, sizes[row]) if text else None
            if found:
                yield (title, *found)


def blocks(text, names):
    """The part of each target, which begins with its name and then says where it is from."""
    lines = text.splitlines()
    starts = [i for i, line in enumerate(lines[:-1]) if line.split("  ")[0] in names and lines[i + 1].startswith("from ")]
    for start, end in zip(starts, starts[1:] + [len(lines)]):
        yield lines[start].split("  ")[0], lines[start:end]


def read(text, report):
    """Sets of row items, unused bits, coverage and findings."""
    names = [t["name"] for t in report["targets"]]
    items, unused, coverage = set(), set(), set()
    for name, lines in blocks(text, names):
        host_size = next(int(m[1]) for m in (re.match(r"\w+ \S+: (\d+) bytes$", line) for line in lines) if m) * 8
        page, overlay, at = 0, None, 0
        while at < len(lines):
            line = lines[at]
            at += 1
            if line.startswith("page "):
                page = int(line.split()[1])
            elif line.startswith("byte"):
                end = next(i for i in range(at, len(lines)) if not lines[i] or lines[i].startswith("page "))
                items |= {(name, o, i, page, a, s, m) for o, i, a, s, m in table(lines[at - 1:end], host_size)}
                at = end
            elif found := re.match(r"  (\S+): (\d+) bytes on \d+ hosts?, (\d+) members in use(?:, (\d+) pinned)?$", line):
                overlay = found[1]
                coverage.add((name, overlay, int(found[2]), int(found[3]), int(found[4]) if found[4] else None))
            elif found := re.match(r"    (?:page (\d+) )?(b\w+ \d+-\d+) +(hole|pad|tail)", line):
                unused.add((name, overlay, int(found[1] or 0), *bits_of(found[2]), found[3]))
            elif found := re.match(r"  (\S+), no overlay uses: (.*)$", line):
                for where in re.findall(r"page (\d+) (b\w+ \d+-\d+)", found[2]):
                    unused.add((name, found[1], int(where[0]), *bits_of(where[1]), "host"))
    return {"row_items": items, "holes": unused, "coverage": coverage, "findings": findings(text)}


def findings(text):
    found = set()
    for line in text.splitlines():
        match = re.match(r"(.*?): (error|warning|info): .* \[([A-Z0-9-]+)\](?: \((suppressed|known).*)?$", line)
        if match:
            found.add((match[3], match[2], match[4] or "open", tuple(match[1].split(", "))))
    return found
