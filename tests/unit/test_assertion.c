/* SPDX-License-Identifier: MIT */
/* Assertions as libclang shows them, in every form kernels write, and in text where it shows
 * nothing. */
#include "testing.h"

#include "clang_fixture.h"
#include "read/headers/assertion.h"
#include "read/headers/assertion_text.h"
#include "read/headers/unit_read.h"

#define RECORDS                                                                                    \
	"#define offsetof(t, m) __builtin_offsetof(t, m)\n"                                        \
	"#define static_assert(e) _Static_assert(e, #e)\n"                                         \
	"struct list { struct list *next, *prev; };\n"                                             \
	"struct page { long flags; union { struct { struct list lru; int order[3]; };"             \
	" unsigned long head; }; int refs; };\n"                                                   \
	"struct slab { long s_flags; void *cache; union { struct { void *a, *b; } pair; long c; "  \
	"}; };\n"                                                                                  \
	"struct folio { struct page page; struct { long f1; long h1; }; };\n"                      \
	"typedef struct { long x[2]; } wide_t;"                                                    \
	" struct even { char x[16]; } __attribute__((aligned(16)));"                               \
	" typedef struct page page_t; typedef struct slab slab_t;\n"

static const char *const flags[] = {"--target=x86_64-linux-gnu", "-std=gnu11", "-nostdinc", "-w"};

/* The first assertion of TEXT about the host page, as a pin. */
static struct pl_pin pin_of(const char *text)
{
	PL_CLEANUP(pl_unit_release) struct pl_unit unit = {0};
	struct pl_unit_contents contents = {0};
	struct pl_pin pin = {0};
	const char *all = pl_arena_printf(arena, RECORDS "%s\n", text);

	expect_ok(
		pl_unit_parse(library, arena, &roots, flags, COUNT(flags), "probe.c", all, &unit));
	expect_ok(pl_unit_read(&unit, &contents));
	assert_true(contents.assertions.count > 0);
	expect_ok(pl_assertion_pin(&unit, &contents.assertions.list[0], "page", &pin));
	return pin;
}

struct expectation {
	const char *text;
	enum pl_pin_kind kind;
	const char *overlay, *member, *host_field;
	size_t page;
	const char *expression;
	int64_t left, right;
	bool holds;
};

