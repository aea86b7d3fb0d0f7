/* SPDX-License-Identifier: MIT */
/* From type graphs to records. */
#include "arena_fixture.h"
#include "testing.h"

#include "read/flatten.h"

static const struct pl_type integer = {.kind = PL_TYPE_BASE, .name = "int", .size = 32};
static const struct pl_type word = {.kind = PL_TYPE_BASE, .name = "long", .size = 64};

/* What is expected of a field; branches as "union.alternative ...". */
struct leaf {
	const char *path;
	uint64_t offset, size;
	const char *type, *branches;
	size_t container;
};

static struct pl_record *flatten(const struct pl_type *type)
{
	struct pl_record *record = NULL;

	expect_ok(pl_flatten(arena, "host", type, &record));
	assert_non_null(record);
	return record;
}

static void expect_branches(const struct pl_field *field, const char *wanted)
{
	struct pl_strbuf text = PL_STRBUF_INIT;

	for (size_t i = 0; i < field->n_branches; i++)
		pl_strbuf_printf(&text, "%s%zu.%zu", i ? " " : "", field->branches[i].union_index,
				 field->branches[i].alternative);
	assert_string_equal(text.text, wanted);
	pl_strbuf_release(&text);
}

static void expect_leaves(const struct pl_record *record, const struct leaf *leaves, size_t count)
{
	assert_int_equal(record->n_fields, count);
	for (size_t i = 0; i < count; i++) {
		const struct pl_field *field = &record->fields[i];

		assert_string_equal(field->path, leaves[i].path);
		assert_int_equal(field->offset, leaves[i].offset);
		assert_int_equal(field->size, leaves[i].size);
		assert_string_equal(field->type, leaves[i].type);
		assert_int_equal(field->container, leaves[i].container);
		expect_branches(field, leaves[i].branches);
	}
}

#define expect(record, ...)                                                                        \
	do {                                                                                       \
		const struct leaf leaves_[] = {__VA_ARGS__};                                       \
		expect_leaves(record, leaves_, COUNT(leaves_));                                    \
	} while (0)

static void scalars_become_leaves(void **state)
{
	struct pl_type_member members[] = {
		MEMBER("flags", &TYPEDEF("flags_t", &word), 0),
		MEMBER("next", &POINTER(&NAMED(PL_TYPE_STRUCT, "page", NULL)), 64),
		MEMBER("zone", &NAMED(PL_TYPE_ENUM, "zone", NULL), 128),
		MEMBER("rate", &NAMED(PL_TYPE_FLOAT, "double", NULL), 192),
		MEMBER("ids", &ARRAY(3, &integer), 256),
	};
	struct pl_type type = RECORD(PL_TYPE_STRUCT, "host", 384, members);
	static const enum pl_type_class classes[] = {
		PL_CLASS_INTEGER, PL_CLASS_POINTER, PL_CLASS_ENUM, PL_CLASS_FLOAT, PL_CLASS_ARRAY,
	};
	struct pl_record *record;

	(void)state;
	members[1].place = (struct pl_place){"mm.h", 12};
	type.align = 64;
	type.place = (struct pl_place){"mm.h", 9};
	record = flatten(&type);
	expect(record, {"flags", 0, 64, "flags_t", "", PL_NONE},
	       {"next", 64, 64, "struct page *", "", PL_NONE},
	       {"zone", 128, 0, "enum zone", "", PL_NONE}, {"rate", 192, 0, "double", "", PL_NONE},
	       {"ids", 256, 96, "int[3]", "", PL_NONE});
	for (size_t i = 0; i < COUNT(classes); i++)
		assert_int_equal(record->fields[i].type_class, classes[i]);
	assert_string_equal(record->name, "host");
	assert_int_equal(record->size, 384);
	assert_int_equal(record->align, 64);
	assert_false(record->is_union);
	assert_string_equal(record->place.file, "mm.h");
	assert_int_equal(record->place.line, 9);
	assert_string_equal(record->fields[1].place.file, "mm.h");
	assert_int_equal(record->fields[1].place.line, 12);
	assert_null(record->fields[0].place.file);
	assert_int_equal(record->n_containers + record->n_unions, 0);
}

