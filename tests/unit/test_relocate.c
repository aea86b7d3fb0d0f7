/* SPDX-License-Identifier: MIT */
/* Relocations of relocatable files, per machine. */
#include "arena_fixture.h"
#include "testing.h"

#include <elf.h>
#include <stdlib.h>

#include "elf_fixture.h"
#include "read/elf/elf_machine.h"

/* One relocation of the eight bytes at `offset`, which begin as 01 02 03 04 05 06 07 08. */
struct job {
	unsigned bits;
	bool big_endian;
	uint16_t type, machine;
	bool with_addend;
	uint32_t relocation, symbol;
	uint64_t offset, addend;
};

enum { DATA = 12, SYMBOL_VALUE = 0x100 };

static uint64_t info_of(const struct job *job)
{
	if (job->bits == 32)
		return (uint64_t)job->symbol << 8 | job->relocation;
	if (job->machine == EM_MIPS && !job->big_endian)
		return job->symbol | (uint64_t)job->relocation << 56;
	return (uint64_t)job->symbol << 32 | job->relocation;
}

static struct writer relocations(const struct job *job)
{
	struct writer data = {.big_endian = job->big_endian};
	unsigned word = job->bits / 8;

	write_number(&data, word, job->offset);
	write_number(&data, word, info_of(job));
	if (job->with_addend)
		write_number(&data, word, job->addend);
	return data;
}

/* The null symbol, and one whose value is SYMBOL_VALUE. */
static struct writer symbols(const struct job *job)
{
	struct writer data = {.big_endian = job->big_endian};

	for (unsigned i = 0; i < 2; i++) {
		uint64_t value = i ? SYMBOL_VALUE : 0;

		write_number(&data, 4, 0);
		if (job->bits == 32)
			write_number(&data, 4, value);
		write_number(&data, 4, 0);
		if (job->bits == 64)
			write_number(&data, 8, value);
		write_number(&data, job->bits == 64 ? 8 : 4, 0);
	}
	return data;
}

/* With the relocation in a section of type SECTION. */
static struct pl_error *load_from(const struct job *job, uint32_t section, struct pl_bytes *ret)
{
	struct writer relocation = relocations(job), table = symbols(job), file;
	const struct elf_part parts[] = {
		{".debug_info", SHT_PROGBITS, 0, 0, 0, "\1\2\3\4\5\6\7\10\11\12\13\14", DATA},
		{".rel.debug_info", section, 0, 3, 1, relocation.data, relocation.size},
		{".symtab", SHT_SYMTAB, 0, 0, 0, table.data, table.size},
	};
	const struct elf_plan plan = {.bits = job->bits,
				      .big_endian = job->big_endian,
				      .type = job->type,
				      .machine = job->machine,
				      .parts = parts,
				      .n_parts = COUNT(parts)};
	struct pl_error *error;
	struct pl_elf elf;

	file = elf_build(&plan);
	expect_ok(pl_elf_parse(arena, elf_bytes(&file), &elf));
	error = pl_elf_section_load(&elf, &elf.sections[1], arena, ret);
	if (!error)
		ret->data = (unsigned char *)pl_arena_strndup(arena, (const char *)ret->data,
							      ret->size);
	free(relocation.data);
	free(table.data);
	free(file.data);
	return error;
}

static struct pl_error *load(const struct job *job, struct pl_bytes *ret)
{
	return load_from(job, job->with_addend ? SHT_RELA : SHT_REL, ret);
}

static void expect_data(struct job job, const char *wanted)
{
	struct pl_bytes bytes;

	expect_ok(load(&job, &bytes));
	assert_int_equal(bytes.size, DATA);
	assert_memory_equal(bytes.data, wanted, DATA);
}

#define UNCHANGED "\1\2\3\4\5\6\7\10\11\12\13\14"

static void words_with_addends_are_set(void **state)
{
	(void)state;
	expect_data((struct job){64, false, ET_REL, EM_X86_64, true, R_X86_64_64, 1, 2, 0x23},
		    "\1\2\x23\1\0\0\0\0\0\0\13\14");
	expect_data((struct job){64, false, ET_REL, EM_X86_64, true, R_X86_64_32, 1, 0, 5},
		    "\5\1\0\0\5\6\7\10\11\12\13\14");
	expect_data((struct job){64, false, ET_REL, EM_X86_64, true, R_X86_64_32, 0, 0, 5},
		    "\5\0\0\0\5\6\7\10\11\12\13\14");
	expect_data(
		(struct job){64, false, ET_REL, EM_X86_64, true, R_X86_64_32, 1, 8, (uint64_t)-1},
		"\1\2\3\4\5\6\7\10\xff\0\0\0");
	expect_data((struct job){64, true, ET_REL, EM_S390, true, R_390_64, 1, 4, 1},
		    "\1\2\3\4\0\0\0\0\0\0\1\1");
	expect_data((struct job){32, true, ET_REL, EM_PPC, true, R_PPC_ADDR32, 1, 0, 2},
		    "\0\0\1\2\5\6\7\10\11\12\13\14");
}

