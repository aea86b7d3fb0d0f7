#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""What pagelap reads out of an object file against what the compiler that made it says.

The fixtures of testdata/witness are compiled for many targets, with old and new debug information. The compiler is
asked with constants in a second object file: offsetof and sizeof of every leaf, and for a bit field which bits a
static initializer sets. See testdata/witness/README.md for how the leaves are written down.
"""

import collections
import glob
import json
import os
import re
import shutil
import sys
import tempfile

import flatten_btf
import flatten_pahole
from elf import Elf
from leaves import Comparison, Leaf, PagelapError, Parser, Record, WitnessError, pagelap_records, pagelap_target, run

SKIPPED = 77

C_FLAGS = ["-std=gnu11", "-fms-extensions", "-w", "-O0", "-c"]

# Names of targets, and how to call the compiler for them.
GCC_TARGETS = {
    "native": ["gcc"],
    "native-32": ["gcc", "-m32"],
    "i686": ["i686-linux-gnu-gcc"],
    "aarch64": ["aarch64-linux-gnu-gcc"],
    "aarch64-big": ["aarch64-linux-gnu-gcc", "-mbig-endian"],
    "arm": ["arm-linux-gnueabihf-gcc"],
    "mips": ["mips-linux-gnu-gcc"],
    "mips-little": ["mips-linux-gnu-gcc", "-EL"],
    "powerpc64": ["powerpc64-linux-gnu-gcc"],
    "powerpc": ["powerpc64-linux-gnu-gcc", "-m32"],
    "riscv64": ["riscv64-linux-gnu-gcc"],
    "riscv32": ["riscv64-linux-gnu-gcc", "-march=rv32imac", "-mabi=ilp32"],
    "s390x": ["s390x-linux-gnu-gcc"],
}
GCC_VARIANTS = {
    "dwarf5": ["-gdwarf-5"],
    "dwarf4": ["-gdwarf-4"],
    "dwarf3-strict": ["-gdwarf-3", "-gstrict-dwarf"],
    "dwarf2-strict": ["-gdwarf-2", "-gstrict-dwarf"],
    "dwarf5-64bit": ["-gdwarf-5", "-gdwarf64"],
    "dwarf5-zlib": ["-gdwarf-5", "-gz=zlib"],
}

CLANG_TRIPLES = (
    "i386-linux-gnu", "x86_64-linux-gnu", "arm-linux-gnueabi", "armeb-linux-gnueabi", "aarch64-linux-gnu",
    "aarch64_be-linux-gnu", "riscv32-linux-gnu", "riscv64-linux-gnu", "mips-linux-gnu", "mips64el-linux-gnuabi64",
    "powerpc-linux-gnu", "powerpc64-linux-gnu", "powerpc64le-linux-gnu", "s390x-linux-gnu", "loongarch64-linux-gnu",
)
# Clang 14 writes bit fields that are as wide as their type as if they were none, at the wrong place in a packed record.
CLANG_OLDEST = 16
CLANG_VARIANTS = {
    "dwarf5": ["-gdwarf-5"],
    "dwarf4": ["-gdwarf-4"],
    "dwarf3": ["-gdwarf-3"],
    "dwarf2": ["-gdwarf-2"],
    "dwarf5-zlib": ["-gdwarf-5", "-gz=zlib"],
}

# pahole loses the names of members that are qualified unnamed records or arrays of qualified records (holder, lattice),
# and 1.30 shows a bit field of an enum as a whole one (mixed).
PAHOLE_SPOILS = ("holder", "lattice", "mixed")

Entry = collections.namedtuple("Entry", "path bits unsized")


class Fixture:
    """A source file and the leaves that it has, as they are written down beside it."""

    def __init__(self, source):
        self.source = source
        self.name = os.path.splitext(os.path.basename(source))[0]
        self.records = {}  # (kind, name): [Entry]
        with open(os.path.splitext(source)[0] + ".leaves", encoding="ascii") as file:
            for line in file.read().split("\n"):
                words = line.split()
                if not words:
                    continue
                if words[0] == "record":
                    kind = "union" if words[1] == "union" else "struct"
                    entries = self.records.setdefault((kind, words[-1]), [])
                else:
                    entries += self._entries(words[0])

    def _entries(self, text):
        path, _, bits = text.partition(":")
        unsized = path.endswith("[]")
        paths = [path[:-2] if unsized else path]
        while ".." in paths[0]:
            paths = [one for each in paths for one in self._first_range(each)]
        return [Entry(path, int(bits) if bits else None, unsized) for path in paths]

    @staticmethod
    def _first_range(path):
        head, first, last, tail = re.match(r"(.*?)\[(\d+)\.\.(\d+)\](.*)$", path).groups()
        return [f"{head}[{i}]{tail}" for i in range(int(first), int(last) + 1)]

    def probe(self):
        """C that makes the compiler say where everything lies."""
        numbers, lines = [], []
        for (kind, name), entries in self.records.items():
            type_ = f"{kind} {name}"
            numbers.append(f"sizeof({type_})")
            for entry in entries:
                if entry.bits is not None:
                    lines.append(f"const {type_} probe_bits_{len(lines)} = {{ .{entry.path} = -1 }};")
                    continue
                numbers.append(f"__builtin_offsetof({type_}, {entry.path})")
                numbers.append("0" if entry.unsized else f"sizeof((({type_} *)0)->{entry.path})")
        return "\n".join([f'#include "{self.source}"', "const unsigned long long probe_numbers[] = {",
                          *(f"\t{number}," for number in numbers), "};", *lines, ""])

    def answer(self, object_file):
        """The records, as the compiler says in the object made from probe()."""
        elf = Elf(object_file)
        objects = elf.objects()
        numbers = iter(elf.numbers(objects["probe_numbers"]))
        bit_fields = 0
        records = {}
        for (kind, name), entries in self.records.items():
            size = next(numbers) * 8
            leaves = []
            for entry in entries:
                if entry.bits is None:
                    leaves.append(Leaf(entry.path, next(numbers) * 8, next(numbers) * 8, False))
                    continue
                bits = elf.set_bits(objects[f"probe_bits_{bit_fields}"])
                bit_fields += 1
                if len(bits) != entry.bits or bits[-1] - bits[0] != entry.bits - 1:
                    raise WitnessError(f"{self.name}: {name}.{entry.path} sets the bits {bits}")
                leaves.append(Leaf(entry.path, bits[0], entry.bits, True))
            records[name] = Record(name, kind, size, leaves)
        return records

    def rules(self):
        """A rule pack that makes pagelap report all of the records."""
        names = [name for _, name in self.records]
        return {"schema": "pagelap-rules/1", "name": self.name, "host": names[0],
                "overlays": [{"name": name} for name in names[1:]]}


class Case:
    def __init__(self, options, directory):
        self.options = options
        self.directory = directory
        sources = glob.glob(os.path.join(os.path.abspath(options.fixtures), "*.c"))
        self.fixtures = [Fixture(source) for source in sorted(sources)]
        if not self.fixtures:
            raise WitnessError(f"no fixtures in {options.fixtures}")
        self.asked, self.unread = 0, []  # what pahole was asked, and of what it found nothing in
        self.rules = {}
        for fixture in self.fixtures:
            self.rules[fixture.name] = os.path.join(directory, f"{fixture.name}.rules.json")
            with open(self.rules[fixture.name], "w", encoding="ascii") as file:
                json.dump(fixture.rules(), file)

    def compile(self, command, flags, source, name):
        out = os.path.join(self.directory, name)
        run([*command, *C_FLAGS, *flags, "-o", out, source])
        return out

    def knows_target(self, command):
        empty = os.path.join(self.directory, "empty.c")
        with open(empty, "w", encoding="ascii") as file:
            file.write("int x;\n")
        try:
            self.compile(command, [], empty, "empty.o")
        except WitnessError:
            return False
        return True

    def truth(self, fixture, command):
        source = os.path.join(self.directory, f"{fixture.name}.probe.c")
        with open(source, "w", encoding="ascii") as file:
            file.write(fixture.probe())
        return fixture.answer(self.compile(command, ["-g0"], source, "probe.o"))

    def compare(self, comparison, fixture, command, flags, truth, label):
        """One object file; what went wrong is counted in COMPARISON."""
        object_file = self.compile(command, flags, fixture.source, f"{fixture.name}.o")
        ours = pagelap_records(pagelap_target(self.options.pagelap, object_file,
                                              ["--rules", self.rules[fixture.name], *self.options.argument]))
        before = comparison.wrong
        comparison.compare(list(truth), ours, truth, "the compiler")
        names = [name for name, record in truth.items() if record.kind == "struct" and name not in PAHOLE_SPOILS]
        if names and self.options.pahole:
            theirs = flatten_pahole.records(object_file, names)
            self.asked += 1
            if theirs:
                comparison.compare(names, ours, theirs, "pahole")
            else:
                self.unread.append(label)
        if comparison.wrong != before:
            comparison.fail(f"^ {label}: {' '.join([*command, *C_FLAGS, *flags, fixture.source])}")

    def compare_btf(self, comparison, fixture, command, names):
        """BTF that pahole makes of the object, as bpftool reads it. It need not say all that the compiler knows."""
        object_file = self.compile(command, ["-gdwarf-5"], fixture.source, f"{fixture.name}.o")
        btf_file = os.path.join(self.directory, f"{fixture.name}.btf")
        run(["pahole", f"--btf_encode_detached={btf_file}", object_file])
        ours = pagelap_records(pagelap_target(self.options.pagelap, btf_file,
                                              ["--from", "btf", "--rules", self.rules[fixture.name],
                                               *self.options.argument]))
        comparison.compare(names, ours, flatten_btf.Btf(btf_file).records(names), "bpftool")

    def target(self, name, command, variants):
        """All variants of all fixtures for one target; the number of differences."""
        comparison = Comparison(f"{name} ({' '.join(command)})")
        for fixture in self.fixtures:
            try:
                truth = self.truth(fixture, command)
                for variant, flags in variants.items():
                    self.compare(comparison, fixture, command, flags, truth, f"{name} {variant}")
                if self.options.pahole and self.options.family == "gcc":
                    self.compare_btf(comparison, fixture, command, list(truth))
            except (WitnessError, PagelapError) as error:
                comparison.fail(f"{fixture.name}: {error}")
        return comparison.finish()


def newest_clang():
    versions = [path for directory in os.environ["PATH"].split(":") for path in glob.glob(f"{directory}/clang-[0-9]*")]
    versions = [path for path in versions if re.search(r"/clang-\d+$", path)]
    versions.sort(key=lambda path: int(path.rsplit("-", 1)[1]))
    return versions[-1] if versions else shutil.which("clang")


def commands(options):
    """Target name, command and variants, for the compiler family asked for."""
    if options.family == "gcc":
        return [(name, command, GCC_VARIANTS) for name, command in GCC_TARGETS.items()]
    clang = options.clang or newest_clang()
    if not clang:
        return []
    version = re.search(r"version (\d+)", run([clang, "--version"]))
    if not version or int(version.group(1)) < CLANG_OLDEST:
        print(f"left out: {clang} is older than {CLANG_OLDEST}, from which on clang's debug information is right")
        return []
    return [(triple, [clang, f"--target={triple}"], CLANG_VARIANTS) for triple in CLANG_TRIPLES]


def parse_arguments():
    parser = Parser(description=__doc__)
    parser.add_argument("--pagelap", required=True, metavar="BIN")
    parser.add_argument("--fixtures", required=True, metavar="DIRECTORY")
    parser.add_argument("--family", required=True, choices=("gcc", "clang"))
    parser.add_argument("--clang", metavar="BIN", help="default: the newest on the PATH")
    parser.add_argument("--minimum", type=int, default=6, metavar="N", help="fail when fewer targets could be tried")
    parser.add_argument("--only", metavar="REGEX", help="only targets whose names match")
    parser.add_argument("--keep", metavar="DIRECTORY", help="leave the object files there")
    parser.add_argument("--argument", action="append", default=[], help="passed on to pagelap (--argument=--x)")
    options = parser.parse_args()
    options.pahole = shutil.which("pahole")
    return options


def run_targets(options, directory):
    tried = failed = 0
    case = Case(options, directory)
    for name, command, variants in commands(options):
        if options.only and not re.search(options.only, name):
            continue
        if not shutil.which(command[0]):
            print(f"{name}: left out: there is no {command[0]}")
        elif not case.knows_target(command):
            print(f"{name}: left out: {' '.join(command)} does not know the target")
        else:
            tried += 1
            failed += 1 if case.target(name, command, variants) else 0
        sys.stdout.flush()
    if not tried:
        print(f"skipped: no {options.family} for any target")
        return SKIPPED
    print(f"{tried} targets, {failed} of them with differences")
    if case.unread:
        print(f"pahole finds no types in {len(case.unread)} of {case.asked} object files: "
              f"{', '.join(sorted({label.split()[0] for label in case.unread}))}")
    if case.asked and len(case.unread) == case.asked:
        return 1
    if tried < options.minimum and not options.only:
        print(f"too few: {options.minimum} are wanted (scripts/install-deps test)")
        return 1
    return 1 if failed else 0


def main():
    options = parse_arguments()
    if options.keep:
        os.makedirs(options.keep, exist_ok=True)
        return run_targets(options, options.keep)
    with tempfile.TemporaryDirectory(prefix="pagelap-witness-") as directory:
        return run_targets(options, directory)


if __name__ == "__main__":
    sys.exit(main())