/* Strings are copies: the type graph may be gone when the record is used. */
static void records_keep_nothing_of_the_types(void **state)
{
	char name[] = "flags", type_name[] = "long", file[] = "mm.h";
	struct pl_type base = BASE(type_name, 64);
	struct pl_type_member members[] = {MEMBER(name, &base, 0)};
	struct pl_type type = RECORD(PL_TYPE_STRUCT, "host", 64, members);
	struct pl_record *record;

	(void)state;
	members[0].place.file = file;
	record = flatten(&type);
	name[0] = type_name[0] = file[0] = '?';
	assert_string_equal(record->fields[0].path, "flags");
	assert_string_equal(record->fields[0].type, "long");
	assert_string_equal(record->fields[0].place.file, "mm.h");
}

static void nested_records_become_containers(void **state)
{
	struct pl_type_member links[] = {MEMBER("next", &POINTER(NULL), 0),
					 MEMBER("prev", &POINTER(NULL), 64)};
	struct pl_type list = RECORD(PL_TYPE_STRUCT, "list_head", 128, links);
	struct pl_type_member inner[] = {MEMBER("head", &list, 32)};
	struct pl_type outer = RECORD(PL_TYPE_STRUCT, "queue", 192, inner);
	struct pl_type_member members[] = {MEMBER("a", &integer, 0),
					   MEMBER("q", &TYPEDEF("queue_t", &outer), 64)};
	struct pl_type type = RECORD(PL_TYPE_STRUCT, "host", 256, members);
	struct pl_record *record = flatten(&type);

	(void)state;
	expect(record, {"a", 0, 32, "int", "", PL_NONE}, {"q.head.next", 96, 64, "void *", "", 1},
	       {"q.head.prev", 160, 64, "void *", "", 1});
	assert_int_equal(record->n_containers, 2);
	assert_string_equal(record->containers[0].path, "q");
	assert_string_equal(record->containers[0].type, "queue_t");
	assert_int_equal(record->containers[0].offset, 64);
	assert_int_equal(record->containers[0].size, 192);
	assert_int_equal(record->containers[0].parent, PL_NONE);
	assert_string_equal(record->containers[1].path, "q.head");
	assert_string_equal(record->containers[1].type, "struct list_head");
	assert_int_equal(record->containers[1].offset, 96);
	assert_int_equal(record->containers[1].parent, 0);
	assert_int_equal(record->containers[1].type_class, PL_CLASS_RECORD);
}

/* An anonymous member, and an unnamed one of a named type (-fms-extensions), leave no trace. */
static void unnamed_records_are_transparent(void **state)
{
	struct pl_type_member parts[] = {MEMBER("index", &integer, 0),
					 MEMBER("inuse", &integer, 32)};
	struct pl_type anonymous = RECORD(PL_TYPE_STRUCT, NULL, 64, parts);
	struct pl_type named = RECORD(PL_TYPE_STRUCT, "counters", 64, parts);
	struct pl_type_member deeper[] = {MEMBER("", &anonymous, 64), MEMBER("x", &word, 0)};
	struct pl_type around = RECORD(PL_TYPE_STRUCT, NULL, 128, deeper);
	struct pl_type_member members[] = {MEMBER(NULL, &named, 0), MEMBER("in", &around, 64)};
	struct pl_type type = RECORD(PL_TYPE_STRUCT, "host", 192, members);
	struct pl_record *record = flatten(&type);

	(void)state;
	expect(record, {"index", 0, 32, "int", "", PL_NONE}, {"inuse", 32, 32, "int", "", PL_NONE},
	       {"in.index", 128, 32, "int", "", 0}, {"in.inuse", 160, 32, "int", "", 0},
	       {"in.x", 64, 64, "long", "", 0});
	assert_int_equal(record->n_containers, 1);
	assert_int_equal(record->n_unions, 0);
}

