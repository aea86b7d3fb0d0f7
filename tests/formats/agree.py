#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""All formats agree on the numbers: agree.py --pagelap BINARY --scratch DIR [--fetch-headers SCRIPT --fetch-kernel SCRIPT].

Each report is read back, by what it shows to people, and held against the JSON report of the same run. With the
scripts that fetch real kernels those are used, otherwise the miniatures. The HTML of ten of them has to be small, and
to open at once.
"""
import argparse
import json
import pathlib
import re
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.dont_write_bytecode = True
sys.path[:0] = [str(HERE), str(HERE.parent / "schema"), str(HERE.parent / "browser")]
import devtools  # noqa: E402
import model  # noqa: E402
import read_documents  # noqa: E402
import read_html  # noqa: E402
import read_text  # noqa: E402
import runs  # noqa: E402

FORMATS = ["json", "text", "html", "markdown", "rst", "plain", "rdjsonl", "sarif"]
LEVELS = {"error": "error", "warning": "warning", "note": "info"}
HOSTILE = "x|``y`_*a*|b|_<i>&amp;[z](u):c:`d`\\"
LARGEST = 2 << 20  # bytes of HTML of ten targets


class Skip(Exception):
    pass


def write(pagelap, scratch, command, arguments):
    """The texts of all formats of one run, by format."""
    outputs = [f"--format={name}:{scratch}/report.{name}" for name in FORMATS]
    subprocess.run([pagelap, command, "-q", "--wide", *outputs, *arguments], check=False, stdin=subprocess.DEVNULL)
    return {name: (scratch / f"report.{name}").read_text(encoding="utf-8") for name in FORMATS}


def read_sarif(text, report):
    run = json.loads(text)["runs"][0]
    return {(r["ruleId"], LEVELS[r["level"]], tuple(r["properties"]["targets"])) for r in run["results"]}


def read_rdjsonl(text):
    found = [json.loads(line) for line in text.splitlines()]
    return sorted((d["code"]["value"], d["severity"].lower()) for d in found)


def read_check(text):
    """The text of `check`: a finding begins at the margin."""
    lines = [line for line in text.splitlines() if line.endswith("]") and line[:1] not in (" ", "") and
             not line.startswith("suppressed: ")]
    return sorted(re.match(r"(?:.*?: )??(error|warning|info): .* \[([A-Z0-9-]+)\]$", line).groups()[::-1] for line in lines)


def read_plain(text):
    lines = [line for line in text.splitlines() if ": could not tell: " not in line]
    return sorted(re.search(r": (error|warning|info): .* \[([A-Z0-9-]+)\]$", line).groups()[::-1] for line in lines)


def rendered(text):
    """The tables of TEXT as GitHub's own renderer makes them, as those of read_documents.markdown()."""
    done = subprocess.run(["cmark-gfm", "--extension", "table", "--extension", "autolink"], input=text, check=True,
                          stdout=subprocess.PIPE, text=True)
    return [[[cell.text().strip() for cell in row.children if isinstance(cell, read_html.Node)] for row in table.find("tr")]
            for table in read_html.Tree(done.stdout).root.find("table")]


def is_open(finding):
    return any(o["state"] == "open" for o in finding["occurrences"])


def differences(texts, command, report):
    """What each format says otherwise than JSON, as lines."""
    layout = command == "layout"
    found = {"html": read_html.read(texts["html"], report)}
    if layout:
        found["text"] = read_text.read(texts["text"], report)
    for name, blocks in (("markdown", read_documents.markdown), ("rst", read_documents.rst)):
        read = read_documents.read(blocks(texts[name]), report)
        found[name] = read if layout else {key: read[key] for key in ("findings", "ranges")}
    for name, tables in found.items():
        for key, table in tables.items():
            wanted = getattr(model, key)(report)
            yield from (f"{name}: {key}: {row} is not in JSON" for row in sorted(table - wanted, key=str))
            yield from (f"{name}: {key}: {row} is missing" for row in sorted(wanted - table, key=str))
    tables = [block[1] for block in read_documents.markdown(texts["markdown"]) if block[0] == "table"]
    if shutil.which("cmark-gfm") and rendered(texts["markdown"]) != tables:
        yield "markdown: GitHub's renderer makes other tables of it"
    opened = [f for f in report["findings"] if is_open(f)]
    occurrences = [f for f in opened for o in f["occurrences"] if o["state"] == "open"]
    lists = [("sarif", read_sarif(texts["sarif"], report),
              {(f["rule"], f["severity"], tuple(f["targets"])) for f in report["findings"]}),
             ("rdjsonl", read_rdjsonl(texts["rdjsonl"]), sorted((f["rule"], f["severity"]) for f in opened)),
             ("plain", read_plain(texts["plain"]), sorted((f["rule"], f["severity"]) for f in occurrences))]
    if not layout:
        lists.append(("text", read_check(texts["text"]), sorted((f["rule"], f["severity"]) for f in opened)))
    for name, table, wanted in lists:
        if table != wanted:
            yield f"{name}: findings: {table}, not {wanted}"


