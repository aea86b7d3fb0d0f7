# SPDX-License-Identifier: MIT
"""Files that are damaged, or lie: refused with a message that says where, never half believed."""
import struct

from toolbox import Elf, TrapCase, main, plain, units


class Damage(TrapCase):
    def linked(self, version="5", options=()):
        objects = [self.compile(name, "-gdwarf-" + version) for name in ("other.c", "page.c", "differs.c")]
        return self.link(*objects, options=options)

    def test_relocations_of_a_linked_file_do_not_count(self):
        path = self.linked(options=["-Wl,--emit-relocs"])
        before = self.json(path).out
        for junk in (b"\xff", b"\x01", b"\0"):
            elf = Elf(path)
            elf.overwrite(".rela.debug_info", 0, junk * len(elf.section(".rela.debug_info")))
            elf.save()
            self.assertEqual(self.json(path).out, before)
        self.assert_page(path)

    def test_hole_between_units(self):
        """libdwarf ends its iteration at a hole without an error."""
        for version in "45":
            path = self.linked(version)
            elf = Elf(path)
            info = elf.section(".debug_info")
            where = units(info)
            self.assertEqual(len(where), 3)
            for start, size in where[1:]:
                broken = self.path("hole")
                elf = Elf(path)
                elf.overwrite(".debug_info", start, bytes(size))
                elf.save(broken)
                result = self.json(broken, code=2)
                self.assertEqual(result.report()["targets"], [])
                self.assertIn("%s: section .debug_info: " % broken, result.err)

    def test_hole_at_the_end(self):
        path = self.linked()
        elf = Elf(path)
        size = len(elf.section(".debug_info"))
        elf.replace(".debug_info", elf.section(".debug_info") + bytes(16))
        elf.save()
        self.assert_failure(path, "%s: section .debug_info: the units end at byte %d of %d: truncated or damaged" %
                            (path, size, size + 16))

    def test_truncated_information(self):
        """Cut anywhere but between two units, the section is refused as a whole."""
        path = self.linked()
        info = Elf(path).section(".debug_info")
        ends = {start for start, _ in units(info)}
        for cut in range(1, len(info), 37):
            if cut in ends:
                continue
            elf = Elf(path)
            elf.replace(".debug_info", info[:cut])
            broken = elf.save(self.path("cut"))
            result = self.json(broken, code=2)
            self.assertEqual(result.report()["targets"], [], cut)
            self.assertIn("%s: section .debug_info: " % broken, result.err)

    def test_truncated_abbreviations(self):
        path = self.linked()
        content = Elf(path).section(".debug_abbrev")
        whole = self.json(path).out
        for cut in range(0, len(content), 23):
            elf = Elf(path)
            elf.replace(".debug_abbrev", content[:cut])
            broken = elf.save(self.path("cut"))
            result = self.pagelap("--format", "json", broken)
            if result.code == 0:
                self.assertEqual(result.out.replace(broken, path), whole, cut)
            else:
                self.assertEqual((result.code, result.report()["targets"]), (2, []), cut)

    def test_truncated_file(self):
        path = self.compile("page.c", "-g")
        with open(path, "rb") as file:
            content = file.read()
        for cut in range(0, len(content), 401):
            broken = self.path("cut.o")
            with open(broken, "wb") as file:
                file.write(content[:cut])
            result = self.json(broken, code=2)
            self.assertEqual(result.report()["targets"], [])

    def test_unknown_relocation(self):
        path = self.compile("page.c", "-g")
        elf = Elf(path)
        elf.overwrite(".rela.debug_info", 8, struct.pack("<I", 250))
        elf.save()
        self.assert_failure(path, path + ": section .debug_info: relocation type 250 of machine 62 is not known")

    def test_relocation_past_the_end(self):
        path = self.compile("page.c", "-g")
        elf = Elf(path)
        elf.overwrite(".rela.debug_info", 0, struct.pack("<Q", 1 << 40))
        elf.save()
        self.assert_failure(path, path + ": section .debug_info: a relocation points past its end")

    def test_wrong_machine(self):
        path = self.compile("page.c", "-g")
        elf = Elf(path)
        elf.data[18:20] = struct.pack("<H", 0x9026)
        elf.save()
        result = self.json(path, code=2)
        self.assertRegex(result.err, r"section \.debug_info: relocation type \d+ of machine 36902 is not known")

    def test_other_sections_may_be_anything(self):
        path = self.compile("page.c", "-g")
        elf = Elf(path)
        elf.replace(".comment", b"\xff" * 64, flags=0x800)  # "compressed"
        elf.save()
        self.assert_page(path)

    def test_no_line_table(self):
        """Without it there are no file names, and everything else is as before."""
        path = self.linked()
        elf = Elf(path)
        elf.replace(".debug_line", b"\xff" * 64)
        elf.save()
        result = self.json(path)
        fields = result.record("page")["fields"]
        self.assertEqual({field["file"] for field in fields}, {None})
        self.assertEqual(fields[1]["path"], "lru.next")

    def test_build_is_deterministic(self):
        one, two = (plain(self.json(self.linked(version)).report()) for version in "55")
        self.assertEqual(one, two)


if __name__ == "__main__":
    main()
