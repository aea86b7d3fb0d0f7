/* SPDX-License-Identifier: MIT */
/* Baselines: what is known, what is fixed, and what the next one holds. */
#include "testing.h"

#include <stdlib.h>
#include <unistd.h>

#include "check/baseline.h"
#include "report/report.h"
#include "sample.h"

static struct pl_rule known_rules[] = {
	{.info = {.id = "GAP"}, .kind = PL_RULE_PINNED},
	{.info = {.id = "FOUND"}, .kind = PL_RULE_CANDIDATE},
	{.info = {.id = "CODE"}, .kind = PL_RULE_OWNED},
	{.info = {.id = "OLD"}, .kind = PL_RULE_SIZE, .where = {.releases = {.to_major = 6}}},
};
static const struct pl_pack pack = {.rules = known_rules, .n_rules = COUNT(known_rules)};

/* Both have the targets "first" and "second", of sample.h, and no finding. */
static struct pl_report *before, *now;

static struct pl_report *new_report(void)
{
	struct pl_report *report = sample_report();

	report->n_failures = 0;
	report->targets[0]->n_findings = report->targets[1]->n_findings = 0;
	return report;
}

static int set_up(void **state)
{
	(void)state;
	before = new_report();
	now = new_report();
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	pl_report_free(before);
	pl_report_free(now);
	return 0;
}

/* A finding about OVERLAY, which may be NULL. */
static void add(struct pl_report *report, size_t target, const char *rule, const char *overlay,
		enum pl_severity severity)
{
	const struct pl_finding finding = {
		.rule = rule, .severity = severity, .overlay = overlay, .message = rule};

	expect_ok(pl_target_add_finding(report->targets[target], &finding));
}

static void add_error(struct pl_report *report, size_t target, const char *rule)
{
	add(report, target, rule, "slab", PL_SEVERITY_ERROR);
}

static enum pl_finding_state state_of(size_t target, size_t finding)
{
	return now->targets[target]->findings[finding].state;
}

static void apply(void)
{
	expect_ok(pl_baseline_apply(&pack, "b.json", before, now));
	assert_non_null(now->baseline);
	assert_string_equal(now->baseline->path, "b.json");
}

static void expect_fixed(size_t index, const char *target, const char *fingerprint)
{
	assert_true(index < now->baseline->n_fixed);
	assert_string_equal(now->baseline->fixed[index].target, target);
	assert_string_equal(now->baseline->fixed[index].fingerprint, fingerprint);
}

static void what_both_have_is_known(void **state)
{
	(void)state;
	add_error(before, 0, "A");
	add_error(now, 0, "A");
	add_error(now, 0, "B");
	apply();
	assert_int_equal(state_of(0, 0), PL_FINDING_KNOWN);
	assert_int_equal(state_of(0, 1), PL_FINDING_OPEN);
	assert_int_equal(now->baseline->known, 1);
	assert_int_equal(now->baseline->n_fixed, 0);
	assert_int_equal(pl_report_verdict(now), PL_VERDICT_GATE_FAILED);
	now->targets[0]->n_findings = 1;
	assert_int_equal(pl_report_verdict(now), PL_VERDICT_CLEAN);
}

static void whatever_its_state_was(void **state)
{
	(void)state;
	for (int i = 0; i < PL_FINDING_STATE_COUNT; i++) {
		static const char *const rules[] = {"A", "B", "C"};

		add_error(before, 0, rules[i]);
		before->targets[0]->findings[i].state = (enum pl_finding_state)i;
		add_error(now, 0, rules[i]);
	}
	apply();
	for (size_t i = 0; i < PL_FINDING_STATE_COUNT; i++)
		assert_int_equal(state_of(0, i), PL_FINDING_KNOWN);
}

static void on_another_target_it_is_new(void **state)
{
	(void)state;
	add_error(before, 0, "A");
	add_error(now, 1, "A");
	apply();
	assert_int_equal(state_of(1, 0), PL_FINDING_OPEN);
	assert_int_equal(now->baseline->known, 0);
	assert_int_equal(now->baseline->n_fixed, 1);
	expect_fixed(0, "first", "A/slab//");
}

/* It is there still: not fixed, and not what was known either. */
static void of_another_severity_it_is_new(void **state)
{
	(void)state;
	add(before, 0, "A", "slab", PL_SEVERITY_WARNING);
	add_error(now, 0, "A");
	apply();
	assert_int_equal(state_of(0, 0), PL_FINDING_OPEN);
	assert_int_equal(now->baseline->n_fixed, 0);
}

