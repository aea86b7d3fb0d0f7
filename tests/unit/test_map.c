/* SPDX-License-Identifier: MIT */
/* The map on records made by hand. test_painter.c has the random ones. */
#include "testing.h"

#include "map/map.h"
#include "read/flatten.h"

static const struct pl_type byte = {.kind = PL_TYPE_BASE, .name = "char", .size = 8};
static const struct pl_type half = {.kind = PL_TYPE_BASE, .name = "short", .size = 16};
static const struct pl_type integer = {.kind = PL_TYPE_BASE, .name = "int", .size = 32};
static const struct pl_type word = {.kind = PL_TYPE_BASE, .name = "long", .size = 64};

static struct pl_type_member links[] = {MEMBER("next", &word, 0), MEMBER("prev", &word, 64)};
static const struct pl_type list = RECORD(PL_TYPE_STRUCT, "list_head", 128, links);

/* struct page { long flags; struct list_head lru; int mapcount; int refs; } */
static struct pl_type_member page_members[] = {
	MEMBER("flags", &word, 0),
	MEMBER("lru", &list, 64),
	MEMBER("mapcount", &integer, 192),
	MEMBER("refs", &integer, 224),
};
static const struct pl_type page = RECORD(PL_TYPE_STRUCT, "page", 256, page_members);

static const struct pl_pack pack = {
	.classes =
		(struct pl_pack_class[]){
			{PL_CLASS_PADDING, NULL, 0, (const char *[]){"_pad*"}, 1},
			{PL_CLASS_LIST, (const char *[]){"struct list_head"}, 1, NULL, 0},
			{PL_CLASS_LOCK, (const char *[]){"spinlock_t"}, 1, NULL, 0},
			{PL_CLASS_ATOMIC, (const char *[]){"atomic_t", "spinlock_t"}, 2, NULL, 0},
			{PL_CLASS_FLAG_WORD, NULL, 0, (const char *[]){"flags", "in.bits"}, 2},
		},
	.n_classes = 5,
};

static struct pl_target *target;

static void add_record(const char *name, const struct pl_type *type)
{
	struct pl_record *record;

	expect_ok(pl_flatten(target->arena, name, type, &record));
	expect_ok(pl_target_add_record(target, record));
}

static int set_up(void **state)
{
	(void)state;
	target = pl_target_new();
	if (!target)
		return 1;
	target->source.path = "vmlinux";
	target->name = "x";
	add_record("page", &page);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	pl_target_free(target);
	return 0;
}

/* Maps TYPE over PAGES hosts at the most. */
static const struct pl_overlay *map(const struct pl_type *type, size_t pages)
{
	const struct pl_wanted_overlay wanted = {"desc", pages};

	add_record("desc", type);
	pl_map_classify(&pack, target);
	expect_ok(pl_map_target(target, "page", &wanted, 1));
	assert_int_equal(target->n_overlays, 1);
	return &target->overlays[0];
}

struct touch {
	const char *field; /* NULL: none */
	enum pl_relation relation;
	struct pl_bit_range range;
};

static void expect_range(struct pl_bit_range range, struct pl_bit_range wanted)
{
	assert_int_equal(range.page, wanted.page);
	assert_int_equal(range.offset, wanted.offset);
	assert_int_equal(range.size, wanted.size);
}

static void expect_touches(const struct pl_member *member, const struct touch *touches,
			   size_t count)
{
	assert_int_equal(member->n_touches, count);
	for (size_t i = 0; i < count; i++) {
		const struct pl_touch *touch = &member->touches[i];

		assert_int_equal(!touch->host_field, !touches[i].field);
		if (touch->host_field)
			assert_string_equal(touch->host_field->path, touches[i].field);
		assert_int_equal(touch->relation, touches[i].relation);
		expect_range(touch->range, touches[i].range);
	}
}

#define expect_member(member, ...)                                                                 \
	do {                                                                                       \
		const struct touch touches_[] = {__VA_ARGS__};                                     \
		expect_touches(member, touches_, COUNT(touches_));                                 \
	} while (0)

struct unused {
	struct pl_bit_range range;
	enum pl_unused_why why;
	const char *pad; /* NULL: none */
	size_t n_branches;
	size_t alternative; /* of the innermost */
};

