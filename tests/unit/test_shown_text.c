/* SPDX-License-Identifier: MIT */
/* Text from outside as it is shown, and that all of a target and of an error is. */
#include "testing.h"

#include "model/target.h"
#include "support/text.h"

static void expect_shown(const char *text, const char *wanted)
{
	PL_CLEANUP(pl_arena_cleanup) struct pl_arena *arena = pl_arena_new();
	PL_CLEANUP(pl_strbuf_release) struct pl_strbuf out = PL_STRBUF_INIT;

	assert_non_null(arena);
	pl_text_add(&out, text);
	assert_false(pl_strbuf_failed(&out));
	assert_string_equal(out.text, wanted);
	assert_string_equal(pl_text_copy(arena, text), wanted);
	assert_string_equal(pl_text_ncopy(arena, text, strlen(text)), wanted);
	assert_int_equal(pl_text_is_plain(text), !strcmp(text, wanted));
	assert_true(pl_text_is_plain(wanted));
}

static void what_can_be_shown_stays(void **state)
{
	(void)state;
	expect_shown("", "");
	expect_shown("struct list_head *", "struct list_head *");
	expect_shown("a\\x1b ~", "a\\x1b ~");
	expect_shown("\xc3\xa4\xe4\xb8\xad\xf0\x9f\x90\xa7",
		     "\xc3\xa4\xe4\xb8\xad\xf0\x9f\x90\xa7");
}

static void controls_are_written_out(void **state)
{
	(void)state;
	expect_shown("\033[31mred", "\\x1b[31mred");
	expect_shown("a\nb\rc\td\177", "a\\x0ab\\x0dc\\x09d\\x7f");
	expect_shown("\xc2\x9b"
		     "31m",
		     "\\u009b31m"); /* ESC [ in one character */
	expect_shown("\xc2\xa0", "\xc2\xa0");
}

static void what_is_not_seen_is_written_out(void **state)
{
	(void)state;
	expect_shown("a\xe2\x80\xae"
		     "b",
		     "a\\u202eb");
	expect_shown("\xe2\x81\xa6x\xe2\x81\xa9", "\\u2066x\\u2069");
	expect_shown("\xe2\x80\xa8", "\\u2028"); /* ends a line for some */
	expect_shown("\xef\xbb\xbf", "\\ufeff");
	expect_shown("\xf3\xa0\x80\x81", "\\U000e0001");
}

static void other_bytes_are_written_out(void **state)
{
	(void)state;
	expect_shown("\xe4"
		     "b",
		     "\\xe4b");
	expect_shown("\xc3", "\\xc3");
	expect_shown("\xe2\x80", "\\xe2\\x80");
	expect_shown("\xff\xfe", "\\xff\\xfe");
}

static void no_text_stays_none(void **state)
{
	PL_CLEANUP(pl_arena_cleanup) struct pl_arena *arena = pl_arena_new();

	(void)state;
	assert_null(pl_text_copy(arena, NULL));
	assert_string_equal(pl_text_ncopy(arena, "ab\n\n", 3), "ab\\x0a");
}

static void messages_can_be_shown(void **state)
{
	struct pl_error *error = pl_error_new(PL_ERROR_USAGE, "%s: no", "a\n\033b");

	(void)state;
	assert_string_equal(error->message, "a\\x0a\\x1bb: no");
	error = pl_error_prefix(error, "in %s", "\xe4");
	assert_string_equal(error->message, "in \\xe4: a\\x0a\\x1bb: no");
	assert_int_equal(error->kind, PL_ERROR_USAGE);
	pl_error_free(error);
}

static void what_is_put_into_a_target_can_be_shown(void **state)
{
	PL_CLEANUP(pl_target_cleanup) struct pl_target *target = pl_target_new();
	const struct pl_access access = {
		.record = "a\n", .field = "\033", .spot = {.place = {"b\r", 1}}};
	const struct pl_pin pin = {.overlay = "c\n", .expression = "d\n", .place = {"e\n", 2}};

	(void)state;
	expect_ok(pl_target_add_access(target, &access));
	expect_ok(pl_target_add_pin(target, &pin));
	assert_string_equal(target->usage->accesses[0].record, "a\\x0a");
	assert_string_equal(target->usage->accesses[0].field, "\\x1b");
	assert_string_equal(target->usage->accesses[0].spot.place.file, "b\\x0d");
	assert_string_equal(target->pins[0].overlay, "c\\x0a");
	assert_string_equal(target->pins[0].expression, "d\\x0a");
	assert_string_equal(target->pins[0].place.file, "e\\x0a");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_can_be_shown_stays),
		cmocka_unit_test(controls_are_written_out),
		cmocka_unit_test(what_is_not_seen_is_written_out),
		cmocka_unit_test(other_bytes_are_written_out),
		cmocka_unit_test(no_text_stays_none),
		cmocka_unit_test(messages_can_be_shown),
		cmocka_unit_test(what_is_put_into_a_target_can_be_shown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
