/* SPDX-License-Identifier: MIT */
/* What C files look like they could be about: never less than they are. */
#include "read/usage/text_facts.h"
#include "support/hash.h"
#include "testing.h"

static const char *const records[] = {"page", "slab"};

struct fixture {
	struct pl_arena *arena;
	struct pl_text_words words;
	struct pl_text_body *bodies;
	struct pl_text_facts facts;
};

static int set_up(void **state)
{
	static struct fixture fixture;
	struct pl_arena *arena = pl_arena_new();

	fixture = (struct fixture){.arena = arena};
	pl_text_words_begin(&fixture.words, arena);
	fixture.words.records = records;
	fixture.words.n_records = COUNT(records);
	expect_ok(pl_idmap_put(&fixture.words.whole, pl_hash_text("memset"), arena));
	expect_ok(pl_idmap_put(&fixture.words.fields, pl_hash_text("index"), arena));
	expect_ok(pl_idmap_put(&fixture.words.fields, pl_hash_text("lru"), arena));
	expect_ok(pl_idmap_put(&fixture.words.lists, pl_hash_text("lru"), arena));
	*state = &fixture;
	return 0;
}

static int tear_down(void **state)
{
	pl_arena_free(((struct fixture *)*state)->arena);
	return 0;
}

static const struct pl_text_facts *read_text(struct fixture *fixture, const char *text)
{
	expect_ok(pl_text_facts(&fixture->words, bytes_of_text(text), &fixture->bodies,
				&fixture->facts));
	return &fixture->facts;
}

static void expect_facts(struct fixture *fixture, const char *text, bool record, bool field)
{
	const struct pl_text_facts *facts = read_text(fixture, text);

	if (facts->record != record || facts->field != field)
		fail_msg("record %d, field %d: %s", facts->record, facts->field, text);
}

static void words_count_where_they_can_mean_something(void **state)
{
	struct fixture *fixture = *state;

	expect_facts(fixture, "x = my_pages->index;", true, true);
	expect_facts(fixture, "x = pg . index;", false, true);
	expect_facts(fixture, "int index = array[index];", false, false);
	expect_facts(fixture, "for_each(p, list, lru)", false, true);
	expect_facts(fixture, "/* page->index */ // page->index\nchar *s = \"page\\\"->index\";",
		     false, false);
	expect_facts(fixture, "#define FIELD index\n", false, true);
	expect_facts(fixture, "#define COUNT 3 + index\n", false, false);
	expect_facts(fixture, "char c = '\"'; page->index", true, true);
	expect_facts(fixture, "it's no C: page->index", true, true);
	expect_facts(fixture, "/* page", false, false);
	expect_facts(fixture, "#include \"page.h\"\n", false, false);
	expect_facts(fixture, "", false, false);
}

static void all_of_a_record_is_a_field(void **state)
{
	struct fixture *fixture = *state;

	expect_facts(fixture, "f(struct page *p) { *p = *q; }", true, true);
	expect_facts(fixture, "f(struct page *p) { memset(p, 0, 64); }", true, true);
	expect_facts(fixture, "f(struct page *p) { memset(at(p), 0, 64); }", true, false);
	expect_facts(fixture, "f(struct page **p) { *p = 0; }", true, false);
	expect_facts(fixture, "size = sizeof(*page) + sizeof(struct slab);", true, true);
	expect_facts(fixture, "f(void) { struct page copy; }", true, true);
	expect_facts(fixture, "x = (struct slab *)y;", true, true);
	expect_facts(fixture, "return (const struct slab *)y;", true, true);
	expect_facts(fixture, "#define to_slab(y) ((struct slab *)(y))\n", true, true);
	expect_facts(fixture, "void f(struct page *, struct slab *);", true, false);
	expect_facts(fixture, "struct page *f(struct page *page);", true, false);
}

static void includes_are_listed(void **state)
{
	struct fixture *fixture = *state;
	const struct pl_text_facts *facts =
		read_text(fixture, "#include <a/b.h>\n  #  include \"c.h\"\n#include MACRO\n"
				   "#include <open\n/* #include <d.h> */");

	assert_int_equal(facts->n_includes, 2);
	assert_string_equal(facts->includes[0].name, "a/b.h");
	assert_false(facts->includes[0].quoted);
	assert_string_equal(facts->includes[1].name, "c.h");
	assert_true(facts->includes[1].quoted);
}