static void expect_unused_list(const struct pl_overlay *overlay, const struct unused *list_,
			       size_t count)
{
	assert_int_equal(overlay->n_unused, count);
	for (size_t i = 0; i < count; i++) {
		const struct pl_unused *unused = &overlay->unused[i];

		expect_range(unused->range, list_[i].range);
		assert_int_equal(unused->why, list_[i].why);
		assert_int_equal(!unused->pad, !list_[i].pad);
		if (unused->pad)
			assert_string_equal(unused->pad->path, list_[i].pad);
		assert_int_equal(unused->n_branches, list_[i].n_branches);
		if (unused->n_branches)
			assert_int_equal(unused->branches[unused->n_branches - 1].alternative,
					 list_[i].alternative);
	}
}

#define expect_unused(overlay, ...)                                                                \
	do {                                                                                       \
		const struct unused unused_[] = {__VA_ARGS__};                                     \
		expect_unused_list(overlay, unused_, COUNT(unused_));                              \
	} while (0)

static void every_relation_is_told(void **state)
{
	struct pl_type_member members[] = {
		MEMBER("flags", &word, 0),
		MEMBER("half", &integer, 64),
		MEMBER("wide", &ARRAY(8, &half), 96),
		MEMBER("_pad", &half, 224),
		MEMBER("more", &ARRAY(3, &half), 240),
		MEMBER("past", &integer, 288),
		MEMBER("rest", &FLEXIBLE(&byte), 320),
	};
	struct pl_type type = RECORD(PL_TYPE_STRUCT, "desc", 320, members);
	const struct pl_overlay *overlay = map(&type, 1);

	(void)state;
	assert_int_equal(overlay->pages, 1);
	assert_int_equal(overlay->n_members, 7);
	assert_int_equal(overlay->used, 5);
	expect_member(&overlay->members[0], {"flags", PL_RELATION_ALIGNED, {0, 0, 64}});
	expect_member(&overlay->members[1], {"lru.next", PL_RELATION_PARTIAL, {0, 64, 32}});
	expect_member(&overlay->members[2], {"lru.next", PL_RELATION_PARTIAL, {0, 96, 32}},
		      {"lru.prev", PL_RELATION_SPANNING, {0, 128, 64}},
		      {"mapcount", PL_RELATION_SPANNING, {0, 192, 32}});
	expect_member(&overlay->members[3], {"refs", PL_RELATION_PAD, {0, 224, 16}});
	expect_member(&overlay->members[4], {"refs", PL_RELATION_PARTIAL, {0, 240, 16}},
		      {NULL, PL_RELATION_BEYOND, {0, 256, 32}});
	expect_member(&overlay->members[5], {NULL, PL_RELATION_BEYOND, {0, 288, 32}});
	expect_range(overlay->members[5].range, (struct pl_bit_range){0, 288, 32});
	assert_int_equal(overlay->members[6].n_touches, 0);
}

static void overlays_may_cover_several_pages(void **state)
{
	struct pl_type_member members[] = {
		MEMBER("flags", &word, 0),	  MEMBER("cross", &ARRAY(3, &integer), 224),
		MEMBER("pair", &word, 240 + 256), MEMBER("_pad_cross", &integer, 240 + 512),
		MEMBER("last", &word, 768 + 192),
	};
	struct pl_type type = RECORD(PL_TYPE_STRUCT, "desc", 1024, members);
	const struct pl_overlay *overlay = map(&type, 4);

	(void)state;
	assert_int_equal(overlay->pages, 4);
	expect_range(overlay->members[1].range, (struct pl_bit_range){0, 224, 96});
	expect_member(&overlay->members[1], {"refs", PL_RELATION_SPANNING, {0, 224, 32}},
		      {"flags", PL_RELATION_SPANNING, {1, 0, 64}});
	expect_range(overlay->members[2].range, (struct pl_bit_range){1, 240, 64});
	expect_member(&overlay->members[2], {"refs", PL_RELATION_PARTIAL, {1, 240, 16}},
		      {"flags", PL_RELATION_PARTIAL, {2, 0, 48}});
	expect_member(&overlay->members[3], {"refs", PL_RELATION_PAD, {2, 240, 16}},
		      {"flags", PL_RELATION_PAD, {3, 0, 16}});
	expect_member(&overlay->members[4], {"mapcount", PL_RELATION_SPANNING, {3, 192, 32}},
		      {"refs", PL_RELATION_SPANNING, {3, 224, 32}});
	expect_unused(overlay, {{0, 64, 160}, PL_UNUSED_HOLE, NULL, 0, 0},
		      {{1, 64, 176}, PL_UNUSED_HOLE, NULL, 0, 0},
		      {{2, 48, 192}, PL_UNUSED_HOLE, NULL, 0, 0},
		      {{2, 240, 16}, PL_UNUSED_PAD, "_pad_cross", 0, 0},
		      {{3, 0, 16}, PL_UNUSED_PAD, "_pad_cross", 0, 0},
		      {{3, 16, 176}, PL_UNUSED_HOLE, NULL, 0, 0});
}

