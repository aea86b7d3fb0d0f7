/* SPDX-License-Identifier: MIT */
/* The HTML report, where members and findings go on on later pages. */
#include "testing.h"

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

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(members_that_go_on_are_told_on_every_page),
		TEST(findings_that_go_on_are_linked_on_every_page),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
