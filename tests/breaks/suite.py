# SPDX-License-Identifier: MIT
"""The tests of a build, one at a time, where they can do no harm."""

import collections
import concurrent.futures
import json
import os
import resource
import signal
import subprocess
import threading
import time

from tree import digest, run

# Cheap ones first. Left out: "kernel", for its downloads, and "browser", which needs more memory than a break may have.
LABELS = ("unit", "fuzz", "cli", "schema", "formats", "cases", "ci", "docs", "mutation", "traps", "torture", "descriptors",
          "witness")
SKIPPED = 77
MEMORY = 8 << 30
OUTPUT = 1 << 30

Test = collections.namedtuple("Test", "name label command environment directory")

# A file system that is thrown away over the copy, its own /tmp, no network, and no process of others to be killed:
# broken code may do anything. $1 is the copy, $2 what stands in for the file $3, $4 the directory.
SANDBOX = """
mount -t tmpfs tmpfs /tmp
mkdir /tmp/.upper /tmp/.work
mount -t overlay -o lowerdir="$1",upperdir=/tmp/.upper,workdir=/tmp/.work overlay "$1"
[ -z "$2" ] || mount --bind "$2" "$3"
mount -o remount,bind,ro / 2>/dev/null || true
cd "$4"
shift 4
exec "$@"
"""


def sandbox(tree, directory, command, stand_in=""):
    user = [] if os.geteuid() == 0 else ["--map-root-user"]
    return ["unshare", *user, "--pid", "--fork", "--kill-child", "--mount-proc", "--mount", "--net", "--ipc",
            "sh", "-ec", SANDBOX, "sandbox", tree.root, stand_in, tree.reach_file, directory, *command]


def limit():
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (OUTPUT, OUTPUT))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def split_cli(test):
    """The tests of the command line, one for each case."""
    cases = os.path.join(os.path.dirname(test.command[2]), "cases")
    return [test._replace(name=f"cli/{case}", command=[*test.command, case]) for case in sorted(os.listdir(cases))]


def all_tests(tree):
    """What ctest would run, of LABELS."""
    listed = json.loads(run(["ctest", "--test-dir", tree.build, "--show-only=json-v1"], tree.root))
    tests = []
    for entry in listed["tests"]:
        properties = {each["name"]: each["value"] for each in entry["properties"]}
        label = next((each for each in LABELS if each in properties.get("LABELS", ())), None)
        if not label or "command" not in entry:
            continue
        environment = dict(each.split("=", 1) for each in properties.get("ENVIRONMENT", ()))
        test = Test(entry["name"], label, entry["command"], environment, properties.get("WORKING_DIRECTORY", tree.build))
        tests += split_cli(test) if test.name == "cli" else [test]
    return tests


def stands_on_files(tree, test):
    """The program or the scripts of TEST, and what belongs to it alone."""
    if test.name.startswith("cli/"):
        directory = os.path.join(tree.root, "tests/cli")
        return [os.path.join(directory, name) for name in ("run.py", "packs", f"cases/{test.command[-1]}")]
    files = [path for path in test.command if os.path.isfile(path) and not path.endswith("/cmd/pagelap")]
    return files + [os.path.dirname(path) for path in files if path.endswith(".py")] + (
        [os.path.join(tree.root, "docs")] if test.label == "docs" else [])


class Suite:
    """The tests that pass as the code is, in the order in which they are run."""

    def __init__(self, tree, options):
        self.tree = tree
        self.jobs = options.jobs
        self.patience = options.patience
        self.without = options.without
        self.tests = []
        self.seconds = {}
        self.left_out = {}

    def run_one(self, test, timeout, stand_in="", started=None):
        """The exit code of TEST; None for one that took too long."""
        environment = {**os.environ, **test.environment}
        with subprocess.Popen(sandbox(self.tree, test.directory, test.command, stand_in), env=environment,
                              stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                              preexec_fn=limit, start_new_session=True) as process:
            if started:
                started(process)
            try:
                return process.wait(timeout)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
                return None

    def measure(self, reach, known):
        """Runs all tests as the code is, fixtures first, and takes what each reaches. What is KNOWN of a test, by
        its name, is taken over where nothing changed that it stands on; returns what is known then."""
        tests = [test for test in all_tests(self.tree) if not self.without.search(test.name)]
        for test in tests:
            if test.name in ("mutation.seeds", "fuzz.seeds"):  # for good, outside of what is thrown away
                run(test.command, test.directory, env={**os.environ, **test.environment})
        common = digest(self.tree.traced_library, *(os.path.join(self.tree.root, name) for name in ("cmd", "rules", "testdata")))
        with concurrent.futures.ThreadPoolExecutor(self.jobs) as pool:
            found = dict(pool.map(lambda test: (test.name, self._known(test, reach, common, known.get(test.name))), tests))
        for test in tests:
            code, self.seconds[test.name] = found[test.name]["code"], found[test.name]["seconds"]
            if code:
                self.left_out[test.name] = "skipped" if code == SKIPPED else f"exit code {code}"
            else:
                self.tests.append(test)
                reach.add(test.name, found[test.name]["reached"])
        self.tests.sort(key=lambda test: (LABELS.index(test.label), self.seconds[test.name]))
        return {**known, **found}

    def _known(self, test, reach, common, before):
        """What is known of TEST: BEFORE, if that is of the same."""
        stands_on = digest(*stands_on_files(self.tree, test)) + common
        if before and before["stands_on"] == stands_on:
            return before
        with reach.recording(test.name) as recorded:
            started = time.monotonic()
            code = self.run_one(test, 3600, recorded.file)
            seconds = time.monotonic() - started
        return {"stands_on": stands_on, "code": -1 if code is None else code, "seconds": seconds,
                "reached": recorded.places}

    def _fails(self, test, lane):
        """Why TEST fails, or None. The second time counts: what fails by chance is no proof."""
        reason = None
        for _ in range(2):
            if lane.stop.is_set():
                return None
            code = self.run_one(test, self.patience + 8 * self.seconds[test.name], started=lane.started)
            if code in (0, SKIPPED) or lane.stop.is_set():
                return None
            reason = "too long" if code is None else f"exit code {code}"
            if code is None:
                break
        return reason

    def first_failure(self, tests):
        """The first of TESTS, in their order, that fails, and why; None when none does. Several run at a time."""
        lane = Lane()
        with concurrent.futures.ThreadPoolExecutor(self.jobs) as pool:
            for test in tests:
                pool.submit(self._try, test, lane)
        return min(lane.failed, key=lambda failed: tests.index(failed[0])) if lane.failed else None

    def _try(self, test, lane):
        reason = self._fails(test, lane)
        if reason:
            lane.failed.append((test, reason))
            lane.finish()


class Lane:
    """What runs for one break, which ends with the first failure."""

    def __init__(self):
        self.stop = threading.Event()
        self.failed = []
        self.processes = []

    def started(self, process):
        self.processes.append(process)
        if self.stop.is_set():
            process.kill()

    def finish(self):
        self.stop.set()
        for process in self.processes:
            if process.poll() is None:
                try:
                    os.kill(process.pid, signal.SIGKILL)
                except ProcessLookupError:
                    pass
