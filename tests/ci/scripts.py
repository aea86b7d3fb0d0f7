# SPDX-License-Identifier: MIT
"""docs/ci/check.sh, bot.sh and bisect.sh, on a history of which one commit breaks a descriptor."""
import unittest

import toolbox
from toolbox import RECIPES, SLAB_BREAKS, SUPPRESSIONS, WIDGET, WIDGET_BREAKS, WIDGET_FINDING


class ScriptCase(toolbox.RecipeCase):
    def setUp(self):
        super().setUp()
        self.with_pagelap()

    def make_history(self):
        """Commits by name: "unprepared" cannot be prepared, "broken" has the one new finding."""
        kernel = self.kernel
        return {
            "base": self.base,
            "note": kernel.commit_note("note"),
            "unprepared": kernel.commit_file("unprepared", "UNPREPARABLE", ""),
            "prepared": self.commit_removal("prepared", "UNPREPARABLE"),
            "broken": kernel.commit_edit("broken", *WIDGET_BREAKS),
            "moved": kernel.commit_note("moved", WIDGET),
            "last": kernel.commit_note("last"),
        }

    def commit_removal(self, subject, name):
        (self.kernel.path / name).unlink()
        return self.kernel.commit(subject)

    def script(self, name, *arguments, **environment):
        return self.run_command(RECIPES / name, *arguments, environment=environment)


class Check(ScriptCase):
    def test_clean(self):
        result = self.script("check.sh", "--format", "plain", "--fail-on", "error")
        self.assert_code(result, 0)
        self.assertNotIn(": error: ", result.out)
        self.assertEqual([line.split()[4] for line in self.log()], ["ARCH=x86_64", "ARCH=arm64"])
        self.assertEqual(self.kernel.git("status", "--porcelain"), "")

    def test_names_of_targets(self):
        result = self.script("check.sh", "--format", "json", PAGELAP_CONFIGS="x86_64/defconfig\ns390/defconfig\n")
        self.assert_code(result, 0)
        self.assertIn('"x86_64-defconfig"', result.out)
        self.assertIn('"s390-defconfig"', result.out)

    def test_finding(self):
        self.kernel.edit(*WIDGET_BREAKS)
        result = self.script("check.sh", "--format", "plain")
        self.assert_code(result, 1)
        self.assertRegex(result.out, WIDGET_FINDING)

    def test_unprepared(self):
        (self.kernel.path / "UNPREPARABLE").touch()
        result = self.script("check.sh", "--format", "plain")
        self.assert_code(result, 2)
        self.assertIn("arm64-defconfig could not be prepared:\nmake: *** [Kbuild:44", result.err)
        self.assertIn("could not tell", result.out)

    def test_unprepared_on_what_was_there(self):
        self.assert_code(self.script("check.sh"), 0)
        (self.kernel.path / "UNPREPARABLE").touch()
        result = self.script("check.sh", "--format", "plain")
        self.assert_code(result, 2)
        self.assertNotIn("could not tell", result.out)
        self.kernel.edit(*SLAB_BREAKS)
        result = self.script("check.sh", "--format", "plain")
        self.assert_code(result, 1)
        self.assertIn("[ASSERTION]", result.out)

    def test_without_llvm_there_is_no_cross_compiler(self):
        self.assert_code(self.script("check.sh", LLVM=""), 2)

    def test_no_place_to_build(self):
        """1 would be a finding, and a bad commit to git bisect."""
        self.assert_code(self.script("check.sh", PAGELAP_BUILD="/dev/null/x"), 2)
        self.assert_code(self.script("bisect.sh", PAGELAP_BUILD="/dev/null/x"), 125)
        self.assert_code(self.script("array.sh", PAGELAP_BUILD="/dev/null/x", SLURM_ARRAY_TASK_ID="0"), 2)
        self.assert_code(self.script("bot.sh", "HEAD^!", TMPDIR="/dev/null/x"), 2)

    def test_no_such_task(self):
        for task in ("", "x", "9"):
            self.assert_code(self.script("array.sh", SLURM_ARRAY_TASK_ID=task), 3)

    def test_usage(self):
        self.assert_code(self.script("check.sh", "--no-such-option"), 3)
        for configs in ("defconfig", "x86_64/", "../x86/defconfig", "-C/defconfig"):
            self.assert_code(self.script("check.sh", PAGELAP_CONFIGS=configs), 3)