static const struct expectation expectations[] = {
	{"static_assert(offsetof(struct page, head) == offsetof(struct slab, cache));",
	 PL_PIN_OFFSET, "slab", "cache", "head", 0, "offsetof(page, head) == offsetof(slab, cache)",
	 8, 8, true},
	/* through a macro, the other way round, with parentheses and casts */
	{"#define MATCH(a, b) static_assert((int)(offsetof(struct slab, a)) == (offsetof(struct "
	 "page, b)))\n"
	 "MATCH(cache, lru.next);",
	 PL_PIN_OFFSET, "slab", "cache", "lru.next", 0,
	 "offsetof(slab, cache) == offsetof(page, lru.next)", 8, 8, true},
	{"static_assert(offsetof(struct folio, h1) == offsetof(struct page, head) + sizeof(struct "
	 "page));",
	 PL_PIN_OFFSET, "folio", "h1", "head", 1,
	 "offsetof(folio, h1) == offsetof(page, head) + sizeof(page)", 56, 56, true},
	{"static_assert(offsetof(struct folio, f1) == 2 * sizeof(struct page) + offsetof(struct "
	 "page, flags));",
	 PL_PIN_OFFSET, "folio", "f1", "flags", 2,
	 "offsetof(folio, f1) == offsetof(page, flags) + 2 * sizeof(page)", 48, 96, false},
	{"static_assert(offsetof(struct page, order[2]) == offsetof(struct slab, pair.b));",
	 PL_PIN_OFFSET, "slab", "pair.b", "order[2]", 0,
	 "offsetof(page, order[2]) == offsetof(slab, pair.b)", 32, 24, false},
	/* by other names */
	{"static_assert(offsetof(page_t, head) == offsetof(slab_t, cache));", PL_PIN_OFFSET, "slab",
	 "cache", "head", 0, "offsetof(page, head) == offsetof(slab, cache)", 8, 8, true},
	{"static_assert(sizeof(slab_t) <= sizeof(page_t));", PL_PIN_SIZE, "slab", NULL, NULL, 0,
	 "sizeof(slab) <= sizeof(page)", 32, 48, true},
	{"static_assert(sizeof(wide_t) <= sizeof(page_t));", PL_PIN_SIZE, "wide_t", NULL, NULL, 0,
	 "sizeof(wide_t) <= sizeof(page)", 16, 48, true},
	{"static_assert(sizeof(struct slab) <= sizeof(struct page));", PL_PIN_SIZE, "slab", NULL,
	 NULL, 0, "sizeof(slab) <= sizeof(page)", 32, 48, true},
	{"static_assert(offsetof(struct page, refs) >= sizeof(struct slab));", PL_PIN_SIZE, "slab",
	 NULL, "refs", 0, "offsetof(page, refs) >= sizeof(slab)", 40, 32, true},
	{"static_assert(sizeof(struct page) == 64);", PL_PIN_SIZE, NULL, NULL, NULL, 0,
	 "sizeof(page) == 64", 48, 64, false},
	{"static_assert((offsetof(struct slab, pair) & (sizeof(wide_t) - 1)) == 0);",
	 PL_PIN_ALIGNMENT, "slab", "pair", NULL, 0, "offsetof(slab, pair) % 16 == 0", 16, 16, true},
	{"static_assert(offsetof(struct page, order) % 16 == 0);", PL_PIN_ALIGNMENT, NULL, NULL,
	 "order", 0, "offsetof(page, order) % 16 == 0", 24, 16, false},
	{"static_assert(_Alignof(struct slab) >= sizeof(long));", PL_PIN_ALIGNMENT, "slab", NULL,
	 NULL, 0, "alignof(slab) >= 8", 8, 8, true},
	/* its size is the same */
	{"static_assert(_Alignof(struct even) <= sizeof(struct page));", PL_PIN_ALIGNMENT, "even",
	 NULL, NULL, 0, "alignof(even) <= sizeof(page)", 16, 48, true},
	{"static_assert(__alignof__(struct even) == sizeof(const struct even));", PL_PIN_ALIGNMENT,
	 "even", NULL, NULL, 0, "alignof(even) == sizeof(even)", 16, 16, true},
};

static void assert_text(const char *is, const char *wanted)
{
	assert_int_equal(!is, !wanted);
	if (is)
		assert_string_equal(is, wanted);
}

static void each_form_becomes_a_pin(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(expectations); i++) {
		const struct expectation *wanted = &expectations[i];
		struct pl_pin pin = pin_of(wanted->text);

		print_message("%s\n", wanted->expression);
		assert_string_equal(pin.expression, wanted->expression);
		assert_int_equal(pin.kind, wanted->kind);
		assert_text(pin.overlay, wanted->overlay);
		assert_text(pin.member, wanted->member);
		assert_text(pin.host_field, wanted->host_field);
		assert_int_equal(pin.page, wanted->page);
		assert_true(pin.known);
		assert_int_equal(pin.left, wanted->left);
		assert_int_equal(pin.right, wanted->right);
		assert_int_equal(pin.holds, wanted->holds);
		assert_string_equal(pin.place.file, "probe.c");
	}
}

static void joined_conditions_are_several(void **state)
{
	PL_CLEANUP(pl_unit_release) struct pl_unit unit = {0};
	struct pl_unit_contents contents = {0};
	const char *text =
		RECORDS "static_assert(sizeof(struct slab) > 4 && sizeof(struct page) > 400);\n"
			"static_assert(sizeof(int) == 4);\n";

	(void)state;
	expect_ok(
		pl_unit_parse(library, arena, &roots, flags, COUNT(flags), "probe.c", text, &unit));
	expect_ok(pl_unit_read(&unit, &contents));
	assert_int_equal(contents.assertions.count, 2);
	assert_true(contents.assertions.list[0].holds);
	assert_false(contents.assertions.list[1].holds);
	assert_int_equal(unit.n_failures, 1);
}

