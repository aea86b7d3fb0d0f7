# SPDX-License-Identifier: MIT
"""docs/ci/gitlab.yml: is it a job, and what does it do? Its commands are run as GitLab's runner does, in a clone of a
miniature kernel."""
import json
import re
import shutil
import sys
import unittest

try:
    import yaml
except ImportError:
    print("skipped: python3-yaml is not installed")
    sys.exit(77)

import toolbox
from toolbox import RECIPES, SLAB_BREAKS, SUPPRESSIONS, WIDGET_BREAKS, WIDGET_FINDING

JOBS = RECIPES / "gitlab.yml"

# The keys that may be used, of those that there are: https://docs.gitlab.com/ci/yaml/
JOB_KEYS = {"stage", "image", "rules", "variables", "cache", "before_script", "script", "after_script", "artifacts",
            "allow_failure", "timeout"}
RULE_KEYS = {"if", "changes", "when"}
CACHE_KEYS = {"key", "paths", "policy"}
ARTIFACT_KEYS = {"when", "expire_in", "paths", "name"}
STAGES = {"build", "test", "deploy"}
# What GitLab sets of the variables that may be used.
PREDEFINED = {"CI_SERVER_URL", "CI_PROJECT_NAMESPACE", "CI_PIPELINE_SOURCE", "CI_COMMIT_BRANCH", "CI_DEFAULT_BRANCH"}


class Wrong(Exception):
    """This is no job."""


def require(what, condition):
    if not condition:
        raise Wrong(what)


def check_keys(what, mapping, known, needed=()):
    require(f"{what} is no mapping", isinstance(mapping, dict) and mapping)
    require(f"{what} has {set(mapping) - known}", set(mapping) <= known)
    require(f"{what} lacks {set(needed) - set(mapping)}", set(needed) <= set(mapping))


def check_texts(what, texts):
    require(f"{what} is no list of texts", isinstance(texts, list) and texts)
    for text in texts:
        # A colon and a space make a mapping of a command.
        require(f"{what}: {text!r} is no text", isinstance(text, str))


def variables_in(text):
    return set(re.findall(r"\$\{?([A-Za-z_]\w*)", text))


def check_job(name, job):
    check_keys(name, job, JOB_KEYS, ["image", "script", "artifacts", "cache"])
    require(f"{name}: stage", job["stage"] in STAGES)
    for rule in job["rules"]:
        check_keys(f"{name}, a rule", rule, RULE_KEYS)
        require(f"{name}: {rule}", variables_in(rule["if"]) <= PREDEFINED)
    for variable, value in job["variables"].items():
        require(f"{name}: {variable} is no text", isinstance(value, str))
        require(f"{name}: {variable}", variables_in(value) <= PREDEFINED)
    check_keys(f"{name}, cache", job["cache"], CACHE_KEYS, ["key", "paths"])
    require(f"{name}, cache: key", variables_in(job["cache"]["key"]) <= set(job["variables"]))
    check_keys(f"{name}, artifacts", job["artifacts"], ARTIFACT_KEYS, ["when", "paths"])
    require(f"{name}, artifacts: when", job["artifacts"]["when"] in ("on_success", "on_failure", "always"))
    for what in ("before_script", "script"):
        check_texts(f"{name}, {what}", job[what])
    for mapping in ("cache", "artifacts"):
        check_texts(f"{name}, {mapping}", job[mapping]["paths"])
        # Neither may lie outside of the project.
        require(f"{name}, {mapping}", not any(path.startswith(("/", "..")) for path in job[mapping]["paths"]))


def check_jobs(jobs):
    check_keys("the file", jobs, {"pagelap"}, ["pagelap"])
    for name, job in jobs.items():
        check_job(name, job)


def script_of(job):
    return "\n".join([*job["before_script"], *job["script"]])


