#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Compares what pagelap reads out of a kernel, leaf by leaf and in both directions, with a witness.

Witnesses: bpftool (BTF), pahole (DWARF), or pagelap itself on another source or another format, which is a witness
for the readers only. Exit code: 0 equal; 1 different, nothing compared, or pagelap failed; 2 the witness failed;
3 usage.
"""

import json
import pathlib
import sys
import tempfile

import flatten_btf
import flatten_pahole
import jsonschema
from leaves import Comparison, PagelapError, Parser, WitnessError, pagelap_records, pagelap_target, run

SCHEMA = pathlib.Path(__file__).resolve().parents[2] / "docs/report.schema.json"

RECORDS = ("page", "folio", "slab", "ptdesc", "zpdesc", "netmem_desc", "ioptdesc")


def names_in(source, wanted, ours):
    """Which of the records WANTED the source has; pahole is slow at telling, BTF is not."""
    try:
        have = flatten_btf.Btf(source).names()
    except WitnessError:
        # No BTF. The strings of the DWARF name most records that there are, and a few more; a name may also be the
        # end of a longer string, so pahole is asked for what pagelap has too.
        with open(source, "rb") as file:
            data = file.read()
        have = set(ours) | {name for name in wanted if b"\0" + name.encode() + b"\0" in data}
    return [name for name in wanted if name in have]


def pagelap_arguments(options, debug_format):
    arguments = []
    if debug_format:
        arguments += ["--from", debug_format]
    if options.rules:
        arguments += ["--rules", options.rules]
    for name in options.overlay:
        arguments += ["--overlay", name]
    return arguments


def check_report(binary, source, arguments, comparison):
    """The report fits its schema, and read back it gives the same report and the same table, byte for byte."""
    command = [binary, "layout", *arguments]
    direct = {form: run([*command, "--format", form, source], PagelapError) for form in ("json", "text")}
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    for error in jsonschema.Draft7Validator(schema).iter_errors(json.loads(direct["json"])):
        comparison.fail(f"schema: /{'/'.join(map(str, error.absolute_path))}: {error.message[:200]}")
    with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as saved:
        saved.write(direct["json"])
        saved.flush()
        for form, text in direct.items():
            if run([binary, "layout", "--format", form, saved.name], PagelapError) != text:
                comparison.fail(f"{form}: the saved report does not give the same again")


def witness_records(options, wanted, ours):
    """The witness's records, and what to call it."""
    source = options.other or options.source
    if options.witness == "bpftool":
        return flatten_btf.Btf(source).records(wanted), "bpftool"
    if options.witness == "pahole":
        present = names_in(source, wanted, ours)
        return flatten_pahole.records(source, present) if present else {}, "pahole"
    target = pagelap_target(options.pagelap, source, pagelap_arguments(options, options.other_from))
    return pagelap_records(target), f"--from {options.other_from}" if options.other_from else source


def parse_arguments():
    parser = Parser(description=__doc__)
    parser.add_argument("--pagelap", required=True, metavar="BIN")
    parser.add_argument("--source", required=True, metavar="FILE")
    parser.add_argument("--from", dest="from_", choices=("dwarf", "btf"))
    parser.add_argument("--witness", required=True, choices=("bpftool", "pahole", "pagelap"))
    parser.add_argument("--other", metavar="FILE", help="what the witness reads (default: the same file)")
    parser.add_argument("--other-from", choices=("dwarf", "btf"), help="for the witness pagelap")
    parser.add_argument("--release", help="the kernel release that pagelap must find")
    parser.add_argument("--records", default=",".join(RECORDS), metavar="NAME[,NAME...]")
    parser.add_argument("--overlay", action="append", default=[], metavar="NAME", help="passed on to pagelap")
    parser.add_argument("--rules", metavar="FILE", help="passed on to pagelap")
    return parser.parse_args()


def main():
    options = parse_arguments()
    wanted = options.records.split(",")
    title = f"{options.source}{' --from ' + options.from_ if options.from_ else ''} against {options.witness}"
    comparison = Comparison(title)
    try:
        target = pagelap_target(options.pagelap, options.source, pagelap_arguments(options, options.from_))
        ours = pagelap_records(target)
        theirs, label = witness_records(options, wanted, ours)
        check_report(options.pagelap, options.source, pagelap_arguments(options, options.from_), comparison)
    except PagelapError as error:
        print(f"{title}: pagelap failed: {error}")
        return 1
    except WitnessError as error:
        print(f"{title}: could not compare: {error}")
        return 2
    if options.release and target["release"] != options.release:
        comparison.fail(f"release {target['release']}, should be {options.release}")
    comparison.compare(wanted, ours, theirs, label)
    return comparison.finish()


if __name__ == "__main__":
    sys.exit(main())
