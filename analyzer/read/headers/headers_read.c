/* SPDX-License-Identifier: MIT */
#include "read/headers/headers_read.h"

#include <string.h>

#include "read/headers/constant_text.h"
#include "read/headers/headers_check.h"
#include "read/headers/headers_internal.h"
#include "read/headers/probe.h"
#include "read/identity/identity.h"
#include "read/kbuild/objects.h"
#include "read/naming.h"
#include "support/text.h"

/* The name of the unit, which is nowhere but in memory. */
#define UNIT_NAME "pagelap-probe.c"

/* Many more files with assertions of their own than any tree has; each is compiled. */
enum { MAX_UNITS = 256 };

static void headers_release(struct pl_headers *headers)
{
	pl_arena_free(headers->scratch);
}

static struct pl_error *identify(struct pl_headers *headers, const struct pl_report *report)
{
	const struct pl_kbuild *kbuild = &headers->kbuild;
	struct pl_target *target = headers->target;
	struct pl_read_request request = *headers->request;

	if (!request.config)
		request.config = kbuild->config_path;
	PL_TRY(pl_text_set(target->arena, kbuild->arch ? kbuild->arch->name : NULL, &target->arch));
	PL_TRY(pl_text_set(target->arena,
			   kbuild->release ? kbuild->release : kbuild->source_release,
			   &target->release));
	target->reader = pl_arena_printf(target->arena, "clang %s", headers->clang->version);
	if (!target->reader)
		return pl_error_no_memory();
	target->source.kind = PL_SOURCE_HEADERS;
	target->pins_source = target->source;
	target->only_asked_for = request.only_asked_for;
	PL_TRY(pl_name_target(report, request.name, target));
	return pl_identity_config(&request, (struct pl_bytes){0}, false, target);
}

/* Layouts that are only nearly right are refused, unless they come from elsewhere. */
static struct pl_error *check_arch(const struct pl_headers *headers)
{
	const struct pl_recipe_arch *arch = headers->kbuild.arch;

	if (!arch || !arch->untrusted || (arch->target && headers->request->only_pins))
		return NULL;
	return pl_error_new(
		PL_ERROR_UNREADABLE,
		"the layout of %s cannot be had from headers: %s; read the kernel that was "
		"built",
		arch->name, arch->untrusted);
}

static struct pl_error *scan(struct pl_headers *headers)
{
	const struct pl_recipe *recipe = headers->request->recipe;
	const struct pl_scan_request request = {
		.source = headers->kbuild.source,
		.srcarch = headers->kbuild.srcarch,
		.host = headers->request->host,
		.skip = recipe->scan_skip,
		.n_skip = recipe->n_scan_skip,
	};

	headers->target->scanned = true;
	return pl_scan_tree(headers->scratch, &request, &headers->scan);
}

static struct pl_error *want_records(struct pl_headers *headers)
{
	const struct pl_read_request *request = headers->request;

	headers->n_records = headers->records_capacity = request->n_records;
	headers->records =
		pl_arena_array(headers->scratch, request->n_records, sizeof(*headers->records));
	if (!headers->records)
		return pl_error_no_memory();
	for (size_t i = 0; i < request->n_records; i++)
		headers->records[i] =
			(struct pl_headers_record){.name = request->records[i], .pages = 1};
	return NULL;
}

static struct pl_error *want_constants(struct pl_headers *headers)
{
	const struct pl_read_request *request = headers->request;

	headers->constants =
		pl_arena_array(headers->scratch, request->n_constants, sizeof(*headers->constants));
	if (!headers->constants)
		return pl_error_no_memory();
	for (size_t i = 0; i < request->n_constants; i++)
		headers->constants[i].wanted = request->constants[i];
	return NULL;
}

static struct pl_error *parse(struct pl_headers *headers, const char *text, struct pl_unit *unit)
{
	return pl_unit_parse(headers->clang, headers->scratch, &headers->roots,
			     headers->kbuild.flags, headers->kbuild.n_flags, UNIT_NAME, text, unit);
}

/* Takes the files out of the list that UNIT has compiled already. */
static void drop_included(struct pl_headers *headers, const struct pl_unit *unit)
{
	size_t kept = 0;

	for (size_t i = 0; i < headers->scan.n_asserting; i++)
		if (!pl_unit_includes(unit, headers->scan.asserting[i]))
			headers->scan.asserting[kept++] = headers->scan.asserting[i];
	headers->scan.n_asserting = kept;
}

static struct pl_error *read_probe(struct pl_headers *headers)
{
	const struct pl_read_request *request = headers->request;
	const struct pl_recipe *recipe = request->recipe;
	PL_CLEANUP(pl_strbuf_release) struct pl_strbuf text = PL_STRBUF_INIT;
	PL_CLEANUP(pl_unit_release) struct pl_unit unit = {0};
	struct pl_unit_contents contents = {
		.n_sizes = recipe->n_sizes,
		.constants = headers->constants,
		.n_constants = request->n_constants,
	};

