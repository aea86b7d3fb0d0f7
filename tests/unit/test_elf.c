/* SPDX-License-Identifier: MIT */
/* ELF: headers, sections, notes, and what is wrong with broken ones. */
#include "arena_fixture.h"
#include "testing.h"

#include <elf.h>
#include <stdlib.h>
#include <zlib.h>
#include <zstd.h>

#include "elf_fixture.h"

static const struct elf_part two_parts[] = {
	{".text", SHT_PROGBITS, SHF_ALLOC, 0, 0, "code", 4},
	{".bss", SHT_NOBITS, SHF_ALLOC, 7, 9, NULL, 4096},
};

static struct elf_plan plan_of(unsigned bits, bool big_endian, const struct elf_part *parts,
			       size_t count)
{
	return (struct elf_plan){.bits = bits,
				 .big_endian = big_endian,
				 .type = ET_EXEC,
				 .machine = EM_X86_64,
				 .parts = parts,
				 .n_parts = count};
}

static void expect_sections(const struct elf_plan *plan)
{
	struct writer file = elf_build(plan);
	const struct pl_elf_section *text, *bss;
	struct pl_bytes bytes;
	struct pl_elf elf;

	assert_true(pl_elf_detect(elf_bytes(&file)));
	expect_ok(pl_elf_parse(arena, elf_bytes(&file), &elf));
	assert_int_equal(elf.bits, plan->bits);
	assert_int_equal(elf.big_endian, plan->big_endian);
	assert_int_equal(elf.type, ET_EXEC);
	assert_int_equal(elf.machine, EM_X86_64);
	assert_int_equal(elf.n_sections, 4);
	assert_string_equal(elf.sections[0].name, "");
	assert_string_equal(elf.sections[3].name, ".shstrtab");
	text = pl_elf_section(&elf, ".text");
	bss = pl_elf_section(&elf, ".bss");
	assert_ptr_equal(text, &elf.sections[1]);
	assert_ptr_equal(bss, &elf.sections[2]);
	assert_null(pl_elf_section(&elf, ".debug_info"));
	assert_int_equal(bss->link, 7);
	assert_int_equal(bss->info, 9);
	assert_int_equal(bss->size, 4096);
	assert_int_equal(text->flags, SHF_ALLOC);
	expect_ok(pl_elf_section_bytes(&elf, text, &bytes));
	assert_int_equal(bytes.size, 4);
	assert_memory_equal(bytes.data, "code", 4);
	expect_ok(pl_elf_section_bytes(&elf, bss, &bytes));
	assert_int_equal(bytes.size, 0);
	free(file.data);
}

static void every_class_and_byte_order_is_read(void **state)
{
	(void)state;
	for (unsigned bits = 32; bits <= 64; bits += 32) {
		for (int big = 0; big < 2; big++) {
			struct elf_plan plan = plan_of(bits, big, two_parts, 2);

			expect_sections(&plan);
			plan.extended = true;
			expect_sections(&plan);
		}
	}
}

/* More than fit e_shnum: section 0 tells how many, and where the names are. */
static void many_sections_are_read(void **state)
{
	enum { MANY = 70000 };
	struct elf_part *parts = calloc(MANY, sizeof(*parts));
	struct elf_plan plan = plan_of(64, false, parts, MANY);
	struct writer file;
	struct pl_elf elf;

	(void)state;
	for (size_t i = 0; i < MANY; i++)
		parts[i] = (struct elf_part){.name = i == MANY - 1 ? ".debug_info" : ".text",
					     .type = SHT_PROGBITS,
					     .data = "",
					     .size = 0};
	plan.extended = true;
	file = elf_build(&plan);
	expect_ok(pl_elf_parse(arena, elf_bytes(&file), &elf));
	assert_int_equal(elf.n_sections, MANY + 2);
	assert_ptr_equal(pl_elf_section(&elf, ".debug_info"), &elf.sections[MANY]);
	free(file.data);
	free(parts);
}

