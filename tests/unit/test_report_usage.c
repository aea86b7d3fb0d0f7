/* SPDX-License-Identifier: MIT */
/* The usage of a target, written and read back; and all that can be wrong with a saved one. */
#include "testing.h"

#include "map/map.h"
#include "read/report/report_read.h"
#include "report/report.h"
#include "report_fixture.h"
#include "sample.h"

static const struct pl_read_request request = {.path = "saved.json"};

static void expect_same_spot(const struct pl_spot *left, const struct pl_spot *right)
{
	expect_same_text(left->place.file, right->place.file);
	assert_int_equal(left->place.line, right->place.line);
	assert_int_equal(left->column, right->column);
	expect_same_text(left->function, right->function);
	expect_same_text(left->through, right->through);
}

static void expect_same_usage(const struct pl_usage *left, const struct pl_usage *right)
{
	assert_int_equal(left->units, right->units);
	assert_int_equal(left->read, right->read);
	assert_int_equal(left->skipped, right->skipped);
	assert_int_equal(left->shard, right->shard);
	assert_int_equal(left->shards, right->shards);
	assert_int_equal(left->n_accesses, right->n_accesses);
	for (size_t i = 0; i < left->n_accesses; i++) {
		const struct pl_access *a = &left->accesses[i], *b = &right->accesses[i];

		assert_string_equal(a->record, b->record);
		expect_same_text(a->field, b->field);
		assert_int_equal(a->kind, b->kind);
		expect_same_spot(&a->spot, &b->spot);
		expect_same_text(a->callee, b->callee);
		expect_same_text(a->bits, b->bits);
	}
	assert_int_equal(left->n_casts, 1);
	assert_int_equal(right->n_casts, 1);
	assert_string_equal(left->casts->from, right->casts->from);
	assert_string_equal(left->casts->to, right->casts->to);
	expect_same_spot(&left->casts->spot, &right->casts->spot);
	assert_int_equal(left->n_lost, 1);
	assert_int_equal(right->n_lost, 1);
	assert_string_equal(left->lost->file, right->lost->file);
	assert_string_equal(left->lost->reason, right->lost->reason);
}

/* Where the code was not looked at, nothing is said of it: an empty list would be an answer. */
static void usage_survives_the_round_trip(void **state)
{
	struct pl_report *report = pl_report_new(), *again = pl_report_new();
	struct pl_strbuf first, second, unmapped = PL_STRBUF_INIT;

	(void)state;
	expect_ok(pl_report_add_target(report, sample_target("with")));
	expect_ok(pl_report_add_target(report, sample_target("without")));
	sample_usage(report->targets[0]);
	report->targets[0]->usage->shard = 2;
	report->targets[0]->usage->shards = 3;
	expect_ok(pl_map_idle(report->targets[0]));
	first = text_of(report);
	expect_ok(pl_report_read(&request, bytes_of(&first), again));
	expect_same_usage(report->targets[0]->usage, again->targets[0]->usage);
	assert_null(again->targets[1]->usage);
	assert_null(strstr(strstr(first.text, "\"without\""), "\"usage\""));
	map_all(again);
	second = text_of(again);
	assert_string_equal(first.text, second.text);
	expect_ok(pl_report_json_unmapped(again, &unmapped));
	pl_report_free(again);
	again = pl_report_new();
	expect_ok(pl_report_read(&request, bytes_of(&unmapped), again));
	expect_same_usage(report->targets[0]->usage, again->targets[0]->usage);
	pl_report_free(report);
	pl_report_free(again);
	pl_strbuf_release(&first);
	pl_strbuf_release(&second);
	pl_strbuf_release(&unmapped);
}

/* A whole scan without a single access is one that found none. */
static void usage_without_accesses_survives(void **state)
{
	struct pl_report *report = pl_report_new(), *again = pl_report_new();
	struct pl_strbuf first, second;

	(void)state;
	expect_ok(pl_report_add_target(report, sample_target("x")));
	assert_non_null(pl_target_usage(report->targets[0]));
	expect_ok(pl_map_idle(report->targets[0]));
	first = text_of(report);
	expect_ok(pl_report_read(&request, bytes_of(&first), again));
	assert_non_null(again->targets[0]->usage);
	map_all(again);
	assert_int_equal(again->targets[0]->n_host_idle, 7);
	second = text_of(again);
	assert_string_equal(first.text, second.text);
	pl_report_free(report);
	pl_report_free(again);
	pl_strbuf_release(&first);
	pl_strbuf_release(&second);
}

struct refusal {
	const char *path, *key, *value, *message;
};

#define T "targets[0]"
#define ST "saved.json: targets[0]: "
#define A T ".accesses[0]"
#define SA ST "accesses[0]: "

