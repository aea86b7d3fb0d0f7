# SPDX-License-Identifier: MIT
"""Workers that say what no reader says: their own target is lost, and the others are reported."""
import json
import os

from toolbox import TrapCase, main


class Forged(TrapCase):
    def setUp(self):
        super().setUp()
        self.library = self.path("forger.so")
        self.run_tool("gcc", "-shared", "-fPIC", "-O2", "forger.c", "-o", self.library)
        self.page = self.compile("page.c", "-g")
        os.symlink(self.page, self.path("forge"))
        self.good = self.json("good=" + self.page).report()["targets"]
        self.own = self.json("forge").report()

    def run_forged(self, result):
        options = os.environ.get("ASAN_OPTIONS", "") + ":verify_asan_link_order=0"
        return self.pagelap("--format", "json", "good=" + self.page, "forge",
                            environment={"LD_PRELOAD": self.library, "FORGED": result, "ASAN_OPTIONS": options})

    def assert_lost(self, forged, message):
        result = self.run_forged(forged)
        self.assertEqual((result.code, result.err), (2, "pagelap: %s\n" % message))
        self.assertEqual(result.report()["targets"], self.good)
        self.assertEqual([failure["target"] for failure in result.report()["failures"]], ["forge"])

    def test_what_is_no_report(self):
        self.assert_lost("{}", 'forge: schema: expected "pagelap-report/1"')
        self.assert_lost('{"schema": ', "forge:1:11: unexpected token near end of file")
        self.assert_lost("[" * 100000, "forge:1:2049: maximum parsing depth reached near '['")

    def test_a_report_of_nothing(self):
        self.assert_lost(json.dumps(dict(self.own, targets=[], failures=[])), "forge: there is no target in it")

    def test_a_second_target_that_does_not_hold(self):
        second = dict(self.own["targets"][0], host="nothing")
        self.assert_lost(json.dumps(dict(self.own, targets=self.own["targets"] + [second])),
                         "forge: there is no struct or union nothing in it")


if __name__ == "__main__":
    main()