static void what_is_suppressed_stays_so(void **state)
{
	(void)state;
	add_error(before, 0, "A");
	add_error(now, 0, "A");
	now->targets[0]->findings[0].state = PL_FINDING_SUPPRESSED;
	now->targets[0]->findings[0].reason = "because";
	apply();
	assert_int_equal(state_of(0, 0), PL_FINDING_SUPPRESSED);
	assert_string_equal(now->targets[0]->findings[0].reason, "because");
	assert_int_equal(now->baseline->known, 1);
}

static void each_target_counts(void **state)
{
	(void)state;
	for (size_t i = 0; i < 2; i++) {
		add_error(before, i, "A");
		add_error(now, i, "A");
	}
	apply();
	assert_int_equal(now->baseline->known, 2);
}

/* Two findings of one fingerprint are fixed once, and no sooner than both are gone. */
static void what_is_gone_is_fixed(void **state)
{
	(void)state;
	add_error(before, 0, "A");
	add_error(before, 0, "A");
	add_error(before, 0, "B");
	add_error(before, 0, "B");
	add(before, 1, "C", NULL, PL_SEVERITY_INFO);
	add_error(now, 0, "B");
	apply();
	assert_int_equal(now->baseline->known, 1);
	assert_int_equal(now->baseline->n_fixed, 2);
	expect_fixed(0, "first", "A/slab//");
	expect_fixed(1, "second", "C///");
	expect_ok(pl_baseline_check_whole(&pack, before, now));
}

static void a_target_that_is_missing_has_nothing_fixed(void **state)
{
	(void)state;
	add_error(before, 1, "A");
	pl_report_drop_target(now, 1);
	apply();
	assert_int_equal(now->baseline->n_fixed, 0);
	expect_error(pl_baseline_check_whole(&pack, before, now), PL_ERROR_USAGE,
		     "there are findings of second in it, which is not among the sources");
}

static void a_missing_target_without_findings_is_no_loss(void **state)
{
	(void)state;
	pl_report_drop_target(now, 1);
	expect_ok(pl_baseline_check_whole(&pack, before, now));
}

/* sample.h maps four overlays, of which "zpdesc" is absent. */
static void drop_wanted(struct pl_target *target, const char *name)
{
	size_t kept = 0;

	for (size_t i = 0; i < target->n_wanted; i++)
		if (strcmp(target->wanted[i].name, name))
			target->wanted[kept++] = target->wanted[i];
	target->n_wanted = kept;
}

static void an_overlay_that_was_not_looked_for_is_not_fixed(void **state)
{
	(void)state;
	add_error(before, 0, "A");
	drop_wanted(now->targets[0], "slab");
	apply();
	assert_int_equal(now->baseline->n_fixed, 0);
	expect_error(pl_baseline_check_whole(&pack, before, now), PL_ERROR_USAGE,
		     "there are findings of first about slab in it, which was not looked for");
}

static void an_overlay_that_is_absent_was_looked_for(void **state)
{
	(void)state;
	add(before, 0, "A", "zpdesc", PL_SEVERITY_ERROR);
	apply();
	expect_fixed(0, "first", "A/zpdesc//");
	expect_ok(pl_baseline_check_whole(&pack, before, now));
}

static void what_was_only_discovered_may_be_gone(void **state)
{
	const struct pl_wanted_overlay slab = {"slab", 1};

	(void)state;
	add_error(before, 0, "A");
	expect_ok(pl_target_add_discovered(before->targets[0], &slab));
	drop_wanted(now->targets[0], "slab");
	apply();
	expect_fixed(0, "first", "A/slab//");
	expect_ok(pl_baseline_check_whole(&pack, before, now));
}

/* As a candidate is, which is no overlay. */
static void what_nobody_asks_for_may_be_gone(void **state)
{
	(void)state;
	add(before, 0, "A", "zpage", PL_SEVERITY_INFO);
	apply();
	expect_fixed(0, "first", "A/zpage//");
	expect_ok(pl_baseline_check_whole(&pack, before, now));
}

