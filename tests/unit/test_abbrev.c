/* SPDX-License-Identifier: MIT */
/* Abbreviation tables: what is passed over, and what the index must leave to libdwarf. */
#include <dwarf.h>

#include "read/dwarf/dwarf_abbrev.h"
#include <stdlib.h>

#include "testing.h"

static const struct pl_unit_sizes sizes = {.offset = 4, .address = 8, .version = 5};

#define BYTES(...)                                                                                 \
	((struct pl_bytes){(const unsigned char[]){__VA_ARGS__},                                   \
			   sizeof((const unsigned char[]){__VA_ARGS__})})

static void numbers_are_decoded(void **state)
{
	struct pl_cursor cursor = pl_cursor_init(BYTES(0x00, 0x7f, 0xe5, 0x8e, 0x26), false);

	(void)state;
	assert_int_equal(pl_uleb128(&cursor), 0);
	assert_int_equal(pl_uleb128(&cursor), 127);
	assert_int_equal(pl_uleb128(&cursor), 624485);
	assert_false(cursor.failed);
	pl_uleb128(&cursor);
	assert_true(cursor.failed);
}

static void signed_numbers_are_read(void **state)
{
	struct pl_cursor cursor = pl_cursor_init(BYTES(0x3f, 0x7f, 0xc0, 0x00, 0x80, 0x7f), false);

	(void)state;
	assert_int_equal(pl_sleb128(&cursor), 63);
	assert_int_equal((int64_t)pl_sleb128(&cursor), -1);
	assert_int_equal(pl_sleb128(&cursor), 64);
	assert_int_equal((int64_t)pl_sleb128(&cursor), -128);
	assert_false(cursor.failed);
	cursor = pl_cursor_init(BYTES(0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f),
				false);
	assert_int_equal((int64_t)pl_sleb128(&cursor), -1);
}

static void a_number_without_end_fails(void **state)
{
	struct pl_cursor cursor = pl_cursor_init(BYTES(0x80, 0x80, 0x80), false);

	(void)state;
	pl_uleb128(&cursor);
	assert_true(cursor.failed);
}

/* How far an attribute of FORM with these bytes reaches; -1 if the cursor failed. */
static int reach(unsigned form, struct pl_bytes bytes)
{
	struct pl_cursor cursor = pl_cursor_init(bytes, false);

	pl_abbrev_skip(&cursor, form, sizes);
	return cursor.failed ? -1 : (int)cursor.position;
}

