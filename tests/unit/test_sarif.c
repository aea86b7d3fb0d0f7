/* SPDX-License-Identifier: MIT */
/* SARIF: what a run holds, part by part. */
#include "testing.h"

#include <jansson.h>
#include <stdlib.h>

#include "report/report.h"
#include "sample.h"
#include "support/version.h"

static struct pl_report *report;

static int set_up(void **state)
{
	(void)state;
	report = sample_report();
	sample_findings(report);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	pl_report_free(report);
	return 0;
}

/* The one run of the report. */
static json_t *new_run(void)
{
	struct pl_strbuf text = PL_STRBUF_INIT;
	json_t *root, *run;

	expect_ok(pl_report_sarif(report, &text));
	assert_int_equal(text.text[text.length - 1], '\n');
	root = json_loadb(text.text, text.length, 0, NULL);
	assert_non_null(root);
	assert_string_equal(json_string_value(json_object_get(root, "version")), "2.1.0");
	assert_int_equal(json_array_size(json_object_get(root, "runs")), 1);
	run = json_incref(json_array_get(json_object_get(root, "runs"), 0));
	json_decref(root);
	pl_strbuf_release(&text);
	return run;
}

/* What is at KEY of OBJECT, in as few bytes as can be; NULL: nothing is. */
static void expect_json(json_t *object, const char *key, const char *wanted)
{
	char *text = json_dumps(json_object_get(object, key), JSON_COMPACT | JSON_ENCODE_ANY);

	if (wanted) {
		assert_non_null(text);
		assert_string_equal(text, wanted);
	} else {
		assert_null(text);
	}
	free(text);
}

static json_t *result_of(json_t *run, size_t index)
{
	json_t *result = json_array_get(json_object_get(run, "results"), index);

	assert_non_null(result);
	return result;
}

static json_t *rule_of(json_t *run, size_t index)
{
	json_t *driver = json_object_get(json_object_get(run, "tool"), "driver");

	return json_array_get(json_object_get(driver, "rules"), index);
}

static void drivers_know_their_rules(void **state)
{
	json_t *run = new_run(), *driver, *rule = rule_of(run, 0);

	(void)state;
	driver = json_object_get(json_object_get(run, "tool"), "driver");
	expect_json(driver, "name", "\"pagelap\"");
	expect_json(driver, "version", "\"" PL_VERSION "\"");
	assert_int_equal(json_array_size(json_object_get(driver, "rules")), 4);
	expect_json(rule, "id", "\"TAIL-BIT\"");
	expect_json(rule, "shortDescription",
		    "{\"text\":\"The lowest bit of the second word marks tail pages\"}");
	expect_json(rule, "fullDescription",
		    "{\"text\":\"Whoever finds it set takes the page for the tail of a larger "
		    "one.\"}");
	expect_json(rule, "defaultConfiguration", "{\"level\":\"error\"}");
	expect_json(rule, "properties",
		    "{\"tags\":[\"data-layout\"],\"problem.severity\":\"error\"}");
	rule = rule_of(run, 2);
	expect_json(rule, "defaultConfiguration", "{\"level\":\"note\"}");
	expect_json(rule, "properties",
		    "{\"tags\":[\"data-layout\"],\"problem.severity\":\"recommendation\"}");
	json_decref(run);
}

/* As text, and as Markdown in which nothing of a rule is markup. */
static void rules_help(void **state)
{
	const struct pl_rule_info rule = {"MARKUP", "t",  "a_b *c* <d>",
					  "[e](f)", NULL, PL_SEVERITY_INFO};
	json_t *run;

	(void)state;
	expect_ok(pl_report_add_rule(report, &rule));
	run = new_run();
	expect_json(rule_of(run, 0), "help",
		    "{\"text\":\"Why: Whoever finds it set takes the page for the tail of a "
		    "larger one.\\n\\nSince: 4.4 (1d798ca3f164)\\n\\nFix: Move the member to "
		    "another word.\","
		    "\"markdown\":\"**Why:** Whoever finds it set takes the page for the tail of "
		    "a larger one.\\n\\n**Since:** 4.4 (1d798ca3f164)\\n\\n**Fix:** Move the "
		    "member to another word.\"}");
	expect_json(rule_of(run, 3), "help",
		    "{\"text\":\"Why: a_b *c* <d>\\n\\nFix: [e](f)\","
		    "\"markdown\":\"**Why:** a\\\\_b \\\\*c\\\\* \\\\<d\\\\>\\n\\n"
		    "**Fix:** \\\\[e\\\\](f)\"}");
	json_decref(run);
}