/* host { union { long a; struct { int b; union { int c; int d; } u; }; }; long e; } */
static void alternatives_are_kept(void **state)
{
	struct pl_type_member cd[] = {MEMBER("c", &integer, 0), MEMBER("d", &integer, 0)};
	struct pl_type inner = RECORD(PL_TYPE_UNION, NULL, 32, cd);
	struct pl_type_member bu[] = {MEMBER("b", &integer, 0), MEMBER("u", &inner, 32)};
	struct pl_type second = RECORD(PL_TYPE_STRUCT, NULL, 64, bu);
	struct pl_type_member ab[] = {MEMBER("a", &word, 0), MEMBER(NULL, &second, 0)};
	struct pl_type outer = RECORD(PL_TYPE_UNION, NULL, 64, ab);
	struct pl_type_member members[] = {MEMBER(NULL, &outer, 64), MEMBER("e", &word, 0)};
	struct pl_type type = RECORD(PL_TYPE_STRUCT, "host", 128, members);
	struct pl_record *record = flatten(&type);

	(void)state;
	expect(record, {"a", 64, 64, "long", "0.0", PL_NONE}, {"b", 64, 32, "int", "0.1", PL_NONE},
	       {"u.c", 96, 32, "int", "0.1 1.0", 0}, {"u.d", 96, 32, "int", "0.1 1.1", 0},
	       {"e", 0, 64, "long", "", PL_NONE});
	assert_int_equal(record->n_unions, 2);
	assert_string_equal(record->unions[0].path, "");
	assert_int_equal(record->unions[0].offset, 64);
	assert_int_equal(record->unions[0].size, 64);
	assert_int_equal(record->unions[0].alternatives, 2);
	assert_int_equal(record->unions[0].container, PL_NONE);
	assert_int_equal(record->unions[0].parent.union_index, PL_NONE);
	assert_string_equal(record->unions[1].path, "u");
	assert_int_equal(record->unions[1].offset, 96);
	assert_int_equal(record->unions[1].container, 0);
	assert_int_equal(record->unions[1].parent.union_index, 0);
	assert_int_equal(record->unions[1].parent.alternative, 1);
}

static void unions_at_the_top_count(void **state)
{
	struct pl_type_member members[] = {MEMBER("a", &word, 0), MEMBER("b", &integer, 0)};
	struct pl_type type = RECORD(PL_TYPE_UNION, "host", 64, members);
	struct pl_record *record = flatten(&type);

	(void)state;
	assert_true(record->is_union);
	expect(record, {"a", 0, 64, "long", "0.0", PL_NONE}, {"b", 0, 32, "int", "0.1", PL_NONE});
	assert_int_equal(record->n_unions, 1);
	assert_int_equal(record->unions[0].size, 64);
}

static void arrays_of_records_are_expanded(void **state)
{
	struct pl_type_member pair[] = {MEMBER("x", &integer, 0), MEMBER("y", &integer, 32)};
	struct pl_type element = RECORD(PL_TYPE_STRUCT, "pair", 64, pair);
	struct pl_type_member members[] = {
		MEMBER("p", &ARRAY(2, &TYPEDEF("pair_t", &element)), 0),
		MEMBER("m", &ARRAY(1, &ARRAY(2, &element)), 128),
	};
	struct pl_type type = RECORD(PL_TYPE_STRUCT, "host", 256, members);
	struct pl_record *record = flatten(&type);

	(void)state;
	expect(record, {"p[0].x", 0, 32, "int", "", 0}, {"p[0].y", 32, 32, "int", "", 0},
	       {"p[1].x", 64, 32, "int", "", 1}, {"p[1].y", 96, 32, "int", "", 1},
	       {"m[0][0].x", 128, 32, "int", "", 2}, {"m[0][0].y", 160, 32, "int", "", 2},
	       {"m[0][1].x", 192, 32, "int", "", 3}, {"m[0][1].y", 224, 32, "int", "", 3});
	assert_string_equal(record->containers[1].path, "p[1]");
	assert_string_equal(record->containers[1].type, "pair_t");
}

static void expect_array_leaf(uint64_t count, size_t n_fields, enum pl_type_class type_class)
{
	struct pl_type_member one[] = {MEMBER("x", &integer, 0)};
	struct pl_type element = RECORD(PL_TYPE_STRUCT, "one", 32, one);
	struct pl_type_member members[] = {MEMBER("p", &ARRAY(count, &element), 0)};
	struct pl_type type = RECORD(PL_TYPE_STRUCT, "host", 32 * count, members);
	struct pl_record *record = flatten(&type);

	assert_int_equal(record->n_fields, n_fields);
	assert_int_equal(record->fields[0].type_class, type_class);
}

