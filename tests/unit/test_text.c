/* SPDX-License-Identifier: MIT */
/* The text report: cells, marks, panels, colours. */
#include "testing.h"

#include "map/compare.h"
#include "report/text_internal.h"
#include "sample.h"

static void expect_text(const struct pl_strbuf *text, const char *wanted)
{
	assert_false(pl_strbuf_failed(text));
	assert_string_equal(text->text, wanted);
}

static void expect_table(const struct pl_target *target, size_t page,
			 struct pl_text_options options, const char *wanted)
{
	struct pl_strbuf text = PL_STRBUF_INIT;

	expect_ok(pl_text_table(target, page, &options, &text));
	expect_text(&text, wanted);
	pl_strbuf_release(&text);
}

static void tables_show_every_overlay(void **state)
{
	struct pl_target *target = sample_target("first");

	(void)state;
	expect_table(target, 0, (struct pl_text_options){.width = 100, .colour = false},
		     "byte  page                         folio      slab       ptdesc\n"
		     "   0  flags                        ~flags     ~flags     ~pt_flags\n"
		     "                                                         |<half:4\n"
		     "   8  lru.next order:5b index+4:4  ~lru.next  ~cache     - unused\n"
		     "  16  lru.prev                     ~lru.prev  <lock:4    - unused\n"
		     "                                              ._pad+4:4\n"
		     "  24  mapcount                     +refs      - unused   - unused\n"
		     "  28  refs                         ^refs      ~rest      - unused\n");
	expect_table(target, 1, (struct pl_text_options){.width = 100, .colour = false},
		     "byte  page                         folio\n"
		     "   0  flags                        ._pad_2\n"
		     "   8  lru.next order:5b index+4:4  - unused\n"
		     "  16  lru.prev                     ~second\n"
		     "  24  mapcount                     - unused\n"
		     "  28  refs                         - unused\n");
	pl_target_free(target);
}

static void narrow_tables_go_on_in_panels(void **state)
{
	struct pl_target *target = sample_target("first");

	(void)state;
	expect_table(target, 0, (struct pl_text_options){.width = 58, .colour = false},
		     "byte  page                         folio      slab\n"
		     "   0  flags                        ~flags     ~flags\n"
		     "   8  lru.next order:5b index+4:4  ~lru.next  ~cache\n"
		     "  16  lru.prev                     ~lru.prev  <lock:4\n"
		     "                                              ._pad+4:4\n"
		     "  24  mapcount                     +refs      - unused\n"
		     "  28  refs                         ^refs      ~rest\n"
		     "\n"
		     "byte  page                         ptdesc\n"
		     "   0  flags                        ~pt_flags\n"
		     "                                   |<half:4\n"
		     "   8  lru.next order:5b index+4:4  - unused\n"
		     "  16  lru.prev                     - unused\n"
		     "  24  mapcount                     - unused\n"
		     "  28  refs                         - unused\n");
	pl_target_free(target);
}

/* A name that is wider than the width still gets its column. */
static void no_width_is_too_narrow(void **state)
{
	struct pl_target *target = sample_target("first");

	(void)state;
	expect_table(target, 1, (struct pl_text_options){.width = 40, .colour = false},
		     "byte  page                         folio\n"
		     "   0  flags                        ._pad_2\n"
		     "   8  lru.next order:5b index+4:4  - unused\n"
		     "  16  lru.prev                     ~second\n"
		     "  24  mapcount                     - unused\n"
		     "  28  refs                         - unused\n");
	pl_target_free(target);
}

#define BOLD(text) "\033[1m" text "\033[0m"
#define DIM(text) "\033[2m" text "\033[0m"
#define YELLOW(text) "\033[33m" text "\033[0m"
#define CYAN(text) "\033[36m" text "\033[0m"

