# SPDX-License-Identifier: MIT
"""Split DWARF: units whose types are in .dwo files, as they are made, moved, mixed up, lost and damaged."""
import os
import shutil

from toolbox import SOURCES, TrapCase, leaves, main, wanted_leaves

FORMS = [(compiler, version) for compiler in ("gcc", "clang") for version in "45"]


def without_files(lines):
    """Of leaves, all but the name of the file: the table of files stays behind when DWARF is split."""
    return [" ".join([*words[:3], words[3].partition(":")[2], *words[4:]]) for words in map(str.split, lines)]


class Split(TrapCase):
    def split(self, source="page.c", compiler="gcc", version="5", name=None):
        """An object, and the .dwo file beside it that has its types."""
        path = self.compile(source, "-gdwarf-" + version, "-gsplit-dwarf", compiler=compiler, name=name)
        return path, path[:-len(".o")] + ".dwo"

    def in_unit(self, path, dwo, message, name=None):
        """What is said of the one unit of PATH."""
        return f"{path}: section .debug_info: unit at byte 0 ({name or dwo}): {message}"


class Read(Split):
    def test_objects(self):
        for compiler, version in FORMS:
            with self.subTest(compiler=compiler, version=version):
                path, _ = self.split(compiler=compiler, version=version)
                for arguments in ((), ("--check-all-units",)):
                    self.assert_page(path, *arguments)

    def test_linked(self):
        for compiler, version in FORMS:
            with self.subTest(compiler=compiler, version=version):
                objects = [self.split(source, compiler, version)[0] for source in ("other.c", "page.c")]
                path = self.link(*objects, self.compile("empty.s", "-g"))
                self.assert_page(path)
                self.assert_page(path, "--check-all-units")

    def test_a_dwo_file_itself(self):
        for compiler, version in FORMS:
            with self.subTest(compiler=compiler, version=version):
                _, dwo = self.split(compiler=compiler, version=version)
                record = self.json(dwo).record("page")
                self.assertEqual({field["file"] for field in record["fields"]}, {None})
                self.assertEqual(without_files(leaves(record)), without_files(wanted_leaves()))

    def test_both_in_one_file(self):
        for version in "45":
            path = self.compile("page.c", "-gdwarf-" + version, "-gsplit-dwarf=single", compiler="clang")
            self.assert_page(path, "--check-all-units")

    def test_several_units_in_one_file(self):
        path, _ = self.split()
        again = shutil.copy(path, self.path("again.o"))
        linked = self.link(path, again, options=["-Wl,--allow-multiple-definition"])
        for arguments in ((), ("--check-all-units",)):
            self.assert_page(linked, *arguments)

    def test_compressed(self):
        path, dwo = self.split()
        self.run_tool("objcopy", "--compress-debug-sections=zlib", dwo)
        self.assert_page(path)

    def test_beside_what_is_not_split(self):
        split, _ = self.split("page.c")
        whole = self.compile("other.c", "-g")
        for objects in ((split, whole), (whole, split)):
            self.assert_page(self.link(*objects), "--check-all-units")

    def test_moved(self):
        """Objects, and a kernel, are moved with their .dwo files; all names are below the directory of the build."""
        build, moved = self.path("build"), self.path("moved")
        shutil.copytree(SOURCES, build)
        os.mkdir(build + "/mm")
        for compiler, version in FORMS:
            with self.subTest(compiler=compiler, version=version):
                self.run_tool(compiler, "-w", "-gdwarf-" + version, "-gsplit-dwarf", "-c", "page.c", "-o", "mm/page.o",
                              cwd=build)
                self.link(build + "/mm/page.o", name="build/vmlinux")
                for directory in (build, moved):
                    if directory == moved:
                        os.rename(build, moved)
                    self.assert_page(directory + "/mm/page.o")
                    self.assert_page(directory + "/vmlinux", "--check-all-units")
                os.rename(moved, build)

    def test_one_definition(self):
        same, _ = self.split("page.c")
        differs, _ = self.split("differs.c")
        path = self.link(same, differs)
        self.assertEqual(self.json(path).report()["findings"], [])
        finding, = self.json("--check-all-units", path, code=1).report()["findings"]
        self.assertEqual(finding["rule"], "ONE-DEFINITION")
        self.assertRegex(finding["message"], "^struct slab: 1 of its 2 definitions differ from the one that was read, "
                                             "first between page.c and differs.c: ")

    def test_definitions_at_the_same_place_of_two_files(self):
        with open(self.path("named.c"), "w", encoding="ascii") as file:
            file.write("struct page { long flags; } UNIT_page;\nstruct slab { long flags; int MEMBER; } UNIT_slab;\n")
        for name, member in (("one", "first"), ("two", "third")):
            self.run_tool("gcc", "-g", "-gsplit-dwarf", f"-DUNIT_page={name}_page", f"-DUNIT_slab={name}_slab",
                          f"-DMEMBER={member}", "-c", self.path("named.c"), "-o", self.path(name + ".o"))
        path = self.link(self.path("one.o"), self.path("two.o"))
        finding, = self.json("--check-all-units", "--overlay", "slab", path, code=1).report()["findings"]
        self.assertIn("int first is at bit 64, 32 bits long, in the one, int third at bit 64", finding["message"])


class Lost(Split):
    def test_not_there(self):
        for compiler, version in FORMS:
            with self.subTest(compiler=compiler, version=version):
                path, dwo = self.split(compiler=compiler, version=version)
                os.remove(dwo)
                self.assert_failure(path, self.in_unit(path, dwo, f"its types are in {dwo}, which is not there, nor "
                                                       f"beside {path}"))

    def test_not_needed(self):
        """What cannot be read matters when something could be in it."""
        page, _ = self.split("page.c")
        other, dwo = self.split("other.c")
        path = self.link(page, other)
        os.remove(dwo)
        self.assert_page(path, "--overlay", "folio")
        for arguments in (("--overlay", "folio", "--check-all-units"), ("--overlay", "ptdesc")):
            result = self.json(*arguments, path, code=2)
            self.assertIn(f"its types are in {dwo}, ", result.err)
            self.assertEqual(result.report()["targets"], [])

    def test_of_another_build(self):
        path, dwo = self.split()
        _, other = self.split("differs.c")
        os.rename(other, dwo)
        self.assert_failure(path, self.in_unit(path, dwo, f"its types are not in {dwo}, which is from another build"))

    def test_truncated(self):
        path, dwo = self.split()
        os.truncate(dwo, os.path.getsize(dwo) // 2)
        result = self.json(path, code=2)
        self.assertIn(f": {dwo}: ", result.err)
        self.assertEqual(result.report()["targets"], [])

    def test_without_dwarf(self):
        path, dwo = self.split()
        shutil.copy(self.compile("other.c"), dwo)
        self.assert_failure(path, self.in_unit(path, dwo, f"{dwo}: there is no section .debug_info.dwo in it"))

    def test_no_regular_file(self):
        """A name may be that of a pipe or a device, which must not be opened: it would wait, or do something."""
        path, dwo = self.split()
        os.remove(dwo)
        os.mkfifo(dwo)
        self.assert_failure(path, self.in_unit(path, dwo, f"its types are in {dwo}, which is not there, nor beside "
                                               f"{path}"))

    def test_type_units(self):
        path = self.compile("page.c", "-g", "-gsplit-dwarf", "-fdebug-types-section")
        result = self.json(path, code=2)
        self.assertRegex(result.err, "type units .-fdebug-types-section. are not supported\n$")


if __name__ == "__main__":
    main()
