# SPDX-License-Identifier: MIT
"""Scans of code that are killed, in part or as a whole, and caches that are not what they were.

What is killed: one worker after the other, and then the scan itself, at moments that dice choose. A unit whose worker
was killed is named, and nothing else is missing; what a later run reports is, byte for byte, what one reports that
nobody has disturbed.
"""
import fcntl
import glob
import json
import os
import pty
import random
import re
import shutil
import signal
import subprocess
import time

from toolbox import PAGELAP, SOURCES, TrapCase, main

KERNEL = os.path.join(SOURCES, "../usage/kernel")
UNITS, FUNCTIONS = 36, 120


def children(pid):
    try:
        with open("/proc/%d/task/%d/children" % (pid, pid), encoding="ascii") as file:
            return [int(child) for child in file.read().split()]
    except FileNotFoundError:
        return []


def write_unit(path, number):
    """A unit that takes some time, and one in four that needs no parsing."""
    with open(path, "w", encoding="ascii") as file:
        file.write("#include <linux/mm.h>\n")
        for function in range(0 if number % 4 == 3 else FUNCTIONS):
            file.write("long unit%d_%d(struct page *page)\n{\n\tpage->private = page->index + %d;\n"
                       "\treturn page_private(page) ? page->pages[1]++ : page_count(page);\n}\n"
                       % (number, function, function))


def make_build(build, units):
    shutil.copytree(KERNEL, build)
    for name in ("gadget", "template"):
        os.remove(os.path.join(build, "drivers/gadget/.%s.o.cmd" % name))
    with open(os.path.join(build, "fs/.shadow.o.cmd"), encoding="utf-8") as file:
        command = file.read()
    os.mkdir(os.path.join(build, "many"))
    for number in range(units):
        with open(os.path.join(build, "many/.unit%d.o.cmd" % number), "w", encoding="utf-8") as file:
            file.write(command.replace("fs/", "many/").replace("shadow", "unit%d" % number))
        write_unit(os.path.join(build, "many/unit%d.c" % number), number)
    # What has changed just now is not kept: it may have been read before it did.
    for path in glob.glob(os.path.join(build, "many/*")):
        os.utime(path, (1, 1))


