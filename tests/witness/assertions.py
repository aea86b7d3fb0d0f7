# SPDX-License-Identifier: MIT
"""Static assertions about struct page and what lies over it, read in preprocessed text; pins compared to them."""

import ast
import collections
import re

HOST = "page"

# What an assertion says, or a pin. Offset: both sides have a value, and member is at host_field of a page.
Said = collections.namedtuple("Said", "overlay kind member host_field page left right file line")

_TOKEN = re.compile(r'"(?:\\.|[^"\\])*"|\'(?:\\.|[^\'\\])*\'|\b_Static_assert\b|[{}\n]|^# (\d+) "([^"]*)".*$',
                    re.MULTILINE)
_STRING = re.compile(r'"(?:\\.|[^"\\])*"')
_OFFSET = re.compile(r"\b(?:__builtin_)?offsetof\s*\(\s*(?:struct|union)\s+(\w+)\s*,\s*([^()]+?)\s*\)")
_SIZE = re.compile(r"\bsizeof\s*\(\s*(?:struct|union)\s+(\w+)\s*\)")
_COMPARISONS = ("==", "!=", "<=", ">=", "<", ">")


class Assertion:
    def __init__(self, condition, file, line):
        self.condition = condition
        self.file = file
        self.line = line


def _closing(text, start):
    """Behind the parenthesis that closes the one at START."""
    depth = 0
    for match in re.compile(r'"(?:\\.|[^"\\])*"|[()]').finditer(text, start):
        depth += {"(": 1, ")": -1}.get(match.group(), 0)
        if not depth:
            return match.end()
    raise ValueError("a parenthesis is not closed")


def _top_level(text):
    """TEXT with all that is in parentheses or strings blanked."""
    depth, blank = 0, []
    for char in _STRING.sub(lambda match: "_" * len(match.group()), text):
        depth -= char == ")"
        blank.append("_" if depth or char in "()" else char)
        depth += char == "("
    return "".join(blank)


def file_scope(text):
    """The assertions in preprocessed TEXT that are in no function and no record."""
    found, file, line, depth, skip = [], None, 0, 0, 0
    for match in _TOKEN.finditer(text):
        token = match.group()
        if token == "\n":
            line += 1
        elif match.group(1):
            line, file = int(match.group(1)) - 1, match.group(2)
        elif match.start() < skip:
            continue
        elif token in "{}":
            depth += 1 if token == "{" else -1
        elif token == "_Static_assert" and not depth:
            start = text.index("(", match.end())
            skip = _closing(text, start)
            inner = text[start + 1:skip - 1]
            comma = _top_level(inner).find(",")
            found.append(Assertion(inner[:comma] if comma >= 0 else inner, file, line))
    return found


def _split(text, separators):
    """TEXT at the first of the SEPARATORS that is not in parentheses: before, separator, behind; or None."""
    top = _top_level(text)
    for separator in separators:
        place = top.find(separator)
        if place >= 0:
            return text[:place], separator, text[place + len(separator):]
    return None


def _unwrapped(text):
    text = text.strip()
    while text.startswith("(") and _closing(text, 0) == len(text):
        text = text[1:-1].strip()
    return text


def _conditions(text):
    text = _unwrapped(text)
    parts = _split(text, ("&&",))
    return _conditions(parts[0]) + _conditions(parts[2]) if parts else [text]


def offset_of(record, path):
    """The offset in bytes of the member at PATH, which may be a record: None if there is none."""
    places = [leaf.offset_bits for leaf in record.leaves
              if leaf.path == path or leaf.path.startswith((path + ".", path + "["))]
    return min(places) // 8 if places else None


def _calculate(node):
    if isinstance(node, ast.Expression):
        return _calculate(node.body)
    if isinstance(node, ast.Constant):
        return node.value
    if isinstance(node, ast.Compare) and len(node.ops) == 1 and isinstance(node.ops[0], ast.Eq):
        return int(_calculate(node.left) == _calculate(node.comparators[0]))
    operators = {ast.Add: int.__add__, ast.Sub: int.__sub__, ast.Mult: int.__mul__, ast.Mod: int.__mod__,
                 ast.BitAnd: int.__and__, ast.FloorDiv: int.__floordiv__}
    if isinstance(node, ast.BinOp) and type(node.op) in operators:
        return operators[type(node.op)](_calculate(node.left), _calculate(node.right))
    raise ValueError("not a sum of constants")


