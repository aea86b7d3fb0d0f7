/* SPDX-License-Identifier: MIT */
#include "torture.h"

#include <string.h>

#include "check/baseline.h"
#include "check/check.h"
#include "check/load/pack_load.h"
#include "check/load/recipe_load.h"
#include "check/load/suppress_load.h"
#include "check/suppress.h"
#include "map/compare.h"
#include "map/map.h"
#include "read/join.h"
#include "read/kbuild/kbuild.h"
#include "read/read.h"
#include "read/report/report_read.h"
#include "read/scan/scan.h"
#include "report/report.h"
#include "report/rules.h"
#include "support/worker.h"

enum { MAX_RECORDS = 64 };

/* The large one costs too much: most of its allocations are for its own text. */
#define PACK "pack/few-rules.json"

static struct pl_error *map_all(const struct pl_pack *pack, struct pl_report *report)
{
	for (size_t i = 0; i < report->n_targets; i++) {
		struct pl_target *target = report->targets[i];

		pl_map_classify(pack, target);
		PL_TRY(pl_map_target(target, pack->host, pack->overlays, pack->n_overlays));
	}
	return NULL;
}

struct pl_error *torture_read(const char *path, struct pl_strbuf *ret)
{
	PL_CLEANUP(pl_report_cleanup) struct pl_report *report = pl_report_new();
	PL_CLEANUP(pl_pack_cleanup) struct pl_pack *pack = NULL;
	const char *records[MAX_RECORDS];
	struct pl_read_request request = {
		.path = path, .records = records, .check_all_units = true};

	if (!report)
		return pl_error_no_memory();
	PL_TRY(pl_pack_load(PACK, &pack));
	records[request.n_records++] = pack->host;
	for (size_t i = 0; i < pack->n_overlays && i + 1 < MAX_RECORDS; i++)
		records[request.n_records++] = pack->overlays[i].name;
	request.banner = "Linux version ";
	PL_TRY(pl_read_source(&request, report));
	PL_TRY(map_all(pack, report));
	PL_TRY(pl_report_merge(report));
	return pl_report_json_unmapped(report, ret);
}

static struct pl_error *write_all(const struct pl_report *report, struct pl_strbuf *ret)
{
	const struct pl_text_options options = {.width = 80, .colour = true};

	PL_TRY(pl_report_json(report, ret));
	PL_TRY(pl_report_plain(report, ret));
	PL_TRY(pl_report_rdjsonl(report, ret));
	PL_TRY(pl_report_sarif(report, ret));
	PL_TRY(pl_report_html(report, ret));
	PL_TRY(pl_report_markdown(report, ret));
	PL_TRY(pl_report_rst(report, ret));
	PL_TRY(pl_report_text(report, &options, ret));
	return pl_report_text_findings(report, &options, ret);
}

/* Adds the saved report at PATH to REPORT, held against the rules in RULES, which *PACK keeps. */
static struct pl_error *check_saved(const char *rules, const char *path, struct pl_pack **pack,
				    struct pl_report *report)
{
	const struct pl_read_request request = {.path = path};

	PL_TRY(pl_pack_load(rules, pack));
	PL_TRY(pl_read_source(&request, report));
	PL_TRY(map_all(*pack, report));
	return pl_check_report(*pack, report);
}

struct pl_error *torture_report(const char *path, struct pl_strbuf *ret)
{
	PL_CLEANUP(pl_report_cleanup) struct pl_report *report = pl_report_new();
	PL_CLEANUP(pl_pack_cleanup) struct pl_pack *pack = NULL;

	if (!report)
		return pl_error_no_memory();
	PL_TRY(check_saved(PACK, path, &pack, report));
	PL_TRY(pl_compare_targets(report));
	PL_TRY(pl_report_merge(report));
	return write_all(report, ret);
}

struct pl_error *torture_rules(const char *path, struct pl_strbuf *ret)
{
	PL_CLEANUP(pl_report_cleanup) struct pl_report *report = pl_report_new();
	PL_CLEANUP(pl_pack_cleanup) struct pl_pack *pack = NULL;

	if (!report)
		return pl_error_no_memory();
	PL_TRY(check_saved("pack/struct-page.json", path, &pack, report));
	PL_TRY(pl_report_merge(report));
	return pl_report_plain(report, ret);
}

struct pl_error *torture_pack(const char *path, struct pl_strbuf *ret)
{
	PL_CLEANUP(pl_pack_cleanup) struct pl_pack *pack = NULL;
	const struct pl_text_options options = {.width = 80, .colour = true};

