# SPDX-License-Identifier: MIT
"""docs/ci/github.yml: is it a workflow, and what do its steps do? They are run as GitHub's runner does, in a clone of a
miniature kernel; the actions that it uses have stand-ins here."""
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
from toolbox import RECIPES, SLAB_BREAKS, SUPPRESSIONS, WIDGET_BREAKS

WORKFLOW = RECIPES / "github.yml"

# The keys that may be used, of those that there are: https://docs.github.com/actions/reference/workflow-syntax
WORKFLOW_KEYS = {"name", "on", "permissions", "env", "jobs"}
JOB_KEYS = {"name", "runs-on", "container", "permissions", "defaults", "env", "steps", "timeout-minutes"}
STEP_KEYS = {"name", "id", "if", "uses", "with", "run", "env", "shell", "working-directory", "timeout-minutes"}
PERMISSIONS = {"contents", "pull-requests", "security-events"}
# Actions and their inputs, as their action.yml says.
ACTIONS = {
    "actions/checkout": {"repository", "ref", "path", "fetch-depth", "persist-credentials"},
    "actions/upload-artifact": {"name", "path", "if-no-files-found", "retention-days"},
    "github/codeql-action/upload-sarif": {"sarif_file", "checkout_path", "category", "wait-for-processing"},
    "reviewdog/action-setup": {"reviewdog_version"},
}
# By a tag of the major release those of GitHub itself; others by a commit.
VERSIONS = {"actions": r"v\d+", "github": r"v\d+", "reviewdog": r"[0-9a-f]{40}"}
EXPRESSION = re.compile(r"\$\{\{(.*?)\}\}")
TERM = re.compile(r"\s*(?:(?P<op>&&|\|\||==|!=|[!()])|'(?P<text>[^']*)'|(?P<call>[a-z]+)\((?P<args>[^()]*)\)"
                  r"|(?P<name>[a-z_]+(?:\.[a-z_]+)*))", re.IGNORECASE)
OPERATORS = {"&&": " and ", "||": " or ", "!": " not "}


class Wrong(Exception):
    """The workflow is none, or does what the stand-ins do not know."""


def load(text):
    workflow = yaml.safe_load(text)
    # YAML 1.1 takes "on" for a truth value.
    if isinstance(workflow, dict) and True in workflow:
        workflow["on"] = workflow.pop(True)
    return workflow


def require(what, condition):
    if not condition:
        raise Wrong(what)


def check_keys(what, mapping, known, needed=()):
    require(f"{what} is no mapping", isinstance(mapping, dict) and mapping)
    require(f"{what} has {set(mapping) - known}", set(mapping) <= known)
    require(f"{what} lacks {set(needed) - set(mapping)}", set(needed) <= set(mapping))


def check_permissions(what, permissions):
    check_keys(what, permissions, PERMISSIONS)
    require(f"{what}: {permissions}", set(permissions.values()) <= {"read", "write"})


def check_uses(name, step):
    match = re.fullmatch(r"(?P<action>(?P<owner>[\w-]+)/[\w./-]+)@(?P<version>\S+)", step["uses"])
    require(f"{name}: {step['uses']}", match and match["action"] in ACTIONS)
    require(f"{name}: {match['version']} is not pinned", re.fullmatch(VERSIONS[match["owner"]], match["version"]))
    if "with" in step:
        check_keys(f"{name}, with", step["with"], ACTIONS[match["action"]])


def check_step(step):
    check_keys("a step", step, STEP_KEYS, ["name"])
    name = step["name"]
    require(f"{name}: neither run nor uses, or both", ("run" in step) != ("uses" in step))
    if "uses" in step:
        check_uses(name, step)
    else:
        require(f"{name}: run has inputs", "with" not in step)
        require(f"{name}: what an expression says would be run", "${{" not in step["run"])
    evaluate(step.get("if", "${{ success() }}"), Contexts(None, {}, "success"), dry=True)


def check_workflow(workflow):
    check_keys("the workflow", workflow, WORKFLOW_KEYS, ["name", "on", "permissions", "jobs"])
    check_permissions("permissions", workflow["permissions"])
    check_keys("on", workflow["on"], {"push", "pull_request"}, ["push", "pull_request"])
    check_keys("jobs", workflow["jobs"], set(workflow["jobs"]))
    for name, job in workflow["jobs"].items():
        check_keys(name, job, JOB_KEYS, ["runs-on", "steps"])
        check_permissions(f"{name}, permissions", job["permissions"])
        require(f"{name}: no list of steps", isinstance(job["steps"], list) and job["steps"])
        for step in job["steps"]:
            check_step(step)


