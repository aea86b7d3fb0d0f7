# SPDX-License-Identifier: MIT
"""Leaves of records according to what clang prints with -fdump-record-layouts.

The dump gives the place of every member but few sizes, and arrays of records are one line in it. What it does not say
of a type shows in a record that holds nothing else, and what nobody needs the size of it does not show: probe() writes
such records for the types that are asked for, and those that wanted() names.
"""

import re

from leaves import EXPANDED_ELEMENTS, Leaf, Record, WitnessError, elements, product, run

# Every dump is asked for records of one member of each of these.
BASIC = ("_Bool", "char", "signed char", "unsigned char", "short", "unsigned short", "int", "unsigned int", "long",
         "unsigned long", "long long", "unsigned long long", "void *")
WIDE = ("__int128", "unsigned __int128")  # where there are

_HOLDER = "pagelap_witness_"
_DUMP = "*** Dumping AST Record Layout"
_LINE = re.compile(r" *(\d+)(?::(?:(\d+)-(\d+)|-))? \| ( *)(.*)$")
_END = re.compile(r" *\| +\[sizeof=(\d+), align=\d+")
_QUALIFIERS = re.compile(r"^(?:(?:const|volatile|restrict) )+|(?: ?\b(?:const|volatile|restrict))+$")
_PLACE = re.compile(r"\((?:unnamed|anonymous)(?: \w+)? at .*?:\d+:\d+\)")


def holders(types, number=0):
    """C that makes clang lay out the TYPES; NUMBER is that of the first."""
    return "".join(f"struct {_HOLDER}{i} {{ {type_} only; }};\n"
                   f"extern char {_HOLDER}size_{i}[sizeof(struct {_HOLDER}{i})];\n"
                   for i, type_ in enumerate(types, number))


def probe(types):
    """C with the holders of all basic types and of TYPES."""
    wide = holders(WIDE, len(BASIC))
    return (holders(BASIC) + f"#ifdef __SIZEOF_INT128__\n{wide}#endif\n"
            + holders(types, len(BASIC) + len(WIDE)))


def dump(command, source):
    """What clang, called like COMMAND, says of the layouts of the records in SOURCE whose size is asked for.

    -fdump-record-layouts-complete would show all records, but lays them out before it has seen the attributes behind
    the closing brace; and then keeps to that, so that even sizeof is wrong.
    """
    return run([*command, "-fsyntax-only", "-Xclang", "-fdump-record-layouts",
                "-Xclang", "-fdump-record-layouts-canonical", source])


class _Node:
    """A member, or at the top a record."""

    def __init__(self, offset, bits, type_, name):
        self.offset = offset
        self.bits = bits  # of a bit field; -1: a bit field of none; None: no bit field
        self.type = type_
        self.name = name
        self.members = []
        self.size = None

    def same(self, other):
        return ((self.offset, self.bits, self.type, self.name, self.size, len(self.members))
                == (other.offset, other.bits, other.type, other.name, other.size, len(other.members))
                and all(mine.same(its) for mine, its in zip(self.members, other.members)))


def _split(text):
    """The type and the name of a member; anonymous ones have no name, but the space before it."""
    type_, _, name = text.rpartition(" ")
    return type_, name


def _parse_line(line):
    match = _LINE.match(line)
    if not match:
        raise WitnessError(f"clang: a line that is not understood: {line}")
    byte, low, high, indent, text = match.groups()
    if len(indent) % 2:
        raise WitnessError(f"clang: a line that is not understood: {line}")
    bits = None
    if low:
        bits = int(high) - int(low) + 1
    elif ":-" in line.split("|")[0]:
        bits = -1
    depth = len(indent) // 2
    type_, name = _split(text) if depth else (text, "")
    return depth, _Node(int(byte) * 8 + int(low or 0), bits, type_, name)