/* The record that the first assertion of TEXT lays over struct page; "" when it lays none. */
static const char *overlay_by(const char *text, size_t *pages)
{
	PL_CLEANUP(pl_unit_release) struct pl_unit unit = {0};
	struct pl_unit_contents contents = {0};
	const char *all = pl_arena_printf(arena, RECORDS "static_assert(%s);\n", text);
	const struct pl_term *term;

	expect_ok(
		pl_unit_parse(library, arena, &roots, flags, COUNT(flags), "probe.c", all, &unit));
	expect_ok(pl_unit_read(&unit, &contents));
	assert_int_equal(contents.assertions.count, 1);
	term = pl_assertion_overlay(&contents.assertions.list[0], "page");
	*pages = pl_assertion_pages(&contents.assertions.list[0], "page");
	return term ? term->record : "";
}

/* Whether they hold is another question. */
static void some_assertions_lay_a_record_over_the_host(void **state)
{
	static const char *const texts[][2] = {
		{"offsetof(struct page, head) == offsetof(struct slab, cache)", "slab"},
		{"offsetof(struct slab, cache) == offsetof(struct page, head)", "slab"},
		{"offsetof(struct folio, h1) == offsetof(struct page, head) + sizeof(struct page)",
		 "folio"},
		{"sizeof(struct slab) <= sizeof(struct page)", "slab"},
		{"sizeof(struct slab) < sizeof(struct page)", "slab"},
		{"sizeof(struct page) >= sizeof(struct slab)", "slab"},
		{"sizeof(struct page) > sizeof(struct slab)", "slab"},
		{"sizeof(struct slab) == sizeof(struct page)", "slab"},
		{"sizeof(struct page) == sizeof(struct slab)", "slab"},
		{"sizeof(struct slab) <= offsetof(struct page, refs)", "slab"},
		{"offsetof(struct page, refs) >= sizeof(struct slab)", "slab"},
		{"offsetof(struct page, refs) == sizeof(struct slab)", "slab"},
		/* The other way round it says that the host is no larger, not whose bytes it has.
		 */
		{"sizeof(struct page) <= sizeof(struct folio)", ""},
		{"sizeof(struct folio) >= sizeof(struct page)", ""},
		{"sizeof(struct folio) != sizeof(struct page)", ""},
		{"offsetof(struct page, head) <= offsetof(struct slab, cache)", ""},
		{"offsetof(struct slab, cache) == offsetof(struct list, prev)", ""},
		{"sizeof(struct slab) == sizeof(struct folio)", ""},
		{"sizeof(struct page) == 48", ""},
		{"sizeof(slab_t) <= sizeof(page_t)", "slab"},
		{"_Alignof(struct even) <= sizeof(struct page)", ""},
		{"offsetof(struct slab, cache) == offsetof(struct page, head) - 8 + sizeof(struct "
		 "page *)",
		 ""},
	};

	size_t pages;

	(void)state;
	for (size_t i = 0; i < COUNT(texts); i++)
		assert_string_equal(overlay_by(texts[i][0], &pages), texts[i][1]);
}

static void some_let_it_lie_over_several_hosts(void **state)
{
	static const struct {
		const char *text;
		size_t pages;
	} cases[] = {
		{"sizeof(struct folio) <= sizeof(struct page)", 1},
		{"sizeof(struct folio) <= 2 * sizeof(struct page)", 2},
		{"sizeof(struct page) * 2UL * 2 > sizeof(struct folio)", 4},
		{"sizeof(struct folio) <= offsetof(struct page, refs)", 1},
		{"sizeof(struct folio) <= offsetof(struct page, refs) + 2 * sizeof(struct page)",
		 3},
		{"offsetof(struct folio, f1) == offsetof(struct page, flags) + sizeof(struct page)",
		 2},
		{"sizeof(struct folio) <= 65 * sizeof(struct page)", 64},
		{"sizeof(struct folio) > 0 * sizeof(struct page)", 1},
	};
	size_t pages;

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		print_message("%s\n", cases[i].text);
		overlay_by(cases[i].text, &pages);
		assert_int_equal(pages, cases[i].pages);
	}
	assert_string_equal(overlay_by("offsetof(struct folio, f1) == offsetof(struct page, flags)"
				       " + 3UL * (0x5555555555555555UL * sizeof(struct page))",
				       &pages),
			    "");
	assert_string_equal(overlay_by("offsetof(struct folio, f1) == offsetof(struct page, flags)"
				       " + 6UL * (0x5555555555555555UL * sizeof(struct page))",
				       &pages),
			    "");
}