/* The pack says how many pages are covered at the most, the size how many in fact. */
static void pages_are_as_many_as_needed(void **state)
{
	struct pl_type_member members[] = {MEMBER("flags", &word, 0)};
	struct pl_type type = RECORD(PL_TYPE_STRUCT, "desc", 264, members);
	const struct pl_overlay *overlay = map(&type, 4);

	(void)state;
	assert_int_equal(overlay->pages, 2);
	expect_unused(overlay, {{0, 64, 192}, PL_UNUSED_HOLE, NULL, 0, 0},
		      {{1, 0, 8}, PL_UNUSED_HOLE, NULL, 0, 0},
		      {{1, 8, 248}, PL_UNUSED_TAIL, NULL, 0, 0});
}

static void holes_pads_and_tails_are_told(void **state)
{
	struct pl_type_member members[] = {
		MEMBER("flags", &word, 0),     BITS("order", &integer, 64, 5),
		BITS(NULL, &integer, 69, 3),   MEMBER("_pad_1", &integer, 96),
		MEMBER("refs", &integer, 128),
	};
	struct pl_type type = RECORD(PL_TYPE_STRUCT, "desc", 192, members);

	(void)state;
	expect_unused(map(&type, 1), {{0, 69, 27}, PL_UNUSED_HOLE, NULL, 0, 0},
		      {{0, 96, 32}, PL_UNUSED_PAD, "_pad_1", 0, 0},
		      {{0, 160, 32}, PL_UNUSED_HOLE, NULL, 0, 0},
		      {{0, 192, 64}, PL_UNUSED_TAIL, NULL, 0, 0});
}

/* desc { union { long a; struct { int b; union { short c; int d; }; }; int _pad_e; }; } */
static void holes_are_told_per_alternative(void **state)
{
	struct pl_type_member cd[] = {MEMBER("c", &half, 0), MEMBER("d", &integer, 0)};
	struct pl_type inner = RECORD(PL_TYPE_UNION, NULL, 32, cd);
	struct pl_type_member bu[] = {MEMBER("b", &half, 0), MEMBER(NULL, &inner, 32)};
	struct pl_type second = RECORD(PL_TYPE_STRUCT, NULL, 64, bu);
	struct pl_type_member abe[] = {MEMBER("a", &word, 0), MEMBER(NULL, &second, 0),
				       MEMBER("_pad_e", &integer, 0)};
	struct pl_type outer = RECORD(PL_TYPE_UNION, NULL, 64, abe);
	struct pl_type_member members[] = {MEMBER(NULL, &outer, 0)};
	struct pl_type type = RECORD(PL_TYPE_STRUCT, "desc", 64, members);

	(void)state;
	expect_unused(map(&type, 1), {{0, 0, 32}, PL_UNUSED_PAD, "_pad_e", 1, 2},
		      {{0, 16, 16}, PL_UNUSED_HOLE, NULL, 1, 1},
		      {{0, 32, 32}, PL_UNUSED_HOLE, NULL, 1, 2},
		      {{0, 48, 16}, PL_UNUSED_HOLE, NULL, 2, 0},
		      {{0, 64, 192}, PL_UNUSED_TAIL, NULL, 0, 0});
}

