/* SPDX-License-Identifier: MIT */
/* The rows of tables: where they end, and where words are folded into one. */
#include "testing.h"

#include "map/map.h"
#include "read/flatten.h"
#include "report/text_internal.h"
#include "sample.h"

#define BYTES(count) ((uint64_t)(count) * 8)

static const struct pl_type byte = {.kind = PL_TYPE_BASE, .name = "char", .size = 8};
static const struct pl_type word = {.kind = PL_TYPE_BASE, .name = "long", .size = 64};

/* struct page { long flags; char room[SIZE - 8]; }, a word of which has 64 bits. */
static struct pl_target *page_of(uint64_t size)
{
	const struct pl_type room = ARRAY(size - 8, &byte);
	struct pl_type_member members[] = {MEMBER("flags", &word, 0), MEMBER("room", &room, 64)};
	const struct pl_type page = RECORD(PL_TYPE_STRUCT, "page", BYTES(size), members);
	struct pl_target *target = pl_target_new();
	struct pl_record *record;

	assert_non_null(target);
	target->bits = 64;
	expect_ok(pl_flatten(target->arena, "page", &page, &record));
	expect_ok(pl_target_add_record(target, record));
	return target;
}

static void add_cover(struct pl_target *target, const struct pl_type *type)
{
	struct pl_record *record;

	expect_ok(pl_flatten(target->arena, "cover", type, &record));
	expect_ok(pl_target_add_record(target, record));
}

/* struct cover { char before[AT]; char after[SIZE - AT]; } */
static void add_halves(struct pl_target *target, uint64_t at, uint64_t size)
{
	const struct pl_type before = ARRAY(at, &byte), after = ARRAY(size - at, &byte);
	struct pl_type_member members[] = {MEMBER("before", &before, 0),
					   MEMBER("after", &after, BYTES(at))};
	const struct pl_type cover = RECORD(PL_TYPE_STRUCT, "cover", BYTES(size), members);

	add_cover(target, &cover);
}

static void map(struct pl_target *target, size_t pages)
{
	const struct pl_wanted_overlay wanted = {"cover", pages};

	expect_ok(pl_map_target(target, "page", &wanted, 1));
}

/* WANTED in bytes; frees TARGET. */
static void expect_rows(struct pl_target *target, const struct pl_row *wanted, size_t count)
{
	struct pl_row *rows;
	size_t n_rows;

	expect_ok(pl_host_rows(target, target->arena, &rows, &n_rows));
	assert_int_equal(n_rows, count);
	for (size_t i = 0; i < count; i++) {
		assert_int_equal(rows[i].offset, BYTES(wanted[i].offset));
		assert_int_equal(rows[i].size, BYTES(wanted[i].size));
	}
	pl_target_free(target);
}

/* A row ends where a word does or a host field begins, unless another field lies across. */
static void rows_end_where_no_field_is_cut(void **state)
{
	static const struct pl_row of_64[] = {{0, 8}, {8, 8}, {16, 8}, {24, 4}, {28, 4}};
	static const struct pl_row of_32[] = {{0, 4},  {4, 4},	{8, 4},	 {12, 4},
					      {16, 4}, {20, 4}, {24, 4}, {28, 4}};
	struct pl_target *narrow = sample_target("first");

	(void)state;
	narrow->bits = 32;
	expect_rows(sample_target("first"), of_64, COUNT(of_64));
	expect_rows(narrow, of_32, COUNT(of_32));
}

