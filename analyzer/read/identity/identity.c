/* SPDX-License-Identifier: MIT */
#include "read/identity/identity.h"

#include <ctype.h>
#include <elf.h>
#include <endian.h>
#include <string.h>
#include <sys/personality.h>
#include <sys/utsname.h>

#include "read/identity/identity_data.h"
#include "read/paths.h"
#include "support/text.h"

enum {
	MAX_RELEASE = 64, /* what uname has room for */
	MAX_BANNER = 1024,
	MAX_REJECTED = 64, /* version strings that are none; a kernel has none or one */
};

bool pl_identity_next_data(const struct pl_elf *elf, size_t *index, struct pl_bytes *ret)
{
	while (*index < elf->n_sections) {
		const struct pl_elf_section *section = &elf->sections[(*index)++];

		if (section->type == SHT_PROGBITS && section->flags & SHF_ALLOC &&
		    !(section->flags & SHF_EXECINSTR) &&
		    pl_bytes_slice(elf->bytes, section->offset, section->size, ret))
			return true;
	}
	return false;
}

struct pl_error *pl_identity_try_file(const char *path, struct pl_file *ret)
{
	struct pl_file file = {0};
	struct pl_error *error = pl_file_open(path, &file);

	if (error && error->kind == PL_ERROR_MEMORY)
		return error;
	pl_error_free(error);
	*ret = file;
	return NULL;
}

/*
 * Takes the word at the start of TEXT for the release, if it looks like one.
 * It becomes part of the names of files, so a slash must not be in it.
 */
static struct pl_error *take_release(struct pl_target *target, const char *text, size_t size)
{
	size_t length = 0;

	while (length < size && (isalnum((unsigned char)text[length]) ||
				 (text[length] && strchr("._+~-", text[length]))))
		length++;
	if (target->release || !length || length > MAX_RELEASE ||
	    !isdigit((unsigned char)text[0]) ||
	    (length < size && text[length] && !strchr(" \n\"", text[length])))
		return NULL;
	target->release = pl_arena_strndup(target->arena, text, length);
	return target->release ? NULL : pl_error_no_memory();
}

/* How long the line at the start of BYTES is; 0 if it is not text, or never ends. */
static size_t line_length(struct pl_bytes bytes)
{
	for (size_t i = 0; i < bytes.size && i < MAX_BANNER; i++) {
		if (!bytes.data[i] || bytes.data[i] == '\n')
			return i;
		if (!isprint(bytes.data[i]))
			return 0;
	}
	return 0;
}

/* The version string, from the release on. Formats for it ("Linux version %s") are none. */
static bool find_banner(struct pl_bytes bytes, const char *begin, struct pl_bytes *ret)
{
	struct pl_bytes needle = {(const unsigned char *)begin, strlen(begin)}, rest;
	int rejected = 0;

	for (size_t at = pl_bytes_find(bytes, 0, needle);
	     at < bytes.size && rejected < MAX_REJECTED;
	     at = pl_bytes_find(bytes, at + 1, needle)) {
		rest.data = bytes.data + at + needle.size;
		rest.size = bytes.size - at - needle.size;
		if (!rest.size || !isdigit(rest.data[0]))
			continue;
		rest.size = line_length(rest);
		if (rest.size) {
			*ret = rest;
			return true;
		}
		rejected++;
	}
	return false;
}

/*
 * The first item of the second pair of parentheses in LINE: "gcc-14 (Debian
 * 14.2.0-19) 14.2.0" of "7.0 (who@where) (gcc-14 (Debian 14.2.0-19) 14.2.0, GNU ld ...) #1".
 */
static struct pl_bytes find_compiler(struct pl_bytes line)
{
	size_t start = 0, groups = 0;
	int depth = 0;

	for (size_t i = 0; i < line.size; i++) {
		unsigned char c = line.data[i];

		if (groups == 2 && (depth == 1 && (c == ',' || c == ')')))
			return (struct pl_bytes){line.data + start, i - start};
		if (c == '(' && !depth++) {
			groups++;
			start = i + 1;
		} else if (c == ')' && depth) {
			depth--;
		}
	}
	return (struct pl_bytes){0};
}

static struct pl_error *take_compiler(struct pl_target *target, struct pl_bytes compiler)
{
	if (target->compiler || !compiler.size)
		return NULL;
	target->compiler = pl_text_ncopy(target->arena, (const char *)compiler.data, compiler.size);
	return target->compiler ? NULL : pl_error_no_memory();
}

struct pl_error *pl_identity_from_banner(const struct pl_read_request *request,
					 struct pl_bytes bytes, struct pl_target *target)
{
	struct pl_bytes line;

	if (!bytes.size || !request->banner || !*request->banner ||
	    (target->release && target->compiler) || !find_banner(bytes, request->banner, &line))
		return NULL;
	PL_TRY(take_release(target, (const char *)line.data, line.size));
	return take_compiler(target, find_compiler(line));
}

/* Modules do not hold the version string, but what they were built for. */
static struct pl_error *from_modinfo(const struct pl_elf *elf, struct pl_target *target)
{
	static const char key[] = "vermagic=";
	const struct pl_elf_section *section = pl_elf_section(elf, ".modinfo");
	struct pl_bytes bytes;