static void large_arrays_of_records_are_not(void **state)
{
	(void)state;
	expect_array_leaf(64, 64, PL_CLASS_INTEGER);
	expect_array_leaf(65, 1, PL_CLASS_ARRAY);
	expect_array_leaf(0, 1, PL_CLASS_ARRAY);
}

static void arrays_without_a_size_are_leaves(void **state)
{
	struct pl_type_member one[] = {MEMBER("x", &integer, 0)};
	struct pl_type element = RECORD(PL_TYPE_STRUCT, "one", 32, one);
	struct pl_type_member members[] = {
		MEMBER("n", &integer, 0),
		MEMBER("zero", &ARRAY(0, &word), 64),
		MEMBER("rest", &FLEXIBLE(&element), 64),
	};
	struct pl_type type = RECORD(PL_TYPE_STRUCT, "host", 64, members);

	(void)state;
	expect(flatten(&type), {"n", 0, 32, "int", "", PL_NONE},
	       {"zero", 64, 0, "long[0]", "", PL_NONE},
	       {"rest", 64, 0, "struct one[]", "", PL_NONE});
}

static void records_without_members_are_leaves(void **state)
{
	struct pl_type empty = {.kind = PL_TYPE_STRUCT, .name = "key", .complete = true};
	struct pl_type_member members[] = {
		MEMBER("key", &empty, 0),
		MEMBER(NULL, &empty, 0),
		MEMBER("a", &word, 0),
	};
	struct pl_type type = RECORD(PL_TYPE_STRUCT, "host", 64, members);

	(void)state;
	expect(flatten(&type), {"key", 0, 0, "struct key", "", PL_NONE},
	       {"a", 0, 64, "long", "", PL_NONE});
}

static void bit_fields_are_leaves_and_unnamed_ones_holes(void **state)
{
	struct pl_type_member members[] = {
		BITS("order", &TYPEDEF("u32", &integer), 0, 5),
		BITS(NULL, &integer, 5, 3),
		BITS("", &integer, 8, 8),
		BITS("frozen", &BASE("_Bool", 8), 16, 1),
	};
	struct pl_type type = RECORD(PL_TYPE_STRUCT, "host", 32, members);
	struct pl_record *record = flatten(&type);

	(void)state;
	expect(record, {"order", 0, 5, "u32", "", PL_NONE},
	       {"frozen", 16, 1, "_Bool", "", PL_NONE});
	assert_true(record->fields[0].bit_field);
}

static void expect_failure(const struct pl_type *type, const char *message)
{
	struct pl_record *record = NULL;

	expect_unreadable(pl_flatten(arena, "host", type, &record), message);
	assert_null(record);
}

static void members_outside_are_errors(void **state)
{
	struct pl_type_member inner[] = {MEMBER("deep", &word, 32)};
	struct pl_type nested = RECORD(PL_TYPE_STRUCT, "in", 64, inner);
	struct pl_type_member past[] = {MEMBER("a", &integer, 0), MEMBER("b", &word, 32)};
	struct pl_type_member far[] = {MEMBER("b", &word, UINT64_MAX - 8)};
	struct pl_type_member bits[] = {BITS("c", &integer, 60, 5)};
	struct pl_type_member around[] = {MEMBER("x", &nested, 0)};
	struct pl_type_member unnamed[] = {MEMBER(NULL, &nested, 32)};

	(void)state;
	expect_failure(&RECORD(PL_TYPE_STRUCT, "host", 64, past),
		       "struct host: member b lies outside of the record around it");
	expect_failure(&RECORD(PL_TYPE_STRUCT, "host", 64, far),
		       "struct host: member b lies outside of the record around it");
	expect_failure(&RECORD(PL_TYPE_UNION, "host", 64, bits),
		       "union host: member c lies outside of the record around it");
	expect_failure(&RECORD(PL_TYPE_STRUCT, "host", 128, around),
		       "struct host: member x.deep lies outside of the record around it");
	expect_failure(&RECORD(PL_TYPE_STRUCT, "host", 64, unnamed),
		       "struct host: member (unnamed) lies outside of the record around it");
}