/* What the rule of a finding looks at was looked at before, and is not now: WHY says so. */
static void expect_lost(const char *rule, const char *overlay, const char *why)
{
	before->targets[0]->n_findings = 0;
	add(before, 0, rule, overlay, PL_SEVERITY_ERROR);
	apply();
	assert_int_equal(now->baseline->n_fixed, why ? 0 : 1);
	if (why)
		expect_error(pl_baseline_check_whole(&pack, before, now), PL_ERROR_USAGE, why);
	else
		expect_ok(pl_baseline_check_whole(&pack, before, now));
}

#define FOLLOW(topic) "there are findings of first in it that follow from " topic

static void pinned(struct pl_target *target)
{
	target->pins_source = (struct pl_source){PL_SOURCE_HEADERS, "tree", NULL};
	target->scanned = true;
}

static void what_headers_alone_show_is_not_fixed_without(void **state)
{
	static const char assertions[] = FOLLOW("assertions, which were not read");
	static const char sources[] = FOLLOW("sources, which were not looked through");

	(void)state;
	pinned(before->targets[0]);
	expect_lost("GAP", "slab", assertions);
	expect_lost("ASSERTION", NULL, assertions);
	expect_lost("FOUND", "zpage", assertions);
	expect_lost("LAYOUT-DISAGREES", "slab",
		    FOLLOW("headers, which were not held against a kernel"));
	expect_lost("OTHER", "slab", NULL);
	pinned(now->targets[0]);
	expect_lost("GAP", "slab", NULL);
	expect_lost("FOUND", "zpage", NULL);
	now->targets[0]->scanned = false;
	expect_lost("GAP", "slab", sources);
	expect_lost("FOUND", "zpage", sources);
	before->targets[0]->scanned = false;
	expect_lost("GAP", "slab", NULL);
}

/* With --overlay nobody looks for others. */
static void what_is_only_discovered_is_not_fixed_where_nobody_asks(void **state)
{
	const struct pl_wanted_overlay slab = {"slab", 1};
	static const char candidates[] = FOLLOW("candidates, which were not looked for");

	(void)state;
	pinned(before->targets[0]);
	pinned(now->targets[0]);
	expect_ok(pl_target_add_discovered(before->targets[0], &slab));
	drop_wanted(now->targets[0], "slab");
	expect_lost("OTHER", "slab", NULL);
	now->targets[0]->only_asked_for = true;
	expect_lost("OTHER", "slab", candidates);
	expect_lost("FOUND", "zpage", candidates);
	expect_lost("OTHER", "folio", NULL);
}

static void what_code_does_is_not_fixed_without(void **state)
{
	(void)state;
	sample_usage(before->targets[0]);
	expect_lost("CODE", "slab", FOLLOW("accesses, which were not read"));
	sample_usage(now->targets[0]);
	expect_lost("CODE", "slab", NULL);
	now->targets[0]->usage->shards = 2;
	expect_lost("CODE", "slab", FOLLOW("accesses, which were not all read"));
}

static void what_one_release_has_is_not_fixed_where_it_is_not_known(void **state)
{
	(void)state;
	before->targets[0]->release = "6.1.1";
	now->targets[0]->release = NULL;
	expect_lost("OLD", "slab", FOLLOW("releases, which are not known"));
	expect_lost("OTHER", "slab", NULL);
	now->targets[0]->release = "6.2.1";
	expect_lost("OLD", "slab", NULL);
}

static void what_all_units_show_is_not_fixed_without(void **state)
{
	(void)state;
	expect_lost("ONE-DEFINITION", "slab", FOLLOW("definitions, which were not all read"));
	now->targets[0]->all_units = true;
	expect_lost("ONE-DEFINITION", "slab", NULL);
}

static void expect_findings(size_t target, const char *first, const char *second)
{
	const struct pl_target *its = now->targets[target];
	const char *const rules[] = {first, second};

	assert_int_equal(its->n_findings, (first ? 1 : 0) + (second ? 1 : 0));
	for (size_t i = 0; i < its->n_findings; i++) {
		assert_string_equal(its->findings[i].rule, rules[i]);
		assert_int_equal(its->findings[i].state, PL_FINDING_KNOWN);
		assert_null(its->findings[i].reason);
	}
}

static void add_mixed(void)
{
	add_error(before, 0, "KNOWN");
	add_error(before, 0, "GONE");
	add_error(now, 0, "NEW");
	add_error(now, 0, "KNOWN");
	add_error(now, 1, "ACCEPTED");
	now->targets[1]->findings[0].state = PL_FINDING_SUPPRESSED;
	now->targets[1]->findings[0].reason = "because";
}

