/* SPDX-License-Identifier: MIT */
/* Findings as compilers give them, and for whoever takes them from there: exact output. */
#include "testing.h"

#include "report/finding_words.h"
#include "report/report.h"
#include "sample.h"

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

static void expect_text(struct pl_text_options options, const char *wanted)
{
	struct pl_strbuf text = PL_STRBUF_INIT;

	expect_ok(pl_report_text_findings(report, &options, &text));
	assert_string_equal(text.text, wanted);
	pl_strbuf_release(&text);
}

static const struct pl_text_options wide = {.width = 100};

static void text_is_that_of_a_compiler(void **state)
{
	(void)state;
	expect_text(wide,
		    "mm/slab.h:31: error: slab.cache may have bit 0 of lru.next set [TAIL-BIT]\n"
		    "    bytes 8-15 of struct page; host field declared at "
		    "include/linux/mm_types.h:91\n"
		    "    on: first\n"
		    "    on second: slab.cache is an integer on lru.next; byte 8, bits 3-7; "
		    "mm/slab.h:33\n"
		    "    why: Whoever finds it set takes the page for the tail of a larger one.\n"
		    "    since: 4.4 (1d798ca3f164)\n"
		    "    fix: Move the member to another word.\n"
		    "a b/c%.h:7: error: two \\ halves [SPLIT]\n"
		    "    on: second\n"
		    "./include/linux/mm_types.h: warning: no assertion pins folio.second [PINNED]\n"
		    "    page 1, bytes 16-23 of struct page\n"
		    "    on: second\n"
		    "    why: Nothing else notices when one moves.\n"
		    "info: slab leaves room [HOLE]\n"
		    "    bytes 24-27 of struct page\n"
		    "    on: second\n"
		    "    why: Somebody may want it.\n"
		    "suppressed: no assertion pins slab.rest [PINNED]: to be moved, \"soon\"\n"
		    "known: 1 finding of the baseline; --format json lists it\n"
		    "third: could not tell: out/vmlinux: the file is empty\n"
		    "2 errors, 1 warning, 1 info on 2 targets; 1 suppressed, 1 known from "
		    "baseline; 1 could not be told; verdict: gate-failed\n");
}

#define HEAD(place, severity, words, rule, colour)                                                 \
	"\033[1m" place "\033[0m \033[1;" colour "m" severity "\033[0m " words " [\033[1;" colour  \
	"m" rule "\033[0m]\n"

/* Only what stands below a head is wrapped: heads are for editors to jump to. */
static void text_is_wrapped_and_coloured(void **state)
{
	(void)state;
	report->targets[1]->n_findings = 0;
	report->targets[0]->n_findings = 1;
	report->n_failures = 0;
	expect_ok(pl_report_merge(report));
	expect_text((struct pl_text_options){.width = 50, .colour = true},
		    HEAD("mm/slab.h:31:", "error:", "slab.cache may have bit 0 of lru.next set",
			 "TAIL-BIT", "31") "    bytes 8-15 of struct page; host field declared\n"
					   "        at include/linux/mm_types.h:91\n"
					   "    on: first\n"
					   "    why: Whoever finds it set takes the page for\n"
					   "        the tail of a larger one.\n"
					   "    since: 4.4 (1d798ca3f164)\n"
					   "    fix: Move the member to another word.\n"
					   "1 error on 2 targets; verdict: gate-failed\n");
}

static void nothing_found_is_said(void **state)
{
	(void)state;
	report->targets[0]->n_findings = 0;
	pl_report_drop_target(report, 1);
	report->n_failures = 0;
	expect_ok(pl_report_merge(report));
	expect_text(wide, "no findings on 1 target; verdict: clean\n");
}

/* Gives the report these findings, on its first target and on the second. */
static void find_only(const struct pl_finding *first, const struct pl_finding *second)
{
	report->targets[0]->n_findings = report->targets[1]->n_findings = 0;
	report->n_failures = report->n_rules = 0;
	if (first)
		expect_ok(pl_target_add_finding(report->targets[0], first));
	if (second)
		expect_ok(pl_target_add_finding(report->targets[1], second));
	expect_ok(pl_report_merge(report));
}

static const struct pl_finding hole = {
	.rule = "HOLE",
	.severity = PL_SEVERITY_INFO,
	.overlay = "slab",
	.range = {0, 192, 32},
	.place = {"slab.h", 9},
	.message = "room on bytes 24-27, and bytes 24-27 again",
};