/* A lock is a whole: its gaps are nobody's to use, nor are its alternatives told apart. */
static void locks_are_opaque(void **state)
{
	struct pl_type_member raw[] = {MEMBER("owner", &half, 0), MEMBER("all", &integer, 0)};
	struct pl_type ticket = RECORD(PL_TYPE_UNION, NULL, 32, raw);
	struct pl_type_member inside[] = {MEMBER(NULL, &ticket, 0), MEMBER("magic", &word, 64)};
	struct pl_type record = RECORD(PL_TYPE_STRUCT, "spinlock", 128, inside);
	struct pl_type_member members[] = {
		MEMBER("lock", &TYPEDEF("spinlock_t", &record), 0),
		MEMBER("a", &word, 128),
		MEMBER("b", &integer, 224),
	};
	struct pl_type type = RECORD(PL_TYPE_STRUCT, "desc", 256, members);

	(void)state;
	expect_unused(map(&type, 1), {{0, 192, 32}, PL_UNUSED_HOLE, NULL, 0, 0});
	assert_int_equal(target->n_host_unused, 1);
	expect_range(target->host_unused[0], (struct pl_bit_range){0, 192, 32});
}

/* What is in a padding record is free, the gaps between its members too. */
static void padding_records_are_free_throughout(void **state)
{
	struct pl_type_member inside[] = {MEMBER("x", &half, 0), MEMBER("y", &integer, 32)};
	struct pl_type record = RECORD(PL_TYPE_STRUCT, NULL, 64, inside);
	struct pl_type_member members[] = {MEMBER("_pad_1", &record, 0), MEMBER("a", &word, 64),
					   MEMBER("b", &word, 128), MEMBER("c", &word, 192)};
	struct pl_type type = RECORD(PL_TYPE_STRUCT, "desc", 256, members);

	(void)state;
	expect_unused(map(&type, 1), {{0, 0, 16}, PL_UNUSED_PAD, "_pad_1.x", 0, 0},
		      {{0, 16, 16}, PL_UNUSED_HOLE, NULL, 0, 0},
		      {{0, 32, 32}, PL_UNUSED_PAD, "_pad_1.y", 0, 0});
	assert_int_equal(target->n_host_unused, 1);
	expect_range(target->host_unused[0], (struct pl_bit_range){0, 0, 64});
}

/* desc { union { struct { long flags; long own; }; struct page page; }; struct page second; } */
static void copies_of_the_host_are_left_out(void **state)
{
	struct pl_type_member own[] = {MEMBER("flags", &word, 0), MEMBER("own", &word, 64)};
	struct pl_type first = RECORD(PL_TYPE_STRUCT, NULL, 128, own);
	struct pl_type_member both[] = {MEMBER(NULL, &first, 0), MEMBER("page", &page, 0)};
	struct pl_type either = RECORD(PL_TYPE_UNION, NULL, 256, both);
	struct pl_type_member members[] = {
		MEMBER(NULL, &either, 0),
		MEMBER("second", &QUALIFIED(PL_TYPE_CONST, &page), 256),
		MEMBER("shifted", &page, 512 + 64),
	};
	struct pl_type type = RECORD(PL_TYPE_STRUCT, "desc", 832, members);
	const struct pl_overlay *overlay = map(&type, 4);

	(void)state;
	assert_int_equal(overlay->n_members, 7); /* two of its own, five of what is shifted */
	assert_string_equal(overlay->members[1].field->path, "own");
	assert_string_equal(overlay->members[2].field->path, "shifted.flags");
	expect_unused(overlay, {{0, 128, 128}, PL_UNUSED_HOLE, NULL, 1, 0},
		      {{2, 0, 64}, PL_UNUSED_HOLE, NULL, 0, 0},
		      {{3, 64, 192}, PL_UNUSED_TAIL, NULL, 0, 0});
}