static void the_next_one_does_not_grow(void **state)
{
	struct pl_suppression suppression = {.rule = "ACCEPTED", .reason = "because"};

	(void)state;
	add_mixed();
	now->suppressions = &suppression;
	now->n_suppressions = 1;
	apply();
	pl_baseline_make(before, false, now);
	expect_findings(0, "KNOWN", NULL);
	expect_findings(1, NULL, NULL);
	assert_null(now->baseline);
	assert_int_equal(now->n_suppressions, 0);
}

static void unless_what_is_new_is_accepted(void **state)
{
	(void)state;
	add_mixed();
	apply();
	pl_baseline_make(before, true, now);
	expect_findings(0, "NEW", "KNOWN");
	expect_findings(1, NULL, NULL);
}

static void what_is_suppressed_and_known_is_kept(void **state)
{
	(void)state;
	add_mixed();
	add_error(before, 1, "ACCEPTED");
	apply();
	pl_baseline_make(before, false, now);
	expect_findings(1, "ACCEPTED", NULL);
}

static void without_one_everything_is_new(void **state)
{
	(void)state;
	add_mixed();
	pl_baseline_make(NULL, false, now);
	expect_findings(0, NULL, NULL);
	expect_findings(1, NULL, NULL);
}

/* Read back it is not mapped, and yet says what it was mapped for. */
static void baselines_are_saved_reports(void **state)
{
	struct pl_strbuf text = PL_STRBUF_INIT;
	char path[] = "/tmp/pagelap-baseline-XXXXXX";
	FILE *file = fdopen(mkstemp(path), "w");

	(void)state;
	add_error(before, 0, "A");
	add_error(now, 0, "A");
	expect_ok(pl_report_merge(before));
	expect_ok(pl_report_json(before, &text));
	assert_non_null(file);
	fputs(text.text, file);
	assert_int_equal(fclose(file), 0);
	pl_report_free(before);
	before = NULL;
	expect_ok(pl_baseline_load(path, &before));
	unlink(path);
	apply();
	assert_int_equal(state_of(0, 0), PL_FINDING_KNOWN);
	expect_ok(pl_baseline_check_whole(&pack, before, now));
	drop_wanted(now->targets[0], "slab");
	expect_error(pl_baseline_check_whole(&pack, before, now), PL_ERROR_USAGE,
		     "there are findings of first about slab in it, which was not looked for");
	pl_strbuf_release(&text);
}

static void what_is_no_report_is_a_usage_error(void **state)
{
	struct pl_report *loaded = NULL;

	(void)state;
	expect_error(pl_baseline_load("/nonexistent/b.json", &loaded), PL_ERROR_USAGE,
		     "/nonexistent/b.json: No such file or directory");
	expect_error(pl_baseline_load("/proc/self/comm", &loaded), PL_ERROR_USAGE,
		     "/proc/self/comm: not a saved report");
	assert_null(loaded);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(what_both_have_is_known),
		TEST(whatever_its_state_was),
		TEST(on_another_target_it_is_new),
		TEST(of_another_severity_it_is_new),
		TEST(what_is_suppressed_stays_so),
		TEST(each_target_counts),
		TEST(what_is_gone_is_fixed),
		TEST(a_target_that_is_missing_has_nothing_fixed),
		TEST(a_missing_target_without_findings_is_no_loss),
		TEST(an_overlay_that_was_not_looked_for_is_not_fixed),
		TEST(an_overlay_that_is_absent_was_looked_for),
		TEST(what_was_only_discovered_may_be_gone),
		TEST(what_nobody_asks_for_may_be_gone),
		TEST(what_headers_alone_show_is_not_fixed_without),
		TEST(what_is_only_discovered_is_not_fixed_where_nobody_asks),
		TEST(what_code_does_is_not_fixed_without),
		TEST(what_one_release_has_is_not_fixed_where_it_is_not_known),
		TEST(what_all_units_show_is_not_fixed_without),
		TEST(the_next_one_does_not_grow),
		TEST(unless_what_is_new_is_accepted),
		TEST(what_is_suppressed_and_known_is_kept),
		TEST(without_one_everything_is_new),
		TEST(baselines_are_saved_reports),
		TEST(what_is_no_report_is_a_usage_error),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