static const struct refusal usage_refusals[] = {
	{T, "usage", NULL, ST "accesses, casts: there is no usage with them"},
	{T, "usage", "[]", ST "usage: expected an object"},
	{T ".usage", "units", "-1", ST "usage: units: expected an integer from 0 to 16777216"},
	{T ".usage", "read", "13", ST "usage: read: expected an integer from 0 to 12"},
	{T ".usage", "skipped", "5", ST "usage: skipped: expected an integer from 0 to 4"},
	{T ".usage", "shards", "0.5", ST "usage: shards: expected an integer from 0 to 65536"},
	{T ".usage", "shard", "2", ST "usage: shard: expected an integer from 0 to 1"},
	{T ".usage", "shard", "0", ST "usage: shard: expected at least 1"},
	{T ".usage", "lost", NULL, ST "usage: lost: expected an array"},
	{T ".usage.lost[0]", "file", NULL, ST "usage: lost[0]: file: expected a string"},
	{T ".usage.lost[0]", "reason", "1", ST "usage: lost[0]: reason: expected a string"},
	{T, "accesses", NULL, ST "accesses: expected an array"},
	{T, "accesses", "[1]", SA "record: expected a string"},
	{A, "record", "null", SA "record: expected a string"},
	{A, "field", "7", SA "field: expected a string"},
	{A, "kind", NULL, SA "kind: expected a string"},
	{A, "kind", "\"sees\"", SA "kind: \"sees\" is not known"},
	{A, "file", "7", SA "file: expected a string"},
	{A, "line", "-1", SA "line: expected an integer from 0 to 4294967295"},
	{A, "column", "4294967296", SA "column: expected an integer from 0 to 4294967295"},
	{A, "function", "[]", SA "function: expected a string"},
	{A, "through", "1", SA "through: expected a string"},
	{A, "callee", "{}", SA "callee: expected a string"},
	{A, "bits", "3", SA "bits: expected a string"},
	{T, "casts", "null", ST "casts: expected an array"},
	{T ".casts[0]", "from", NULL, ST "casts[0]: from: expected a string"},
	{T ".casts[0]", "to", "1", ST "casts[0]: to: expected a string"},
	{T ".casts[0]", "line", "1.5",
	 ST "casts[0]: line: expected an integer from 0 to 4294967295"},
};

static void broken_usages_are_placed(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(usage_refusals); i++) {
		const struct refusal *each = &usage_refusals[i];
		struct pl_report *report = pl_report_new();

		expect_ok(pl_report_add_target(report, sample_target("x")));
		sample_usage(report->targets[0]);
		expect_refusal_of(report, each->path, each->key, each->value, each->message);
	}
}

/* A report made by hand need not be in order, and may repeat itself. */
static void usages_are_put_in_order(void **state)
{
	struct pl_report *report = pl_report_new(), *again = pl_report_new();
	struct pl_strbuf text = PL_STRBUF_INIT;
	struct pl_usage *usage;
	struct pl_access first;

	(void)state;
	expect_ok(pl_report_add_target(report, sample_target("x")));
	sample_usage(report->targets[0]);
	usage = report->targets[0]->usage;
	first = usage->accesses[0];
	usage->accesses[0] = usage->accesses[7];
	usage->accesses[7] = first;
	expect_ok(pl_target_add_access(report->targets[0], &first));
	expect_ok(pl_report_json(report, &text));
	expect_ok(pl_report_read(&request, bytes_of(&text), again));
	usage = again->targets[0]->usage;
	assert_int_equal(usage->n_accesses, 8);
	assert_null(usage->accesses[0].spot.place.file);
	assert_string_equal(usage->accesses[1].spot.place.file, "block/bio.c");
	assert_string_equal(usage->accesses[7].spot.place.file, "mm/swap.c");
	assert_int_equal(usage->accesses[7].spot.place.line, 30);
	pl_report_free(report);
	pl_report_free(again);
	pl_strbuf_release(&text);
}

/* Which bits an access is about; nothing is known of a record that is not mapped. */
static void accesses_say_which_bytes_they_are_about(void **state)
{
	struct pl_report *report = pl_report_new();
	struct pl_strbuf text;
	json_t *root, *access;

	(void)state;
	expect_ok(pl_report_add_target(report, sample_target("x")));
	sample_usage(report->targets[0]);
	text = text_of(report);
	root = json_loads(text.text, 0, NULL);
	access = value_at(root, "targets[0].accesses[0]");
	assert_string_equal(json_string_value(json_object_get(access, "field")), "second");
	assert_int_equal(json_integer_value(json_object_get(access, "page")), 1);
	assert_int_equal(json_integer_value(json_object_get(access, "offset_bits")), 128);
	assert_int_equal(json_integer_value(json_object_get(access, "offset_bytes")), 16);
	assert_int_equal(json_integer_value(json_object_get(access, "size_bits")), 64);
	access = value_at(root, "targets[0].accesses[1]");
	assert_true(json_is_null(json_object_get(access, "page")));
	assert_true(json_is_null(json_object_get(access, "size_bits")));
	access = value_at(root, "targets[0].accesses[4]");
	assert_true(json_is_null(json_object_get(access, "field")));
	assert_int_equal(json_integer_value(json_object_get(access, "offset_bits")), 0);
	assert_int_equal(json_integer_value(json_object_get(access, "size_bits")), 320);
	json_decref(root);
	pl_report_free(report);
	pl_strbuf_release(&text);
}

