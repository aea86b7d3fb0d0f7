/* SPDX-License-Identifier: MIT */
#include "read/usage/scanner.h"

#include <string.h>

#include "read/usage/scan_internal.h"

static struct pl_error *open_clang(struct pl_scanner *scanner)
{
	PL_TRY(pl_clang_open(scanner->arena, &scanner->clang));
	if (scanner->clang->clang_getCursorUnaryOperatorKind)
		return NULL;
	return pl_error_new(PL_ERROR_UNREADABLE,
			    "libclang %s does not tell operators: 17 is the first that does",
			    scanner->clang->version);
}

/* What functions of the precompiled headers return, which no unit will show. */
static struct pl_error *learn(struct pl_scanner *scanner, const struct pl_precompiled *precompiled)
{
	const struct pl_precompiled_returned *its;

	for (its = precompiled->returned; its; its = its->next) {
		struct pl_callee *callee;

		PL_TRY(pl_callees_find(&scanner->callees, its->function, &callee));
		PL_TRY(pl_callees_returns(&scanner->callees, callee, its->record, its->field,
					  true));
	}
	return NULL;
}

static struct pl_error *set_up(struct pl_scanner *scanner)
{
	const struct pl_scan_plan *plan = scanner->plan;
	struct pl_arena *arena = scanner->arena;

	scanner->callees = (struct pl_callees){
		.arena = arena, .rules = plan->rules, .by_name = {.arena = arena}};
	scanner->headers.arena = scanner->sent.arena = arena;
	PL_TRY(open_clang(scanner));
	for (const struct pl_precompiled *its = plan->precompiled; its; its = its->next)
		PL_TRY(learn(scanner, its));
	return NULL;
}

struct pl_error *pl_scanner_new(const struct pl_scan_plan *plan, struct pl_scanner **ret)
{
	struct pl_arena *arena = pl_arena_new();
	struct pl_scanner *scanner = arena ? pl_arena_alloc(arena, sizeof(*scanner)) : NULL;
	struct pl_error *error;

	if (!scanner) {
		pl_arena_free(arena);
		return pl_error_no_memory();
	}
	scanner->arena = arena;
	scanner->plan = plan;
	error = set_up(scanner);
	if (error) {
		pl_arena_free(arena);
		return error;
	}
	*ret = scanner;
	return NULL;
}

void pl_scanner_free(struct pl_scanner *scanner)
{
	if (scanner)
		pl_arena_free(scanner->arena);
}

struct pl_error *pl_scanner_headers(struct pl_scanner *scanner, uint64_t environment,
				    struct pl_seen_headers **ret)
{
	*ret = pl_idmap_get(&scanner->headers, environment);
	if (*ret)
		return NULL;
	*ret = pl_arena_alloc(scanner->arena, sizeof(**ret));
	if (!*ret)
		return pl_error_no_memory();
	(*ret)->arena = (*ret)->by_path.arena = scanner->arena;
	return pl_idmap_put(&scanner->headers, environment, *ret);
}

/*
 * The compiler has refused the unit, and says why in ERROR: that is a result
 * like any other. It holds as long as the files stay what they are, and
 * one that is missing does not appear.
 */
static struct pl_error *put_refusal(struct pl_scan *scan, const struct pl_words *flags,
				    struct pl_error *error, struct pl_strbuf *output)
{
	struct pl_words absent = {0};
	struct pl_error *failed = NULL;

	if (scan->missing.name)
		failed = pl_missing_places(scan->arena, &scan->missing, flags, &absent);
	if (!failed)
		pl_scan_put_lost(scan, error->message, &absent, output);
	pl_error_free(error);
	return failed;
}

/*
 * Scans as REQUEST says; LAST: there is no other way to. A header that is
 * missing is missing in whatever way the unit is parsed.
 */
static struct pl_error *scan_as(struct pl_scanner *scanner, const struct pl_parse_request *request,
				bool last, struct pl_strbuf *output)
{
	PL_CLEANUP(pl_scan_release) struct pl_scan scan = {0};
	struct pl_error *error = pl_scan_begin(&scan, scanner, request);

	if (scan.refused && (last || scan.missing.name))
		return put_refusal(&scan, request->flags, error, output);
	if (error)
		return error;
	PL_TRY(pl_scan_functions(&scan));
	return pl_scan_put(&scan, output);
}

/* A few units do not bear the shortcuts, and say so: those are parsed as they are. */
struct pl_error *pl_scanner_scan(struct pl_scanner *scanner, const struct pl_code_unit *unit,
				 const struct pl_scan_manner *manner, struct pl_strbuf *output)
{
	const struct pl_parse_request plain = {.file = unit->file, .flags = &unit->flags};
	struct pl_parse_request fast = plain;
	struct pl_error *error;

	if (scanner->plan->plain)
		return scan_as(scanner, &plain, true, output);
	fast.rules = scanner->plan->rules;
	fast.precompiled = manner->precompiled;
	fast.speaks = manner->speaks;
	if (manner->environment)
		PL_TRY(pl_scanner_headers(scanner, manner->environment, &fast.headers));
	error = scan_as(scanner, &fast, false, output);
	if (!error || error->kind == PL_ERROR_MEMORY)
		return error;
	pl_error_free(error);
	pl_strbuf_truncate(output, 0);
	return scan_as(scanner, &plain, true, output);
}
