/* SPDX-License-Identifier: MIT */
/* One finding on many targets, and how many of them there are in which state. */
#include "testing.h"

#include "model/report.h"

static struct pl_report *report;

static int set_up(void **state)
{
	static const char *const names[] = {"arm64", "s390x", "riscv"};

	(void)state;
	report = pl_report_new();
	for (size_t i = 0; i < COUNT(names); i++) {
		struct pl_target *target = pl_target_new();

		target->name = names[i];
		expect_ok(pl_report_add_target(report, target));
	}
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	pl_report_free(report);
	return 0;
}

static const struct pl_finding moved = {
	.rule = "PLACE",
	.severity = PL_SEVERITY_WARNING,
	.overlay = "slab",
	.member = "cache",
	.host_field = "lru.next",
	.range = {0, 64, 64},
	.place = {"slab.h", 12},
	.host_place = {"mm_types.h", 80},
	.message = "it is elsewhere",
};

static void add(size_t target, struct pl_finding finding)
{
	expect_ok(pl_target_add_finding(report->targets[target], &finding));
}

static void merge(void)
{
	expect_ok(pl_report_merge(report));
}

static const struct pl_finding *first_of(size_t merged)
{
	return report->merged[merged].occurrences[0].finding;
}

static void expect_targets(const struct pl_occurrence *occurrence, const size_t *wanted,
			   size_t count)
{
	assert_int_equal(occurrence->n_targets, count);
	for (size_t i = 0; i < count; i++)
		assert_int_equal(occurrence->targets[i], wanted[i]);
}

static void nothing_merges_to_nothing(void **state)
{
	(void)state;
	merge();
	assert_int_equal(report->n_merged, 0);
	assert_int_equal(pl_report_count(report, PL_SEVERITY_ERROR, PL_FINDING_OPEN), 0);
}

static void one_finding_on_many_targets_is_one(void **state)
{
	static const size_t all[] = {0, 1, 2};

	(void)state;
	for (size_t i = 0; i < 3; i++)
		add(i, moved);
	merge();
	assert_int_equal(report->n_merged, 1);
	assert_int_equal(report->merged[0].n_occurrences, 1);
	expect_targets(&report->merged[0].occurrences[0], all, 3);
	assert_ptr_equal(first_of(0), &report->targets[0]->findings[0]);
	assert_int_equal(pl_report_count(report, PL_SEVERITY_WARNING, PL_FINDING_OPEN), 1);
}

/* By their first target, whatever else they say there and whatever that sorts like. */
static void order_is_that_of_first_occurrences(void **state)
{
	struct pl_finding finding = moved;

	(void)state;
	finding.message = "b";
	add(0, finding);
	finding.rule = "AFTER";
	add(0, finding);
	finding.rule = moved.rule;
	finding.message = "a";
	add(1, finding);
	merge();
	assert_int_equal(report->n_merged, 2);
	assert_string_equal(first_of(0)->rule, "PLACE");
	assert_int_equal(report->merged[0].n_occurrences, 2);
	assert_string_equal(first_of(0)->message, "b");
	assert_string_equal(report->merged[0].occurrences[1].finding->message, "a");
	assert_string_equal(first_of(1)->rule, "AFTER");
	assert_int_equal(report->merged[1].n_occurrences, 1);
}

/* What is about something else is another finding; so it is of another rule. */
static void fingerprints_separate(void **state)
{
	struct pl_finding finding = moved;

	(void)state;
	add(0, moved);
	finding.rule = "TYPE";
	add(0, finding);
	finding = moved;
	finding.overlay = "ptdesc";
	add(1, finding);
	finding = moved;
	finding.member = NULL;
	add(1, finding);
	finding = moved;
	finding.host_field = "lru.prev";
	add(2, finding);
	merge();
	assert_int_equal(report->n_merged, 5);
	assert_string_equal(first_of(0)->fingerprint, "PLACE/slab/cache/lru.next");
	assert_string_equal(first_of(1)->fingerprint, "TYPE/slab/cache/lru.next");
	assert_string_equal(first_of(2)->fingerprint, "PLACE/ptdesc/cache/lru.next");
	assert_string_equal(first_of(3)->fingerprint, "PLACE/slab//lru.next");
	assert_string_equal(first_of(4)->fingerprint, "PLACE/slab/cache/lru.prev");
}

/* Each way in which a finding shows is an occurrence: in words, bits, places. */
static void other_words_are_occurrences(void **state)
{
	static const size_t outer[] = {0, 2}, middle[] = {1};
	struct pl_finding finding = moved;

	(void)state;
	add(0, moved);
	finding.message = "it is gone";
	add(1, finding);
	add(2, moved);
	merge();
	assert_int_equal(report->n_merged, 1);
	assert_int_equal(report->merged[0].n_occurrences, 2);
	expect_targets(&report->merged[0].occurrences[0], outer, 2);
	expect_targets(&report->merged[0].occurrences[1], middle, 1);
	assert_string_equal(report->merged[0].occurrences[1].finding->message, "it is gone");
	assert_int_equal(pl_report_count(report, PL_SEVERITY_WARNING, PL_FINDING_OPEN), 1);
}

