# SPDX-License-Identifier: MIT
"""Kernel headers as the clang program sees them.

Flags and headers are written down here, not taken from pagelap's recipe or its rule pack: a wrong one shows.
"""

import os
import re
import tempfile

import flatten_clang
from leaves import WitnessError, run

CLANG = "clang-19"

_COMMON = ("-std=gnu11", "-nostdinc", "-D__KERNEL__", "-fshort-wchar", "-funsigned-char", "-w")
_FORCED = ("compiler-version.h", "kconfig.h", "compiler_types.h")


class Architecture:
    def __init__(self, directory, target, *extra):
        """In EXTRA, {source} and {resource} stand for the source tree and clang's own headers."""
        self.directory = directory
        self.target = target
        self.extra = extra


def _mips(target, *machines):
    return Architecture("mips", target, *(f"-I{{source}}/arch/mips/include/asm/mach-{name}"
                                          for name in (*machines, "generic")))


_ARM7 = Architecture("arm", "arm-linux-gnueabi", "-D__LINUX_ARM_ARCH__=7")
_PPC = Architecture("powerpc", "powerpc64le-linux-gnu", "-DCONFIG_CC_IS_CLANG=1")
_X86 = Architecture("x86", "x86_64-linux-gnu")
_X86_32 = Architecture("x86", "i386-linux-gnu")
_ARM64 = Architecture("arm64", "aarch64-linux-gnu")

# By Debian's flavour of the kernel.
FLAVOURS = {
    "amd64": _X86, "cloud-amd64": _X86, "rt-amd64": _X86, "686": _X86_32, "686-pae": _X86_32,
    "arm64": _ARM64, "rt-arm64": _ARM64, "arm64-16k": _ARM64,
    "armmp": _ARM7, "armmp-lpae": _ARM7,
    "rpi": Architecture("arm", "arm-linux-gnueabi", "-D__LINUX_ARM_ARCH__=6"),
    "marvell": Architecture("arm", "arm-linux-gnueabi", "-D__LINUX_ARM_ARCH__=5"),
    "ppc32": Architecture("powerpc", "powerpc-linux-gnu", "-DCONFIG_CC_IS_CLANG=1"),
    "powerpc64le": _PPC, "powerpc64le-64k": _PPC,
    "s390x": Architecture("s390", "s390x-linux-gnu"),
    "riscv64": Architecture("riscv", "riscv64-linux-gnu"),
    "loong64": Architecture("loongarch", "loongarch64-linux-gnusf", "-isystem{resource}/include"),
    "mips64r2el": _mips("mips64el-linux-gnuabi64"), "octeon": _mips("mips64el-linux-gnuabi64", "cavium-octeon"),
    "5kc-malta": _mips("mips64el-linux-gnuabi64", "malta"),
    "mips32r2el": _mips("mipsel-linux-gnu"), "4kc-malta": _mips("mipsel-linux-gnu", "malta"),
}

# Where records that lie over struct page are defined and what is asserted of them; not all are in every release, and
# the last three in no headers package.
HEADERS = ("include/linux/mm_types.h", "include/linux/mm.h", "include/net/page_pool/types.h", "include/net/netmem.h",
           "mm/slab.h", "mm/zpdesc.h", "drivers/iommu/iommu-pages.h")
SOURCES = ("drivers/iommu/iommu-pages.c",)

_DEFINITION = re.compile(r"\b((?:struct|union) (\w+)) *\{")


def source_of(build):
    """The common part of a headers package, which lies beside BUILD."""
    with open(os.path.join(build, "Makefile"), encoding="utf-8") as file:
        match = re.search(r"^include .*/([^/]+)/Makefile$", file.read(), re.MULTILINE)
    if not match:
        raise WitnessError(f"{build}/Makefile names no source")
    return os.path.join(os.path.dirname(build), match.group(1))


def _version(source):
    with open(os.path.join(source, "Makefile"), encoding="utf-8") as file:
        text = file.read()
    return tuple(int(re.search(rf"^{name} = (\d+)$", text, re.MULTILINE).group(1))
                 for name in ("VERSION", "PATCHLEVEL"))


class Headers:
    """The headers of the tree NAME in BUILD, which SOURCE (its common part, if None) completes."""

    def __init__(self, name, build, source=None):
        self.build = build
        self.source = source or source_of(build)
        self.architecture = FLAVOURS[name.split("-", 1)[1]]
        self.command = self._command()

    def _command(self):
        arch = f"arch/{self.architecture.directory}/include"
        common, own = self.source, self.build
        command = [CLANG, f"--target={self.architecture.target}", *_COMMON]
        if _version(self.source) >= (7, 0):
            command.append("-fms-extensions")
        for directory in (f"{common}/{arch}", f"{own}/{arch}/generated", f"{common}/include", f"{own}/include",
                          f"{common}/{arch}/uapi", f"{own}/{arch}/generated/uapi", f"{common}/include/uapi",
                          f"{own}/include/generated/uapi"):
            command.append(f"-I{directory}")
        resource = run([CLANG, "-print-resource-dir"]).strip()
        command += [extra.format(source=common, resource=resource) for extra in self.architecture.extra]
        for header in _FORCED:
            command += ["-include", f"{common}/include/linux/{header}"]
        return command

    def _units(self):
        """The headers of one unit, and each source file as one of its own."""
        there = [path for path in HEADERS if os.path.exists(os.path.join(self.source, path))]
        return [there] + [[path] for path in SOURCES if os.path.exists(os.path.join(self.source, path))]

    def _run(self, function, paths, text=""):
        """What FUNCTION makes of the command and a file that includes PATHS and then says TEXT."""
        with tempfile.NamedTemporaryFile("w", suffix=".c", encoding="utf-8") as file:
            file.write("".join(f'#include "{self.source}/{path}"\n' for path in paths) + text)
            file.flush()
            return function(self.command, file.name)

    def preprocessed(self):
        """The preprocessed text of each unit."""
        return [self._run(lambda command, path: run([*command, "-E", path]), unit) for unit in self._units()]

    def records(self, names, texts):
        """Those of the records called NAMES that the preprocessed TEXTS define."""
        found = {}
        for unit, text in zip(self._units(), texts):
            for name, record in self._unit_records(unit, names, text).items():
                if found.setdefault(name, record) != record:
                    raise WitnessError(f"{self.build}: several layouts are called {name}")
        return found

    def _unit_records(self, unit, names, text):
        types = sorted({match.group(1) for match in _DEFINITION.finditer(text) if match.group(2) in names})
        for _ in range(4):
            layouts = flatten_clang.Layouts(self._run(flatten_clang.dump, unit, flatten_clang.probe(types)), types)
            found = layouts.records(names)
            if not layouts.wanted():
                return found
            types += layouts.wanted()
        raise WitnessError(f"{self.build}: clang does not tell the sizes of {', '.join(types)}")
