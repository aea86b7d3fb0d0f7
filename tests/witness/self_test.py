#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""The witnesses' own tools must be able to say no: a comparison that cannot fail is worth nothing."""

import contextlib
import io
import os
import pathlib
import shutil
import sys
import tempfile
import unittest
import unittest.mock

import answers
import assertions
import flatten_btf
import flatten_clang
import flatten_pahole
import headers_case
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


class Answers(unittest.TestCase):
    """What is kept is found again only if all that it came from is the same."""

    def setUp(self):
        scratch = tempfile.TemporaryDirectory(prefix="pagelap-answers-")
        self.addCleanup(scratch.cleanup)
        self.scratch = pathlib.Path(scratch.name)
        self.file = self.scratch / "file"
        self.file.write_text("first", encoding="ascii")
        patch = unittest.mock.patch.dict(os.environ, {"PAGELAP_CACHE": scratch.name})
        patch.start()
        self.addCleanup(patch.stop)
        answers._program.cache_clear()

    def program(self, name, command="cat"):
        path = self.scratch / name
        shutil.copy(shutil.which(command), path)
        return str(path)

    def kept(self):
        return sorted((self.scratch / "answers").glob("*"))

    def test_the_same_question_is_not_asked_again(self):
        program = self.program("cat")
        self.assertEqual(answers.ask([program], self.file), "first")
        self.assertEqual(len(self.kept()), 1)
        self.kept()[0].write_text("kept", encoding="ascii")
        self.assertEqual(answers.ask([program], self.file), "kept")

    def test_another_file_question_or_program_is_another_question(self):
        program = self.program("cat")
        answers.ask([program], self.file)
        self.file.write_text("second", encoding="ascii")
        self.assertEqual(answers.ask([program], self.file), "second")
        self.assertEqual(answers.ask([program, "-n"], self.file), "     1\tsecond")
        self.assertEqual(answers.ask([self.program("tac", "tac")], self.file), "second")
        self.assertEqual(len(self.kept()), 4)
        shutil.copy(shutil.which("head"), program)
        answers._program.cache_clear()
        answers.ask([program], self.file)
        self.assertEqual(len(self.kept()), 5)

    def test_failures_are_not_kept(self):
        with self.assertRaises(WitnessError):
            answers.ask([self.program("cat"), "--no-such-option"], self.file)
        with self.assertRaises(WitnessError):
            answers.ask(["pagelap-no-such-program"], self.file)
        self.assertEqual(self.kept(), [])


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


def clang_dump(*records):
    return "\n".join(f"*** Dumping AST Record Layout\n{record}\n" for record in records)


def clang_holder(number, type_, bytes_, members=""):
    return (f"         0 | struct pagelap_witness_{number}\n         0 |   {type_} only\n{members}"
            f"           | [sizeof={bytes_}, align={bytes_}]")


CLANG_BASIC = [clang_holder(i, type_, bytes_) for i, (type_, bytes_) in enumerate(zip(
    flatten_clang.BASIC, (1, 1, 1, 1, 2, 2, 4, 4, 8, 8, 8, 8, 8)))]

CLANG_PAIR = """         0 | struct pair
         0 |   struct pair * p
         8 |   int i
           | [sizeof=16, align=8]"""

CLANG_OUTER = """         0 | struct outer
         0 |   memdesc_t flags
         0 |     unsigned long f
         8 |   union outer::(anonymous at a dir/x.h:2:3) 
         8 |     struct outer::(anonymous at a dir/x.h:3:4) 
     8:0-2 |       unsigned int a
     8:3-7 |       unsigned int 
     9:0-1 |       unsigned int b
      12:- |       unsigned int 
         8 |     void (*)(struct outer *) call
        16 |   struct pair[2][1] many
        48 |   const void (*[2])(int) calls
        64 |   const char *const[2] names
        80 |   number_t number
        84 |   volatile int word
        88 |   struct pair[65] rest
      1128 |   struct pair[0] none
      1128 |   char[] tail
           | [sizeof=1128, align=8]"""


