# SPDX-License-Identifier: MIT
"""Single edits of a descriptor, as somebody might make them who does not think of its host.

An edit is a title ("widen", what it is done to) and the new text of the whole header.
"""

import collections
import re

import record_text

Edit = collections.namedtuple("Edit", "operator title text")

NEW = "added"           # a member that nobody knows
PAD = "_pad_added"      # one that says it is padding
_WIDER = {"unsigned long": "unsigned long long", "pgoff_t": "unsigned long long", "unsigned int": "unsigned long",
          "int": "long", "u8": "u32", "atomic_t": "atomic_long_t", "atomic_long_t": "atomic64_t"}
_NARROWER = {"unsigned long": "unsigned int", "pgoff_t": "unsigned int", "unsigned int": "unsigned short",
             "int": "short", "atomic_long_t": "atomic_t"}
_INTEGERS = ("unsigned long", "pgoff_t")


def _replace(text, member, new):
    return text[:member.start] + new + text[member.end:]


def _insert(text, position, line):
    return text[:position] + line + "\n\t" + text[position:]


def _declare(member, type_, array=None):
    return f"{type_} {member.name}{member.array if array is None else array};"


def _called(member):
    """What the member is called in a title: its name, or the first in it."""
    if member.kind:
        names = [name for name in member.declares() if name]
        return f"{member.kind} of {names[0]}" if names else ""
    return member.name or member.type


def has_record(text, name):
    return record_text.find(text, name) is not None


class Editor:
    """All edits of the record NAME in TEXT; HOST are the types of members that are the host itself, which stay as they
    are, and so do members that no build has: PRESENT says of a name whether one has it."""

    def __init__(self, text, name, host, present):
        self.text = text
        self.record = record_text.find(text, name)
        self.name = name
        self.members = [member for member in record_text.walk(self.record)
                        if member.type != host and any(present(name) for name in member.declares())]

    def edits(self):
        """Each edit once, under a title of its own."""
        seen, titles = {self.text}, collections.Counter()
        for function in (self._swap, self._widen, self._narrow, self._add, self._pad, self._drop, self._condition,
                         self._integer, self._pointer, self._lock, self._same, self._earlier):
            for edit in function():
                if edit.text not in seen:
                    seen.add(edit.text)
                    titles[edit.title] += 1
                    number = titles[edit.title]
                    yield edit if number == 1 else edit._replace(title=f"{edit.title} ({number})")

    def _edit(self, operator, member, text, more=""):
        return Edit(operator, f"{self.name}: {operator} {_called(member)}{more}", text)

    def _leaves(self):
        return [member for member in self.members if not member.kind and member.name]

    def _swap(self):
        """A member and the next one."""
        for member in self.members:
            siblings = [other for other in member.siblings()
                        if other in self.members and other.guards == member.guards]
            later = [other for other in siblings if other.start > member.start]
            if not later:
                continue
            other = later[0]
            first, second = self.text[member.start:member.end], self.text[other.start:other.end]
            between = self.text[member.end:other.start]
            if "#" in between:
                continue
            yield self._edit("swap", member, self.text[:member.start] + second + between + first
                             + self.text[other.end:], f" and {_called(other)}")

    def _widen(self):
        for member in self._leaves():
            if member.bits:
                new = f"{member.type} {member.name}:{int(member.bits) + 1};"
            elif member.type in _WIDER and not member.array:
                new = _declare(member, _WIDER[member.type])
            else:  # pointers, lists, and what is an array already
                new = _declare(member, member.type, f"{member.array}[2]")
            yield self._edit("widen", member, _replace(self.text, member, new))

    def _narrow(self):
        for member in self._leaves():
            if member.bits and int(member.bits) > 1:
                new = f"{member.type} {member.name}:{int(member.bits) - 1};"
            elif member.array == "[2]":
                new = _declare(member, member.type, "")
            elif member.type in _NARROWER:
                new = _declare(member, _NARROWER[member.type])
            elif member.type.endswith("*"):
                new = _declare(member, "unsigned short")
            else:
                continue
            yield self._edit("shrink", member, _replace(self.text, member, new))

    def _insertions(self, operator, line):
        """LINE before each member, and at the end of each struct."""
        for member in self.members:
            if member.bits and member.siblings().index(member):
                continue  # between bit fields
            yield self._edit(operator, member, _insert(self.text, member.start, line), f" in a {member.parent.kind}")
        for block in [self.record, *self.members]:
            if block.kind == "struct":
                text = _insert(self.text, block.body_end, "\t" + line)
                yield Edit(operator, f"{self.name}: {operator} the end of "
                                     f"{'it' if block is self.record else 'the ' + _called(block)}", text)

    def _add(self):
        yield from self._insertions("add a member before", f"unsigned long {NEW};")

    def _pad(self):
        yield from self._insertions("add a pad before", f"unsigned long {PAD};")

    def _drop(self):
        for member in self.members:
            yield self._edit("drop", member, _replace(self.text, member, ""))

    def _condition(self):
        """Under a condition that 64 bits fulfil and 32 do not; the other way round where it is under that already."""
        for member in self._leaves():
            guards = " ".join(guard for block in self._around(member) for guard in block.guards)
            word = "#ifndef" if "ifdef CONFIG_64BIT" in guards else "#ifdef"
            new = f"\n{word} CONFIG_64BIT\n\t{self.text[member.start:member.end]}\n#endif\n"
            yield self._edit("make conditional", member, _replace(self.text, member, new))

    @staticmethod
    def _around(member):
        while member:
            yield member
            member = member.parent

    def _integer(self):
        for member in self._leaves():
            if member.type.endswith("*"):
                yield self._edit("make an integer of the pointer", member,
                                 _replace(self.text, member, _declare(member, "unsigned long")))

    def _pointer(self):
        for member in self._leaves():
            if member.type in _INTEGERS and not member.array:
                yield self._edit("make a pointer of the integer", member,
                                 _replace(self.text, member, _declare(member, "void *")))

    def _lock(self):
        for member in self._leaves():
            if member.type.endswith("*"):
                yield self._edit("make a lock of the pointer", member,
                                 _replace(self.text, member, _declare(member, "spinlock_t")))

    def _same(self):
        """The same to all who read the bytes: another spelling of the type."""
        spelled = {"unsigned long": "unsigned long int", "unsigned int": "unsigned", "int": "signed int"}
        for member in self._leaves():
            if member.type in spelled and not member.bits:
                yield self._edit("respell the type of", member, _replace(
                    self.text, member, _declare(member, spelled[member.type])))

    def _pages(self):
        """The structs of a record that has one for each host, in unions with the host."""
        return [block.children[0] for block in self.record.children
                if block.kind == "union" and block.children[0].kind == "struct"
                and re.match(r"struct page\b", block.children[-1].type)]

    def _earlier(self):
        """A member of a later page at the end of each earlier one, under the conditions that it is under."""
        pages = self._pages()
        for number, page in enumerate(pages):
            for member in record_text.walk(page):
                if member.kind or member not in self.members:
                    continue
                guards = [guard for block in self._around(member) for guard in block.guards]
                said = self.text[member.start:member.end]
                if guards:
                    said = "\n#{}\n\t{}\n{}".format("\n#".join(guards), said, "#endif\n" * len(guards))
                for earlier in range(number):
                    text = _insert(_replace(self.text, member, ""), pages[earlier].body_end, "\t" + said)
                    yield self._edit("move", member, text, f" from page {number} to page {earlier}")