static void expect_refused(const struct writer *file, size_t size, const char *message)
{
	/* A copy, so that a sanitizer sees reads past its end. */
	unsigned char *copy = malloc(size + !size);
	struct pl_elf elf;

	assert_non_null(copy);
	memcpy(copy, file->data, size);
	expect_unreadable(pl_elf_parse(arena, (struct pl_bytes){copy, size}, &elf), message);
	free(copy);
}

static void truncated_files_are_refused(void **state)
{
	struct elf_plan plan = plan_of(64, false, two_parts, 2);
	struct writer file = elf_build(&plan);
	struct pl_elf elf;

	(void)state;
	for (size_t size = 0; size < sizeof(Elf64_Ehdr); size++)
		expect_refused(&file, size,
			       "truncated ELF: the header lies past the end of the file");
	for (size_t size = sizeof(Elf64_Ehdr); size < file.size; size++)
		expect_refused(&file, size,
			       "truncated ELF: the section table lies past the end of the file");
	expect_ok(pl_elf_parse(arena, elf_bytes(&file), &elf));
	free(file.data);
}

/* What the parser says when the SIZE bytes at AT of the header hold VALUE. */
static void expect_bad_header(size_t at, unsigned size, uint64_t value, const char *message)
{
	struct elf_plan plan = plan_of(64, false, two_parts, 2);
	struct writer file = elf_build(&plan);

	pl_bytes_put(file.data + at, size, false, value);
	expect_refused(&file, file.size, message);
	free(file.data);
}

static void headers_that_contradict_themselves_are_refused(void **state)
{
	(void)state;
	expect_bad_header(EI_CLASS, 1, 3, "ELF class 3 is not known");
	expect_bad_header(EI_DATA, 1, 0, "ELF byte order 0 is not known");
	expect_bad_header(offsetof(Elf64_Ehdr, e_shentsize), 2, 63,
			  "ELF section headers of 63 bytes");
	expect_bad_header(offsetof(Elf64_Ehdr, e_shnum), 2, 60000,
			  "truncated ELF: the section table lies past the end of the file");
	expect_bad_header(offsetof(Elf64_Ehdr, e_shoff), 8, UINT64_MAX - 3,
			  "truncated ELF: the section table lies past the end of the file");
}

static void absurd_counts_are_refused(void **state)
{
	struct elf_plan plan = plan_of(64, false, two_parts, 2);
	struct writer file;

	(void)state;
	plan.extended = true;
	file = elf_build(&plan);
	pl_bytes_put(file.data + elf_header_at(&plan, &file, 0) + offsetof(Elf64_Shdr, sh_size), 8,
		     false, UINT64_MAX / 64);
	expect_refused(&file, file.size, "ELF with 288230376151711743 sections");
	free(file.data);
}

/* A file without a section table is an ELF file without sections. */
static void sections_are_no_must(void **state)
{
	struct elf_plan plan = plan_of(32, true, NULL, 0);
	struct writer file = elf_build(&plan);
	struct pl_elf elf;

	(void)state;
	pl_bytes_put(file.data + offsetof(Elf32_Ehdr, e_shoff), 4, true, 0);
	pl_bytes_put(file.data + offsetof(Elf32_Ehdr, e_shnum), 2, true, 0);
	expect_ok(pl_elf_parse(arena, elf_bytes(&file), &elf));
	assert_int_equal(elf.n_sections, 0);
	assert_null(pl_elf_section(&elf, ".text"));
	assert_null(pl_elf_build_id(&elf, arena));
	free(file.data);
}

static void names_outside_of_their_table_are_empty(void **state)
{
	struct elf_plan plan = plan_of(64, false, two_parts, 2);
	struct writer file = elf_build(&plan);
	struct pl_elf elf;

	(void)state;
	pl_bytes_put(file.data + elf_header_at(&plan, &file, 1), 4, false, 100000);
	expect_ok(pl_elf_parse(arena, elf_bytes(&file), &elf));
	assert_string_equal(elf.sections[1].name, "");
	assert_string_equal(elf.sections[2].name, ".bss");
	pl_bytes_put(file.data + offsetof(Elf64_Ehdr, e_shstrndx), 2, false, 99);
	expect_ok(pl_elf_parse(arena, elf_bytes(&file), &elf));
	assert_string_equal(elf.sections[2].name, "");
	free(file.data);
}