/* What differs by nothing but the bits is not told twice; all else is. */
static void other_bits_are_told_in_short(void **state)
{
	struct pl_finding other = hole;

	(void)state;
	other.range = (struct pl_bit_range){0, 96, 32};
	other.message = "room on bytes 12-15, and bytes 12-15 again";
	find_only(&hole, &other);
	expect_text(wide, "slab.h:9: info: room on bytes 24-27, and bytes 24-27 again [HOLE]\n"
			  "    bytes 24-27 of struct page\n"
			  "    on: first\n"
			  "    on second: bytes 12-15\n"
			  "1 info on 2 targets; verdict: clean\n");
	other.message = "room on bytes 12-15";
	find_only(&hole, &other);
	expect_text(wide, "slab.h:9: info: room on bytes 24-27, and bytes 24-27 again [HOLE]\n"
			  "    bytes 24-27 of struct page\n"
			  "    on: first\n"
			  "    on second: room on bytes 12-15\n"
			  "1 info on 2 targets; verdict: clean\n");
}

static void one_target_may_say_more(void **state)
{
	struct pl_finding other = hole;

	(void)state;
	other.message = "slab.h:12: more room";
	other.place.line = 12;
	find_only(&hole, NULL);
	expect_ok(pl_target_add_finding(report->targets[0], &other));
	expect_ok(pl_report_merge(report));
	expect_text(wide, "slab.h:9: info: room on bytes 24-27, and bytes 24-27 again [HOLE]\n"
			  "    bytes 24-27 of struct page\n"
			  "    on: first\n"
			  "    also: more room; slab.h:12\n"
			  "1 info on 2 targets; verdict: clean\n");
}

/* A place that the message begins with is not said twice, and the host's only if it is another. */
static void places_are_said_once(void **state)
{
	struct pl_finding finding = hole;

	(void)state;
	finding.range.size = 0;
	finding.message = "slab.h:9: room";
	finding.host_place = finding.place;
	find_only(&finding, &finding);
	expect_text(wide, "slab.h:9: info: room [HOLE]\n"
			  "    on: all 2 targets\n"
			  "1 info on 2 targets; verdict: clean\n");
	finding.host_place.line = 10;
	find_only(&finding, &finding);
	expect_text(wide, "slab.h:9: info: room [HOLE]\n"
			  "    host declared at slab.h:10\n"
			  "    on: all 2 targets\n"
			  "1 info on 2 targets; verdict: clean\n");
}

static void rules_are_explained_once(void **state)
{
	struct pl_finding error = hole, between = hole, second = hole;
	const struct pl_rule_info rule = {"HOLE", "t", "because", NULL, NULL, PL_SEVERITY_INFO};

	(void)state;
	error.severity = PL_SEVERITY_ERROR;
	between.rule = "PAD";
	second.overlay = "folio";
	find_only(&hole, &second);
	expect_ok(pl_target_add_finding(report->targets[0], &between));
	expect_ok(pl_target_add_finding(report->targets[0], &error));
	expect_ok(pl_report_add_rule(report, &rule));
	for (size_t i = 0; i < 2; i++)
		for (size_t j = 0; j < report->targets[i]->n_findings; j++)
			report->targets[i]->findings[j].message = "m";
	expect_ok(pl_report_merge(report));
	expect_text(wide, "slab.h:9: error: m [HOLE]\n"
			  "    bytes 24-27 of struct page\n"
			  "    on: first\n"
			  "    why: because\n"
			  "slab.h:9: info: m [HOLE]\n"
			  "    bytes 24-27 of struct page\n"
			  "    on: first\n"
			  "slab.h:9: info: m [HOLE]\n"
			  "    bytes 24-27 of struct page\n"
			  "    on: second\n"
			  "slab.h:9: info: m [PAD]\n"
			  "    bytes 24-27 of struct page\n"
			  "    on: first\n"
			  "1 error, 3 infos on 2 targets; verdict: gate-failed\n");
}

/* Suppressed ones with one reason are told once, those with another again. */
static void suppressed_ones_are_last(void **state)
{
	struct pl_finding first = hole, second = hole;

	(void)state;
	first.state = second.state = PL_FINDING_SUPPRESSED;
	first.reason = "so be it";
	second.reason = "so be it";
	second.message = "in other words";
	find_only(&first, &second);
	expect_text(wide,
		    "suppressed: room on bytes 24-27, and bytes 24-27 again [HOLE]: so be it\n"
		    "no findings on 2 targets; 1 suppressed; verdict: clean\n");
	second.reason = "or not";
	find_only(&first, &second);
	expect_text(wide,
		    "suppressed: room on bytes 24-27, and bytes 24-27 again [HOLE]: so be it\n"
		    "suppressed: in other words [HOLE]: or not\n"
		    "no findings on 2 targets; 1 suppressed; verdict: clean\n");
}

