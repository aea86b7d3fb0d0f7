#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Miniature kernels as raw BTF: a host and its overlays in the manner of Linux, small enough to be checked by eye.

kernel.py DIRECTORY writes one file per architecture; what they hold depends on nothing but this file.
"""
import os
import struct
import sys
import zlib

from btf import SIGNED, Btf

KINDS = {"le64": (64, False), "be64": (64, True), "le32": (32, False), "be32": (32, True)}


class Base:
    """The types that everything is made of."""

    def __init__(self, btf):
        self.int = btf.integer("int", 4, SIGNED)
        self.uint = btf.integer("unsigned int", 4)
        self.ulong = btf.integer("long unsigned int", btf.word)
        self.char = btf.integer("char", 1, SIGNED)
        self.atomic = btf.typedef("atomic_t", btf.struct("", ("counter", self.int)))
        self.pointer = btf.pointer(btf.void)
        link = btf.pointer(btf.forward("list_head_of_another"))
        self.list = btf.struct("list_head", ("next", link), ("prev", link))
        callback = btf.pointer(btf.function(btf.void, self.pointer))
        self.rcu = btf.struct("callback_head", ("next", self.pointer), ("func", callback))
        raw = btf.struct("raw_spinlock", ("owner", self.char), (None, self.char), ("next", self.char),
                         (None, self.char))
        self.lock = btf.typedef("spinlock_t", btf.struct("spinlock", ("rlock", raw)))


def add_page(btf, base):
    lru = btf.struct("", ("lru", base.list), ("mapping", base.pointer), ("index", base.ulong),
                     ("private", base.ulong))
    pool = btf.struct("", ("pp_magic", base.ulong), ("pp", base.pointer), ("_pp_mapping_pad", base.ulong),
                      ("dma_addr", base.ulong))
    order = btf.struct("", ("compound_head", base.ulong), ("order", base.uint, 5), ("huge", base.uint, 1))
    either = btf.union("", ("", lru), ("", pool), ("", order), ("rcu_head", base.rcu))
    kind = btf.union("", ("page_type", base.uint), ("_mapcount", base.atomic))
    return btf.struct("page", ("flags", base.ulong), ("", either), ("", kind), ("_refcount", base.atomic),
                      ("memcg_data", base.ulong))


def add_folio(btf, base, page):
    own = btf.struct("", ("flags", base.ulong), ("lru", base.list), ("mapping", base.pointer), ("index", base.ulong),
                     ("private", base.ulong), ("_mapcount", base.atomic), ("_refcount", base.atomic),
                     ("memcg_data", base.ulong))
    second = btf.struct("", ("_flags_1", base.ulong), ("_head_1", base.ulong), ("_large_mapcount", base.atomic),
                        ("_nr_pages_mapped", base.atomic), ("_folio_nr_pages", base.uint))
    return btf.struct("folio", ("", btf.union("", ("", own), ("page", page))),
                      ("", btf.union("", ("", second), ("__page_1", page))))


def add_slab(btf, base, shifted):
    counters = btf.struct("", ("inuse", base.uint, 16), ("objects", base.uint, 15), ("frozen", base.uint, 1))
    busy = btf.struct("", ("slab_list", base.list), ("freelist", base.pointer), ("", counters))
    either = btf.union("", ("", busy), ("rcu_head", base.rcu))
    cache = (("__filler", base.ulong),) if shifted else ()
    return btf.struct("slab", ("__page_flags", base.ulong), ("slab_cache", base.pointer), *cache, ("", either),
                      ("__page_type", base.uint), ("__page_refcount", base.atomic))


def add_ptdesc(btf, base):
    table = btf.struct("", ("_pt_pad_1", base.ulong), ("pmd_huge_pte", base.pointer))
    either = btf.union("", ("pt_rcu_head", base.rcu), ("pt_list", base.list), ("", table))
    return btf.struct("ptdesc", ("__page_flags", base.ulong), ("", either), ("__page_mapping", base.ulong),
                      ("pt_index", base.ulong), ("ptl", base.lock), ("tags", btf.array(base.char, 2, base.uint)),
                      ("__page_refcount", base.atomic))


def kernel(bits, big_endian, shifted=False, without=()):
    """SHIFTED: the slab's members lie a word further; WITHOUT: records that are not there."""
    btf = Btf(bits, big_endian)
    base = Base(btf)
    page = add_page(btf, base) if "page" not in without else btf.struct("pages", ("flags", base.ulong))
    add_folio(btf, base, page)
    add_slab(btf, base, shifted)
    if "ptdesc" not in without:
        add_ptdesc(btf, base)
    return btf


def with_two_slabs(bits, big_endian):
    """One source that gives two definitions of a record."""
    btf = kernel(bits, big_endian)
    add_slab(btf, Base(btf), True)
    return btf.raw()


def elf(raw, machine, name=b".BTF"):
    """An ELF file with one section (64-bit, little-endian)."""
    names = b"\0" + name + b"\0.shstrtab\0"
    table = 64 + len(raw) + len(names)
    head = b"\x7fELF\x02\x01\x01" + bytes(9)
    head += struct.pack("<HHIQQQIHHHHHH", 2, machine, 1, 0, 0, table, 0, 64, 0, 0, 64, 3, 2)
    sections = bytes(64)
    sections += struct.pack("<IIQQQQIIQQ", 1, 1, 0, 0, 64, len(raw), 0, 0, 1, 0)
    sections += struct.pack("<IIQQQQIIQQ", len(name) + 2, 3, 0, 0, 64 + len(raw), len(names), 0, 0, 1, 0)
    return head + raw + names + sections


def gzip(content):
    """Without a time or a name, so that it is always the same."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    return packer.compress(content) + packer.flush()


def files():
    made = {name + ".btf": kernel(bits, big).raw() for name, (bits, big) in KINDS.items()}
    made["shifted.btf"] = kernel(64, False, shifted=True).raw()
    made["two-slabs.btf"] = with_two_slabs(64, False)
    made["no-page.btf"] = kernel(64, False, without=("page",)).raw()
    made["no-ptdesc.btf"] = kernel(64, False, without=("ptdesc",)).raw()
    made["vmlinux"] = elf(made["le64.btf"], 62)
    made["no-debug"] = elf(b"nothing", 62, b".data")
    made["truncated"] = made["vmlinux"][:-70]
    made["image.gz"] = gzip(made["vmlinux"])
    made["wrapper"] = elf(made["image.gz"], 21, b".kernel:vmlinux.strip")
    made["flat.gz"] = gzip(bytes(4096) + made["le64.btf"] + bytes(512))
    made["empty"] = b""
    made["text"] = b"This is no kernel.\n"
    made["config"] = b"# a comment\nCONFIG_MMU=y\n\n# CONFIG_KMSAN is not set\nCONFIG_NR_CPUS=4\n"
    return made


def main():
    os.makedirs(sys.argv[1], exist_ok=True)
    for name, content in files().items():
        with open(os.path.join(sys.argv[1], name), "wb") as file:
            file.write(content)


if __name__ == "__main__":
    main()