class Contexts:
    """What expressions speak of."""

    def __init__(self, workspace, values, status):
        self.workspace = workspace
        self.values = values
        self.status = status

    def name(self, name):
        if name in ("true", "false"):
            return name == "true"
        require(f"nothing is called {name}", name in self.values)
        return self.values[name]

    def call(self, name, arguments):
        functions = {
            "success": lambda: self.status == "success",
            "failure": lambda: self.status == "failure",
            "cancelled": lambda: False,
            "always": lambda: True,
            "hashFiles": lambda path: "0" * 64 if (self.workspace / path).exists() else "",
        }
        require(f"there is no function {name}()", name in functions)
        return functions[name](*arguments)


NAMES = ("github.event_name", "github.server_url", "github.repository_owner", "github.token")


def evaluate(text, contexts, dry=False):
    """What the expression TEXT gives; with DRY only whether it is one."""
    expression = re.fullmatch(r"\$\{\{(.*)\}\}", text.strip())
    rest = (expression[1] if expression else text).rstrip()
    values, code = [], ""
    while rest:
        term = TERM.match(rest)
        require(f"{text}: what is {rest!r}?", term)
        rest = rest[term.end():]
        if term["op"]:
            code += OPERATORS.get(term["op"], f" {term['op']} ")
            continue
        if term["text"] is not None:
            values.append(term["text"])
        elif dry:
            require(f"{text}: {term[0]}", (term["call"] or term["name"]) in (
                *NAMES, "success", "failure", "cancelled", "always", "hashFiles"))
            values.append("")
        elif term["call"]:
            values.append(contexts.call(term["call"], re.findall(r"'([^']*)'", term["args"])))
        else:
            values.append(contexts.name(term["name"]))
        code += f"values[{len(values) - 1}]"
    # What is evaluated is made of operators and values[N] only.
    return eval(code, {"__builtins__": {}}, {"values": values})  # pylint: disable=eval-used


def has_status_function(condition):
    return re.search(r"\b(success|failure|cancelled|always)\(\)", condition)


class Run:
    """One run of the workflow's job."""

    def __init__(self, case, event="push"):
        self.case = case
        self.workspace = case.folder(f"{event}-workspace")
        self.temp = case.folder(f"{event}-runner")
        self.files = {name: self.temp / name for name in ("GITHUB_PATH", "GITHUB_ENV")}
        for path in self.files.values():
            path.touch()
        self.values = {"github.event_name": event, "github.server_url": f"file://{case.work}",
                       "github.repository_owner": "owner", "github.token": "the token"}
        self.status = "success"
        self.results = {}  # of the steps that ran
        self.sarif = self.artifact = None

    def expand(self, text):
        return EXPRESSION.sub(lambda match: str(self.evaluate(match[1])), str(text))

    def evaluate(self, text):
        return evaluate(text, Contexts(self.workspace, self.values, self.status))

    def environment(self, *mappings):
        environment = {name: str(path) for name, path in self.files.items()}
        environment.update(GITHUB_WORKSPACE=str(self.workspace), RUNNER_TEMP=str(self.temp), GITHUB_ACTIONS="true",
                           CI="true")
        for mapping in mappings:
            environment.update({key: self.expand(value) for key, value in mapping.items()})
        added = self.files["GITHUB_PATH"].read_text(encoding="utf-8").split()
        environment["PATH"] = ":".join([*reversed(added), self.case.environment["PATH"]])
        return environment

    def script(self, step, workflow, job):
        require("shell", job["defaults"]["run"]["shell"] == "bash")
        return self.case.shell(step["run"], "--noprofile", "--norc", "-eo", "pipefail", cwd=self.workspace,
                               environment=self.environment(workflow.get("env", {}), step.get("env", {})))

    def action(self, step):
        name = step["uses"].split("@")[0]
        inputs = {key: self.expand(value) for key, value in step.get("with", {}).items()}
        if name == "actions/checkout":
            self.case.assertEqual(inputs, {})
            self.case.assertIn("git", " ".join(self.case.log()), "there is no git yet")
            self.case.kernel.git("clone", "--quiet", "--depth", "1", f"file://{self.case.kernel.path}", self.workspace)
        elif name == "github/codeql-action/upload-sarif":
            self.sarif = json.loads((self.workspace / inputs["sarif_file"]).read_text(encoding="utf-8"))
        elif name == "actions/upload-artifact":
            self.artifact = self.temp / "artifact.json"
            shutil.copyfile(self.workspace / inputs["path"], self.artifact)
        elif name == "reviewdog/action-setup":
            folder = self.case.folder("reviewdog")
            self.case.link_tools(folder, "reviewdog")
            with open(self.files["GITHUB_PATH"], "a", encoding="utf-8") as path:
                print(folder, file=path)

    def step(self, step, workflow, job):
        condition = step.get("if", "${{ success() }}")
        if not has_status_function(condition) and self.status != "success":
            return
        if not self.evaluate(condition):
            return
        if "uses" in step:
            self.action(step)
            self.results[step["name"]] = None
            return
        result = self.script(step, workflow, job)
        self.results[step["name"]] = result
        if result.code:
            self.status = "failure"

    def job(self, workflow):
        job = workflow["jobs"]["check"]
        for step in job["steps"]:
            self.step(step, workflow, job)
        return self

    def of_level(self, level):
        """What the uploaded SARIF has of a level and is open."""
        return [result for result in self.sarif["runs"][0]["results"] if result["level"] == level
                and not result.get("suppressions") and result.get("baselineState") != "unchanged"]

    def comments(self):
        path = self.case.stand_in / "comments"
        return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


