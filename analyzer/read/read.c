/* SPDX-License-Identifier: MIT */
#include "read/read.h"

#include <string.h>

#include "read/btf/btf_read.h"
#include "read/dwarf/dwarf_read.h"
#include "read/elf/debuglink.h"
#include "read/headers/headers_read.h"
#include "read/identity/identity.h"
#include "read/image/image.h"
#include "read/kbuild/kbuild.h"
#include "read/naming.h"
#include "read/report/report_read.h"
#include "support/file.h"
#include "support/text.h"

#define RUNNING_BTF "/sys/kernel/btf/"

/* One source on its way to a target. */
struct reading {
	const struct pl_read_request *request;
	const struct pl_report *report; /* for names that are taken */
	struct pl_target *target;
	struct pl_arena *arena; /* of what reading needs, and the target does not */
	struct pl_file base_file;
	bool mapped;   /* the bytes are the mapping of a file */
	bool unpacked; /* an image was: one inside another is not looked into */
};

static void reading_release(struct reading *reading)
{
	pl_file_close(&reading->base_file);
	pl_arena_free(reading->arena);
	pl_target_free(reading->target);
}

static bool is_running(const struct pl_read_request *request)
{
	return !strncmp(request->path, RUNNING_BTF, strlen(RUNNING_BTF));
}

static void debug_file_close(struct pl_debug_file *file)
{
	pl_file_close(&file->file);
}

static struct pl_error *raw_btf_of(const struct pl_elf *elf, struct pl_arena *arena,
				   struct pl_bytes *ret)
{
	const struct pl_elf_section *section = pl_elf_section(elf, ".BTF");

	*ret = (struct pl_bytes){0};
	return section ? pl_elf_section_load(elf, section, arena, ret) : NULL;
}

/* What split BTF builds on: raw, or in an ELF file. */
static struct pl_error *open_base(struct reading *s, struct pl_bytes *ret)
{
	const char *path = s->request->btf_base;
	struct pl_error *error;
	struct pl_elf elf;

	*ret = (struct pl_bytes){0};
	if (!path && is_running(s->request))
		path = RUNNING_BTF "vmlinux";
	if (!path)
		return NULL;
	PL_TRY(pl_file_open(path, &s->base_file));
	*ret = s->base_file.bytes;
	if (!pl_elf_detect(*ret))
		return NULL;
	error = pl_elf_parse(s->arena, *ret, &elf);
	if (!error)
		error = raw_btf_of(&elf, s->arena, ret);
	if (!error && !ret->size)
		error = pl_error_new(PL_ERROR_UNREADABLE, "there is no BTF in it");
	return error ? pl_error_prefix(error, "%s", path) : NULL;
}

static struct pl_error *read_btf(struct reading *s, struct pl_bytes bytes)
{
	struct pl_bytes base = {0};

	s->target->source.kind = PL_SOURCE_BTF;
	if (pl_btf_is_split(bytes))
		PL_TRY(open_base(s, &base));
	return pl_btf_read(s->request->path, bytes, base, s->request, s->target);
}

static struct pl_error *read_dwarf(struct reading *s, const char *path, const struct pl_elf *elf)
{
	struct pl_error *error;

	s->target->source.kind = PL_SOURCE_DWARF;
	error = pl_dwarf_read(path, elf, s->request, s->target);
	return error ? pl_error_prefix(error, "%s", path) : NULL;
}

static struct pl_error *identify_elf(struct reading *s, const struct pl_elf *elf)
{
	const struct pl_elf_section *constants = pl_elf_section(elf, ".rodata");
	struct pl_bytes bytes = {0};

	PL_TRY(pl_identity_from_elf(s->request, elf, s->target));
	PL_TRY(pl_name_target(s->report, s->request->name, s->target));
	if (constants && !pl_bytes_slice(elf->bytes, constants->offset, constants->size, &bytes))
		bytes = (struct pl_bytes){0};
	return pl_identity_config(s->request, bytes, false, s->target);
}

/* Reads the separate debug file of ELF, if there is one; *PASSED_OVER is one that it is not. */
static struct pl_error *try_debug_file(struct reading *s, const struct pl_elf *elf, bool *found,
				       const char **passed_over)
{
	PL_CLEANUP(debug_file_close) struct pl_debug_file debug = {0};
	const struct pl_read_request *request = s->request;

	PL_TRY(pl_debuglink_open(elf, request->path, request->debug_dir, pl_dwarf_detect, s->arena,
				 &debug));
	*found = debug.path;
	*passed_over = debug.passed_over;
	return debug.path ? read_dwarf(s, debug.path, &debug.elf) : NULL;
}

