/* SPDX-License-Identifier: MIT */
/* The type graph: spelling, sizes, and cycles that no compiler makes. */
#include "testing.h"

#include "read/paths.h"
#include "support/strbuf.h"

static void expect_spelling(const struct pl_type *type, const char *wanted)
{
	struct pl_strbuf text = PL_STRBUF_INIT;

	pl_type_spell(type, &text);
	assert_string_equal(text.text, wanted);
	pl_strbuf_release(&text);
}

#define INT BASE("int", 32)
#define PAGE NAMED(PL_TYPE_STRUCT, "page", NULL)
#define CONST(to) QUALIFIED(PL_TYPE_CONST, to)
#define VOLATILE(to) QUALIFIED(PL_TYPE_VOLATILE, to)
#define FUNCTION(returned, count, list)                                                            \
	((struct pl_type){.kind = PL_TYPE_FUNCTION,                                                \
			  .to = returned,                                                          \
			  .parameters = list,                                                      \
			  .n_parameters = count})

static void names_are_spelled(void **state)
{
	(void)state;
	expect_spelling(NULL, "void");
	expect_spelling(&NAMED(PL_TYPE_VOID, NULL, NULL), "void");
	expect_spelling(&INT, "int");
	expect_spelling(&PAGE, "struct page");
	expect_spelling(&NAMED(PL_TYPE_UNION, "word", NULL), "union word");
	expect_spelling(&NAMED(PL_TYPE_ENUM, "zone", NULL), "enum zone");
	expect_spelling(&NAMED(PL_TYPE_STRUCT, NULL, NULL), "struct {...}");
	expect_spelling(&NAMED(PL_TYPE_UNION, "", NULL), "union {...}");
	expect_spelling(&TYPEDEF("atomic_t", &INT), "atomic_t");
}

static void pointers_are_spelled(void **state)
{
	(void)state;
	expect_spelling(&POINTER(NULL), "void *");
	expect_spelling(&POINTER(&PAGE), "struct page *");
	expect_spelling(&POINTER(&POINTER(&PAGE)), "struct page **");
	expect_spelling(&POINTER(&TYPEDEF("pgd_t", &INT)), "pgd_t *");
}

static void qualifiers_stand_where_c_wants_them(void **state)
{
	(void)state;
	expect_spelling(&CONST(&INT), "const int");
	expect_spelling(&CONST(NULL), "const void");
	expect_spelling(&CONST(&VOLATILE(&INT)), "const volatile int");
	expect_spelling(&POINTER(&CONST(&PAGE)), "const struct page *");
	expect_spelling(&CONST(&POINTER(&PAGE)), "struct page *const");
	expect_spelling(&CONST(&POINTER(&CONST(&INT))), "const int *const");
	expect_spelling(&POINTER(&CONST(&POINTER(&INT))), "int *const *");
	expect_spelling(&QUALIFIED(PL_TYPE_RESTRICT, &POINTER(&INT)), "int *restrict");
	expect_spelling(&QUALIFIED(PL_TYPE_ATOMIC, &INT), "_Atomic int");
	expect_spelling(&ARRAY(3, &CONST(&INT)), "const int[3]");
}

/* gcc has qualifiers in the order in which the unit used them before, and some twice. */
static void qualifiers_have_one_order(void **state)
{
	struct pl_type function = FUNCTION(NULL, 0, NULL);

	(void)state;
	expect_spelling(&VOLATILE(&CONST(&INT)), "const volatile int");
	expect_spelling(&CONST(&CONST(&INT)), "const int");
	expect_spelling(&VOLATILE(&CONST(&POINTER(&INT))), "int *const volatile");
	expect_spelling(&QUALIFIED(PL_TYPE_RESTRICT, &CONST(&POINTER(&INT))),
			"int *const restrict");
	expect_spelling(&CONST(&ARRAY(3, &CONST(&INT))), "const int[3]");
	expect_spelling(&CONST(&ARRAY(2, &ARRAY(8, &VOLATILE(&INT)))), "const volatile int[2][8]");
	expect_spelling(&CONST(&ARRAY(2, &CONST(&POINTER(&function)))), "void (*const [2])(void)");
	expect_spelling(&POINTER(&CONST(&ARRAY(3, &INT))), "const int (*)[3]");
	/* void (*)(void) __attribute__((noreturn)) */
	expect_spelling(&POINTER(&VOLATILE(&function)), "void (*)(void)");
}

