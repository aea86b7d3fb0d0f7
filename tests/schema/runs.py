# SPDX-License-Identifier: MIT
"""Command lines that give reports of every kind: for tests that look at the shape of a report."""
import json
import pathlib
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
GENERATOR = ROOT / "testdata/miniature/kernel.py"
ACCESSES = ROOT / "testdata/miniature/usage.py"
TREES = ROOT / "testdata/trees"


def prepare(scratch):
    """Makes the miniature kernels and trees in SCRATCH, which is emptied first."""
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir(parents=True)
    subprocess.run([sys.executable, "-B", GENERATOR, scratch], check=True)
    shutil.copytree(TREES, scratch / "trees")
    shutil.copytree(TREES, scratch / "broken")
    types = scratch / "broken/source/include/linux/mm_types.h"
    text = types.read_text(encoding="utf-8")
    types.write_text(text.replace("unsigned long compound_head;", "unsigned long compound_info;"), encoding="utf-8")
    (scratch / "accepted.json").write_text(json.dumps({
        "schema": "pagelap-suppressions/1",
        "suppressions": [
            {"rule": "*", "overlay": "ptdesc", "reason": "known to be right"},
            {"rule": "NOT-THERE", "reason": "fits nothing", "expires": "2999-12-31"},
            {"rule": "*", "overlay": "slab", "reason": "was right once", "expires": "2020-02-29"},
        ]}), encoding="utf-8")


def layouts(scratch):
    """Arguments of `layout`, below SCRATCH."""
    kernels = sorted(str(path) for path in scratch.glob("*.btf"))
    tree, broken = str(scratch / "trees/x86_64"), str(scratch / "broken/x86_64")
    text = str(scratch / "text")
    return [[kernel] for kernel in kernels] + [
        kernels, [*kernels, text], [text], ["--check-all-units", *kernels],
        ["--overlay", "not_there", kernels[0]], [tree], [tree, *kernels], [broken]]


def checks(scratch, pagelap):
    """Arguments of `check`; what they need besides is made by PAGELAP in SCRATCH."""
    tree, other = str(scratch / "trees/x86_64"), str(scratch / "trees/arm")
    broken = "x86_64=" + str(scratch / "broken/x86_64")
    kernels = sorted(str(path) for path in scratch.glob("*.btf"))
    baseline = str(scratch / "baseline.json")
    subprocess.run([pagelap, "check", "-q", "--format", f"json:{baseline}", "x86_64=" + tree, other], check=False,
                   stdin=subprocess.DEVNULL)
    accepted = ["--suppressions", str(scratch / "accepted.json")]
    known = ["--baseline", baseline]
    return [[tree], [tree, other], [broken], kernels, [tree, str(scratch / "text")], [str(scratch / "text")],
            [*accepted, tree, other], [*known, broken], [*known, *accepted, broken, other]]


def usages(scratch, pagelap):
    """Arguments of `usage`; the report they ask is made by PAGELAP in SCRATCH."""
    report = str(scratch / "usage.json")
    kernels = [name + "=" + str(scratch / kernel) for name, kernel in
               (("x86_64", "le64.btf"), ("s390x", "be64.btf"), ("m68k", "be32.btf"))]
    done = subprocess.run([pagelap, "layout", "--format", "json", *kernels], check=True, stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE)
    with open(report, "wb") as file:
        subprocess.run([sys.executable, "-B", ACCESSES], check=True, input=done.stdout, stdout=file)
    return [[report], ["--field", "flags", report], ["--byte", "40", "--by", "directory,arch,field", report],
            ["--show", "uses,counts,idle,names,single", "--kind", "read,address", report], [report, kernels[0]],
            [kernels[0]]]


def run(pagelap, command, output, arguments):
    """What PAGELAP COMMAND writes as OUTPUT, and its exit code."""
    done = subprocess.run([pagelap, command, "-q", "--format", output, *arguments], check=False,
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)
    return done.stdout, done.returncode
