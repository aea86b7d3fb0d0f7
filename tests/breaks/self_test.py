#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Does scripts/mutate-code tell what is noticed from what is not? On a project in miniature, with breaks made by hand."""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
SCRIPT = os.path.join(HERE, "../../scripts/mutate-code")
MINIATURE = os.path.join(HERE, "miniature")
FILE = "analyzer/total.c"
SKIPPED = 77
sys.dont_write_bytecode = True
sys.path.insert(0, HERE)
import edits  # noqa: E402


def all_of(line, before=";", others=None):
    code = edits.mask(line)
    kinds = edits.of_line(line, code, before, others or {})
    return {(edit.kind, edit.after.strip()) for kind in kinds.values() for edit in kind}


class Edits(unittest.TestCase):
    def test_operators(self):
        self.assertEqual(all_of("\tif (a == b)"), {("operator", "if (a != b)"), ("condition", "if (true)"),
                                                   ("condition", "if (false)")})
        self.assertEqual(all_of("\twhile (!*p && a->b)"),
                         {("operator", "while (!*p || a->b)"), ("not", "while (*p && a->b)"), ("condition", "while (false)")})

    def test_constants(self):
        self.assertEqual(all_of("\tx = y(7u, \"8\");", before="("),
                         {("constant", "x = y(8u, \"8\");"), ("constant", "x = y(6u, \"8\");")})
        self.assertEqual(all_of("\tx = true;", before="("), {("constant", "x = false;")})

    def test_statements(self):
        self.assertEqual(all_of("\t\tPL_TRY(take(it));"),
                         {("error ignored", "pl_error_free(take(it));"), ("statement", "(void)0;")})
        self.assertEqual(all_of("\t\tlast of a longer one);", before="first(is,"), set())

    def test_members_and_arguments(self):
        others = edits.siblings(["struct it {\n\tsize_t here, there;\n\tint other;\n};"])
        self.assertEqual(all_of("\tif (it->here(a, b))", others=others) & {("member", "if (it->there(a, b))")}, set())
        self.assertIn(("member", "x = it->there;"), all_of("\tx = it->here;", others=others))
        self.assertNotIn(("member", "x = it->other;"), all_of("\tx = it->here;", others=others))
        self.assertIn(("arguments", "if (f(b, a))"), all_of("\tif (f(a, b))"))

    def test_only_code(self):
        text = "#define A \\\n\t1\n/* a\n * b == c\n */\nint a(void)\n{\n\treturn 1; /* + */\n}\n"
        self.assertEqual([line for _, line, _ in edits.code_lines(text)], ["int a(void)", "\treturn 1; /* + */"])


class Script(unittest.TestCase):
    """The script as a whole."""

    @classmethod
    def setUpClass(cls):
        cls.directory = tempfile.TemporaryDirectory(dir="/var/tmp", prefix="pagelap-breaks-")
        cls.addClassCleanup(cls.directory.cleanup)

    def run_script(self, *arguments):
        return subprocess.run([SCRIPT, "--tree", MINIATURE, "--scratch", os.path.join(self.directory.name, "scratch"),
                               "--patience", "2", *arguments], capture_output=True, text=True, check=False)

    def planted(self, *breaks):
        """What comes of BREAKS, each a line and what becomes of it."""
        path, result = (os.path.join(self.directory.name, name) for name in ("planted", "result"))
        with open(path, "w", encoding="utf-8") as file:
            json.dump([{"file": FILE, "line": 1, "kind": "planted", "before": before, "after": after, "caught": None}
                       for before, after in breaks], file)
        done = self.run_script("--again", path, "--record", result)
        with open(result, encoding="utf-8") as file:
            return done, json.load(file)

    def test_caught(self):
        done, records = self.planted(("\t\tsum += numbers[i];", "\t\tsum -= numbers[i];"),
                                     ("\tfor (unsigned i = 0; i < n; i++)", "\tfor (unsigned i = 0; i < n; i += 0)"))
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertEqual([(record["caught"], record["reason"]) for record in records],
                         [("unit.total", "exit code 1"), ("unit.total", "too long")])
        self.assertIn("unit.fails (exit code 1), unit.skipped (skipped)", done.stdout)

    def test_survives(self):
        done, records = self.planted(("\t\treturn number * 2;", "\t\treturn number * 3;"),
                                     ("\tif (twice)", "\tif (twice > 0)"))
        self.assertEqual(done.returncode, 1, done.stdout + done.stderr)
        self.assertEqual([(record["caught"], record["tests"]) for record in records], [(None, 0), (None, 1)])
        self.assertIn("no test reaches it", done.stdout)

    def test_not_counted(self):
        done, records = self.planted(("\treturn sum;", "\treturn sum + 0;"), ("\treturn sum;", "\treturn sums;"),
                                     ("\tunsigned sum = 0;", "\tunsigned sum = 0, unused;"))
        self.assertEqual((done.returncode, records), (0, []), done.stdout + done.stderr)

    def test_drawn(self):
        first, again = (self.run_script("--seed", "3", "--count", "2") for _ in range(2))
        places = [[line for line in done.stdout.split("\n") if line.startswith(("  -", "  +"))] for done in (first, again)]
        self.assertEqual(len(places[0]), 4, first.stdout + first.stderr)
        self.assertEqual(*places)

    def test_usage(self):
        self.assertEqual(self.run_script("--bogus").returncode, 3)
        self.assertEqual(self.run_script("--file", "nothing").returncode, 3)
        self.assertEqual(self.run_script("--scratch", "/tmp/hidden").returncode, 3)


def namespaces():
    """Whether broken code can be kept from doing harm here."""
    probe = ["unshare", *([] if os.geteuid() == 0 else ["--map-root-user"]), "--pid", "--fork", "--mount", "--net", "sh", "-ec",
             "mount -t tmpfs tmpfs /tmp; cd /tmp; mkdir a b c; mount -t overlay -o lowerdir=a,upperdir=b,workdir=c overlay a"]
    return subprocess.run(probe, capture_output=True, check=False).returncode == 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.parse_args()
    if not namespaces():
        print("skipped: no namespaces or no overlayfs, in which broken code could do no harm")
        sys.exit(SKIPPED)
    unittest.main()