static void results_are_merged_findings(void **state)
{
	json_t *run = new_run(), *result = result_of(run, 0);

	(void)state;
	assert_int_equal(json_array_size(json_object_get(run, "results")), 5);
	expect_json(result, "ruleId", "\"TAIL-BIT\"");
	expect_json(result, "ruleIndex", "0");
	expect_json(result, "level", "\"error\"");
	expect_json(result, "message",
		    "{\"text\":\"slab.cache may have bit 0 of lru.next set\\non first\\n"
		    "on second: slab.cache is an integer on lru.next\"}");
	expect_json(result, "locations",
		    "[{\"physicalLocation\":{\"artifactLocation\":{\"uri\":\"mm/slab.h\","
		    "\"uriBaseId\":\"%SRCROOT%\"},\"region\":{\"startLine\":31}}}]");
	expect_json(result, "partialFingerprints",
		    "{\"pagelap/v1\":\"TAIL-BIT/slab/cache/lru.next\"}");
	expect_json(result, "suppressions", NULL);
	expect_json(result, "baselineState", NULL);
	expect_json(result, "properties", "{\"targets\":[\"first\",\"second\"]}");
	json_decref(run);
}

static void related_places_are_the_host_and_other_targets(void **state)
{
	json_t *run = new_run();

	(void)state;
	expect_json(result_of(run, 0), "relatedLocations",
		    "[{\"id\":1,\"physicalLocation\":{\"artifactLocation\":{\"uri\":"
		    "\"include/linux/mm_types.h\",\"uriBaseId\":\"%SRCROOT%\"},\"region\":"
		    "{\"startLine\":91}},\"message\":{\"text\":\"host field lru.next\"}},"
		    "{\"id\":2,\"physicalLocation\":{\"artifactLocation\":{\"uri\":\"mm/slab.h\","
		    "\"uriBaseId\":\"%SRCROOT%\"},\"region\":{\"startLine\":33}},"
		    "\"message\":{\"text\":\"on second\"}}]");
	expect_json(result_of(run, 1), "relatedLocations", "[]");
	json_decref(run);
}

/* A rule that no pack told about has an entry all the same: results refer to it. */
static void unknown_rules_are_named(void **state)
{
	json_t *run = new_run(), *rule = rule_of(run, 3);

	(void)state;
	expect_json(result_of(run, 1), "ruleId", "\"SPLIT\"");
	expect_json(result_of(run, 1), "ruleIndex", "3");
	expect_json(rule, "id", "\"SPLIT\"");
	expect_json(rule, "shortDescription", "{\"text\":\"SPLIT\"}");
	expect_json(rule, "defaultConfiguration", "{\"level\":\"error\"}");
	json_decref(run);
}

static void expect_uri(const char *file, const char *wanted)
{
	struct pl_report *whole = report;
	struct pl_finding finding = report->targets[0]->findings[0];
	char locations[200];
	json_t *run;

	finding.place.file = file;
	whole->targets[0]->n_findings = whole->targets[1]->n_findings = 0;
	expect_ok(pl_target_add_finding(whole->targets[0], &finding));
	expect_ok(pl_report_merge(whole));
	run = new_run();
	snprintf(locations, sizeof(locations),
		 "[{\"physicalLocation\":{\"artifactLocation\":{\"uri\":\"%s},\"region\":"
		 "{\"startLine\":31}}}]",
		 wanted);
	expect_json(result_of(run, 0), "locations", locations);
	json_decref(run);
}

#define BELOW_ROOT "\",\"uriBaseId\":\"%SRCROOT%\""

/* Relative to the root if that can be said; otherwise a file: URI, or a path that has no base. */
static void places_are_uris(void **state)
{
	(void)state;
	expect_uri("a b/c%.h", "a%20b/c%25.h" BELOW_ROOT);
	expect_uri("a:b", "a%3Ab" BELOW_ROOT);
	expect_uri("\xc3\xa9?#", "%C3%A9%3F%23" BELOW_ROOT);
	expect_uri("./mm/slab.h", "mm/slab.h" BELOW_ROOT);
	expect_uri("mm/../slab.h", "mm/../slab.h" BELOW_ROOT);
	expect_uri("../slab.h", "../slab.h\"");
	expect_uri("mm/../../slab.h", "mm/../../slab.h\"");
	expect_uri("./../slab.h", "../slab.h\"");
	expect_uri("/usr/include/x y.h", "file:///usr/include/x%20y.h\"");
	report->targets[0]->source = (struct pl_source){PL_SOURCE_HEADERS, "/src/linux", NULL};
	expect_uri("/src/linux/mm/slab.h", "mm/slab.h" BELOW_ROOT);
}