class Clang(unittest.TestCase):
    def leaves(self, *records, types=()):
        layouts = flatten_clang.Layouts(clang_dump(*CLANG_BASIC, *records), types)
        return layouts.records(["outer", "absent"])["outer"], layouts.wanted()

    def test_all_forms(self):
        number = len(flatten_clang.BASIC) + len(flatten_clang.WIDE)
        self.assertEqual(self.leaves(CLANG_OUTER, CLANG_PAIR)[1], ["number_t"])
        record, wanted = self.leaves(CLANG_OUTER, CLANG_PAIR, clang_holder(number, "number_t", 4), types=["number_t"])
        self.assertEqual(wanted, [])
        self.assertEqual((record.kind, record.size_bits), ("struct", 9024))
        self.assertEqual(record.leaves, [
            Leaf("flags.f", 0, 64, False), Leaf("a", 64, 3, True), Leaf("b", 72, 2, True),
            Leaf("call", 64, 64, False), Leaf("many[0][0].p", 128, 64, False), Leaf("many[0][0].i", 192, 32, False),
            Leaf("many[1][0].p", 256, 64, False), Leaf("many[1][0].i", 320, 32, False),
            Leaf("calls", 384, 128, False), Leaf("names", 512, 128, False), Leaf("number", 640, 32, False),
            Leaf("word", 672, 32, False), Leaf("rest", 704, 65 * 128, False), Leaf("none", 9024, 0, False),
            Leaf("tail", 9024, 0, False),
        ])

    def test_arrays_of_what_only_a_typedef_names(self):
        number = len(flatten_clang.BASIC) + len(flatten_clang.WIDE)
        outer = "         0 | struct outer\n         4 |   t[2] x\n           | [sizeof=12, align=4]"
        held = clang_holder(number, "t", 4, "         0 |     int q\n")
        record, wanted = self.leaves(outer, held, types=["t"])
        self.assertEqual((record.leaves, wanted),
                         ([Leaf("x[0].q", 32, 32, False), Leaf("x[1].q", 64, 32, False)], []))

    def test_every_place_counts(self):
        number = len(flatten_clang.BASIC) + len(flatten_clang.WIDE)
        held = clang_holder(number, "number_t", 4)
        whole = self.leaves(CLANG_OUTER, CLANG_PAIR, held, types=["number_t"])[0]
        for old, new in ((" 8:0-2 ", " 8:1-2 "), (" 80 |", " 76 |"), ("sizeof=1128", "sizeof=1136"),
                         ("int word", "int ward"), ("volatile int", "volatile short"), ("pair[65]", "pair[66]")):
            altered = CLANG_OUTER.replace(old, new)
            self.assertNotEqual(altered, CLANG_OUTER)
            other = self.leaves(altered, CLANG_PAIR, held, types=["number_t"])[0]
            self.assertNotEqual(differences("outer", whole, other, "w"), [], msg=new)

    def test_what_is_not_understood_is_said(self):
        for old, new in (("8:3-7", "8:x-7"), ("           | [sizeof=1128, align=8]", ""),
                         ("| [sizeof", "| [size"), ("|   memdesc_t", "|  memdesc_t"),
                         ("|   memdesc_t", "|     memdesc_t"),
                         ("number_t", "struct (unnamed at x.h:1:1)"), ("number_t", "__attribute__((vector)) int")):
            altered = CLANG_OUTER.replace(old, new)
            self.assertNotEqual(altered, CLANG_OUTER)
            with self.assertRaises(WitnessError, msg=new):
                self.leaves(altered, CLANG_PAIR)

    def test_two_layouts_of_one_name(self):
        self.leaves(CLANG_OUTER, CLANG_OUTER, CLANG_PAIR)
        with self.assertRaises(WitnessError):
            self.leaves(CLANG_OUTER, CLANG_OUTER.replace("int word", "int ward"), CLANG_PAIR)
        with self.assertRaises(WitnessError):
            self.leaves(CLANG_OUTER, CLANG_PAIR, CLANG_PAIR.replace("int i", "int j"))


PREPROCESSED = """# 1 "/src/include/x.h" 1
struct page { long flags; struct { int a; } lru; };
_Static_assert(__builtin_offsetof(struct page, lru) == __builtin_offsetof(struct desc, list), "a) \\" , b");
_Static_assert(offsetof(struct desc, tail) == __builtin_offsetof(struct page, flags) + 2 * sizeof(struct page), "");
static inline void f(void) { _Static_assert(sizeof(struct page) == 16, "{"); }
_Static_assert(sizeof(struct other) <= 64, "of neither");
# 40 "/src/mm/y.h" 2

_Static_assert((sizeof(struct desc) <= sizeof(struct page) &&
    (((offsetof(struct desc, list)) & ((typeof(offsetof(struct desc, list)))(8UL) - 1)) == 0)));
"""