/* Whatever comes between them. */
static void reasons_are_told_once(void **state)
{
	struct pl_finding finding = hole;

	(void)state;
	find_only(NULL, NULL);
	finding.state = PL_FINDING_SUPPRESSED;
	for (size_t i = 0; i < 4; i++) {
		finding.reason = i % 2 ? "or not" : "so be it";
		finding.message = (const char *[]){"a", "b", "c", "d"}[i];
		expect_ok(pl_target_add_finding(report->targets[0], &finding));
	}
	expect_ok(pl_report_merge(report));
	expect_text(wide, "suppressed: a [HOLE]: so be it\n"
			  "suppressed: b [HOLE]: or not\n"
			  "no findings on 2 targets; 1 suppressed; verdict: clean\n");
}

static void bits_of_big_endian_hosts_are_in_memory_order(void **state)
{
	struct pl_finding finding = hole;

	(void)state;
	finding.range = (struct pl_bit_range){1, 3, 4};
	finding.message = "m";
	report->targets[0]->endian = PL_ENDIAN_BIG;
	find_only(&finding, NULL);
	expect_text(wide, "slab.h:9: info: m [HOLE]\n"
			  "    page 1, byte 0, bits 3-6 (in memory order) of struct page\n"
			  "    on: first\n"
			  "1 info on 2 targets; verdict: clean\n");
}

static void ranges_are_bytes_if_they_can_be(void **state)
{
	static const struct {
		uint64_t offset, size;
		const char *wanted;
	} cases[] = {
		{64, 64, "bytes 8-15"},
		{64, 8, "byte 8"},
		{35, 5, "byte 4, bits 3-7"},
		{32, 7, "byte 4, bits 0-6"},
		{33, 1, "byte 4, bit 1"},
		{39, 2, "byte 4 bit 7 to byte 5 bit 0"},
		{32, 17, "byte 4 bit 0 to byte 6 bit 0"},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		const struct pl_bit_range range = {0, cases[i].offset, cases[i].size};
		struct pl_strbuf text = PL_STRBUF_INIT;

		pl_add_bits(&text, &range);
		assert_string_equal(text.text, cases[i].wanted);
		pl_strbuf_release(&text);
	}
}

static void plain_is_one_line_per_occurrence(void **state)
{
	struct pl_strbuf text = PL_STRBUF_INIT;

	(void)state;
	expect_ok(pl_report_plain(report, &text));
	assert_string_equal(
		text.text,
		"mm/slab.h:31: error: slab.cache may have bit 0 of lru.next set [TAIL-BIT]\n"
		"mm/slab.h:33: error: slab.cache is an integer on lru.next [TAIL-BIT]\n"
		"a b/c%.h:7: error: two \\ halves [SPLIT]\n"
		"./include/linux/mm_types.h: warning: no assertion pins folio.second [PINNED]\n"
		"second: info: slab leaves room [HOLE]\n"
		"third: error: could not tell: out/vmlinux: the file is empty\n");
	pl_strbuf_release(&text);
}

static void plain_names_all_targets(void **state)
{
	struct pl_finding finding = hole;
	struct pl_strbuf text = PL_STRBUF_INIT;

	(void)state;
	finding.place.file = NULL;
	find_only(&finding, &finding);
	expect_ok(pl_report_plain(report, &text));
	assert_string_equal(text.text, "first,second: info: room on bytes 24-27, and bytes 24-27 "
				       "again [HOLE]\n");
	pl_strbuf_release(&text);
}

static void rdjsonl_is_one_diagnostic_per_line(void **state)
{
	struct pl_strbuf text = PL_STRBUF_INIT;

	(void)state;
	expect_ok(pl_report_rdjsonl(report, &text));
	assert_string_equal(
		text.text,
		"{\"message\":\"slab.cache may have bit 0 of lru.next set\\non first\\n"
		"on second: slab.cache is an integer on lru.next\","
		"\"location\":{\"path\":\"mm/slab.h\",\"range\":{\"start\":{\"line\":31}}},"
		"\"severity\":\"ERROR\",\"source\":{\"name\":\"pagelap\"},"
		"\"code\":{\"value\":\"TAIL-BIT\"},"
		"\"related_locations\":[{\"message\":\"host field\",\"location\":"
		"{\"path\":\"include/linux/mm_types.h\",\"range\":{\"start\":{\"line\":91}}}}]}\n"
		"{\"message\":\"two \\\\ halves\\non second\","
		"\"location\":{\"path\":\"a b/c%.h\",\"range\":{\"start\":{\"line\":7}}},"
		"\"severity\":\"ERROR\",\"source\":{\"name\":\"pagelap\"},"
		"\"code\":{\"value\":\"SPLIT\"}}\n"
		"{\"message\":\"no assertion pins folio.second\\non second\","
		"\"location\":{\"path\":\"include/linux/mm_types.h\"},"
		"\"severity\":\"WARNING\",\"source\":{\"name\":\"pagelap\"},"
		"\"code\":{\"value\":\"PINNED\"}}\n"
		"{\"message\":\"slab leaves room\\non second\","
		"\"location\":{\"path\":\"mm_types.h\",\"range\":{\"start\":{\"line\":69}}},"
		"\"severity\":\"INFO\",\"source\":{\"name\":\"pagelap\"},"
		"\"code\":{\"value\":\"HOLE\"}}\n");
	pl_strbuf_release(&text);
}