class Scan:
    """A scan that is running."""

    def __init__(self, build, report, *options):
        self.report = report
        self.process = subprocess.Popen(
            [PAGELAP, "usage", "-q", "--costs", "--no-scan", "-j", "3", "--format", "json:" + report, *options,
             "kernel=" + build], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def wait_for_workers(self):
        """The headers are read by one child; the units by several."""
        while self.process.poll() is None and len(children(self.process.pid)) < 2:
            time.sleep(0.002)

    def finish(self):
        """The exit code, what was parsed, and the bytes of the report, if there is one."""
        _, errors = self.process.communicate(timeout=120)
        parsed = re.search(r"(\d+) units? parsed", errors)
        try:
            with open(self.report, "rb") as file:
                report = file.read()
        except FileNotFoundError:
            report = None
        return self.process.returncode, int(parsed.group(1)) if parsed else 0, report


class Killed(TrapCase):
    def setUp(self):
        super().setUp()
        if not os.path.exists("/proc/self/task/%d/children" % os.getpid()):
            self.skipTest("this kernel does not tell the children of a process")
        self.build = self.path("build")
        make_build(self.build, UNITS)
        begun = time.monotonic()
        code, self.parsed, self.whole = self.scan("--no-cache").finish()
        self.seconds = time.monotonic() - begun
        self.assertEqual(code, 0)
        self.target = json.loads(self.whole)["targets"][0]

    def scan(self, *options):
        return Scan(self.build, self.path("report.json"), *options)

    def check_lost(self, report):
        """Nothing is missing but what is named, and that was killed; how many units that is."""
        target = json.loads(report)["targets"][0]
        lost = {unit["file"] for unit in target["usage"]["lost"]}
        self.assertEqual({unit["reason"] for unit in target["usage"]["lost"]} - {"reading died of signal 9 (Killed)"},
                         set())
        usage = target["usage"]
        self.assertEqual(usage["read"] + usage["skipped"] + len(usage["lost"]), usage["units"])
        for kind in ("accesses", "casts"):
            wanted = {json.dumps(its) for its in self.target[kind] if its["file"] not in lost}
            self.assertEqual(wanted ^ {json.dumps(its) for its in target[kind]}, set())
        return len(lost)

    def test_a_worker_that_is_killed_costs_its_unit(self):
        dice, hits, rounds = random.Random(2), 0, 0
        while hits < 4:
            rounds += 1
            self.assertLess(rounds, 40, "workers are gone before they can be killed")
            cache = self.path("cache")
            scan = self.scan("--cache", cache)
            scan.wait_for_workers()
            for _ in range(4):
                time.sleep(dice.uniform(0, self.seconds / 4))
                workers = children(scan.process.pid)
                if scan.process.poll() is None and workers:
                    os.kill(dice.choice(workers), signal.SIGKILL)
            code, _, report = scan.finish()
            lost = self.check_lost(report)
            hits += lost
            self.assertEqual(code, 2 if lost else 0)
            code, parsed, report = self.scan("--cache", cache).finish()
            self.assertEqual((code, parsed), (0, lost))
            self.assertEqual(report, self.whole)
            shutil.rmtree(cache)

    def test_a_scan_that_is_killed_goes_on_from_there(self):
        dice, helped = random.Random(3), 0
        for _ in range(4):
            cache = self.path("cache")
            for _ in range(2):
                if os.path.exists(self.path("report.json")):
                    os.remove(self.path("report.json"))
                scan = self.scan("--cache", cache)
                scan.wait_for_workers()
                while scan.process.poll() is None and not glob.glob(cache + "/usage-*"):
                    time.sleep(0.01)
                time.sleep(dice.uniform(0, self.seconds))
                workers = children(scan.process.pid)
                scan.process.kill()
                code, _, report = scan.finish()
                if code and report is not None:  # in the middle of it, or just after
                    self.assertTrue(self.whole.startswith(report))
                self.wait_for_end(workers)
            code, parsed, report = self.scan("--cache", cache).finish()
            self.assertEqual(code, 0)
            self.assertEqual(report, self.whole)
            helped += parsed < self.parsed
            code, parsed, report = self.scan("--cache", cache).finish()
            self.assertEqual((code, parsed), (0, 0))
            self.assertEqual(report, self.whole)
            shutil.rmtree(cache)
        self.assertEqual(helped, 4)

    def test_what_is_typed_ends_it_and_its_workers(self):
        """They have no terminal of their own that would tell them."""
        pid, terminal = pty.fork()
        if not pid:
            os.execv(PAGELAP, [PAGELAP, "usage", "--no-cache", "-j", "3", "kernel=" + self.build])
        while len(children(pid)) < 2:
            time.sleep(0.002)
        workers = children(pid)
        os.write(terminal, b"\x03")
        _, status = os.waitpid(pid, 0)
        os.close(terminal)
        self.assertTrue(os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGINT, status)
        self.wait_for_end(workers)

    def wait_for_end(self, workers):
        """Workers end with the one that has started them."""
        for _ in range(500):
            if not any(os.path.exists("/proc/%d" % worker) for worker in workers):
                return
            time.sleep(0.01)
        self.fail("workers are left over")


def seals_of(pid):
    """The seals of the headers that the scan PID has compiled, if they are there."""
    for number in range(3, 16):
        path = "/proc/%d/fd/%d" % (pid, number)
        try:
            if os.readlink(path).startswith("/memfd:pagelap-headers"):
                file = os.open(path, os.O_RDONLY)
                try:
                    return fcntl.fcntl(file, fcntl.F_GET_SEALS)
                finally:
                    os.close(file)
        except FileNotFoundError:
            pass
    return 0


class Sealed(TrapCase):
    def test_what_all_workers_read_none_can_change(self):
        build, seals = self.path("build"), 0
        make_build(build, 200)
        scan = Scan(build, self.path("report.json"), "--no-cache")
        while scan.process.poll() is None and not seals:
            seals = seals_of(scan.process.pid)
        self.assertEqual(scan.finish()[0], 0)
        self.assertEqual(seals, fcntl.F_SEAL_WRITE | fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_GROW | fcntl.F_SEAL_SEAL)


def damage(dice, content, other):
    """CONTENT as it might come back from a bad disk, a full one, or somebody else."""
    place = dice.randrange(len(content))
    flipped = bytes([content[place] ^ (1 << dice.randrange(8))])
    return dice.choice((
        content[:place],
        content[:place] + flipped + content[place + 1:],
        content[:place] + bytes(len(content) - place),
        content[:place] + other[place:],
        content + flipped,
        content[:40],
        other,
        b"",
        b"nonsense",
    ))


class Damaged(TrapCase):
    def scan(self, build, *options):
        return Scan(build, self.path("report.json"), *options).finish()

    def test_a_cache_that_is_not_what_it_was_is_as_good_as_none(self):
        dice = random.Random(4)
        build, other, cache = self.path("build"), self.path("other"), self.path("cache")
        make_build(build, 2)
        make_build(other, 3)
        self.scan(other, "--cache", cache)
        foreign = glob.glob(cache + "/usage-*")[0]
        with open(foreign, "rb") as file:
            content_of_other = file.read()
        os.remove(foreign)
        code, units, whole = self.scan(build, "--cache", cache)
        self.assertEqual(code, 0)
        name = glob.glob(cache + "/usage-*")[0]
        with open(name, "rb") as file:
            content = file.read()
        self.assertEqual(self.scan(build, "--cache", cache), (0, 0, whole))
        for _ in range(16):
            damaged = damage(dice, content, content_of_other)
            if damaged == content:
                continue
            with open(name, "wb") as file:
                file.write(damaged)
            self.assertEqual(self.scan(build, "--cache", cache), (0, units, whole))
            self.assertEqual(self.scan(build, "--cache", cache), (0, 0, whole))
            self.assertEqual(glob.glob(cache + "/*"), [name])


if __name__ == "__main__":
    main()