static void expect_occurrences_with(struct pl_finding other, size_t count)
{
	for (size_t i = 0; i < 2; i++)
		report->targets[i]->n_findings = 0;
	add(0, moved);
	add(1, other);
	merge();
	assert_int_equal(report->n_merged, 1);
	assert_int_equal(report->merged[0].n_occurrences, count);
}

static void whatever_differs_is_an_occurrence(void **state)
{
	struct pl_finding other = moved;

	(void)state;
	expect_occurrences_with(other, 1);
	other.range.offset = 32;
	expect_occurrences_with(other, 2);
	other = moved;
	other.range.page = 1;
	expect_occurrences_with(other, 2);
	other = moved;
	other.place.line = 13;
	expect_occurrences_with(other, 2);
	other = moved;
	other.host_place.file = NULL;
	expect_occurrences_with(other, 2);
	other = moved;
	other.state = PL_FINDING_KNOWN;
	expect_occurrences_with(other, 2);
	other = moved;
	other.reason = "so";
	expect_occurrences_with(other, 2);
}

static void what_is_said_twice_is_said_once(void **state)
{
	static const size_t first[] = {0};

	(void)state;
	add(0, moved);
	add(0, moved);
	merge();
	assert_int_equal(report->n_merged, 1);
	assert_int_equal(report->merged[0].n_occurrences, 1);
	expect_targets(&report->merged[0].occurrences[0], first, 1);
}

static void severity_separates_and_orders(void **state)
{
	struct pl_finding finding = moved;

	(void)state;
	finding.severity = PL_SEVERITY_INFO;
	add(0, finding);
	add(1, moved);
	finding.severity = PL_SEVERITY_ERROR;
	add(2, finding);
	merge();
	assert_int_equal(report->n_merged, 3);
	assert_int_equal(first_of(0)->severity, PL_SEVERITY_ERROR);
	assert_int_equal(first_of(1)->severity, PL_SEVERITY_WARNING);
	assert_int_equal(first_of(2)->severity, PL_SEVERITY_INFO);
}

/* A finding counts in every state that it has somewhere, and once in each. */
static void states_are_counted(void **state)
{
	struct pl_finding finding = moved;

	(void)state;
	add(0, moved);
	finding.state = PL_FINDING_SUPPRESSED;
	finding.reason = "so";
	add(1, finding);
	finding.message = "it is gone";
	add(2, finding);
	finding.rule = "TYPE";
	finding.state = PL_FINDING_KNOWN;
	add(2, finding);
	merge();
	assert_int_equal(report->n_merged, 2);
	assert_int_equal(pl_report_count(report, PL_SEVERITY_WARNING, PL_FINDING_OPEN), 1);
	assert_int_equal(pl_report_count(report, PL_SEVERITY_WARNING, PL_FINDING_SUPPRESSED), 1);
	assert_int_equal(pl_report_count(report, PL_SEVERITY_WARNING, PL_FINDING_KNOWN), 1);
	assert_int_equal(pl_report_count(report, PL_SEVERITY_ERROR, PL_FINDING_OPEN), 0);
}

static void merging_again_begins_anew(void **state)
{
	(void)state;
	add(0, moved);
	merge();
	report->targets[0]->findings[0].state = PL_FINDING_KNOWN;
	add(1, moved);
	merge();
	assert_int_equal(report->n_merged, 1);
	assert_int_equal(report->merged[0].n_occurrences, 2);
	assert_int_equal(pl_report_count(report, PL_SEVERITY_WARNING, PL_FINDING_KNOWN), 1);
}

static void rules_are_kept_once(void **state)
{
	static const struct pl_rule_info rule = {"PLACE", "Where", "Because",
						 NULL,	  NULL,	   PL_SEVERITY_ERROR};
	struct pl_rule_info other = rule;

	(void)state;
	other.title = "Elsewhere";
	expect_ok(pl_report_add_rule(report, &rule));
	expect_ok(pl_report_add_rule(report, &other));
	assert_int_equal(report->n_rules, 1);
	assert_string_equal(pl_report_rule(report, "PLACE")->title, "Where");
	assert_null(pl_report_rule(report, "PLACE")->fix);
	assert_null(pl_report_rule(report, "TYPE"));
}

static void names_are_parsed_back(void **state)
{
	enum pl_finding_origin origin;
	enum pl_finding_state its;

	(void)state;
	for (int i = 0; i < PL_FINDING_STATE_COUNT; i++) {
		assert_true(pl_finding_state_parse(pl_finding_state_name((enum pl_finding_state)i),
						   &its));
		assert_int_equal(its, i);
	}
	assert_false(pl_finding_state_parse("odd", &its));
	assert_true(pl_finding_origin_parse("checking", &origin));
	assert_int_equal(origin, PL_ORIGIN_CHECKING);
	assert_false(pl_finding_origin_parse("odd", &origin));
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(nothing_merges_to_nothing),
		TEST(one_finding_on_many_targets_is_one),
		TEST(order_is_that_of_first_occurrences),
		TEST(fingerprints_separate),
		TEST(other_words_are_occurrences),
		TEST(whatever_differs_is_an_occurrence),
		TEST(what_is_said_twice_is_said_once),
		TEST(severity_separates_and_orders),
		TEST(states_are_counted),
		TEST(merging_again_begins_anew),
		TEST(rules_are_kept_once),
		TEST(names_are_parsed_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
