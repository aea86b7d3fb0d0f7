/* SPDX-License-Identifier: MIT */
/* Types as libclang shows them, in every form that a member of a record can have. */
#include "testing.h"

#include "clang_fixture.h"
#include "read/flatten.h"
#include "read/headers/clang_types.h"
#include "read/headers/unit_read.h"

/* The graph of struct page as TEXT defines it, whose types live as long as the unit. */
static struct pl_error *flatten(const char *text, struct pl_record **ret)
{
	static const char *const flags[] = {"--target=x86_64-linux-gnu", "-std=gnu11", "-nostdinc",
					    "-w"};
	PL_CLEANUP(pl_unit_release) struct pl_unit unit = {0};
	struct pl_unit_record wanted = {.name = "page"};
	struct pl_unit_contents contents = {.records = &wanted, .n_records = 1};
	const struct pl_type *type;
	struct pl_clang_graph graph;

	expect_ok(
		pl_unit_parse(library, arena, &roots, flags, COUNT(flags), "probe.c", text, &unit));
	expect_ok(pl_unit_read(&unit, &contents));
	assert_true(wanted.found);
	graph = pl_clang_graph_init(&unit, arena);
	PL_TRY(pl_clang_graph_record(&graph, wanted.cursor, &type));
	return pl_flatten(arena, "page", type, ret);
}

/* The leaves of struct page { MEMBERS }: path, bits, class and type of each on a line. */
static const char *leaves_of(const char *before, const char *members)
{
	PL_CLEANUP(pl_strbuf_release) struct pl_strbuf lines = PL_STRBUF_INIT;
	struct pl_record *record = NULL;

	expect_ok(flatten(pl_arena_printf(arena, "%sstruct page { %s };\n", before, members),
			  &record));
	for (size_t i = 0; i < record->n_fields; i++) {
		const struct pl_field *field = &record->fields[i];

		pl_strbuf_printf(&lines, "%s%s %ju+%ju %s: %s", i ? "\n" : "", field->path,
				 (uintmax_t)field->offset, (uintmax_t)field->size,
				 pl_type_class_name(field->type_class), field->type);
	}
	return pl_arena_strdup(arena, lines.text);
}

static void numbers_enumerations_and_pointers(void **state)
{
	(void)state;
	assert_string_equal(
		leaves_of("enum kind { A, B }; typedef enum { C } unnamed_t; struct other;"
			  " typedef unsigned long word_t;\n",
			  "enum kind kind; unnamed_t which; float f; double d; _Bool b; char c;"
			  " const volatile word_t w; struct other *restrict p; void *const v;"),
		"kind 0+32 enum: enum kind\n"
		"which 32+32 enum: unnamed_t\n"
		"f 64+32 float: float\n"
		"d 128+64 float: double\n"
		"b 192+8 integer: _Bool\n"
		"c 200+8 integer: char\n"
		"w 256+64 integer: const volatile word_t\n"
		"p 320+64 pointer: struct other *restrict\n"
		"v 384+64 pointer: void *const");
}

static void functions_and_arrays(void **state)
{
	(void)state;
	assert_string_equal(leaves_of("", "int (*f)(struct page *, unsigned, ...); void (*g)();"
					  " void (*both[2])(void); short s[3][2]; long none[0];"
					  " char rest[];"),
			    "f 0+64 pointer: int (*)(struct page *, unsigned int, ...)\n"
			    "g 64+64 pointer: void (*)(void)\n"
			    "both 128+128 array: void (*[2])(void)\n"
			    "s 256+96 array: short[3][2]\n"
			    "none 384+0 array: long[0]\n"
			    "rest 384+0 array: char[]");
}

static void atomic_and_wrapped_types(void **state)
{
	(void)state;
	assert_string_equal(leaves_of("typedef struct { int counter; } atomic_t; int x;\n",
				      "_Atomic int a; _Atomic(long) l; typeof(x) t;"
				      " int __attribute__((aligned(16))) wide; atomic_t count;"),
			    "a 0+32 integer: _Atomic int\n"
			    "l 64+64 integer: _Atomic long\n"
			    "t 128+32 integer: int\n"
			    "wide 256+32 integer: int\n"
			    "count.counter 288+32 integer: int");
}

static void bit_fields_and_packed_records(void **state)
{
	(void)state;
	assert_string_equal(leaves_of("struct __attribute__((packed)) odd { char c; long l; };\n",
				      "unsigned a : 3, : 2, b : 11; int : 0; _Bool flag : 1;"
				      " struct odd odd; enum { X } e : 2;"),
			    "a 0+3 integer: unsigned int\n"
			    "b 5+11 integer: unsigned int\n"
			    "flag 32+1 integer: _Bool\n"
			    "odd.c 40+8 integer: char\n"
			    "odd.l 48+64 integer: long\n"
			    "e 112+2 enum: enum {...}");
}

static void records_and_unions_within(void **state)
{
	(void)state;
	assert_string_equal(
		leaves_of("struct pair { struct pair *next; union { int i; char c[4]; }; };\n",
			  "union { struct { long x; struct pair pair; }; struct pair two[2]; } u;"
			  " struct { struct { int deep; } in; };"),
		"u.x 0+64 integer: long\n"
		"u.pair.next 64+64 pointer: struct pair *\n"
		"u.pair.i 128+32 integer: int\n"
		"u.pair.c 128+32 array: char[4]\n"
		"u.two[0].next 0+64 pointer: struct pair *\n"
		"u.two[0].i 64+32 integer: int\n"
		"u.two[0].c 64+32 array: char[4]\n"
		"u.two[1].next 128+64 pointer: struct pair *\n"
		"u.two[1].i 192+32 integer: int\n"
		"u.two[1].c 192+32 array: char[4]\n"
		"in.deep 256+32 integer: int");
}

static void types_have_a_depth(void **state)
{
	char text[4096] = "struct page { int (*", *end = text + strlen(text);
	struct pl_record *record;

	(void)state;
	/* Deeper than types may nest: pointers to pointers to ... */
	memset(end, '*', 100);
	strcpy(end + 100, "p)(void); };\n");
	expect_unreadable(flatten(text, &record), "types nest deeper than 64");
}

/* An error within an assertion is that assertion's: the record is what remains of it. */
static void what_is_wrong_has_no_layout(void **state)
{
	const char *text = "struct page { _Static_assert(1, \"\") no_such_type x; int y; };\n";
	struct pl_record *record;

	(void)state;
	expect_unreadable(flatten(text, &record), "clang has no layout for it");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(numbers_enumerations_and_pointers), TEST(functions_and_arrays),
		TEST(atomic_and_wrapped_types),		 TEST(bit_fields_and_packed_records),
		TEST(records_and_unions_within),	 TEST(types_have_a_depth),
		TEST(what_is_wrong_has_no_layout),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