class Workflow(toolbox.RecipeCase):
    def setUp(self):
        super().setUp()
        self.workflow = load(WORKFLOW.read_text(encoding="utf-8"))
        self.make_pagelap_repository(self.work / "owner/pagelap")

    def run_workflow(self, event="push"):
        return Run(self, event).job(self.workflow)

    def assert_check(self, run, code):
        """The job must fail in the step that checks, with CODE, or pass if that is 0."""
        self.assertIn("Check", run.results, "\n".join(f"{name}: {result}" for name, result in run.results.items()))
        for name, result in run.results.items():
            if result:
                self.assert_code(result, code if name == "Check" else 0)
        self.assertEqual(run.status, "failure" if code else "success")

    def accept(self, kind, text):
        self.kernel.commit_file(kind, f"ci/pagelap/{kind}.json", text)

    def test_clean(self):
        run = self.run_workflow()
        self.assert_check(run, 0)
        self.assertEqual(run.of_level("error"), [])
        self.assertIn("verdict: clean", run.results["Check"].out)
        self.assertIn("install-deps build", self.log())
        self.assertTrue(run.artifact.exists())
        self.assertEqual({"Install reviewdog", "Comment on the pull request"} & set(run.results), set())

    def test_both_architectures(self):
        run = self.run_workflow()
        targets = [target["name"] for target in json.loads(run.artifact.read_text(encoding="utf-8"))["targets"]]
        self.assertEqual(targets, ["amd64", "arm64"])

    def test_broken_assertion(self):
        self.kernel.commit_edit("broken", *SLAB_BREAKS)
        run = self.run_workflow("pull_request")
        self.assert_check(run, 1)
        rules = {result["ruleId"] for result in run.of_level("error")}
        self.assertLessEqual({"ASSERTION", "OFFSET-MATCH"}, rules)
        places = [result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
                  for result in run.of_level("error") if result["ruleId"] == "OFFSET-MATCH"]
        self.assertIn("mm/slab.h", places)
        self.assertLessEqual({"ASSERTION", "OFFSET-MATCH"}, {line["code"]["value"] for line in run.comments()})

    def test_broken_rule(self):
        self.kernel.commit_edit("broken", *WIDGET_BREAKS)
        run = self.run_workflow("pull_request")
        self.assert_check(run, 1)
        self.assertEqual([result["ruleId"] for result in run.of_level("error")], ["MAPPING-LOWBITS"])
        comments = [line for line in run.comments() if line["severity"] == "ERROR"]
        self.assertEqual([line["location"]["path"] for line in comments], ["drivers/widget/widget.c"])

    def test_unreadable(self):
        (self.stand_in / "empty").write_text("arm64", encoding="utf-8")
        run = self.run_workflow()
        self.assert_check(run, 2)
        self.assertIs(run.sarif["runs"][0]["invocations"][0]["executionSuccessful"], False)

    def test_unreadable_beside_a_finding(self):
        (self.stand_in / "empty").write_text("arm64", encoding="utf-8")
        self.kernel.commit_edit("broken", *WIDGET_BREAKS)
        self.assert_check(self.run_workflow(), 1)

    def test_unprepared(self):
        self.kernel.commit_file("unprepared", "UNPREPARABLE", "")
        run = self.run_workflow("pull_request")
        self.assertEqual(run.status, "failure")
        self.assertEqual(list(run.results)[-1], "Configure the kernel")
        self.assert_code(run.results["Configure the kernel"], 2)
        self.assertIsNone(run.sarif)

    def test_suppressed(self):
        self.kernel.commit_edit("broken", *WIDGET_BREAKS)
        self.accept("suppressions", SUPPRESSIONS)
        run = self.run_workflow()
        self.assert_check(run, 0)
        self.assertEqual(run.of_level("error"), [])

    def test_wrong_suppressions(self):
        self.accept("suppressions", "{}")
        run = self.run_workflow()
        self.assert_check(run, 3)
        self.assertIsNone(run.sarif)

    def test_baseline(self):
        """Made of the artifact, as docs/ci.md says."""
        self.kernel.commit_edit("broken", *WIDGET_BREAKS)
        artifact = self.run_workflow().artifact
        baseline = self.work / "baseline.json"
        result = self.run_command(toolbox.PAGELAP, "check", "--update-baseline", baseline, "--accept-new", "--fail-on",
                                  "none", artifact)
        self.assert_code(result, 0)
        self.accept("baseline", baseline.read_text(encoding="utf-8"))
        run = self.run_workflow("pull_request")
        self.assert_check(run, 0)
        self.assertEqual(run.comments(), [])

    def test_baseline_and_a_new_finding(self):
        self.test_baseline()
        self.kernel.commit_edit("another", *SLAB_BREAKS)
        run = self.run_workflow("another")
        self.assert_check(run, 1)
        self.assertNotIn("MAPPING-LOWBITS", {result["ruleId"] for result in run.of_level("error")})
        self.assertIn("OFFSET-MATCH", {result["ruleId"] for result in run.of_level("error")})

    def test_no_such_release(self):
        self.workflow["env"]["PAGELAP_REF"] = "v0.0.0"
        run = self.run_workflow()
        self.assertEqual((run.status, list(run.results)[-1]), ("failure", "Build pagelap"))


