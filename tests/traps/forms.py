# SPDX-License-Identifier: MIT
"""DWARF in all the forms compilers give it."""
import os

from toolbox import SOURCES, TrapCase, abbreviations, has_word, leaves, main, plain, wanted_leaves

RULES = os.path.join(SOURCES, "names.json")


class Versions(TrapCase):
    def check(self, compiler, *options):
        self.assert_page(self.compile("page.c", *options, compiler=compiler))

    def test_gcc(self):
        for version in "2345":
            with self.subTest(version=version):
                self.check("gcc", "-gdwarf-" + version)
                self.check("gcc", "-gdwarf-" + version, "-gstrict-dwarf")

    def test_clang(self):
        for version in "2345":
            with self.subTest(version=version):
                self.check("clang", "-gdwarf-" + version)
                self.check("clang", "-O2", "-gdwarf-" + version, "-gstrict-dwarf")

    def test_64_bit_dwarf(self):
        self.check("gcc", "-gdwarf-5", "-gdwarf64")
        self.assert_page(self.link(self.compile("page.c", "-gdwarf-5", "-gdwarf64")))

    def test_implicit_const(self):
        path = self.compile("page.c", "-gdwarf-5")
        self.assertTrue(has_word(abbreviations(self, path), "DW_FORM_implicit_const"))
        self.assert_page(path)

    def test_location_expressions(self):
        path = self.compile("page.c", "-gdwarf-2")
        self.assertRegex(abbreviations(self, path), r"DW_AT_data_member_location +DW_FORM_block1")
        self.assert_page(path)

    def test_old_bit_offsets(self):
        path = self.compile("page.c", "-gdwarf-3", "-gstrict-dwarf")
        self.assertTrue(has_word(abbreviations(self, path), "DW_AT_bit_offset"))
        self.assert_page(path)

    def test_an_upper_bound_of_minus_one(self):
        path = self.compile("minus.s")
        for arguments in ([], ["--check-all-units"]):
            fields = self.json(*arguments, path).record("page")["fields"]
            self.assertEqual([(field["path"], field["offset_bits"], field["size_bits"], field["type"]) for field in fields],
                             [("flags", 0, 64, "long unsigned int"), ("rest", 64, 0, "long unsigned int[0]"),
                              ("last", 64, 0, "long unsigned int[]")])

    def test_vectors_take_more_than_their_elements(self):
        text = "typedef int v12 __attribute__((vector_size(12)));\nstruct page { v12 a, b[2]; int c; } a_page;\n"
        with open(self.path("vector.c"), "w", encoding="ascii") as file:
            file.write(text + "struct slab { int a; } a_slab;\n")
        path = self.compile(self.path("vector.c"), "-g", compiler="clang", name="vector.o")
        for arguments in ([], ["--check-all-units"]):
            fields = self.json("--overlay", "slab", *arguments, path).record("page")["fields"]
            self.assertEqual([(field["path"], field["offset_bits"], field["size_bits"]) for field in fields],
                             [("a", 0, 128), ("b", 128, 256), ("c", 384, 32)])

    def test_arrays_of_what_is_not_defined(self):
        """It would be 100 elements of no bytes."""
        with open(self.path("red.c"), "w", encoding="ascii") as file:
            file.write('#include "red.h"\nstruct page a_page;\n')
        with open(self.path("red.h"), "w", encoding="ascii") as file:
            file.write('#include "other.h"\nstruct page { long flags; struct entry entries[100]; };\n')
        with open(self.path("other.h"), "w", encoding="ascii") as file:
            file.write("struct entry { long a, b; };\n")
        path = self.path("red.o")
        self.try_tool("gcc", "-g", "-femit-struct-debug-baseonly", "-c", self.path("red.c"), "-o", path)
        result = self.json(path, code=2)
        self.assertRegex(result.err, r": struct page: member entries: its type is not defined\n$")
        self.assertEqual(result.report()["targets"], [])

    def test_without_siblings(self):
        path = self.compile("page.c", "-gdwarf-4", compiler="clang")
        self.assertFalse(has_word(abbreviations(self, path), "DW_AT_sibling"))
        self.assert_page(path)

    def test_versions_give_one_report(self):
        reports = [plain(self.json(self.compile("page.c", "-gdwarf-" + v)).report()) for v in "2345"]
        for report in reports[1:]:
            for record in report["targets"][0]["records"] + reports[0]["targets"][0]["records"]:
                record["align_bits"] = None
            self.assertEqual(report, reports[0])


