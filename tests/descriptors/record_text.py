# SPDX-License-Identifier: MIT
"""The text of one record in a header, as a tree of members that know where in the text they are.

This is no parser of C: it understands declarations as kernel headers write them, one member each, and comments and
conditionals between them. What it does not understand it refuses.
"""

import re

_TOKEN = re.compile(r"""(?P<comment>/\*.*?\*/|//[^\n]*)
                      | (?P<directive>(?:(?<=\n)|\A)[ \t]*\#(?:\\\n|[^\n])*)
                      | (?P<open>\{) | (?P<close>\}) | (?P<end>;) | (?P<space>\s+) | (?P<word>\w+|.)""",
                    re.VERBOSE | re.DOTALL)
_NAME = re.compile(r"(\w+)\s*(?:(?P<array>(?:\[[^]]*\])+)|:\s*(?P<bits>\d+))?\s*;$")


class Member:
    """A declaration, or a struct or union without a name whose members are CHILDREN.

    START and END enclose it in the text of the header, END behind its semicolon; GUARDS are the conditionals around
    it within the record, outermost first.
    """

    def __init__(self, parent, start, guards):
        self.parent = parent
        self.start = start
        self.guards = guards
        self.end = None
        self.kind = None  # of a block: "struct" or "union"
        self.children = []
        self.name = ""
        self.type = ""
        self.array = ""
        self.bits = ""
        self.body_end = None  # of a block: where its closing brace is

    def siblings(self):
        return self.parent.children

    def declares(self):
        """All names that are declared in it."""
        if not self.kind:
            return [self.name]
        return [name for child in self.children for name in child.declares()]


def _tokens(text, position):
    while position < len(text):
        match = _TOKEN.match(text, position)
        yield match.lastgroup, match
        position = match.end()


def _finish(member, text):
    """Takes apart the declaration that ends where MEMBER does."""
    if member.kind:
        return
    said = text[member.start:member.end]
    match = _NAME.search(said)
    if not match or "(" in said or "," in said:
        raise ValueError(f"a member that is not understood: {said}")
    member.name = match.group(1)
    member.type = said[:match.start(1)].strip()
    member.array = match.group("array") or ""
    member.bits = match.group("bits") or ""
    if member.type in ("struct", "union"):  # struct other; declares what is in it
        member.type, member.name = said.rstrip(";").strip(), ""


class _Guards:
    """The conditionals that are open."""

    def __init__(self):
        self.open = []

    def see(self, directive):
        word = re.sub(r"^\s*#\s*", "", directive)
        if word.startswith("if"):
            self.open.append(word.strip())
        elif word.startswith("el"):
            self.open[-1] = f"{self.open[-1]}\n#{word.strip()}"
        elif word.startswith("endif"):
            self.open.pop()

    def now(self):
        return tuple(self.open)


def find(text, name):
    """The record struct NAME {...}; in TEXT, as a Member whose children are its members."""
    head = re.search(rf"^struct {name} \{{", text, re.MULTILINE)
    if not head:
        return None
    top = Member(None, head.start(), ())
    top.kind = "struct"
    block, member, guards = top, None, _Guards()
    for kind, match in _tokens(text, head.end()):
        if kind == "directive":
            guards.see(match.group())
        elif kind in ("comment", "space"):
            continue
        elif kind == "end" and member:
            member.end = match.end()
            _finish(member, text)
            block.children.append(member)
            member = None
        elif kind == "open":
            member.kind = "union" if text[member.start:].startswith("union") else "struct"
            block, member = member, None
        elif kind == "close":
            block.body_end = match.start()
            if block is top:
                top.end = match.end()
                return top
            member, block = block, block.parent
        elif not member:
            member = Member(block, match.start(), guards.now())
    raise ValueError(f"struct {name} does not end")


def walk(block):
    """The members in BLOCK, those of blocks without a name behind the block."""
    for child in block.children:
        yield child
        yield from walk(child)