static struct pl_error *read_debug_file(struct reading *s, const struct pl_elf *elf)
{
	const char *passed_over;
	bool found;

	PL_TRY(try_debug_file(s, elf, &found, &passed_over));
	if (found)
		return NULL;
	return pl_error_new(PL_ERROR_UNREADABLE,
			    "%s: there is neither DWARF nor BTF in it, nor a separate debug file "
			    "for it%s%s%s",
			    s->request->path, passed_over ? " (" : "",
			    passed_over ? passed_over : "", passed_over ? ")" : "");
}

/* Split BTF says nothing without what it builds on: then the DWARF that is elsewhere says more. */
static struct pl_error *read_elf_btf(struct reading *s, const struct pl_elf *elf,
				     struct pl_bytes btf)
{
	bool distilled = pl_elf_section(elf, ".BTF.base"), found = false;
	const char *passed_over;

	if (s->request->force != PL_SOURCE_BTF &&
	    (distilled || (pl_btf_is_split(btf) && !s->request->btf_base)))
		PL_TRY(try_debug_file(s, elf, &found, &passed_over));
	if (found)
		return NULL;
	if (distilled)
		return pl_error_new(PL_ERROR_UNREADABLE,
				    "%s: section .BTF.base: BTF that builds on excerpts of the "
				    "kernel's is not supported",
				    s->request->path);
	return read_btf(s, btf);
}

static struct pl_error *read_image(struct reading *s, struct pl_bytes bytes, const char *arch);

/* A boot wrapper that is itself ELF, maybe for another processor mode than the kernel in it. */
static struct pl_error *is_wrapper(const struct reading *s, const struct pl_elf *elf, bool *ret)
{
	*ret = false;
	if (s->unpacked || s->request->force == PL_SOURCE_DWARF || pl_dwarf_detect(elf) ||
	    pl_elf_section(elf, ".BTF"))
		return NULL;
	return pl_image_detect(elf->bytes, ret);
}

/* DWARF first, as it knows more; a module's split BTF only with something to build on. */
static struct pl_error *read_elf(struct reading *s, struct pl_bytes bytes)
{
	const struct pl_read_request *request = s->request;
	struct pl_error *error;
	struct pl_bytes btf;
	struct pl_elf elf;
	bool wrapper;

	error = pl_elf_parse(s->arena, bytes, &elf);
	if (!error)
		error = raw_btf_of(&elf, s->arena, &btf);
	if (error)
		return pl_error_prefix(error, "%s", request->path);
	elf.mapped = s->mapped;
	PL_TRY(is_wrapper(s, &elf, &wrapper));
	if (wrapper)
		return read_image(s, bytes, pl_elf_arch(&elf));
	PL_TRY(identify_elf(s, &elf));
	if (request->force == PL_SOURCE_BTF && !btf.size)
		return pl_error_new(PL_ERROR_UNREADABLE, "%s: there is no BTF in it",
				    request->path);
	if (request->force != PL_SOURCE_BTF && pl_dwarf_detect(&elf))
		return read_dwarf(s, request->path, &elf);
	if (request->force != PL_SOURCE_DWARF && btf.size)
		return read_elf_btf(s, &elf, btf);
	return read_debug_file(s, &elf);
}

static struct pl_error *read_raw_btf(struct reading *s, struct pl_bytes bytes)
{
	bool running = is_running(s->request);

	if (running)
		PL_TRY(pl_identity_from_running(s->request, s->target));
	PL_TRY(pl_name_target(s->report, s->request->name, s->target));
	PL_TRY(pl_identity_config(s->request, (struct pl_bytes){0}, running, s->target));
	return read_btf(s, bytes);
}

/* A flat image has no headers: its BTF is found by its look. */
static struct pl_error *read_flat_image(struct reading *s, struct pl_bytes bytes)
{
	struct pl_bytes btf;

	if (!pl_btf_locate(bytes, &btf))
		return pl_error_new(PL_ERROR_UNREADABLE, "%s: there is no BTF in this kernel image",
				    s->request->path);
	PL_TRY(pl_identity_from_banner(s->request, bytes, s->target));
	PL_TRY(pl_name_target(s->report, s->request->name, s->target));
	PL_TRY(pl_identity_config(s->request, bytes, false, s->target));
	return read_btf(s, btf);
}