	if (!section || !pl_bytes_slice(elf->bytes, section->offset, section->size, &bytes))
		return NULL;
	for (size_t at = 0; at < bytes.size; at++) {
		const char *text = pl_bytes_string(bytes, at);

		if (!text)
			break;
		if (!strncmp(text, key, sizeof(key) - 1))
			return take_release(target, text + sizeof(key) - 1,
					    strlen(text) - (sizeof(key) - 1));
		at += strlen(text);
	}
	return NULL;
}

/* Takes the release from behind KEY ("": the start) in the file NAME beside the source. */
static struct pl_error *from_file(const struct pl_read_request *request, const char *name,
				  const char *key, struct pl_target *target)
{
	PL_CLEANUP(pl_file_close) struct pl_file file = {0};
	struct pl_bytes needle = {(const unsigned char *)key, strlen(key)};
	char *path = pl_path_beside(target->arena, request->path, name);
	size_t at;

	if (!path)
		return pl_error_no_memory();
	PL_TRY(pl_identity_try_file(path, &file));
	at = file.bytes.size ? pl_bytes_find(file.bytes, 0, needle) : 0;
	if (at >= file.bytes.size)
		return NULL;
	at += needle.size;
	return take_release(target, (const char *)file.bytes.data + at, file.bytes.size - at);
}

static struct pl_error *release_beside(const struct pl_read_request *request,
				       struct pl_target *target)
{
	if (target->release || !request->path)
		return NULL;
	PL_TRY(from_file(request, "include/config/kernel.release", "", target));
	if (target->release)
		return NULL;
	return from_file(request, "include/generated/utsrelease.h", "#define UTS_RELEASE \"",
			 target);
}

struct pl_error *pl_identity_from_elf(const struct pl_read_request *request,
				      const struct pl_elf *elf, struct pl_target *target)
{
	struct pl_bytes bytes;
	size_t index = 0;

	if (!target->arch)
		target->arch = pl_elf_arch(elf); /* a constant */
	if (!target->bits)
		target->bits = elf->bits;
	if (target->endian == PL_ENDIAN_UNKNOWN)
		target->endian = elf->big_endian ? PL_ENDIAN_BIG : PL_ENDIAN_LITTLE;
	if (!target->source.build_id)
		target->source.build_id = pl_elf_build_id(elf, target->arena);
	while (!(target->release && target->compiler) && pl_identity_next_data(elf, &index, &bytes))
		PL_TRY(pl_identity_from_banner(request, bytes, target));
	PL_TRY(from_modinfo(elf, target));
	return release_beside(request, target);
}

/* What uname calls a machine begins with, and what pl_elf_arch() calls it, where they disagree. */
static const struct {
	const char *machine, *arch;
} machines[] = {
	{"aarch64_be", "arm64be"},
	{"aarch64", "arm64"},
	{"arm", "arm"}, /* armv7l and so on */
	{"i386", "i386"},
	{"i486", "i386"},
	{"i586", "i386"},
	{"i686", "i386"},
	{"mips64", BYTE_ORDER == LITTLE_ENDIAN ? "mips64el" : "mips64"},
	{"mips", BYTE_ORDER == LITTLE_ENDIAN ? "mipsel" : "mips"},
};

const char *pl_identity_machine_arch(const char *machine)
{
	for (size_t i = 0; i < sizeof(machines) / sizeof(*machines); i++)
		if (!strncmp(machine, machines[i].machine, strlen(machines[i].machine)))
			return machines[i].arch;
	return machine;
}

/* The file is what lies in the kernel's notes section: an ELF file of one section, so to speak. */
static struct pl_error *build_id_running(struct pl_target *target)
{
	PL_CLEANUP(pl_file_close) struct pl_file file = {0};
	struct pl_elf_section section = {.name = "", .type = SHT_NOTE};
	struct pl_elf elf = {
		.big_endian = BYTE_ORDER == BIG_ENDIAN, .sections = &section, .n_sections = 1};

	if (target->source.build_id)
		return NULL;
	PL_TRY(pl_identity_try_file("/sys/kernel/notes", &file));
	elf.bytes = file.bytes;
	section.size = file.bytes.size;
	target->source.build_id = pl_elf_build_id(&elf, target->arena);
	return NULL;
}

/* What the kernel calls itself, also to processes that want to hear of another one (setarch). */
static bool ask_kernel(struct utsname *ret)
{
	int as = personality(PER_LINUX);
	bool asked = uname(ret) == 0;

	if (as >= 0)
		(void)personality((unsigned long)as);
	return asked;
}

struct pl_error *pl_identity_from_running(const struct pl_read_request *request,
					  struct pl_target *target)
{
	PL_CLEANUP(pl_file_close) struct pl_file version = {0};
	struct utsname name;

	if (!ask_kernel(&name))
		return NULL;
	PL_TRY(take_release(target, name.release, strlen(name.release)));
	if (!target->arch)
		target->arch =
			pl_arena_strdup(target->arena, pl_identity_machine_arch(name.machine));
	if (!target->arch)
		return pl_error_no_memory();
	PL_TRY(pl_identity_try_file("/proc/version", &version));
	PL_TRY(pl_identity_from_banner(request, version.bytes, target));
	return build_id_running(target);
}
