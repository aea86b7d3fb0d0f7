# SPDX-License-Identifier: MIT
"""Workers killed at any moment: all other sources are reported as if nothing had happened."""
import os
import random
import signal
import subprocess
import time

from toolbox import PAGELAP, Result, TrapCase, main

COUNT = 12


def children(pid):
    with open("/proc/%d/task/%d/children" % (pid, pid), encoding="ascii") as file:
        return [int(child) for child in file.read().split()]


class Killed(TrapCase):
    def setUp(self):
        super().setUp()
        if not os.path.exists("/proc/self/task/%d/children" % os.getpid()):
            self.skipTest("this kernel does not tell the children of a process")
        self.source = self.compile("page.c", "-g")
        self.sources = ["t%d=%s" % (number, self.source) for number in range(COUNT)]
        report = self.json(*self.sources).report()
        self.whole = {target["name"]: target for target in report["targets"]}

    def run_and_disturb(self, with_signal, delay, prepare=None):
        """Sends a signal to one worker, DELAY seconds after it has begun, if it is still there."""
        command = [PAGELAP, "layout", "-j", "3", "--format", "json", *self.sources]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                              preexec_fn=prepare) as process:
            try:
                while process.poll() is None and not children(process.pid):
                    pass
                time.sleep(delay)
                os.kill(children(process.pid)[0], with_signal)
            except (ProcessLookupError, FileNotFoundError, IndexError):
                pass  # it was faster
            out, err = process.communicate(timeout=60)
        return Result(subprocess.CompletedProcess(command, process.returncode, out, err))

    def test_one_that_is_killed_costs_its_own_target_only(self):
        dice, hits = random.Random(1), 0
        for number in range(60):
            which = (signal.SIGKILL, signal.SIGABRT, signal.SIGTERM)[number % 3]
            result = self.run_and_disturb(which, dice.uniform(0, 0.01))
            report = result.report()
            lost = set(self.whole) - {target["name"] for target in report["targets"]}
            self.assertLessEqual(len(lost), 1)
            hits += len(lost)
            self.assertEqual(result.code, 2 if lost else 0)
            for target in report["targets"]:
                self.assertEqual(target, self.whole[target["name"]])
            self.assertEqual({failure["target"] for failure in report["failures"]}, lost)
            for failure in report["failures"]:
                self.assertEqual(failure["message"].partition(" (")[0],
                                 "%s: reading died of signal %d" % (self.source, which))
        self.assertGreater(hits, 5)  # else nothing has been tried

    def test_who_starts_it_may_have_ignored_children(self):
        """Then the kernel would tell nobody how they ended."""
        for number in range(60):
            report = self.run_and_disturb(signal.SIGKILL, number % 10 / 1000,
                                          lambda: signal.signal(signal.SIGCHLD, signal.SIG_IGN)).report()
            if report["failures"]:
                self.assertEqual([failure["message"] for failure in report["failures"]],
                                 [self.source + ": reading died of signal 9 (Killed)"])
                return
        self.fail("workers are gone before they can be killed")


if __name__ == "__main__":
    main()