class Programs(TrapCase):
    """Objects for BPF, whose BTF is relocated, too."""

    def test_bpf(self):
        for target, endian in (("bpfel", "little"), ("bpfeb", "big")):
            for version in "45":
                path = self.compile("program.c", "--target=" + target, "-O2", "-gdwarf-" + version, compiler="clang")
                for kind in ("dwarf", "btf"):
                    with self.subTest(target=target, version=version, kind=kind):
                        result = self.json("--from=" + kind, path)
                        found = result.report()["targets"][0]
                        self.assertEqual((found["bits"], found["endian"], found["arch"]), (64, endian, "bpf"))
                        for name, wanted in (("page", [("flags", 0, 64), ("order", 64, 3), ("inuse", 67, 5),
                                                       ("owner", 128, 64), ("tail", 192, 32)]),
                                             ("slab", [("flags", 0, 64), ("counts", 64, 128)])):
                            self.assertEqual([(field["path"], field["offset_bits"], field["size_bits"])
                                              for field in result.record(name)["fields"]], wanted)


class Targets(TrapCase):
    """One source on every architecture: relocations, byte orders, word sizes."""

    def check(self, target, bits, endian, arch, *options):
        for version in ("4", "5"):
            with self.subTest(target=target, version=version):
                path = self.compile("page.c", "--target=" + target, "-gdwarf-" + version, *options, compiler="clang")
                result = self.json(path)
                found = result.report()["targets"][0]
                self.assertEqual((found["bits"], found["endian"], found["arch"]), (bits, endian, arch))
                if bits == 64:
                    self.assertEqual(leaves(result.record("page")), wanted_leaves())
                else:
                    self.assertEqual(result.record("page")["size_bits"], 288)

    def test_little_endian(self):
        self.check("x86_64-linux-gnu", 64, "little", "x86_64")
        self.check("aarch64-linux-gnu", 64, "little", "arm64")
        self.check("riscv64-linux-gnu", 64, "little", "riscv64")
        self.check("powerpc64le-linux-gnu", 64, "little", "ppc64le")
        self.check("mips64el-linux-gnuabi64", 64, "little", "mips64el")

    def test_relaxed(self):
        self.check("riscv64-linux-gnu", 64, "little", "riscv64", "-mrelax")

    def test_big_endian(self):
        self.check("s390x-linux-gnu", 64, "big", "s390x")
        self.check("powerpc64-linux-gnu", 64, "big", "ppc64")
        self.check("mips64-linux-gnuabi64", 64, "big", "mips64")
        self.check("sparc64-linux-gnu", 64, "big", "sparc64", "-fintegrated-as")

    def test_big_endian_old_bit_offsets(self):
        for version in "23":
            path = self.compile("page.c", "--target=s390x-linux-gnu", "-gdwarf-" + version, compiler="clang")
            self.assertTrue(has_word(abbreviations(self, path), "DW_AT_bit_offset"))
            self.assert_page(path)

    def test_32_bit(self):
        self.check("i386-linux-gnu", 32, "little", "i386")
        self.check("arm-linux-gnueabi", 32, "little", "arm")
        self.check("mipsel-linux-gnu", 32, "little", "mipsel")
        self.check("mips-linux-gnu", 32, "big", "mips")
        self.check("powerpc-linux-gnu", 32, "big", "ppc")
        self.check("riscv32-linux-gnu", 32, "little", "riscv32")
        self.check("hexagon-linux-musl", 32, "little", "hexagon")
        self.check("sparc-linux-gnu", 32, "big", "sparc", "-fintegrated-as")

    def test_other_gccs(self):
        for triple in ("aarch64-linux-gnu", "s390x-linux-gnu", "riscv64-linux-gnu"):
            with self.subTest(triple=triple):
                self.assert_page(self.compile("page.c", "-g", compiler=triple + "-gcc"))