/* Without an addend of its own, what is in the word is the addend. */
static void words_without_addends_are_added_to(void **state)
{
	(void)state;
	expect_data((struct job){32, false, ET_REL, EM_386, false, R_386_32, 1, 0, 0},
		    "\1\3\3\4\5\6\7\10\11\12\13\14");
	expect_data((struct job){32, true, ET_REL, EM_MIPS, false, R_MIPS_32, 1, 4, 0},
		    "\1\2\3\4\5\6\x8\10\11\12\13\14");
	expect_data((struct job){32, false, ET_REL, EM_ARM, false, R_ARM_ABS32, 1, 8, 0},
		    "\1\2\3\4\5\6\7\10\11\13\13\14");
}

static void mips64_has_an_order_of_its_own(void **state)
{
	(void)state;
	expect_data((struct job){64, false, ET_REL, EM_MIPS, true, R_MIPS_64, 1, 0, 3},
		    "\3\1\0\0\0\0\0\0\11\12\13\14");
	expect_data((struct job){64, true, ET_REL, EM_MIPS, true, R_MIPS_64, 1, 0, 3},
		    "\0\0\0\0\0\0\1\3\11\12\13\14");
	expect_data((struct job){64, false, ET_REL, EM_MIPS, true, R_MIPS_32, 1, 0, 3},
		    "\3\1\0\0\5\6\7\10\11\12\13\14");
}

static void rarer_machines_are_known(void **state)
{
	static const struct job jobs[] = {
		{32, true, ET_REL, EM_SPARC, true, R_SPARC_32, 1, 0, 2},
		{32, true, ET_REL, EM_SPARC, true, R_SPARC_UA32, 1, 0, 2},
		{64, true, ET_REL, EM_SPARCV9, true, R_SPARC_32, 1, 0, 2},
		{64, true, ET_REL, EM_SPARCV9, true, R_SPARC_UA32, 1, 0, 2},
		{32, true, ET_REL, EM_68K, true, R_68K_32, 1, 0, 2},
		{32, true, ET_REL, 195, true, 4, 1, 0, 2}, /* ARC */
		{32, true, ET_REL, 164, true, 6, 1, 0, 2}, /* Hexagon */
		{32, true, ET_REL, 252, true, 1, 1, 0, 2}, /* C-SKY */
		{64, true, ET_REL, 247, true, 3, 1, 0, 2}, /* BPF, like the next two */
		{64, true, ET_REL, 247, true, 4, 1, 0, 2},
		{64, true, ET_REL, 247, true, 10, 1, 0, 2},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(jobs); i++)
		expect_data(jobs[i], "\0\0\1\2\5\6\7\10\11\12\13\14");
	expect_data((struct job){64, true, ET_REL, EM_SPARCV9, true, R_SPARC_64, 1, 0, 3},
		    "\0\0\0\0\0\0\1\3\11\12\13\14");
	expect_data((struct job){64, true, ET_REL, EM_SPARCV9, true, R_SPARC_UA64, 1, 0, 3},
		    "\0\0\0\0\0\0\1\3\11\12\13\14");
	expect_data((struct job){64, true, ET_REL, 247, true, 2, 1, 0, 3},
		    "\0\0\0\0\0\0\1\3\11\12\13\14");
	expect_data((struct job){64, true, ET_REL, 247, true, 1, 1, 0, 3}, UNCHANGED);
}

static void riscv_adds_and_subtracts(void **state)
{
	(void)state;
	expect_data((struct job){64, false, ET_REL, EM_RISCV, true, 35, 1, 0, 1},
		    "\2\3\3\4\5\6\7\10\11\12\13\14");
	expect_data((struct job){64, false, ET_REL, EM_RISCV, true, 39, 1, 0, 1},
		    "\0\1\3\4\5\6\7\10\11\12\13\14");
	expect_data((struct job){64, false, ET_REL, EM_RISCV, true, 34, 1, 2, 0},
		    "\1\2\3\5\5\6\7\10\11\12\13\14");
	expect_data((struct job){64, false, ET_REL, EM_RISCV, true, 37, 1, 11, 4},
		    "\1\2\3\4\5\6\7\10\11\12\13\10");
	expect_data((struct job){64, false, ET_REL, EM_RISCV, true, 2, 1, 0, 4},
		    "\4\1\0\0\0\0\0\0\11\12\13\14");
	expect_data((struct job){64, false, ET_REL, 258, true, 50, 1, 0, 1},
		    "\2\3\3\4\5\6\7\10\11\12\13\14");
}

static void what_describes_no_type_is_left_alone(void **state)
{
	(void)state;
	expect_data((struct job){64, false, ET_REL, EM_X86_64, true, R_X86_64_NONE, 1, 0, 9},
		    UNCHANGED);
	expect_data((struct job){64, false, ET_REL, EM_X86_64, true, R_X86_64_DTPOFF64, 1, 0, 9},
		    UNCHANGED);
	/* Not even its place has to make sense. */
	expect_data((struct job){64, false, ET_REL, EM_X86_64, true, R_X86_64_PC32, 99, 9999, 9},
		    UNCHANGED);
	expect_data((struct job){64, false, ET_REL, EM_RISCV, true, 51, 1, 0, 9}, UNCHANGED);
}