static void what_is_no_comparison_is_kept_as_text(void **state)
{
	struct pl_pin pin = pin_of("static_assert(!(sizeof(struct slab) > sizeof(struct page)));");

	(void)state;
	assert_int_equal(pin.kind, PL_PIN_OTHER);
	assert_string_equal(pin.overlay, "slab");
	assert_string_equal(pin.expression, "!(sizeof(struct slab) > sizeof(struct page))");
	assert_true(pin.holds);
	assert_false(pin.known);
	pin = pin_of("static_assert(offsetof(struct slab, pair) - 16 == 0);"); /* no remainder */
	assert_int_equal(pin.kind, PL_PIN_OTHER);
	assert_string_equal(pin.expression, "__builtin_offsetof(struct slab, pair) - 16 == 0");
	pin = pin_of("static_assert((offsetof(struct slab, pair) & 4) == 0);"); /* nor is this */
	assert_int_equal(pin.kind, PL_PIN_OTHER);
	assert_string_equal(pin.expression, "(__builtin_offsetof(struct slab, pair) & 4) == 0");
}

static void a_question_about_types_is_no_offset(void **state)
{
	struct pl_pin pin = pin_of("static_assert(__builtin_types_compatible_p(struct slab, "
				   "struct page) == 0);");

	(void)state;
	assert_int_equal(pin.kind, PL_PIN_OTHER);
	assert_string_equal(pin.expression,
			    "__builtin_types_compatible_p(struct slab, struct page) == 0");
	assert_true(pin.holds);
}

static void large_numbers_are_not_negative(void **state)
{
	struct pl_pin pin = pin_of("static_assert(sizeof(struct slab) < 0xffffffffffffffffUL);");

	(void)state;
	assert_int_equal(pin.kind, PL_PIN_SIZE);
	assert_string_equal(pin.expression, "sizeof(slab) < 0xffffffffffffffff");
	assert_true(pin.holds);
	assert_false(pin.known);
	pin = pin_of("static_assert(offsetof(struct slab, pair) % (1UL << 63) == 0);");
	assert_string_equal(pin.expression, "offsetof(slab, pair) % 0x8000000000000000 == 0");
	assert_false(pin.known);
	pin = pin_of("static_assert((int)sizeof(struct slab) > -1);");
	assert_int_equal(pin.right, -1);
	assert_true(pin.known);
}

/* Each names a record, and is about a pointer to it, or several of it. */
static void other_sizes_are_kept_as_text(void **state)
{
	static const char *const texts[] = {
		"sizeof(struct slab *) == 8",
		"sizeof(struct even *) <= sizeof(struct page)",
		"sizeof(struct slab (*)(void)) == 8",
		"sizeof(struct slab[1]) == 32",
		"(char)sizeof(struct slab[9]) == 32",
		("__builtin_offsetof(struct page, flags) + sizeof(struct page *) == "
		 "__builtin_offsetof(struct slab, cache)"),
		"sizeof(struct slab) == 32 + 0 * sizeof(char[sizeof(struct slab)])",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(texts); i++) {
		struct pl_pin pin = pin_of(pl_arena_printf(arena, "static_assert(%s);", texts[i]));

		print_message("%s\n", texts[i]);
		assert_int_equal(pin.kind, PL_PIN_OTHER);
		assert_non_null(strstr(pin.expression, "sizeof("));
		assert_false(pin.known);
	}
}

static const struct pl_clang *talkative;

