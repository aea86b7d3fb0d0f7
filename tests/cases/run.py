#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""What broke in the kernel's history is found, and what mended it is silent: run.py --pagelap BIN [CASE...].

A case is a directory of testdata/cases; the README there says how one is written. Every variant is read on every target
of the case as headers and, unless the case says otherwise, from the DWARF that clang makes of the same headers. What
`pagelap check` finds at severity error or warning has to be just what the variant lists.
"""
import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.join(HERE, "../..")
CASES = os.path.join(ROOT, "testdata/cases")
RECIPE = os.path.join(ROOT, "rules/linux-headers.json")
SKIPPED = 77
SOURCES = ("headers", "dwarf")
# What the recipe needs beside the options that tell an architecture from the others.
MORE_OPTIONS = {"arm": ["CONFIG_AEABI"]}
CASE_KEYS = {"what", "rules", "release", "sources", "config", "targets", "files", "variants"}
VARIANT_KEYS = {"why", "files", "defines", "release", "config", "targets", "sources", "finds", "infos", "refused"}
FINDING_KEYS = {"find", "on", "from"}


class Wrong(Exception):
    """A case that is not written as it should be, or cannot be compiled."""


def read_json(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def check_keys(content, known, what):
    unknown = sorted(set(content) - known)
    if unknown:
        raise Wrong(f"{what} has an unknown key '{unknown[0]}'")


def rule_of(text):
    return text.split(" ", 1)[0]


class Variant:
    """One form of a case: "broken" and what begins with it is at fault, any other is not."""

    def __init__(self, case, name, content):
        check_keys(content, VARIANT_KEYS, name)
        self.case, self.name, self.content = case, name, content
        self.targets = self.get("targets", {})
        self.sources = self.get("sources", SOURCES)
        self.release = self.get("release", "")
        self.files = {**case.manifest.get("files", {"include/linux/mm_types.h": "mm_types.h"}),
                      **content.get("files", {})}
        self.defines = content.get("defines", [name.upper().replace("-", "_")])
        for target in [target for key in ("finds", "infos") for finding in self.findings(key)
                       for target in finding.get("on", [])]:
            if target not in self.targets:
                raise Wrong(f"'{name}' speaks of '{target}', which is none of its targets")

    def get(self, key, default):
        return self.content.get(key, self.case.manifest.get(key, default))

    def options(self, target):
        """The configuration: "CONFIG_A" is y, "CONFIG_B=256" has that value."""
        options, _ = self.case.architecture(target)
        return options + self.case.manifest.get("config", []) + self.targets[target] + self.content.get("config", [])

    def findings(self, key):
        for finding in self.content.get(key, []):
            finding = {"find": finding} if isinstance(finding, str) else finding
            check_keys(finding, FINDING_KEYS, self.name)
            yield finding

    def listed(self, target, source, key):
        """What is listed for TARGET as read from SOURCE: "RULE overlay.member"."""
        return {finding["find"] for finding in self.findings(key)
                if target in finding.get("on", [target]) and source in finding.get("from", [source])}

    def rules(self):
        return {rule_of(finding["find"]) for key in ("finds", "infos") for finding in self.findings(key)}


class Case:
    def __init__(self, name, recipe, manifest=None):
        self.name, self.recipe = name, recipe
        self.directory = os.path.join(CASES, name)
        self.manifest = manifest or read_json(os.path.join(self.directory, "case.json"))
        check_keys(self.manifest, CASE_KEYS, "the case")
        self.variants = [Variant(self, *item) for item in self.manifest["variants"].items()]
        self.check_names()

    def check_names(self):
        """Whether the variants are at fault that are called so, and by the rules that the case is about."""
        named = set(self.manifest["rules"])
        for variant in self.variants:
            if variant.name.startswith("broken") != bool(variant.rules()):
                raise Wrong(f"'{variant.name}' is called so, and lists {sorted(variant.rules()) or 'nothing'}")
            if variant.name == "broken" and not named <= variant.rules():
                raise Wrong(f"'broken' does not list {sorted(named - variant.rules())}")

    def own_rules(self):
        """The rules that may not speak up, even as an info, where nothing is listed."""
        return {rule for variant in self.variants for rule in variant.rules()}

    def architecture(self, target):
        """The options and clang's target of what TARGET, "i386" or "i386.pae", is a configuration of."""
        name = target.split(".")[0]
        for entry in self.recipe["architectures"]:
            if entry["name"] == name and "target" in entry:
                options = [option for option in entry["when"] if not option.startswith("!")]
                if entry["bits"] == 64 and "CONFIG_64BIT" not in options:
                    options.append("CONFIG_64BIT")
                return options + MORE_OPTIONS.get(name, []), entry["target"]
        raise Wrong(f"the recipe has no architecture '{name}' with a target of clang's")


def make_tree(variant, directory):
    tree = os.path.join(directory, "source")
    shutil.copytree(os.path.join(CASES, "common"), tree)
    version = re.fullmatch(r"(\d+)\.(\d+)\.(\d+)", variant.release)
    if not version:
        raise Wrong(f"'{variant.name}' has no release of three numbers")
    names = ("VERSION", "PATCHLEVEL", "SUBLEVEL")
    write(os.path.join(tree, "Makefile"),
          "".join(f"{name} = {number}\n" for name, number in zip(names, version.groups())) + "EXTRAVERSION =\n")
    for place, name in variant.files.items():
        path = os.path.join(tree, place)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        shutil.copy(os.path.join(variant.case.directory, name), path)
    return tree


