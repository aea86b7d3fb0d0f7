# SPDX-License-Identifier: MIT
"""What the tests of the recipes share: a repository of a miniature kernel, stand-ins for what they call, and a shell."""
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
RECIPES = ROOT / "docs/ci"
PAGELAP = os.path.abspath(os.environ["PAGELAP"])

WIDGET = "drivers/widget/widget.c"
# One new finding: the low bits of the host's mapping have a meaning.
WIDGET_BREAKS = (WIDGET, "struct address_space *w_mapping;", "unsigned long w_mapping;")
WIDGET_FINDING = re.compile(r"drivers/widget/widget\.c:\d+: error: widget_desc\.w_mapping .* \[MAPPING-LOWBITS\]")
SUPPRESSIONS = """{"schema": "pagelap-suppressions/1", "suppressions": [
  {"rule": "MAPPING-LOWBITS", "overlay": "widget_desc", "reason": "is never mapped"}]}"""
# Assertions that do not hold, and what follows from it.
SLAB_BREAKS = ("mm/slab.h", "\tunsigned int __page_type;\n\tatomic_t __page_refcount;\n",
               "\tatomic_t __page_refcount;\n\tunsigned int __page_type;\n")


class Result:
    def __init__(self, done):
        self.code = done.returncode
        self.out = done.stdout
        self.err = done.stderr

    def __str__(self):
        return f"exit code {self.code}\n{self.out}\n{self.err}"


class Repository:
    """A git repository with commits to order."""

    def __init__(self, path, environment):
        self.path = path
        self.environment = environment
        path.mkdir(parents=True)
        self.git("init", "--quiet", "--initial-branch=master")

    def git(self, *arguments):
        done = subprocess.run(["git", "-c", "user.name=A", "-c", "user.email=a@example.org", *arguments],
                              cwd=self.path, env=self.environment, capture_output=True, text=True, check=False)
        if done.returncode:
            raise AssertionError(f"git {' '.join(arguments)}: {done.stderr}")
        return done.stdout.strip()

    def commit(self, subject):
        self.git("add", "--all", "--force")
        self.git("commit", "--quiet", "--allow-empty", "--message", subject)
        return self.git("rev-parse", "HEAD")

    def edit(self, name, old, new):
        path = self.path / name
        text = path.read_text(encoding="utf-8")
        if text.count(old) != 1:
            raise AssertionError(f"{name}: {text.count(old)} times {old!r}")
        path.write_text(text.replace(old, new), encoding="utf-8")

    def commit_edit(self, subject, name, old, new):
        self.edit(name, old, new)
        return self.commit(subject)

    def commit_file(self, subject, name, text):
        (self.path / name).parent.mkdir(parents=True, exist_ok=True)
        (self.path / name).write_text(text, encoding="utf-8")
        return self.commit(subject)

    def commit_note(self, subject, name="mm/slab.h"):
        """Changes nothing but the numbers of lines."""
        path = self.path / name
        text = path.read_text(encoding="utf-8")
        path.write_text(f"/* {subject} */\n{text}", encoding="utf-8")
        return self.commit(subject)


class RecipeCase(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        self.work = pathlib.Path(tempfile.mkdtemp(prefix="pagelap-ci-"))
        self.addCleanup(shutil.rmtree, self.work)
        self.stand_in = self.folder("stand-in")
        self.tools = self.folder("tools")
        self.link_tools(self.tools, "make", "cmake", "apt-get")
        self.environment = {key: value for key, value in os.environ.items()
                            if key.startswith(("ASAN_", "UBSAN_", "LSAN_"))}
        self.environment.update(PATH=f"{self.tools}:/usr/bin:/bin", LC_ALL="C", HOME=str(self.folder("home")),
                                TMPDIR=str(self.folder("tmp")), STAND_IN=str(self.stand_in), PAGELAP=PAGELAP)
        self.kernel = Repository(self.work / "linux", self.environment)
        shutil.copytree(ROOT / "testdata/trees/source", self.kernel.path, dirs_exist_ok=True)
        self.kernel.edit(*WIDGET_BREAKS[:1], *reversed(WIDGET_BREAKS[1:]))
        self.base = self.kernel.commit("base")

    def folder(self, name):
        path = self.work / name
        path.mkdir(parents=True)
        return path

    def link_tools(self, folder, *names):
        for name in names:
            (folder / name).symlink_to(HERE / "stand_in.py")

    def with_pagelap(self):
        (self.tools / "pagelap").symlink_to(PAGELAP)

    def make_pagelap_repository(self, path):
        """What the recipes fetch: a repository of pagelap with a release, which the stand-in for cmake builds."""
        repository = Repository(path, self.environment)
        shutil.copyfile(ROOT / "CMakePresets.json", path / "CMakePresets.json")
        (path / "scripts").mkdir()
        script = path / "scripts/install-deps"
        script.write_text('#!/bin/sh\necho install-deps "$@" >>"$STAND_IN/log"\n', encoding="utf-8")
        script.chmod(0o755)
        repository.commit("release")
        repository.git("tag", release())
        return repository

    def shell(self, script, *options, cwd=None, environment=None):
        """Runs SCRIPT with bash as the CI would, in the kernel tree."""
        return self.run_command("bash", *options, "-c", script, cwd=cwd, environment=environment)

    def run_command(self, *command, cwd=None, environment=None):
        done = subprocess.run([str(word) for word in command], cwd=cwd or self.kernel.path, capture_output=True,
                              text=True, check=False, stdin=subprocess.DEVNULL,
                              env={**self.environment, **(environment or {})}, timeout=120)
        result = Result(done)
        self.assertNotIn("Sanitizer", result.err)
        return result

    def log(self):
        """The command lines that the stand-ins were given."""
        path = self.stand_in / "log"
        return path.read_text(encoding="utf-8").splitlines() if path.exists() else []

    def assert_code(self, result, code):
        self.assertEqual(result.code, code, str(result))


def release():
    """The tag of the release that this tree is."""
    text = (ROOT / "analyzer/support/version.h").read_text(encoding="utf-8")
    return "v" + re.search(r'define PL_VERSION "([^"]+)"', text).group(1)


def shellcheck(case, script, dialect):
    """SCRIPT, a path or text, must be clean."""
    if not shutil.which("shellcheck"):
        case.skipTest("shellcheck is not installed")
    path, text = ("-", script) if isinstance(script, str) else (script, None)
    done = subprocess.run(["shellcheck", "--shell", dialect, path], input=text, capture_output=True, text=True,
                          check=False)
    case.assertEqual(done.stdout + done.stderr, "")
