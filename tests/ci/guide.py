# SPDX-License-Identifier: MIT
"""The commands of docs/ci.md, in the order of the page, in a miniature kernel that has pagelap beside it."""
import re
import shutil
import unittest

import toolbox
from toolbox import ROOT, WIDGET_BREAKS, WIDGET_FINDING

GUIDE = ROOT / "docs/ci.md"
BLOCK = re.compile(r"^```bash\n(.*?)^```", re.DOTALL | re.MULTILINE)


class Guide(toolbox.RecipeCase):
    """A block is known by words that only it has."""

    def setUp(self):
        super().setUp()
        self.with_pagelap()
        self.text = GUIDE.read_text(encoding="utf-8")
        self.blocks = BLOCK.findall(self.text)
        (self.work / "pagelap").symlink_to(ROOT)
        self.make_history()

    def make_history(self):
        """v7.1 is good; a topic on top of it, which is checked out, breaks something."""
        kernel = self.kernel
        kernel.git("tag", "v7.1")
        kernel.commit_note("on master")
        kernel.git("update-ref", "refs/remotes/origin/master", "HEAD")
        kernel.git("checkout", "--quiet", "-b", "topic")
        kernel.commit_note("first")
        self.broken = kernel.commit_edit("second", *WIDGET_BREAKS)
        kernel.commit_note("third")
        kernel.git("update-ref", "refs/remotes/origin/topic", "HEAD")

    def block(self, words):
        found = [block for block in self.blocks if words in block]
        self.assertEqual(len(found), 1, words)
        return found[0]

    def run_block(self, words, code):
        result = self.shell(self.block(words), "-eo", "pipefail")
        self.assert_code(result, code)
        return result

    def test_every_block_is_run(self):
        with open(__file__, encoding="utf-8") as file:
            words = re.findall(r'run_block\("([^"]+)"', file.read())
        for block in self.blocks:
            self.assertTrue(any(word in block for word in words), block)

    def test_by_hand(self):
        self.assertRegex(self.run_block("make defconfig prepare", 1).out, WIDGET_FINDING)
        self.kernel.git("clean", "-dffxq")
        self.assertRegex(self.run_block("pagelap check ../build", 1).out, WIDGET_FINDING)
        self.assertRegex(self.run_block("s390x=../s390x", 1).out, WIDGET_FINDING)
        self.kernel.git("checkout", "--quiet", "v7.1")
        for words in ("make defconfig prepare", "pagelap check ../build", "s390x=../s390x"):
            self.assertIn("verdict: clean", self.run_block(words, 0).out)

    def test_baseline_of_an_artifact(self):
        script = "make O=../build defconfig prepare; pagelap check amd64=../build --format json:../pagelap.json"
        self.assert_code(self.shell(script), 1)
        self.run_block("--update-baseline ci/pagelap/baseline.json", 0)
        self.assert_code(self.shell("pagelap check --baseline ci/pagelap/baseline.json amd64=../build"), 0)

    def test_several_configurations(self):
        self.assertRegex(self.run_block("PAGELAP_CONFIGS", 1).out, WIDGET_FINDING)

    def test_bot(self):
        self.run_block("docs/ci/bot.sh", 1)
        found = (self.kernel.path / "findings.txt").read_text(encoding="utf-8").splitlines()
        self.assertEqual(len(found), 1)
        self.assertRegex(found[0], WIDGET_FINDING)

    def test_bisect(self):
        self.assertIn(f"{self.broken} is the first bad commit", self.run_block("docs/ci/bisect.sh", 0).out)

    def test_files_are_listed(self):
        named = set(re.findall(r"\]\(ci/([^)]+)\)", self.text))
        self.assertEqual(named, {path.name for path in toolbox.RECIPES.iterdir()})

    def test_shellcheck(self):
        for block in self.blocks:
            with self.subTest(block):
                toolbox.shellcheck(self, "set -e\n" + block, "bash")


if __name__ == "__main__":
    unittest.main()
