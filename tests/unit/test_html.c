/* SPDX-License-Identifier: MIT */
/* The HTML report, where members and findings go on on later pages, or are many. */
#include "testing.h"

#include <sys/resource.h>

#include "layout_fixture.h"
#include "map/map.h"
#include "report/report.h"

static struct pl_report *report;

static int set_up(void **state)
{
	(void)state;
	report = pl_report_new();
	return report ? 0 : -1;
}

static int tear_down(void **state)
{
	(void)state;
	pl_report_free(report);
	return 0;
}

/* Adds RECORDS as a target, on which folio lies on PAGES pages. */
static struct pl_target *add_target(const char *records, size_t pages)
{
	const struct pl_wanted_overlay folio = {"folio", pages};
	struct pl_target *target = pl_target_new();

	assert_non_null(target);
	target->name = "x";
	target->bits = 64;
	target->endian = PL_ENDIAN_LITTLE;
	layout_records(target, records);
	expect_ok(pl_map_target(target, "page", &folio, 1));
	expect_ok(pl_report_add_target(report, target));
	return target;
}

static struct pl_strbuf html_of(void)
{
	struct pl_strbuf text = PL_STRBUF_INIT;

	expect_ok(pl_report_merge(report));
	expect_ok(pl_report_html(report, &text));
	return text;
}

/* The cell of PAGE and ROW in column 1, the overlay's, has, or has not, WANTED. */
static void expect_in_cell(const struct pl_strbuf *text, size_t page, size_t row,
			   const char *wanted, bool there)
{
	char cell[40];
	const char *from, *end, *found;

	snprintf(cell, sizeof(cell), "<td id=\"t0p%zur%zuc1\"", page, row);
	from = strstr(text->text, cell);
	assert_non_null(from);
	end = strstr(from, "</td>");
	found = strstr(from, wanted);
	assert_int_equal(found && found < end, there);
}

#define LONG_MEMBER                                                                                \
	"struct page { long flags; long private; };"                                               \
	"struct folio { long flags; char big[20]; int rest; };"

/* What is told of a member is told on each page that it reaches. */
static void members_that_go_on_are_told_on_every_page(void **state)
{
	struct pl_strbuf text;

	(void)state;
	add_target(LONG_MEMBER, 2);
	text = html_of();
	expect_in_cell(&text, 0, 0, "<b>folio.flags", true);
	expect_in_cell(&text, 0, 1, "<b>folio.big", true);
	expect_in_cell(&text, 1, 0, "<b>folio.big", true);
	expect_in_cell(&text, 1, 1, "<b>folio.big", true);
	expect_in_cell(&text, 1, 1, "<b>folio.rest", true);
	pl_strbuf_release(&text);
}

/* And a finding is linked from each of its cells, and from no other. */
static void findings_that_go_on_are_linked_on_every_page(void **state)
{
	const struct pl_finding finding = {.rule = "R",
					   .severity = PL_SEVERITY_ERROR,
					   .overlay = "folio",
					   .member = "big",
					   .range = {0, 64, 160},
					   .message = "m"};
	struct pl_strbuf text;

	(void)state;
	expect_ok(pl_target_add_finding(add_target(LONG_MEMBER, 2), &finding));
	text = html_of();
	expect_in_cell(&text, 0, 0, "href=\"#f1\"", false);
	expect_in_cell(&text, 0, 1, "href=\"#f1\"", true);
	expect_in_cell(&text, 1, 0, "href=\"#f1\"", true);
	expect_in_cell(&text, 1, 1, "href=\"#f1\"", true);
	pl_strbuf_release(&text);
}

/* In KB, the most that this process ever had. */
static long most_memory(void)
{
	struct rusage usage;

	assert_int_equal(getrusage(RUSAGE_SELF, &usage), 0);
	return usage.ru_maxrss;
}

/* Adds a record called NAME of COUNT members of TYPE. */
static void add_record(struct pl_strbuf *out, const char *name, const char *type, size_t count)
{
	pl_strbuf_printf(out, "struct %s {", name);
	for (size_t i = 0; i < count; i++)
		pl_strbuf_printf(out, " %s m%zu;", type, i);
	pl_strbuf_add(out, " };");
}

/* A host of SIDE times SIDE words as a target, with as many findings. */
static void add_many(size_t side)
{
	PL_CLEANUP(pl_strbuf_release) struct pl_strbuf records = PL_STRBUF_INIT;
	struct pl_target *target;

	add_record(&records, "block", "long", side);
	add_record(&records, "page", "struct block", side);
	add_record(&records, "folio", "long", 1);
	assert_false(pl_strbuf_failed(&records));
	target = add_target(records.text, 1);
	for (size_t i = 0; i < side * side; i++) {
		const struct pl_finding finding = {
			.rule = "R",
			.severity = PL_SEVERITY_ERROR,
			.member = pl_arena_printf(target->arena, "f%zu", i),
			.range = {0, i * 64, 64},
			.message = "m"};

		expect_ok(pl_target_add_finding(target, &finding));
	}
}

/* Links do not each take what a map takes. */
static void many_findings_take_little_memory(void **state)
{
	enum { SIDE = 40, MOST_KB = 100 << 10 };
	struct pl_strbuf text;
	long before;

	(void)state;
	add_many(SIDE);
	before = most_memory();
	text = html_of();
	expect_in_cell(&text, 0, SIDE * SIDE - 1, "unused", true);
	assert_non_null(strstr(text.text, "<a href=\"#t0p0r1599c0\">x</a>"));
	assert_in_range(most_memory() - before, 0, MOST_KB);
	pl_strbuf_release(&text);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(members_that_go_on_are_told_on_every_page),
		TEST(findings_that_go_on_are_linked_on_every_page),
		TEST(many_findings_take_little_memory),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