/* --emit-relocs leaves them in linked files, whose sections are final. */
static void linked_files_are_not_relocated(void **state)
{
	(void)state;
	expect_data((struct job){64, false, ET_EXEC, EM_X86_64, true, R_X86_64_64, 1, 0, 9},
		    UNCHANGED);
	expect_data((struct job){64, false, ET_DYN, EM_X86_64, true, 250, 1, 9999, 9}, UNCHANGED);
}

static void expect_refusal(struct job job, const char *message)
{
	struct pl_bytes bytes;

	expect_unreadable(load(&job, &bytes), message);
}

static void what_is_not_known_is_refused(void **state)
{
	(void)state;
	expect_refusal((struct job){64, false, ET_REL, EM_X86_64, true, 250, 1, 0, 9},
		       "section .debug_info: relocation type 250 of machine 62 is not known");
	expect_refusal((struct job){64, false, ET_REL, EM_ALPHA, true, 1, 1, 0, 9},
		       "section .debug_info: relocation type 1 of machine 36902 is not known");
	expect_refusal((struct job){64, false, ET_REL, EM_RISCV, true, 62, 1, 0, 9},
		       "section .debug_info: relocation type 62 of machine 243 is not known");
}

/* As -Wa,--crel makes them; they would be left out without a word. */
static void compact_ones_are_refused(void **state)
{
	const struct job job = {64, false, ET_REL, EM_X86_64, true, R_X86_64_64, 1, 0, 9};
	const uint32_t types[] = {20, 0x40000014}; /* ELF's, and LLVM's own */
	struct pl_bytes bytes;

	(void)state;
	for (size_t i = 0; i < COUNT(types); i++)
		expect_unreadable(
			load_from(&job, types[i], &bytes),
			"section .debug_info: compact relocations (CREL) are not supported");
}

static void what_points_outside_is_refused(void **state)
{
	static const uint64_t offsets[] = {5, DATA, DATA + 1, UINT64_MAX, UINT64_MAX - 7};

	(void)state;
	for (size_t i = 0; i < COUNT(offsets); i++)
		expect_refusal((struct job){64, false, ET_REL, EM_X86_64, true, R_X86_64_64, 1,
					    offsets[i], 9},
			       "section .debug_info: a relocation points past its end");
	expect_refusal((struct job){64, false, ET_REL, EM_X86_64, true, R_X86_64_64, 2, 0, 9},
		       "section .debug_info: a relocation names symbol 2 of none");
	expect_refusal(
		(struct job){64, false, ET_REL, EM_X86_64, true, R_X86_64_64, UINT32_MAX, 0, 9},
		"section .debug_info: a relocation names symbol 4294967295 of none");
}

static void tables_agree_with_elf_h(void **state)
{
	static const struct {
		uint16_t machine;
		uint32_t type;
		enum pl_relocation_action action;
		unsigned size;
	} wanted[] = {
		{EM_X86_64, R_X86_64_32S, PL_RELOCATE_SET, 4},
		{EM_AARCH64, R_AARCH64_ABS64, PL_RELOCATE_SET, 8},
		{EM_AARCH64, R_AARCH64_ABS32, PL_RELOCATE_SET, 4},
		{EM_AARCH64, R_AARCH64_PREL32, PL_RELOCATE_NOT, 0},
		{EM_PPC64, R_PPC64_ADDR64, PL_RELOCATE_SET, 8},
		{EM_S390, R_390_32, PL_RELOCATE_SET, 4},
		{EM_RISCV, R_RISCV_32, PL_RELOCATE_SET, 4},
		{EM_RISCV, R_RISCV_ADD8, PL_RELOCATE_ADD, 1},
		{EM_RISCV, R_RISCV_ADD64, PL_RELOCATE_ADD, 8},
		{EM_RISCV, R_RISCV_SUB16, PL_RELOCATE_SUBTRACT, 2},
		{EM_RISCV, R_RISCV_SUB64, PL_RELOCATE_SUBTRACT, 8},
		{EM_RISCV, R_RISCV_SET16, PL_RELOCATE_SET, 2},
		{EM_RISCV, R_RISCV_RELAX, PL_RELOCATE_NOT, 0},
		{EM_RISCV, R_RISCV_32_PCREL, PL_RELOCATE_NOT, 0},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(wanted); i++) {
		struct pl_relocation_how how;

		assert_true(pl_elf_relocation_how(wanted[i].machine, wanted[i].type, &how));
		assert_int_equal(how.action, wanted[i].action);
		assert_int_equal(how.size, wanted[i].size);
	}
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(words_with_addends_are_set),
		TEST(words_without_addends_are_added_to),
		TEST(mips64_has_an_order_of_its_own),
		TEST(rarer_machines_are_known),
		TEST(riscv_adds_and_subtracts),
		TEST(what_describes_no_type_is_left_alone),
		TEST(linked_files_are_not_relocated),
		TEST(what_is_not_known_is_refused),
		TEST(compact_ones_are_refused),
		TEST(what_points_outside_is_refused),
		TEST(tables_agree_with_elf_h),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
