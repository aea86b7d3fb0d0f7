/* SPDX-License-Identifier: MIT */
/* What lies on a row, alternative by alternative, and the numbers of bits. */
#include "testing.h"

#include "report/lanes.h"
#include "report/layout_words.h"
#include "report/shown.h"
#include "sample.h"

static struct pl_target *target;
static const struct pl_record *host;

static int set_up(void **state)
{
	(void)state;
	target = sample_target("first");
	host = pl_target_record(target, "page");
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	pl_target_free(target);
	return 0;
}

static void add_lanes(struct pl_strbuf *out, const struct pl_lanes *lanes)
{
	for (size_t i = 0; i < lanes->count; i++) {
		pl_strbuf_add(out, i ? " |" : "");
		for (size_t j = 0; j < lanes->list[i].count; j++) {
			const struct pl_piece *piece = &lanes->list[i].pieces[j];

			pl_strbuf_printf(out, " %c%s ", pl_mark_character(piece->mark),
					 piece->name ? piece->name : "");
			pl_add_numbers(out, &piece->range);
		}
	}
}

/* What overlay NUMBER has on the SIZE bits from OFFSET on of PAGE. */
static void expect(size_t number, size_t page, uint64_t offset, uint64_t size, const char *wanted)
{
	const struct pl_row row = {offset, size};
	struct pl_strbuf text = PL_STRBUF_INIT;
	struct pl_lanes lanes = {0};

	expect_ok(pl_overlay_lanes(&target->overlays[number], host, page, &row, target->arena,
				   &lanes));
	add_lanes(&text, &lanes);
	assert_string_equal(text.text, wanted);
	pl_strbuf_release(&text);
}

static void alternatives_are_side_by_side(void **state)
{
	(void)state;
	expect(2, 0, 0, 64, " ~pt_flags 0-7 | <half 0-3 - 4-7");
}

static void members_of_one_alternative_follow_each_other(void **state)
{
	(void)state;
	expect(1, 0, 128, 64, " <lock 16-19 ._pad 20-23");
}

static void what_begins_above_goes_on(void **state)
{
	(void)state;
	expect(0, 0, 192, 32, " +refs 24-27");
	expect(0, 0, 224, 32, " ^refs 28-31");
}

static void pages_have_their_own(void **state)
{
	(void)state;
	expect(0, 1, 0, 64, " ._pad_2 0-7");
	expect(0, 1, 64, 64, " - 8-15");
	expect(0, 1, 128, 64, " ~second 16-23");
}

static void the_host_has_lanes_too(void **state)
{
	const struct pl_row row = {64, 64};
	struct pl_strbuf text = PL_STRBUF_INIT;
	struct pl_lanes lanes = {0};

	(void)state;
	expect_ok(pl_host_lanes(host, 0, &row, target->arena, &lanes));
	assert_int_equal(lanes.count, 2);
	assert_string_equal(lanes.list[0].pieces[0].name, "lru.next");
	assert_int_equal(lanes.list[1].count, 2);
	pl_strbuf_release(&text);
}

static void expect_numbers(uint64_t offset, uint64_t size, const char *wanted)
{
	const struct pl_bit_range range = {0, offset, size};
	struct pl_strbuf text = PL_STRBUF_INIT;

	pl_add_numbers(&text, &range);
	assert_string_equal(text.text, wanted);
	pl_strbuf_release(&text);
}

static void numbers_are_bytes_where_they_can_be(void **state)
{
	(void)state;
	expect_numbers(64, 64, "8-15");
	expect_numbers(64, 8, "8");
	expect_numbers(64, 5, "8.0-8.4");
	expect_numbers(336, 15, "42.0-43.6");
	expect_numbers(351, 1, "43.7");
}

static void a_lock_is_shown_as_one(void **state)
{
	struct pl_shown *shown;
	size_t count;

	(void)state;
	expect_ok(
		pl_overlay_shown(&target->overlays[1], host->size, target->arena, &shown, &count));
	assert_string_equal(shown[2].item.name, "lock");
	assert_int_equal(shown[2].range.offset, 128);
	assert_int_equal(shown[2].range.size, 32);
	assert_true(shown[2].in_use);
	assert_string_equal(shown[3].item.name, "_pad");
	assert_false(shown[3].in_use);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(alternatives_are_side_by_side),
		cmocka_unit_test(members_of_one_alternative_follow_each_other),
		cmocka_unit_test(what_begins_above_goes_on),
		cmocka_unit_test(pages_have_their_own),
		cmocka_unit_test(the_host_has_lanes_too),
		cmocka_unit_test(numbers_are_bytes_where_they_can_be),
		cmocka_unit_test(a_lock_is_shown_as_one),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
