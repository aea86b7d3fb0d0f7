/* SPDX-License-Identifier: MIT */
/* Reports written, read back and written again; and everything that can be wrong with a saved one.
 */
#include "testing.h"

#include <jansson.h>
#include <stdlib.h>

#include "map/compare.h"
#include "map/map.h"
#include "read/report/report_read.h"
#include "report/report.h"
#include "report_fixture.h"
#include "sample.h"

static const struct pl_read_request request = {.path = "saved.json"};

static void reports_survive_the_round_trip(void **state)
{
	struct pl_report *report = sample_report(), *again = pl_report_new();
	struct pl_strbuf first = text_of(report), second;

	(void)state;
	expect_ok(pl_report_read(&request, bytes_of(&first), again));
	map_all(again);
	second = text_of(again);
	assert_string_equal(first.text, second.text);
	assert_int_equal(again->n_targets, 2);
	assert_int_equal(again->targets[0]->n_absent, 1);
	assert_string_equal(again->failures[0].message, "out/vmlinux: the file is empty");
	pl_report_free(report);
	pl_report_free(again);
	pl_strbuf_release(&first);
	pl_strbuf_release(&second);
}

static void expect_same_source(const struct pl_source *left, const struct pl_source *right)
{
	assert_int_equal(left->kind, right->kind);
	expect_same_text(left->path, right->path);
	expect_same_text(left->build_id, right->build_id);
}

static void expect_same_pin(const struct pl_pin *left, const struct pl_pin *right)
{
	assert_int_equal(left->kind, right->kind);
	expect_same_text(left->overlay, right->overlay);
	expect_same_text(left->member, right->member);
	expect_same_text(left->host_field, right->host_field);
	assert_int_equal(left->page, right->page);
	expect_same_text(left->expression, right->expression);
	assert_int_equal(left->known, right->known);
	assert_int_equal(left->left, right->left);
	assert_int_equal(left->right, right->right);
	assert_int_equal(left->holds, right->holds);
	expect_same_text(left->place.file, right->place.file);
	assert_int_equal(left->place.line, right->place.line);
}

static void expect_same_candidate(const struct pl_candidate *left, const struct pl_candidate *right)
{
	expect_same_text(left->record, right->record);
	assert_int_equal(left->is_union, right->is_union);
	assert_int_equal(left->how, right->how);
	expect_same_text(left->place.file, right->place.file);
	assert_int_equal(left->place.line, right->place.line);
	assert_int_equal(left->places, right->places);
}

static void expect_same_pins(const struct pl_target *left, const struct pl_target *right)
{
	expect_same_text(left->reader, right->reader);
	expect_same_source(&left->pins_source, &right->pins_source);
	assert_int_equal(left->n_pins, right->n_pins);
	for (size_t i = 0; i < left->n_pins; i++)
		expect_same_pin(&left->pins[i], &right->pins[i]);
	assert_int_equal(left->n_candidates, right->n_candidates);
	for (size_t i = 0; i < left->n_candidates; i++)
		expect_same_candidate(&left->candidates[i], &right->candidates[i]);
	assert_int_equal(left->n_discovered, right->n_discovered);
	for (size_t i = 0; i < left->n_discovered; i++) {
		assert_string_equal(left->discovered[i].name, right->discovered[i].name);
		assert_int_equal(left->discovered[i].pages, right->discovered[i].pages);
	}
}

/* Workers hand over what only source code says as reports: nothing of it may be lost. */
static void pins_survive_the_round_trip(void **state)
{
	struct pl_report *report = pl_report_new(), *again = pl_report_new();
	struct pl_strbuf first, second;

	(void)state;
	expect_ok(pl_report_add_target(report, sample_pinned_target("with")));
	expect_ok(pl_report_add_target(report, sample_target("without")));
	first = text_of(report);
	expect_ok(pl_report_read(&request, bytes_of(&first), again));
	expect_same_pins(report->targets[0], again->targets[0]);
	expect_same_pins(report->targets[1], again->targets[1]);
	assert_true(pl_target_has_pins(again->targets[0]));
	assert_false(pl_target_has_pins(again->targets[1]));
	map_all(again);
	assert_true(again->targets[0]->overlays[0].discovered);
	assert_int_equal(again->targets[0]->overlays[0].pages, 2);
	assert_int_equal(again->targets[0]->overlays[0].pinned, 1);
	second = text_of(again);
	assert_string_equal(first.text, second.text);
	pl_report_free(report);
	pl_report_free(again);
	pl_strbuf_release(&first);
	pl_strbuf_release(&second);
}