/* Loads the section called NAME of a file with PART; the result is a copy in the arena. */
static struct pl_error *load_part(struct elf_part part, struct pl_bytes *ret, uint64_t *size)
{
	struct elf_plan plan = plan_of(64, false, &part, 1);
	struct writer file = elf_build(&plan);
	const char *plain = NULL;
	struct pl_error *error;
	struct pl_elf elf;

	expect_ok(pl_elf_parse(arena, elf_bytes(&file), &elf));
	error = pl_elf_section_plain(&elf, &elf.sections[1], arena, &plain, size);
	if (!error)
		assert_string_equal(plain, ".debug_str");
	if (!error)
		error = pl_elf_section_load(&elf, &elf.sections[1], arena, ret);
	if (!error)
		ret->data = (unsigned char *)pl_arena_strndup(arena, (const char *)ret->data,
							      ret->size);
	free(file.data);
	return error;
}

static const char payload[] = "page\0flags\0page\0flags\0page\0flags\0page\0flags\0page\0flags";

/* A section header of either kind of compression, and the stream. */
static struct writer compressed(uint32_t type, uint64_t size, uint64_t announced)
{
	struct writer data = {0};
	unsigned char stream[200];
	uLongf length = sizeof(stream);

	if (type == 2) {
		length = ZSTD_compress(stream, sizeof(stream), payload, size, 3);
		assert_false(ZSTD_isError(length));
	} else {
		assert_int_equal(compress(stream, &length, (const Bytef *)payload, size), Z_OK);
	}
	write_number(&data, 4, type);
	write_number(&data, 4, 0);
	write_number(&data, 8, announced);
	write_number(&data, 8, 1);
	write_bytes(&data, stream, length);
	return data;
}

static struct pl_error *load_compressed(const struct writer *data, struct pl_bytes *ret,
					uint64_t *size)
{
	return load_part((struct elf_part){".debug_str", SHT_PROGBITS, SHF_COMPRESSED, 0, 0,
					   data->data, data->size},
			 ret, size);
}

static void compressed_sections_are_unpacked(void **state)
{
	(void)state;
	for (uint32_t type = 1; type <= 2; type++) {
		struct writer data = compressed(type, sizeof(payload), sizeof(payload));
		struct pl_bytes bytes;
		uint64_t size;

		expect_ok(load_compressed(&data, &bytes, &size));
		assert_int_equal(size, sizeof(payload));
		assert_int_equal(bytes.size, sizeof(payload));
		assert_memory_equal(bytes.data, payload, sizeof(payload));
		free(data.data);
	}
}

static void expect_compressed_refused(uint32_t type, uint64_t announced, size_t cut,
				      const char *message)
{
	struct writer data = compressed(type, sizeof(payload), announced);
	struct pl_bytes bytes;
	uint64_t size;

	data.size = cut ? cut : data.size;
	expect_unreadable(load_compressed(&data, &bytes, &size), message);
	free(data.data);
}

static void compressed_sections_that_lie_are_refused(void **state)
{
	(void)state;
	expect_compressed_refused(3, sizeof(payload), 0,
				  "section .debug_str: compression type 3 is not known");
	expect_compressed_refused(1, sizeof(payload), 20, "section .debug_str: truncated");
	expect_compressed_refused(1, sizeof(payload) + 1, 0,
				  "section .debug_str: 55 bytes unpacked, 56 announced");
	expect_compressed_refused(2, sizeof(payload) + 1, 0,
				  "section .debug_str: 55 bytes unpacked, 56 announced");
}

static void expect_compressed_error(uint32_t type, uint64_t announced, size_t cut)
{
	struct writer data = compressed(type, sizeof(payload), announced);
	struct pl_bytes bytes;
	struct pl_error *error;
	uint64_t size;

	data.size = cut ? cut : data.size;
	error = load_compressed(&data, &bytes, &size);
	assert_non_null(error);
	assert_memory_equal(error->message, "section .debug_str: ", 20);
	pl_error_free(error);
	free(data.data);
}