static void sixteen_words_without_an_edge_are_one_row(void **state)
{
	static const struct pl_row fifteen[] = {
		{0, 8},	 {8, 8},  {16, 8}, {24, 8}, {32, 8}, {40, 8},  {48, 8},	 {56, 8},
		{64, 8}, {72, 8}, {80, 8}, {88, 8}, {96, 8}, {104, 8}, {112, 8}, {120, 8}};
	static const struct pl_row sixteen[] = {{0, 8}, {8, 128}};
	static const struct pl_row and_a_part[] = {{0, 8}, {8, 128}, {136, 4}};
	struct pl_target *first = page_of(8 + 15 * 8), *second = page_of(8 + 16 * 8),
			 *third = page_of(8 + 16 * 8 + 4);

	(void)state;
	add_halves(first, 4, 8);
	add_halves(second, 4, 8);
	add_halves(third, 4, 8);
	map(first, 1);
	map(second, 1);
	map(third, 1);
	expect_rows(first, fifteen, COUNT(fifteen));
	expect_rows(second, sixteen, COUNT(sixteen));
	expect_rows(third, and_a_part, COUNT(and_a_part));
}

/* What an overlay has within the stretch is shown in rows of words, as everything else. */
static void edges_of_overlays_end_a_stretch(void **state)
{
	static const struct pl_row wanted[] = {{0, 8}, {8, 192}, {200, 8}, {208, 816}};
	struct pl_target *target = page_of(1024);

	(void)state;
	add_halves(target, 204, 1024);
	map(target, 1);
	expect_rows(target, wanted, COUNT(wanted));
}

/* Rows are the same on each page: what begins on the second ends a stretch of all. */
static void edges_on_later_pages_count(void **state)
{
	static const struct pl_row wanted[] = {{0, 8}, {8, 192}, {200, 8}, {208, 816}};
	struct pl_target *target = page_of(1024);

	(void)state;
	add_halves(target, 1024 + 204, 2048);
	map(target, 2);
	assert_int_equal(target->overlays[0].pages, 2);
	expect_rows(target, wanted, COUNT(wanted));
}

/* union { struct { long a; } (of 512 bytes); char b[256]; }: without b, 8 to 511 are unused. */
static void ends_of_unused_stretches_count(void **state)
{
	static const struct pl_row wanted[] = {{0, 8}, {8, 248}, {256, 256}, {512, 512}};
	const struct pl_type b = ARRAY(256, &byte);
	struct pl_type_member inner[] = {MEMBER("a", &word, 0)};
	const struct pl_type within = RECORD(PL_TYPE_STRUCT, NULL, BYTES(512), inner);
	struct pl_type_member members[] = {MEMBER(NULL, &within, 0), MEMBER("b", &b, 0)};
	const struct pl_type either = RECORD(PL_TYPE_UNION, NULL, BYTES(512), members);
	struct pl_type_member outer[] = {MEMBER(NULL, &either, 0)};
	const struct pl_type cover = RECORD(PL_TYPE_STRUCT, "cover", BYTES(1024), outer);
	struct pl_target *target = page_of(1024);

	(void)state;
	add_cover(target, &cover);
	map(target, 1);
	expect_rows(target, wanted, COUNT(wanted));
}

/* The column of offsets is as wide as that takes. */
static void texts_say_where_a_folded_row_ends(void **state)
{
	static const struct pl_text_options options = {.width = 100};
	struct pl_target *target = page_of(65536);
	struct pl_strbuf text = PL_STRBUF_INIT;

	(void)state;
	add_halves(target, 204, 65536);
	map(target, 1);
	expect_ok(pl_text_table(target, 0, &options, &text));
	assert_string_equal(text.text, "     byte  page   cover\n"
				       "        0  flags  +before\n"
				       "    8-199  room   ^before\n"
				       "      200  room   ^before:4\n"
				       "                  <after+4:4\n"
				       "208-65535  room   ^after\n");
	pl_strbuf_release(&text);
	pl_target_free(target);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rows_end_where_no_field_is_cut),
		cmocka_unit_test(sixteen_words_without_an_edge_are_one_row),
		cmocka_unit_test(edges_of_overlays_end_a_stretch),
		cmocka_unit_test(edges_on_later_pages_count),
		cmocka_unit_test(ends_of_unused_stretches_count),
		cmocka_unit_test(texts_say_where_a_folded_row_ends),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
