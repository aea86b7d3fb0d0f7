# SPDX-License-Identifier: MIT
"""docs/scale.md: the job array, by the commands of the page, and the steps of the matrix that run pagelap."""
import json
import re
import sys
import unittest

try:
    import yaml
except ImportError:
    print("skipped: python3-yaml is not installed")
    sys.exit(77)

import toolbox
from toolbox import RECIPES, ROOT, WIDGET_BREAKS, WIDGET_FINDING

SCRIPT = RECIPES / "array.sh"
ARCHS = ["x86_64", "arm64", "s390"]


class Scale(toolbox.RecipeCase):
    def setUp(self):
        super().setUp()
        self.with_pagelap()
        self.link_tools(self.tools, "sbatch")
        (self.kernel.path / "array.sh").symlink_to(SCRIPT)
        self.reports = self.kernel.path / ".git/pagelap"

    def targets(self, path):
        return [target["name"] for target in json.loads(path.read_text(encoding="utf-8"))["targets"]]

    def submit(self):
        text = (ROOT / "docs/scale.md").read_text(encoding="utf-8")
        block = re.search(r"^```bash\n(.*?)^```", text, re.DOTALL | re.MULTILINE).group(1)
        return self.shell(block, "-eo", "pipefail")

    def test_array(self):
        result = self.submit()
        self.assert_code(result, 0)
        self.assertIn("verdict: clean", result.out)
        self.assertEqual(self.targets(self.reports / "all.json"), [f"{arch}-defconfig" for arch in sorted(ARCHS)])

    def test_array_gates(self):
        self.kernel.edit(*WIDGET_BREAKS)
        result = self.submit()
        self.assert_code(result, 1)
        self.assertRegex(result.out, WIDGET_FINDING)

    def test_task_that_failed_is_missed(self):
        """Also when an earlier run has left its report."""
        self.assert_code(self.submit(), 0)
        (self.stand_in / "empty").write_text("s390", encoding="utf-8")
        (self.kernel.path / ".git/pagelap/s390-defconfig/include/generated/bounds.h").unlink()
        (self.kernel.path / "UNPREPARABLE").touch()
        result = self.submit()
        self.assert_code(result, 2)
        self.assertIn("s390-defconfig.json: No such file or directory", result.err)

    def test_array_is_clean(self):
        toolbox.shellcheck(self, SCRIPT, "bash")

    def test_task_without_a_number(self):
        result = self.run_command("bash", SCRIPT)
        self.assert_code(result, 3)
        self.assertIn("which task?", result.err)

    def step(self, job, name):
        workflow = yaml.safe_load((RECIPES / "matrix.yml").read_text(encoding="utf-8"))
        found = [step for step in workflow["jobs"][job]["steps"] if step["name"] == name]
        self.assertEqual(len(found), 1, name)
        return found[0]["run"]

    def run_matrix(self):
        workflow = yaml.safe_load((RECIPES / "matrix.yml").read_text(encoding="utf-8"))
        self.assertEqual(workflow["env"]["PAGELAP_REF"], toolbox.release())
        self.assertEqual(workflow["jobs"]["check"]["strategy"]["matrix"]["arch"], ARCHS)
        self.assertEqual(workflow["jobs"]["check"]["env"], {"ARCH": "${{ matrix.arch }}"})
        for job in workflow["jobs"].values():
            for step in job["steps"]:
                self.assertNotIn("${{", step.get("run", ""), "what an expression says would be run")
        self.shell("apt-get update")
        for arch in ARCHS:
            runner = self.folder(f"runner-{arch}")
            result = self.shell(self.step("check", "Check"), "-eo", "pipefail",
                                environment={"ARCH": arch, "RUNNER_TEMP": str(runner)})
            self.assert_code(result, 0)
        return self.shell(self.step("join", "Join"), "-eo", "pipefail")

    def test_matrix(self):
        result = self.run_matrix()
        self.assert_code(result, 0)
        self.assertEqual(self.targets(self.kernel.path / "pagelap.json"), sorted(ARCHS))

    def test_matrix_gates(self):
        self.kernel.edit(*WIDGET_BREAKS)
        result = self.run_matrix()
        self.assert_code(result, 1)
        self.assertRegex(result.out, WIDGET_FINDING)

    def test_matrix_misses_a_report(self):
        self.assert_code(self.run_matrix(), 0)
        (self.kernel.path / "s390.json").unlink()
        self.assert_code(self.shell(self.step("join", "Join"), "-eo", "pipefail"), 2)


if __name__ == "__main__":
    unittest.main()
