# SPDX-License-Identifier: MIT
"""A writer of raw BTF, of either byte order: Documentation/bpf/btf.rst of Linux."""
import struct

INT, POINTER, ARRAY, STRUCT, UNION, ENUM, FORWARD, TYPEDEF, VOLATILE, CONST = range(1, 11)
FUNCTION = 13
SIGNED = 1


class Type:
    """A type that has been written: its number, and how the compiler lays it out, in bytes."""

    def __init__(self, number, size=0, align=1):
        self.number, self.size, self.align = number, size, align


class Btf:
    """With BASE, whose types and names come before its own and are not in it, it is split BTF."""

    def __init__(self, bits, big_endian, base=None):
        self.word = bits // 8
        self.order = ">" if big_endian else "<"
        self.types = b""
        self.strings = b"" if base else b"\0"
        self.strings_before = base.strings_before + len(base.strings) if base else 0
        self.names = dict(base.names) if base else {"": 0}
        self.count = base.count if base else 0
        self.void = Type(0)

    def name(self, text):
        if text not in self.names:
            self.names[text] = self.strings_before + len(self.strings)
            self.strings += text.encode() + b"\0"
        return self.names[text]

    def pack(self, *words):
        return struct.pack("%s%dI" % (self.order, len(words)), *words)

    def add(self, kind, name, third, count=0, extra=b"", flag=False):
        self.types += self.pack(self.name(name), flag << 31 | kind << 24 | count, third) + extra
        self.count += 1
        return self.count

    def integer(self, name, size, encoding=0):
        return Type(self.add(INT, name, size, extra=self.pack(encoding << 24 | size * 8)), size, size)

    def enum(self, name, *values):
        extra = b"".join(self.pack(self.name(value), index) for index, value in enumerate(values))
        return Type(self.add(ENUM, name, 4, len(values), extra), 4, 4)

    def pointer(self, to):
        return Type(self.add(POINTER, "", to.number), self.word, self.word)

    def typedef(self, name, to):
        return Type(self.add(TYPEDEF, name, to.number), to.size, to.align)

    def const(self, to):
        return Type(self.add(CONST, "", to.number), to.size, to.align)

    def forward(self, name):
        return Type(self.add(FORWARD, name, 0))

    def function(self, result, *parameters):
        extra = b"".join(self.pack(0, parameter.number) for parameter in parameters)
        return Type(self.add(FUNCTION, "", result.number, len(parameters), extra))

    def array(self, element, count, index):
        extra = self.pack(element.number, index.number, count)
        return Type(self.add(ARRAY, "", 0, extra=extra), element.size * count, element.align)

    def record(self, kind, name, members):
        """Members are (name, type) or (name, type, bits); an unnamed one is written with the name ""."""
        at = size = 0
        align, flag = 1, any(len(member) > 2 for member in members)
        extra = b""
        for member_name, member_type, *bits in members:
            if kind == UNION:
                at = 0
            if not bits:
                at = -(-at // (8 * member_type.align)) * 8 * member_type.align
            elif at // (8 * member_type.size) != (at + bits[0] - 1) // (8 * member_type.size):
                at = -(-at // (8 * member_type.size)) * 8 * member_type.size
            offset = (bits[0] if bits else 0) << 24 | at if flag else at
            if member_name is not None:
                extra += self.pack(self.name(member_name), member_type.number, offset)
            at += bits[0] if bits else 8 * member_type.size
            size = max(size, at)
            align = max(align, member_type.align)
        size = -(-size // (8 * align)) * align
        count = sum(member[0] is not None for member in members)
        return Type(self.add(kind, name, size, count, extra, flag), size, align)

    def struct(self, name, *members):
        return self.record(STRUCT, name, members)

    def union(self, name, *members):
        return self.record(UNION, name, members)

    def raw(self):
        head = struct.pack(self.order + "HBBIIIII", 0xEB9F, 1, 0, 24, 0, len(self.types), len(self.types),
                           len(self.strings))
        return head + self.types + self.strings