def compare(pagelap, scratch, command, arguments):
    """Prints what differs. Returns how many numbers were compared, and how many lines differ."""
    texts = write(pagelap, scratch, command, arguments)
    report = json.loads(texts["json"])
    lines = list(differences(texts, command, report))
    count = sum(len(getattr(model, key)(report))
                for key in ("members", "row_items", "unused", "uses", "accesses", "coverage", "findings"))
    print(command, " ".join(arguments)[-100:] + ":", f"{count} rows, {len(lines)} differ, {len(texts['html'])} bytes of HTML")
    if len(texts["html"]) > LARGEST:
        lines.append("html: it is too large")
    for line in lines[:20]:
        print("   ", line)
    return count, len(lines)


def opens_slowly(path):
    """Whether a browser, where there is one, takes a second or more for the file."""
    if not devtools.program():
        print("not opened: there is no chromium")
        return False
    with devtools.Browser() as browser:
        seconds = min(browser.open(path) for _ in range(3))
    print(f"{path}: {path.stat().st_size} bytes, open in {seconds:.2f} s")
    return seconds >= 1


def fetch(script, *arguments):
    done = subprocess.run([script, *arguments], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          text=True, check=False)
    if done.returncode:
        raise Skip(done.stderr.strip())
    return done.stdout.split()


def kernel_runs(options):
    """Ten configurations of several releases, and a kernel as it was built, with all its overlays."""
    ten = fetch(options.fetch_headers, "^(sid-(amd64|arm64|s390x|armmp|powerpc64le|riscv64)|trixie-(amd64|arm64)|"
                                       "bookworm-(amd64|s390x))$")
    built = fetch(options.fetch_kernel, "vmlinux", "sid", "s390x", r"^linux-image-7.*-s390x-dbg$")
    saved = options.scratch / "built.json"
    subprocess.run([options.pagelap, "layout", f"--format=json:{saved}", built[-1]], check=True)
    return [("layout", ten), ("check", ten), ("layout", [built[-1]]), ("layout", [f"copy{i}={saved}" for i in range(10)])]


def hostile(options):
    """A saved report in which a member, a type and a file have names that are markup in every language."""
    path = options.scratch / "hostile.json"
    tree = str(options.scratch / "trees/x86_64")
    done = subprocess.run([options.pagelap, "layout", "--format=json", tree], check=True, stdout=subprocess.PIPE, text=True)
    text = done.stdout
    for name in ("slab_cache", "struct kmem_cache *", "mm/slab.h", "mlock_count"):
        text = text.replace(f'"{name}"', json.dumps(HOSTILE + name))
    path.write_text(text, encoding="utf-8")
    return [str(path)]


def used(options):
    """A saved report with what code does."""
    path = options.scratch / "used.json"
    kernels = [str(options.scratch / name) for name in ("le64.btf", "be32.btf", "trees/x86_64")]
    done = subprocess.run([options.pagelap, "layout", "--format=json", *kernels], check=True, stdout=subprocess.PIPE)
    done = subprocess.run([sys.executable, "-B", runs.ROOT / "testdata/miniature/usage.py"], input=done.stdout, check=True,
                          stdout=subprocess.PIPE)
    path.write_bytes(done.stdout)
    return [str(path)]


def miniature_runs(options):
    runs.prepare(options.scratch)
    pack = str(HERE.parent / "cli/packs/few-rules.json")
    return ([("layout", used(options)), ("layout", hostile(options)), ("check", ["--rules", pack, *hostile(options)])] +
            [("layout", arguments) for arguments in runs.layouts(options.scratch)] +
            [("check", arguments) for arguments in runs.checks(options.scratch, options.pagelap)] +
            [("check", ["--rules", pack, *arguments]) for arguments in runs.layouts(options.scratch)])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--pagelap", required=True)
    parser.add_argument("--scratch", required=True, type=pathlib.Path)
    parser.add_argument("--fetch-headers")
    parser.add_argument("--fetch-kernel")
    options = parser.parse_args()
    options.scratch.mkdir(parents=True, exist_ok=True)
    try:
        todo = kernel_runs(options) if options.fetch_headers else miniature_runs(options)
    except Skip as reason:
        print("skipped:", reason)
        return 77
    results = [compare(options.pagelap, options.scratch, *one) for one in todo]
    failed = sum(lines for _, lines in results) + (sum(count for count, _ in results) == 0)
    if options.fetch_headers:
        failed += opens_slowly(options.scratch / "report.html")
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main())