	PL_TRY(pl_pack_load(path, &pack));
	for (size_t i = 0; i < pack->n_rules; i++)
		PL_TRY(pl_rule_explain(pack, &pack->rules[i], &options, ret));
	PL_TRY(pl_rules_text(pack, ret));
	PL_TRY(pl_rules_near(pack, "ROOMS", ret));
	return pl_rules_json(pack, ret);
}

struct pl_error *torture_recipe(const char *path, struct pl_strbuf *ret)
{
	PL_CLEANUP(pl_recipe_cleanup) struct pl_recipe *recipe = NULL;

	(void)ret;
	return pl_recipe_load(path, &recipe);
}

struct pl_error *torture_findings(const char *path, struct pl_strbuf *ret)
{
	static const char report_path[] = "report/findings";
	static const struct pl_pack no_rules;
	PL_CLEANUP(pl_report_cleanup) struct pl_report *report = pl_report_new();
	PL_CLEANUP(pl_report_cleanup) struct pl_report *baseline = NULL;
	const struct pl_read_request request = {.path = report_path};

	if (!report)
		return pl_error_no_memory();
	PL_TRY(pl_read_source(&request, report));
	for (size_t i = 0; i < report->n_targets; i++) {
		struct pl_target *target = report->targets[i];

		PL_TRY(pl_map_target(target, target->host, target->wanted, target->n_wanted));
	}
	PL_TRY(pl_suppressions_load(path, report));
	PL_TRY(pl_suppress(report, "2027-03-31"));
	PL_TRY(pl_baseline_load(report_path, &baseline));
	PL_TRY(pl_baseline_check_whole(&no_rules, baseline, report));
	PL_TRY(pl_baseline_apply(&no_rules, report_path, baseline, report));
	PL_TRY(pl_report_merge(report));
	return write_all(report, ret);
}

static void add_words(struct pl_strbuf *ret, const char *const *words, size_t count)
{
	for (size_t i = 0; i < count; i++)
		pl_strbuf_printf(ret, "%s\n", words[i]);
}

struct pl_error *torture_tree(const char *path, struct pl_strbuf *ret)
{
	PL_CLEANUP(pl_recipe_cleanup) struct pl_recipe *recipe = NULL;
	PL_CLEANUP(pl_arena_cleanup) struct pl_arena *arena = pl_arena_new();
	struct pl_scan_request request = {.host = "page"};
	struct pl_kbuild kbuild = {0};
	struct pl_scan scan = {0};

	if (!arena)
		return pl_error_no_memory();
	PL_TRY(pl_recipe_load("recipe/linux-headers.json", &recipe));
	PL_TRY(pl_kbuild_open(arena, path, NULL, "/resource", recipe, &kbuild));
	request.source = kbuild.source;
	request.srcarch = kbuild.srcarch;
	PL_TRY(pl_scan_tree(arena, &request, &scan));
	add_words(ret, kbuild.flags, kbuild.n_flags);
	add_words(ret, scan.asserting, scan.n_asserting);
	for (size_t i = 0; i < scan.n_candidates; i++)
		pl_strbuf_printf(ret, "%s %s:%u\n", scan.candidates[i].record,
				 scan.candidates[i].place.file, scan.candidates[i].place.line);
	return pl_strbuf_failed(ret) ? pl_error_no_memory() : NULL;
}

struct pl_error *torture_join(const char *path, struct pl_strbuf *ret)
{
	PL_CLEANUP(pl_report_cleanup) struct pl_report *built = pl_report_new();
	PL_CLEANUP(pl_report_cleanup) struct pl_report *headers = pl_report_new();
	const struct pl_read_request request = {.path = path};

	if (!built || !headers)
		return pl_error_no_memory();
	PL_TRY(pl_read_source(&request, built));
	PL_TRY(pl_read_source(&request, headers));
	PL_TRY(pl_join(built->targets[0], headers->targets[0]));
	return pl_report_json_unmapped(built, ret);
}

static struct pl_error *job(void *context, size_t index, struct pl_strbuf *output)
{
	(void)context;
	pl_strbuf_printf(output, "result %zu\n", index);
	return NULL;
}

struct pl_error *torture_workers(const char *path, struct pl_strbuf *ret)
{
	const struct pl_worker_limits limits = {
		.parallel = 2, .seconds = 10, .cpu_seconds = 10, .memory = 1 << 30, .output = 99};
	struct pl_worker_result results[3] = {{.error = NULL}};
	struct pl_error *error = pl_workers_run(job, NULL, 3, &limits, results);

	(void)path;
	for (size_t i = 0; i < 3; i++) {
		if (!error && results[i].error) {
			error = results[i].error;
			results[i].error = NULL;
		}
		if (!error)
			pl_strbuf_add(ret, results[i].output.text);
		pl_worker_result_release(&results[i]);
	}
	return error ? error : pl_strbuf_failed(ret) ? pl_error_no_memory() : NULL;
}