static void arrays_are_spelled(void **state)
{
	(void)state;
	expect_spelling(&ARRAY(4, &INT), "int[4]");
	expect_spelling(&ARRAY(0, &INT), "int[0]");
	expect_spelling(&FLEXIBLE(&INT), "int[]");
	expect_spelling(&ARRAY(2, &ARRAY(3, &INT)), "int[2][3]");
	expect_spelling(&ARRAY(4, &POINTER(&PAGE)), "struct page *[4]");
	expect_spelling(&POINTER(&ARRAY(4, &INT)), "int (*)[4]");
	expect_spelling(&ARRAY(2, &POINTER(&ARRAY(4, &INT))), "int (*[2])[4]");
}

static void functions_are_spelled(void **state)
{
	const struct pl_type *parameters[] = {&POINTER(&NAMED(PL_TYPE_STRUCT, "head", NULL)), NULL};
	struct pl_type plain = FUNCTION(NULL, 0, NULL);
	struct pl_type one = FUNCTION(NULL, 1, parameters);
	struct pl_type more = FUNCTION(&INT, 2, parameters);

	(void)state;
	expect_spelling(&POINTER(&plain), "void (*)(void)");
	expect_spelling(&POINTER(&one), "void (*)(struct head *)");
	expect_spelling(&POINTER(&more), "int (*)(struct head *, ...)");
	expect_spelling(&ARRAY(3, &POINTER(&one)), "void (*[3])(struct head *)");
	expect_spelling(&POINTER(&POINTER(&plain)), "void (**)(void)");
	expect_spelling(&CONST(&POINTER(&plain)), "void (*const)(void)");
	expect_spelling(&POINTER(&FUNCTION(&POINTER(&plain), 0, NULL)), "void (*(*)(void))(void)");
}

static void sizes_are_told(void **state)
{
	uint64_t size = 7;

	(void)state;
	expect_ok(pl_type_size(&CONST(&TYPEDEF("t", &INT)), &size));
	assert_int_equal(size, 32);
	expect_ok(pl_type_size(&ARRAY(3, &ARRAY(5, &INT)), &size));
	assert_int_equal(size, 480);
	expect_ok(pl_type_size(&FLEXIBLE(&INT), &size));
	assert_int_equal(size, 0);
	expect_ok(pl_type_size(&ARRAY(3, &TYPEDEF("row", &ARRAY(5, &INT))), &size));
	assert_int_equal(size, 480);
	expect_ok(pl_type_size(&ARRAY(0, &PAGE), &size));
	assert_int_equal(size, 0);
}

/* A vector of three elements has room for four. */
static void arrays_may_have_a_size_of_their_own(void **state)
{
	struct pl_type vector = ARRAY(3, &INT);
	uint64_t size = 7;

	(void)state;
	vector.size = 128;
	expect_ok(pl_type_size(&TYPEDEF("v", &vector), &size));
	assert_int_equal(size, 128);
	expect_ok(pl_type_size(&ARRAY(2, &TYPEDEF("v", &vector)), &size));
	assert_int_equal(size, 256);
	/* Its elements have to fit whatever it says. */
	vector.size = 32;
	expect_ok(pl_type_size(&vector, &size));
	assert_int_equal(size, 96);
	expect_unreadable(pl_type_size(&ARRAY(UINT64_MAX / 8, &vector), &size),
			  "an array's size is absurd");
}

static void sizes_that_cannot_be_are_errors(void **state)
{
	struct pl_type plain = FUNCTION(NULL, 0, NULL);
	uint64_t size = 7;

	(void)state;
	expect_unreadable(pl_type_size(NULL, &size), "its type has no size");
	expect_unreadable(pl_type_size(&CONST(NULL), &size), "its type has no size");
	expect_unreadable(pl_type_size(&plain, &size), "its type has no size");
	expect_unreadable(pl_type_size(&ARRAY(2, NULL), &size), "its type has no size");
	expect_unreadable(pl_type_size(&PAGE, &size), "its type is not defined");
	expect_unreadable(pl_type_size(&ARRAY(100, &PAGE), &size), "its type is not defined");
	expect_unreadable(pl_type_size(&ARRAY(UINT64_MAX / 8, &INT), &size),
			  "an array's size is absurd");
	expect_unreadable(pl_type_size(&ARRAY(UINT64_MAX / 2, &ARRAY(3, &BASE("char", 8))), &size),
			  "an array's size is absurd");
	assert_int_equal(size, 7);
}

