# SPDX-License-Identifier: MIT
"""The page that says what was measured, on what, and whether the answers agree."""
import datetime
import os
import platform
import re

from benchmarks.inputs import bpftool, first_line, output

HEAD = ["", "rounds", "CPU s, min", "CPU s, median", "wall s, min", "wall s, median", "peak MB", "CPU ratio",
        "MB ratio", "command"]
WIDTH = 120


def build_id(path):
    found = re.search(r"Build ID: (\w+)", output(["readelf", "-n", path]))
    return found.group(1) if found else "none"


def compiler(binary):
    """What the build directory around the binary says about how it was built."""
    directory = os.path.dirname(os.path.abspath(binary))
    while directory != "/" and not os.path.exists(os.path.join(directory, "CMakeCache.txt")):
        directory = os.path.dirname(directory)
    try:
        with open(os.path.join(directory, "CMakeCache.txt"), encoding="utf-8") as file:
            cache = dict(re.findall(r"^(\w+):\w+=(.*)$", file.read(), re.MULTILINE))
    except OSError:
        return "unknown"
    kind = cache.get("CMAKE_BUILD_TYPE", "")
    flags = " ".join(cache.get(name, "") for name in ("CMAKE_C_FLAGS", f"CMAKE_C_FLAGS_{kind.upper()}")).strip()
    return f"{first_line([cache.get('CMAKE_C_COMPILER', 'cc'), '--version'])}, {kind} ({flags})"


def cpu_model():
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as file:
            model = re.search(r"^model name\s*: (.*)$", file.read(), re.MULTILINE)
    except OSError:
        model = None
    return f"{model.group(1) if model else platform.machine()}, {os.cpu_count()} processors"


def shorten(options, text):
    text = text.replace(options.pagelap, "pagelap").replace(options.vmlinux, "vmlinux")
    if options.build:
        text = text.replace(options.build, "build")
    text = re.sub(r"/\S*/usr/src/", "", text)
    text = re.sub(r"/\S*/pagelap-bench-\w+/", "", text)
    return text if len(text) < 400 else text[:200] + " ... " + text[-80:]


def wrapped(text):
    """TEXT in lines of at most WIDTH."""
    line = ""
    for word in text.split():
        if line and len(line) + 1 + len(word) > WIDTH:
            yield line
            line = ""
        line = f"{line} {word}" if line else word
    yield line


def head(options, floor):
    vmlinux = options.vmlinux
    yield from ["# Benchmarks", ""]
    yield from wrapped(
        "Written by `scripts/bench --write docs/benchmarks.md`. The contestants of a table took turns. CPU is user and "
        "system time. Ratios are to the first row of a table: medians of CPU, peaks of memory. Memory has a floor of "
        f"{floor:.0f} MB in this measurement.")
    yield from ["", f"- date: {datetime.date.today().isoformat()}"]
    yield f"- vmlinux: {os.path.basename(vmlinux)}, {os.path.getsize(vmlinux):,} bytes, build-id {build_id(vmlinux)}"
    yield f"- running kernel: {platform.release()}"
    yield f"- processor: {cpu_model()}"
    yield f"- pagelap: {first_line([options.pagelap, '--version'])}; {compiler(options.pagelap)}"
    peers = [f"pahole {first_line(['pahole', '--version'])}", first_line(["gdb", "--version"]),
             first_line([bpftool() or "bpftool", "version"]), first_line(["clang-19", "--version"]),
             "elfutils and drgn " + packaged("libdw1", "python3-drgn"), "sparse " + packaged("sparse")]
    yield from wrapped(f"- peers: {'; '.join(peers)}")


def packaged(*names):
    """The versions of Debian packages."""
    return " and ".join(output(["dpkg-query", "-W", "-f", "${Version}", name]) or "none" for name in names)


def table(options, race):
    yield from ["", f"## {race.title[0].upper()}{race.title[1:]}", ""]
    if race.note:
        yield from [*wrapped(race.note), ""]
    yield "| " + " | ".join(HEAD) + " |"
    yield "|---" + "|---:" * (len(HEAD) - 2) + "|---|"
    for row in race.rows(lambda text: shorten(options, text)):
        yield "| " + " | ".join(row) + " |"


def page(options, found, floor, answers, whole):
    yield from head(options, floor)
    for race in found:
        yield from table(options, race)
    if whole:
        yield from ["", "## A whole kernel build", ""]
        yield from wrapped("`scripts/bench-usage`: one half of the sample is compiled before the scan, the other half "
                           "after it.")
        yield from ["", *whole]
    yield from ["", "## The answers", "", "Compared in the same run, one by one and in both directions:", ""]
    for line in answers:
        yield f"- {shorten(options, line.strip())}"