/* Escapes change nothing of the columns. */
static void colours_follow_the_marks(void **state)
{
	struct pl_target *target = sample_target("first");

	(void)state;
	expect_table(
		target, 0, (struct pl_text_options){.width = 100, .colour = true},
		"\033[4mbyte  page                         folio      slab       ptdesc\033[0m\n"
		"   0  " BOLD(
			"flags") "                        ~flags     ~flags     ~pt_flags\n"
				 "                                                         " YELLOW(
					 "|<half:4") "\n"
						     "   8  " BOLD("lru.next order:5b index+4:4") "  ~lru.next  ~cache     " CYAN(
							     "- unused") "\n"
									 "  16  " BOLD("lru.prev") "                     ~lru.prev  " YELLOW("<lock:4") "    " CYAN(
										 "- unused") "\n"
											     "     "
											     "     "
											     "     "
											     "     "
											     "     "
											     "     "
											     "     "
											     "     "
											     "     "
											     " " DIM("._pad+4:4") "\n"
														  "  24  " BOLD("mapcount") "                     " YELLOW("+refs") "      " CYAN("- unused") "   " CYAN(
															  "- unused") "\n"
																      "  28  " BOLD("refs") "                         " DIM(
																	      "^refs") "      ~rest      " CYAN("- unused") "\n");
	pl_target_free(target);
}

static const struct pl_text_options plain = {.width = 100, .colour = false};

static void unused_bits_are_listed(void **state)
{
	struct pl_target *target = sample_target("first");
	struct pl_strbuf text = PL_STRBUF_INIT;

	(void)state;
	expect_ok(pl_text_unused(target, &plain, &text));
	expect_text(&text, "unused\n"
			   "  folio: 56 bytes on 2 hosts, 5 members in use\n"
			   "    page 1 bytes 0-7        pad _pad_2\n"
			   "    page 1 bytes 8-15       hole\n"
			   "    page 1 bytes 24-31      tail\n"
			   "  slab: 40 bytes on 1 host, 6 members in use\n"
			   "    bytes 20-23             pad _pad\n"
			   "    bytes 24-27             hole\n"
			   "    bytes 32-39             beyond the host's end: past\n"
			   "  ptdesc: 8 bytes on 1 host, 2 members in use\n"
			   "    bytes 4-7               hole  with half\n"
			   "    bytes 8-31              tail\n"
			   "  page, no overlay uses: page 1 bytes 0-15, page 1 bytes 24-31\n");
	pl_strbuf_release(&text);
	pl_target_free(target);
}

static void every_mark_has_a_character(void **state)
{
	static const char wanted[PL_MARK_COUNT] = {'=', '~', '<', '+', '>', '.', '-', '^', '\0'};

	(void)state;
	for (int i = 0; i < PL_MARK_COUNT; i++) {
		assert_int_equal(pl_mark_character((enum pl_mark)i), wanted[i]);
		assert_non_null(pl_mark_colour((enum pl_mark)i));
	}
}

/* The frame around the tables: what the target is, findings, what could not be told. */
static void reports_begin_and_end_with_the_facts(void **state)
{
	static const char head[] = "first  7.2.13  x86_64  64-bit  little-endian\n"
				   "from dwarf  vmlinux\n"
				   "build-id  0123ab\n"
				   "struct page: 32 bytes\n"
				   "\n"
				   "page 0\n"
				   "byte  page ";
	static const char tail[] = "absent\n"
				   "  zpdesc\n"
				   "first, second: warning: two of them [ONE-DEFINITION]\n"
				   "third: could not tell: out/vmlinux: the file is empty\n";
	const struct pl_text_options options = {.width = 100};
	struct pl_report *report = sample_report();
	struct pl_strbuf text = PL_STRBUF_INIT;

	(void)state;
	expect_ok(pl_report_merge(report));
	expect_ok(pl_report_text(report, &options, &text));
	assert_memory_equal(text.text, head, strlen(head));
	assert_true(text.length > strlen(tail));
	assert_string_equal(text.text + text.length - strlen(tail), tail);
	pl_strbuf_release(&text);
	pl_report_free(report);
}

static void pins_show_in_the_table(void **state)
{
	struct pl_target *target = sample_pinned_target("first");

	(void)state;
	expect_table(target, 1, (struct pl_text_options){.width = 100, .colour = false},
		     "byte  page                         folio\n"
		     "   0  flags                        ._pad_2\n"
		     "   8  lru.next order:5b index+4:4  - unused\n"
		     "  16  lru.prev                     =second\n"
		     "  24  mapcount                     - unused\n"
		     "  28  refs                         - unused\n");
	pl_target_free(target);
}

