/* SPDX-License-Identifier: MIT */
#include "read/image/image.h"

#include <string.h>

#include "read/codec/decompress.h"
#include "read/elf/elf.h"
#include "read/image/scan.h"

/* An image in a stream in an image is met; more is hostile. */
enum { MAX_LAYERS = 4 };

typedef struct pl_error *unpack_fn(struct pl_bytes bytes, struct pl_arena *arena,
				   struct pl_bytes *ret);

/* A kind of image, told by some bytes at a fixed place. */
struct image_kind {
	const char *name;
	size_t offset;
	const char *magic;
	size_t magic_size;
	unpack_fn *unpack; /* NULL: the image is the kernel */
};

static bool magic_at(struct pl_bytes bytes, size_t offset, const char *magic, size_t size)
{
	struct pl_bytes slice;

	return pl_bytes_slice(bytes, offset, size, &slice) && !memcmp(slice.data, magic, size);
}

static struct pl_error *unpack_payload(struct pl_bytes payload, struct pl_arena *arena,
				       struct pl_bytes *ret)
{
	enum pl_compression compression = pl_compression_detect(payload);

	if (compression != PL_COMPRESSION_NONE)
		return pl_decompress_all(compression, payload, PL_IMAGE_MAX, arena, ret);
	if (!pl_elf_detect(payload))
		return pl_error_new(PL_ERROR_UNREADABLE, "its payload begins like nothing known");
	*ret = payload;
	return NULL;
}

/*
 * Documentation/arch/x86/boot.rst: the payload is counted from the code that
 * runs in protected mode, which begins behind the boot sector and
 * setup_sects more of them (0 meaning 4). Before protocol 2.08 nothing tells
 * where the payload is.
 */
static struct pl_error *unpack_x86(struct pl_bytes bytes, struct pl_arena *arena,
				   struct pl_bytes *ret)
{
	struct pl_cursor cursor = pl_cursor_init(bytes, false);
	uint64_t sectors, version, offset, size;
	struct pl_bytes payload;

	pl_cursor_seek(&cursor, 0x1f1);
	sectors = pl_cursor_read(&cursor, 1);
	pl_cursor_seek(&cursor, 0x206);
	version = pl_cursor_read(&cursor, 2);
	if (!cursor.failed && version < 0x208)
		return pl_image_scan(bytes, arena, ret);
	pl_cursor_seek(&cursor, 0x248);
	offset = pl_cursor_read(&cursor, 4);
	size = pl_cursor_read(&cursor, 4);
	offset += ((sectors ? sectors : 4) + 1) * 512;
	if (cursor.failed || !pl_bytes_slice(bytes, offset, size, &payload))
		return pl_error_new(PL_ERROR_UNREADABLE, "truncated: its payload is not all there");
	return unpack_payload(payload, arena, ret);
}

/* drivers/firmware/efi/libstub/zboot-header.S: payload, its size, and what it is packed with. */
static struct pl_error *unpack_zboot(struct pl_bytes bytes, struct pl_arena *arena,
				     struct pl_bytes *ret)
{
	struct pl_cursor cursor = pl_cursor_init(bytes, false);
	struct pl_bytes payload, name;
	uint64_t offset, size;

	pl_cursor_seek(&cursor, 8);
	offset = pl_cursor_read(&cursor, 4);
	size = pl_cursor_read(&cursor, 4);
	if (cursor.failed || !pl_bytes_slice(bytes, offset, size, &payload) ||
	    !pl_bytes_slice(bytes, 24, 32, &name))
		return pl_error_new(PL_ERROR_UNREADABLE, "truncated: its payload is not all there");
	if (pl_compression_detect(payload) == PL_COMPRESSION_NONE)
		return pl_error_new(PL_ERROR_UNREADABLE, "compression %.*s is not supported",
				    (int)strnlen((const char *)name.data, name.size),
				    (const char *)name.data);
	return unpack_payload(payload, arena, ret);
}

static const struct image_kind kinds[] = {
	{"x86 kernel image", 0x202, "HdrS", 4, unpack_x86},
	{"EFI zboot image", 4, "zimg", 4, unpack_zboot},
	/* Documentation/arch/arm64/booting.rst, .../riscv/boot-image-header.rst */
	{"arm64 kernel image", 0x38, "ARM\x64", 4, NULL},
	{"riscv kernel image", 0x38, "RSC\x05", 4, NULL},
	/* arch/loongarch/kernel/head.S: LINUX_PE_MAGIC; that of x86 has it too, but came first */
	{"loongarch kernel image", 0x38, "\xcd\x23\x82\x81", 4, NULL},
	/* arch/s390/boot/head.S */
	{"s390 kernel image", 0x10008, "S390EP", 6, pl_image_scan},
	/* arch/arm/boot/compressed/head.S: a word of either byte order */
	{"arm zImage", 0x24, "\x18\x28\x6f\x01", 4, pl_image_scan},
	{"arm zImage", 0x24, "\x01\x6f\x28\x18", 4, pl_image_scan},
};

static const struct image_kind *kind_of(struct pl_bytes bytes)
{
	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
		if (magic_at(bytes, kinds[i].offset, kinds[i].magic, kinds[i].magic_size))
			return &kinds[i];
	return NULL;
}

