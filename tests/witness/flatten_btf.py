# SPDX-License-Identifier: MIT
"""Leaves of records according to bpftool, which reads BTF with code that is not ours."""

import json
import struct
import sys

from leaves import EXPANDED_ELEMENTS, Leaf, Record, WitnessError, elements, product, run

_TRANSPARENT = {"TYPEDEF", "CONST", "VOLATILE", "RESTRICT", "TYPE_TAG"}
_LONG = {"long", "long int", "unsigned long", "long unsigned int"}  # as large as a pointer in Linux
_RECORDS = {"STRUCT", "UNION"}


def bpftool():
    """bpftool lies outside of an ordinary user's PATH on Debian."""
    for path in ("/usr/sbin/bpftool", "/usr/bin/bpftool", "/usr/local/sbin/bpftool"):
        try:
            with open(path, "rb"):
                return path
        except OSError:
            pass
    return "bpftool"


class Btf:
    def __init__(self, path):
        self.path = path
        try:
            dump = json.loads(run([bpftool(), "btf", "dump", "file", path, "-j"]))
        except ValueError as error:
            raise WitnessError(f"bpftool: no JSON about {path}: {error}") from error
        self.types = {type_["id"]: type_ for type_ in dump["types"]}
        self.pointer_bytes = self._pointer_bytes()

    def _pointer_bytes(self):
        with open(self.path, "rb") as file:
            head = file.read(5)
        if head[:4] == b"\x7fELF":
            return {1: 4, 2: 8}[head[4]]
        for type_ in self.types.values():
            if type_["kind"] == "INT" and type_["name"] in _LONG:
                return type_["size"]
        return struct.calcsize("P")

    def names(self):
        """The names of all structs and unions."""
        return {type_["name"] for type_ in self.types.values() if type_["kind"] in _RECORDS}

    def records(self, names):
        """Those of the records called NAMES that there are."""
        found = {}
        for type_ in self.types.values():
            if type_["kind"] not in _RECORDS or type_["name"] not in names:
                continue
            leaves = []
            self._walk(type_, "", 0, leaves)
            record = Record(type_["name"], type_["kind"].lower(), type_["size"] * 8, leaves)
            if found.setdefault(record.name, record) != record:
                raise WitnessError(f"{self.path}: several layouts are called {record.name}")
        return found

    def _strip(self, type_id):
        type_ = self.types.get(type_id)
        while type_ and type_["kind"] in _TRANSPARENT:
            type_ = self.types.get(type_["type_id"])
        return type_

    def _size(self, type_):
        """In bits."""
        if type_["kind"] == "ARRAY":
            return type_["nr_elems"] * self._size(self._strip(type_["type_id"]))
        if type_["kind"] == "PTR":
            return self.pointer_bytes * 8
        return type_["size"] * 8

    def _walk(self, record, prefix, base, leaves):
        for member in record["members"]:
            name = member["name"] if member["name"] != "(anon)" else ""
            offset = base + member["bits_offset"]
            bits = member.get("bitfield_size", 0)
            type_ = self._strip(member["type_id"])
            path = (f"{prefix}.{name}" if prefix else name) if name else prefix
            if bits:
                if name:
                    leaves.append(Leaf(path, offset, bits, True))
                continue
            counts, element = [], type_
            while element and element["kind"] == "ARRAY":
                counts.append(element["nr_elems"])
                element = self._strip(element["type_id"])
            if not name:
                if element and element["kind"] in _RECORDS and not counts:
                    self._walk(element, prefix, base + member["bits_offset"], leaves)
                continue
            if element["kind"] not in _RECORDS or not 0 < product(counts) <= EXPANDED_ELEMENTS:
                leaves.append(Leaf(path, offset, self._size(type_), False))
                continue
            size = self._size(element)
            for i, index in enumerate(elements(counts)):
                if element["members"]:
                    self._walk(element, path + index, offset + i * size, leaves)
                else:
                    leaves.append(Leaf(path + index, offset + i * size, size, False))


def main():
    if len(sys.argv) != 3:
        print("usage: flatten_btf.py FILE RECORD[,RECORD...]", file=sys.stderr)
        return 3
    for record in Btf(sys.argv[1]).records(sys.argv[2].split(",")).values():
        print(f"{record.kind} {record.name}: {record.size_bits} bits")
        for leaf in record.leaves:
            print(f"  {leaf.offset_bits:6} {leaf.size_bits:5} {'bits' if leaf.bit_field else '    '} {leaf.path}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