/* A pinned member that is one alternative of a union keeps its mark. */
static void pinned_alternatives_say_so(void **state)
{
	struct pl_target *target = sample_target("first");
	struct pl_cell cell = {0};
	const struct pl_row row = {0, 64};
	struct pl_overlay *ptdesc = &target->overlays[2];

	(void)state;
	ptdesc->members[1].touches[0].relation = PL_RELATION_PINNED;
	expect_ok(pl_text_overlay_cell(ptdesc, 0, &row, target->arena, &cell));
	assert_int_equal(cell.count, 2);
	assert_int_equal(cell.entries[0].mark, PL_MARK_ALIGNED);
	assert_int_equal(cell.entries[1].mark, PL_MARK_PINNED);
	assert_true(cell.entries[1].alternative);
	pl_target_free(target);
}

/* What is left to pin is listed; a lock is one name, and pinned if all of it is. */
static void coverage_names_what_is_not_pinned(void **state)
{
	static const struct pl_text_options narrow = {.width = 45, .colour = false};
	struct pl_target *target = sample_pinned_target("first");
	struct pl_strbuf text = PL_STRBUF_INIT;

	(void)state;
	target->overlays[1].members[2].pinned = true;
	expect_ok(pl_text_unused(target, &plain, &text));
	assert_non_null(strstr(text.text, "    not pinned: flags, lock, rest, past\n"));
	pl_strbuf_truncate(&text, 0);
	target->overlays[1].members[3].pinned = true;
	expect_ok(pl_text_unused(target, &narrow, &text));
	expect_text(&text, "unused\n"
			   "  folio: 56 bytes on 2 hosts, 5 members in use, 1 pinned\n"
			   "    not pinned: flags, lru.next, lru.prev,\n"
			   "      refs\n"
			   "    page 1 bytes 0-7        pad _pad_2\n"
			   "    page 1 bytes 8-15       hole\n"
			   "    page 1 bytes 24-31      tail\n"
			   "  slab: 40 bytes on 1 host, 6 members in use, 1 pinned\n"
			   "    not pinned: flags, rest, past\n"
			   "    bytes 20-23             pad _pad\n"
			   "    bytes 24-27             hole\n"
			   "    bytes 32-39             beyond the host's end: past\n"
			   "  ptdesc: 8 bytes on 1 host, 2 members in use, 0 pinned\n"
			   "    not pinned: pt_flags, half\n"
			   "    bytes 4-7               hole  with half\n"
			   "    bytes 8-31              tail\n"
			   "  page, no overlay uses: page 1 bytes 0-15, page 1 bytes 24-31\n");
	pl_strbuf_release(&text);
	pl_target_free(target);
}

static void expect_pins(const struct pl_target *target, struct pl_text_options options,
			const char *wanted)
{
	struct pl_strbuf text = PL_STRBUF_INIT;

	expect_ok(pl_text_pins(target, &options, &text));
	expect_text(&text, wanted);
	pl_strbuf_release(&text);
}

/* Offsets that hold are in the table; all else is said, and who is broken also where. */
static void assertions_are_told(void **state)
{
	struct pl_target *target = sample_pinned_target("first");

	(void)state;
	expect_pins(target, plain,
		    "assertions: 5 about page and its overlays, 1 broken\n"
		    "  broken: slab: sizeof(slab) <= sizeof(page): 40 <= 32 (slab.h:14)\n"
		    "  page: sizeof(page) >= -1: 32 >= -1\n"
		    "  ptdesc: is_aligned(ptdesc)\n"
		    "candidates (no assertion speaks of them)\n"
		    "  union niu_page holds a page  drivers/niu.c:3312\n"
		    "  struct zpage is converted from or to a pointer to page and 2 more\n");
	pl_target_free(target);
	target = sample_target("first");
	expect_pins(target, plain, "");
	pl_target_free(target);
}

/* What stands in parentheses is not compared; of several comparisons none is the one. */
static void values_stand_with_their_comparison(void **state)
{
	static const struct {
		enum pl_pin_kind kind;
		const char *expression, *wanted;
	} cases[] = {
		{PL_PIN_OTHER, "(a <= b) == c", "(a <= b) == c: 1 == 2"},
		{PL_PIN_SIZE, "a < b && c > d", "a < b && c > d: 1 and 2"},
		{PL_PIN_OTHER, "sizeof(a) >> 1 != b", "sizeof(a) >> 1 != b: 1 != 2"},
		{PL_PIN_OTHER, "is_power_of_2(a)", "is_power_of_2(a): 1 and 2"},
		{PL_PIN_ALIGNMENT, "offsetof(a, b) % 2 == 0", "offsetof(a, b) % 2 == 0: 1"},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct pl_target *target = sample_target("first");
		const struct pl_pin pin = {.kind = cases[i].kind,
					   .expression = cases[i].expression,
					   .known = true,
					   .left = 1,
					   .right = 2,
					   .holds = true};
		char wanted[120];

		target->scanned = true;
		expect_ok(pl_target_add_pin(target, &pin));
		snprintf(wanted, sizeof(wanted),
			 "assertions: 1 about page and its overlays\n  page: %s\n",
			 cases[i].wanted);
		expect_pins(target, plain, wanted);
		pl_target_free(target);
	}
}