/* The kernel in an image that is for ARCH, which may be NULL; an ELF file says itself what it is
 * for. */
static struct pl_error *read_image(struct reading *s, struct pl_bytes bytes, const char *arch)
{
	struct pl_bytes kernel;

	s->unpacked = true;
	s->mapped = false;
	PL_TRY(pl_image_unpack(s->request->path, bytes, s->arena, &kernel));
	if (pl_elf_detect(kernel))
		return read_elf(s, kernel);
	s->target->arch = arch;
	return read_flat_image(s, kernel);
}

static struct pl_error *read_any(struct reading *s, struct pl_bytes bytes)
{
	const char *path = s->request->path;
	bool image;

	if (pl_elf_detect(bytes))
		return read_elf(s, bytes);
	if (s->request->force == PL_SOURCE_DWARF)
		return pl_error_new(PL_ERROR_UNREADABLE, "%s: not an ELF file, so not DWARF", path);
	if (pl_btf_detect(bytes))
		return read_raw_btf(s, bytes);
	PL_TRY(pl_image_detect(bytes, &image));
	if (image)
		return read_image(s, bytes, pl_image_arch(bytes));
	if (!bytes.size)
		return pl_error_new(PL_ERROR_UNREADABLE, "%s: the file is empty", path);
	return pl_error_new(PL_ERROR_UNREADABLE,
			    "%s: not a kind of file that pagelap reads (ELF with DWARF or BTF, raw "
			    "BTF, kernel image, saved report)",
			    path);
}

/* A new target for the request, with the path it is read from. */
static struct pl_error *new_target(const struct pl_read_request *request, struct pl_target **ret)
{
	*ret = pl_target_new();
	if (!*ret)
		return pl_error_no_memory();
	(*ret)->source.path = pl_text_copy((*ret)->arena, request->path);
	return (*ret)->source.path ? NULL : pl_error_no_memory();
}

static struct pl_error *read_file(const struct pl_read_request *request, const struct pl_file *file,
				  struct pl_report *report)
{
	PL_CLEANUP(reading_release)
	struct reading s = {
		.request = request,
		.report = report,
		.arena = pl_arena_new(),
		.mapped = file->mapped,
	};

	if (!s.arena)
		return pl_error_no_memory();
	PL_TRY(new_target(request, &s.target));
	PL_TRY(read_any(&s, file->bytes));
	if (pl_arena_failed(s.arena) || pl_arena_failed(s.target->arena))
		return pl_error_no_memory();
	PL_TRY(pl_report_add_target(report, s.target));
	s.target = NULL;
	return NULL;
}

static struct pl_error *read_directory(const struct pl_read_request *request,
				       struct pl_report *report)
{
	PL_CLEANUP(pl_target_cleanup) struct pl_target *target = NULL;

	if (request->force == PL_SOURCE_DWARF || request->force == PL_SOURCE_BTF)
		return pl_error_new(PL_ERROR_UNREADABLE, "%s: a directory, so not %s",
				    request->path, pl_source_kind_name(request->force));
	PL_TRY(new_target(request, &target));
	PL_TRY(pl_headers_read(request, report, target));
	if (pl_arena_failed(target->arena))
		return pl_error_no_memory();
	PL_TRY(pl_report_add_target(report, target));
	target = NULL;
	return NULL;
}

struct pl_error *pl_read_source(const struct pl_read_request *request, struct pl_report *report)
{
	PL_CLEANUP(pl_file_close) struct pl_file file = {0};

	if (pl_kbuild_detect(request->path))
		return read_directory(request, report);
	PL_TRY(pl_file_open(request->path, &file));
	if (request->force == PL_SOURCE_HEADERS)
		return pl_error_new(PL_ERROR_UNREADABLE,
				    "%s: not a directory, so not a tree of headers", request->path);
	if (!pl_report_detect(file.bytes))
		return read_file(request, &file, report);
	if (request->force != PL_SOURCE_UNKNOWN)
		return pl_error_new(PL_ERROR_UNREADABLE, "%s: a saved report, so not %s",
				    request->path, pl_source_kind_name(request->force));
	return pl_report_read(request, file.bytes, report);
}
