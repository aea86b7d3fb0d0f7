/* SPDX-License-Identifier: MIT */
/* Kernel images of every make. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <elf.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "packing.h"
#include "read/image/image.h"

static bool is_image(struct pl_bytes bytes)
{
	bool is;

	assert_null(pl_image_detect(bytes, &is));
	return is;
}

static void assert_unpacks(struct buffer image, struct buffer expected)
{
	struct pl_arena *arena = pl_arena_new();
	struct pl_bytes result = {0};
	struct pl_error *error;

	assert_true(is_image(bytes_of(image)));
	error = pl_image_unpack("file", bytes_of(image), arena, &result);
	if (error)
		fail_msg("%s", error->message);
	assert_same(result, expected);
	pl_arena_free(arena);
}

static void assert_unpacking_fails(struct pl_bytes image, const char *why)
{
	struct pl_arena *arena = pl_arena_new();
	struct pl_bytes result;
	struct pl_error *error = pl_image_unpack("file", image, arena, &result);

	assert_non_null(error);
	assert_int_equal(strncmp(error->message, "file: ", 6), 0);
	assert_error(error, why);
	pl_arena_free(arena);
}

/* A bzImage of 5 sectors whose payload is PACKED, 100 bytes into the protected-mode code. */
static struct buffer new_bzimage(struct buffer packed, unsigned char sectors)
{
	struct buffer image = at_offset(packed, 5 * 512 + 100, 50);

	image.data[0x1f1] = sectors;
	put_text(image, 0x202, "HdrS");
	put(image, 0x206, 2, 0x20f);
	put(image, 0x248, 4, 100);
	put(image, 0x24c, 4, packed.size);
	return image;
}

static void unpacks_bzimages(void **state)
{
	struct buffer kernel = new_kernel();

	(void)state;
	for (size_t i = 0; i < N_SUPPORTED; i++) {
		struct buffer packed, image;

		if (supported[i] == PL_COMPRESSION_ZLIB)
			continue;
		packed = pack(supported[i], kernel);
		image = new_bzimage(packed, i % 2 ? 4 : 0);
		assert_unpacks(image, kernel);
		put(image, 0x206, 2, 0x207); /* too old to tell: found all the same */
		put(image, 0x248, 8, 0);
		assert_unpacks(image, kernel);
		free(image.data);
		free(packed.data);
	}
	free(kernel.data);
}

static void unpacks_bzimages_with_an_elf_payload(void **state)
{
	struct buffer kernel = new_kernel(), image = new_bzimage(kernel, 4);

	(void)state;
	assert_unpacks(image, kernel);
	free(image.data);
	free(kernel.data);
}

static void refuses_bad_bzimages(void **state)
{
	struct buffer kernel = new_kernel(), packed = pack(PL_COMPRESSION_ZSTD, kernel);
	struct buffer image = new_bzimage(packed, 4);
	struct pl_bytes cut = bytes_of(image);

	(void)state;
	put(image, 0x24c, 4, packed.size + 51);
	assert_unpacking_fails(bytes_of(image), "x86 kernel image: truncated");
	put(image, 0x24c, 4, packed.size - 1);
	assert_unpacking_fails(bytes_of(image), "x86 kernel image: zstd stream is cut short");
	put(image, 0x248, 4, 0xffffffff);
	assert_unpacking_fails(bytes_of(image), "x86 kernel image: truncated");
	put(image, 0x248, 4, 101);
	assert_unpacking_fails(bytes_of(image), "begins like nothing known");
	cut.size = 0x208;
	assert_unpacking_fails(cut, "x86 kernel image: truncated");
	cut.size = 0x206;
	assert_true(is_image(cut));
	assert_unpacking_fails(cut, "x86 kernel image: ");
	memcpy(image.data + 5 * 512 + 101, "\x89LZO\x00\x0d\x0a\x1a\x0a", 9);
	assert_unpacking_fails(bytes_of(image), "lzo compression is not supported");
	free(image.data);
	free(packed.data);
	free(kernel.data);
}

/* A flat image of arm64, and what EFI zboot and gzip make of it. */
static struct buffer new_arm64(void)
{
	struct buffer image = new_payload(PAYLOAD_SIZE);

	put_text(image, 0, "MZ");
	put(image, 24, 8, 0x0a);
	put_text(image, 0x38, "ARM\x64");
	return image;
}

static struct buffer new_zboot(struct buffer packed, const char *compression)
{
	struct buffer image = at_offset(packed, 0x1000, 64);

	put_text(image, 0, "MZ");
	put_text(image, 4, "zimg");
	put(image, 8, 4, 0x1000);
	put(image, 12, 4, packed.size);
	put_text(image, 24, compression);
	return image;
}