def make_build(variant, target, directory):
    """A build directory for TARGET, as `make prepare` leaves one."""
    build = os.path.join(directory, target)
    options = [option.partition("=") for option in variant.options(target)]
    write(os.path.join(build, ".config"), "".join(f"{name}={value or 'y'}\n" for name, _, value in options))
    write(os.path.join(build, "include/generated/autoconf.h"),
          "".join(f"#define {name} {value or 1}\n" for name, _, value in options)
          + "".join(f"#define {name} 1\n" for name in variant.defines))
    write(os.path.join(build, "include/config/kernel.release"), f"{variant.release}\n")
    return build


def compile_object(variant, target, tree, build):
    """An object whose DWARF has all records of the variant's files, and that says which release it is of."""
    unit, include = os.path.join(build, "unit.c"), os.path.join(tree, "include")
    write(unit, "".join(f"#include \"{os.path.join(tree, place)}\"\n" for place in variant.files)
          + f"const char linux_banner[] = \"Linux version {variant.release} (case@{variant.case.name}) (clang) #1\";\n")
    done = subprocess.run(
        ["clang", f"--target={variant.case.architecture(target)[1]}", "-std=gnu11", "-ffreestanding", "-w", "-g",
         "-fno-eliminate-unused-debug-types", "-Dstatic_assert(...)=", f"-I{include}", f"-I{build}/include",
         "-include", f"{include}/linux/kconfig.h", "-include", f"{include}/linux/compiler_types.h",
         "-c", "-o", f"{unit}.o", unit], capture_output=True, text=True, check=False)
    if done.returncode:
        raise Wrong(f"'{variant.name}' on {target}: {done.stderr}")
    return f"{unit}.o"


def check(options, sources, more=()):
    done = subprocess.run([options.pagelap, "check", "--quiet", "--fail-on", "none", "--format", "json", *more, *sources],
                          capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL, timeout=120)
    if done.returncode not in (0, 2):
        raise Wrong(f"pagelap exits with {done.returncode}: {done.stderr}")
    return json.loads(done.stdout)


def read_variant(options, variant, source, directory):
    """The report on all targets of VARIANT, as read from SOURCE."""
    tree = make_tree(variant, directory)
    builds = {target: make_build(variant, target, directory) for target in variant.targets}
    if source == "headers":
        return check(options, [f"{target}={build}" for target, build in builds.items()], ["--source-tree", tree])
    return check(options, [f"{target}={compile_object(variant, target, tree, build)}"
                           for target, build in builds.items()])


def text_of(finding):
    about = ".".join(part for part in (finding["overlay"], finding["member"]) if part)
    return f"{finding['rule']} {about}".strip()


def found(report, target, severities):
    return {text_of(finding) for finding in report["findings"]
            if target in finding["targets"] and finding["severity"] in severities}


def compare(variant, target, source, report):
    """Complaints about what was found on TARGET."""
    loud, wanted = found(report, target, ("error", "warning")), variant.listed(target, source, "finds")
    if "infos" in variant.content or not wanted:
        own = variant.case.own_rules()
        loud |= {text for text in found(report, target, ("info",)) if rule_of(text) in own}
        wanted |= variant.listed(target, source, "infos")
    where = f"{variant.case.name}, {variant.name} on {target}, from {source}"
    return ([f"{where}: not found: {text}" for text in sorted(wanted - loud)]
            + [f"{where}: found, and not expected: {text}" for text in sorted(loud - wanted)])


def compare_refused(variant, report):
    """Complaints about targets that should not have been judged."""
    where, why = f"{variant.case.name}, {variant.name}", variant.content["refused"]
    messages = [failure["message"] for failure in report["failures"]]
    complaints = [f"{where}: should not be judged: {text_of(finding)}" for finding in report["findings"]]
    if len(messages) != len(variant.targets) or any(why not in message for message in messages):
        complaints.append(f"{where}: each target should be refused, for '{why}'; was: {messages}")
    return complaints


def compare_all(variant, source, report):
    if "refused" in variant.content:
        return compare_refused(variant, report)
    where = f"{variant.case.name}, {variant.name}, from {source}"
    complaints = [f"{where}: could not tell: {failure['message']}" for failure in report["failures"]]
    missing = set(variant.targets) - {target["name"] for target in report["targets"]}
    complaints += [f"{where}: {target} was not read" for target in sorted(missing)]
    for target in variant.targets:
        complaints += compare(variant, target, source, report)
    return complaints


def run_case(options, case):
    """Complaints about CASE, and how often a target was read."""
    complaints, readings = [], 0
    for variant in case.variants:
        for source in variant.sources:
            with tempfile.TemporaryDirectory(prefix="pagelap-case-") as directory:
                complaints += compare_all(variant, source, read_variant(options, variant, source, directory))
            readings += len(variant.targets)
    return complaints, readings


def names():
    return sorted(name for name in os.listdir(CASES) if os.path.exists(os.path.join(CASES, name, "case.json")))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pagelap", required=True, metavar="BIN")
    parser.add_argument("cases", nargs="*", metavar="CASE")
    options = parser.parse_args()
    if not shutil.which("clang"):
        print("skipped: no clang to compile the cases with")
        return SKIPPED
    recipe, failed = read_json(RECIPE), False
    for name in options.cases or names():
        try:
            case = Case(name, recipe)
            complaints, readings = run_case(options, case)
            fine = f"{name}: {len(case.variants)} variants in {readings} readings are as expected"
        except Wrong as reason:
            complaints, fine = [f"{name}: {reason}"], None
        print("\n".join(complaints) or fine)
        failed = failed or bool(complaints)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