static bool has_name(const struct pl_text_names *names, size_t count, const char *name)
{
	for (size_t i = 0; i < count; i++)
		if (names->list[i] == pl_hash_text(name))
			return true;
	return false;
}

static void what_is_defined_and_tested_is_listed(void **state)
{
	struct fixture *fixture = *state;
	const struct pl_text_facts *facts =
		read_text(fixture, "#define EARLY 1\n# undef GONE\n#include <a.h>\n#define LATE\n"
				   "#if defined(ONE) && \\\n\tTWO\nint three;\n#elif FOUR\n#endif\n"
				   "#ifdef FIVE /* SIX */\n#endif\n");

	assert_int_equal(facts->defines.n, 3);
	assert_int_equal(facts->n_early, 2);
	assert_true(has_name(&facts->defines, 2, "EARLY"));
	assert_true(has_name(&facts->defines, 2, "GONE"));
	assert_true(has_name(&facts->tests, facts->tests.n, "ONE"));
	assert_true(has_name(&facts->tests, facts->tests.n, "TWO"));
	assert_false(has_name(&facts->tests, facts->tests.n, "three"));
	assert_true(has_name(&facts->tests, facts->tests.n, "FOUR"));
	assert_true(has_name(&facts->tests, facts->tests.n, "FIVE"));
	assert_false(has_name(&facts->tests, facts->tests.n, "SIX"));
}

static void expect_guard(struct fixture *fixture, const char *text, bool guarded)
{
	if (read_text(fixture, text)->guarded != guarded)
		fail_msg("guarded %d: %s", !guarded, text);
}

static void what_counts_once_says_so_first(void **state)
{
	struct fixture *fixture = *state;

	expect_guard(fixture, "/* It is. */\n#ifndef A_H\n#define A_H\n#endif\n", true);
	expect_guard(fixture, "#if !defined(A_H) || defined(B)\n#endif\n", true);
	expect_guard(fixture, "#pragma once\n", true);
	expect_guard(fixture, "#undef A\n#define A a(1) + 2\n\n#ifndef A_H\n#endif\n", true);
	expect_guard(fixture, "#ifdef A_H\n#endif\n", false);
	expect_guard(fixture, "int x;\n#ifndef A_H\n#endif\n", false);
	expect_guard(fixture, "#include <a.h>\n#ifndef A_H\n#endif\n", false);
	expect_guard(fixture, "#if", false);
	expect_guard(fixture, "", false);
}

static void expect_mention(const char *text, bool mentions)
{
	struct pl_arena *arena = pl_arena_new();
	struct pl_idmap wanted = {.arena = arena}, found = {.arena = arena};

	expect_ok(pl_idmap_put(&wanted, pl_hash_text("NAME"), arena));
	expect_ok(pl_text_mentions(bytes_of_text(text), &wanted, &found));
	if (found.used != mentions)
		fail_msg("mentions %d: %s", !mentions, text);
	pl_arena_free(arena);
}

static void a_parameter_of_a_macro_is_no_macro(void **state)
{
	(void)state;
	expect_mention("\nx = NAME;", true);
	expect_mention("#define X NAME\n", true);
	expect_mention("#define X (NAME)\n", true);
	expect_mention("#define X(NAME) \\\n\tNAME\n", false);
	expect_mention("#define X(NAME) NAME\nint NAME;\n", true);
	expect_mention("#define X(OTHER) NAME\n", true);
	expect_mention("#define X(NAME", false);
	expect_mention("/* NAME */ NAMES \"NAME\"", false);
	expect_mention("#define", false);
}

/* Whether TEXT, read after what there is, reaches a field, and is about a record. */
static void expect_reach(struct fixture *fixture, const char *text, bool record, bool reaches)
{
	struct pl_text_facts facts = {0};

	expect_ok(pl_text_reach(&fixture->words, fixture->bodies));
	pl_text_look_again(&fixture->words, bytes_of_text(text), &facts);
	if (facts.record != record || facts.reaches != reaches)
		fail_msg("record %d, reaches %d: %s", facts.record, facts.reaches, text);
}

