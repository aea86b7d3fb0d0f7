#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""The witnesses' own tools must be able to say no: a comparison that cannot fail is worth nothing."""

import contextlib
import io
import os
import sys
import tempfile
import unittest

import flatten_btf
import flatten_pahole
from compile_case import Fixture
from leaves import Comparison, Leaf, Record, WitnessError, differences

PAHOLE_TEXT = """
struct outer {
	/* typedef flags_t */ struct {
		long unsigned int  word;                         /*     0     8 */
	} flags; /*     0     8 */
	union {
		struct {
			void   (*call)(struct outer *);          /*     8     8 */
			unsigned int a:3;                        /*    16: 4  4 */

			/* XXX 25 bits hole, try to pack */
			/* Force alignment to the next boundary: */
			unsigned int :0;
		};                                               /*     8    16 */
		struct inner {
			char c;                                  /*     8     1 */
			int  i[2] __attribute__((__aligned__(4))); /*    12     8 */
		} __attribute__((__aligned__(4)))pair[2][1] __attribute__((__aligned__(4))); /*     8    24 */
		enum {
			ONE = 1,
		} choice;                                        /*     8     4 */
	};                                                       /*     8    24 */
	struct unseen *            pointer;                      /*    32     8 */
	int                        rest[];                       /*    40     0 */

	/* size: 40, cachelines: 1, members: 4 */
};
"""


class Pahole(unittest.TestCase):
    def test_all_forms(self):
        record = flatten_pahole.parse(PAHOLE_TEXT)["outer"]
        self.assertEqual((record.kind, record.size_bits), ("struct", 320))
        self.assertEqual(record.leaves, [
            Leaf("flags.word", 0, 64, False), Leaf("call", 64, 64, False), Leaf("a", 132, 3, True),
            Leaf("pair[0][0].c", 64, 8, False), Leaf("pair[0][0].i", 96, 64, False),
            Leaf("pair[1][0].c", 160, 8, False), Leaf("pair[1][0].i", 192, 64, False),
            Leaf("choice", 64, 32, False), Leaf("pointer", 256, 64, False), Leaf("rest", 320, 0, False),
        ])

    def test_what_is_not_understood_is_said(self):
        for text in ("struct s {\n\tint x;\n\t/* size: 4, */\n};", "struct s {\n\tint x; /* 0 4 */\n",
                     "struct s {\n\tconst struct t x; /* 0 4 */\n\t/* size: 4, */\n};"):
            with self.assertRaises(WitnessError, msg=text):
                flatten_pahole.parse(text)


class Btf(unittest.TestCase):
    def test_flattening(self):
        btf = flatten_btf.Btf.__new__(flatten_btf.Btf)
        btf.path, btf.pointer_bytes = "test", 4

        def member(name, type_id, offset, bits=0):
            return {"name": name, "type_id": type_id, "bits_offset": offset, "bitfield_size": bits}

        btf.types = {type_["id"]: type_ for type_ in (
            {"id": 1, "kind": "INT", "name": "int", "size": 4},
            {"id": 2, "kind": "PTR", "name": "(anon)", "type_id": 5},
            {"id": 3, "kind": "STRUCT", "name": "pair", "size": 8,
             "members": [member("p", 2, 0), member("i", 4, 32)]},
            {"id": 4, "kind": "TYPEDEF", "name": "number", "type_id": 1},
            {"id": 5, "kind": "STRUCT", "name": "outer", "size": 24, "members": [
                member("bits", 1, 3, 5), member("(anon)", 6, 32), member("(anon)", 1, 8, 7), member("many", 8, 128)]},
            {"id": 6, "kind": "UNION", "name": "(anon)", "size": 8, "members": [member("(anon)", 3, 0)]},
            {"id": 7, "kind": "ARRAY", "name": "(anon)", "type_id": 3, "nr_elems": 1},
            {"id": 8, "kind": "CONST", "name": "(anon)", "type_id": 7},
        )}
        self.assertEqual(btf.records(["outer", "absent"])["outer"].leaves, [
            Leaf("bits", 3, 5, True), Leaf("p", 32, 32, False), Leaf("i", 64, 32, False),
            Leaf("many[0].p", 128, 32, False), Leaf("many[0].i", 160, 32, False),
        ])
        btf.types[9] = {"id": 9, "kind": "STRUCT", "name": "outer", "size": 4, "members": []}
        with self.assertRaises(WitnessError):
            btf.records(["outer"])


class Comparing(unittest.TestCase):
    ONE = Record("r", "struct", 64, [Leaf("a", 0, 32, False), Leaf("b", 32, 3, True)])

    def finish(self, ours, theirs):
        comparison = Comparison("test")
        with contextlib.redirect_stdout(io.StringIO()):
            comparison.compare(["r", "absent"], ours, theirs, "witness")
            return comparison.finish()

    def test_each_difference_counts(self):
        leaves = self.ONE.leaves
        self.assertEqual(differences("r", self.ONE, self.ONE, "w"), [])
        for other in (
                Record("r", "union", 64, leaves), Record("r", "struct", 72, leaves),
                Record("r", "struct", 64, leaves[:1]), Record("r", "struct", 64, leaves + leaves[:1]),
                Record("r", "struct", 64, [leaves[0], Leaf("b", 32, 3, False)]),
                Record("r", "struct", 64, [leaves[0], Leaf("b", 33, 3, True)]),
                Record("r", "struct", 64, [leaves[0], Leaf("b", 32, 4, True)]),
                Record("r", "struct", 64, [leaves[0], Leaf("c", 32, 3, True)])):
            self.assertNotEqual(differences("r", self.ONE, other, "w"), [])
            self.assertNotEqual(differences("r", other, self.ONE, "w"), [])
            self.assertEqual(self.finish({"r": self.ONE}, {"r": other}), 1)

    def test_presence(self):
        self.assertEqual(self.finish({"r": self.ONE}, {"r": self.ONE}), 0)
        self.assertEqual(self.finish({"r": self.ONE}, {}), 1)
        self.assertEqual(self.finish({}, {"r": self.ONE}), 1)
        self.assertEqual(self.finish({}, {}), 1)


class Manifest(unittest.TestCase):
    def test_forms(self):
        with tempfile.TemporaryDirectory() as directory:
            source = os.path.join(directory, "x.c")
            with open(os.path.join(directory, "x.leaves"), "w", encoding="ascii") as file:
                file.write("record s\na[0..1][0..1].b:3\n\nrecord union u\nc[]\n")
            fixture = Fixture(source)
        self.assertEqual([entry.path for entry in fixture.records[("struct", "s")]],
                         ["a[0][0].b", "a[0][1].b", "a[1][0].b", "a[1][1].b"])
        self.assertEqual(fixture.records[("union", "u")], [("c", None, True)])


if __name__ == "__main__":
    sys.exit(unittest.main())
