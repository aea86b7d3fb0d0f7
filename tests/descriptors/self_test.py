#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""What the harness itself is made of: the text of records, edits of it, and what clang says of them."""

import unittest

import trees  # noqa: F401, I001: knows where flatten_clang is
import edits
import flatten_clang
import meaning
import record_text

TEXT = """\
struct other { int x; };
struct desc {
	unsigned long flags; /* not; a { member */
	union {
		void *next;
#ifdef CONFIG_A
		unsigned int count;
#else
		unsigned int number;
#endif
	};
	unsigned low:4;
	unsigned long _pad[2];
};
"""

DUMP = """
*** Dumping AST Record Layout
         0 | struct desc
         0 |   {0}
         8 |   {1}
           | [sizeof={2}, align=8]
"""


class RecordText(unittest.TestCase):
    def setUp(self):
        self.record = record_text.find(TEXT, "desc")

    def test_members(self):
        names = [member.name for member in record_text.walk(self.record)]
        self.assertEqual(names, ["flags", "", "next", "count", "number", "low", "_pad"])

    def test_declarations(self):
        low, pad = self.record.children[2:]
        self.assertEqual((low.type, low.bits, pad.type, pad.array), ("unsigned", "4", "unsigned long", "[2]"))
        self.assertEqual(TEXT[low.start:low.end], "unsigned low:4;")

    def test_guards(self):
        guards = [member.guards for member in self.record.children[1].children]
        self.assertEqual(guards, [(), ("ifdef CONFIG_A",), ("ifdef CONFIG_A\n#else",)])

    def test_absent(self):
        self.assertIsNone(record_text.find(TEXT, "desk"))

    def test_not_understood(self):
        for text in ("struct a {\n\tint (*f)(int);\n};\n", "struct a {\n\tint b, c;\n};\n", "struct a {\n\tint b;\n"):
            with self.assertRaises(ValueError):
                record_text.find(text, "a")


class Edits(unittest.TestCase):
    def all(self, present=lambda name: True):
        return {edit.title: edit.text for edit in edits.Editor(TEXT, "desc", "struct page", present).edits()}

    def test_one_place(self):
        found = self.all()
        self.assertEqual(found["desc: drop flags"], TEXT.replace("unsigned long flags;", ""))
        self.assertEqual(found["desc: widen low"], TEXT.replace("low:4", "low:5"))
        self.assertEqual(found["desc: swap low and _pad"], TEXT.replace(
            "unsigned low:4;\n\tunsigned long _pad[2];", "unsigned long _pad[2];\n\tunsigned low:4;"))
        self.assertEqual(found["desc: make a lock of the pointer next"], TEXT.replace("void *next", "spinlock_t next"))

    def test_all_differ(self):
        found = self.all()
        self.assertEqual(len(found), len({*found.values(), TEXT}) - 1)

    def test_absent_members_stay(self):
        self.assertFalse(any("number" in title for title in self.all(lambda name: name != "number")))


class Meaning(unittest.TestCase):
    def bytes(self, first, second, size=16):
        basic = "".join(f"""
*** Dumping AST Record Layout
         0 | struct pagelap_witness_{number}
         0 |   {type_} only
           | [sizeof={8 if '*' in type_ or 'long' in type_ else 4}, align=8]
""" for number, type_ in enumerate(flatten_clang.BASIC))
        return meaning.Bytes(flatten_clang.Layouts(basic + DUMP.format(first, second, size)), "desc")

    def test_same(self):
        self.assertEqual(self.bytes("unsigned long a", "void * b"), self.bytes("unsigned long a", "char * b"))

    def test_owner(self):
        self.assertNotEqual(self.bytes("unsigned long a", "unsigned long b"),
                            self.bytes("unsigned long b", "unsigned long a"))

    def test_kind(self):
        self.assertNotEqual(self.bytes("unsigned long a", "void * b"), self.bytes("unsigned long a", "unsigned long b"))

    def test_size(self):
        self.assertNotEqual(self.bytes("void * a", "int b"), self.bytes("void * a", "long b"))
        self.assertNotEqual(self.bytes("void * a", "int b"), self.bytes("void * a", "int b", 24))

    def test_padding(self):
        self.assertEqual(self.bytes("void * a", "unsigned long _pad_1"), self.bytes("void * a", "unsigned long _pad_2"))
        self.assertNotEqual(self.bytes("void * a", "unsigned long _pad_1"),
                            self.bytes("void * a", "unsigned int _pad_1"))


if __name__ == "__main__":
    unittest.main()
