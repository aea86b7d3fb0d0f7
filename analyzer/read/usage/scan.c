/* SPDX-License-Identifier: MIT */
#include "read/usage/scan_internal.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

static void set_up(struct pl_scan *scan, const char *file)
{
	const struct pl_scanner *scanner = scan->scanner;
	const struct pl_scan_plan *plan = scanner->plan;
	struct pl_arena *arena = scan->arena;

	scan->interest = (struct pl_interest){
		.clang = scanner->clang,
		.arena = arena,
		.records = plan->records,
		.n_records = plan->n_records,
		.host = plan->host,
		.fields = {.arena = arena},
	};
	scan->files = (struct pl_code_files){
		.clang = scanner->clang,
		.unit = scan->parsed.unit,
		.roots = plan->roots,
		.arena = arena,
		.main_path = file,
		.by_handle = {.arena = arena},
	};
	scan->walk = (struct pl_walk){
		.clang = scanner->clang,
		.arena = arena,
		.interest = &scan->interest,
		.callees = &scan->scanner->callees,
		.files = &scan->files,
		.ahead = {.arena = arena},
	};
}

struct pl_error *pl_scan_begin(struct pl_scan *scan, struct pl_scanner *scanner,
			       const struct pl_parse_request *request)
{
	struct pl_parse_request its = *request;
	struct pl_error *error;

	*scan = (struct pl_scan){
		.scanner = scanner,
		.seen = request->headers,
		.is_text = request->text,
		.arena = pl_arena_new(),
		.sending = PL_STRBUF_INIT,
	};
	if (!scan->arena)
		return pl_error_no_memory();
	if (!request->text && access(request->file, R_OK)) {
		scan->refused = true;
		scan->missing.name = request->file;
		return pl_error_new(PL_ERROR_UNREADABLE, "the file cannot be read: %s",
				    strerror(errno));
	}
	its.clang = scanner->clang;
	its.arena = scan->arena;
	PL_TRY(pl_parse(&its, &scan->parsed));
	set_up(scan, request->file);
	error = pl_parse_check(&scan->files, &scan->missing);
	scan->refused = error && error->kind == PL_ERROR_UNREADABLE;
	return error;
}

/* What the unit has sent counts as sent once all of it is known to be good. */
static struct pl_error *commit(struct pl_scan *scan)
{
	struct pl_idmap *sent = &scan->scanner->sent;

	for (size_t i = 0; i < scan->n_news; i++)
		PL_TRY(pl_idmap_keep(sent, pl_digest_key(&scan->news[i]), scan->scanner));
	return NULL;
}

/* The files that a unit reads, as bytes. */
struct inputs {
	const struct pl_clang *clang;
	bool is_text; /* the C file is none, but a text */
	struct pl_strbuf paths;
	size_t count;
};

static void put_input(CXFile file, CXSourceLocation *stack, unsigned depth, CXClientData data)
{
	struct inputs *inputs = data;
	CXString name = inputs->clang->clang_getFileName(file);

	(void)stack;
	/* The text that is being compiled, where it is no file, is none that could change. */
	if (!depth && inputs->is_text)
		goto done;
	pl_wire_put(&inputs->paths, depth == 1);
	pl_wire_put_text(&inputs->paths, inputs->clang->clang_getCString(name));
	inputs->count++;
done:
	inputs->clang->clang_disposeString(name);
}

static void put_inputs(struct pl_scan *scan, struct pl_strbuf *output)
{
	struct inputs inputs = {scan->scanner->clang, scan->is_text, PL_STRBUF_INIT, 0};

	if (scan->parsed.unit)
		scan->scanner->clang->clang_getInclusions(scan->parsed.unit, put_input, &inputs);
	pl_wire_put(output, inputs.count);
	pl_strbuf_add_buffer(output, &inputs.paths);
	pl_strbuf_release(&inputs.paths);
}

struct pl_error *pl_scan_put(struct pl_scan *scan, struct pl_strbuf *output)
{
	pl_wire_put(output, scan->parsed.precompiled);
	pl_wire_put_text(output, NULL);
	pl_wire_put(output, 0);
	pl_wire_put(output, scan->n_bundles);
	pl_strbuf_add_buffer(output, &scan->sending);
	put_inputs(scan, output);
	return commit(scan);
}

void pl_scan_put_lost(struct pl_scan *scan, const char *reason, const struct pl_words *absent,
		      struct pl_strbuf *output)
{
	pl_wire_put(output, scan->parsed.precompiled);
	pl_wire_put_text(output, reason);
	pl_wire_put(output, absent->n);
	for (size_t i = 0; i < absent->n; i++)
		pl_wire_put_text(output, absent->items[i]);
	pl_wire_put(output, 0);
	put_inputs(scan, output);
}

void pl_scan_release(struct pl_scan *scan)
{
	if (!scan->scanner)
		return;
	pl_parsed_release(scan->scanner->clang, &scan->parsed);
	pl_strbuf_release(&scan->sending);
	pl_arena_free(scan->arena);
	pl_callees_next_unit(&scan->scanner->callees);
	*scan = (struct pl_scan){0};
}