class Job(toolbox.RecipeCase):
    def setUp(self):
        super().setUp()
        self.job = yaml.safe_load(JOBS.read_text(encoding="utf-8"))["pagelap"]
        self.cache = self.work / "cache"
        self.make_pagelap_repository(self.work / "group/pagelap.git")

    def variables(self):
        given = {"CI_SERVER_URL": f"file://{self.work}", "CI_PROJECT_NAMESPACE": "group"}
        variables = {key: re.sub(r"\$(\w+)", lambda match: given[match[1]], value)
                     for key, value in self.job["variables"].items()}
        return {**given, **variables}

    def carry(self, paths, source, target):
        for path in paths:
            if (source / path).exists():
                shutil.rmtree(target / path, ignore_errors=True)
                shutil.copytree(source / path, target / path, symlinks=True)

    def run_job(self):
        """A clone, what the cache holds, the commands, and what is left for the cache and as artifacts."""
        project = self.work / "project"
        shutil.rmtree(project, ignore_errors=True)
        self.kernel.git("clone", "--quiet", "--depth", "1", f"file://{self.kernel.path}", project)
        self.carry(self.job["cache"]["paths"], self.cache, project)
        (self.stand_in / "log").unlink(missing_ok=True)
        result = self.shell(script_of(self.job), "-eo", "pipefail", cwd=project,
                            environment={**self.variables(), "CI_PROJECT_DIR": str(project), "CI": "true"})
        self.carry(self.job["cache"]["paths"], project, self.cache)
        self.artifacts = {path: (project / path).read_text(encoding="utf-8")
                          for path in self.job["artifacts"]["paths"] if (project / path).exists()}
        return result

    def findings(self, result, severity="error"):
        return [line for line in result.out.splitlines() if f": {severity}: " in line]

    def accept(self, kind, text):
        self.kernel.commit_file(kind, f"ci/pagelap/{kind}.json", text)

    def test_clean(self):
        result = self.run_job()
        self.assert_code(result, 0)
        self.assertEqual(self.findings(result), [])
        self.assertEqual(set(self.artifacts), set(self.job["artifacts"]["paths"]))
        self.assertIn("verdict: clean", self.artifacts["pagelap.txt"])
        targets = [target["name"] for target in json.loads(self.artifacts["pagelap.json"])["targets"]]
        self.assertEqual(targets, ["amd64", "arm64"])

    def test_cache_saves_the_build(self):
        self.assert_code(self.run_job(), 0)
        self.assertIn("cmake --build --preset release", self.log())
        self.kernel.commit_edit("broken", *WIDGET_BREAKS)
        self.assert_code(self.run_job(), 1)
        self.assertNotIn("cmake --build --preset release", self.log())
        self.assertIn("install-deps build", self.log())

    def test_builds_are_not_scanned(self):
        """The sources of pagelap lie in the tree, and have a driver as broken as this one in their test data."""
        repository = self.work / "group/pagelap.git"
        shutil.copytree(toolbox.ROOT / "testdata/trees/source/drivers", repository / "testdata")
        pagelap = toolbox.Repository(self.work / "other", self.environment)
        shutil.copytree(repository, pagelap.path, dirs_exist_ok=True, ignore=shutil.ignore_patterns(".git"))
        pagelap.commit("release")
        pagelap.git("tag", toolbox.release())
        shutil.rmtree(repository)
        pagelap.path.rename(repository)
        result = self.run_job()
        self.assert_code(result, 0)
        self.assertNotIn("testdata", self.artifacts["pagelap.json"])

    def test_broken_assertion(self):
        self.kernel.commit_edit("broken", *SLAB_BREAKS)
        result = self.run_job()
        self.assert_code(result, 1)
        self.assertIn("[ASSERTION]", result.out)
        self.assertIn("[OFFSET-MATCH]", result.out)
        self.assertIn("verdict: gate-failed", self.artifacts["pagelap.txt"])
        self.assertIn('"OFFSET-MATCH"', self.artifacts["pagelap.sarif"])

    def test_broken_rule(self):
        self.kernel.commit_edit("broken", *WIDGET_BREAKS)
        result = self.run_job()
        self.assert_code(result, 1)
        self.assertEqual(len(self.findings(result)), 1, result.out)
        self.assertRegex(self.findings(result)[0], WIDGET_FINDING)

    def test_unreadable(self):
        (self.stand_in / "empty").write_text("arm64", encoding="utf-8")
        result = self.run_job()
        self.assert_code(result, 2)
        self.assertIn("arm64: error: could not tell: ", result.out)
        self.assertIn("verdict: could-not-tell", self.artifacts["pagelap.txt"])

    def test_unprepared(self):
        self.kernel.commit_file("unprepared", "UNPREPARABLE", "")
        result = self.run_job()
        self.assert_code(result, 2)
        self.assertEqual(self.artifacts, {})

    def test_suppressed(self):
        self.kernel.commit_edit("broken", *WIDGET_BREAKS)
        self.accept("suppressions", SUPPRESSIONS)
        result = self.run_job()
        self.assert_code(result, 0)
        self.assertIn("is never mapped", self.artifacts["pagelap.txt"])

    def test_baseline(self):
        self.kernel.commit_edit("broken", *WIDGET_BREAKS)
        self.assert_code(self.run_job(), 1)
        self.accept("baseline", self.artifacts["pagelap.json"])
        result = self.run_job()
        self.assert_code(result, 0)
        self.assertEqual(result.out.count("[MAPPING-LOWBITS]"), 0)
        self.kernel.commit_edit("another", *SLAB_BREAKS)
        result = self.run_job()
        self.assert_code(result, 1)
        self.assertEqual(result.out.count("[MAPPING-LOWBITS]"), 0)

    def test_baseline_and_suppressions(self):
        self.kernel.commit_edit("broken", *SLAB_BREAKS)
        self.assert_code(self.run_job(), 1)
        self.accept("baseline", self.artifacts["pagelap.json"])
        self.kernel.commit_edit("another", *WIDGET_BREAKS)
        self.assert_code(self.run_job(), 1)
        self.accept("suppressions", SUPPRESSIONS)
        self.assert_code(self.run_job(), 0)

    def test_no_such_release(self):
        self.job["variables"]["PAGELAP_REF"] = "v0.0.0"
        result = self.run_job()
        self.assertNotIn(result.code, (0, 1, 2))
        self.assertEqual([line for line in self.log() if line.startswith(("make ", "cmake "))], [])