static void unknown_types_are_errors(void **state)
{
	struct pl_type_member nothing[] = {MEMBER("v", NULL, 0)};
	struct pl_type unknown = NAMED(PL_TYPE_STRUCT, "o", NULL);
	struct pl_type_member opaque[] = {MEMBER("o", &unknown, 0)};
	struct pl_type_member many[] = {MEMBER("o", &ARRAY(PL_EXPANDED_ELEMENTS + 1, &unknown), 0)};
	struct pl_type_member within[] = {MEMBER("in", &RECORD(PL_TYPE_STRUCT, "in", 64, many), 0)};

	(void)state;
	expect_failure(&RECORD(PL_TYPE_STRUCT, "host", 64, nothing),
		       "struct host: member v: its type has no size");
	expect_failure(&RECORD(PL_TYPE_STRUCT, "host", 64, opaque),
		       "struct host: member o: its type is not defined");
	/* Also where there are more of them than are shown one by one. */
	expect_failure(&RECORD(PL_TYPE_STRUCT, "host", 64, many),
		       "struct host: member o: its type is not defined");
	expect_failure(&RECORD(PL_TYPE_STRUCT, "host", 64, within),
		       "struct host: member in.o: its type is not defined");
	expect_failure(&NAMED(PL_TYPE_STRUCT, "host", NULL),
		       "struct host: the record is not defined");
}

static void records_that_contain_themselves_are_errors(void **state)
{
	struct pl_type self = {.kind = PL_TYPE_STRUCT, .size = 64, .complete = true};
	struct pl_type_member members[] = {MEMBER("in", &self, 0)};
	struct pl_type_member unnamed[] = {MEMBER(NULL, &self, 0)};

	(void)state;
	self.n_members = 1;
	self.members = members;
	expect_failure(&self, "struct host: records nest deeper than 64");
	self.members = unnamed;
	expect_failure(&self, "struct host: records nest deeper than 64");
}

static void nesting_is_limited(void **state)
{
	struct pl_type types[66];
	struct pl_type_member members[66];

	(void)state;
	members[0] = (struct pl_type_member)MEMBER("leaf", &integer, 0);
	for (size_t i = 0; i < COUNT(types); i++) {
		types[i] = (struct pl_type){.kind = PL_TYPE_STRUCT,
					    .size = 32,
					    .complete = true,
					    .members = &members[i],
					    .n_members = 1};
		if (i + 1 < COUNT(types))
			members[i + 1] = (struct pl_type_member)MEMBER("n", &types[i], 0);
	}
	assert_int_equal(flatten(&types[63])->n_containers, 63);
	expect_failure(&types[64], "struct host: records nest deeper than 64");
}

/* 64 elements of 64 elements of ... would be billions of leaves. */
static void members_are_counted(void **state)
{
	struct pl_type_member one[] = {MEMBER("x", &BASE("char", 8), 0)};
	struct pl_type types[6] = {RECORD(PL_TYPE_STRUCT, "one", 8, one)};
	struct pl_type arrays[6];
	struct pl_type_member members[6];

	(void)state;
	for (size_t i = 1; i < COUNT(types); i++) {
		arrays[i] = ARRAY(64, &types[i - 1]);
		members[i] = (struct pl_type_member)MEMBER("a", &arrays[i], 0);
		types[i] = (struct pl_type){.kind = PL_TYPE_STRUCT,
					    .size = 64 * types[i - 1].size,
					    .complete = true,
					    .members = &members[i],
					    .n_members = 1};
	}
	assert_int_equal(flatten(&types[2])->n_fields, 4096);
	expect_failure(&types[5], "struct host: more than 16384 members");
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(scalars_become_leaves),
		TEST(records_keep_nothing_of_the_types),
		TEST(nested_records_become_containers),
		TEST(unnamed_records_are_transparent),
		TEST(alternatives_are_kept),
		TEST(unions_at_the_top_count),
		TEST(arrays_of_records_are_expanded),
		TEST(large_arrays_of_records_are_not),
		TEST(arrays_without_a_size_are_leaves),
		TEST(records_without_members_are_leaves),
		TEST(bit_fields_are_leaves_and_unnamed_ones_holes),
		TEST(members_outside_are_errors),
		TEST(unknown_types_are_errors),
		TEST(records_that_contain_themselves_are_errors),
		TEST(nesting_is_limited),
		TEST(members_are_counted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
