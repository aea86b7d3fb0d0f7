# SPDX-License-Identifier: MIT
"""Compressed sections, and debug information in a file of its own."""
import os
import shutil
import struct

from toolbox import Elf, TrapCase, main, plain

COMPRESSED = 0x800


def zstd_frame(content):
    """A zstd stream that stores CONTENT as it is: RFC 8878, raw blocks."""
    out = struct.pack("<IBQ", 0xFD2FB528, 0xE0, len(content))
    for at in range(0, len(content), 100000):
        block = content[at:at + 100000]
        last = at + len(block) == len(content)
        out += struct.pack("<I", len(block) << 3 | last)[:3] + block
    return out


def small_btf(split):
    """BTF of a type and a struct page of it; with SPLIT, of a struct slab that builds on that."""
    names, types = b"\0long\0page\0flags\0", struct.pack("<IIII", 1, 1 << 24, 8, 1 << 24 | 64)
    record = [6, 4 << 24 | 1, 8, 11, 1, 0]
    if split:
        record[0], names, types = len(names), b"slab\0", b""
    types += struct.pack("<IIIIII", *record)
    return struct.pack("<HBBIIIII", 0xeb9f, 1, 0, 24, 0, len(types), len(types), len(names)) + types + names


class Compressed(TrapCase):
    def test_zlib(self):
        for version in "45":
            path = self.compile("page.c", "-gdwarf-" + version, "-gz=zlib")
            self.assertTrue(Elf(path).find(".debug_info")["flags"] & COMPRESSED)
            self.assert_page(path)
            self.assert_page(self.link(path, options=["-Wl,--compress-debug-sections=zlib"]))

    def test_zlib_gnu(self):
        path = self.path("gnu.o")
        self.try_tool("gcc", "-gdwarf-4", "-gz=zlib-gnu", "-c", "page.c", "-o", path)
        try:
            Elf(path).find(".zdebug_info")
        except KeyError:
            self.skipTest("this toolchain no longer writes .zdebug sections; unit.elf makes one by hand")
        self.assert_page(path)
        linked = self.link(path, options=["-Wl,--compress-debug-sections=zlib-gnu"])
        Elf(linked).find(".zdebug_info")
        self.assert_page(linked)

    def test_clang(self):
        self.assert_page(self.compile("page.c", "-gdwarf-5", "-gz=zlib", compiler="clang"))

    def zstd(self, path, announce=0):
        elf = Elf(path)
        for name in (".debug_info", ".debug_abbrev", ".debug_str", ".debug_line"):
            header, content = elf.find(name), elf.section(name)
            chdr = struct.pack("<IIQQ", 2, 0, len(content) + announce, 1)
            elf.replace(name, chdr + zstd_frame(content), header["flags"] | COMPRESSED)
        return elf.save(self.path("zstd"))

    def test_zstd(self):
        path = self.compile("page.c", "-gdwarf-5")
        self.assert_page(self.zstd(path))
        self.assert_page(self.zstd(self.link(path)))

    def test_zstd_of_the_toolchain(self):
        path = self.path("zstd.o")
        self.try_tool("gcc", "-g", "-gz=zstd", "-c", "page.c", "-o", path)
        self.assert_page(path)

    def test_wrong_size(self):
        path = self.zstd(self.link(self.compile("page.c", "-g")), announce=1)
        result = self.json(path, code=2)
        self.assertRegex(result.err, r"section \.debug_\w+: (\d+) bytes unpacked, (\d+) announced\n$")
        self.assertEqual(result.report()["targets"], [])

    def test_damaged_stream(self):
        path = self.compile("page.c", "-g", "-gz=zlib")
        for name in (".debug_info", ".debug_str", ".debug_abbrev"):
            elf = Elf(path)
            size = len(elf.section(name))
            if not elf.find(name)["flags"] & COMPRESSED:
                continue
            elf.overwrite(name, size // 2, b"\xff" * (size // 4))
            result = self.json(elf.save(self.path("damaged.o")), code=2)
            self.assertIn("section %s: " % name, result.err)
            self.assertEqual(result.report()["targets"], [])


class Separate(TrapCase):
    def setUp(self):
        super().setUp()
        os.mkdir(self.path("debug"))

    def split(self, build_id=None):
        """A program and its debug file, program.debug, in a directory of their own."""
        options = ["-Wl,--build-id=" + (build_id or "none")]
        program = self.link(self.compile("page.c", "-g"), name="program", options=options)
        self.whole = plain(self.json(program).report())
        self.run_tool("objcopy", "--only-keep-debug", "program", "program.debug", cwd=self.work)
        self.run_tool("strip", "--strip-debug", "program", cwd=self.work)
        return program

    def link_to_debug(self):
        self.run_tool("objcopy", "--add-gnu-debuglink=program.debug", "program", cwd=self.work)

    def move_debug(self, *place):
        target = self.path(os.path.join(*place))
        os.makedirs(os.path.dirname(target), exist_ok=True)
        shutil.move(self.path("program.debug"), target)
        return target

    def assert_found(self):
        result = self.json("--debug-dir", "debug", "program")
        report = result.report()
        self.assertEqual(report["targets"][0]["source"]["path"], "program")
        self.assertEqual(plain(report), self.whole)
        self.assertEqual(result.err, "")

    def assert_not_found(self, *place, why=None):
        """Nothing is found; with WHY, what is at PLACE is not it."""
        what = " (%s: %s)" % (os.path.join(*place), why) if why else ""
        self.assert_failure("program", "program: there is neither DWARF nor BTF in it, nor a separate debug file for it" +
                            what, "--debug-dir", "debug")

    def assert_passed_over(self, why):
        self.assert_not_found(os.path.realpath(self.work), "program.debug", why=why)

    def test_beside(self):
        self.split()
        self.assert_not_found()
        self.link_to_debug()
        self.assert_found()

    def test_in_a_hidden_directory(self):
        self.split()
        self.link_to_debug()
        self.move_debug(".debug", "program.debug")
        self.assert_found()

    def test_in_the_debug_directory(self):
        self.split()
        self.link_to_debug()
        self.move_debug("debug", os.path.realpath(self.work).lstrip("/"), "program.debug")
        self.assert_found()

    def test_by_build_id(self):
        self.split("0x0123456789abcdef")
        self.move_debug("debug", ".build-id", "01", "23456789abcdef.debug")
        self.assert_found()
        self.assertEqual(self.json("--debug-dir", "debug", "program").report()["targets"][0]["source"]["build_id"],
                         "0123456789abcdef")

    def test_another_build_id_is_passed_over(self):
        self.split("0x0123456789abcdef")
        target = self.move_debug("debug", ".build-id", "01", "23456789abcdef.debug")
        elf = Elf(target)
        elf.overwrite(".note.gnu.build-id", 16, b"\xff")
        elf.save()
        self.assert_not_found("debug", ".build-id", "01", "23456789abcdef.debug", why="it is of another build")

    def test_another_checksum_is_passed_over(self):
        self.split()
        self.link_to_debug()
        with open(self.path("program.debug"), "ab") as file:
            file.write(b"\0")
        self.assert_passed_over("it is of another build")

    def test_one_that_is_broken_is_passed_over(self):
        self.split()
        self.link_to_debug()
        shutil.copy(self.path("program.debug"), self.path("kept"))
        for junk, why in ((b"", "it is not an ELF file"), (b"no ELF", "it is not an ELF file"),
                          (b"\x7fELF\x02\x01", "truncated ELF: the header lies past the end of the file")):
            with open(self.path("program.debug"), "wb") as file:
                file.write(junk)
            self.assert_passed_over(why)
        os.mkdir(self.path(".debug"))
        shutil.move(self.path("kept"), self.path(".debug/program.debug"))
        self.assert_found()

    def test_a_file_that_bears_the_name_of_its_debug_file(self):
        """As modules do, below the debug directory: beside it is itself."""
        self.split("0x0123456789abcdef")
        target = self.move_debug("debug", os.path.realpath(self.work).lstrip("/"), "program")
        self.run_tool("objcopy", "--add-gnu-debuglink=" + target, "program", cwd=self.work)
        self.assert_found()
        os.unlink(target)
        self.assert_not_found()

    def test_one_without_debug_information_is_passed_over(self):
        self.split("0x0123456789abcdef")
        self.link_to_debug()
        self.move_debug("debug", os.path.realpath(self.work).lstrip("/"), "program.debug")
        self.run_tool("objcopy", "--strip-all", "program", "program.debug", cwd=self.work)
        self.assert_found()
        shutil.rmtree(self.path("debug"))
        self.assert_passed_over("there is no DWARF in it")

    def test_a_module_whose_btf_builds_on_the_kernels(self):
        """What it builds on is not there, or it is an excerpt in the module: its debug file says more."""
        self.split()
        for name, is_split in (("kernel", False), ("module", True)):
            with open(self.path(name), "wb") as file:
                file.write(small_btf(is_split))
        whole = shutil.copy(self.path("program"), self.path("whole"))
        self.run_tool("objcopy", "--add-section", ".BTF=module", whole, "program", cwd=self.work)
        self.link_to_debug()
        self.assert_found()
        needed = "program: section .BTF: split BTF, which means nothing without what it builds on: `--btf-base FILE` is needed"
        self.assert_failure("program", needed, "--from", "btf")
        self.run_tool("objcopy", "--add-section", ".BTF.base=kernel", "program", cwd=self.work)
        self.assert_found()
        excerpts = "program: section .BTF.base: BTF that builds on excerpts of the kernel's is not supported"
        self.assert_failure("program", excerpts, "--from", "btf")
        os.unlink(self.path("program.debug"))
        self.assert_failure("program", excerpts)
        self.assert_failure("program", excerpts, "--btf-base", self.path("kernel"))
        self.run_tool("objcopy", "--remove-section", ".BTF.base", "program", cwd=self.work)
        self.assert_failure("program", needed)

    def test_debug_file_itself(self):
        self.split()
        report = self.json("program.debug").report()
        self.assertEqual(plain(report), self.whole)


if __name__ == "__main__":
    main()
