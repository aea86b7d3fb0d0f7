# SPDX-License-Identifier: MIT
"""Reads the HTML report back, by what it shows."""
import html.parser
import re

import model

VOID = {"meta", "col", "input", "br", "wbr"}


class Node:
    def __init__(self, tag, attributes, parent):
        self.tag, self.attributes, self.parent, self.children = tag, dict(attributes), parent, []

    def classes(self):
        return (self.attributes.get("class") or "").split()

    def text(self, skip=()):
        return "".join(c if isinstance(c, str) else "" if set(c.classes()) & set(skip) else c.text(skip)
                       for c in self.children).replace("\u2060", "")

    def find(self, tag=None, cls=None):
        for child in self.children:
            if isinstance(child, Node):
                if (tag is None or child.tag == tag) and (cls is None or cls in child.classes()):
                    yield child
                yield from child.find(tag, cls)


class Tree(html.parser.HTMLParser):
    """Insists that every element is ended where it should be."""

    def __init__(self, text):
        super().__init__()
        self.root = self.at = Node("", (), None)
        self.feed(text)
        assert self.at is self.root, f"{self.at.tag} is not ended"

    def handle_starttag(self, tag, attrs):
        node = Node(tag, attrs, self.at)
        self.at.children.append(node)
        if tag not in VOID:
            self.at = node

    def handle_endtag(self, tag):
        assert self.at.tag == tag, f"{self.at.tag} ends with {tag} at {self.getpos()}"
        self.at = self.at.parent

    def handle_data(self, data):
        self.at.children.append(data)


def rows(table):
    for row in table.find("tr"):
        if row.parent.tag == "tbody":
            yield [cell for cell in row.children if isinstance(cell, Node) and cell.tag in ("td", "th")]


def size_of(text):
    return int(text.split()[0]) * (1 if "bit" in text else 8)


def touches(cell):
    return tuple(code.text() for code in cell.find("code"))


def read_map(table, name, found):
    page = int((re.search(r", page (\d+)", next(table.find("caption")).text()) or [0, 0])[1])
    titles = [re.sub(r"^(!\d+ )*| ≠.*$", "", th.text()) for th in next(table.find("tr")).find("th")]
    for row in rows(table):
        whole = model.bits(row[0].text())
        for title, cell in list(zip(titles, row))[1:]:
            for link in cell.find("a", "uses"):
                found["uses"].add((name, title, page, whole[0], int(link.text().split()[0])))
        for title, cell in list(zip(titles, row))[2:]:
            for piece in cell.find("div", "m"):
                mark = next(piece.find("b")).text()
                small = [s.text() for s in piece.find("small")]
                bits = model.bits(small[0]) if small else whole
                why = re.match(r"unused by .*?: (\w+), bytes", next(piece.find("div", "tip")).text())
                if mark == "-" and why:
                    found["row_unused"].add((name, title, page, *bits, why[1]))
                if mark == "-":
                    continue
                item = piece.text(skip=("tip", "vh", "ne"))
                item = re.sub(r"^.|\s.*$", "", item)
                found["row_items"].add((name, title, item, page, *bits, mark))


def read_members(table, name):
    overlay = next(table.find("caption")).text()
    for page, numbers, size, member, _, on, _ in rows(table):
        if size.text() != "0":
            offset, length = model.bits(numbers.text())
            assert length == size_of(size.text()), f"{member.text()} has two sizes"
            yield name, overlay, member.text()[1:], int(page.text()), offset, length, member.text()[0], touches(on)


def read_unused(table, name):
    for overlay, page, numbers, why, _ in rows(table):
        kind = why.text().split()[0]
        yield name, overlay.text(), int(page.text()), *model.bits(numbers.text()), "host" if kind == "no" else kind


def read_uses(table, name):
    summary = next(table.parent.parent.find("summary")).text()
    record, page, numbers = re.match(r"(\w+), page (\d+), bytes (\S+): ", summary).groups()
    for row in rows(table):
        yield name, record, int(page), model.bits(numbers)[0], *(cell.text() for cell in row)


def read_coverage(table, name):
    for row in rows(table):
        pinned = int(row[4].text()) if len(row) > 4 else None
        yield name, row[0].text().split()[0], int(row[1].text()), int(row[3].text()), pinned


def read_findings(panel):
    for article in panel.find("article"):
        severity, rule = (next(article.find("span", cls)).text() for cls in ("severity", "rule"))
        for line in next(article.find("ul")).find("li"):
            yield (rule, severity, next(line.find("span", "state")).text(),
                   tuple(link.text() for link in line.find("a")))


def read(text, report):
    tree = Tree(text).root
    found = {key: set() for key in ("row_items", "row_unused", "uses", "members", "unused", "coverage", "accesses")}
    for i, target in enumerate(report["targets"]):
        panel = next(s for s in tree.find("section", "panel") if s.attributes["id"] == f"t{i}")
        assert next(panel.find("h2")).text() == target["name"]
        for table in panel.find("table", "map"):
            read_map(table, target["name"], found)
        for key, cls, reader in (("accesses", "uses", read_uses), ("members", "members", read_members),
                                 ("unused", "unused", read_unused), ("coverage", "overlays", read_coverage)):
            for table in panel.find("table", cls):
                found[key] |= set(reader(table, target["name"]))
    panel = next(s for s in tree.find("section", "panel") if s.attributes["id"] == "findings")
    found["findings"] = set(read_findings(panel))
    tab = next(a for a in tree.find("a") if a.attributes.get("href") == "#findings").text()
    assert tab == f"Findings ({len(list(panel.find('article')))})", tab
    return found
