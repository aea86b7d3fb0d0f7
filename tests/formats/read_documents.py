# SPDX-License-Identifier: MIT
"""Reads the Markdown and reStructuredText reports back: both as titles and tables of plain text."""
import re

import model


def plain(cell):
    """A cell of a table of Markdown without its markup: in text backslashes count, in code they do not."""
    cell, out, at = cell.strip().replace("\\|", "|"), "", 0
    while at < len(cell):
        ticks = re.match("`*", cell[at:]).group()
        end = re.search(f"(?<!`){ticks}(?!`)", cell[at + len(ticks):]) if ticks else None
        if end:
            code = cell[at + len(ticks):at + len(ticks) + end.start()]
            out += code[1:-1] if code[0] == code[-1] == " " else code
            at += len(ticks) + end.end()
        else:
            escaped = cell[at] == "\\" and not cell[at + 1:at + 2].isalnum()
            out += cell[at + escaped]
            at += 1 + escaped
    return out


def markdown(text):
    """("title", level, text), ("text", line) and ("table", rows): what GitHub makes of TEXT."""
    lines = text.splitlines()
    at = 0
    while at < len(lines):
        line = lines[at]
        at += 1
        if title := re.match(r"(#+) (.*)$", line):
            yield "title", len(title[1]), plain(title[2])
        elif line.startswith("|"):
            rows = []
            while line.startswith("|"):
                assert line.endswith("|"), f"no end: {line}"
                rows.append(re.split(r"(?<!\\)\|", line)[1:-1])
                line = lines[at] if at < len(lines) else ""
                at += 1
            assert all(re.fullmatch(r"-{3,}", cell) for cell in rows[1]), f"no rule: {rows[1]}"
            assert len({len(row) for row in rows}) == 1, f"rows of different lengths: {rows}"
            yield "table", [[plain(cell) for cell in row] for row in rows[:1] + rows[2:]]
        elif line:
            yield "text", line


def rst(text):
    """The same of what docutils makes of TEXT, to which it must have no objection."""
    import docutils.core
    import docutils.nodes as nodes
    tree = docutils.core.publish_doctree(text, settings_overrides={"halt_level": 2, "report_level": 5,
                                                                   "doctitle_xform": False})

    def walk(node, level):
        for child in node.children:
            if isinstance(child, nodes.section):
                yield from walk(child, level + 1)
            elif isinstance(child, nodes.title):
                yield "title", level, child.astext()
            elif isinstance(child, nodes.table):
                yield "table", [[entry.astext() for entry in row.children] for row in child.findall(nodes.row)]
            elif isinstance(child, nodes.paragraph):
                yield "text", child.astext()
            elif isinstance(child, nodes.bullet_list):
                yield from walk(child, level)
            elif isinstance(child, nodes.list_item):
                yield from walk(child, level)
    return walk(tree, 0)


def read(blocks, report):
    """Sets of items, unused bits, coverage and findings with their places. BLOCKS are those of either language."""
    found = {key: set() for key in ("shown_items", "unused", "coverage", "findings", "ranges")}
    target = overlay = None
    for kind, *rest in blocks:
        if kind == "title" and rest[0] == 2:
            target = rest[1]
        elif kind == "title" and rest[0] == 3:
            overlay = rest[1].split(" ", 1)[1]
        elif kind == "text" and (match := re.match(r"(\d+) bytes on \d+ hosts?, (\d+) members in use(?:, (\d+) pinned)?",
                                                   rest[0])):
            found["coverage"].add((target, overlay, int(match[1]), int(match[2]), int(match[3]) if match[3] else None))
        elif kind == "table":
            take_table(found, target, overlay, rest[0], report)
    return found


def take_table(found, target, overlay, rows, report):
    head = rows[0]
    for cells in rows[1:]:
        row = dict(zip(head, cells))
        if "rule" in row:
            names = row["targets"].split(", ")
            if re.fullmatch(r"all \d+ targets", row["targets"]):
                names = [t["name"] for t in report["targets"]]
            found["findings"].add((row["rule"], row["severity"], row["state"], tuple(names)))
            page, numbers = re.fullmatch(r"(?:page (\d+), ?)?(.*)", row["bytes"]).groups()
            found["ranges"].add((row["rule"], tuple(names), int(page or 0), *(model.bits(numbers) if numbers else ())))
        elif "why" in row:
            why = row["why"].split()[0]
            found["unused"].add((target, row["overlay"], int(row["page"]), *model.bits(row["bytes"]),
                                 "host" if why == "no" else why))
        elif "member" in row:
            touches = tuple(re.sub(r"page \d+ ", "", row["lies on"]).split())
            found["shown_items"].add((target, overlay, row["member"], int(row.get("page", 0)),
                                      *model.bits(row["bytes"]), touches))