/* A target whose identity nobody knows has nulls, which come back as nothing. */
static void unknown_identity_survives(void **state)
{
	struct pl_report *report = pl_report_new(), *again = pl_report_new();
	struct pl_target *target = sample_target("bare");
	struct pl_strbuf first, second;

	(void)state;
	target->arch = target->release = NULL;
	target->bits = 0;
	target->endian = PL_ENDIAN_UNKNOWN;
	target->source = (struct pl_source){PL_SOURCE_BTF, "raw", NULL};
	expect_ok(pl_report_add_target(report, target));
	first = text_of(report);
	expect_ok(pl_report_read(&request, bytes_of(&first), again));
	map_all(again);
	second = text_of(again);
	assert_string_equal(first.text, second.text);
	assert_null(again->targets[0]->arch);
	assert_int_equal(again->targets[0]->bits, 0);
	pl_report_free(report);
	pl_report_free(again);
	pl_strbuf_release(&first);
	pl_strbuf_release(&second);
}

/* Names are bytes in debug information, and have to be UTF-8 in JSON. */
static void names_that_are_not_utf_8_are_kept(void **state)
{
	struct pl_report *report = pl_report_new();
	struct pl_target *target = sample_target("\xe9t\xe9");
	struct pl_strbuf text;

	(void)state;
	expect_ok(pl_report_add_target(report, target));
	text = text_of(report);
	assert_non_null(strstr(text.text, "\"name\": \"\u00e9t\u00e9\""));
	pl_report_free(report);
	pl_strbuf_release(&text);
}

static void targets_are_renamed_on_the_way(void **state)
{
	struct pl_read_request named = request;
	struct pl_report *report = sample_report(), *again = pl_report_new();
	struct pl_strbuf text = text_of(report);

	(void)state;
	named.name = "mine";
	expect_ok(pl_report_read(&named, bytes_of(&text), again));
	expect_ok(pl_report_read(&request, bytes_of(&text), again));
	assert_int_equal(again->n_targets, 4);
	assert_string_equal(again->targets[0]->name, "mine");
	assert_string_equal(again->targets[1]->name, "mine#2");
	assert_string_equal(again->targets[2]->name, "first");
	assert_int_equal(again->targets[0]->n_findings, 1);
	assert_string_equal(again->targets[0]->findings[0].fingerprint, "ONE-DEFINITION/slab//");
	assert_int_equal(again->n_failures, 2);
	pl_report_free(report);
	pl_report_free(again);
	pl_strbuf_release(&text);
}

static void expect_refusal(const char *path, const char *key, const char *value,
			   const char *message)
{
	struct pl_report *report = sample_report();

	sample_findings(report);
	expect_refusal_of(report, path, key, value, message);
}

/* A touch names its page where that is not the member's: it lies across a page border. */
static void touches_on_other_pages_say_so(void **state)
{
	struct pl_report *report = sample_report();
	struct pl_strbuf text;
	json_t *root, *touches;

	(void)state;
	report->targets[0]->overlays[0].members[3].touches[1].range.page = 1;
	text = text_of(report);
	root = json_loads(text.text, 0, NULL);
	touches = value_at(root, "targets[0].overlays[0].members[3].touches");
	assert_int_equal(json_array_size(touches), 2);
	assert_null(json_object_get(json_array_get(touches, 0), "page"));
	assert_int_equal(json_integer_value(json_object_get(json_array_get(touches, 1), "page")),
			 1);
	json_decref(root);
	pl_report_free(report);
	pl_strbuf_release(&text);
}

struct refusal {
	const char *path, *key, *value, *message;
};

#define T "targets[0]"
#define ST "saved.json: targets[0]: "
#define R T ".records[0]"
#define SR "saved.json: targets[0]: records[0]: "