static void bytes_list_fields_and_users(void **state)
{
	struct pl_type_member members[] = {MEMBER("flags", &word, 0), MEMBER("_pad", &half, 64),
					   BITS("low", &integer, 84, 4),
					   BITS("high", &integer, 88, 4)};
	struct pl_type type = RECORD(PL_TYPE_STRUCT, "desc", 128, members);
	static const struct {
		uint64_t offset, size;
		const char *host, *user;
	} wanted[] = {
		{0, 64, "flags", "flags"},   {64, 16, "lru.next", NULL},
		{80, 8, "lru.next", "low"},  {88, 8, "lru.next", "high"},
		{96, 32, "lru.next", NULL},  {128, 64, "lru.prev", NULL},
		{192, 32, "mapcount", NULL}, {224, 32, "refs", NULL},
	};

	(void)state;
	map(&type, 1);
	assert_int_equal(target->n_byte_map, COUNT(wanted));
	for (size_t i = 0; i < COUNT(wanted); i++) {
		const struct pl_host_range *range = &target->byte_map[i];

		expect_range(range->range,
			     (struct pl_bit_range){0, wanted[i].offset, wanted[i].size});
		assert_int_equal(range->n_host_fields, 1);
		assert_string_equal(range->host_fields[0]->path, wanted[i].host);
		assert_int_equal(range->n_users, wanted[i].user != NULL);
		if (wanted[i].user)
			assert_string_equal(range->users[0].field->path, wanted[i].user);
	}
	assert_int_equal(target->n_host_unused, 2);
	expect_range(target->host_unused[0], (struct pl_bit_range){0, 64, 20});
	expect_range(target->host_unused[1], (struct pl_bit_range){0, 92, 164});
}

static void without_overlays_nothing_is_used(void **state)
{
	const struct pl_wanted_overlay wanted[] = {{"slab", 1}, {"folio", 4}};

	(void)state;
	expect_ok(pl_map_target(target, "page", wanted, 2));
	assert_string_equal(target->host, "page");
	assert_int_equal(target->n_overlays, 0);
	assert_int_equal(target->n_absent, 2);
	assert_string_equal(target->absent[0], "slab");
	assert_string_equal(target->absent[1], "folio");
	assert_int_equal(target->n_wanted, 2);
	assert_int_equal(target->wanted[1].pages, 4);
	assert_int_equal(target->n_byte_map, 5);
	expect_range(target->host_unused[0], (struct pl_bit_range){0, 0, 256});
}

static void hosts_that_are_missing_are_errors(void **state)
{
	(void)state;
	expect_error(pl_map_target(target, "bio", NULL, 0), PL_ERROR_MISSING,
		     "vmlinux: there is no struct or union bio in it");
	assert_null(target->host);
}

static void absurd_sizes_are_errors(void **state)
{
	static const uint64_t sizes[] = {0, 12, (8 << 20) + 8, ((uint64_t)1 << 40) + 8,
					 UINT64_MAX - 7};
	static const char *const messages[] = {
		"vmlinux: struct page has a size of 0 bits",
		"vmlinux: struct page has a size of 12 bits",
		"vmlinux: struct page has a size of 8388616 bits",
		"vmlinux: struct page has a size of 1099511627784 bits",
		"vmlinux: struct page has a size of 18446744073709551608 bits",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(sizes); i++) {
		target->records[0]->size = sizes[i];
		expect_unreadable(pl_map_target(target, "page", NULL, 0), messages[i]);
	}
}

/* Thousands of fields that all lie on one another: told, not suffered. */
static void endless_touches_are_an_error(void **state)
{
	enum { FIELDS = 1200 };
	struct pl_record *host = target->records[0],
			 *desc = pl_arena_alloc(target->arena, sizeof(*desc));
	struct pl_field *fields = pl_arena_array(target->arena, FIELDS, sizeof(*fields));
	const struct pl_wanted_overlay wanted = {"desc", 1};

	(void)state;
	for (size_t i = 0; i < FIELDS; i++)
		fields[i] = (struct pl_field){
			.path = "x", .type = "long", .size = 64, .container = PL_NONE};
	host->fields = fields;
	host->n_fields = FIELDS;
	*desc = (struct pl_record){
		.name = "desc", .size = 64, .fields = fields, .n_fields = FIELDS};
	expect_ok(pl_target_add_record(target, desc));
	expect_unreadable(pl_map_target(target, "page", &wanted, 1),
			  "vmlinux: more than 1000000 touches");
}

/*
 * The rows are words and edges of 5 and COUNT members; each has as many looks, and columns. The
 * names are flags, mapcount and refs, lru.next and lru.prev, lru in both and by itself, and "x".
 */