static const struct pl_evidence evidence[] = {
	{"writes page.index", {{"mm/a.c", 3}, 5, "f", "SET"}},
	{"reads slab.cache", {{NULL, 0}, 0, NULL, NULL}},
};

/* A report with a finding about code, on two targets of which the second has one place less. */
static struct pl_report *found_report(void)
{
	struct pl_report *report = pl_report_new();
	struct pl_finding finding = {.rule = "ALIAS",
				     .severity = PL_SEVERITY_WARNING,
				     .origin = PL_ORIGIN_CHECKING,
				     .overlay = "slab",
				     .member = "cache",
				     .message = "two names",
				     .evidence = evidence,
				     .n_evidence = 2};

	for (size_t i = 0; i < 3; i++) {
		struct pl_target *target = sample_target(i ? i > 1 ? "third" : "second" : "first");

		target->n_findings = 0;
		finding.n_evidence = i == 1 ? 1 : 2;
		expect_ok(pl_target_add_finding(target, &finding));
		expect_ok(pl_report_add_target(report, target));
	}
	return report;
}

/* What rests on other places is not told in the same words. */
static void evidence_survives_the_round_trip(void **state)
{
	struct pl_report *report = found_report(), *again = pl_report_new();
	struct pl_strbuf text = text_of(report), second;
	const struct pl_finding *finding;

	(void)state;
	assert_int_equal(report->n_merged, 1);
	assert_int_equal(report->merged->n_occurrences, 2);
	assert_int_equal(report->merged->occurrences[0].n_targets, 2);
	expect_ok(pl_report_read(&request, bytes_of(&text), again));
	finding = &again->targets[2]->findings[0];
	assert_int_equal(finding->n_evidence, 2);
	assert_string_equal(finding->evidence[0].what, "writes page.index");
	expect_same_spot(&finding->evidence[0].spot, &evidence[0].spot);
	expect_same_spot(&finding->evidence[1].spot, &evidence[1].spot);
	assert_int_equal(again->targets[1]->findings[0].n_evidence, 1);
	map_all(again);
	second = text_of(again);
	assert_string_equal(text.text, second.text);
	pl_report_free(report);
	pl_report_free(again);
	pl_strbuf_release(&text);
	pl_strbuf_release(&second);
}

#define O "findings[0].occurrences[0]"
#define SO ST "findings[0]: occurrences[0]: "

static void broken_evidence_is_placed(void **state)
{
	static const struct refusal refusals[] = {
		{O, "evidence", "{}", SO "evidence: expected an array"},
		{O, "evidence", "[7]", SO "evidence[0]: what: expected a string"},
		{O ".evidence[1]", "what", NULL, SO "evidence[1]: what: expected a string"},
		{O ".evidence[1]", "line", "-1",
		 SO "evidence[1]: line: expected an integer from 0 to 4294967295"},
		{O ".evidence[0]", "function", "1", SO "evidence[0]: function: expected a string"},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(refusals); i++)
		expect_refusal_of(found_report(), refusals[i].path, refusals[i].key,
				  refusals[i].value, refusals[i].message);
}

static void expect_idle(const struct pl_idle *idle, const char *path, enum pl_idle_why why)
{
	assert_string_equal(idle->field->path, path);
	assert_int_equal(idle->why, why);
}

/* An address that is taken may be read and written through; a record copied uses no field of it. */
static void idle_members_are_found(void **state)
{
	struct pl_target *target = sample_target("x");
	const struct pl_overlay *folio = &target->overlays[0], *slab = &target->overlays[1];

	(void)state;
	assert_int_equal(target->n_host_idle, 0);
	sample_usage(target);
	assert_int_equal(target->n_host_idle, 4);
	expect_idle(&target->host_idle[0], "flags", PL_IDLE_UNWRITTEN);
	expect_idle(&target->host_idle[1], "index", PL_IDLE_UNREAD);
	expect_idle(&target->host_idle[2], "mapcount", PL_IDLE_UNTOUCHED);
	expect_idle(&target->host_idle[3], "refs", PL_IDLE_UNTOUCHED);
	assert_int_equal(folio->n_idle, 5);
	expect_idle(&folio->idle[4], "second", PL_IDLE_UNWRITTEN);
	assert_int_equal(folio->idle[4].range.page, 1);
	assert_int_equal(slab->n_idle, 5);
	expect_idle(&slab->idle[0], "flags", PL_IDLE_UNTOUCHED);
	target->usage->shards = 2;
	expect_ok(pl_map_idle(target));
	assert_int_equal(target->n_host_idle, 0);
	assert_int_equal(folio->n_idle, 0);
	pl_target_free(target);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(usage_survives_the_round_trip),
		cmocka_unit_test(usage_without_accesses_survives),
		cmocka_unit_test(broken_usages_are_placed),
		cmocka_unit_test(usages_are_put_in_order),
		cmocka_unit_test(accesses_say_which_bytes_they_are_about),
		cmocka_unit_test(evidence_survives_the_round_trip),
		cmocka_unit_test(broken_evidence_is_placed),
		cmocka_unit_test(idle_members_are_found),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