/* GitHub shows no result without a line. */
static void lines_that_are_not_known_are_the_first(void **state)
{
	json_t *run = new_run();

	(void)state;
	expect_json(result_of(run, 3), "locations",
		    "[{\"physicalLocation\":{\"artifactLocation\":{\"uri\":"
		    "\"include/linux/mm_types.h\",\"uriBaseId\":\"%SRCROOT%\"},\"region\":"
		    "{\"startLine\":1}}}]");
	json_decref(run);
}

static void suppressed_results_say_why(void **state)
{
	json_t *run = new_run(), *result = result_of(run, 2);

	(void)state;
	expect_json(result, "ruleId", "\"PINNED\"");
	expect_json(result, "message", "{\"text\":\"no assertion pins slab.rest\\non first\"}");
	expect_json(result, "suppressions",
		    "[{\"kind\":\"external\",\"justification\":\"to be moved, \\\"soon\\\"\"}]");
	expect_json(result_of(run, 3), "suppressions", NULL);
	expect_json(result, "level", "\"warning\"");
	expect_json(result_of(run, 4), "level", "\"note\"");
	json_decref(run);
}

/* The schema wants each entry to be another. */
static void each_reason_is_there_once(void **state)
{
	struct pl_target *target = report->targets[0];
	struct pl_finding finding = target->findings[0];
	json_t *run;

	(void)state;
	target->n_findings = report->targets[1]->n_findings = 0;
	finding.state = PL_FINDING_SUPPRESSED;
	for (size_t i = 0; i < 3; i++) {
		finding.reason = i % 2 ? "b" : "a";
		finding.message = (const char *[]){"1", "2", "3"}[i];
		expect_ok(pl_target_add_finding(target, &finding));
	}
	expect_ok(pl_report_merge(report));
	run = new_run();
	expect_json(result_of(run, 0), "suppressions",
		    "[{\"kind\":\"external\",\"justification\":\"a\"},"
		    "{\"kind\":\"external\",\"justification\":\"b\"}]");
	json_decref(run);
}

/* What is open somewhere is open, and is told as it is there. */
static void one_open_target_opens_a_result(void **state)
{
	struct pl_target *second = report->targets[1];
	json_t *run;

	(void)state;
	report->targets[0]->findings[0].state = PL_FINDING_SUPPRESSED;
	report->targets[0]->findings[0].reason = "so";
	expect_ok(pl_report_merge(report));
	run = new_run();
	expect_json(result_of(run, 0), "suppressions", NULL);
	expect_json(result_of(run, 0), "message",
		    "{\"text\":\"slab.cache is an integer on lru.next\\non second\"}");
	json_decref(run);
	second->findings[0].state = PL_FINDING_SUPPRESSED;
	second->findings[0].reason = "so";
	expect_ok(pl_report_merge(report));
	run = new_run();
	expect_json(result_of(run, 0), "suppressions",
		    "[{\"kind\":\"external\",\"justification\":\"so\"}]");
	json_decref(run);
}

static void baselines_tell_what_is_new(void **state)
{
	struct pl_baseline baseline = {.path = "old.json"};
	json_t *run;

	(void)state;
	report->baseline = &baseline;
	report->targets[1]->findings[3].state = PL_FINDING_KNOWN;
	expect_ok(pl_report_merge(report));
	run = new_run();
	expect_json(result_of(run, 0), "baselineState", "\"new\"");
	expect_json(result_of(run, 2), "baselineState", "\"unchanged\"");
	expect_json(result_of(run, 4), "baselineState", "\"unchanged\"");
	json_decref(run);
}

static void failures_are_notifications(void **state)
{
	json_t *run = new_run();

	(void)state;
	expect_json(run, "invocations",
		    "[{\"executionSuccessful\":false,\"toolExecutionNotifications\":"
		    "[{\"level\":\"error\",\"message\":{\"text\":"
		    "\"out/vmlinux: the file is empty\"}}]}]");
	json_decref(run);
	report->n_failures = 0;
	run = new_run();
	expect_json(run, "invocations",
		    "[{\"executionSuccessful\":true,\"toolExecutionNotifications\":[]}]");
	json_decref(run);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(drivers_know_their_rules),
		TEST(rules_help),
		TEST(results_are_merged_findings),
		TEST(related_places_are_the_host_and_other_targets),
		TEST(unknown_rules_are_named),
		TEST(places_are_uris),
		TEST(lines_that_are_not_known_are_the_first),
		TEST(suppressed_results_say_why),
		TEST(each_reason_is_there_once),
		TEST(one_open_target_opens_a_result),
		TEST(baselines_tell_what_is_new),
		TEST(failures_are_notifications),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
