/* SPDX-License-Identifier: MIT */
/* Reports written, read back and written again; and everything that can be wrong with a saved one.
 */
#include "testing.h"

#include <jansson.h>
#include <stdlib.h>

#include "map/map.h"
#include "read/report/report_read.h"
#include "report/report.h"
#include "sample.h"

static const struct pl_read_request request = {.path = "saved.json"};

static struct pl_strbuf text_of(const struct pl_report *report)
{
	struct pl_strbuf text = PL_STRBUF_INIT;

	expect_ok(pl_report_json(report, &text));
	return text;
}

static struct pl_bytes bytes_of(const struct pl_strbuf *text)
{
	return (struct pl_bytes){(const unsigned char *)text->text, text->length};
}

static void map_all(struct pl_report *report)
{
	for (size_t i = 0; i < report->n_targets; i++) {
		struct pl_target *target = report->targets[i];

		assert_true(target->saved);
		expect_ok(pl_map_target(target, target->host, target->wanted, target->n_wanted));
	}
}

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
	assert_string_equal(again->targets[0]->findings[0].fingerprint,
			    "ONE-DEFINITION/slab///mine");
	assert_int_equal(again->n_failures, 2);
	pl_report_free(report);
	pl_report_free(again);
	pl_strbuf_release(&text);
}

/* The value at a path like "targets[0].records". */
static json_t *value_at(json_t *root, const char *path)
{
	while (root && *path) {
		size_t length = strcspn(path, ".[");
		char key[40];

		if (*path == '[') {
			root = json_array_get(root, (size_t)strtoul(path + 1, NULL, 10));
			path += strcspn(path, "]") + 1;
		} else {
			snprintf(key, sizeof(key), "%.*s", (int)length, path);
			root = json_object_get(root, key);
			path += length;
		}
		path += *path == '.';
	}
	assert_non_null(root);
	return root;
}

/* What reading the sample says when the value of KEY at PATH is VALUE instead; NULL: is not there.
 */
static void expect_refusal(const char *path, const char *key, const char *value,
			   const char *message)
{
	struct pl_report *report = sample_report(), *again = pl_report_new();
	struct pl_strbuf text = text_of(report);
	json_t *root = json_loads(text.text, 0, NULL), *place = value_at(root, path);
	json_t *wrong = value ? json_loads(value, JSON_DECODE_ANY, NULL) : NULL;
	char *broken;

	if (wrong)
		assert_int_equal(json_object_set_new(place, key, wrong), 0);
	else
		assert_int_equal(json_object_del(place, key), 0);
	broken = json_dumps(root, 0);
	expect_unreadable(pl_report_read(&request, bytes_of_text(broken), again), message);
	free(broken);
	json_decref(root);
	pl_report_free(report);
	pl_report_free(again);
	pl_strbuf_release(&text);
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
	{"", "findings", NULL, ST "findings: expected an array"},
	{"failures[0]", "kind", "\"odd\"", "saved.json: failures[0]: kind: \"odd\" is not known"},
	{"failures[0]", "target", NULL, "saved.json: failures[0]: target: expected a string"},
	{"failures[0]", "path", "1", "saved.json: failures[0]: path: expected a string"},
	{"failures[0]", "message", "null", "saved.json: failures[0]: message: expected a string"},
	{"findings[0]", "severity", "\"fatal\"",
	 ST "findings[0]: severity: \"fatal\" is not known"},
	{"findings[0]", "rule", NULL, ST "findings[0]: rule: expected a string"},
	{"findings[0]", "overlay", "[]", ST "findings[0]: overlay: expected a string"},
	{"findings[0]", "message", NULL, ST "findings[0]: message: expected a string"},
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
		cmocka_unit_test(unknown_identity_survives),
		cmocka_unit_test(names_that_are_not_utf_8_are_kept),
		cmocka_unit_test(targets_are_renamed_on_the_way),
		cmocka_unit_test(touches_on_other_pages_say_so),
		cmocka_unit_test(broken_heads_are_placed),
		cmocka_unit_test(broken_targets_are_placed),
		cmocka_unit_test(broken_records_are_placed),
		cmocka_unit_test(alternatives_are_limited_in_all),
		cmocka_unit_test(hosts_need_not_be_there),
		cmocka_unit_test(broken_json_is_placed),
		cmocka_unit_test(json_objects_are_detected),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
