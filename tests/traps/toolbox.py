# SPDX-License-Identifier: MIT
"""What the trap tests share: compilers, an editor for ELF files, and pagelap itself."""
import json
import os
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import unittest

PAGELAP = os.environ["PAGELAP"]
SOURCES = os.path.abspath(os.path.join(os.path.dirname(__file__), "../../testdata/traps"))
WORDS = {"long unsigned int": "unsigned long", "short int": "short"}


class Result:
    def __init__(self, done):
        self.code = done.returncode
        self.out = done.stdout
        self.err = done.stderr

    def report(self):
        return json.loads(self.out)

    def record(self, name):
        records = self.report()["targets"][0]["records"]
        return next(record for record in records if record["name"] == name)


def plain(report):
    """REPORT without what names the file and the compiler."""
    for target in report["targets"]:
        target["source"]["path"] = target["source"]["build_id"] = target["compiler"] = None
    return report


def leaves(record):
    """The fields of RECORD as lines of page.leaves, with types spelled as clang does."""
    lines = []
    for field in record["fields"]:
        kind = field["type"]
        for gcc, clang in WORDS.items():
            kind = kind.replace(gcc, clang)
        lines.append("%s %d %d %s:%s %s" % (field["path"], field["offset_bits"], field["size_bits"], field["file"],
                                           field["line"], kind))
    return lines


def wanted_leaves():
    with open(os.path.join(SOURCES, "page.leaves"), encoding="ascii") as file:
        lines = [line.rstrip("\n") for line in file if not line.startswith("#")]
    for gcc, clang in WORDS.items():
        lines = [line.replace(gcc, clang) for line in lines]
    return lines


class TrapCase(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        self.work = tempfile.mkdtemp(prefix="pagelap-traps-")
        self.addCleanup(shutil.rmtree, self.work)

    def path(self, name):
        return os.path.join(self.work, name)

    def run_tool(self, *command, cwd=SOURCES):
        tool = shutil.which(command[0])
        if not tool:
            self.skipTest("%s is not installed" % command[0])
        done = subprocess.run([tool, *command[1:]], cwd=cwd, capture_output=True, text=True, check=False)
        if done.returncode:
            raise AssertionError("%s: %s" % (" ".join(command), done.stderr))
        return done.stdout

    def try_tool(self, *command):
        """Like run_tool(), but skips the test when the tool cannot do it."""
        try:
            return self.run_tool(*command)
        except AssertionError as error:
            return self.skipTest(str(error).strip().splitlines()[0])

    def compile(self, source, *options, compiler="gcc", name=None):
        """Compiles SOURCE of testdata/traps; the path of the object."""
        output = self.path(name or source + ".o")
        self.run_tool(compiler, *options, "-c", source, "-o", output)
        return output

    def link(self, *objects, name="linked", options=()):
        output = self.path(name)
        self.run_tool("gcc", "-nostdlib", "-static", "-no-pie", "-Wl,-e,0", *options, *objects, "-o", output)
        return output

    def pagelap(self, *arguments, environment=None):
        done = subprocess.run([PAGELAP, "layout", *arguments], cwd=self.work, capture_output=True, text=True,
                              check=False, env={**os.environ, **(environment or {})})
        self.assertNotIn("Sanitizer", done.stderr)
        self.assertIn(done.returncode, (0, 1, 2, 3), done.stderr)
        return Result(done)

    def json(self, *arguments, code=0):
        result = self.pagelap("--format", "json", *arguments)
        self.assertEqual(result.code, code, result.err)
        return result

    def assert_page(self, path, *arguments):
        """PATH must give exactly the page of page.leaves."""
        result = self.json(*arguments, path)
        self.assertEqual(result.err, "")
        self.assertEqual(leaves(result.record("page")), wanted_leaves())
        return result

    def assert_failure(self, path, message, *arguments):
        """PATH must be refused with exactly MESSAGE, and nothing of it be reported."""
        result = self.json(*arguments, path, code=2)
        self.assertEqual(result.err, "pagelap: %s\n" % message)
        report = result.report()
        self.assertEqual(report["targets"], [])
        self.assertEqual(report["verdict"], "could-not-tell")
        self.assertEqual([failure["message"] for failure in report["failures"]], [message])


class Elf:
    """A 64-bit little-endian ELF file that can be changed."""

    def __init__(self, path):
        with open(path, "rb") as file:
            self.data = bytearray(file.read())
        self.path = path
        self.table, = struct.unpack_from("<Q", self.data, 40)
        self.count, names = struct.unpack_from("<HH", self.data, 60)
        if not self.count:
            self.count, = struct.unpack_from("<Q", self.data, self.table + 32)
        if names == 0xffff:
            names, = struct.unpack_from("<I", self.data, self.table + 40)
        self.names = self.header(names)["offset"]

    def header(self, index):
        at = self.table + 64 * index
        fields = struct.unpack_from("<IIQQQQIIQQ", self.data, at)
        keys = ("name", "type", "flags", "address", "offset", "size", "link", "info", "align", "entry_size")
        return {**dict(zip(keys, fields)), "at": at}

    def find(self, name):
        for index in range(self.count):
            header = self.header(index)
            start = self.names + header["name"]
            if self.data[start:self.data.index(b"\0", start)] == name.encode():
                return header
        raise KeyError(name)

    def section(self, name):
        header = self.find(name)
        return bytes(self.data[header["offset"]:header["offset"] + header["size"]])

    def replace(self, name, content, flags=None):
        """Gives section NAME other content, put at the end of the file."""
        header = self.find(name)
        offset = len(self.data)
        self.data += content
        struct.pack_into("<Q", self.data, header["at"] + 8, header["flags"] if flags is None else flags)
        struct.pack_into("<QQ", self.data, header["at"] + 24, offset, len(content))

    def overwrite(self, name, offset, content):
        at = self.find(name)["offset"] + offset
        self.data[at:at + len(content)] = content

    def save(self, path=None):
        with open(path or self.path, "wb") as file:
            file.write(self.data)
        return path or self.path


def units(info):
    """Offset and size of each unit in the .debug_info INFO (32-bit DWARF)."""
    found, at = [], 0
    while at < len(info):
        size = struct.unpack_from("<I", info, at)[0] + 4
        found.append((at, size))
        at += size
    return found


def abbreviations(toolcase, path):
    return toolcase.run_tool("readelf", "--debug-dump=abbrev", path)


def has_word(text, word):
    return re.search(r"\b%s\b" % re.escape(word), text) is not None


def main():
    unittest.main(argv=[sys.argv[0], *sys.argv[1:]], verbosity=2)