/* Only a broken source makes these; each walk has to come to an end. */
static void cycles_end(void **state)
{
	struct pl_type self = TYPEDEF("self", NULL);
	struct pl_type ring = CONST(NULL), other = VOLATILE(&ring);
	struct pl_type array = ARRAY(1, NULL);
	struct pl_type pointer = POINTER(NULL);
	struct pl_strbuf text = PL_STRBUF_INIT;
	uint64_t size = 7;

	(void)state;
	self.to = &self;
	ring.to = &other;
	array.to = &array;
	pointer.to = &pointer;
	assert_null(pl_type_strip(&self));
	assert_null(pl_type_strip(&ring));
	expect_spelling(&self, "self");
	expect_unreadable(pl_type_size(&self, &size), "its type has no size");
	expect_unreadable(pl_type_size(&array, &size), "an array's size is absurd");
	pl_type_spell(&ring, &text);
	pl_type_spell(&array, &text);
	pl_type_spell(&pointer, &text);
	assert_true(text.length < 2000);
	pl_strbuf_release(&text);
}

static void stripping_keeps_the_rest(void **state)
{
	struct pl_type integer = INT, aliased = TYPEDEF("t", &integer), constant = CONST(&aliased);

	(void)state;
	assert_ptr_equal(pl_type_strip(&constant), &integer);
	assert_ptr_equal(pl_type_strip(&integer), &integer);
	assert_null(pl_type_strip(NULL));
	assert_null(pl_type_strip(&CONST(NULL)));
}

static void expect_path(const char *directory, const char *name, const char *wanted)
{
	struct pl_strbuf path = PL_STRBUF_INIT;

	pl_path_join(directory, name, &path);
	assert_string_equal(path.text, wanted);
	pl_strbuf_release(&path);
}

static void paths_are_joined(void **state)
{
	(void)state;
	expect_path("/build", "mm/slub.c", "/build/mm/slub.c");
	expect_path("/build/", "./mm//slub.c", "/build/mm/slub.c");
	expect_path("/build", "/usr/include/x.h", "/usr/include/x.h");
	expect_path("/build/out", "../include/linux/mm.h", "/build/include/linux/mm.h");
	expect_path("/", "../../etc/x", "/etc/x");
	expect_path(NULL, "a/./b/../c", "a/c");
	expect_path("out", "x.c", "out/x.c");
	expect_path("out", "../../x.c", "x.c");
	expect_path(NULL, "", "");
}

static void expect_common(const char *root, const char *path, const char *wanted)
{
	struct pl_strbuf text = PL_STRBUF_INIT;

	pl_strbuf_add(&text, root);
	pl_path_common(&text, path);
	assert_string_equal(text.text, wanted);
	pl_strbuf_release(&text);
}

static void common_directories_are_found(void **state)
{
	(void)state;
	expect_common("/a/b/c", "/a/b/d", "/a/b");
	expect_common("/a/bc", "/a/b", "/a");
	expect_common("/a/b", "/a/b/c", "/a/b");
	expect_common("/a/b/c", "/a/b", "/a/b");
	expect_common("/a/b", "/a/b", "/a/b");
	expect_common("/a", "/b", "");
	expect_common("a/b", "c/d", "");
}

static void paths_below_a_root_lose_it(void **state)
{
	(void)state;
	assert_string_equal(pl_path_below("/a/b", "/a/b/c.h"), "c.h");
	assert_string_equal(pl_path_below("/a/b", "/a/bc.h"), "/a/bc.h");
	assert_string_equal(pl_path_below("/a/b", "/a/b"), "/a/b");
	assert_string_equal(pl_path_below("", "/a/b"), "/a/b");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_are_spelled),
		cmocka_unit_test(pointers_are_spelled),
		cmocka_unit_test(qualifiers_stand_where_c_wants_them),
		cmocka_unit_test(qualifiers_have_one_order),
		cmocka_unit_test(arrays_are_spelled),
		cmocka_unit_test(functions_are_spelled),
		cmocka_unit_test(sizes_are_told),
		cmocka_unit_test(arrays_may_have_a_size_of_their_own),
		cmocka_unit_test(sizes_that_cannot_be_are_errors),
		cmocka_unit_test(cycles_end),
		cmocka_unit_test(stripping_keeps_the_rest),
		cmocka_unit_test(paths_are_joined),
		cmocka_unit_test(common_directories_are_found),
		cmocka_unit_test(paths_below_a_root_lose_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