class Structure(unittest.TestCase):
    def setUp(self):
        self.text = JOBS.read_text(encoding="utf-8")

    def test_is_a_job(self):
        jobs = yaml.safe_load(self.text)
        check_jobs(jobs)
        self.assertEqual(jobs["pagelap"]["variables"]["PAGELAP_REF"], toolbox.release())

    def test_what_is_none_is_told(self):
        for old, new in (("  script:", "  scripts:"), ("  stage: test", "  stage: tests"),
                         ("    when: always", "    when: ever"), ("artifacts:\n", "artefacts:\n"),
                         ('GIT_DEPTH: "1"', "GIT_DEPTH: 1"), ("      - .pagelap/prefix", "      - /var/prefix"),
                         ("pagelap-$PAGELAP_REF", "pagelap-$PAGELAP_TAG"), ("    - apt-get update", "    - apt-get: update"),
                         ("if: $CI_PIPELINE_SOURCE", "if: $CI_SOURCE")):
            self.assertIn(old, self.text)
            with self.subTest(new), self.assertRaises(Wrong):
                check_jobs(yaml.safe_load(self.text.replace(old, new, 1)))

    def test_shellcheck(self):
        """GitLab takes the shell that the image has: nothing may need bash."""
        toolbox.shellcheck(self, "set -e\n" + script_of(yaml.safe_load(self.text)["pagelap"]), "dash")


if __name__ == "__main__":
    unittest.main()
