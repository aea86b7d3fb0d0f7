/* SPDX-License-Identifier: MIT */
/* BTF that is broken, or was made to do harm. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "btf_fixture.h"

/* However much is missing, it is noticed. The copies let a sanitizer see reads past the end. */
static void refuses_what_is_cut_short(void **state)
{
	struct btf *btf = page_btf();
	struct copy whole = copy_of(btf);

	(void)state;
	for (size_t size = 0; size < whole.size; size++) {
		struct copy cut = {malloc(size ? size : 1), size};

		assert_non_null(cut.data);
		memcpy(cut.data, whole.data, size);
		assert_copy_fails(cut, "");
		free(cut.data);
	}
	free(whole.data);
	btf__free(btf);
}

/* The word at AT becomes VALUE for a while. */
static void assert_word_refused(struct copy copy, size_t at, uint32_t value, const char *why)
{
	uint32_t before = get(&copy, at);

	put(&copy, at, value);
	assert_copy_fails(copy, why);
	put(&copy, at, before);
}

static void refuses_headers_that_lie(void **state)
{
	struct btf *btf = page_btf();
	struct copy copy = copy_of(btf);
	uint32_t types = get(&copy, TYPES_SIZE_AT);

	(void)state;
	assert_word_refused(copy, HEADER_SIZE_AT, 20, "size of the header");
	assert_word_refused(copy, HEADER_SIZE_AT, 0xfffffff0, "size of the header");
	assert_word_refused(copy, 8, 2, "misaligned types");
	assert_word_refused(copy, TYPES_SIZE_AT, types + 4, "overlap");
	assert_word_refused(copy, TYPES_SIZE_AT, types - 4, "cut short");
	assert_word_refused(copy, TYPES_SIZE_AT, 0xfffffffc, "overlap");
	assert_word_refused(copy, STRINGS_OFFSET_AT, 0xffffffff, "truncated strings");
	assert_word_refused(copy, 20, 0xffffffff, "truncated strings");
	copy.data[copy.size - 1] = 'x';
	assert_copy_fails(copy, "not terminated");
	free(copy.data);
	btf__free(btf);
}

/* long; struct page { long flags; } */
static void refuses_types_that_lie(void **state)
{
	enum { PAGE = HEADER + 16, MEMBER = PAGE + 12 };
	struct btf *btf = new_btf(8);
	struct pl_target *target;
	struct copy copy;

	(void)state;
	add_simple(btf, "page", "flags");
	copy = copy_of(btf);
	assert_word_refused(copy, HEADER, 10000, "type [1] has a name outside");
	assert_word_refused(copy, HEADER + 4, 31u << 24, "type [1] is of an unknown kind");
	assert_word_refused(copy, HEADER + 4, 0, "type [1] is of an unknown kind");
	assert_word_refused(copy, HEADER + 8, 7, "type [1] is an integer of an absurd size");
	assert_word_refused(copy, PAGE + 4, BTF_KIND_STRUCT << 24 | 0xffff,
			    "type [2] is cut short");
	assert_word_refused(copy, PAGE + 4, BTF_KIND_STRUCT << 24 | 1 << 16 | 1, "unknown kind");
	assert_word_refused(copy, PAGE + 8, 7, "outside");
	assert_word_refused(copy, MEMBER, 10000, "type [2] has a member whose name lies outside");
	assert_word_refused(copy, MEMBER + 4, 3, "type [2] refers to type [3], which does not");
	assert_word_refused(copy, MEMBER + 4, 0xffffffff, "which does not exist");
	assert_word_refused(copy, MEMBER + 4, 0, "no size");
	assert_word_refused(copy, MEMBER + 4, 2, "nest deeper"); /* it holds itself */
	assert_word_refused(copy, MEMBER + 8, 1, "outside");
	target = read_raw(bytes_of(copy), "page", NULL);
	assert_int_equal(target->n_records, 1); /* what was broken is whole again */
	pl_target_free(target);
	free(copy.data);
	btf__free(btf);
}

/* struct page { TYPE m; }, where TYPE is the last one of BTF. */
static void assert_member_refused(struct btf *btf, const char *why)
{
	int type = (int)btf__type_cnt(btf) - 1;
	struct copy copy;

	btf__add_struct(btf, "page", 8);
	assert_int_equal(btf__add_field(btf, "m", type, 0, 0), 0);
	copy = copy_of(btf);
	assert_copy_fails(copy, why);
	free(copy.data);
	btf__free(btf);
}

static void refuses_types_without_an_end(void **state)
{
	struct btf *btf = new_btf(8);

	(void)state;
	btf__add_const(btf, 2); /* of itself */
	assert_member_refused(btf, "no size");
	btf = new_btf(8);
	btf__add_typedef(btf, "a", 3);
	btf__add_typedef(btf, "b", 2);
	assert_member_refused(btf, "no size");
	btf = new_btf(8);
	btf__add_array(btf, 1, 2, 1);
	assert_member_refused(btf, "absurd");
	btf = new_btf(8);
	btf__add_type_tag(btf, "tag", 2);
	assert_member_refused(btf, "more than 64 tags");
	btf = new_btf(8);
	for (int i = 1; i < 100000; i++)
		btf__add_volatile(btf, i);
	assert_member_refused(btf, "no size");
	btf = new_btf(8);
	btf__add_func(btf, "f", BTF_FUNC_STATIC, btf__add_func_proto(btf, 0));
	assert_member_refused(btf, "is used but is no type");
	btf = new_btf(8);
	btf__add_struct(btf, "a", 8);
	btf__add_field(btf, "b", 3, 0, 0);
	btf__add_field(btf, "c", 3, 0, 0);
	btf__add_struct(btf, "b", 8);
	btf__add_field(btf, "a", 2, 0, 0);
	btf__add_field(btf, "d", 2, 0, 0);
	assert_member_refused(btf, "");
}

/* Each function takes two pointers to the one before: spelled out, that is 2 to the 60th. */
static void survives_types_too_long_to_spell(void **state)
{
	struct btf *btf = new_btf(8);
	struct pl_target *target = new_target();
	struct pl_error *error;
	struct copy copy;
	int last = 1;

	(void)state;
	for (int i = 0; i < 60; i++) {
		int function = btf__add_func_proto(btf, 0);

		assert_int_equal(btf__add_func_param(btf, NULL, last), 0);
		assert_int_equal(btf__add_func_param(btf, NULL, last), 0);
		last = btf__add_ptr(btf, function);
	}
	btf__add_struct(btf, "page", 8);
	assert_int_equal(btf__add_field(btf, "m", last, 0, 0), 0);
	copy = copy_of(btf);
	alarm(20); /* rather be killed than hang */
	error = try_read(bytes_of(copy), (struct pl_bytes){0}, "page", NULL, false, target);
	alarm(0);
	pl_error_free(error);
	pl_target_free(target);
	free(copy.data);
	btf__free(btf);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(refuses_what_is_cut_short),
		cmocka_unit_test(refuses_headers_that_lie),
		cmocka_unit_test(refuses_types_that_lie),
		cmocka_unit_test(refuses_types_without_an_end),
		cmocka_unit_test(survives_types_too_long_to_spell),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
