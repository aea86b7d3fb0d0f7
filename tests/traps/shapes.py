# SPDX-License-Identifier: MIT
"""Kernels in odd shapes: by how they are linked, and by what a configuration does to the records."""
import os
import re
import struct

from toolbox import TrapCase, abbreviations, leaves, main

OBJCOPY = "llvm-objcopy-19"


class Linked(TrapCase):
    def objects(self, *options, compiler="gcc"):
        return [self.compile(name, *options, compiler=compiler) for name in ("other.c", "page.c")]

    def test_link_time_optimisation_of_gcc(self):
        for version in "45":
            with self.subTest(version=version):
                objects = self.objects("-O2", "-flto", "-gdwarf-" + version)
                path = self.path("lto-" + version)
                self.try_tool("gcc", "-O2", "-flto", "-g", "-nostdlib", "-static", "-no-pie", "-Wl,-e,0", *objects, "-o", path)
                self.assert_page(path)

    def test_link_time_optimisation_of_clang(self):
        objects = self.objects("-O2", "-flto", "-g", compiler="clang")
        path = self.path("lto")
        self.try_tool("llvm-lto-19", "--exported-symbol=a_page", *objects, "-o", path)
        self.assert_page(path)

    def test_units_that_share_what_they_have_in_common(self):
        """dwz moves it into partial units, which others import."""
        for version in "45":
            with self.subTest(version=version):
                path = self.link(*[self.compile(name, "-gdwarf-" + version) for name in ("page.c", "differs.c", "other.c")])
                whole = leaves(self.json(path).record("page"))
                shared = self.path("shared")
                self.try_tool("dwz", path, "-o", shared)
                self.assertIn("DW_TAG_partial_unit", self.run_tool("readelf", "--debug-dump=info", shared))
                result = self.json(shared)
                self.assertEqual(leaves(result.record("page")), whole)
                self.assert_page(shared)

    def numbered(self, number, *lines):
        """An object of LINES, with shared.h behind NUMBER other headers: it is another file there than in others."""
        names = ["ahead_%d_%d" % (number, i) for i in range(number)]
        files = {name + ".h": "struct %s { int a; } a_%s;\n" % (name, name) for name in names}
        files["shared.h"] = "struct shared {\n%s};\n" % "".join("\tlong member_%d;\n" % i for i in range(20))
        includes = ['#include "%s"' % name for name in files]
        files["numbered.c"] = "\n".join([*includes, "struct shared shared_%d;" % number, *lines, ""])
        for name, text in files.items():
            with open(self.path(name), "w", encoding="ascii") as file:
                file.write(text)
        return self.compile(self.path("numbered.c"), "-g", name="numbered-%d.o" % number)

    def test_files_have_the_numbers_of_the_unit_that_has_the_type(self):
        page = "struct page { long flags; struct shared shared; } a_page;"
        path = self.link(self.numbered(1), self.numbered(3, page), self.numbered(5))
        result = self.json(path)
        whole = leaves(result.record("page"))
        self.assertRegex(whole[1], r"^shared\.member_0 64 64 \S*shared\.h:2 ")
        self.try_tool("dwz", path, "-o", self.path("shared"))
        self.assertIn("DW_TAG_partial_unit", self.run_tool("readelf", "--debug-dump=info", self.path("shared")))
        self.assertEqual(leaves(self.json(self.path("shared")).record("page")), whole)

    def test_what_lies_in_another_file_is_not_guessed(self):
        """dwz -m moves it into a file of its own."""
        paths = []
        for number in "12":
            linked = self.link(*[self.compile(name, "-gdwarf-4") for name in ("page.c", "differs.c")])
            os.rename(linked, self.path("part" + number))
            paths.append(self.path("part" + number))
        self.try_tool("dwz", "-m", self.path("common"), *paths)
        self.assertIn(".gnu_debugaltlink", self.run_tool("readelf", "-SW", paths[0]))
        self.assert_failure(paths[0], paths[0] + ": DWARF that is in another file, where 'dwz -m' has put it, is not supported")

    def part(self, one, two, *options):
        """A program of ONE's text, after dwz -m has put what it shares with one of TWO's elsewhere."""
        for name, text in (("one", one), ("two", two)):
            with open(self.path(name + ".c"), "w", encoding="ascii") as file:
                file.write(text)
            self.link(self.compile(self.path(name + ".c"), "-gdwarf-4", name=name + ".o"), name=name)
        self.try_tool("dwz", *options, "-m", self.path("common"), self.path("one"), self.path("two"))
        self.assertRegex(abbreviations(self, self.path("one")), r"DW_AT_name +DW_FORM_(GNU_strp_alt|strp_sup)")
        return self.path("one")

    def test_names_that_lie_in_another_file_are_not_made_up(self):
        """The strings that two files share are moved even where their types are not."""
        one = "struct page { long first_member, second_member; } a;\nstruct slab { long first_member, second_member; } b;\n"
        two = "struct others { char first_member; short second_member; } a;\n"
        for options in ([], ["--dwarf-5"]):
            with self.subTest(options=options):
                result = self.json("--overlay", "slab", self.part(one, two, *options), code=2)
                self.assertRegex(result.err, r": types are in a supplementary file \(dwz\), which is not supported\n$")
                self.assertEqual(result.report()["targets"], [])

    def test_what_lies_in_another_file_is_not_compared(self):
        """What is all here may have other definitions there."""
        one = "struct page { long a, b; } a;\nstruct slab { long a, b; } b;\nstruct { long first_member, second_member; } c;\n"
        path = self.part(one, "struct { char first_member; short second_member; } a;\n")
        self.json("--overlay", "slab", path)
        result = self.json("--overlay", "slab", "--check-all-units", path, code=2)
        self.assertEqual(result.err, "pagelap: %s: DWARF that is in another file, where 'dwz -m' has put it, is not "
                                     "supported\n" % path)


