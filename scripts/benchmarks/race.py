# SPDX-License-Identifier: MIT
"""Commands that take turns at the same input, and what each run cost."""
import os
import subprocess
import sys
import time

_LAUNCH = 'exec 3<&0; { read -r go <&3; exec 3<&-; exec "$@" </dev/null >/dev/null 2>&1; } & echo $!'


class Failure(Exception):
    pass


def median(values):
    values, middle = sorted(values), len(values) // 2
    return values[middle] if len(values) % 2 else (values[middle - 1] + values[middle]) / 2


class Contestant:
    """A command, its measurements, and how often it may run."""

    def __init__(self, label, command, rounds, codes=(0,)):
        self.label = label
        self.command = command
        self.rounds = rounds
        self.codes = codes
        self.cpu, self.wall, self.rss = [], [], []

    def measure(self):
        """One run. A child's peak of memory starts with what its parent has, so a small shell starts the command, and
        only when that shell is gone, and its child is ours to wait for."""
        shell = ["sh", "-c", _LAUNCH, "sh", *self.command]
        with subprocess.Popen(shell, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as starter:
            child = int(starter.stdout.readline())
            starter.wait()
            start = time.perf_counter()
            starter.stdin.write(b"go\n")
            starter.stdin.flush()
            _, status, usage = os.wait4(child, 0)
        self.wall.append(time.perf_counter() - start)
        self.cpu.append(usage.ru_utime + usage.ru_stime)
        self.rss.append(usage.ru_maxrss / 1024)
        code = os.waitstatus_to_exitcode(status)
        if code not in self.codes:
            raise Failure(f"exit code {code}: {' '.join(self.command)}")


class Race:
    """Contestants that answer the same question about the same input; the first is the one that others compare with."""

    def __init__(self, title, contestants, note=""):
        self.title = title
        self.contestants = contestants
        self.note = note

    def run(self):
        for turn in range(max(contestant.rounds for contestant in self.contestants)):
            for contestant in self.contestants:
                if turn < contestant.rounds:
                    print(f"  {self.title}: {contestant.label}, round {turn + 1}", file=sys.stderr)
                    contestant.measure()

    def rows(self, shorten):
        first = self.contestants[0]
        for contestant in self.contestants:
            cpu, rss = median(contestant.cpu), max(contestant.rss)
            ratios = "1", "1"
            if contestant is not first:
                ratios = (f"{cpu / median(first.cpu):.1f}", f"{rss / max(first.rss):.1f}")
            yield [contestant.label, str(len(contestant.cpu)), f"{min(contestant.cpu):.3f}", f"{cpu:.3f}",
                   f"{min(contestant.wall):.3f}", f"{median(contestant.wall):.3f}", f"{rss:.0f}", *ratios,
                   f"`{shorten(' '.join(contestant.command))}`"]


class Difference(Race):
    """Two contestants, of whom the second does what the first does and more: what that costs, round by round."""

    def __init__(self, title, label, contestants):
        super().__init__(title, contestants)
        self.label = label

    def rows(self, shorten):
        yield from super().rows(shorten)
        first, second = self.contestants
        cpu = [more - less for more, less in zip(second.cpu, first.cpu)]
        wall = [more - less for more, less in zip(second.wall, first.wall)]
        yield [self.label, str(len(cpu)), "", f"{median(cpu):.3f}", "", f"{median(wall):.3f}",
               f"{max(second.rss) - max(first.rss):.0f}", "", "", "the second row less the first, round by round"]