static void macros_and_helpers_reach_fields(void **state)
{
	struct fixture *fixture = *state;

	read_text(fixture, "#define offset_of(page) ((page)->index)\n"
			   "#define twice(x) \\\n\t(2 * offset_of(x))\n"
			   "#define other(file) ((file)->index)\n"
			   "static inline unsigned long *word(struct page *page)\n{\n"
			   "\treturn &page->index;\n}\n"
			   "static inline int value(struct page *page)\n{\n"
			   "\treturn page->index;\n}\n");
	expect_reach(fixture, "twice(x)", false, true);
	expect_reach(fixture, "offset_of(x)", true, true);
	expect_reach(fixture, "other(x)", false, false);
	expect_reach(fixture, "*word(x) = 1", false, true);
	expect_reach(fixture, "value(x)", false, false);
	expect_reach(fixture, "other(page)", false, true);
}

static void what_is_given_the_name_of_a_field_uses_it(void **state)
{
	struct fixture *fixture = *state;

	read_text(fixture, "#define GET(p, f) ((p)->f)\n#define GET_BY(a, b) GET(a, b)\n"
			   "#define FIELD index\n#define OTHER FIELD\n");
	expect_reach(fixture, "GET(x, index)", false, true);
	expect_reach(fixture, "GET_BY(x,\n\tOTHER)", false, true);
	expect_reach(fixture, "GET(x, size), index", false, false);
	expect_reach(fixture, "GET + (index)", false, false);
	expect_reach(fixture, "GET(x, \")\", size", false, false);
	expect_reach(fixture, "x->FIELD", false, true);
	expect_reach(fixture, "FIELD", false, false);
}

static void what_returns_an_address_may_say_so_in_many_ways(void **state)
{
	struct fixture *fixture = *state;

	read_text(fixture,
		  "atomic_t * __pure one(struct page *p) { return &p->index; }\n"
		  "atomic_t *__attribute__((pure)) two(struct page *p) { return &p->index; }\n"
		  "word_t three(struct page *p) { return &p->index; }\n"
		  "atomic_t *four(struct page *p) __must_hold(p) { return &p->index; }\n"
		  "long five(struct page *p) { return p->index; }\n");
	expect_reach(fixture, "one(x)", false, true);
	expect_reach(fixture, "two(x)", false, true);
	expect_reach(fixture, "three(x)", false, true);
	expect_reach(fixture, "four(x)", false, true);
	expect_reach(fixture, "five(x)", false, false);
}

static void what_headers_declare_leads_to_records(void **state)
{
	struct fixture *fixture = *state;

	read_text(fixture, "struct page *first_of(int x);\n"
			   "typedef const struct page *handle_t;\n"
			   "struct buffer { struct page *where; int size; };\n"
			   "struct slab { struct slab *next; };\n"
			   "struct two { struct page *one, *another; };\n"
			   "struct operations { struct page *(*get)(void); struct slab s; };\n"
			   "typedef struct slab cache_t;\n"
			   "void take(struct page *argument);\n"
			   "static inline void f(void) { struct page *local; }\n");
	expect_reach(fixture, "first_of(1)", true, false);
	expect_reach(fixture, "handle_t h;", true, false);
	expect_reach(fixture, "b->where", true, false);
	expect_reach(fixture, "int where;", false, false);
	expect_reach(fixture, "x->one", true, false);
	expect_reach(fixture, "x->another", true, false);
	expect_reach(fixture, "x->get()", true, false);
	expect_reach(fixture, "x.s", true, false);
	expect_reach(fixture, "cache_t *x", true, false);
	expect_reach(fixture, "x->next", false, false);
	expect_reach(fixture, "argument, local", false, false);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(words_count_where_they_can_mean_something, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(includes_are_listed, set_up, tear_down),
		cmocka_unit_test_setup_teardown(what_is_defined_and_tested_is_listed, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(what_counts_once_says_so_first, set_up, tear_down),
		cmocka_unit_test(a_parameter_of_a_macro_is_no_macro),
		cmocka_unit_test_setup_teardown(macros_and_helpers_reach_fields, set_up, tear_down),
		cmocka_unit_test_setup_teardown(all_of_a_record_is_a_field, set_up, tear_down),
		cmocka_unit_test_setup_teardown(what_is_given_the_name_of_a_field_uses_it, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(what_returns_an_address_may_say_so_in_many_ways,
						set_up, tear_down),
		cmocka_unit_test_setup_teardown(what_headers_declare_leads_to_records, set_up,
						tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