class Configured(TrapCase):
    """Every member where the compiler that built it says it is."""

    def section(self, path, name):
        content = self.path("section")
        self.try_tool(OBJCOPY, "-O", "binary", "--only-section=" + name, "--set-section-flags", name + "=alloc", path, content)
        with open(content, "rb") as file:
            return file.read()

    def witness(self, path, big):
        names = self.section(path, ".names").decode().rstrip("\0").splitlines()
        numbers = self.section(path, ".witness")
        numbers = struct.unpack((">" if big else "<") + "%dI" % (len(numbers) // 4), numbers)
        return {name: (8 * at, 8 * size) for name, at, size in zip(names, numbers[::2], numbers[1::2])}

    def check(self, *options, target="x86_64-linux-gnu", big=False):
        path = self.compile("shapes.c", "--target=" + target, "-g", "-ffreestanding", *options, compiler="clang-19")
        result = self.json(path)
        found = {}
        for record in result.report()["targets"][0]["records"]:
            found[record["name"]] = (0, record["size_bits"])
            for field in record["fields"]:
                place = (field["offset_bits"], field["size_bits"])
                name = re.sub(r"\[\d+\]$", "", field["path"])
                found.setdefault(record["name"] + " " + name, place)
                outer = record["name"] + " " + name.partition(".")[0]  # a record within, by its first leaf
                found.setdefault(outer, (field["offset_bits"], None))
        wanted = self.witness(path, big)
        self.assertGreater(len(wanted), 20)
        for name, (at, size) in wanted.items():
            self.assertIn(name, found)
            self.assertEqual(found[name][0], at, name)
            if found[name][1] is not None:
                self.assertEqual(found[name][1], size, name)
        return wanted

    def test_64_bit_device_addresses_on_32_bits(self):
        sizes = {}
        for target, big in (("i386-linux-gnu", False), ("arm-linux-gnueabi", False), ("mips-linux-gnu", True),
                            ("powerpc-linux-gnu", True)):
            with self.subTest(target=target):
                narrow = self.check(target=target, big=big)
                wide = self.check("-DWIDE_DMA", target=target, big=big)
                self.assertEqual((narrow["page dma_addr"][1], wide["page dma_addr"][1]), (32, 64))
                sizes[target] = wide["page"][1]
        # i386 aligns such an address to 4 bytes, the others to 8: that is seen, too.
        self.assertLess(sizes["i386-linux-gnu"], sizes["arm-linux-gnueabi"])

    def test_large_pages(self):
        for shift in (14, 16, 18):
            with self.subTest(shift=shift):
                wanted = self.check("-DPAGE_SHIFT=%d" % shift, target="powerpc64le-linux-gnu")
                self.assertEqual(wanted["page per_page"][1], 8 << (shift - 12))

    def test_memory_checkers(self):
        self.assertEqual(self.check("-DCHECKED")["page"][1] - self.check()["page"][1], 128)

    def test_lock_debugging_and_realtime(self):
        plain = self.check()
        for options in (["-DLOCKDEP"], ["-DREALTIME"], ["-DLOCKDEP", "-DREALTIME"]):
            with self.subTest(options=options):
                self.assertGreater(self.check(*options)["ptdesc inner"][1], plain["ptdesc inner"][1])
                self.check(*options, target="s390x-linux-gnu", big=True)

    def test_structure_layout_randomisation(self):
        plain, orders = self.check(), set()
        for seed in ("pagelap-one", "pagelap-two", "pagelap-three"):
            with self.subTest(seed=seed):
                wanted = self.check("-DRANDOM=__attribute__((randomize_layout))", "-frandomize-layout-seed=" + seed)
                orders.add(tuple(wanted.items()))
        self.assertTrue(orders - {tuple(plain.items())})


if __name__ == "__main__":
    main()
