# SPDX-License-Identifier: MIT
"""Which tests reach a line. One that does not cannot notice what happens there, and need not be run."""

import bisect
import collections
import contextlib
import os
import re
import subprocess

import tree as trees

CALL = re.compile(r"^ +([0-9a-f]+):\t(?:[0-9a-f]{2} )+ *\t?.*call.*<__sanitizer_cov_trace_pc")
INSTRUCTION = re.compile(r"^ +([0-9a-f]+):\t")
FUNCTION = re.compile(r"^([0-9a-f]+) <([^>]+)>:$")
# A jump goes past such a line to what follows it: what changes there shows elsewhere in the function.
LABEL = re.compile(r"\b(case|default)\b|^\w+:")


class Recorded:
    def __init__(self, file):
        self.file = file
        self.places = []


class Reach:
    """What tests reach of the traced library of TREE."""

    def __init__(self, tree):
        self.tree = tree
        self.tests = collections.defaultdict(set)  # by place: names of tests
        self.places = []  # sorted: where calls that tell of a place return to
        self.calls = []  # where these calls are
        self.functions = []  # sorted: where each starts
        self.lines = collections.defaultdict(lambda: collections.defaultdict(list))  # file -> line -> places
        self.extent = collections.defaultdict(dict)  # file -> start of function -> (first line, last line)

    @contextlib.contextmanager
    def recording(self, name):
        """A file that stands in for the one that the library writes to, while test NAME runs; and then what is in it."""
        recorded = Recorded(f"{self.tree.reach_file}-{re.sub('[^A-Za-z0-9]', '-', name)}")
        with open(recorded.file, "wb") as file:
            file.truncate(trees.REACH_SIZE)
        yield recorded
        recorded.places = [place.start() for place in re.finditer(b"\1", trees.content(recorded.file))]
        os.unlink(recorded.file)

    def add(self, name, places):
        """Test NAME reaches PLACES."""
        for place in places:
            self.tests[place].add(name)

    def read_library(self):
        """The places of the library, and the lines that they belong to."""
        self._read_code()
        self._read_lines()

    def _read_code(self):
        with subprocess.Popen(["objdump", "-d", "--section=.text", self.tree.traced_library], stdout=subprocess.PIPE,
                              text=True) as objdump:
            for line in objdump.stdout:
                if len(self.calls) > len(self.places) and (found := INSTRUCTION.match(line)):
                    self.places.append(int(found.group(1), 16))
                if found := CALL.match(line):
                    self.calls.append(int(found.group(1), 16))
                elif found := FUNCTION.match(line):
                    self.functions.append(int(found.group(1), 16))
        if not self.places:
            raise RuntimeError(f"{self.tree.traced_library}: no places to reach")

    def _read_lines(self):
        """Each address with a line belongs to the place before it, which is where its basic block starts."""
        root = self.tree.root + os.sep
        with subprocess.Popen(["llvm-dwarfdump-19", "--debug-line", self.tree.traced_library],
                              stdout=subprocess.PIPE, text=True) as dump:
            for file, line, address in rows(dump.stdout):
                if not file.startswith(root) or not line:
                    continue
                file = file[len(root):]
                function = self._function(address)
                first, last = self.extent[file].get(function, (line, line))
                self.extent[file][function] = (min(first, line), max(last, line))
                self.lines[file][line].append(self._place(address, function))

    def _function(self, address):
        return self.functions[max(bisect.bisect_right(self.functions, address) - 1, 0)]

    def _place(self, address, function):
        """The first place of the function stands for what comes before it."""
        index = bisect.bisect_right(self.calls, address) - 1
        if index < 0 or self.calls[index] < function:
            index += 1
        return self.places[index]

    def of_line(self, file, line, text):
        """The names of the tests that reach LINE (from 1) of FILE, which is TEXT. None: it is not in a function."""
        if line in self.lines[file] and not LABEL.search(text):
            return set().union(*(self.tests.get(place, set()) for place in self.lines[file][line]))
        functions = [function for function, (first, last) in self.extent[file].items() if first <= line <= last]
        if not functions:
            return None
        return set().union(*(self.tests.get(place, set()) for function in functions
                             for place in self._places_of(function)))

    def _places_of(self, function):
        index = bisect.bisect_right(self.functions, function)
        end = self.functions[index] if index < len(self.functions) else self.places[-1] + 1
        return self.places[bisect.bisect_left(self.places, function):bisect.bisect_left(self.places, end)]


def rows(lines):
    """(file, line, address) of what llvm-dwarfdump tells of line tables."""
    directories, files, name, directory = {}, {}, None, None
    for text in lines:
        if text.startswith("debug_line["):
            directories, files = {}, {}
        elif found := re.match(r'include_directories\[ *(\d+)\] = "(.*)"', text):
            directories[int(found.group(1))] = found.group(2)
        elif found := re.match(r"file_names\[ *(\d+)\]:", text):
            name = int(found.group(1))
        elif found := re.match(r' +name: "(.*)"', text):
            files[name] = found.group(1)
        elif found := re.match(r" +dir_index: (\d+)", text):
            directory = directories.get(int(found.group(1)), "")
            files[name] = os.path.normpath(os.path.join(directories.get(0, ""), directory, files[name]))
        elif found := re.match(r"0x([0-9a-f]{16}) +(\d+) +\d+ +(\d+) ", text):
            yield files.get(int(found.group(3)), ""), int(found.group(2)), int(found.group(1), 16)