/* Too much, too little, damaged: the message is the decompressor's, after the section's name. */
static void broken_streams_are_refused(void **state)
{
	(void)state;
	for (uint32_t type = 1; type <= 2; type++) {
		expect_compressed_error(type, sizeof(payload) - 1, 0);
		expect_compressed_error(type, sizeof(payload), 24);
		expect_compressed_error(type, sizeof(payload), 30);
		expect_compressed_error(type, UINT64_MAX, 30);
		expect_compressed_error(3 - type + 3, sizeof(payload), 0);
	}
}

static void old_compressed_sections_are_unpacked(void **state)
{
	struct writer data = {.big_endian = true};
	unsigned char stream[200];
	uLongf length = sizeof(stream);
	struct elf_part part = {".zdebug_str", SHT_PROGBITS, 0, 0, 0, NULL, 0};
	struct pl_bytes bytes;
	uint64_t size;

	(void)state;
	assert_int_equal(compress(stream, &length, (const Bytef *)payload, sizeof(payload)), Z_OK);
	write_bytes(&data, "ZLIB", 4);
	write_number(&data, 8, sizeof(payload));
	write_bytes(&data, stream, length);
	part.data = data.data;
	part.size = data.size;
	expect_ok(load_part(part, &bytes, &size));
	assert_int_equal(size, sizeof(payload));
	assert_memory_equal(bytes.data, payload, sizeof(payload));
	data.data[0] = 'z';
	expect_unreadable(load_part(part, &bytes, &size), "section .zdebug_str: no ZLIB header");
	part.size = 11;
	expect_unreadable(load_part(part, &bytes, &size), "section .zdebug_str: no ZLIB header");
	free(data.data);
}

static void sections_past_the_end_are_refused(void **state)
{
	struct elf_plan plan = plan_of(64, false, two_parts, 2);
	struct writer file = elf_build(&plan);
	size_t at = elf_header_at(&plan, &file, 1);
	struct pl_bytes bytes;
	struct pl_elf elf;

	(void)state;
	pl_bytes_put(file.data + at + offsetof(Elf64_Shdr, sh_offset), 8, false, file.size - 3);
	expect_ok(pl_elf_parse(arena, elf_bytes(&file), &elf));
	expect_unreadable(pl_elf_section_bytes(&elf, &elf.sections[1], &bytes),
			  "truncated ELF: section .text lies past the end of the file");
	expect_unreadable(pl_elf_section_load(&elf, &elf.sections[1], arena, &bytes),
			  "truncated ELF: section .text lies past the end of the file");
	pl_bytes_put(file.data + at + offsetof(Elf64_Shdr, sh_offset), 8, false, UINT64_MAX);
	expect_ok(pl_elf_parse(arena, elf_bytes(&file), &elf));
	expect_unreadable(pl_elf_section_bytes(&elf, &elf.sections[1], &bytes),
			  "truncated ELF: section .text lies past the end of the file");
	free(file.data);
}

static void write_note(struct writer *notes, const char *name, uint32_t type, const void *data,
		       size_t size)
{
	write_number(notes, 4, strlen(name) + 1);
	write_number(notes, 4, size);
	write_number(notes, 4, type);
	write_bytes(notes, name, strlen(name) + 1);
	write_align(notes, 4);
	write_bytes(notes, data, size);
	write_align(notes, 4);
}

static void notes_are_found(void **state)
{
	(void)state;
	for (int big = 0; big < 2; big++) {
		struct writer notes = {.big_endian = big}, file;
		struct elf_part part = {".notes", SHT_NOTE, 0, 0, 0, NULL, 0};
		struct elf_plan plan = plan_of(64, big, &part, 1);
		struct pl_bytes found;
		struct pl_elf elf;

		write_note(&notes, "Linux", NT_GNU_BUILD_ID, "salt!", 5);
		write_note(&notes, "GNU", 1, "abi", 3);
		write_note(&notes, "GNU", NT_GNU_BUILD_ID, "\x01\xab\xff", 3);
		part.data = notes.data;
		part.size = notes.size;
		file = elf_build(&plan);
		expect_ok(pl_elf_parse(arena, elf_bytes(&file), &elf));
		assert_string_equal(pl_elf_build_id(&elf, arena), "01abff");
		assert_true(pl_elf_note(&elf, "GNU", 1, &found));
		assert_int_equal(found.size, 3);
		assert_memory_equal(found.data, "abi", 3);
		assert_true(pl_elf_note(&elf, "Linux", NT_GNU_BUILD_ID, &found));
		assert_false(pl_elf_note(&elf, "Xen", 1, &found));
		assert_false(pl_elf_note(&elf, "GNU", 7, &found));
		free(file.data);
		free(notes.data);
	}
}