static const struct refusal head_refusals[] = {
	{"", "schema", NULL, "saved.json: schema: expected \"pagelap-report/1\""},
	{"", "schema", "\"pagelap-report/2\"", "saved.json: schema: expected \"pagelap-report/1\""},
	{"", "targets", "{}", "saved.json: targets: expected an array"},
	{"", "failures", NULL, "saved.json: failures: expected an array"},
	{"", "findings", NULL, "saved.json: findings: expected an array"},
	{"failures[0]", "kind", "\"odd\"", "saved.json: failures[0]: kind: \"odd\" is not known"},
	{"failures[0]", "target", NULL, "saved.json: failures[0]: target: expected a string"},
	{"failures[0]", "path", "1", "saved.json: failures[0]: path: expected a string"},
	{"failures[0]", "message", "null", "saved.json: failures[0]: message: expected a string"},
	{"findings[0]", "severity", "\"fatal\"",
	 ST "findings[0]: severity: \"fatal\" is not known"},
	{"findings[0]", "rule", NULL, ST "findings[0]: rule: expected a string"},
	{"findings[0]", "overlay", "[]", ST "findings[0]: overlay: expected a string"},
	{"findings[0]", "origin", "\"rumour\"", ST "findings[0]: origin: \"rumour\" is not known"},
	{"findings[0]", "occurrences", "{}", ST "findings[0]: occurrences: expected an array"},
	{"", "rules", "{}", "saved.json: rules: expected an array"},
	{"rules[0]", "id", NULL, "saved.json: rules[0]: id: expected a string"},
	{"rules[0]", "title", "1", "saved.json: rules[0]: title: expected a string"},
	{"rules[0]", "why", NULL, "saved.json: rules[0]: why: expected a string"},
	{"rules[0]", "severity", "\"fatal\"",
	 "saved.json: rules[0]: severity: \"fatal\" is not known"},
	{"rules[0]", "fix", "[]", "saved.json: rules[0]: fix: expected a string"},
};

#define F "findings[0].occurrences[0]"
#define SF ST "findings[0]: occurrences[0]: "

static const struct refusal finding_refusals[] = {
	{F, "message", NULL, SF "message: expected a string"},
	{F, "declared", NULL, SF "declared: expected an object"},
	{F, "host_declared", "[]", SF "host_declared: expected an object"},
	{F, "state", "\"odd\"", SF "state: \"odd\" is not known"},
	{F, "reason", "1", SF "reason: expected a string"},
	{F ".range", "page", "-1", SF "page: expected an integer from 0 to 4294967295"},
	{F ".range", "offset_bits", NULL,
	 SF "offset_bits: expected an integer from 0 to 9223372036854775807"},
	{F ".range", "size_bits", "0.5",
	 SF "size_bits: expected an integer from 0 to 9223372036854775807"},
	{F ".declared", "line", "-1", SF "line: expected an integer from 0 to 4294967295"},
};

static const struct refusal target_refusals[] = {
	{T, "name", NULL, ST "name: expected a string"},
	{T, "arch", "7", ST "arch: expected a string"},
	{T, "bits", "16", ST "bits: expected 32, 64 or null"},
	{T, "bits", "128", ST "bits: expected an integer from 0 to 64"},
	{T, "bits", "-1", ST "bits: expected an integer from 0 to 64"},
	{T, "source", "\"x\"", ST "source: expected an object"},
	{T ".source", "kind", "\"pdb\"", ST "source.kind: \"pdb\" is not known"},
	{T ".source", "path", NULL, ST "path: expected a string"},
	{T, "records", NULL, ST "records: expected an array"},
	{T, "host", NULL, ST "host: expected a string"},
	{T, "overlays", NULL, ST "overlays: expected an array"},
	{T, "absent", NULL, ST "absent: expected an array"},
	{T, "absent", "[1]", ST "absent[0]: expected a string"},
	{T ".overlays[1]", "name", "\"bio\"", ST "overlays[1]: bio is not among the records"},
	{T ".overlays[1]", "pages", "0", ST "overlays[1]: pages: expected at least 1"},
	{T ".overlays[1]", "pages", "65",
	 ST "overlays[1]: pages: expected an integer from 0 to 64"},
	{T ".records[1]", "name", "\"page\"", ST "records[1]: page is there twice"},
};