class Names(TrapCase):
    def names(self, *options, linked):
        path = self.compile("names.c", *options)
        return self.link(path) if linked else path

    def test_short_name(self):
        """A name no longer than an offset stands inline, where a search of .debug_str misses it."""
        for linked in (False, True):
            result = self.json("--rules", RULES, self.names("-gdwarf-5", linked=linked))
            self.assertEqual(result.record("abc")["size_bits"], 128)

    def test_end_of_a_longer_name(self):
        """The linker lets `lab` be the end of `slab`: it has no string of its own, and is there."""
        for version in "45":
            path = self.names("-gdwarf-" + version, "-O0", linked=True)
            result = self.json("--rules", RULES, path)
            self.assertEqual(result.record("lab")["fields"][1]["path"], "d")
            self.assertEqual(result.report()["targets"][0]["absent"], ["age"])

    def test_names_in_line(self):
        """Of a unit that does not merge its strings; ld.lld and gold say of the others all the same that they do."""
        with open(self.path("inline.c"), "w", encoding="ascii") as file:
            file.write("struct slab { long flags, slab_cache; } a_slab;\n")
        inline = self.compile(self.path("inline.c"), "-g", "-fno-merge-debug-strings", name="inline.o")
        others = [self.path("others%d.o" % i) for i in range(9)]
        for i, path in enumerate(others):
            with open(path + ".c", "w", encoding="ascii") as file:
                file.write("struct %s { long flags, rest[7]; } a%d;\n" % ("page" if not i else "other%d" % i, i))
            self.run_tool("gcc", "-g", "-c", path + ".c", "-o", path)
        for linker in ("ld", "ld.gold", "ld.lld"):
            with self.subTest(linker=linker):
                self.try_tool(linker, "-e", "0", "-o", self.path("all"), *others, inline)
                for name, wanted in (("slab", []), ("age", ["age"])):
                    result = self.json("--overlay", name, self.path("all"), code=2 if wanted else 0)
                    self.assertEqual(result.report()["targets"][0]["absent"], wanted)

    def test_missing_overlay(self):
        path = self.names("-gdwarf-5", linked=True)
        result = self.json("--overlay", "age", "--overlay", "slab", path, code=2)
        self.assertEqual(result.err, "pagelap: %s: there is no struct or union age in it\n" % path)
        report = result.report()
        self.assertEqual([o["name"] for o in report["targets"][0]["overlays"]], ["slab"])
        self.assertEqual(report["targets"][0]["absent"], ["age"])
        self.assertEqual(report["failures"][0]["kind"], "missing")

    def test_missing_host(self):
        path = self.compile("other.c", "-g")
        self.assert_failure(path, path + ": there is no struct or union page in it")

    def test_declarations_are_no_definitions(self):
        objects = [self.compile(name, "-gdwarf-4") for name in ("other.c", "page.c")]
        self.assert_page(self.link(*objects))