class Layouts:
    def __init__(self, text, types=()):
        """Parses the dump TEXT of a probe that was written for TYPES."""
        self._by_head = {}
        self._ambiguous = set()
        self._probed = (*BASIC, *WIDE, *types)
        self._unknown = set()
        self.types = {}  # by the name of a record: those of its leaves, without dimensions
        stack = []
        for line in text.splitlines():
            if not line or line == _DUMP:
                if stack:
                    raise WitnessError(f"clang: {stack[0].type}: its layout breaks off")
                continue
            end = _END.match(line)
            if end:
                if not stack:
                    raise WitnessError("clang: the size of nothing")
                stack[0].size = int(end.group(1)) * 8
                self._add(stack[0])
                stack = []
                continue
            depth, node = _parse_line(line)
            if depth > len(stack) or (stack and not depth):
                raise WitnessError(f"clang: a line in the wrong place: {line}")
            del stack[depth:]
            if stack:
                stack[-1].members.append(node)
            stack.append(node)
        if stack:
            raise WitnessError(f"clang: {stack[0].type}: its layout breaks off")

    def _add(self, record):
        known = self._by_head.setdefault(record.type, record)
        if not known.same(record):
            self._ambiguous.add(record.type)

    def _find(self, head):
        if head in self._ambiguous:
            raise WitnessError(f"clang: several layouts are called {head}")
        return self._by_head.get(head)

    def _held(self, type_):
        """The holder of the type and the member that is of it; None if it was not probed for."""
        if type_ not in self._probed:
            return None, None
        holder = self._find(f"struct {_HOLDER}{self._probed.index(type_)}")
        return holder, holder.members[0] if holder else None

    def records(self, names):
        """Those of the records called NAMES that there are; see wanted() afterwards."""
        found = {}
        self._unknown = set()
        for name in names:
            for kind in ("struct", "union"):
                node = self._find(f"{kind} {name}")
                if not node:
                    continue
                if name in found:
                    raise WitnessError(f"clang: both a struct and a union are called {name}")
                leaves, self.types[name] = [], []
                self._walk(node, "", 0, leaves, self.types[name])
                found[name] = Record(name, kind, node.size, leaves)
        return found

    def wanted(self):
        """The types that must be probed for before the last answer of records() can be taken."""
        return sorted(self._unknown)

    def _want(self, type_):
        if type_ in self._probed or not re.fullmatch(r"(?:(?:struct|union|enum) )?\w+", type_):
            raise WitnessError(f"clang: no size of the type '{type_}'")
        self._unknown.add(type_)
        return 0

    def _scalar(self, type_):
        """The size of a type that is no array, in bits."""
        if type_.endswith("*") or "(*" in type_:
            type_ = "void *"
        record = self._find(type_) or self._held(type_)[0]
        return record.size if record else self._want(type_)

    def _members(self, type_):
        """The record that the element type of an array is; None: it is none."""
        held = self._held(type_)[1]
        if held and held.members:
            return held
        if "*" not in type_ and (type_.startswith(("struct ", "union ")) or _PLACE.search(type_)):
            return self._find(type_)
        return None

    def _walk(self, record, prefix, base, leaves, types):
        for member in record.members:
            path = f"{prefix}.{member.name}" if prefix and member.name else prefix or member.name
            if member.bits is not None:
                if member.name:
                    leaves.append(Leaf(path, base + member.offset, member.bits, True))
                    types.append(member.type)
                continue
            type_, counts = _strip_array(member.type)
            if not counts and (member.members or not member.name):
                self._walk(member, path, base, leaves, types)
                continue
            size = self._scalar(type_)
            element = self._members(type_) if counts else None
            if not element or not 0 < product(counts) <= EXPANDED_ELEMENTS:
                leaves.append(Leaf(path, base + member.offset, size * product(counts), False))
                types.append(type_)
                continue
            for i, index in enumerate(elements(counts)):
                offset = base + member.offset + i * size
                if element.members:
                    self._walk(element, path + index, offset, leaves, types)
                else:
                    leaves.append(Leaf(path + index, offset, size, False))
                    types.append(type_)


def _strip_array(type_):
    """The element type, without qualifiers, and the counts of the dimensions; [] counts 0."""
    type_ = _QUALIFIERS.sub("", _QUALIFIERS.sub("", type_))
    inner = re.search(r"\(\*((?:\[\d*\])*)\)", type_)
    outer = None if inner else re.search(r"((?:\[\d*\])+)$", type_)
    dimensions = inner.group(1) if inner else outer.group(1) if outer else ""
    counts = [int(count or 0) for count in re.findall(r"\[(\d*)\]", dimensions)]
    return _QUALIFIERS.sub("", type_[:outer.start()] if outer else type_).rstrip(), counts
