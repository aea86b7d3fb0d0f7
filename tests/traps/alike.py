# SPDX-License-Identifier: MIT
"""Definitions of one record by several units: every difference is found, and nothing else is one."""
from toolbox import TrapCase, main

PAGE = """
typedef struct { int counter; } atomic_t;
typedef void (*release_t)(struct page *, unsigned long);
enum state { FREE, USED };
union word { long number; struct { int low; int high; } halves; };
struct page { unsigned long flags; long rest[7]; };
struct slab {
	unsigned long flags;
	struct cache *cache;
	const char *name;
	release_t release;
	void (*call)(struct slab *, int);
	atomic_t count;
	unsigned inuse : 16, objects : 14, frozen : 1;
	enum state state;
	short table[2][3];
	union word word;
};
"""
BASE = "struct page;\n" + PAGE

# Each in place of what stands before it, and a word of what is said of it.
DIFFERENCES = [
    ("unsigned long flags;\n\tstruct cache", "long flags;\n\tstruct cache", "flags"),
    ("struct cache *cache", "struct cash *cache", "struct cash"),
    ("struct cache *cache", "struct cache *cached", "cached"),
    ("struct cache *cache", "struct cache **cache", r"struct cache \*\* cache"),
    ("struct cache *cache", "union cache *cache", "union cache"),
    ("const char *name", "char *name", "name"),
    ("const char *name", "const volatile char *name", "volatile"),
    ("struct slab *, int", "struct slab *, long", "call"),
    ("struct slab *, int", "struct slab *, ...", r"\.\.\."),
    ("void (*call)", "int (*call)", "call"),
    ("\trelease_t release", "\tvoid *release", "release"),
    ("int counter", "unsigned counter", "counter"),
    ("inuse : 16, objects : 14", "inuse : 14, objects : 16", "inuse"),
    ("frozen : 1", "frozen : 2", "frozen"),
    ("objects : 14, frozen : 1", "frozen : 1, objects : 14", "objects"),
    ("table[2][3]", "table[3][2]", "table"),
    ("table[2][3]", "table[6]", "table"),
    ("short table", "unsigned short table", "table"),
    ("int low; int high;", "int high; int low;", "halves"),
    ("long number", "long digits", "digits"),
    ("union word word;", "union word word; int more;", "in the other"),
    ("union word word;", "union word word __attribute__((aligned(64)));", "in the other"),
    ("\tenum state state;", "\tenum other { ONE } state;", "state"),
]

# What of another unit is no difference to those who look at slab.
ALIKE = [
    ("struct page;", "struct cache { int whole; };"),
    ("struct page;", "\n\n\nstruct page;"),
    ("struct slab {", "struct cache; int before; struct slab {"),
    ("FREE, USED", "FREE, IN_USE"),
    ("release_t)(struct page *", "release_t)(const struct page *"),
]

FORMS = [("gcc", "-gdwarf-5"), ("gcc", "-gdwarf-4"), ("clang", "-gdwarf-5")]


class Alike(TrapCase):
    def unit(self, text, compiler, version, name):
        path = self.path(name)
        with open(path + ".c", "w", encoding="ascii") as file:
            file.write(text + f"struct page {name}_page; struct slab {name}_slab;\n")
        self.run_tool(compiler, version, "-w", "-c", path + ".c", "-o", path + ".o")
        return path + ".o"

    def findings(self, first, second):
        path = self.link(first, second)
        code = self.pagelap("--check-all-units", "--overlay", "slab", path).code
        result = self.json("--check-all-units", "--overlay", "slab", path, code=code)
        return result.report()["findings"]

    def changed(self, before, after):
        text = BASE.replace(before, after)
        self.assertNotEqual(text, BASE, before)
        return text

    def test_every_difference_is_found(self):
        for compiler, version in FORMS:
            first = self.unit(BASE, compiler, version, "first")
            for before, after, word in DIFFERENCES:
                with self.subTest(compiler=compiler, version=version, after=after):
                    second = self.unit(self.changed(before, after), compiler, version, "second")
                    finding, = self.findings(first, second)
                    self.assertEqual((finding["rule"], finding["overlay"]), ("ONE-DEFINITION", "slab"))
                    self.assertRegex(finding["message"], word)

    def test_nothing_else_is_one(self):
        for compiler, version in FORMS:
            first = self.unit(BASE, compiler, version, "first")
            for before, after in ALIKE:
                with self.subTest(compiler=compiler, version=version, after=after):
                    second = self.unit(self.changed(before, after), compiler, version, "second")
                    self.assertEqual(self.findings(first, second), [])

    def test_what_a_unit_did_before(self):
        """gcc keeps qualifiers in the order in which the unit made them first."""
        text = BASE.replace("const char *name;", "const volatile int *name; int *const volatile p; const short s[2][3];\n"
                            "\tvoid (*leave)(void) __attribute__((noreturn)); int (*const calls[2])(void);")
        before = ["", "volatile long a; const volatile int b; int *volatile c; int *restrict d;",
                  "const short s[4]; typedef short s3[3]; const s3 t[2]; int (*const c)(void);",
                  "void leave(void) __attribute__((noreturn)); void (*v)(void);"]
        for compiler, version in FORMS:
            objects = [self.unit(more + text, compiler, version, f"unit{number}") for number, more in enumerate(before)]
            for second in objects[1:]:
                with self.subTest(compiler=compiler, version=version, second=second):
                    self.assertEqual(self.findings(objects[0], second), [])

    def test_versions_agree(self):
        objects = [self.unit(BASE, "gcc", f"-gdwarf-{version}", f"unit{version}") for version in "2345"]
        for second in objects[1:]:
            self.assertEqual(self.findings(objects[0], second), [])

    def test_how_many_differ(self):
        other = self.changed("long number", "long digits")
        objects = [self.unit(other if number % 4 == 2 else BASE, "gcc", "-g", f"unit{number}") for number in range(9)]
        path = self.link(*objects)
        finding, = self.json("--check-all-units", "--overlay", "slab", path, code=1).report()["findings"]
        self.assertRegex(finding["message"], "^struct slab: 2 of its 9 definitions differ .*/unit2.c: ")


if __name__ == "__main__":
    main()
