/* SPDX-License-Identifier: MIT */
/* What is remembered from unit to unit: of functions in headers, of what functions return, of what
 * is missing. */
#include "arena_fixture.h"
#include "read/usage/callees.h"
#include "read/usage/headers_seen.h"
#include "read/usage/missing.h"
#include "testing.h"

static const char text[] = "static int f(void)\n{\n\tint x;\n\n\treturn 1;\n}\n"
			   "int g(void)\n{\n#if A\n\treturn 1;\n#endif\n}\n";

static struct pl_code_file header_file(void)
{
	return (struct pl_code_file){.path = "/h.h", .name = "h.h", .text = bytes_of_text(text)};
}

static size_t offset_of(const char *word)
{
	return (size_t)(strstr(text, word) - text);
}

static bool blank(struct pl_seen_headers *headers, const char *from, const char *to)
{
	const struct pl_code_file file = header_file();
	struct pl_seen_header *header;
	bool done;

	expect_ok(pl_seen_header(headers, &file, &header));
	expect_ok(pl_seen_blank(headers, header, &file, offset_of(from), offset_of(to) + 1, &done));
	return done;
}

static void a_body_is_blanked_in_place(void **state)
{
	struct pl_seen_headers headers = {.arena = arena, .by_path = {.arena = arena}};

	(void)state;
	assert_true(blank(&headers, "{\n\tint", "}\nint g"));
	assert_int_equal(headers.n_list, 1);
	assert_string_equal(headers.list[0].Filename, "/h.h");
	assert_int_equal(headers.list[0].Length, strlen(text));
	assert_memory_equal(headers.list[0].Contents,
			    "static int f(void)\n{\n       \n\n          \n}\nint g", 46);
	/* A second time there is nothing new, and no second text. */
	assert_true(blank(&headers, "{\n\tint", "}\nint g"));
	assert_int_equal(headers.n_list, 1);
}

static void what_is_no_plain_body_is_left_alone(void **state)
{
	struct pl_seen_headers headers = {.arena = arena, .by_path = {.arena = arena}};

	(void)state;
	/* With a directive in it; not from brace to brace; the wrong way round. */
	assert_false(blank(&headers, "{\n#if", "}\n\0"));
	assert_false(blank(&headers, "static", "}\nint g"));
	assert_false(blank(&headers, "{\n\tint", ";\n\n"));
	assert_false(blank(&headers, "}\nint g", "{\n\tint"));
	assert_int_equal(headers.n_list, 0);
}

static void functions_are_found_by_name_and_place(void **state)
{
	struct pl_seen_headers headers = {.arena = arena, .by_path = {.arena = arena}};
	const struct pl_code_file file = header_file();
	char name[] = "f", bytes[] = "bytes";
	const struct pl_seen_function function = {
		.name = name, .offset = 11, .bytes = {(const unsigned char *)bytes, 5}};
	struct pl_seen_header *header, *again;

	(void)state;
	expect_ok(pl_seen_header(&headers, &file, &header));
	assert_null(pl_seen_function(header, "f", 11));
	expect_ok(pl_seen_add(&headers, header, &function));
	/* It is a copy. */
	name[0] = bytes[0] = 'x';
	expect_ok(pl_seen_header(&headers, &file, &again));
	assert_ptr_equal(header, again);
	assert_non_null(pl_seen_function(header, "f", 11));
	assert_memory_equal(pl_seen_function(header, "f", 11)->bytes.data, "bytes", 5);
	assert_null(pl_seen_function(header, "f", 12));
	assert_null(pl_seen_function(header, "g", 11));
}

static size_t count_returned(struct pl_callees *callees, const char *name)
{
	struct pl_callee *callee;
	size_t count = 0;

	expect_ok(pl_callees_find(callees, name, &callee));
	for (const struct pl_returned *its = callee->returned; its; its = its->next)
		count++;
	return count;
}