static CXString spell_like_16(CXCursor cursor)
{
	if (talkative->clang_getCursorKind(cursor) == CXCursor_BinaryOperator)
		return (CXString){NULL, 0};
	return talkative->clang_getCursorSpelling(cursor);
}

static void operators_need_not_be_told_by_libclang(void **state)
{
	struct pl_clang silent = *library;

	talkative = library;
	silent.clang_getCursorSpelling = spell_like_16;
	library = &silent;
	each_form_becomes_a_pin(state);
	joined_conditions_are_several(state);
	what_is_no_comparison_is_kept_as_text(state);
	library = talkative;
}

static void a_vanished_member_is_a_failure_of_its_assertion(void **state)
{
	PL_CLEANUP(pl_unit_release) struct pl_unit unit = {0};
	const char *text =
		RECORDS "/* about nothing */\n"
			"#define M(a) static_assert(offsetof(struct page, a) == 0)\nM(gone);\n";

	(void)state;
	expect_ok(
		pl_unit_parse(library, arena, &roots, flags, COUNT(flags), "probe.c", text, &unit));
	assert_int_equal(unit.n_failures, 1);
	assert_non_null(strstr(unit.failures[0].message, "no member named 'gone'"));
	assert_int_equal(unit.failures[0].place.line, 10);
}

static void any_other_error_refuses_the_unit(void **state)
{
	PL_CLEANUP(pl_unit_release) struct pl_unit unit = {0};

	(void)state;
	expect_unreadable(pl_unit_parse(library, arena, &roots, flags, COUNT(flags), "probe.c",
					"struct page { no_such_type x; };\nint a b;\n", &unit),
			  "probe.c:1: unknown type name 'no_such_type' (the first of 2 errors)");
}

static void function_bodies_are_not_looked_into(void **state)
{
	PL_CLEANUP(pl_unit_release) struct pl_unit unit = {0};

	(void)state;
	expect_ok(pl_unit_parse(library, arena, &roots, flags, COUNT(flags), "probe.c",
				"static inline int f(void) { return no_such_thing; }\n", &unit));
}

/* Of each text, whether the place marked by @ is in an assertion. */
static void text_tells_assertions(void **state)
{
	static const struct {
		const char *text;
		bool is;
	} cases[] = {
		{"static_assert(@x);", true},
		{"int a;\n_Static_assert(1 ==\n\t@2, \"\");", true},
		{"#define M(x) static_assert(x)\n@M(1);", true},
		{"#define M(x) \\\n\tstatic_assert(x)\nint a;\n/* why */\nM(@1);", true},
		{"#define M(x) foo(x)\n@M(1);", false},
		{"#define MM(x) static_assert(x)\n#define M(x) x\n@M(1);", false},
		{"int a = @b;", false},
		{"static_assert(1);\nint @x;", false},
		{"int a; // static_assert(\nstatic_assert(@y);", true},
		{"@", false},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		size_t at = strcspn(cases[i].text, "@");
		char *text = pl_arena_printf(arena, "%.*s%s", (int)at, cases[i].text,
					     cases[i].text + at + 1);

		print_message("%s\n", text);
		assert_int_equal(pl_text_is_assertion(bytes_of_text(text), at), cases[i].is);
	}
	assert_false(pl_text_is_assertion(bytes_of_text("x"), 7));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_form_becomes_a_pin),
		cmocka_unit_test(joined_conditions_are_several),
		cmocka_unit_test(some_assertions_lay_a_record_over_the_host),
		cmocka_unit_test(some_let_it_lie_over_several_hosts),
		cmocka_unit_test(what_is_no_comparison_is_kept_as_text),
		cmocka_unit_test(a_question_about_types_is_no_offset),
		cmocka_unit_test(large_numbers_are_not_negative),
		cmocka_unit_test(other_sizes_are_kept_as_text),
		cmocka_unit_test(operators_need_not_be_told_by_libclang),
		cmocka_unit_test(a_vanished_member_is_a_failure_of_its_assertion),
		cmocka_unit_test(any_other_error_refuses_the_unit),
		cmocka_unit_test(function_bodies_are_not_looked_into),
		cmocka_unit_test(text_tells_assertions),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