static void unpacks_zboot_images(void **state)
{
	struct buffer kernel = new_arm64(), packed = pack(PL_COMPRESSION_GZIP, kernel);
	struct buffer image = new_zboot(packed, "gzip"), outer;

	(void)state;
	assert_unpacks(kernel, kernel);
	assert_unpacks(packed, kernel);
	assert_unpacks(image, kernel);
	outer = pack(PL_COMPRESSION_XZ, image);
	assert_unpacks(outer, kernel);
	put(image, 12, 4, image.size);
	assert_unpacking_fails(bytes_of(image), "EFI zboot image: truncated");
	memset(image.data + 0x1000, 0, 16);
	put(image, 12, 4, packed.size);
	put_text(image, 24, "snappy");
	assert_unpacking_fails(bytes_of(image), "EFI zboot image: compression snappy");
	free(outer.data);
	free(image.data);
	free(packed.data);
	free(kernel.data);
}

static void refuses_too_many_layers(void **state)
{
	struct buffer image = new_kernel();

	(void)state;
	for (int i = 0; i < 4; i++) {
		struct buffer packed = pack(PL_COMPRESSION_ZSTD, image);

		free(image.data);
		image = packed;
	}
	assert_unpacking_fails(bytes_of(image), "an image in more than 3 others");
	free(image.data);
}

static void takes_flat_images_as_they_are(void **state)
{
	static const char *const magics[] = {"ARM\x64", "RSC\x05", "\xcd\x23\x82\x81"};
	struct buffer image = new_payload(4096);

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		put_text(image, 0x38, magics[i]);
		assert_unpacks(image, image);
	}
	memset(image.data + 0x38, 0, 4);
	assert_false(is_image(bytes_of(image)));
	assert_unpacking_fails(bytes_of(image), "not a kernel image of a known kind");
	free(image.data);
}

/* An s390 image, which does not say where in it the kernel is, nor how it is packed. */
static struct buffer new_s390(struct buffer packed)
{
	struct buffer image = at_offset(packed, 0x18003, 33);

	put_text(image, 0x10008, "S390EP");
	return image;
}

/* What looks like a stream and is none, and a stream that holds no kernel, come first. */
static void finds_the_kernel_in_s390_images(void **state)
{
	struct buffer kernel = new_kernel(), other = new_payload(100);

	(void)state;
	for (size_t i = 0; i < N_SUPPORTED; i++) {
		struct buffer packed, decoy, image;

		if (supported[i] == PL_COMPRESSION_ZLIB)
			continue;
		packed = pack(supported[i], kernel);
		decoy = pack(supported[i], other);
		image = new_s390(packed);
		memcpy(image.data + 0x11000, packed.data, 16);
		memcpy(image.data + 0x12000, decoy.data, decoy.size);
		assert_unpacks(image, kernel);
		free(image.data);
		free(decoy.data);
		free(packed.data);
	}
	free(other.data);
	free(kernel.data);
}

/* Big-endian BTF, as small as it can be: one forward declaration. */
static const unsigned char tiny_btf[] =
	"\xeb\x9f\x01\x00\x00\x00\x00\x18\x00\x00\x00\x00\x00\x00\x00\x0c\x00\x00\x00\x0c"
	"\x00\x00\x00\x03\x00\x00\x00\x01\x07\x00\x00\x00\x00\x00\x00\x00\x00x";

static void finds_flat_kernels_by_their_btf(void **state)
{
	struct buffer kernel = new_payload(PAYLOAD_SIZE), packed, image;

	(void)state;
	packed = pack(PL_COMPRESSION_ZSTD, kernel);
	image = new_s390(packed);
	assert_unpacking_fails(bytes_of(image), "s390 kernel image: none of 1 places");
	free(image.data);
	free(packed.data);
	memcpy(kernel.data + 5001, tiny_btf, sizeof(tiny_btf));
	packed = pack(PL_COMPRESSION_ZSTD, kernel);
	image = new_s390(packed);
	assert_unpacks(image, kernel);
	free(image.data);
	free(packed.data);
	free(kernel.data);
}

/* Full of things that look like streams: good ones that hold no kernel, and bad ones. */
static void bounds_the_search(void **state)
{
	struct buffer zeroes = new_buffer(64 << 20), image = new_buffer(4 << 20);
	struct buffer packed = pack(PL_COMPRESSION_GZIP, zeroes);

	(void)state;
	put_text(image, 0x10008, "S390EP");
	for (size_t at = 0x10010; at + packed.size < image.size; at += packed.size)
		memcpy(image.data + at, packed.data, packed.size);
	alarm(60); /* rather be killed than hang */
	assert_unpacking_fails(bytes_of(image), "(8 could be unpacked)");
	for (size_t at = 0x10010; at + 4 < image.size; at += 4)
		memcpy(image.data + at, "\x28\xb5\x2f\xfd", 4);
	assert_unpacking_fails(bytes_of(image), "none of 256 places");
	alarm(0);
	free(packed.data);
	free(image.data);
	free(zeroes.data);
}

