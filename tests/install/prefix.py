#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Installs what was built, and uses it as others do.

    prefix.py --build DIR --scratch DIR [--flags FLAG...]

Every public header compiles alone; the example of examples/ is built with pkg-config and tells of a miniature kernel
what the installed program tells; manual pages and completion are where they are looked for. FLAGS go to the compiler:
those of the sanitizers, if the library has them.
"""
import argparse
import json
import os
import pathlib
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
KERNEL = ROOT / "testdata/miniature/kernel.py"

INSTALLED = [
    "bin/pagelap", "share/man/man1/pagelap.1", "share/man/man1/pagelap-diff.1", "share/man/man1/pagelap-layout.1",
    "share/bash-completion/completions/pagelap", "share/fish/vendor_completions.d/pagelap.fish",
    "share/zsh/site-functions/_pagelap", "share/doc/pagelap/examples/unused.c", "share/doc/pagelap/diff.schema.json",
    "share/pagelap/rules/struct-page.json",
]


def run(*command, **options):
    return subprocess.run(list(map(str, command)), check=True, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          text=True, **options).stdout


def compile_headers(prefix, compiler, flags):
    """Each alone, as strictly as users may."""
    headers = sorted((prefix / "include/pagelap").rglob("*.h"))
    for header in headers:
        run(compiler, "-std=c11", "-Wall", "-Wextra", "-Werror", "-fsyntax-only", "-x", "c", *flags, header)
    return len(headers)


def build_example(prefix, scratch, compiler, flags, environment):
    arguments = run("pkg-config", "--cflags", "--libs", "pagelap", env=environment).split()
    example = scratch / "unused"
    run(compiler, "-std=c11", "-Wall", "-Wextra", "-Werror", *flags, "-o", example,
        prefix / "share/doc/pagelap/examples/unused.c", *arguments)
    return example


def compare(pagelap, example, kernel):
    """Whether both tell the same bits of KERNEL to be unused."""
    target = json.loads(run(pagelap, "layout", "-f", "json", kernel))["targets"][0]
    wanted = [f"{target['name']}: page {one['page']}, bit {one['offset_bits']}: {one['size_bits']} bits"
              for one in target["unused"]]
    wanted.append(f"{target['name']}: {len(target['overlays'])} overlays, {len(wanted)} ranges that none of them uses")
    found = run(example, kernel).splitlines()
    if found != wanted:
        print(f"the example says {found}, the program {wanted}")
    return found == wanted


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", required=True, type=pathlib.Path)
    parser.add_argument("--scratch", required=True, type=pathlib.Path)
    parser.add_argument("--compiler", required=True, help="that with which the build was made")
    parser.add_argument("--flags", default=[], nargs="*")
    arguments = parser.parse_args()
    shutil.rmtree(arguments.scratch, ignore_errors=True)
    prefix = arguments.scratch / "prefix"
    environment = {name: value for name, value in os.environ.items() if name != "DESTDIR"}
    run("cmake", "--install", arguments.build, "--prefix", prefix, env=environment)
    missing = [name for name in INSTALLED if not (prefix / name).is_file()]
    for name in missing:
        print(f"{name} is not installed")
    environment["PKG_CONFIG_PATH"] = ":".join(str(path) for path in prefix.rglob("pkgconfig"))
    flags = [f"-I{prefix}/include/pagelap", *arguments.flags]
    count = compile_headers(prefix, arguments.compiler, flags)
    example = build_example(prefix, arguments.scratch, arguments.compiler, arguments.flags, environment)
    run(sys.executable, "-B", KERNEL, arguments.scratch / "kernels")
    same = [compare(prefix / "bin/pagelap", example, arguments.scratch / "kernels" / name)
            for name in ("le64.btf", "be32.btf", "vmlinux")]
    print(f"{count} headers, {len(same)} kernels, {same.count(False)} differ")
    return 1 if missing or not count or not all(same) else 0


if __name__ == "__main__":
    sys.exit(main())