/*
 * Boot wrappers that are ELF files keep the packed kernel in a section of its
 * own: .kernel:vmlinux.strip on powerpc, .rodata..compressed and the like on
 * others. *RET is left alone when there is none.
 */
static bool packed_in(const struct pl_elf *elf, struct pl_bytes *ret)
{
	struct pl_bytes bytes;

	for (size_t i = 0; i < elf->n_sections; i++) {
		const struct pl_elf_section *section = &elf->sections[i];

		if ((!strncmp(section->name, ".kernel:", 8) ||
		     strstr(section->name, "compressed")) &&
		    pl_bytes_slice(elf->bytes, section->offset, section->size, &bytes) &&
		    pl_compression_detect(bytes) != PL_COMPRESSION_NONE) {
			*ret = bytes;
			return true;
		}
	}
	return false;
}

/* Sets *FOUND if BYTES are a wrapper around *RET; a damaged ELF file is none. */
static struct pl_error *wrapped(struct pl_bytes bytes, struct pl_bytes *ret, bool *found)
{
	PL_CLEANUP(pl_arena_cleanup) struct pl_arena *arena = NULL;
	struct pl_error *error;
	struct pl_elf elf;

	*found = false;
	if (!pl_elf_detect(bytes))
		return NULL;
	arena = pl_arena_new();
	if (!arena)
		return pl_error_no_memory();
	error = pl_elf_parse(arena, bytes, &elf);
	if (error && error->kind == PL_ERROR_MEMORY)
		return error;
	*found = !error && packed_in(&elf, ret);
	pl_error_free(error);
	return NULL;
}

struct pl_error *pl_image_detect(struct pl_bytes bytes, bool *ret)
{
	struct pl_bytes payload;

	*ret = kind_of(bytes) || pl_compression_detect(bytes) != PL_COMPRESSION_NONE;
	return *ret ? NULL : wrapped(bytes, &payload, ret);
}

/* Takes one layer off BYTES, if there is one; *DONE if there was none. */
static struct pl_error *unwrap(struct pl_bytes bytes, struct pl_arena *arena, struct pl_bytes *ret,
			       bool *done)
{
	const struct image_kind *kind = kind_of(bytes);
	bool packed = pl_compression_detect(bytes) != PL_COMPRESSION_NONE;
	struct pl_error *error;

	*ret = bytes;
	if (kind && kind->unpack) {
		error = kind->unpack(bytes, arena, ret);
		return error ? pl_error_prefix(error, "%s", kind->name) : NULL;
	}
	if (!kind && !packed)
		PL_TRY(wrapped(bytes, ret, &packed));
	*done = kind || !packed;
	return *done ? NULL : unpack_payload(*ret, arena, ret);
}

struct pl_error *pl_image_unpack(const char *file, struct pl_bytes bytes, struct pl_arena *arena,
				 struct pl_bytes *ret)
{
	bool done = false, known;

	PL_TRY(pl_image_detect(bytes, &known));
	if (!known)
		return pl_error_new(PL_ERROR_UNREADABLE, "%s: not a kernel image of a known kind",
				    file);
	for (int layer = 0; layer < MAX_LAYERS && !done; layer++) {
		struct pl_error *error = unwrap(bytes, arena, &bytes, &done);

		if (error)
			return pl_error_prefix(error, "%s", file);
	}
	if (!done)
		return pl_error_new(PL_ERROR_UNREADABLE, "%s: an image in more than %d others",
				    file, MAX_LAYERS - 1);
	*ret = bytes;
	return NULL;
}

/* The machine field of PE files (UEFI starts kernels as such) and of the ELF world. */
static const struct {
	uint16_t machine;
	const char *arch;
} machines[] = {
	{0x8664, "x86_64"},  {0x014c, "i386"},	  {0xaa64, "arm64"},	   {0x01c2, "arm"},
	{0x5064, "riscv64"}, {0x5032, "riscv32"}, {0x6264, "loongarch64"}, {0x6232, "loongarch32"},
};

/* "MZ"; at 0x3c, where "PE\0\0" stands, behind which is the machine. */
static const char *pe_arch(struct pl_bytes bytes)
{
	struct pl_cursor cursor = pl_cursor_init(bytes, false);
	uint64_t machine;

	if (pl_cursor_read(&cursor, 2) != 0x5a4d)
		return NULL;
	pl_cursor_seek(&cursor, 0x3c);
	pl_cursor_seek(&cursor, pl_cursor_read(&cursor, 4));
	if (pl_cursor_read(&cursor, 4) != 0x4550)
		return NULL;
	machine = pl_cursor_read(&cursor, 2);
	for (size_t i = 0; !cursor.failed && i < sizeof(machines) / sizeof(*machines); i++)
		if (machines[i].machine == machine)
			return machines[i].arch;
	return NULL;
}

const char *pl_image_arch(struct pl_bytes bytes)
{
	struct pl_bytes slice;

	if (pl_bytes_slice(bytes, 0x10008, 6, &slice) && !memcmp(slice.data, "S390EP", 6))
		return "s390x";
	/* Documentation/arch/arm64/booting.rst: flags at 24, of which bit 0 is the byte order */
	if (pl_bytes_slice(bytes, 0x38, 4, &slice) && !memcmp(slice.data, "ARM\x64", 4))
		return bytes.data[24] & 1 ? "arm64be" : "arm64";
	return pe_arch(bytes);
}