/* With assertions the table has one mark more, and the head says who read them. */
static void targets_with_pins_say_where_from(void **state)
{
	struct pl_report *report = pl_report_new();
	struct pl_target *target = sample_pinned_target("first");
	struct pl_strbuf text = PL_STRBUF_INIT;

	(void)state;
	expect_ok(pl_report_add_target(report, target));
	expect_ok(pl_report_text(report, &plain, &text));
	assert_non_null(strstr(text.text, "reader    clang 19.1.7\npins from linux\nstruct page"));
	assert_non_null(strstr(text.text,
			       "\n= pinned by an assertion   ~ same bytes as a host field   < "
			       "part of one   + one and more\n> past the host's end   | another"));
	pl_strbuf_release(&text);
	pl_report_free(report);
}

static void add_targets(struct pl_report *report, const char *const *names, size_t count)
{
	for (size_t i = 0; i < count; i++)
		expect_ok(pl_report_add_target(report, sample_target(names[i])));
}

static void expect_comparison(struct pl_report *report, struct pl_text_options options,
			      const char *wanted)
{
	struct pl_strbuf text = PL_STRBUF_INIT;

	expect_ok(pl_compare_targets(report));
	expect_ok(pl_text_compare(report, &options, &text));
	expect_text(&text, wanted);
	pl_strbuf_release(&text);
}

static void what_is_the_same_is_counted(void **state)
{
	static const char *const names[] = {"amd64", "arm64"};
	struct pl_report *report = pl_report_new();

	(void)state;
	expect_comparison(report, plain, "");
	add_targets(report, names, COUNT(names));
	expect_comparison(report, plain,
			  "compared: 2 targets, alike in everything\n"
			  "  folio on all 2: all 6 members the same\n"
			  "  slab on all 2: all 7 members the same\n"
			  "  ptdesc on all 2: all 2 members the same\n");
	pl_report_free(report);
}

/* Targets that agree go by a letter, lone ones by their name. */
static struct pl_report *differing_report(void)
{
	static const char *const names[] = {"amd64", "arm64", "i386", "s390x", "armmp"};
	struct pl_report *report = pl_report_new();
	struct pl_target **targets;

	add_targets(report, names, COUNT(names));
	targets = report->targets;
	/* On i386 and armmp flags is partial, s390x calls cache and lock by other names. */
	targets[2]->overlays[1].members[0].touches[0].relation = PL_RELATION_PARTIAL;
	targets[4]->overlays[1].members[0].touches[0].relation = PL_RELATION_PARTIAL;
	targets[3]->overlays[1].record->fields[1].path = "kmem_cache";
	targets[3]->overlays[1].record->fields[2].path = "spin.owner";
	/* And it has no ptdesc, which only arm64 and it share a lack of. */
	targets[1]->n_overlays = targets[3]->n_overlays = 2;
	return report;
}

static void differences_are_listed(void **state)
{
	struct pl_report *report = differing_report();

	(void)state;
	expect_comparison(report, plain,
			  "compared: 5 targets\n"
			  "  A = i386 armmp\n"
			  "  folio on all 5: all 6 members the same\n"
			  "  slab on all 5: 4 of 9 members the same\n"
			  "    flags\n"
			  "      all but A: ~flags\n"
			  "      A: <flags\n"
			  "    kmem_cache\n"
			  "      s390x: ~lru.next +order +index\n"
			  "      all but s390x: not there\n"
			  "    spin.owner\n"
			  "      s390x: <lru.prev\n"
			  "      all but s390x: not there\n"
			  "    cache\n"
			  "      all but s390x: ~lru.next +order +index\n"
			  "      s390x: not there\n"
			  "    lock.owner\n"
			  "      all but s390x: <lru.prev\n"
			  "      s390x: not there\n"
			  "  ptdesc on 3 of 5 (only amd64 A): all 2 members the same\n");
	pl_report_free(report);
}

