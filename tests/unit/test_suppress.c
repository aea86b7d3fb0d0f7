/* SPDX-License-Identifier: MIT */
/* Suppressions: what is taken from their files, what each mistake is called, and what they do. */
#include "testing.h"

#include "check/load/suppress_load.h"
#include "check/suppress.h"

#define HEAD "{\"schema\": \"pagelap-suppressions/1\""
#define LIST(entries) HEAD ", \"suppressions\": [" entries "]}"
#define RULE "\"rule\": \"HOLE\""
#define REASON "\"reason\": \"because\""

/* Three findings each on two targets: of a member, of an overlay, of nothing. */
static const struct pl_finding findings[] = {
	{.rule = "TAIL-BIT",
	 .severity = PL_SEVERITY_ERROR,
	 .overlay = "slab",
	 .member = "links[0].next",
	 .host_field = "lru.next",
	 .message = "a"},
	{.rule = "HOLE", .severity = PL_SEVERITY_INFO, .overlay = "slab", .message = "b"},
	{.rule = "RELEASE-DISAGREES", .severity = PL_SEVERITY_WARNING, .message = "c"},
};

static struct pl_report *report;

static void add_target(const char *name)
{
	struct pl_target *target = pl_target_new();

	assert_non_null(target);
	target->name = name;
	for (size_t i = 0; i < COUNT(findings); i++)
		expect_ok(pl_target_add_finding(target, &findings[i]));
	expect_ok(pl_report_add_target(report, target));
}

static int set_up(void **state)
{
	(void)state;
	report = pl_report_new();
	assert_non_null(report);
	add_target("arm64");
	add_target("x86_64");
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	pl_report_free(report);
	return 0;
}

static void load(const char *text)
{
	expect_ok(pl_suppressions_parse("s.json", bytes_of_text(text), report));
}

static enum pl_finding_state state_of(size_t target, size_t finding)
{
	return report->targets[target]->findings[finding].state;
}

static const char *reason_of(size_t target, size_t finding)
{
	return report->targets[target]->findings[finding].reason;
}

static void expect_suppression(size_t index, enum pl_suppression_state state, size_t matched)
{
	assert_int_equal(report->suppressions[index].state, state);
	assert_int_equal(report->suppressions[index].matched, matched);
}

static void files_are_read_whole(void **state)
{
	const struct pl_suppression *all, *little;

	(void)state;
	load(LIST("{\"rule\": \"A*\", \"overlay\": \"b\", \"member\": \"c\", \"host_field\": \"d\","
		  " \"target\": \"e\", \"reason\": \"f g\", \"expires\": \"2027-03-31\"}, {" RULE
		  ", " REASON "}"));
	assert_int_equal(report->n_suppressions, 2);
	all = &report->suppressions[0];
	little = &report->suppressions[1];
	assert_string_equal(all->rule, "A*");
	assert_string_equal(all->overlay, "b");
	assert_string_equal(all->member, "c");
	assert_string_equal(all->host_field, "d");
	assert_string_equal(all->target, "e");
	assert_string_equal(all->reason, "f g");
	assert_string_equal(all->expires, "2027-03-31");
	assert_string_equal(all->file, "s.json");
	assert_string_equal(little->rule, "HOLE");
	assert_null(little->overlay);
	assert_null(little->member);
	assert_null(little->host_field);
	assert_null(little->target);
	assert_null(little->expires);
	assert_int_equal(little->state, PL_SUPPRESSION_UNUSED);
}

static void files_add_up(void **state)
{
	(void)state;
	load(LIST("{" RULE ", " REASON "}"));
	load(LIST(""));
	expect_ok(pl_suppressions_parse(
		"t.json", bytes_of_text(LIST("{\"rule\": \"X\", " REASON "}")), report));
	assert_int_equal(report->n_suppressions, 2);
	assert_string_equal(report->suppressions[0].rule, "HOLE");
	assert_string_equal(report->suppressions[0].file, "s.json");
	assert_string_equal(report->suppressions[1].rule, "X");
	assert_string_equal(report->suppressions[1].file, "t.json");
}

static void expect_refusal(const char *text, const char *message)
{
	expect_error(pl_suppressions_parse("s.json", bytes_of_text(text), report), PL_ERROR_USAGE,
		     message);
	assert_int_equal(report->n_suppressions, 0);
}

static void files_are_checked(void **state)
{
	(void)state;
	expect_refusal("{\n  \"schema\": }", "s.json:2:13: unexpected token near '}'");
	expect_refusal("{\"schema\": \"pagelap-rules/1\"}",
		       "s.json: \"schema\": expected \"pagelap-suppressions/1\"");
	expect_refusal(HEAD "}", "s.json: \"suppressions\": expected an array of objects");
	expect_refusal(LIST("1"), "s.json: \"suppressions\": expected an array of objects");
	expect_refusal(HEAD ", \"suppressions\": [], \"rules\": []}",
		       "s.json: unknown key \"rules\"");
}

