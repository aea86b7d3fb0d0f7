# SPDX-License-Identifier: MIT
"""Just enough ELF to read constants out of an object file, of either class and either byte order."""

import struct


class Elf:
    def __init__(self, path):
        with open(path, "rb") as file:
            self.data = file.read()
        if self.data[:4] != b"\x7fELF":
            raise ValueError(f"{path} is no ELF file")
        self.bits = {1: 32, 2: 64}[self.data[4]]
        self.endian = {1: "little", 2: "big"}[self.data[5]]
        self._order = "<" if self.endian == "little" else ">"
        wide = self.bits == 64
        table = self._unpack("Q" if wide else "I", 0x28 if wide else 0x20)[0]
        size, count = self._unpack("HH", 0x3A if wide else 0x2E)
        # name, type, flags, address, offset, size, link, info, alignment, size of an entry
        self.sections = [self._unpack("IIQQQQIIQQ" if wide else "10I", table + i * size) for i in range(count)]

    def _unpack(self, layout, offset):
        return struct.unpack_from(self._order + layout, self.data, offset)

    def _string(self, section, offset):
        start = self.sections[section][4] + offset
        return self.data[start:self.data.index(b"\0", start)].decode()

    def objects(self):
        """The bytes of every named object that is defined in the file, by name."""
        found = {}
        for section in self.sections:
            if section[1] != 2:  # SHT_SYMTAB
                continue
            for offset in range(section[4], section[4] + section[5], section[9]):
                if self.bits == 64:
                    name, info, _, index, value, size = self._unpack("IBBHQQ", offset)
                else:
                    name, value, size, info, _, index = self._unpack("IIIBBH", offset)
                if info & 15 != 1 or not 0 < index < 0xFF00:  # STT_OBJECT in a section
                    continue
                start = self.sections[index][4] + value
                no_bits = self.sections[index][1] == 8
                found[self._string(section[6], name)] = bytes(size) if no_bits else self.data[start:start + size]
        return found

    def numbers(self, data):
        """DATA as an array of unsigned 64-bit numbers."""
        return struct.unpack(f"{self._order}{len(data) // 8}Q", data)

    def set_bits(self, data):
        """The numbers of the bits that are set in DATA, in memory order, ascending."""
        found = []
        for i, byte in enumerate(data):
            for bit in range(8):
                if byte >> (bit if self.endian == "little" else 7 - bit) & 1:
                    found.append(i * 8 + bit)
        return found