/* A boot wrapper: an ELF file with two sections, the names, and a packed kernel called NAME. */
static struct buffer new_wrapper(struct buffer packed, const char *name)
{
	struct buffer image = at_offset(packed, 0x1000, 0);
	Elf64_Ehdr header = {
		.e_ident = {0x7f, 'E', 'L', 'F', ELFCLASS64, ELFDATA2LSB, EV_CURRENT},
		.e_type = ET_EXEC,
		.e_machine = EM_PPC64,
		.e_version = EV_CURRENT,
		.e_shoff = 0x100,
		.e_ehsize = sizeof(Elf64_Ehdr),
		.e_shentsize = sizeof(Elf64_Shdr),
		.e_shnum = 3,
		.e_shstrndx = 1,
	};
	Elf64_Shdr sections[3] = {
		{0},
		{.sh_type = SHT_STRTAB, .sh_offset = 0x300, .sh_size = 0x100},
		{.sh_name = 1,
		 .sh_type = SHT_PROGBITS,
		 .sh_offset = 0x1000,
		 .sh_size = packed.size},
	};

	memcpy(image.data, &header, sizeof(header));
	memcpy(image.data + 0x100, sections, sizeof(sections));
	put_text(image, 0x301, name);
	return image;
}

static void unpacks_elf_wrappers(void **state)
{
	struct buffer kernel = new_kernel(), packed = pack(PL_COMPRESSION_GZIP, kernel);
	struct buffer image = new_wrapper(packed, ".kernel:vmlinux.strip");

	(void)state;
	assert_unpacks(image, kernel);
	put_text(image, 0x301, ".rodata..compressed  ");
	assert_unpacks(image, kernel);
	put_text(image, 0x301, ".rodata..initramfs___");
	assert_false(is_image(bytes_of(image)));
	assert_false(is_image(bytes_of(kernel))); /* ELF in name only */
	free(image.data);
	free(packed.data);
	free(kernel.data);
}

/* A kernel may call a section what it likes. */
static void unpacks_kernels_with_a_section_called_compressed(void **state)
{
	struct buffer content = new_buffer(300);
	struct buffer kernel = new_wrapper(content, ".rodata.compressed_somehow");
	struct buffer packed = pack(PL_COMPRESSION_GZIP, kernel);

	(void)state;
	assert_unpacks(packed, kernel);
	free(packed.data);
	free(kernel.data);
	free(content.data);
}

static void knows_the_architecture(void **state)
{
	struct buffer image = new_arm64(), s390 = new_s390(image);

	(void)state;
	assert_string_equal(pl_image_arch(bytes_of(s390)), "s390x");
	assert_string_equal(pl_image_arch(bytes_of(image)), "arm64");
	put(image, 24, 8, 0x0b);
	assert_string_equal(pl_image_arch(bytes_of(image)), "arm64be");
	put(image, 0x38, 4, 0);
	assert_null(pl_image_arch(bytes_of(image)));
	put(image, 0x3c, 4, 0x80);
	put(image, 0x80, 4, 0x4550);
	put(image, 0x84, 2, 0x5064);
	assert_string_equal(pl_image_arch(bytes_of(image)), "riscv64");
	put(image, 0x84, 2, 0x1234);
	assert_null(pl_image_arch(bytes_of(image)));
	put(image, 0x3c, 4, 0xffffffff);
	assert_null(pl_image_arch(bytes_of(image)));
	assert_null(pl_image_arch((struct pl_bytes){image.data, 2}));
	free(s390.data);
	free(image.data);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(unpacks_bzimages),
		cmocka_unit_test(unpacks_bzimages_with_an_elf_payload),
		cmocka_unit_test(refuses_bad_bzimages),
		cmocka_unit_test(unpacks_zboot_images),
		cmocka_unit_test(refuses_too_many_layers),
		cmocka_unit_test(takes_flat_images_as_they_are),
		cmocka_unit_test(finds_the_kernel_in_s390_images),
		cmocka_unit_test(finds_flat_kernels_by_their_btf),
		cmocka_unit_test(bounds_the_search),
		cmocka_unit_test(unpacks_elf_wrappers),
		cmocka_unit_test(unpacks_kernels_with_a_section_called_compressed),
		cmocka_unit_test(knows_the_architecture),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