/* What is a target's own name stands for nothing else. */
static void letters_are_no_names_of_targets(void **state)
{
	static const char *const names[] = {"A", "one", "two", "C", "three", "four"};
	static const size_t overlays[] = {3, 1, 1, 0, 2, 2};
	struct pl_report *report = pl_report_new();

	(void)state;
	add_targets(report, names, COUNT(names));
	for (size_t i = 0; i < COUNT(names); i++)
		report->targets[i]->n_overlays = overlays[i];
	expect_comparison(report, plain,
			  "compared: 6 targets\n"
			  "  B = one two\n"
			  "  D = three four\n"
			  "  folio on 5 of 6 (not C): all 6 members the same\n"
			  "  slab on 3 of 6 (only A D): all 7 members the same\n"
			  "  ptdesc on 1 of 6 (only A)\n");
	pl_report_free(report);
}

/* TEXT with "{33}" for an escape and "{}" for the one that ends it. */
static void spell_escapes(char *text)
{
	char *to = text;

	for (const char *from = text; *from; from++) {
		if (!strncmp(from, "\033[0m", 4)) {
			*to++ = '{';
			*to++ = '}';
			from += 3;
		} else if (*from == '\033') {
			size_t length = strcspn(from, "m");

			*to++ = '{';
			memmove(to, from + 2, length - 2);
			to += length - 2;
			*to++ = '}';
			from += length;
		} else {
			*to++ = *from;
		}
	}
	*to = '\0';
}

/* What is common to several variants is said once; members that differ alike share their lines. */
static void common_touches_are_said_once(void **state)
{
	static const char *const names[] = {"little", "big"};
	static const struct pl_text_options narrow = {.width = 40, .colour = true};
	struct pl_report *report = pl_report_new();
	struct pl_strbuf text = PL_STRBUF_INIT;
	struct pl_member *folio, *slab;

	(void)state;
	add_targets(report, names, COUNT(names));
	for (size_t i = 0; i < 2; i++)
		report->targets[i]->n_overlays = 2;
	folio = report->targets[1]->overlays[0].members;
	folio[1].touches[1].relation = PL_RELATION_PARTIAL;
	folio[5].touches[0].relation = PL_RELATION_BEYOND;
	folio[5].touches[0].host_field = NULL;
	slab = report->targets[1]->overlays[1].members;
	slab[2].touches[0].relation = slab[3].touches[0].relation = PL_RELATION_SPANNING;
	expect_ok(pl_compare_targets(report));
	expect_ok(pl_text_compare(report, &narrow, &text));
	spell_escapes(text.text);
	expect_text(&text, "compared: 2 targets\n"
			   "  folio on all 2: 4 of 6 members the\n"
			   "    same\n"
			   "    {1}lru.next{}\n"
			   "      all: ~lru.next {33}+index{}\n"
			   "      little: {33}+order{}\n"
			   "      big: {33}<order{}\n"
			   "    {1}second{}\n"
			   "      little: page 1 ~lru.prev\n"
			   "      big: page 1 {31}beyond{} {31}the{} {31}host's{} {31}end{}\n"
			   "  slab on all 2: 5 of 7 members the same\n"
			   "    {1}lock.owner,{} {1}lock.next{}\n"
			   "      little: {33}<lru.prev{}\n"
			   "      big: {33}+lru.prev{}\n");
	pl_strbuf_release(&text);
	pl_report_free(report);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tables_show_every_overlay),
		cmocka_unit_test(narrow_tables_go_on_in_panels),
		cmocka_unit_test(no_width_is_too_narrow),
		cmocka_unit_test(colours_follow_the_marks),
		cmocka_unit_test(unused_bits_are_listed),
		cmocka_unit_test(every_mark_has_a_character),
		cmocka_unit_test(reports_begin_and_end_with_the_facts),
		cmocka_unit_test(pins_show_in_the_table),
		cmocka_unit_test(pinned_alternatives_say_so),
		cmocka_unit_test(coverage_names_what_is_not_pinned),
		cmocka_unit_test(assertions_are_told),
		cmocka_unit_test(values_stand_with_their_comparison),
		cmocka_unit_test(targets_with_pins_say_where_from),
		cmocka_unit_test(what_is_the_same_is_counted),
		cmocka_unit_test(differences_are_listed),
		cmocka_unit_test(letters_are_no_names_of_targets),
		cmocka_unit_test(common_touches_are_said_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