static const struct refusal record_refusals[] = {
	{R, "name", NULL, SR "name: expected a string"},
	{R, "kind", "\"class\"", SR "kind: expected \"struct\" or \"union\""},
	{R, "size_bits", "-8", SR "size_bits: expected an integer from 0 to 281474976710656"},
	{R, "align_bits", "\"x\"", SR "align_bits: expected an integer from 0 to 281474976710656"},
	{R, "line", "4294967296", SR "line: expected an integer from 0 to 4294967295"},
	{R, "fields", NULL, SR "fields: expected an array"},
	{R, "unions", "1", SR "unions: expected an array"},
	{R, "containers", "null", SR "containers: expected an array"},
	{R ".fields[0]", "path", NULL, SR "fields[0]: path: expected a string"},
	{R ".fields[0]", "offset_bits", "256", SR "fields[0]: lies outside of the record"},
	{R ".fields[0]", "size_bits", "2.5",
	 SR "fields[0]: size_bits: expected an integer from 0 to 281474976710656"},
	{R ".fields[0]", "bit_field", "0", SR "fields[0]: bit_field: expected a boolean"},
	{R ".fields[0]", "type", NULL, SR "fields[0]: type: expected a string"},
	{R ".fields[0]", "type_class", "\"x\"",
	 SR "fields[0]: type_class: expected the name of a type class"},
	{R ".fields[0]", "container", "1",
	 SR "fields[0]: container: expected an integer from 0 to 0"},
	{R ".fields[0]", "file", "1", SR "fields[0]: file: expected a string"},
	{R ".fields[0]", "unions", NULL, SR "fields[0]: unions: expected an array"},
	{R ".fields[0]", "unions", "[0]",
	 SR "fields[0]: unions, alternatives: expected as many of the one as of the other"},
	{R ".fields[1]", "unions", "[1]", SR "fields[1]: unions: expected indices of unions"},
	{R ".fields[1]", "unions", "[-1]", SR "fields[1]: unions: expected indices of unions"},
	{R ".fields[1]", "alternatives", "[2]",
	 SR "fields[1]: alternatives: expected indices of alternatives"},
	{R ".unions[0]", "parent", "0", SR "unions[0]: parent: expected null"},
	{R ".unions[0]", "size_bits", "256", SR "unions[0]: lies outside of the record"},
	{R ".unions[0]", "alternatives", "16385",
	 SR "unions[0]: alternatives: expected an integer from 0 to 16384"},
	{R ".containers[0]", "parent", "0", SR "containers[0]: parent: expected null"},
	{R ".containers[0]", "type", "null", SR "containers[0]: type: expected a string"},
	{R ".containers[0]", "offset_bits", "200", SR "containers[0]: lies outside of the record"},
};

static const struct refusal pin_refusals[] = {
	{T, "reader", "19", ST "reader: expected a string"},
	{T, "pins_source", "1", ST "pins_source: expected an object"},
	{T ".pins_source", "kind", "\"dwarfs\"", ST "pins_source.kind: \"dwarfs\" is not known"},
	{T ".overlays[0]", "discovered", "1", ST "overlays[0]: discovered: expected a boolean"},
	{T, "pins", "{}", ST "pins: expected an array"},
	{T ".pins[0]", "kind", "\"odd\"", ST "pins[0]: kind: \"odd\" is not known"},
	{T ".pins[0]", "overlay", "1", ST "pins[0]: overlay: expected a string"},
	{T ".pins[0]", "member", "1", ST "pins[0]: member: expected a string"},
	{T ".pins[0]", "host_field", "1", ST "pins[0]: host_field: expected a string"},
	{T ".pins[1]", "page", "-1", ST "pins[1]: page: expected an integer from 0 to 4294967295"},
	{T ".pins[1]", "expression", "null", ST "pins[1]: expression: expected a string"},
	{T ".pins[1]", "left", "null", ST "pins[1]: left, right: expected both or neither of them"},
	{T ".pins[1]", "right", "0.5", ST "pins[1]: right: expected an integer or null"},
	{T ".pins[1]", "holds", NULL, ST "pins[1]: holds: expected a boolean"},
	{T ".pins[1]", "line", "-1", ST "pins[1]: line: expected an integer from 0 to 4294967295"},
	{T, "candidates", "{}", ST "candidates: expected an array"},
	{T ".candidates[1]", "record", NULL, ST "candidates[1]: record: expected a string"},
	{T ".candidates[1]", "kind", "\"class\"",
	 ST "candidates[1]: kind: expected \"struct\" or \"union\""},
	{T ".candidates[1]", "how", "\"odd\"", ST "candidates[1]: how: \"odd\" is not known"},
	{T ".candidates[1]", "file", "1", ST "candidates[1]: file: expected a string"},
	{T ".candidates[1]", "places", NULL,
	 ST "candidates[1]: places: expected an integer from 0 to 4294967295"},
};