static void expect_place(const char *file, unsigned line)
{
	struct pl_place place = pl_occurrence_place(report, &report->merged[0].occurrences[0]);

	assert_string_equal(place.file, file);
	assert_int_equal(place.line, line);
}

static void other_words_are_lines_of_a_message(void **state)
{
	struct pl_finding other = hole;
	struct pl_strbuf text = PL_STRBUF_INIT;

	(void)state;
	other.range = (struct pl_bit_range){0, 96, 32};
	other.message = "room on bytes 12-15, and bytes 12-15 again";
	find_only(&hole, &other);
	other.message = "more room";
	expect_ok(pl_target_add_finding(report->targets[0], &other));
	expect_ok(pl_report_merge(report));
	pl_add_telling(&text, report, &report->merged[0], PL_FINDING_OPEN);
	assert_string_equal(text.text, "room on bytes 24-27, and bytes 24-27 again\n"
				       "on first\n"
				       "also: more room\n"
				       "on second: bytes 12-15");
	pl_strbuf_release(&text);
	pl_report_drop_target(report, 1);
	expect_ok(pl_report_merge(report));
	pl_add_telling(&text, report, &report->merged[0], PL_FINDING_OPEN);
	assert_string_equal(text.text, "room on bytes 24-27, and bytes 24-27 again\n"
				       "also: more room");
	pl_strbuf_release(&text);
}

/* The member, the host's field, the overlay, the host, the source: the first that is known. */
static void every_finding_is_shown_somewhere(void **state)
{
	struct pl_finding finding = hole;
	struct pl_target *target = report->targets[0];

	(void)state;
	finding.host_place = (struct pl_place){"host.h", 4};
	find_only(&finding, NULL);
	expect_place("slab.h", 9);
	finding.place.file = NULL;
	find_only(&finding, NULL);
	expect_place("host.h", 4);
	finding.host_place.file = NULL;
	pl_target_record(target, "slab")->place = (struct pl_place){"mm/slab.h", 3};
	find_only(&finding, NULL);
	expect_place("mm/slab.h", 3);
	finding.overlay = "none";
	find_only(&finding, NULL);
	expect_place("mm_types.h", 69);
	pl_target_record(target, "page")->place.file = NULL;
	find_only(&finding, NULL);
	expect_place("vmlinux", 0);
}

static void expect_shown(const char *file, const char *wanted)
{
	struct pl_finding finding = hole;

	finding.place.file = file;
	find_only(&finding, NULL);
	expect_place(wanted, 9);
}

/* Only a tree of headers is a root; a directory that merely begins alike is none. */
static void files_of_a_tree_are_told_from_its_root(void **state)
{
	struct pl_target *target = report->targets[0];

	(void)state;
	expect_shown("/src/linux/mm/slab.h", "/src/linux/mm/slab.h");
	target->source.path = "/src/linux";
	expect_shown("/src/linux/mm/slab.h", "/src/linux/mm/slab.h");
	target->source.kind = PL_SOURCE_HEADERS;
	expect_shown("/src/linux/mm/slab.h", "mm/slab.h");
	expect_shown("/src/linux-next/slab.h", "/src/linux-next/slab.h");
	expect_shown(".//mm/slab.h", "mm/slab.h");
	target->pins_source = (struct pl_source){PL_SOURCE_HEADERS, "/src/linux-next//", NULL};
	expect_shown("/src/linux-next//mm/slab.h", "mm/slab.h");
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(text_is_that_of_a_compiler),
		TEST(text_is_wrapped_and_coloured),
		TEST(nothing_found_is_said),
		TEST(other_bits_are_told_in_short),
		TEST(one_target_may_say_more),
		TEST(places_are_said_once),
		TEST(rules_are_explained_once),
		TEST(suppressed_ones_are_last),
		TEST(reasons_are_told_once),
		TEST(bits_of_big_endian_hosts_are_in_memory_order),
		TEST(ranges_are_bytes_if_they_can_be),
		TEST(plain_is_one_line_per_occurrence),
		TEST(plain_names_all_targets),
		TEST(rdjsonl_is_one_diagnostic_per_line),
		TEST(other_words_are_lines_of_a_message),
		TEST(every_finding_is_shown_somewhere),
		TEST(files_of_a_tree_are_told_from_its_root),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