static void entries_are_checked(void **state)
{
	(void)state;
	expect_refusal(LIST("{" RULE ", " REASON ", \"until\": \"2027-01-01\"}"),
		       "s.json: suppressions[0]: unknown key \"until\"");
	expect_refusal(LIST("{" RULE ", " REASON "}, {" REASON "}"),
		       "s.json: suppressions[1]: \"rule\": expected a string that is not empty");
	expect_refusal(LIST("{" RULE "}"),
		       "s.json: suppressions[0]: \"reason\": expected a string that is not empty");
	expect_refusal(LIST("{" RULE ", \"reason\": \"\"}"),
		       "s.json: suppressions[0]: \"reason\": expected a string that is not empty");
	expect_refusal(LIST("{" RULE ", \"reason\": \" \\t\\n\"}"),
		       "s.json: suppressions[0]: \"reason\": expected a string that is not blank");
	expect_refusal(LIST("{" RULE ", " REASON ", \"member\": null}"),
		       "s.json: suppressions[0]: \"member\": expected a string that is not empty");
	expect_refusal(LIST("{" RULE ", " REASON ", \"target\": \"\"}"),
		       "s.json: suppressions[0]: \"target\": expected a string that is not empty");
	expect_refusal(LIST("{" RULE ", " REASON ", \"expires\": 20270331}"),
		       "s.json: suppressions[0]: \"expires\": expected a string that is not "
		       "empty");
}

static struct pl_error *parse_day(const char *day)
{
	char text[200];

	snprintf(text, sizeof(text), LIST("{" RULE ", " REASON ", \"expires\": \"%s\"}"), day);
	return pl_suppressions_parse("s.json", bytes_of_text(text), report);
}

static void days_are_of_the_calendar(void **state)
{
	static const char *const right[] = {"2027-01-31", "2028-02-29", "2000-02-29",
					    "2027-04-30", "2027-12-31", "0001-01-01"};
	static const char *const wrong[] = {
		"2027-02-29",  "2027-02-30", "2100-02-29", "2027-04-31",  "2027-13-01",
		"2027-00-10",  "2027-01-00", "2027-01-32", "0000-01-01",  "2027-1-01",
		"27-01-01",    "2027/01/01", "2027-01-1x", "2027-01-01T", "20270101",
		" 2027-01-01", "2027-01--1", "+027-01-01", "2027-01-011"};

	(void)state;
	for (size_t i = 0; i < COUNT(wrong); i++) {
		expect_error(parse_day(wrong[i]), PL_ERROR_USAGE,
			     "s.json: suppressions[0]: \"expires\": expected a day of the "
			     "calendar, as \"2027-03-31\"");
		assert_int_equal(report->n_suppressions, 0);
	}
	for (size_t i = 0; i < COUNT(right); i++)
		expect_ok(parse_day(right[i]));
}

static void files_that_cannot_be_read_are_usage_errors(void **state)
{
	(void)state;
	expect_error(pl_suppressions_load("/nonexistent/s.json", report), PL_ERROR_USAGE,
		     "/nonexistent/s.json: No such file or directory");
}

static void one_that_fits_suppresses_for_its_reason(void **state)
{
	(void)state;
	load(LIST("{" RULE ", " REASON "}"));
	expect_ok(pl_suppress(report, "2027-03-31"));
	for (size_t i = 0; i < 2; i++) {
		assert_int_equal(state_of(i, 0), PL_FINDING_OPEN);
		assert_int_equal(state_of(i, 1), PL_FINDING_SUPPRESSED);
		assert_string_equal(reason_of(i, 1), "because");
		assert_int_equal(state_of(i, 2), PL_FINDING_OPEN);
		assert_null(reason_of(i, 2));
	}
	expect_suppression(0, PL_SUPPRESSION_USED, 2);
}

/* Which findings an entry with KEY fits, as bits 1 << finding; the same on both targets. */
static unsigned fitted_by(const char *entry)
{
	unsigned fitted = 0;
	char text[300];

	report->n_suppressions = 0;
	snprintf(text, sizeof(text), LIST("{\"rule\": \"*\", " REASON ", %s}"), entry);
	load(text);
	expect_ok(pl_suppress(report, "2027-03-31"));
	for (size_t i = 0; i < 2 * COUNT(findings); i++) {
		struct pl_finding *its =
			&report->targets[i / COUNT(findings)]->findings[i % COUNT(findings)];

		fitted |= (unsigned)(its->state == PL_FINDING_SUPPRESSED) << i;
		its->state = PL_FINDING_OPEN;
	}
	return fitted;
}

static void all_that_is_given_has_to_fit(void **state)
{
	(void)state;
	assert_int_equal(fitted_by("\"overlay\": \"s*\""), 033);
	assert_int_equal(fitted_by("\"overlay\": \"s\""), 0);
	assert_int_equal(fitted_by("\"host_field\": \"lru.*\""), 011);
	assert_int_equal(fitted_by("\"host_field\": \"lru\""), 0);
	assert_int_equal(fitted_by("\"target\": \"x86*\""), 070);
	assert_int_equal(fitted_by("\"target\": \"x86*\", \"overlay\": \"folio\""), 0);
	assert_int_equal(fitted_by("\"target\": \"x86*\", \"overlay\": \"slab\""), 030);
}