/* The descriptor or the name leaves the section: there is no such note. */
static void broken_notes_are_none(void **state)
{
	static const uint32_t sizes[][2] = {
		{4, 100}, {4, UINT32_MAX}, {100, 4}, {UINT32_MAX, 4}, {UINT32_MAX - 2, 4}};

	(void)state;
	for (size_t i = 0; i < COUNT(sizes); i++) {
		struct writer notes = {0}, file;
		struct elf_part part = {".notes", SHT_NOTE, 0, 0, 0, NULL, 0};
		struct elf_plan plan = plan_of(64, false, &part, 1);
		struct pl_elf elf;

		write_note(&notes, "GNU", NT_GNU_BUILD_ID, "\x01\x02\x03\x04", 4);
		pl_bytes_put(notes.data, 4, false, sizes[i][0]);
		pl_bytes_put(notes.data + 4, 4, false, sizes[i][1]);
		part.data = notes.data;
		part.size = notes.size;
		file = elf_build(&plan);
		expect_ok(pl_elf_parse(arena, elf_bytes(&file), &elf));
		assert_null(pl_elf_build_id(&elf, arena));
		free(file.data);
		free(notes.data);
	}
}

static void architectures_have_the_kernels_names(void **state)
{
	static const struct {
		uint16_t machine;
		unsigned bits;
		bool big_endian;
		const char *name;
	} wanted[] = {
		{EM_X86_64, 64, false, "x86_64"},  {EM_386, 32, false, "i386"},
		{EM_AARCH64, 64, false, "arm64"},  {EM_AARCH64, 64, true, "arm64be"},
		{EM_ARM, 32, false, "arm"},	   {EM_ARM, 32, true, "armeb"},
		{EM_PPC64, 64, false, "ppc64le"},  {EM_PPC64, 64, true, "ppc64"},
		{EM_PPC, 32, true, "ppc"},	   {EM_S390, 64, true, "s390x"},
		{EM_S390, 32, true, "s390"},	   {EM_RISCV, 64, false, "riscv64"},
		{EM_RISCV, 32, false, "riscv32"},  {EM_MIPS, 64, false, "mips64el"},
		{EM_MIPS, 64, true, "mips64"},	   {EM_MIPS, 32, false, "mipsel"},
		{EM_MIPS, 32, true, "mips"},	   {258, 64, false, "loongarch64"},
		{EM_68K, 32, true, "m68k"},	   {EM_SPARCV9, 64, true, "sparc64"},
		{EM_PARISC, 64, true, "parisc64"}, {EM_BPF, 64, false, "bpf"},
		{EM_AVR, 32, false, NULL},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(wanted); i++) {
		struct pl_elf elf = {.machine = wanted[i].machine,
				     .bits = wanted[i].bits,
				     .big_endian = wanted[i].big_endian};

		if (wanted[i].name)
			assert_string_equal(pl_elf_arch(&elf), wanted[i].name);
		else
			assert_null(pl_elf_arch(&elf));
	}
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(every_class_and_byte_order_is_read),
		TEST(many_sections_are_read),
		TEST(truncated_files_are_refused),
		TEST(headers_that_contradict_themselves_are_refused),
		TEST(absurd_counts_are_refused),
		TEST(sections_are_no_must),
		TEST(names_outside_of_their_table_are_empty),
		TEST(compressed_sections_are_unpacked),
		TEST(compressed_sections_that_lie_are_refused),
		TEST(broken_streams_are_refused),
		TEST(old_compressed_sections_are_unpacked),
		TEST(sections_past_the_end_are_refused),
		TEST(notes_are_found),
		TEST(broken_notes_are_none),
		TEST(architectures_have_the_kernels_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
