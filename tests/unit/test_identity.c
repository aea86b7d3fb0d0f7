/* SPDX-License-Identifier: MIT */
/* Which kernel it is: version strings, ELF files, what lies beside them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <elf.h>
#include <stdlib.h>
#include <string.h>
#include <sys/personality.h>
#include <sys/utsname.h>

#include "identity_fixture.h"

/* Reads TEXT as a kernel's data into a target that knows nothing yet. */
static void assert_banner(const struct fixture *fixture, struct pl_bytes bytes, const char *release,
			  const char *compiler)
{
	struct pl_target *target = pl_target_new();

	assert_non_null(target);
	assert_null(pl_identity_from_banner(&fixture->request, bytes, target));
	assert_text(target->release, release);
	assert_text(target->compiler, compiler);
	pl_target_free(target);
}

static void reads_version_strings(void **state)
{
	static const struct {
		const char *text, *release, *compiler;
	} cases[] = {
		{"Kernel version 7.2.13+deb14-arm64 (a@b.org) (gcc-14 (Debian 14.2.0-19) 14.2.0, "
		 "GNU ld (GNU Binutils for Debian) 2.44) #1 SMP Debian 7.2 (2026-10-28)\n",
		 "7.2.13+deb14-arm64", "gcc-14 (Debian 14.2.0-19) 14.2.0"},
		{"Kernel version 6.1.0-rc1 (a@b) (clang version 19.1.7 (https://x, y), LLD 19) "
		 "#1\n",
		 "6.1.0-rc1", "clang version 19.1.7 (https://x, y)"},
		{"Kernel version 4.19.0 (a@b) (gcc version 8.3.0 (Debian 8.3.0-6)) #1\n", "4.19.0",
		 "gcc version 8.3.0 (Debian 8.3.0-6)"},
		{"xKernel version %s (%s)\nKernel version 5.1 (a@b)\n", "5.1", NULL},
		{"Kernel version 5.1", "5.1", NULL}, /* ended by the terminator */
		{"Kernel version 5.1 (a@b) (gcc", "5.1", NULL},
		{"Kernel version 5.1\x01 (a@b)\nKernel version 5.2\n", "5.2", NULL},
		{"Kernel version 5/../../etc (a@b)\n", NULL, NULL},
		{"Kernel version x5.1 (a@b)\n", NULL, NULL},
		{"Kernel  version 5.1 (a@b)\n", NULL, NULL},
		{"", NULL, NULL},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		assert_banner(*state, bytes_of(cases[i].text, strlen(cases[i].text) + 1),
			      cases[i].release, cases[i].compiler);
}

static void refuses_version_strings_without_an_end(void **state)
{
	static const char text[] = "Kernel version 5.1 (a@b) (gcc, ld)";
	char *pages = malloc(1 << 20);

	assert_non_null(pages);
	memset(pages, 'x', 1 << 20);
	pages[(1 << 20) - 1] = '\n';
	memcpy(pages, text, sizeof(text) - 1);
	assert_banner(*state, bytes_of(pages, 1 << 20), NULL, NULL);
	assert_banner(*state, bytes_of(text, sizeof(text) - 1), NULL, NULL);
	assert_banner(*state, bytes_of(text, 15), NULL, NULL);
	memset(pages, '1', 100);
	memcpy(pages, text, 15);
	pages[100] = ' ';
	pages[101] = '\n';
	assert_banner(*state, bytes_of(pages, 1 << 20), NULL, NULL); /* no release is as long */
	for (size_t at = 0; at < 100 * 17; at += 17)		     /* too many to go on looking */
		memcpy(pages + at, "Kernel version 1\x01", 17);
	memcpy(pages + 100 * 17, "Kernel version 5.1\n", 19);
	assert_banner(*state, bytes_of(pages, 1 << 20), NULL, NULL);
	free(pages);
}

/* The longest line, the longest release, and the last version string that is looked at. */
static void version_strings_have_limits(void **state)
{
	static const char begin[] = "Kernel version ";
	char text[2048], release[65] = "";
	size_t length = sizeof(begin) - 1;

	memset(text, ' ', sizeof(text));
	memcpy(text, "Kernel version 5.1", 18);
	text[length + 1023] = '\n';
	assert_banner(*state, bytes_of(text, sizeof(text)), "5.1", NULL);
	text[length + 1023] = ' ';
	text[length + 1024] = '\n';
	assert_banner(*state, bytes_of(text, sizeof(text)), NULL, NULL);
	memset(release, '1', 64);
	memcpy(text + length, release, 64);
	strcpy(text + length + 64, "\n");
	assert_banner(*state, bytes_of(text, length + 65), release, NULL);
	strcpy(text + length + 64, "1\n");
	assert_banner(*state, bytes_of(text, length + 66), NULL, NULL);
	for (size_t rejected = 63; rejected <= 64; rejected++) {
		for (size_t at = 0; at < rejected * 17; at += 17)
			memcpy(text + at, "Kernel version 1\x01", 17);
		strcpy(text + rejected * 17, "Kernel version 5.1\n");
		assert_banner(*state, bytes_of(text, rejected * 17 + 20),
			      rejected < 64 ? "5.1" : NULL, NULL);
	}
}

static void keeps_what_is_known(void **state)
{
	static const char text[] = "Kernel version 5.1 (a@b) (gcc 12, ld)\n";
	struct fixture *fixture = *state;

	fixture->target->release = "6.0";
	assert_null(pl_identity_from_banner(&fixture->request, bytes_of(text, sizeof(text)),
					    fixture->target));
	assert_string_equal(fixture->target->release, "6.0");
	assert_string_equal(fixture->target->compiler, "gcc 12");
	fixture->request.banner = NULL;
	assert_banner(fixture, bytes_of(text, sizeof(text)), NULL, NULL);
}

/* An ELF file in pieces: CONTENT as the one section NAME. */
static struct pl_elf new_elf(struct pl_elf_section *section, const char *name, uint64_t flags,
			     const char *content, size_t size)
{
	*section = (struct pl_elf_section){
		.name = name, .type = SHT_PROGBITS, .flags = flags, .size = size};
	return (struct pl_elf){
		.bytes = bytes_of(content, size),
		.bits = 64,
		.big_endian = true,
		.machine = EM_S390,
		.sections = section,
		.n_sections = 1,
	};
}

/* Reads ELF; what was known of the release is forgotten. */
static void assert_release(struct fixture *fixture, const struct pl_elf *elf, const char *release)
{
	fixture->target->release = NULL;
	assert_null(pl_identity_from_elf(&fixture->request, elf, fixture->target));
	assert_text(fixture->target->release, release);
}

static void reads_elf_files(void **state)
{
	static const char text[] = "\0\0Kernel version 7.0 (a@b) (gcc 16, ld)\n";
	struct fixture *fixture = *state;
	struct pl_elf_section section;
	struct pl_elf elf = new_elf(&section, ".rodata", SHF_ALLOC, text, sizeof(text));

	write_text(fixture, "include/config/kernel.release",
		   "8.0\n"); /* the file itself knows better */
	assert_release(fixture, &elf, "7.0");
	assert_string_equal(fixture->target->arch, "s390x");
	assert_int_equal(fixture->target->bits, 64);
	assert_int_equal(fixture->target->endian, PL_ENDIAN_BIG);
	assert_string_equal(fixture->target->compiler, "gcc 16");
	assert_null(fixture->target->source.build_id);
}

static void looks_at_data_only(void **state)
{
	static const char text[] = "Kernel version 7.0 (a@b) (gcc 16, ld)\n";
	struct fixture *fixture = *state;
	struct pl_elf_section section;
	struct pl_elf elf = new_elf(&section, ".debug_str", 0, text, sizeof(text));

	assert_release(fixture, &elf, NULL);
	section.flags = SHF_ALLOC | SHF_EXECINSTR;
	assert_release(fixture, &elf, NULL);
	section.flags = SHF_ALLOC;
	section.offset = 1; /* past the end of the file: not there */
	assert_release(fixture, &elf, NULL);
}

static void reads_what_modules_say(void **state)
{
	static const char text[] =
		"license=GPL\0xvermagic=1.0\0vermagic=7.1.2-x SMP preempt\0name=m";
	struct fixture *fixture = *state;
	struct pl_elf_section section;
	struct pl_elf elf = new_elf(&section, ".modinfo", SHF_ALLOC, text, sizeof(text));

	assert_release(fixture, &elf, "7.1.2-x");
}

static void reads_the_release_beside_the_file(void **state)
{
	struct fixture *fixture = *state;
	struct pl_elf_section section;
	struct pl_elf elf = new_elf(&section, ".BTF", 0, "", 0);

	write_text(fixture, "include/generated/utsrelease.h", "#define UTS_RELEASE \"7.3-rc2+\"\n");
	assert_release(fixture, &elf, "7.3-rc2+");
	write_text(fixture, "include/config/kernel.release", "7.3.0-arm64\n");
	assert_release(fixture, &elf, "7.3.0-arm64");
	write_text(fixture, "include/config/kernel.release", "../../../x\n");
	write_text(fixture, "include/generated/utsrelease.h", "");
	assert_release(fixture, &elf, NULL);
}

static void asks_the_running_kernel(void **state)
{
	struct fixture *fixture = *state;
	struct utsname name;

	assert_int_equal(uname(&name), 0);
	assert_null(pl_identity_from_running(&fixture->request, fixture->target));
	assert_text(fixture->target->release, name.release);
	assert_non_null(fixture->target->arch);
}

/* A process that is told "i686" by uname, as in a container for 32 bits, is on the same kernel. */
static void is_not_told_of_another_machine(void **state)
{
	struct fixture *fixture = *state;
	struct utsname name;

	assert_int_equal(uname(&name), 0);
	assert_true(personality(PER_LINUX32 | UNAME26) >= 0);
	assert_null(pl_identity_from_running(&fixture->request, fixture->target));
	assert_int_equal(personality(PER_LINUX), PER_LINUX32 | UNAME26);
	assert_text(fixture->target->release, name.release);
	assert_text(fixture->target->arch, pl_identity_machine_arch(name.machine));
}

/* The left column: what uname -m says, of kernels in the field. */
static void machines_have_the_names_of_their_elf_files(void **state)
{
	static const char *const machines[][2] = {
		{"x86_64", "x86_64"},
		{"s390x", "s390x"},
		{"ppc64le", "ppc64le"},
		{"riscv64", "riscv64"},
		{"aarch64", "arm64"},
		{"aarch64_be", "arm64be"},
		{"armv7l", "arm"},
		{"armv6l", "arm"},
		{"i386", "i386"},
		{"i686", "i386"},
		{"i586", "i386"},
		{"i486", "i386"},
		{"loongarch64", "loongarch64"},
	};
	bool little = BYTE_ORDER == LITTLE_ENDIAN;

	(void)state;
	for (size_t i = 0; i < sizeof(machines) / sizeof(*machines); i++)
		assert_string_equal(pl_identity_machine_arch(machines[i][0]), machines[i][1]);
	assert_string_equal(pl_identity_machine_arch("mips"), little ? "mipsel" : "mips");
	assert_string_equal(pl_identity_machine_arch("mips64"), little ? "mips64el" : "mips64");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(reads_version_strings),
		TEST(refuses_version_strings_without_an_end),
		TEST(version_strings_have_limits),
		TEST(keeps_what_is_known),
		TEST(reads_elf_files),
		TEST(looks_at_data_only),
		TEST(reads_what_modules_say),
		TEST(reads_the_release_beside_the_file),
		TEST(asks_the_running_kernel),
		TEST(is_not_told_of_another_machine),
		cmocka_unit_test(machines_have_the_names_of_their_elf_files),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