class Units(TrapCase):
    def test_module(self):
        """What `ld -r` makes of several objects, as a .ko is."""
        for version in "45":
            objects = [self.compile(name, "-gdwarf-" + version) for name in ("other.c", "page.c")]
            path = self.path("module.ko")
            self.run_tool("ld", "-r", *objects, "-o", path)
            self.assert_page(path)

    def test_assembler_unit(self):
        objects = [self.compile("empty.s", "-g"), self.compile("page.c", "-g")]
        for path in (self.link(*objects), self.link(*reversed(objects))):
            self.assert_page(path, "--check-all-units")

    def test_other_language(self):
        foreign = self.path("foreign.o")
        self.try_tool("clang", "-g", "-c", "-x", "c++", "foreign.cc", "-o", foreign)
        path = self.link(foreign, self.compile("page.c", "-g"))
        result = self.assert_page(path, "--check-all-units")
        self.assertEqual(result.record("slab")["size_bits"], 448)

    def test_one_definition(self):
        same, differs = (self.compile(name, "-g") for name in ("page.c", "differs.c"))
        path = self.link(same, differs)
        self.assertEqual(self.json(path).report()["findings"], [])
        result = self.json("--check-all-units", path, code=1)
        finding, = result.report()["findings"]
        self.assertEqual(finding["rule"], "ONE-DEFINITION")
        self.assertEqual(finding["overlay"], "slab")
        self.assertEqual(finding["message"],
                         "struct slab: 1 of its 2 definitions differ from the one that was read, first between "
                         "page.c and differs.c: struct list_head * slab_list.next is at bit 128, 64 bits long, in the "
                         "one, long int[5] moved at bit 128, 320 bits long, in the other")
        self.assertEqual(result.report()["verdict"], "gate-failed")
        self.json("--check-all-units", "--fail-on", "none", path)

    def test_type_units(self):
        for version in "45":
            path = self.compile("page.c", "-gdwarf-" + version, "-fdebug-types-section")
            for file in (path, self.link(path)):
                result = self.json(file, code=2)
                self.assertRegex(result.err, "type units .-fdebug-types-section. are not supported\n$")
                self.assertEqual(result.report()["targets"], [])

    def test_cycles(self):
        wanted = {
            1: "struct page: member member: its type has no size",
            2: "struct page: member member: its type has no size",
            3: "struct page: records nest deeper than 64",
            4: "struct page: member member: an array's size is absurd",
            5: "a type with tag 0x34",
        }
        for cycle, message in wanted.items():
            with self.subTest(cycle=cycle):
                path = self.compile("cycle.s", "-Wa,--defsym,CYCLE=%d" % cycle)
                self.assert_failure(path, "%s: section .debug_info: unit at byte 0 (cycle.c): %s" % (path, message))

    def test_what_is_no_constant_is_not_0(self):
        for variable, attribute in ((1, "0xb"), (2, "0x38")):
            with self.subTest(variable=variable):
                path = self.compile("variable.s", "-Wa,--defsym,VARIABLE=%d" % variable)
                self.assert_failure(path, "%s: section .debug_info: unit at byte 0 (variable.c): attribute %s is no constant"
                                    % (path, attribute))
        path = self.compile("variable.s", "-Wa,--defsym,VARIABLE=0")
        self.assertEqual(self.json(path).record("page")["size_bits"], 128)

    def test_many_sections(self):
        """More sections than e_shnum can say: section 0 says it."""
        assembly = self.path("many.s")
        self.run_tool("gcc", "-gdwarf-5", "-S", "page.c", "-o", assembly)
        with open(assembly, "a", encoding="ascii") as file:
            for index in range(66000):
                file.write('\t.section .t.%d,"ax"\n\tnop\n' % index)
        path = self.path("many.o")
        self.run_tool("gcc", "-c", assembly, "-o", path)
        self.assert_page(path)


class Library(TrapCase):
    def test_other_interface(self):
        """One of the two kinds of libdwarf is the one pagelap was built for; the other is refused."""
        path = self.compile("page.c", "-g")
        refused = []
        for version in ("20210528", "0.11.1"):
            library = self.path("lib%s.so" % version)
            self.run_tool("gcc", "-shared", "-fPIC", '-DPACKAGE_VERSION="%s"' % version, "other_libdwarf.c", "-o",
                          library)
            options = os.environ.get("ASAN_OPTIONS", "") + ":verify_asan_link_order=0"
            result = self.pagelap("--format", "json", path,
                                  environment={"LD_PRELOAD": library, "ASAN_OPTIONS": options})
            if result.code:
                refused.append(version)
                self.assertEqual(result.code, 2)
                self.assertEqual(result.err,
                                 "pagelap: %s: the libdwarf that is loaded (%s) is not of the kind that pagelap was "
                                 "built for: rebuild pagelap on this system\n" % (path, version))
        self.assertEqual(len(refused), 1)


if __name__ == "__main__":
    main()