	contents.sizes = pl_arena_array(headers->scratch, recipe->n_sizes, sizeof(uint64_t));
	if (!contents.sizes)
		return pl_error_no_memory();
	PL_TRY(pl_probe_text(headers->kbuild.source, request->probe, request->n_probe, recipe,
			     &text));
	PL_TRY(pl_constant_text(request->constants, request->n_constants, request->macros,
				request->n_macros, &text));
	PL_TRY(parse(headers, text.text, &unit));
	PL_TRY(pl_headers_take_unit(headers, &unit, &contents));
	drop_included(headers, &unit);
	return pl_headers_check(&unit, &contents, &headers->kbuild, recipe, headers->target);
}

static struct pl_error *read_file(struct pl_headers *headers, const char *file)
{
	PL_CLEANUP(pl_strbuf_release) struct pl_strbuf path = PL_STRBUF_INIT;
	PL_CLEANUP(pl_strbuf_release) struct pl_strbuf text = PL_STRBUF_INIT;
	PL_CLEANUP(pl_unit_release) struct pl_unit unit = {0};
	struct pl_unit_contents contents = {0};

	pl_strbuf_printf(&path, "%s/%s", headers->kbuild.source, file);
	if (pl_strbuf_failed(&path))
		return pl_error_no_memory();
	PL_TRY(pl_probe_include(path.text, &text));
	if (pl_strbuf_failed(&text))
		return pl_error_no_memory();
	PL_TRY(parse(headers, text.text, &unit));
	return pl_headers_take_unit(headers, &unit, &contents);
}

/* A file that does not compile in this configuration hides its assertions: that is said. */
static struct pl_error *report_unread(struct pl_headers *headers, const char *file,
				      struct pl_error *cause)
{
	struct pl_finding finding = {
		.rule = "ASSERTIONS-UNREAD",
		.severity = PL_SEVERITY_INFO,
		.member = file,
		.message = pl_arena_printf(headers->scratch,
					   "the assertions in %s could not be read: %s", file,
					   cause->message),
	};

	if (!finding.message || cause->kind == PL_ERROR_MEMORY)
		return cause;
	pl_error_free(cause);
	return pl_target_add_finding(headers->target, &finding);
}

/* Takes the files out of the list that no kernel of this configuration is made of. */
static struct pl_error *drop_left_out(struct pl_headers *headers)
{
	size_t kept = 0;

	for (size_t i = 0; i < headers->scan.n_asserting; i++) {
		const char *file = headers->scan.asserting[i];
		bool left_out;

		PL_TRY(pl_kbuild_leaves_out(headers->scratch, headers->kbuild.source, file,
					    &headers->kbuild.config, &left_out));
		if (!left_out)
			headers->scan.asserting[kept++] = file;
	}
	headers->scan.n_asserting = kept;
	return NULL;
}

/* What the probe has not brought in: one unit each, so that one that fails takes no other along. */
static struct pl_error *read_rest(struct pl_headers *headers)
{
	for (size_t i = 0; i < headers->scan.n_asserting; i++) {
		const char *file = headers->scan.asserting[i];
		struct pl_error *error =
			i < MAX_UNITS ? read_file(headers, file)
				      : pl_error_new(PL_ERROR_UNREADABLE,
						     "of files with assertions of their own no more"
						     " than %d are compiled",
						     MAX_UNITS);

		if (error)
			PL_TRY(report_unread(headers, file, error));
	}
	return NULL;
}

static struct pl_error *read_tree(struct pl_headers *headers, const struct pl_report *report)
{
	const struct pl_read_request *request = headers->request;

	PL_TRY(pl_clang_open(headers->scratch, &headers->clang));
	PL_TRY(pl_kbuild_open(headers->scratch, request->path, request->source_tree,
			      headers->clang->resource, request->recipe, &headers->kbuild));
	headers->roots = (struct pl_roots){headers->kbuild.source, headers->kbuild.build};
	PL_TRY(identify(headers, report));
	PL_TRY(check_arch(headers));
	PL_TRY(want_records(headers));
	PL_TRY(want_constants(headers));
	if (!request->no_scan)
		PL_TRY(scan(headers));
	PL_TRY(read_probe(headers));
	PL_TRY(drop_left_out(headers));
	PL_TRY(read_rest(headers));
	return pl_headers_finish(headers);
}

struct pl_error *pl_headers_read(const struct pl_read_request *request,
				 const struct pl_report *report, struct pl_target *target)
{
	PL_CLEANUP(headers_release)
	struct pl_headers headers = {
		.request = request,
		.target = target,
		.scratch = pl_arena_new(),
	};
	struct pl_error *error;

	if (!headers.scratch)
		return pl_error_no_memory();
	error = read_tree(&headers, report);
	/* Some messages begin with the path already. */
	if (error && strncmp(error->message, request->path, strlen(request->path)))
		error = pl_error_prefix(error, "%s", request->path);
	return error;
}
