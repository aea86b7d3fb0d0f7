# SPDX-License-Identifier: MIT
"""What tables have to say, worked out from the JSON report alone.

A table is a set of tuples that name their target first. Members are leaves; items are members as they are shown to
people, where a lock or an atomic is one.
"""
import collections

MARKS = {"pinned": "=", "aligned": "~", "partial": "<", "spanning": "+", "beyond": ">", "pad": "."}
RANK = ["pinned", "aligned", "pad", "beyond", "spanning", "partial"]
WHOLE = {"lock", "atomic", "padding"}


def record(target, name):
    return next(r for r in target["records"] if r["name"] == name)


def item_of(rec, field):
    """Name, offset and size under which FIELD is shown."""
    name, offset, size, at = field["path"], field["offset_bits"], field["size_bits"], field["container"]
    while at is not None:
        outer = rec["containers"][at]
        if (outer["offset_bits"], outer["size_bits"]) == (offset, size) or outer["type_class"] in WHOLE:
            name, offset, size = outer["path"], outer["offset_bits"], outer["size_bits"]
        at = outer["parent"]
    return name, offset, size


def is_pinned(target, overlay, member, field):
    unpinned = overlay["coverage"]["unpinned"]
    return unpinned is not None and member["path"] not in unpinned and field["type_class"] != "padding"


def mark_of(target, overlay, member, field):
    relations = {t["relation"] for t in member["touches"]}
    best = next((r for r in RANK if r in relations), "partial")
    return "=" if best == "aligned" and is_pinned(target, overlay, member, field) else MARKS[best]


def touches_of(members):
    """The marks and host fields of MEMBERS, each once."""
    found = []
    for member in members:
        for touch in member["touches"]:
            text = (touch.get("range") or {}).get("page", member["page"]), \
                MARKS[touch["relation"]] + (touch["host_field"] or "")
            if text not in found:
                found.append(text)
    return tuple(text for _, text in found)


def fields_of(target, overlay):
    """Pairs of a member of OVERLAY and its field; paths may be there twice, in the same order."""
    fields = {}
    for field in record(target, overlay["name"])["fields"]:
        fields.setdefault((field["path"], field["offset_bits"]), []).append(field)
    base = record(target, target["host"])["size_bits"]
    for member in overlay["members"]:
        yield member, fields[member["path"], member["page"] * base + member["offset_bits"]].pop(0)


def members(report):
    return {(t["name"], o["name"], m["path"], m["page"], m["offset_bits"], m["size_bits"], mark_of(t, o, m, f),
             touches_of([m]))
            for t in report["targets"] for o in t["overlays"] for m, f in fields_of(t, o) if m["size_bits"]}