static void forms_have_their_sizes(void **state)
{
	struct pl_bytes many = BYTES(3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

	(void)state;
	assert_int_equal(reach(DW_FORM_flag_present, many), 0);
	assert_int_equal(reach(DW_FORM_implicit_const, many), 0);
	assert_int_equal(reach(DW_FORM_data1, many), 1);
	assert_int_equal(reach(DW_FORM_ref2, many), 2);
	assert_int_equal(reach(DW_FORM_strx3, many), 3);
	assert_int_equal(reach(DW_FORM_strp, many), 4);
	assert_int_equal(reach(DW_FORM_addr, many), 8);
	assert_int_equal(reach(DW_FORM_data16, many), 16);
	assert_int_equal(reach(DW_FORM_block1, many), 4);
	assert_int_equal(reach(DW_FORM_block2, many), 5);
	assert_int_equal(reach(DW_FORM_block4, many), 7);
	assert_int_equal(reach(DW_FORM_exprloc, many), 4);
	assert_int_equal(reach(DW_FORM_udata, many), 1);
	assert_int_equal(reach(DW_FORM_string, BYTES('a', 'b', 0, 'c')), 3);
}

static void what_is_cut_short_or_unknown_fails(void **state)
{
	(void)state;
	assert_int_equal(reach(DW_FORM_data8, BYTES(1, 2, 3)), -1);
	assert_int_equal(reach(DW_FORM_block1, BYTES(4, 0, 0)), -1);
	assert_int_equal(reach(DW_FORM_string, BYTES('a', 'b')), -1);
	assert_int_equal(reach(DW_FORM_indirect, BYTES(1, 2, 3)), -1);
	assert_int_equal(reach(0x7777, BYTES(1, 2, 3)), -1);
}

struct fixture {
	struct pl_arena *arena;
	struct pl_abbrev_table table;
};

static int setup(void **state)
{
	struct fixture *f = calloc(1, sizeof(*f));

	f->arena = f->table.arena = pl_arena_new();
	*state = f;
	return f->arena ? 0 : -1;
}

static int teardown(void **state)
{
	struct fixture *f = *state;

	pl_arena_free(f->arena);
	free(f);
	return 0;
}

static bool known(struct fixture *f, struct pl_bytes section)
{
	bool ret = true;

	f->table.whole = false; /* another section: nothing of the last one holds */
	expect_ok(pl_abbrev_read(&f->table, section, 0, sizes, &ret));
	return ret;
}

static void a_table_is_read_by_code(void **state)
{
	struct fixture *f = *state;
	const struct pl_abbrev *abbrev;

	/* 1: a structure with children; 3: a base type with a value in the table itself */
	assert_true(known(f, BYTES(1, DW_TAG_structure_type, 1, DW_AT_name, DW_FORM_strp,
				   DW_AT_byte_size, DW_FORM_udata, 0, 0, 3, DW_TAG_base_type, 0,
				   DW_AT_byte_size, DW_FORM_implicit_const, 0x84, 0x01,
				   DW_AT_encoding, DW_FORM_data1, 0, 0, 0)));
	assert_int_equal(f->table.count, 4);
	assert_int_equal(f->table.list[2].tag, 0);
	abbrev = &f->table.list[1];
	assert_int_equal(abbrev->tag, DW_TAG_structure_type);
	assert_true(abbrev->children);
	assert_false(abbrev->fixed);
	assert_int_equal(abbrev->count, 2);
	abbrev = &f->table.list[3];
	assert_int_equal(abbrev->tag, DW_TAG_base_type);
	assert_true(abbrev->fixed);
	assert_int_equal(abbrev->size, 1);
	assert_int_equal(f->table.attributes[abbrev->first + 1].name, DW_AT_encoding);
}

static void a_table_is_used_again(void **state)
{
	struct fixture *f = *state;

	assert_true(known(f, BYTES(5, DW_TAG_member, 0, DW_AT_name, DW_FORM_strp, 0, 0, 0)));
	assert_true(known(f, BYTES(1, DW_TAG_typedef, 0, 0, 0, 0)));
	assert_int_equal(f->table.count, 2);
	assert_int_equal(f->table.list[1].count, 0);
}

static void a_table_is_not_read_twice(void **state)
{
	struct pl_unit_sizes other = {.offset = 8, .address = 8, .version = 5};
	struct fixture *f = *state;
	bool ret = false;

	assert_true(known(f, BYTES(1, DW_TAG_typedef, 0, DW_AT_name, DW_FORM_strp, 0, 0, 0)));
	expect_ok(pl_abbrev_read(&f->table, (struct pl_bytes){0}, 0, sizes, &ret));
	assert_true(ret);
	assert_int_equal(f->table.list[1].size, 4);
	/* What sizes depend on is part of what a table is. */
	expect_ok(pl_abbrev_read(&f->table, (struct pl_bytes){0}, 0, other, &ret));
	assert_false(ret);
}

static void broken_tables_are_not_known(void **state)
{
	struct fixture *f = *state;

	assert_false(known(f, BYTES(1)));
	assert_false(known(f, BYTES(1, DW_TAG_member, 0, DW_AT_name)));
	assert_false(known(f, BYTES(1, DW_TAG_member, 0, DW_AT_name, DW_FORM_strp, 0, 0)));
	assert_false(known(f, BYTES(0xff, 0xff, 0xff, 0x7f, DW_TAG_member, 0, 0, 0, 0)));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_are_decoded),
		cmocka_unit_test(signed_numbers_are_read),
		cmocka_unit_test(a_number_without_end_fails),
		cmocka_unit_test(forms_have_their_sizes),
		cmocka_unit_test(what_is_cut_short_or_unknown_fails),
		cmocka_unit_test_setup_teardown(a_table_is_read_by_code, setup, teardown),
		cmocka_unit_test_setup_teardown(a_table_is_used_again, setup, teardown),
		cmocka_unit_test_setup_teardown(a_table_is_not_read_twice, setup, teardown),
		cmocka_unit_test_setup_teardown(broken_tables_are_not_known, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
