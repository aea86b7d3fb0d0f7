/* SPDX-License-Identifier: MIT */
#include "torture.h"

#include "map/map.h"
#include "read/read.h"
#include "read/usage/cache_file.h"
#include "report/report.h"
#include "support/file.h"
#include "usage/answer.h"
#include "usage/usage_merge.h"

/* A kernel to find usage of. */
#define KERNEL "report/one"

static struct pl_error *read_mapped(const char *path, struct pl_report *report)
{
	const struct pl_read_request request = {.path = path};

	PL_TRY(pl_read_source(&request, report));
	for (size_t i = 0; i < report->n_targets; i++) {
		struct pl_target *target = report->targets[i];

		PL_TRY(pl_map_target(target, target->host, target->wanted, target->n_wanted));
	}
	return NULL;
}

static struct pl_error *finish(const struct pl_gathered *gathered, struct pl_strbuf *ret)
{
	PL_CLEANUP(pl_report_cleanup) struct pl_report *report = pl_report_new();

	if (!report)
		return pl_error_no_memory();
	PL_TRY(read_mapped(KERNEL, report));
	PL_TRY(pl_gathered_finish(gathered, report->targets[0]));
	pl_usage_sort(report->targets[0]->usage);
	PL_TRY(pl_map_idle(report->targets[0]));
	PL_TRY(pl_report_merge(report));
	return pl_report_json(report, ret);
}

struct pl_error *torture_scanned(const char *path, struct pl_strbuf *ret)
{
	PL_CLEANUP(pl_arena_cleanup) struct pl_arena *arena = pl_arena_new();
	PL_CLEANUP(pl_file_close) struct pl_file file = {0};
	struct pl_gathered gathered = {
		.arena = arena, .by_digest = {.arena = arena}, .by_path = {.arena = arena}};
	struct pl_gathered_unit first = {0}, second = {0};
	struct pl_cursor cursor;

	if (!arena)
		return pl_error_no_memory();
	PL_TRY(pl_file_open(path, &file));
	cursor = pl_cursor_init(file.bytes, false);
	PL_TRY(pl_gathered_take(&gathered, &cursor, &first));
	PL_TRY(pl_gathered_take(&gathered, &cursor, &second));
	PL_TRY(pl_gathered_add(&gathered, &first, &second));
	pl_gathered_want(&gathered, &first);
	return finish(&gathered, ret);
}

struct pl_error *torture_cache(const char *path, struct pl_strbuf *ret)
{
	PL_CLEANUP(pl_arena_cleanup) struct pl_arena *arena = pl_arena_new();
	PL_CLEANUP(pl_file_close) struct pl_file file = {0};
	struct pl_gathered gathered = {
		.arena = arena, .by_digest = {.arena = arena}, .by_path = {.arena = arena}};
	struct pl_usage_cache cache = {.arena = arena,
				       .gathered = &gathered,
				       .path = "saved-cache",
				       .by_key = {.arena = arena}};

	if (!arena)
		return pl_error_no_memory();
	PL_TRY(pl_file_open(path, &file));
	PL_TRY(pl_cache_file_take(&cache, file.bytes));
	for (size_t i = 0; i < cache.n_units; i++)
		pl_gathered_want(&gathered, &cache.units[i]->unit);
	PL_TRY(pl_usage_cache_save(&cache));
	return finish(&gathered, ret);
}

static struct pl_error *ask(struct pl_report *report, struct pl_strbuf *ret)
{
	const struct pl_question question = {.by = {PL_BY_FIELD, PL_BY_FUNCTION},
					     .n_by = 2,
					     .show = 1U << PL_SHOW_USES | 1U << PL_SHOW_COUNTS |
						     1U << PL_SHOW_IDLE | 1U << PL_SHOW_NAMES |
						     1U << PL_SHOW_SINGLE};
	const struct pl_text_options options = {.width = 80, .colour = true};

	PL_TRY(pl_report_merge(report));
	PL_TRY(pl_usage_answer(&question, report));
	PL_TRY(pl_report_json(report, ret));
	return pl_report_text_answers(report, &options, ret);
}

/* What a report says of its own code, and of the code of another. */
struct pl_error *torture_usage(const char *path, struct pl_strbuf *ret)
{
	PL_CLEANUP(pl_report_cleanup) struct pl_report *report = pl_report_new();
	PL_CLEANUP(pl_report_cleanup) struct pl_report *kernel = pl_report_new();

	if (!report || !kernel)
		return pl_error_no_memory();
	PL_TRY(read_mapped(path, report));
	PL_TRY(read_mapped(KERNEL, kernel));
	PL_TRY(pl_usage_copy(kernel->targets[0], report->targets[0]));
	PL_TRY(pl_map_idle(kernel->targets[0]));
	PL_TRY(ask(kernel, ret));
	return ask(report, ret);
}