static void expect_refusals(const struct refusal *list, size_t count)
{
	for (size_t i = 0; i < count; i++)
		expect_refusal(list[i].path, list[i].key, list[i].value, list[i].message);
}

static void broken_heads_are_placed(void **state)
{
	(void)state;
	expect_refusals(head_refusals, COUNT(head_refusals));
}

static void broken_findings_are_placed(void **state)
{
	(void)state;
	expect_refusals(finding_refusals, COUNT(finding_refusals));
}

static void broken_targets_are_placed(void **state)
{
	(void)state;
	expect_refusals(target_refusals, COUNT(target_refusals));
}

static void broken_records_are_placed(void **state)
{
	(void)state;
	expect_refusals(record_refusals, COUNT(record_refusals));
}

static void broken_pins_are_placed(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(pin_refusals); i++) {
		const struct refusal *each = &pin_refusals[i];
		struct pl_report *report = pl_report_new();

		expect_ok(pl_report_add_target(report, sample_pinned_target("first")));
		expect_refusal_of(report, each->path, each->key, each->value, each->message);
	}
}

/* Reports of before there were pins are read as targets whose pins nobody knows. */
static void reports_without_pins_are_read(void **state)
{
	static const char *const keys[] = {"reader", "pins_source", "pins", "candidates"};
	struct pl_report *report = sample_report(), *again = pl_report_new();
	struct pl_strbuf text = text_of(report);
	json_t *root = json_loads(text.text, 0, NULL), *overlay;
	char *old;

	(void)state;
	for (size_t i = 0; i < COUNT(keys); i++)
		assert_int_equal(json_object_del(value_at(root, "targets[0]"), keys[i]), 0);
	overlay = value_at(root, "targets[0].overlays[0]");
	assert_int_equal(json_object_del(overlay, "discovered"), 0);
	assert_int_equal(json_object_del(root, "comparison"), 0);
	old = json_dumps(root, 0);
	expect_ok(pl_report_read(&request, bytes_of_text(old), again));
	assert_false(pl_target_has_pins(again->targets[0]));
	assert_int_equal(again->targets[0]->n_pins + again->targets[0]->n_candidates, 0);
	assert_int_equal(again->targets[0]->n_discovered, 0);
	free(old);
	json_decref(root);
	pl_report_free(report);
	pl_report_free(again);
	pl_strbuf_release(&text);
}

static void expect_same_finding(const struct pl_finding *left, const struct pl_finding *right)
{
	assert_string_equal(left->rule, right->rule);
	assert_int_equal(left->severity, right->severity);
	assert_int_equal(left->origin, right->origin);
	expect_same_text(left->overlay, right->overlay);
	expect_same_text(left->member, right->member);
	expect_same_text(left->host_field, right->host_field);
	assert_int_equal(left->range.page, right->range.page);
	assert_int_equal(left->range.offset, right->range.offset);
	assert_int_equal(left->range.size, right->range.size);
	expect_same_text(left->place.file, right->place.file);
	assert_int_equal(left->place.line, right->place.line);
	expect_same_text(left->host_place.file, right->host_place.file);
	assert_int_equal(left->host_place.line, right->host_place.line);
	assert_string_equal(left->message, right->message);
	assert_string_equal(left->fingerprint, right->fingerprint);
	assert_int_equal(left->state, right->state);
	expect_same_text(left->reason, right->reason);
}

/* A baseline is a saved report: all that is known of its findings and rules comes back. */
static void findings_survive_the_round_trip(void **state)
{
	struct pl_report *report = sample_report(), *again = pl_report_new();
	struct pl_strbuf text;

	(void)state;
	sample_findings(report);
	text = text_of(report);
	expect_ok(pl_report_read(&request, bytes_of(&text), again));
	for (size_t i = 0; i < report->n_targets; i++) {
		assert_int_equal(report->targets[i]->n_findings, again->targets[i]->n_findings);
		for (size_t j = 0; j < report->targets[i]->n_findings; j++)
			expect_same_finding(&report->targets[i]->findings[j],
					    &again->targets[i]->findings[j]);
	}
	assert_int_equal(again->n_rules, report->n_rules);
	for (size_t i = 0; i < report->n_rules; i++) {
		assert_string_equal(report->rules[i].id, again->rules[i].id);
		assert_string_equal(report->rules[i].title, again->rules[i].title);
		assert_string_equal(report->rules[i].why, again->rules[i].why);
		expect_same_text(report->rules[i].fix, again->rules[i].fix);
		expect_same_text(report->rules[i].since, again->rules[i].since);
		assert_int_equal(report->rules[i].severity, again->rules[i].severity);
	}
	pl_report_free(report);
	pl_report_free(again);
	pl_strbuf_release(&text);
}

