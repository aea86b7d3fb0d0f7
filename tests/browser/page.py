#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The HTML report in a browser: page.py --pagelap BINARY --scratch DIR.

Clicks, uses the keyboard, reads what is there, holds the numbers against the JSON report of the same run, and leaves
screenshots in DIR. Skipped without Chromium.
"""
import argparse
import json
import pathlib
import re
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.dont_write_bytecode = True
sys.path[:0] = [str(HERE), str(HERE.parent / "schema")]
import devtools  # noqa: E402
import runs  # noqa: E402

HOSTILE = "<img src=x onerror=document.title='taken'>\"'&amp;"

# The colours of text and of what is behind it, as contrast goes by the WCAG.
CONTRAST = """
(() => {
  const parts = (c) => c.match(/[\\d.]+/g).map(Number);
  const light = (c) => { const [r, g, b] = parts(c).map((v) => v / 255).map((v) =>
    v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  const behind = (e) => { for (; e; e = e.parentElement) { const c = getComputedStyle(e).backgroundColor;
    if (parts(c)[3] !== 0) return c; } return "rgb(255, 255, 255)"; };
  const low = new Set();
  for (const e of document.querySelectorAll("body *")) {
    if (![...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim()) || !e.offsetParent) continue;
    const [a, b] = [light(getComputedStyle(e).color), light(behind(e))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) low.add(`${e.tagName}.${e.className} "${e.textContent.slice(0, 20)}": ${ratio.toFixed(2)}`);
  }
  return [...low];
})()
"""

TABLE = """
[...document.querySelectorAll("%s")].map((table) => [...table.querySelectorAll("tbody tr")].map((row) =>
  [...row.cells].map((cell) => cell.textContent.trim())))
"""


class Failures(list):
    def check(self, holds, what):
        if not holds:
            print("FAILED:", what)
            self.append(what)

    def same(self, found, wanted, what):
        self.check(found == wanted, f"{what}: {found!r}, not {wanted!r}")


def prepare(pagelap, scratch):
    """Reports of three targets with findings, of one, and of one with names that try to be markup."""
    runs.prepare(scratch)
    pack = HERE.parent / "cli/packs/few-rules.json"
    trees = [str(scratch / "trees" / name) for name in ("x86_64", "s390x", "arm")]
    subprocess.run([pagelap, "check", "-q", "--fail-on", "none", "--rules", pack, "--format", f"html:{scratch}/three.html",
                    "--format", f"json:{scratch}/three.json", *trees], check=True)
    text = (scratch / "three.json").read_text(encoding="utf-8")
    hostile = json.dumps(HOSTILE)[1:-1]
    text = text.replace('"slab_cache"', f'"{hostile}"').replace('"struct kmem_cache *"', f'"{hostile}"')
    saved = subprocess.run([pagelap, "layout", "-q", "--format", "json", str(scratch / "le64.btf")], check=True,
                           stdout=subprocess.PIPE)
    used = subprocess.run([sys.executable, "-B", runs.ROOT / "testdata/miniature/usage.py"], input=saved.stdout, check=True,
                          stdout=subprocess.PIPE)
    (scratch / "used.json").write_bytes(used.stdout)
    subprocess.run([pagelap, "layout", "-q", "--format", f"html:{scratch}/used.html", str(scratch / "used.json")],
                   check=True)
    (scratch / "hostile.json").write_text(text.replace("mm/slab.h", hostile), encoding="utf-8")
    subprocess.run([pagelap, "layout", "-q", "--fail-on", "none", "--format", f"html:{scratch}/hostile.html",
                    str(scratch / "hostile.json")], check=True)
    return json.loads((scratch / "three.json").read_text(encoding="utf-8"))


def visible(browser):
    return browser.run("[...document.querySelectorAll('.panel')].filter((p) => p.offsetParent).map((p) => p.id)")


def focused(browser):
    return browser.run("document.activeElement.firstChild ? document.activeElement.innerText.trim().split('\\n')[0] : ''")


def look_at_shape(browser, failures):
    """What a screen reader and a keyboard need, and links that lead somewhere."""
    failures.same(browser.run("""[...document.querySelectorAll("main table")].filter((t) => !t.caption ||
        !t.querySelector("thead th[scope=col]") || [...t.querySelectorAll("tbody tr")].some((r) =>
        !r.querySelector("th[scope]") && !r.closest("tbody").querySelector("th[scope=rowgroup]"))).length"""),
                  0, "tables without caption or headers")
    failures.same(browser.run("""(() => { const ids = [...document.querySelectorAll("[id]")].map((e) => e.id);
        return ids.length - new Set(ids).size; })()"""), 0, "ids given twice")
    failures.same(browser.run("""[...document.querySelectorAll("a[href]")].map((a) => a.getAttribute("href"))
        .filter((h) => h[0] !== "#" || !document.getElementById(h.slice(1)))"""), [], "links that lead nowhere")
    failures.same(browser.run("""[...document.querySelectorAll("[aria-describedby]")].filter((e) =>
        !document.getElementById(e.getAttribute("aria-describedby"))?.textContent.trim()).length"""), 0,
                  "pieces that nothing describes")
    tree = browser.call("Accessibility.getFullAXTree")["nodes"]
    roles = [node.get("role", {}).get("value") for node in tree if not node.get("ignored")]
    failures.same([roles.count(r) for r in ("tablist", "tab", "tabpanel")], [1, 5, 1], "roles of tabs")


def use_tabs(browser, failures):
    failures.same(visible(browser), ["t0"], "first panel")
    browser.click("#tabs a:nth-child(2)")
    failures.same(visible(browser), ["t1"], "panel after a click on the second tab")
    browser.press("ArrowRight")
    failures.same(visible(browser), ["t2"], "panel after the right arrow")
    browser.press("End")
    failures.same(visible(browser), ["findings"], "panel after End")
    browser.press("ArrowRight")
    failures.same(visible(browser), ["t0"], "panel after the last one")
    browser.press("ArrowLeft")
    browser.press("ArrowLeft")
    failures.same(visible(browser), ["differences"], "panel after two times left")
    browser.press("Home")
    failures.same(visible(browser), ["t0"], "panel after Home")
    failures.same(browser.run("document.querySelectorAll('#tabs [aria-selected=true]').length"), 1, "selected tabs")


def use_cells(browser, failures):
    """By keyboard from the tabs into the byte map, and within it."""
    for _ in range(3):
        browser.press("Tab")
    failures.same(focused(browser), "flags", "the first piece of the map")
    browser.press("ArrowDown")
    first = browser.run("document.activeElement.closest('tr').querySelector('th').textContent")
    failures.same(first, "8-15", "the row below")
    browser.press("End")
    browser.press("Home")
    failures.same(browser.run("document.activeElement.closest('td').id"), "t0p0r1c0", "the first piece of the row")
    shown = "[...document.querySelectorAll('.tip')].filter((t) => t.offsetHeight).map((t) => t.textContent)"
    failures.check("bytes 8-15" in (browser.run(shown) or [""])[0], "what is told on focus")
    browser.press("Escape")
    failures.same(browser.run(shown), [], "what is told after Escape")
    browser.move("#t0p0r0c1 .m")
    browser.press("ArrowRight")
    failures.check([text for text in browser.run(shown) if "bytes 0-7" in text] == browser.run(shown) != [],
                   "what is told on hover, and that alone")


def follow_findings(browser, report, failures):
    links = browser.run("[...document.querySelectorAll('#t0 a.finding')].map((a) => a.getAttribute('href'))")
    wanted = {f"#f{i + 1}" for i, f in enumerate(report["findings"]) if report["targets"][0]["name"] in f["targets"]}
    failures.same(set(links), wanted, "findings that the first target links to")
    browser.click("#t0 a.finding")
    failures.same(visible(browser), ["findings"], "panel of a finding")
    number = browser.run("document.activeElement.id")
    failures.same("#" + number, links[0], "the finding that is focused")
    finding = report["findings"][int(number[1:]) - 1]
    failures.check(finding["rule"] in browser.run(f"document.getElementById('{number}').innerText"), "the rule is named")
    browser.click(f"#{number} li a:nth-of-type(2)")
    failures.same(visible(browser), ["t1"], "panel of the bytes of a finding")
    cell = browser.run("document.activeElement.closest('td')?.id || ''")
    failures.check(cell.startswith("t1p0r"), f"the bytes of a finding are focused: {cell}")
    failures.check(browser.run(f"!!document.querySelector(\"#{cell} a[href='#{number}']\")"), "bytes link back")


def switch_differences(browser, failures):
    count = "[...document.querySelectorAll('#t1 .map .ne')].filter((e) => e.offsetHeight).length"
    failures.same(browser.run(count), 0, "differences before the switch")
    browser.run("document.getElementById('differ').focus()")
    browser.press("Space")
    failures.check(browser.run(count) > 0, "differences after the switch")
    browser.press("Space")
    failures.same(browser.run(count), 0, "differences after switching back")


def numbers(range_):
    first, last = range_["offset_bits"], range_["offset_bits"] + range_["size_bits"] - 1
    if first % 8 == 0 and last % 8 == 7:
        return f"{first // 8}" if first // 8 == last // 8 else f"{first // 8}-{last // 8}"
    return f"{first // 8}.{first % 8}" + (f"-{last // 8}.{last % 8}" if last > first else "")


def compare_numbers(browser, report, failures):
    """What the tables say, against the JSON report."""
    members = browser.run(TABLE % "table.members")
    wanted = [[[str(m["page"]), numbers(m), re.sub(r"^[=~<+>.]", "", m["path"])] for m in overlay["members"] if m["size_bits"]]
              for target in report["targets"] for overlay in target["overlays"]]
    found = [[[row[0], row[1], re.sub(r"^[=~<+>.]", "", row[3])] for row in table if row[2] != "0"] for table in members]
    failures.same(found, wanted, "members")
    unused = [[row[:3] for row in table] for table in browser.run(TABLE % "table.unused")]
    failures.same(unused, [[[o["name"], str(u["page"]), numbers(u)] for o in target["overlays"] for u in o["unused"]] +
                           [[target["host"], str(u["page"]), numbers(u)] for u in target["unused"]]
                           for target in report["targets"]], "unused bytes")
    coverage = [[row[3:5] for row in table] for table in browser.run(TABLE % "table.overlays")]
    failures.same(coverage, [[[str(o["coverage"]["used"]), str(o["coverage"]["pinned"])] for o in target["overlays"]]
                             for target in report["targets"]], "coverage")


def look_at_widths(browser, path, scratch, failures):
    """Both colour schemes, at the width of a desktop and of a phone: nothing is cut off, all can be read."""
    for dark in (False, True):
        for width in (1280, 390):
            name = f"{width}-{'dark' if dark else 'light'}"
            browser.open(path, width=width, height=800 if width > 400 else 844, dark=dark)
            failures.check(browser.run("document.documentElement.scrollWidth <= innerWidth"), f"{name}: the page is too wide")
            failures.same(browser.run(CONTRAST), [], f"{name}: low contrast")
            browser.screenshot(str(scratch / f"{name}.png"))
            browser.click("#tabs a:last-child")
            failures.same(browser.run(CONTRAST), [], f"{name}: low contrast in findings")


def look_without_script(browser, path, failures):
    browser.open(path, script=False)
    failures.same(visible(browser), ["t0", "t1", "t2", "differences", "findings"], "panels without the script")
    browser.click("#differ")
    failures.check(browser.run("[...document.querySelectorAll('.map .ne')].some((e) => e.offsetHeight)"),
                   "the switch works without the script")


def look_at_hostile_names(browser, path, failures):
    browser.open(path)
    failures.same(browser.run("[document.title.includes('taken'), document.querySelectorAll('img').length]"), [False, 0],
                  "names that are markup")
    failures.check(browser.run(f"document.body.textContent.includes({json.dumps(HOSTILE)})"), "names are shown as they are")
    failures.same(browser.complaints(), [], "what the browser says of such names")


def follow_accesses(browser, path, failures):
    """From a cell to what code does with its bytes."""
    browser.open(path)
    count, target = browser.run("""(() => { const a = document.querySelector("td a.uses");
        return [parseInt(a.textContent), a.hash]; })()""")
    failures.check(not browser.run(f"document.querySelector('{target}').open"), "accesses are folded at first")
    browser.click("td a.uses")
    failures.check(browser.run(f"document.querySelector('{target}').open"), "accesses are shown after a click")
    failures.same(browser.run(f"document.querySelectorAll('{target} tbody tr').length"), min(count, 20), "accesses listed")
    failures.check(browser.run(f"document.querySelector('{target} tbody th').offsetHeight") > 0, "accesses can be seen")
    failures.same(browser.complaints(), [], "what the browser says of accesses")


def print_it(browser, path, scratch, failures):
    browser.open(path)
    browser.pdf(str(scratch / "print.pdf"))
    boxes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", (scratch / "print.pdf").read_bytes())
    failures.check(boxes and all(float(w) > float(h) for w, h in boxes), f"pages are landscape: {boxes}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--pagelap", required=True)
    parser.add_argument("--scratch", required=True, type=pathlib.Path)
    arguments = parser.parse_args()
    if not devtools.program():
        print("skipped: there is no chromium")
        return 77
    report = prepare(arguments.pagelap, arguments.scratch)
    failures, path = Failures(), arguments.scratch / "three.html"
    with devtools.Browser() as browser:
        browser.call("Accessibility.enable")
        browser.open(path)
        seconds = browser.open(path)
        print(f"{path.stat().st_size} bytes, open in {seconds:.2f} s")
        failures.check(seconds < 1, f"it opens in {seconds:.2f} s")
        look_at_shape(browser, failures)
        use_tabs(browser, failures)
        use_cells(browser, failures)
        follow_findings(browser, report, failures)
        switch_differences(browser, failures)
        compare_numbers(browser, report, failures)
        failures.same(browser.complaints(), [], "what the browser says")
        look_at_widths(browser, path, arguments.scratch, failures)
        look_without_script(browser, path, failures)
        look_at_hostile_names(browser, arguments.scratch / "hostile.html", failures)
        follow_accesses(browser, arguments.scratch / "used.html", failures)
        print_it(browser, path, arguments.scratch, failures)
    print(f"{len(failures)} failed")
    return bool(failures)


if __name__ == "__main__":
    sys.exit(main())