static void what_a_finding_is_not_about_fits_no_glob(void **state)
{
	(void)state;
	assert_int_equal(fitted_by("\"overlay\": \"*\""), 033);
	assert_int_equal(fitted_by("\"member\": \"*\""), 011);
	assert_int_equal(fitted_by("\"host_field\": \"*\""), 011);
}

static void a_path_with_brackets_fits_itself(void **state)
{
	(void)state;
	assert_int_equal(fitted_by("\"member\": \"links[0].next\""), 011);
	assert_int_equal(fitted_by("\"member\": \"links[[]?].next\""), 011);
	assert_int_equal(fitted_by("\"member\": \"links[1].next\""), 0);
}

static void one_that_fits_nothing_is_unused(void **state)
{
	(void)state;
	load(LIST("{" RULE ", " REASON ", \"member\": \"*\"}"));
	expect_ok(pl_suppress(report, "2027-03-31"));
	expect_suppression(0, PL_SUPPRESSION_UNUSED, 0);
}

static void the_last_day_still_counts(void **state)
{
	(void)state;
	load(LIST("{" RULE ", " REASON ", \"expires\": \"2027-03-31\"}"));
	expect_ok(pl_suppress(report, "2027-03-31"));
	assert_int_equal(state_of(0, 1), PL_FINDING_SUPPRESSED);
	expect_suppression(0, PL_SUPPRESSION_USED, 2);
}

static void after_it_findings_are_open_again(void **state)
{
	(void)state;
	load(LIST("{" RULE ", " REASON ", \"expires\": \"2027-03-31\"}, "
		  "{\"rule\": \"X\", " REASON ", \"expires\": \"2026-12-31\"}"));
	expect_ok(pl_suppress(report, "2027-04-01"));
	assert_int_equal(state_of(0, 1), PL_FINDING_OPEN);
	assert_null(reason_of(0, 1));
	expect_suppression(0, PL_SUPPRESSION_EXPIRED, 2);
	expect_suppression(1, PL_SUPPRESSION_EXPIRED, 0);
}

/* The expired one comes first, and is passed over; of the others the first gives the reason. */
static void the_first_that_holds_gives_the_reason(void **state)
{
	(void)state;
	load(LIST("{" RULE ", \"reason\": \"old\", \"expires\": \"2027-03-31\"}, "
		  "{\"rule\": \"H*\", \"reason\": \"first\"}, {" RULE ", \"reason\": \"second\"}"));
	expect_ok(pl_suppress(report, "2027-04-01"));
	assert_int_equal(state_of(1, 1), PL_FINDING_SUPPRESSED);
	assert_string_equal(reason_of(1, 1), "first");
	expect_suppression(0, PL_SUPPRESSION_EXPIRED, 2);
	expect_suppression(1, PL_SUPPRESSION_USED, 2);
	expect_suppression(2, PL_SUPPRESSION_USED, 2);
}

static void only_open_findings_are_looked_at(void **state)
{
	(void)state;
	report->targets[0]->findings[1].state = PL_FINDING_KNOWN;
	load(LIST("{" RULE ", " REASON "}"));
	expect_ok(pl_suppress(report, "2027-03-31"));
	assert_int_equal(state_of(0, 1), PL_FINDING_KNOWN);
	assert_null(reason_of(0, 1));
	expect_suppression(0, PL_SUPPRESSION_USED, 1);
}

static void what_is_suppressed_does_not_gate(void **state)
{
	(void)state;
	assert_int_equal(pl_report_verdict(report), PL_VERDICT_GATE_FAILED);
	load(LIST("{\"rule\": \"TAIL-BIT\", " REASON ", \"target\": \"arm64\"}"));
	expect_ok(pl_suppress(report, "2027-03-31"));
	assert_int_equal(pl_report_verdict(report), PL_VERDICT_GATE_FAILED);
	load(LIST("{\"rule\": \"TAIL-BIT\", " REASON "}"));
	expect_ok(pl_suppress(report, "2027-03-31"));
	assert_int_equal(pl_report_verdict(report), PL_VERDICT_CLEAN);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(files_are_read_whole),
		TEST(files_add_up),
		TEST(files_are_checked),
		TEST(entries_are_checked),
		TEST(days_are_of_the_calendar),
		TEST(files_that_cannot_be_read_are_usage_errors),
		TEST(one_that_fits_suppresses_for_its_reason),
		TEST(all_that_is_given_has_to_fit),
		TEST(what_a_finding_is_not_about_fits_no_glob),
		TEST(a_path_with_brackets_fits_itself),
		TEST(one_that_fits_nothing_is_unused),
		TEST(the_last_day_still_counts),
		TEST(after_it_findings_are_open_again),
		TEST(the_first_that_holds_gives_the_reason),
		TEST(only_open_findings_are_looked_at),
		TEST(what_is_suppressed_does_not_gate),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
