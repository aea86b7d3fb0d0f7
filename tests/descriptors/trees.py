# SPDX-License-Identifier: MIT
"""The healthy trees whose descriptors are edited, and copies of them in which one header is another.

Nothing is written into a tree: a copy has symbolic links for all that is not edited.
"""

import collections
import os
import shutil
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
SCRIPTS = os.path.join(ROOT, "scripts")
SUITES = {"6.12": "trixie", "7.2": "sid"}  # of Debian, that have these Linux
sys.path.insert(0, os.path.join(HERE, "../witness"))
import headers_case  # noqa: E402
import headers_clang  # noqa: E402
from headers_case import Skip  # noqa: E402,F401

# The record NAME in the header PATH is edited, and OVERLAY's bytes are looked at; MORE has to be compiled, too, to meet
# all assertions about it.
Record = collections.namedtuple("Record", "path name overlay more")
RECORDS = (
    Record("include/linux/mm_types.h", "folio", "folio", None),
    Record("include/linux/mm_types.h", "ptdesc", "ptdesc", None),
    Record("mm/slab.h", "slab", "slab", None),
    Record("mm/slab.h", "freelist_counters", "slab", None),
    Record("mm/zpdesc.h", "zpdesc", "zpdesc", None),
    Record("include/net/netmem.h", "netmem_desc", "netmem_desc", None),
    Record("include/net/netmem.h", "net_iov", "net_iov", None),
    Record("drivers/iommu/iommu-pages.h", "ioptdesc", "ioptdesc", "drivers/iommu/iommu-pages.c"),
)
# Releases in which struct net_iov lies over struct page; later only its first member does, a netmem_desc.
OVERLAID = {"net_iov": ("6.12",)}


class Build:
    """A configured build directory, and the clang command for its headers with the source tree at SOURCE."""

    def __init__(self, name, path, command):
        self.name = name
        self.path = path
        self.command = command  # of a source tree


class Tree:
    """SOURCE, its builds, and the records in it that can be edited."""

    def __init__(self, source, builds, records):
        self.source = source
        self.builds = builds
        self.records = records


class Copy:
    """A source tree like SOURCE, in the empty directory ROOT."""

    def __init__(self, source, root):
        self.source = source
        self.root = root
        self.path = None  # of the header that is another
        self._fill("")

    def _fill(self, directory):
        """A directory with links to all that is in the one of the source."""
        os.makedirs(os.path.join(self.root, directory), exist_ok=True)
        for name in os.listdir(os.path.join(self.source, directory)):
            link = os.path.join(self.root, directory, name)
            if not os.path.lexists(link):
                os.symlink(os.path.join(self.source, directory, name), link)

    def _open_up(self, path):
        """The directory of PATH shall be a real one, and nothing be at PATH."""
        directory = ""
        for part in os.path.dirname(path).split("/"):
            directory = os.path.join(directory, part)
            if os.path.islink(os.path.join(self.root, directory)):
                os.unlink(os.path.join(self.root, directory))
                self._fill(directory)
        real = os.path.join(self.root, path)
        if os.path.lexists(real):
            os.unlink(real)
        return real

    def edit(self, record, text):
        """The header of the record shall be TEXT, and all others as they were."""
        if self.path not in (None, record.path):
            os.symlink(os.path.join(self.source, self.path), self._open_up(self.path))
        self.path = record.path
        with open(self._open_up(record.path), "w", encoding="utf-8") as file:
            file.write(text)
        if record.more and os.path.exists(os.path.join(self.source, record.more)):
            shutil.copyfile(os.path.join(self.source, record.more), self._open_up(record.more))


def kernel(series):
    """The source of a Linux SERIES with builds of 64 and of 32 bits of just its release."""
    suite = SUITES[series]
    source = headers_case.fetch([os.path.join(SCRIPTS, "fetch-kernel"), "source", suite, "amd64",
                                 f"^linux-source-{series.replace('.', '[.]')}$"])[-1]
    version = headers_case.debian_version(source, "linux-source-")
    builds = []
    for line in headers_case.fetch([os.path.join(SCRIPTS, "fetch-headers"), f"^{suite}-(amd64|armmp)$"]):
        name, path = line.split("=", 1)
        if f"_{version}/" not in path:
            raise Skip(f"{name} is not of {version}, as the source is")
        builds.append(Build(name, path, lambda root, name=name, path=path:
                            headers_clang.Headers(name, path, root).command))
    records = [record for record in RECORDS if series in OVERLAID.get(record.name, (series,))]
    return Tree(source, builds, records)


_TARGETS = {"x86_64": "x86_64-linux-gnu", "arm": "arm-linux-gnueabi"}


def fixture():
    """The miniature tree of testdata/descriptors."""
    directory = os.path.join(ROOT, "testdata/descriptors")
    builds = []
    for name, target in _TARGETS.items():
        path = os.path.join(directory, name)
        builds.append(Build(name, path, lambda root, path=path, target=target: [
            headers_clang.CLANG, f"--target={target}", "-std=gnu11", "-nostdinc", "-w", f"-I{root}/include",
            f"-I{path}/include", "-include", f"{root}/include/linux/kconfig.h",
            "-include", f"{root}/include/linux/compiler_types.h"]))
    return Tree(os.path.join(directory, "source"), builds, RECORDS)