/* Names of targets that are there twice, or none, make no second finding of one. */
static void findings_are_read_once(void **state)
{
	struct pl_report *report = sample_report(), *again = pl_report_new();
	struct pl_strbuf text = text_of(report);
	json_t *root = json_loads(text.text, 0, NULL);
	json_t *targets = value_at(root, "findings[0].targets");
	char *odd;

	(void)state;
	assert_int_equal(json_array_append(targets, json_array_get(targets, 0)), 0);
	assert_int_equal(json_array_insert_new(targets, 0, json_integer(1)), 0);
	odd = json_dumps(root, 0);
	expect_ok(pl_report_read(&request, bytes_of_text(odd), again));
	for (size_t i = 0; i < report->n_targets; i++)
		assert_int_equal(again->targets[i]->n_findings, report->targets[i]->n_findings);
	free(odd);
	json_decref(root);
	pl_report_free(report);
	pl_report_free(again);
	pl_strbuf_release(&text);
}

/* Reports of before there were rules say less of a finding. */
static void reports_without_occurrences_are_read(void **state)
{
	static const char *const keys[] = {"rules", "suppressions", "baseline"};
	struct pl_report *report = sample_report(), *again = pl_report_new();
	struct pl_strbuf text = text_of(report);
	json_t *root = json_loads(text.text, 0, NULL), *finding = value_at(root, "findings[0]");
	char *old;

	(void)state;
	for (size_t i = 0; i < COUNT(keys); i++)
		assert_int_equal(json_object_del(root, keys[i]), 0);
	assert_int_equal(json_object_del(finding, "origin"), 0);
	assert_int_equal(json_object_del(finding, "occurrences"), 0);
	old = json_dumps(root, 0);
	expect_ok(pl_report_read(&request, bytes_of_text(old), again));
	assert_int_equal(again->n_rules, 0);
	assert_int_equal(again->targets[1]->n_findings, 1);
	expect_same_finding(&report->targets[1]->findings[0], &again->targets[1]->findings[0]);
	free(old);
	json_decref(root);
	pl_report_free(report);
	pl_report_free(again);
	pl_strbuf_release(&text);
}

/* What cannot be pinned is null where nobody looked, and listed where somebody did. */
static void coverage_is_told_where_it_is_known(void **state)
{
	struct pl_report *report = pl_report_new();
	struct pl_strbuf text;
	json_t *root, *coverage;

	(void)state;
	expect_ok(pl_report_add_target(report, sample_target("without")));
	expect_ok(pl_report_add_target(report, sample_pinned_target("with")));
	text = text_of(report);
	root = json_loads(text.text, 0, NULL);
	coverage = value_at(root, "targets[0].overlays[1].coverage");
	assert_true(json_is_null(json_object_get(coverage, "pinned")));
	assert_true(json_is_null(json_object_get(coverage, "unpinned")));
	coverage = value_at(root, "targets[1].overlays[1].coverage");
	assert_int_equal(json_integer_value(json_object_get(coverage, "pinned")), 1);
	assert_int_equal(json_array_size(json_object_get(coverage, "unpinned")), 5);
	assert_string_equal(json_string_value(value_at(coverage, "unpinned[4]")), "past");
	json_decref(root);
	pl_report_free(report);
	pl_strbuf_release(&text);
}

