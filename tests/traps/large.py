# SPDX-License-Identifier: MIT
"""Small files that ask for a lot: what is refused, what it takes along, and that what is not refused comes to an end."""
import json
import os
import resource
import subprocess
import sys

from toolbox import PAGELAP, Result, TrapCase, main

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../testdata/miniature"))
import kernel  # noqa: E402
from btf import Btf  # noqa: E402

NAMES = ("page", "folio", "slab", "ptdesc", "zpdesc", "netmem_desc", "ioptdesc")
CPU_SECONDS = 100  # of pagelap, and of each worker: where something goes with the square of a number, it is not enough


def array(count):
    """A page of COUNT bytes."""
    btf = Btf(64, False)
    char, index = btf.integer("char", 1), btf.integer("int", 4)
    btf.struct("page", ("first", char), ("array", btf.array(char, count - 2, index)), ("last", char))
    return btf.raw()


def crowded(count):
    """Overlays of COUNT members on the same word, each a finding or two."""
    btf = Btf(64, False)
    word, half = btf.integer("long unsigned int", 8), btf.integer("unsigned int", 4)
    btf.struct("page", ("flags", word), ("lru", word), ("mapping", word))
    for name in NAMES[1:]:
        members = [("m%d" % number, word if number % 2 else half) for number in range(count)]
        btf.struct(name, ("flags", word), ("", btf.union("", *members)), ("tail", word))
    return btf.raw()


def shared(count):
    """An overlay with COUNT members on the reference count."""
    btf = Btf(64, False)
    word, half = btf.integer("long unsigned int", 8), btf.integer("unsigned int", 4)
    head = [(name, word) for name in ("flags", "lru", "mapping")] + [("_mapcount", half)]
    btf.struct("page", *head, ("_refcount", half))
    btf.struct("ptdesc", *head, ("", btf.union("", *[("r%d" % number, half) for number in range(count)])))
    return btf.raw()


def twofold(count):
    """COUNT fields of the host and as many members of an overlay, all on the same word."""
    btf = Btf(64, False)
    word = btf.integer("long unsigned int", 8)
    for name in ("page", "slab"):
        names = btf.union("", *[("%s%d" % (name, number), word) for number in range(count)])
        btf.struct(name, ("flags", word), ("", names), ("mapping", word))
    return btf.raw()