class Bot(ScriptCase):
    def bot(self, *arguments, **environment):
        result = self.script("bot.sh", *arguments, **environment)
        self.assertEqual(list((self.work / "tmp").iterdir()), [])
        self.assertEqual(len(self.kernel.git("worktree", "list").splitlines()), 1)
        return result

    def told(self, result, commit):
        """What standard error says of a commit, after its name."""
        lines = [line.removeprefix("bot.sh: ") for line in result.err.splitlines() if line.startswith("bot.sh: ")]
        subjects = [index for index, line in enumerate(lines) if line.endswith('")')]
        for index in subjects:
            if self.kernel.git("rev-parse", lines[index].split()[0]) == commit:
                end = min([other for other in subjects if other > index], default=len(lines))
                return lines[index + 1:end]
        raise AssertionError(f"nothing is told of {commit}:\n{result}")

    def test_names_the_new_finding_only(self):
        history = self.make_history()
        result = self.bot(f"{self.base}..master")
        self.assert_code(result, 1)
        self.assertEqual(len(result.out.splitlines()), 1, str(result))
        self.assertRegex(result.out, WIDGET_FINDING)
        self.assertEqual(self.told(result, history["broken"]), ["NEW FINDINGS"])
        self.assertEqual(self.told(result, history["unprepared"]), ["could not tell"])
        for name in ("note", "prepared", "moved", "last"):
            self.assertEqual(self.told(result, history[name]), ["nothing new"], name)

    def test_old_findings_are_not_named(self):
        history = self.make_history()
        result = self.bot(f"{history['broken']}..master")
        self.assert_code(result, 0)
        self.assertEqual(result.out, "")

    def test_could_not_tell(self):
        history = self.make_history()
        result = self.bot(f"{self.base}..{history['prepared']}")
        self.assert_code(result, 2)
        self.assertEqual(result.out, "")
        self.assertIn("arm64-defconfig could not be prepared", result.err)

    def test_could_not_be_read(self):
        unreadable = self.kernel.commit_edit("unreadable", "mm/slab.h", "#include <linux/mm.h>",
                                             "#include <linux/nothing.h>")
        result = self.bot("HEAD^!")
        self.assert_code(result, 2)
        self.assertEqual(result.out, "")
        self.assertEqual(self.told(result, unreadable), ["could not tell"])
        self.assertRegex(result.err, "arm64-defconfig: error: could not tell: .*linux/nothing.h")

    def test_finding_outweighs_what_could_not_be_told(self):
        self.kernel.commit_edit("broken", *WIDGET_BREAKS)
        unprepared = self.kernel.commit_file("unprepared", "UNPREPARABLE", "")
        result = self.bot(f"{self.base}..master")
        self.assert_code(result, 1)
        self.assertEqual(self.told(result, unprepared), ["could not tell"])

    def test_oldest_first(self):
        for subject in ("one", "two", "three"):
            self.kernel.commit_note(subject)
        result = self.bot(f"{self.base}..master")
        told = [line.split('"')[1] for line in result.err.splitlines() if '("' in line]
        self.assertEqual(told, ["one", "two", "three"])

    def test_parent_could_not_be_read(self):
        history = self.make_history()
        result = self.bot(f"{history['prepared']}^!")
        self.assert_code(result, 2)
        self.assertEqual(result.out, "")
        self.assertEqual(self.told(result, history["prepared"]), ["its parent could not be read", "could not tell"])

    def test_unreadable_architecture_beside_a_finding(self):
        history = self.make_history()
        (self.stand_in / "empty").write_text("arm64", encoding="utf-8")
        result = self.bot(f"{history['broken']}^!")
        self.assert_code(result, 2)
        self.assertEqual(self.told(result, history["broken"]), ["its parent could not be read", "could not tell"])

    def test_broken_assertion_that_stops_make(self):
        (self.kernel.path / "UNPREPARABLE").touch()
        broken = self.kernel.commit_edit("slab", *SLAB_BREAKS)
        result = self.bot(f"{self.base}..master")
        self.assert_code(result, 1)
        self.assertEqual(self.told(result, broken), ["NEW FINDINGS"])
        self.assertIn("[ASSERTION]\n", result.out)
        self.assertRegex(result.out, r"(?m)^mm/slab\.h:\d+: error: slab\.__page_type .* \[OFFSET-MATCH\]$")
        for line in result.out.splitlines():
            self.assertRegex(line, r"^[^ ]+: (error|warning|info): .*slab.* \[[A-Z-]+\]$")

    def test_suppressed(self):
        history = self.make_history()
        path = self.work / "suppressions.json"
        path.write_text(SUPPRESSIONS, encoding="utf-8")
        result = self.bot(f"{history['broken']}^!", "--suppressions", path)
        self.assert_code(result, 0)
        self.assertEqual(result.out, "")

    def test_severity_that_gates(self):
        history = self.make_history()
        result = self.bot(f"{history['broken']}^!", "--fail-on", "none")
        self.assert_code(result, 0)
        self.assertRegex(result.out, WIDGET_FINDING)

    def test_merges_are_left_out(self):
        self.kernel.git("checkout", "--quiet", "-b", "topic")
        self.kernel.commit_edit("broken", *WIDGET_BREAKS)
        self.kernel.git("checkout", "--quiet", "master")
        self.kernel.commit_note("note")
        self.kernel.git("merge", "--quiet", "--no-edit", "topic")
        result = self.bot(f"{self.base}..master")
        self.assert_code(result, 1)
        self.assertEqual(len(result.out.splitlines()), 1, str(result))

    def test_works_on_the_tree_as_committed(self):
        self.kernel.commit_note("note")
        self.kernel.edit(*WIDGET_BREAKS)
        result = self.bot("HEAD^!")
        self.assert_code(result, 0)
        self.assertEqual(self.kernel.git("status", "--porcelain"), f"M {WIDGET}")

    def test_root_has_no_parent(self):
        result = self.bot("master^!")
        self.assert_code(result, 2)
        self.assertEqual(self.told(result, self.base), ["it has no parent to be held against", "could not tell"])

    def test_no_commits(self):
        self.assert_code(self.bot("master..master"), 0)

    def test_usage(self):
        self.kernel.commit_note("note")
        for arguments in ((), ("master",), ("--fail-on",), ("nothing..master",), ("HEAD^!", "--no-such-option"),
                          ("HEAD^!", "--suppressions", "nothing.json")):
            result = self.bot(*arguments)
            self.assert_code(result, 3)
            self.assertEqual(result.out, "")
            self.assertNotEqual(result.err, "")
        self.assert_code(self.bot("HEAD^!", PAGELAP_CONFIGS="defconfig"), 3)

    def test_pagelap_is_not_there(self):
        self.kernel.commit_note("note")
        (self.tools / "pagelap").unlink()
        self.assert_code(self.bot("HEAD^!"), 3)