def items(report):
    """Target, overlay, name, page, offset, size, marks: of everything that is shown as one."""
    found = {}
    for target in report["targets"]:
        base = record(target, target["host"])["size_bits"]
        for overlay in target["overlays"]:
            for member, field in fields_of(target, overlay):
                name, offset, size = item_of(record(target, overlay["name"]), field)
                if size:
                    page = min(offset // base, overlay["pages"] - 1)
                    key = target["name"], overlay["name"], name, page, offset - page * base, size
                    found.setdefault(key, []).append((target, overlay, member, field))
    return found


def shown_items(report):
    """With the host fields that its leaves lie on, as documents have them."""
    return {key + (touches_of([leaf[2] for leaf in leaves]),) for key, leaves in items(report).items()}


def row_items(report):
    """Items cut at each row of the byte map: the mark is that of its first leaf, or '^' where it began above."""
    found = set()
    for (name, overlay, item, page, offset, size), leaves in items(report).items():
        target = leaves[0][0]
        for row, row_size in rows(target):
            for at in range(page, leaves[0][1]["pages"]):
                base = (at - page) * record(target, target["host"])["size_bits"]
                first, last = max(offset - base, row), min(offset + size - base, row + row_size)
                if first < last:
                    mark = mark_of(*leaves[0]) if offset - base >= row else "^"
                    found.add((name, overlay, item, at, first, last - first, mark))
    return found


def rows(target):
    """The host's words, cut where a field ends that no other field crosses."""
    fields = [(f["offset_bits"], f["offset_bits"] + f["size_bits"]) for f in record(target, target["host"])["fields"]]
    size, word = record(target, target["host"])["size_bits"], target["bits"] or 64
    edges = {edge for field in fields for edge in field if edge % 8 == 0 and not any(a < edge < b for a, b in fields)}
    edges = sorted({e for e in edges | set(range(0, size, word)) if e < size} | {0}) + [size]
    return [(a, b - a) for a, b in zip(edges, edges[1:])]


IDLE = {"untouched", "unread", "unwritten"}  # members, by what code does not do with them


def unused(report):
    return {(t["name"], o["name"], u["page"], u["offset_bits"], u["size_bits"], u["why"])
            for t in report["targets"] for o in t["overlays"] for u in o["unused"]} | \
           {(t["name"], t["host"], u["page"], u["offset_bits"], u["size_bits"], "host")
            for t in report["targets"] for u in t["unused"]}


def holes(report):
    """The same without members that are there, and that code makes no full use of."""
    return {row for row in unused(report) if row[-1] not in IDLE}


def row_unused(report):
    """Unused bits cut at each row of the byte map, where no padding member is shown for them."""
    found = set()
    for target in report["targets"]:
        for overlay in target["overlays"]:
            for hole in (u for u in overlay["unused"] if u["why"] not in IDLE | {"pad"}):
                for row, row_size in rows(target):
                    first = max(hole["offset_bits"], row)
                    last = min(hole["offset_bits"] + hole["size_bits"], row + row_size)
                    if first < last:
                        found.add((target["name"], overlay["name"], hole["page"], first, last - first, hole["why"]))
    return found


def cells_used(report):
    """Each access with a cell of the byte map that it has bits in: target, record, page, row, and what the report says of
    it. Accesses to whole records are left out."""
    for target in report["targets"]:
        pages = {o["name"]: o["pages"] for o in target["overlays"]} | {
            target["host"]: max([o["pages"] for o in target["overlays"]], default=1)}
        base = record(target, target["host"])["size_bits"]
        for access in target.get("accesses") or []:
            if access["field"] is None or access["page"] is None:
                continue
            for page in range(access["page"], pages[access["record"]]):
                first = access["offset_bits"] - (page - access["page"]) * base
                for row, row_size in rows(target):
                    if first < row + row_size and first + access["size_bits"] > row:
                        yield (target["name"], access["record"], page, row), access


def uses(report):
    """How many accesses there are to bits of each cell of the byte map that has any."""
    found = collections.Counter(cell for cell, _ in cells_used(report))
    return {(*cell, count) for cell, count in found.items()}


def accesses(report):
    """What is listed behind each cell."""
    return {(*cell, f"{access['file']}:{access['line']}",
             *(access[key] or "" for key in ("function", "kind", "field", "through", "callee", "bits")))
            for cell, access in cells_used(report)}


def coverage(report):
    """Target, overlay, bytes, members in use, pinned ones (None: not known)."""
    return {(t["name"], o["name"], o["size_bits"] // 8, o["coverage"]["used"], o["coverage"]["pinned"])
            for t in report["targets"] for o in t["overlays"]}


def findings(report, states=("open", "suppressed", "known")):
    """Rule, severity, state and targets of every occurrence."""
    return {(f["rule"], f["severity"], o["state"], tuple(o["targets"]))
            for f in report["findings"] for o in f["occurrences"] if o["state"] in states}


def ranges(report):
    """Rule, targets, page, offset and size of every occurrence; what is about no bits has no offset."""
    found = set()
    for finding in report["findings"]:
        for each in finding["occurrences"]:
            where = each["range"] or {"page": 0, "offset_bits": 0, "size_bits": 0}
            found.add((finding["rule"], tuple(each["targets"]), where["page"],
                       *((where["offset_bits"], where["size_bits"]) if where["size_bits"] else ())))
    return found


def bits(numbers):
    """Offset and size of "8-15", "8", "42.0-43.6" or "4.7"."""
    ends = [[int(n) for n in end.split(".")] for end in numbers.split("-")]
    first, last = ends[0], ends[-1]
    offset = first[0] * 8 + (first[1] if len(first) > 1 else 0)
    return offset, last[0] * 8 + (last[1] if len(last) > 1 else 7) - offset + 1