static void effort_is_measured_and_bounded(void **state)
{
	enum { COUNT = 32, TOO_MANY = 1 << 15 };
	struct pl_record *desc = pl_arena_alloc(target->arena, sizeof(*desc));
	struct pl_field *fields = pl_arena_array(target->arena, TOO_MANY, sizeof(*fields));
	const struct pl_wanted_overlay wanted[] = {{"desc", 2}, {"nothing", 4}};

	(void)state;
	for (size_t i = 0; i < TOO_MANY; i++)
		fields[i] = (struct pl_field){
			.path = "x", .type = "long", .size = 1, .container = PL_NONE};
	*desc = (struct pl_record){
		.name = "desc", .size = 512, .fields = fields, .n_fields = COUNT};
	expect_ok(pl_target_add_record(target, desc));
	target->n_findings = 3;
	expect_ok(pl_map_target(target, "page", wanted, 2));
	target->n_findings = 0;
	assert_int_equal(target->map_effort, 37 * 37 + 2 * (4 + 1 + 32) * (37 + 2 * 64 + 3) +
						     (5 + 8 + 4 + 2 * 2 * 8 + 3) + COUNT);
	desc->n_fields = TOO_MANY;
	expect_unreadable(pl_map_target(target, "page", wanted, 2),
			  "vmlinux: page and its overlays are too large to be mapped");
}

static void classes_come_from_the_pack(void **state)
{
	struct pl_type_member bits[] = {MEMBER("bits", &word, 0), MEMBER("flags", &word, 64)};
	struct pl_type record = RECORD(PL_TYPE_STRUCT, NULL, 128, bits);
	struct pl_type_member raw[] = {MEMBER("_pad", &integer, 0),
				       MEMBER("v", &TYPEDEF("atomic_t", &integer), 32)};
	struct pl_type lock = RECORD(PL_TYPE_STRUCT, NULL, 64, raw);
	struct pl_type_member members[] = {
		MEMBER("in", &record, 0),
		MEMBER("lock", &TYPEDEF("spinlock_t", &lock), 128),
		MEMBER("count", &TYPEDEF("atomic_t", &integer), 192),
		MEMBER("_pad_list", &list, 256),
		MEMBER("lru", &list, 384),
		MEMBER("bits", &word, 512),
	};
	struct pl_type type = RECORD(PL_TYPE_STRUCT, "desc", 576, members);
	static const struct {
		const char *path;
		enum pl_type_class type_class;
	} wanted[] = {
		{"in.bits", PL_CLASS_FLAG_WORD},      {"in.flags", PL_CLASS_FLAG_WORD},
		{"lock._pad", PL_CLASS_LOCK},	      {"lock.v", PL_CLASS_LOCK},
		{"count", PL_CLASS_ATOMIC},	      {"_pad_list.next", PL_CLASS_PADDING},
		{"_pad_list.prev", PL_CLASS_PADDING}, {"lru.next", PL_CLASS_INTEGER},
		{"lru.prev", PL_CLASS_INTEGER},	      {"bits", PL_CLASS_INTEGER},
	};
	const struct pl_record *desc = map(&type, 4)->record;

	(void)state;
	assert_int_equal(desc->n_fields, COUNT(wanted));
	for (size_t i = 0; i < COUNT(wanted); i++) {
		assert_string_equal(desc->fields[i].path, wanted[i].path);
		assert_int_equal(desc->fields[i].type_class, wanted[i].type_class);
	}
	assert_int_equal(desc->containers[2].type_class, PL_CLASS_PADDING);
	assert_int_equal(desc->containers[3].type_class, PL_CLASS_LIST);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(every_relation_is_told),
		TEST(overlays_may_cover_several_pages),
		TEST(pages_are_as_many_as_needed),
		TEST(holes_pads_and_tails_are_told),
		TEST(holes_are_told_per_alternative),
		TEST(locks_are_opaque),
		TEST(padding_records_are_free_throughout),
		TEST(copies_of_the_host_are_left_out),
		TEST(bytes_list_fields_and_users),
		TEST(without_overlays_nothing_is_used),
		TEST(hosts_that_are_missing_are_errors),
		TEST(absurd_sizes_are_errors),
		TEST(effort_is_measured_and_bounded),
		TEST(endless_touches_are_an_error),
		TEST(classes_come_from_the_pack),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
