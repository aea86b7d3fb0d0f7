/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <string.h>

#include "read/usage/scan_internal.h"
#include "support/child.h"
#include "support/file.h"

/* The text that is compiled, in the build directory as far as anybody can tell. */
#define TEXT_NAME "pagelap-headers.h"

static struct pl_error *make_text(const struct pl_words *headers, struct pl_strbuf *text)
{
	for (size_t i = 0; i < headers->n; i++)
		if (!strpbrk(headers->items[i], "\"\\\n"))
			pl_strbuf_printf(text, "#include \"%s\"\n", headers->items[i]);
	return pl_strbuf_failed(text) ? pl_error_no_memory() : NULL;
}

/* What functions do is found now, and the bodies that are known then are left out below. */
static struct pl_error *scan_headers(struct pl_scanner *scanner,
				     const struct pl_parse_request *request,
				     struct pl_strbuf *output)
{
	PL_CLEANUP(pl_scan_release) struct pl_scan scan = {0};
	const struct pl_callees *callees = &scanner->callees;
	size_t count = 0;

	PL_TRY(pl_scan_begin(&scan, scanner, request));
	PL_TRY(pl_scan_functions(&scan));
	PL_TRY(pl_scan_put(&scan, output));
	for (size_t i = 0; i < callees->n_shared; i++)
		for (struct pl_returned *its = callees->shared[i]->returned; its; its = its->next)
			count++;
	pl_wire_put(output, count);
	for (size_t i = 0; i < callees->n_shared; i++) {
		for (struct pl_returned *its = callees->shared[i]->returned; its; its = its->next) {
			pl_wire_put_text(output, callees->shared[i]->name);
			pl_wire_put_text(output, its->record);
			pl_wire_put_text(output, its->field);
		}
	}
	return NULL;
}

static struct pl_error *copy(const char *path, int fd)
{
	PL_CLEANUP(pl_file_close) struct pl_file file = {0};

	PL_TRY(pl_file_open(path, &file));
	if (!file.bytes.size || !pl_child_write(fd, file.bytes.data, file.bytes.size))
		return pl_error_new(PL_ERROR_UNREADABLE, "%s: cannot be copied: %s", path,
				    strerror(errno));
	return NULL;
}

/* libclang writes beside the name it is given, so that it needs a place of its own. */
static struct pl_error *save(const struct pl_scan *scan, const char *place, int fd)
{
	const char *path = pl_arena_printf(scan->scanner->arena, "%s/headers", place);
	int status;

	if (!path)
		return pl_error_no_memory();
	status = scan->scanner->clang->clang_saveTranslationUnit(scan->parsed.unit, path, 0);
	if (status)
		return pl_error_new(PL_ERROR_UNREADABLE,
				    "libclang cannot write what it has compiled (%d)", status);
	return copy(path, fd);
}

struct pl_error *pl_scanner_precompile(struct pl_scanner *scanner,
				       const struct pl_precompiled *headers, const char *place,
				       int fd, struct pl_strbuf *output)
{
	PL_CLEANUP(pl_strbuf_release) struct pl_strbuf text = PL_STRBUF_INIT;
	PL_CLEANUP(pl_scan_release) struct pl_scan scan = {0};
	struct pl_parse_request request = {
		.flags = &headers->flags,
		.rules = scanner->plan->rules,
	};

	request.file =
		pl_arena_printf(scanner->arena, "%s/%s", scanner->plan->roots->build, TEXT_NAME);
	if (!request.file)
		return pl_error_no_memory();
	PL_TRY(make_text(&headers->headers, &text));
	request.text = text.text;
	PL_TRY(pl_scanner_headers(scanner, headers->environment, &request.headers));
	PL_TRY(scan_headers(scanner, &request, output));
	request.options = CXTranslationUnit_ForSerialization | CXTranslationUnit_Incomplete;
	PL_TRY(pl_scan_begin(&scan, scanner, &request));
	return save(&scan, place, fd);
}