ASSERTED = {
    "page": Record("page", "struct", 128, [Leaf("flags", 0, 64, False), Leaf("lru.a", 64, 32, False)]),
    "desc": Record("desc", "struct", 128, [Leaf("list.next", 64, 32, False), Leaf("list.prev", 96, 32, False),
                                           Leaf("tail", 256, 64, False)]),
}


def pin(kind, member, host_field, page, left, right, file, line):
    return {"kind": kind, "overlay": "desc", "member": member, "host_field": host_field, "page": page, "left": left,
            "right": right, "holds": True, "file": file, "line": line}


PINS = [
    pin("offset", "list", "lru", 0, 8, 8, "include/x.h", 2),
    pin("offset", "tail", "flags", 2, 32, 32, "include/x.h", 3),
    pin("size", None, None, 0, 16, 16, "mm/y.h", 41), pin("alignment", "list", None, 0, 8, 8, "mm/y.h", 41),
]


class Assertions(unittest.TestCase):
    def wrong(self, pins, text=PREPROCESSED, records=None):
        comparison = Comparison("test")
        with contextlib.redirect_stdout(io.StringIO()):
            records = records or ASSERTED
            assertions.compare(comparison, assertions.pins({"pins": pins}),
                               assertions.said([text, text], records, ["/src"]), records)
        return comparison.wrong

    def test_what_is_said(self):
        self.assertEqual(assertions.overlays([PREPROCESSED]), {"desc"})
        self.assertEqual(len(assertions.said([PREPROCESSED], ASSERTED, ["/src"])), len(PINS))
        self.assertEqual(self.wrong(PINS), 0)

    def test_each_difference_counts(self):
        for i, one in enumerate(PINS):
            self.assertGreater(self.wrong(PINS[:i] + PINS[i + 1:]), 0)
            self.assertGreater(self.wrong(PINS + [one]), 0)
            changes = {"overlay": "other", "kind": "other" if one["kind"] in ("offset", "size") else "size",
                       "line": one["line"] + 1, "file": "z.h", "holds": False}
            if one["kind"] != "alignment":
                changes.update(left=one["left"] + 1, right=one["right"] + 1, member="x", host_field="x", page=1)
            for key, value in changes.items():
                self.assertGreater(self.wrong(PINS[:i] + [{**one, key: value}] + PINS[i + 1:]), 0, msg=(key, one))

    def test_the_text_and_the_records_count(self):
        for old, new in (("struct page, lru", "struct page, flags"), ("2 * sizeof", "3 * sizeof"), ("&&", "||"),
                         ("struct desc, tail", "struct desc, list"), ("# 40", "# 41"), ("mm/y.h", "mm/z.h")):
            self.assertGreater(self.wrong(PINS, PREPROCESSED.replace(old, new)), 0, msg=new)
        moved = Record("desc", "struct", 136, ASSERTED["desc"].leaves[1:])
        self.assertGreater(self.wrong(PINS, records={**ASSERTED, "desc": moved}), 0)


class HeadersCase(unittest.TestCase):
    EXPECTED = {"pins": {"desc": 1}, "unpinned": {"desc": ["a", "b"], "none": []}}

    def wrong(self, pins, unpinned):
        target = {"pins": [{"overlay": name} for name in pins],
                  "overlays": [{"name": name, "coverage": {"unpinned": paths}} for name, paths in unpinned.items()]
                  + [{"name": "without", "coverage": None}]}
        comparison = Comparison("test")
        with contextlib.redirect_stdout(io.StringIO()):
            headers_case.compare_expected(comparison, target, self.EXPECTED)
        return comparison.wrong

    def test_each_gap_counts(self):
        self.assertEqual(self.wrong(["desc"], {"desc": ["b", "a"], "none": []}), 0)
        for pins, unpinned in ((["desc"] * 2, {"desc": ["a", "b"], "none": []}), ([], {"desc": ["a", "b"], "none": []}),
                               (["desc"], {"desc": ["a"], "none": []}), (["desc"], {"desc": ["a", "b"]}),
                               (["desc"], {"desc": ["a", "b", "c"], "none": []}),
                               (["desc"], {"desc": ["a", "b"], "none": ["x"]}),
                               (["desc"], {"desc": ["a", "b"], "none": [], "new": []})):
            self.assertGreater(self.wrong(pins, unpinned), 0, msg=(pins, unpinned))

    def test_version(self):
        path = "/cache/headers/sid-amd64/linux-headers-7.2.13+deb14-amd64_7.2.13-1~bpo12+1/usr/src/linux-headers-7"
        self.assertEqual(headers_case.debian_version(path, "linux-headers-"), "7.2.13-1~bpo12+1")


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