/* The comparison as JSON: who is alike, which members differ and how. */
static void comparisons_are_written(void **state)
{
	struct pl_report *report = sample_report();
	struct pl_strbuf text;
	json_t *root, *member, *variant;

	(void)state;
	report->targets[1]->overlays[1].record->fields[0].path = "marks";
	expect_ok(pl_compare_targets(report));
	text = text_of(report);
	root = json_loads(text.text, 0, NULL);
	assert_int_equal(json_array_size(value_at(root, "comparison.alike")), 2);
	assert_int_equal(json_array_size(value_at(root, "comparison.overlays")), 3);
	member = value_at(root, "comparison.overlays[1].members[1]");
	assert_string_equal(json_string_value(value_at(member, "path")), "flags");
	assert_true(json_is_false(value_at(member, "same")));
	variant = value_at(member, "variants[0]");
	assert_string_equal(json_string_value(value_at(variant, "targets[0]")), "first");
	assert_true(json_is_true(value_at(variant, "present")));
	assert_string_equal(json_string_value(value_at(variant, "touches[0].host_field")), "flags");
	assert_string_equal(json_string_value(value_at(variant, "touches[0].relation")), "aligned");
	assert_int_equal(json_integer_value(value_at(variant, "touches[0].page")), 0);
	assert_true(json_is_false(value_at(member, "variants[1].present")));
	assert_true(json_is_true(value_at(root, "comparison.overlays[2].members[0].same")));
	json_decref(root);
	pl_report_free(report);
	pl_strbuf_release(&text);
}

/* No reader makes as many alternatives as a report can claim; each costs work to map. */
static void alternatives_are_limited_in_all(void **state)
{
	static const char un[] = "{\"path\": \"\", \"offset_bits\": 0, \"size_bits\": 8, "
				 "\"alternatives\": 9000}";
	char text[sizeof(un) * 2 + 8];

	(void)state;
	snprintf(text, sizeof(text), "[%s, %s]", un, un);
	expect_refusal(R, "unions", text,
		       SR "unions[1]: alternatives: more than 16384 of all unions");
}

/* The host is the caller's to miss: a saved report may be mapped by another rule pack. */
static void hosts_need_not_be_there(void **state)
{
	struct pl_report *report = sample_report(), *again = pl_report_new();
	struct pl_strbuf text;

	(void)state;
	report->targets[0]->host = "bio";
	text = text_of(report);
	expect_ok(pl_report_read(&request, bytes_of(&text), again));
	expect_error(pl_map_target(again->targets[0], again->targets[0]->host, NULL, 0),
		     PL_ERROR_MISSING, "vmlinux: there is no struct or union bio in it");
	pl_report_free(report);
	pl_report_free(again);
	pl_strbuf_release(&text);
}

static void broken_json_is_placed(void **state)
{
	struct pl_report *report = pl_report_new();

	(void)state;
	expect_unreadable(pl_report_read(&request, bytes_of_text("{\n\"schema\": x}"), report),
			  "saved.json:2:11: invalid token near 'x'");
	expect_unreadable(pl_report_read(&request, bytes_of_text("{\"a\":1,\"a\":1}"), report),
			  "saved.json:1:10: duplicate object key near '\"a\"'");
	pl_report_free(report);
}

static void json_objects_are_detected(void **state)
{
	(void)state;
	assert_true(pl_report_detect(bytes_of_text(" \n\t{")));
	assert_false(pl_report_detect(bytes_of_text("[{")));
	assert_false(pl_report_detect(bytes_of_text(" ")));
	assert_false(pl_report_detect((struct pl_bytes){0}));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reports_survive_the_round_trip),
		cmocka_unit_test(pins_survive_the_round_trip),
		cmocka_unit_test(unknown_identity_survives),
		cmocka_unit_test(names_that_are_not_utf_8_are_kept),
		cmocka_unit_test(targets_are_renamed_on_the_way),
		cmocka_unit_test(touches_on_other_pages_say_so),
		cmocka_unit_test(broken_heads_are_placed),
		cmocka_unit_test(broken_findings_are_placed),
		cmocka_unit_test(broken_targets_are_placed),
		cmocka_unit_test(broken_records_are_placed),
		cmocka_unit_test(broken_pins_are_placed),
		cmocka_unit_test(reports_without_pins_are_read),
		cmocka_unit_test(findings_survive_the_round_trip),
		cmocka_unit_test(findings_are_read_once),
		cmocka_unit_test(reports_without_occurrences_are_read),
		cmocka_unit_test(coverage_is_told_where_it_is_known),
		cmocka_unit_test(comparisons_are_written),
		cmocka_unit_test(alternatives_are_limited_in_all),
		cmocka_unit_test(hosts_need_not_be_there),
		cmocka_unit_test(broken_json_is_placed),
		cmocka_unit_test(json_objects_are_detected),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