class Bisect(ScriptCase):
    def bisect(self, *arguments, good=None):
        self.kernel.git("bisect", "start", "master", good or self.base)
        return self.run_command("git", "bisect", "run", RECIPES / "bisect.sh", *arguments)

    def test_finds_the_commit(self):
        history = self.make_history()
        result = self.bisect()
        self.assert_code(result, 0)
        self.assertIn(f"{history['broken']} is the first bad commit", result.out)

    def test_skips_what_could_not_be_told(self):
        """The first commit in the middle is one that cannot be prepared."""
        for subject in ("one", "two"):
            self.kernel.commit_note(subject)
        self.kernel.commit_file("unprepared", "UNPREPARABLE", "")
        self.commit_removal("prepared", "UNPREPARABLE")
        broken = self.kernel.commit_edit("broken", *WIDGET_BREAKS)
        self.kernel.commit_note("after")
        result = self.bisect()
        self.assert_code(result, 0)
        self.assertIn(f"{broken} is the first bad commit", result.out)
        self.assertIn("git bisect skip", self.kernel.git("bisect", "log"))

    def test_baseline_of_the_good_commit(self):
        old = self.kernel.commit_edit("old", *WIDGET_BREAKS)
        good = self.kernel.commit_note("good")
        baseline = self.work / "good.json"
        self.assert_code(self.script("check.sh", "--fail-on", "none", "--update-baseline", baseline, "--accept-new"), 0)
        self.kernel.commit_note("between")
        broken = self.kernel.commit_edit("broken", *SLAB_BREAKS)
        self.kernel.commit_note("after")
        result = self.bisect("--baseline", baseline, good=good)
        self.assertIn(f"{broken} is the first bad commit", result.out)
        self.kernel.git("bisect", "reset")
        result = self.bisect()
        self.assertIn(f"{old} is the first bad commit", result.out)

    def test_usage_stops_it(self):
        self.make_history()
        result = self.bisect("--no-such-option")
        self.assertNotEqual(result.code, 0)
        self.assertIn("exit code 131", result.out + result.err)
        self.assertNotIn("first bad commit", result.out)

    def test_pagelap_is_not_there(self):
        self.make_history()
        (self.tools / "pagelap").unlink()
        result = self.bisect()
        self.assertNotEqual(result.code, 0)
        self.assertIn("exit code 255", result.out + result.err)


class Text(unittest.TestCase):
    def test_shellcheck(self):
        scripts = sorted(RECIPES.glob("*.sh"))
        self.assertEqual(len(scripts), 4)
        for script in scripts:
            with self.subTest(script.name):
                toolbox.shellcheck(self, script, "bash")

    def test_head(self):
        for script in RECIPES.glob("*.sh"):
            lines = script.read_text(encoding="utf-8").splitlines()
            self.assertEqual(lines[:2], ["#!/usr/bin/env bash", "# SPDX-License-Identifier: MIT"])
            self.assertTrue(script.stat().st_mode & 0o111, script)


if __name__ == "__main__":
    unittest.main()
