/* SPDX-License-Identifier: MIT */
#include "check_fixture.h"

#include "check/check.h"
#include "check/load/pack_load.h"
#include "layout_fixture.h"
#include "map/map.h"
#include "support/strbuf.h"
#include "testing.h"

static const char head[] =
	"{'schema': 'pagelap-rules/1', 'name': 'mine', 'host': 'page',"
	" 'padding': ['_pad*', '*_pad'], 'classes': ["
	"{'class': 'flag_word', 'fields': ['flags']}, {'class': 'atomic', 'types': ['atomic_t']},"
	"{'class': 'lock', 'types': ['spinlock_t'], 'fields': ['leaf_lock']},"
	"{'class': 'list', 'types': ['struct list_head']},"
	"{'class': 'rcu_head', 'types': ['struct callback_head']}],"
	" 'words': [{'name': 'flags', 'fields': ['flags']},"
	"{'name': 'word1', 'fields': ['lru.next', 'head']},"
	"{'name': 'word2', 'fields': ['lru.prev']},"
	"{'name': 'type', 'fields': ['page_type', '_mapcount']}],";

struct pl_pack *check_pack(const char *overlays, const char *rules)
{
	PL_CLEANUP(pl_strbuf_release) struct pl_strbuf text = PL_STRBUF_INIT;
	struct pl_pack *pack = NULL;

	pl_strbuf_printf(&text, "%s 'overlays': [%s], 'rules': [%s]}", head,
			 overlays ? overlays : "{'name': 'slab'}", rules);
	for (char *c = text.text; *c; c++)
		*c = *c == '\'' ? '"' : *c;
	expect_ok(pl_pack_parse("mine.json", bytes_of_text(text.text), &pack));
	return pack;
}

static void add_pins(struct pl_target *target, const struct kernel *kernel)
{
	const struct pl_candidate candidate = {
		kernel->candidate, false, kernel->how, {"driver.c", 7}, kernel->places};

	if (kernel->pins)
		target->pins_source = (struct pl_source){PL_SOURCE_HEADERS, "linux", NULL};
	for (const struct pl_pin *pin = kernel->pins; pin && pin->expression; pin++)
		expect_ok(pl_target_add_pin(target, pin));
	target->scanned = kernel->scanned;
	if (kernel->candidate)
		expect_ok(pl_target_add_candidate(target, &candidate));
}

static void add_code(struct pl_target *target, const struct kernel *kernel)
{
	if (!kernel->code)
		return;
	assert_non_null(pl_target_usage(target));
	for (const struct pl_access *access = kernel->code; access->record; access++)
		expect_ok(pl_target_add_access(target, access));
	pl_usage_sort(target->usage);
}

struct pl_target *check_target(const struct pl_pack *pack, const struct kernel *kernel)
{
	struct pl_target *target = pl_target_new();

	assert_non_null(target);
	target->name = kernel->name ? kernel->name : "x";
	target->bits = kernel->bits ? kernel->bits : 64;
	target->endian = kernel->big ? PL_ENDIAN_BIG : PL_ENDIAN_LITTLE;
	target->release = kernel->release;
	target->arch = kernel->arch;
	layout_records(target, kernel->records);
	add_pins(target, kernel);
	add_code(target, kernel);
	pl_map_classify(pack, target);
	expect_ok(pl_map_target(target, pack->host, pack->overlays, pack->n_overlays));
	if (kernel->own)
		expect_ok(pl_target_add_finding(target, kernel->own));
	return target;
}

struct pl_report *check_report(const struct pl_pack *pack, const struct kernel *kernels)
{
	struct pl_report *report = pl_report_new();

	assert_non_null(report);
	for (; kernels->records; kernels++)
		expect_ok(pl_report_add_target(report, check_target(pack, kernels)));
	return report;
}

static const char *or_dash(const char *text)
{
	return text ? text : "-";
}

static void add_line(struct pl_strbuf *out, const struct pl_finding *finding)
{
	pl_strbuf_printf(out, "%s %s %s", finding->rule, pl_severity_name(finding->severity),
			 or_dash(finding->overlay));
	if (finding->member)
		pl_strbuf_printf(out, ".%s", finding->member);
	pl_strbuf_printf(out, " %s ", or_dash(finding->host_field));
	if (finding->range.size)
		pl_strbuf_printf(out, "%zu:%ju+%ju", finding->range.page,
				 (uintmax_t)finding->range.offset, (uintmax_t)finding->range.size);
	else
		pl_strbuf_add_char(out, '-');
	pl_strbuf_printf(out, ": %s\n", finding->message);
}

static void expect_numbered(const struct pl_target *target, const char *found, size_t number)
{
	PL_CLEANUP(pl_strbuf_release) struct pl_strbuf text = PL_STRBUF_INIT;

	for (size_t i = 0; i < target->n_findings; i++)
		add_line(&text, &target->findings[i]);
	if (text.length)
		pl_strbuf_truncate(&text, text.length - 1);
	assert_false(pl_strbuf_failed(&text));
	if (strcmp(text.text, found ? found : ""))
		fail_msg("case %zu found:\n%s\nand not:\n%s", number, text.text,
			 found ? found : "");
}

void expect_findings(const struct pl_target *target, const char *found)
{
	expect_numbered(target, found, 0);
}

void expect_case_list(const struct check_case *cases, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const struct kernel kernels[] = {cases[i].kernel, {0}};
		struct pl_pack *pack = check_pack(cases[i].overlays, cases[i].rules);
		struct pl_report *report = check_report(pack, kernels);

		expect_ok(pl_check_report(pack, report));
		assert_int_equal(report->n_failures, 0);
		expect_numbered(report->targets[0], cases[i].found, i);
		pl_report_free(report);
		pl_pack_free(pack);
	}
}