static void returns(struct pl_callees *callees, const char *name, const char *field, bool of_header)
{
	struct pl_callee *callee;

	expect_ok(pl_callees_find(callees, name, &callee));
	expect_ok(pl_callees_returns(callees, callee, "page", field, of_header));
}

/* Another unit may have functions of the same names, which do something else. */
static void what_a_unit_says_of_functions_goes_with_it(void **state)
{
	static const struct pl_usage_rules rules = {0};
	struct pl_callees callees = {.arena = arena, .rules = &rules, .by_name = {.arena = arena}};

	(void)state;
	returns(&callees, "own", "flags", false);
	returns(&callees, "shared", "flags", true);
	returns(&callees, "shared", "flags", true);
	returns(&callees, "both", "flags", true);
	returns(&callees, "both", "index", false);
	returns(&callees, "either", "flags", false);
	returns(&callees, "either", "index", true);
	assert_int_equal(count_returned(&callees, "own"), 1);
	assert_int_equal(count_returned(&callees, "shared"), 1);
	assert_int_equal(count_returned(&callees, "both"), 2);
	pl_callees_next_unit(&callees);
	assert_int_equal(count_returned(&callees, "own"), 0);
	assert_int_equal(count_returned(&callees, "shared"), 1);
	assert_int_equal(count_returned(&callees, "both"), 1);
	assert_int_equal(count_returned(&callees, "either"), 1);
	assert_int_equal(callees.n_shared, 3);
}

static void expect_missing(const char *message, const char *wanted)
{
	struct pl_missing missing;

	expect_ok(pl_missing_of_message(arena, message, "/s/mm/a.c", &missing));
	if (!wanted) {
		assert_null(missing.name);
		return;
	}
	assert_string_equal(missing.name, wanted);
	if (strstr(message, "<angled>"))
		assert_null(missing.from);
	else
		assert_string_equal(missing.from, "/s/mm/a.c");
}

static void the_compiler_says_what_is_missing(void **state)
{
	(void)state;
	expect_missing("'flask.h' file not found", "flask.h");
	expect_missing("'it's.h' file not found", "it's.h");
	expect_missing("use of undeclared identifier 'flask'", NULL);
	expect_missing("'a.h' file not found with <angled> include; use \"quotes\" instead", "a.h");
	expect_missing("'a.h' file not found, did you mean 'b.h'?", "a.h");
	expect_missing("'a.h' file not founded", NULL);
	expect_missing("' file not found", NULL);
	expect_missing("", NULL);
}

static void expect_places(struct pl_missing missing, const char *wanted)
{
	const char *flags[] = {"-I",	   "/b/include", "-DX",	    "-isystem", "/s/sys",
			       "-include", "/s/k.h",	 "-iquote", "/s/q",	"-I"};
	const struct pl_words words = {flags, COUNT(flags), COUNT(flags)};
	PL_CLEANUP(pl_strbuf_release) struct pl_strbuf all = PL_STRBUF_INIT;
	struct pl_words places = {0};

	expect_ok(pl_missing_places(arena, &missing, &words, &places));
	for (size_t i = 0; i < places.n; i++)
		pl_strbuf_printf(&all, "%s ", places.items[i]);
	assert_string_equal(all.text, wanted);
}

static void a_header_is_looked_for_in_all_places(void **state)
{
	(void)state;
	expect_places((struct pl_missing){"x/h.h", "/s/mm/a.c"},
		      "/s/mm/x/h.h /b/include/x/h.h /s/sys/x/h.h /s/q/x/h.h ");
	expect_places((struct pl_missing){"../h.h", NULL}, "/b/h.h /s/h.h /s/h.h ");
	expect_places((struct pl_missing){"/s/mm/a.c", NULL}, "/s/mm/a.c ");
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_body_is_blanked_in_place),
		TEST(what_is_no_plain_body_is_left_alone),
		TEST(functions_are_found_by_name_and_place),
		TEST(what_a_unit_says_of_functions_goes_with_it),
		TEST(the_compiler_says_what_is_missing),
		TEST(a_header_is_looked_for_in_all_places),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