def access(number):
    """One of a function's two, both in one directory: half of all by one name of a byte, half by the other."""
    record, field = (("page", "lru.next"), ("slab", "slab_cache"))[number % 2]
    return {"file": "mm/a.c", "line": number + 1, "column": 1, "function": "f%d" % (number // 2), "record": record,
            "field": field, "kind": "read", "through": None, "callee": None, "bits": None}


class Large(TrapCase):
    def write(self, name, content):
        with open(self.path(name), "wb") as file:
            file.write(content if isinstance(content, bytes) else json.dumps(content).encode())
        return name

    def bounded(self, command, *arguments):
        def limit():
            resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))

        done = subprocess.run([PAGELAP, command, *arguments], cwd=self.work, capture_output=True, text=True, check=False,
                              preexec_fn=limit)
        self.assertNotIn("Sanitizer", done.stderr)
        self.assertIn(done.returncode, (0, 1, 2, 3), done.stderr)
        return Result(done)

    def saved(self, name, *sources):
        self.write("le64.btf", kernel.files()["le64.btf"])
        report = self.json(*sources).report()
        report["targets"][0]["name"] = name
        return report

    def write_usage(self, name, report, accesses):
        usage = {"units": 1, "read": 1, "skipped": 0, "shard": 1, "shards": 1, "lost": []}
        report["targets"][0].update(accesses=accesses, casts=[], usage=usage)
        self.write(name, report)

    def test_records_of_more_than_a_mebibyte(self):
        self.write("most", array(1 << 20))
        self.assertEqual(self.json("most").record("page")["size_bytes"], 1 << 20)
        self.write("more", array((1 << 20) + 1))
        self.assert_failure("more", "more: struct page has a size of 8388616 bits")
        self.write("absurd", array(200 << 20))
        self.assert_failure("absurd", "absurd: struct page has a size of 1677721600 bits")

    def test_more_members_than_can_be_mapped(self):
        self.write("crowd", crowded(6000))
        self.assert_failure("crowd", "crowd: page and its overlays are too large to be mapped")

    def test_it_costs_its_own_target_only(self):
        self.write("crowd", crowded(6000))
        self.write("le64.btf", kernel.files()["le64.btf"])
        result = self.json("le64.btf", "crowd", code=2)
        self.assertEqual([target["name"] for target in result.report()["targets"]], ["le64.btf"])

    def test_what_many_targets_of_one_source_take_is_added_up(self):
        self.write("crowd", crowded(8000))
        both = self.saved("a", "--overlay", "folio", "crowd")
        self.assertEqual(len(both["targets"]), 1)
        one = both["targets"][0]
        both["targets"] = [dict(one, name="t%d" % number) for number in range(40)]
        self.write("many.json", both)
        result = self.json("many.json", code=2)
        report = result.report()
        kept = [target["name"] for target in report["targets"]]
        self.assertEqual(kept, ["t%d" % number for number in range(len(kept))])
        self.assertTrue(0 < len(kept) < 40, len(kept))
        self.assertEqual([failure["target"] for failure in report["failures"]],
                         ["t%d" % number for number in range(len(kept), 40)])
        self.assertEqual(report["failures"][0]["message"],
                         "crowd: with the targets before it in this source, it is too large to be mapped")

    def test_more_targets_than_anybody_has(self):
        report = self.saved("a", "le64.btf")
        report["targets"] *= 4097
        self.write("many.json", report)
        self.assert_failure("many.json", "many.json: targets: more than 4096")

    def test_more_rules_than_anybody_has(self):
        self.write("le64.btf", kernel.files()["le64.btf"])
        report = self.bounded("check", "--format", "json", "le64.btf").report()
        report["rules"] = [dict(report["rules"][0], id="R%d" % number) for number in range(4096)]
        self.write("most.json", report)
        self.json("most.json", code=1)
        report["rules"] *= 2
        self.write("more.json", report)
        self.assert_failure("more.json", "more.json: rules: more than 4096")

    def test_a_pack_has_no_more_rules_than_a_report(self):
        self.write("le64.btf", kernel.files()["le64.btf"])
        rules = [{"id": "R%d" % number, "title": "t", "why": "w", "severity": "info", "kind": "hole"}
                 for number in range(4096)]
        pack = {"schema": "pagelap-rules/1", "name": "p", "host": "page", "overlays": [], "rules": rules}
        self.write("most.pack", pack)
        self.write("most.json", self.bounded("check", "--rules", "most.pack", "--format", "json", "le64.btf").report())
        self.assertEqual(len(self.json("most.json").report()["rules"]), 4096)
        pack["rules"].append(dict(rules[0], id="R"))
        self.write("more.pack", pack)
        result = self.bounded("check", "--rules", "more.pack", "le64.btf")
        self.assertEqual((result.code, result.err), (3, "pagelap check: more.pack: \"rules\": more than 4096\n"))

    def test_more_suppressions_than_can_be_held_against_findings(self):
        self.write("crowd", crowded(2600))
        entry = {"rule": "*[A-Z]" * 50 + "*[0-9]", "reason": "r"}
        for count, code in ((10, 1), (1000, 2)):
            self.write("s.json", {"schema": "pagelap-suppressions/1", "suppressions": [entry] * count})
            result = self.bounded("check", "--suppressions", "s.json", "--quiet", "crowd")
            self.assertEqual(result.code, code, result.err)
        self.assertEqual(result.err, "pagelap check: s.json: there is too much in it to be held against so many findings\n")

    def test_targets_of_one_name_come_to_an_end(self):
        report = self.saved("a", "--overlay", "slab", "le64.btf")
        report["targets"] *= 400
        self.write("many.json", report)
        result = self.bounded("layout", "--format", "json", "many.json")
        self.assertEqual([target["name"] for target in result.report()["targets"]][-2:], ["a#399", "a#400"])

    def test_many_findings_come_to_an_end(self):
        self.write("crowd", crowded(2600))
        result = self.bounded("check", "--format", "json", "crowd")
        self.assertEqual(result.code, 1, result.err)
        self.assertGreater(len(result.report()["findings"]), 10000)

    def test_many_accesses_come_to_an_end(self):
        self.write_usage("usage.json", self.saved("a", "le64.btf"), [access(number) for number in range(100000)])
        result = self.bounded("check", "--format", "json", "usage.json")
        found = [finding for finding in result.report()["findings"] if finding["rule"] == "CROSS-DESC-ALIAS"]
        self.assertEqual([len(finding["occurrences"][0]["evidence"]) for finding in found], [100000])

    def test_more_uses_than_can_be_compared(self):
        accesses = [dict(access(number), field="f%d" % number) for number in range(24000)]
        accesses.append(dict(access(0), file="fs/b.c", field="_refcount", kind="write"))
        self.write_usage("usage.json", self.saved("a", "le64.btf"), accesses)
        self.write("other.btf", kernel.files()["le64.btf"])
        result = self.bounded("check", "--fail-on", "none", "--format", "json", "usage.json", "other.btf")
        self.assertEqual((result.code, result.err),
                         (2, "pagelap: le64.btf: there is too much code in it for CROSS-DESC-ALIAS\n"))
        targets = {finding["rule"]: finding["occurrences"][0]["targets"] for finding in result.report()["findings"]}
        self.assertEqual(targets["HOLE"], ["a", "other.btf"])
        self.assertEqual(targets["REFCOUNT-CHANGED"], ["a"])  # which comes after the one that gave up

    @staticmethod
    def other_than_words(result):
        """These hosts have few of the fields that the rule pack looks for, which is told, too."""
        return [line for line in result.err.splitlines() if " has no " not in line]

    def test_more_names_of_one_word_than_can_be_told(self):
        self.write("twofold", twofold(400))
        accesses = [dict(access(number), record=record, field="%s%d" % (record, number))
                    for record in ("page", "slab") for number in range(400)]
        self.write_usage("usage.json", self.saved("a", "twofold"), accesses)
        result = self.bounded("check", "--format", "json:/dev/null", "usage.json")
        self.assertEqual(self.other_than_words(result), ["pagelap: twofold: there is too much code in it for CROSS-DESC-ALIAS"])

    def test_many_uses_of_many_members_come_to_an_end(self):
        count = 2000
        self.write("shared", shared(count))
        accesses = [dict(access(number), file="fs/b.c", record="ptdesc", field="r%d" % (number % count), kind="write")
                    for number in range(50000)]
        self.write_usage("usage.json", self.saved("a", "shared"), accesses)
        result = self.bounded("check", "--format", "json", "usage.json")
        self.assertEqual(self.other_than_words(result), ["pagelap: shared: there is too much code in it for UNION-COLIVE"])
        found = [finding for finding in result.report()["findings"] if finding["rule"] == "REFCOUNT-CHANGED"]
        self.assertEqual([len(finding["occurrences"][0]["evidence"]) for finding in found], [50000 // count] * count)
        self.assertEqual(self.bounded("usage", "usage.json").code, 0)

    def test_many_findings_that_are_fixed_come_to_an_end(self):
        self.write("le64.btf", kernel.files()["le64.btf"])
        report = self.bounded("check", "--format", "json", "le64.btf").report()
        finding = report["findings"][0]
        report["findings"] += [dict(finding, member="m%d" % number)
                               for number in range(150000)]
        self.write("before.json", report)
        result = self.bounded("check", "--baseline", "before.json", "--format", "json", "le64.btf")
        self.assertEqual(len(result.report()["baseline"]["fixed"]), 150000)


if __name__ == "__main__":
    main()
