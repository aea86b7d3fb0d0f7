/* SPDX-License-Identifier: MIT */
/* The text report: rows, cells, marks, panels, colours. */
#include "testing.h"

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
	expect_table(target, 0, (struct pl_text_options){100, false},
		     "byte  page                         folio      slab       ptdesc\n"
		     "   0  flags                        ~flags     ~flags     ~pt_flags\n"
		     "                                                         |<half:4\n"
		     "   8  lru.next order:5b index+4:4  ~lru.next  ~cache     - unused\n"
		     "  16  lru.prev                     ~lru.prev  <lock:4    - unused\n"
		     "                                              ._pad+4:4\n"
		     "  24  mapcount                     +refs      - unused   - unused\n"
		     "  28  refs                         ^refs      ~rest      - unused\n");
	expect_table(target, 1, (struct pl_text_options){100, false},
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
	expect_table(target, 0, (struct pl_text_options){58, false},
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
	expect_table(target, 1, (struct pl_text_options){40, false},
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
		target, 0, (struct pl_text_options){100, true},
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

static void unused_bits_are_listed(void **state)
{
	struct pl_target *target = sample_target("first");
	struct pl_strbuf text = PL_STRBUF_INIT;

	(void)state;
	expect_ok(pl_text_unused(target, &text));
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

static void expect_rows(uint64_t word, const struct pl_row *wanted, size_t count)
{
	struct pl_target *target = sample_target("first");
	struct pl_row *rows;
	size_t n_rows;

	expect_ok(pl_text_rows(pl_target_record(target, "page"), word, target->arena, &rows,
			       &n_rows));
	assert_int_equal(n_rows, count);
	for (size_t i = 0; i < count; i++) {
		assert_int_equal(rows[i].offset, wanted[i].offset);
		assert_int_equal(rows[i].size, wanted[i].size);
	}
	pl_target_free(target);
}

/* A row ends where a word does or a host field begins, unless another field lies across. */
static void rows_end_where_no_field_is_cut(void **state)
{
	static const struct pl_row of_64[] = {{0, 64}, {64, 64}, {128, 64}, {192, 32}, {224, 32}};
	static const struct pl_row of_32[] = {{0, 32},	 {32, 32},  {64, 32},  {96, 32},
					      {128, 32}, {160, 32}, {192, 32}, {224, 32}};

	(void)state;
	expect_rows(64, of_64, COUNT(of_64));
	expect_rows(32, of_32, COUNT(of_32));
}

static void every_mark_has_a_character(void **state)
{
	static const char wanted[PL_MARK_COUNT] = {'~', '<', '+', '>', '.', '-', '^', '\0'};

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
				   "first: warning: two of them [ONE-DEFINITION]\n"
				   "second: warning: two of them [ONE-DEFINITION]\n"
				   "third: could not tell: out/vmlinux: the file is empty\n";
	const struct pl_text_options options = {.width = 100};
	struct pl_report *report = sample_report();
	struct pl_strbuf text = PL_STRBUF_INIT;

	(void)state;
	expect_ok(pl_report_text(report, &options, &text));
	assert_memory_equal(text.text, head, strlen(head));
	assert_true(text.length > strlen(tail));
	assert_string_equal(text.text + text.length - strlen(tail), tail);
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
		cmocka_unit_test(rows_end_where_no_field_is_cut),
		cmocka_unit_test(every_mark_has_a_character),
		cmocka_unit_test(reports_begin_and_end_with_the_facts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