def value(text, records):
    """What an expression comes to, with the places of RECORDS; None where that cannot be told."""
    def offset(match):
        record = records.get(match.group(1))
        return str(offset_of(record, match.group(2)) if record else None)

    def size(match):
        record = records.get(match.group(1))
        return str(record.size_bits // 8 if record else None)

    text = _SIZE.sub(size, _OFFSET.sub(offset, text))
    text = re.sub(r"\(typeof\(\w+\)\)|\btypeof\(\w+\)", "", re.sub(r"\b(\d+)[uUlL]+\b", r"\1", text))
    text = text.replace("()", "").replace("/", "//")
    try:
        return _calculate(ast.parse(text.strip(), mode="eval"))
    except (SyntaxError, ValueError, TypeError, AttributeError):
        return None


def _named(condition):
    """The records whose size or members it is about."""
    return [name for name, _ in _OFFSET.findall(condition)] + _SIZE.findall(condition)


def _page(side, field, records):
    """Of which host that side of a comparison speaks: 1 for offsetof(host, FIELD) + sizeof(host)."""
    host = records.get(HOST)
    place, base = value(side, records), offset_of(host, field) if host else None
    return 0 if None in (place, base) else (place - base) // (host.size_bits // 8)


def _read(condition, file, line, records):
    """What one condition says."""
    offsets = _OFFSET.findall(condition)
    overlays = [name for name in _named(condition) if name != HOST]
    overlay = overlays[0] if overlays else None
    members = [path for name, path in offsets if name == overlay]
    fields = [path for name, path in offsets if name == HOST]
    parts = _split(condition, _COMPARISONS)
    left, right = (value(side, records) for side in (parts[0], parts[2])) if parts else (None, None)
    operator = parts[1] if parts else None
    member, field = members[0] if members else None, fields[0] if fields else None
    page, kind = 0, "else"
    if operator == "==" and member and field and len(offsets) == 2:
        kind = "offset"
        page = _page(parts[0] if HOST in _named(parts[0]) else parts[2], field, records)
    elif operator in ("<=", "<", ">=", ">", "==") and overlay in _SIZE.findall(condition) and not members:
        kind = "size"
    return Said(overlay, kind, member, field, page, left, right, file, line)


def relative(path, roots):
    for root in roots:
        if path.startswith(root + "/"):
            return path[len(root) + 1:]
    return path


def _conditions_of(texts):
    """All conditions that name a record, with their places; what several units include, once."""
    found = {}
    for text in texts:
        for assertion in file_scope(text):
            for condition in _conditions(assertion.condition):
                if _named(condition):
                    found[assertion.file, assertion.line, condition] = None
    return list(found)


def overlays(texts):
    """The records that the preprocessed TEXTS of one tree say lie over the host."""
    kinds = [(_read(condition, file, line, {}), _named(condition)) for file, line, condition in _conditions_of(texts)]
    return {one.overlay for one, named in kinds if one.overlay and HOST in named and one.kind != "else"}


def said(texts, records, roots):
    """What the preprocessed TEXTS of one tree say of the host and of what they assert to lie over it.

    RECORDS give the values, ROOTS are the directories that file names are relative to.
    """
    concerned = overlays(texts) | {HOST}
    return [_read(condition, relative(file, roots), line, records)
            for file, line, condition in _conditions_of(texts) if concerned.intersection(_named(condition))]


def pins(target):
    """The pins of a target of pagelap's report in the same form, and whether each holds."""
    found = []
    for pin in target["pins"]:
        kind = pin["kind"] if pin["kind"] in ("offset", "size") else "else"
        found.append((Said(pin["overlay"], kind, pin["member"], pin["host_field"], pin["page"], pin["left"],
                           pin["right"], pin["file"], pin["line"]), pin["holds"]))
    return found


def _comparable(one):
    """Of what is neither an offset nor a size, readers may say differently what the sides are."""
    return one if one.kind != "else" else one._replace(member=None, host_field=None, page=0, left=None, right=None)


def _spell(one):
    sides = f", {one.left} and {one.right}" if one.kind != "else" else ""
    return (f"{one.kind} of {one.overlay or HOST}.{one.member or ''} and {one.host_field} of page {one.page}{sides}, "
            f"{one.file}:{one.line}")


def compare(comparison, ours, theirs, records):
    """Every difference of pagelap's pins OURS and the witness's THEIRS; their count."""
    mine = collections.Counter(_comparable(one) for one, _ in ours)
    others = collections.Counter(map(_comparable, theirs))
    for overlay in sorted({one.overlay for one in mine + others}, key=str):
        counts = [sum(n for one, n in side.items() if one.overlay == overlay) for side in (mine, others)]
        if counts[0] != counts[1]:
            comparison.fail(f"{overlay or HOST}: {counts[0]} pins, the preprocessed text has {counts[1]}")
    for one in mine - others:
        comparison.fail(f"the preprocessed text has no {_spell(one)}")
    for one in others - mine:
        comparison.fail(f"no pin for {_spell(one)}")
    for one, holds in ours:
        if one.kind == "offset":
            at = (offset_of(records[one.overlay], one.member) if one.overlay in records else None)
            if not holds or one.left is None or one.left != one.right or one.left != at:
                comparison.fail(f"pin: {_spell(one)}: the witness has the member at {at}")
        elif not holds:
            comparison.fail(f"pin: {_spell(one)}: said not to hold")
    return sum(others.values())