class Structure(unittest.TestCase):
    def setUp(self):
        self.text = WORKFLOW.read_text(encoding="utf-8")

    def test_is_a_workflow(self):
        workflow = load(self.text)
        check_workflow(workflow)
        self.assertEqual(workflow["env"]["PAGELAP_REF"], toolbox.release())
        used = {step["uses"].split("@")[0] for step in workflow["jobs"]["check"]["steps"] if "uses" in step}
        self.assertEqual(used, set(ACTIONS))

    def test_what_is_none_is_told(self):
        for old, new in (("    steps:", "    step:"), ("runs-on:", "run-on:"), ("uses: actions/checkout@v7",
                         "uses: actions/checkout"), ("sarif_file:", "sarif:"), ("security-events: write",
                         "security-event: write"), ("contents: read\n\nenv", "contents: all\n\nenv"),
                         ("!cancelled()", "!canceled()"), ("github.event_name", "github.event"),
                         ("action-setup@d8a7", "action-setup@v1 #"), ("        uses: github", "        run: |\n          "
                         "true\n        uses: github"), ('O="$RUNNER_TEMP/arm64"', "O=${{ runner.temp }}/arm64")):
            self.assertIn(old, self.text)
            with self.subTest(new), self.assertRaises(Wrong):
                check_workflow(load(self.text.replace(old, new, 1)))

    def test_shellcheck(self):
        for step in load(self.text)["jobs"]["check"]["steps"]:
            if "run" in step:
                with self.subTest(step["name"]):
                    toolbox.shellcheck(self, "set -eo pipefail\n" + step["run"], "bash")


if __name__ == "__main__":
    unittest.main()
