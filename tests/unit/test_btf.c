/* SPDX-License-Identifier: MIT */
/* Reading BTF of either byte order. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "btf_fixture.h"

static void reads_every_kind_of_member(void **state)
{
	struct btf *btf = page_btf();
	struct pl_target *target = read_btf(btf, "page", NULL);

	(void)state;
	assert_page(target, PL_ENDIAN_LITTLE);
	pl_target_free(target);
	btf__free(btf);
}

static void reads_the_other_byte_order(void **state)
{
	struct btf *btf = page_btf();
	struct pl_target *target;

	(void)state;
	assert_int_equal(btf__set_endianness(btf, BTF_BIG_ENDIAN), 0);
	target = read_btf(btf, "page", NULL);
	assert_page(target, PL_ENDIAN_BIG);
	pl_target_free(target);
	btf__free(btf);
}

/* A longer header, as a later version may have; libbpf refuses it in the foreign byte order. */
static void reads_a_longer_header(void **state)
{
	(void)state;
	for (int big = 0; big < 2; big++) {
		struct btf *btf = page_btf();
		struct pl_target *target;
		struct copy copy, longer;

		assert_int_equal(btf__set_endianness(btf, big ? BTF_BIG_ENDIAN : BTF_LITTLE_ENDIAN),
				 0);
		copy = copy_of(btf);
		longer = (struct copy){calloc(1, copy.size + 8), copy.size + 8};
		assert_non_null(longer.data);
		memcpy(longer.data, copy.data, HEADER);
		memcpy(longer.data + HEADER + 8, copy.data + HEADER, copy.size - HEADER);
		put(&longer, HEADER_SIZE_AT, HEADER + 8);
		target = read_raw(bytes_of(longer), "page", NULL);
		assert_page(target, big ? PL_ENDIAN_BIG : PL_ENDIAN_LITTLE);
		pl_target_free(target);
		free(longer.data);
		free(copy.data);
		btf__free(btf);
	}
}

static void reads_bit_fields(void **state)
{
	static const struct leaf leaves[] = {
		{"inuse", 0, 16, true, "unsigned int"},
		{"frozen", 31, 1, true, "unsigned int"},
		{"whole", 32, 32, false, "unsigned int"},
	};
	struct btf *btf = new_btf(8);
	int integer = btf__add_int(btf, "unsigned int", 4, 0);
	struct pl_target *target;

	(void)state;
	btf__add_struct(btf, "slab", 8);
	assert_int_equal(btf__add_field(btf, "inuse", integer, 0, 16), 0);
	assert_int_equal(btf__add_field(btf, "frozen", integer, 31, 1), 0);
	assert_int_equal(btf__add_field(btf, "whole", integer, 32, 0), 0);
	target = read_btf(btf, "slab", NULL);
	assert_leaves(pl_target_record(target, "slab"), leaves, 3);
	pl_target_free(target);
	btf__free(btf);
}

/* The integer itself says how many bits it has, and where they begin. */
static void reads_old_bit_fields(void **state)
{
	static const struct leaf leaves[] = {
		{"a", 2, 3, true, "unsigned int"},
		{"b", 32, 3, true, "narrow_t"},
		{"c", 40, 8, false, "char"},
		{"d", 50, 8, true, "char"},
	};
	struct btf *btf = btf__new_empty();
	struct pl_target *target;
	struct copy copy;

	(void)state;
	assert_int_equal(btf__add_int(btf, "unsigned int", 4, 0), 1); /* made narrow below */
	assert_int_equal(btf__add_int(btf, "unsigned int", 4, 0), 2);
	assert_int_equal(btf__add_typedef(btf, "narrow_t", 2), 3);
	assert_int_equal(btf__add_int(btf, "char", 1, BTF_INT_CHAR), 4);
	btf__add_struct(btf, "slab", 8);
	assert_int_equal(btf__add_field(btf, "a", 1, 0, 0), 0);
	assert_int_equal(btf__add_field(btf, "b", 3, 32, 0), 0);
	assert_int_equal(btf__add_field(btf, "c", 4, 40, 0), 0);
	assert_int_equal(btf__add_field(btf, "d", 4, 48, 0), 0); /* moved below */
	copy = copy_of(btf);
	put(&copy, HEADER + 12, 2 << 16 | 3); /* from bit 2 on, 3 bits */
	put(&copy, HEADER + 28, 3);
	put(&copy, HEADER + get(&copy, TYPES_SIZE_AT) - 4, 50);
	target = read_raw(bytes_of(copy), "slab", NULL);
	assert_leaves(pl_target_record(target, "slab"), leaves, 4);
	pl_target_free(target);
	free(copy.data);
	btf__free(btf);
}

static void sees_through_tags(void **state)
{
	static const struct leaf leaves[] = {
		{"next", 0, 64, false, "struct other *"},
		{"hook", 64, 64, false, "union hook *"},
	};
	struct btf *btf = new_btf(8);
	int other = btf__add_fwd(btf, "other", BTF_FWD_STRUCT);
	int hook = btf__add_ptr(btf, btf__add_fwd(btf, "hook", BTF_FWD_UNION)), tagged, page;
	struct pl_target *target;

	(void)state;
	tagged = btf__add_type_tag(btf, "user", btf__add_type_tag(btf, "rcu", other));
	tagged = btf__add_ptr(btf, tagged);
	page = btf__add_struct(btf, "page", 16);
	assert_int_equal(btf__add_field(btf, "next", tagged, 0, 0), 0);
	assert_int_equal(btf__add_field(btf, "hook", hook, 64, 0), 0);
	assert_true(btf__add_decl_tag(btf, "note", page, -1) > 0);
	assert_true(btf__add_func(btf, "f", BTF_FUNC_STATIC, btf__add_func_proto(btf, 0)) > 0);
	assert_true(btf__add_var(btf, "v", BTF_VAR_STATIC, page) > 0);
	assert_true(btf__add_datasec(btf, ".data", 16) > 0);
	assert_int_equal(btf__add_datasec_var_info(btf, page, 0, 16), 0);
	target = read_btf(btf, "page", NULL);
	assert_leaves(pl_target_record(target, "page"), leaves, 2);
	pl_target_free(target);
	btf__free(btf);
}

static void keeps_the_order_of_the_request(void **state)
{
	struct btf *btf = new_btf(8);
	struct pl_target *target;

	(void)state;
	btf__add_fwd(btf, "slab", BTF_FWD_STRUCT); /* a forward declaration is no definition */
	add_simple(btf, "page", "flags");
	add_simple(btf, "slab", "counters");
	target = read_btf(btf, "slab", "page");
	assert_int_equal(target->n_records, 2);
	assert_string_equal(target->records[0]->name, "slab");
	assert_string_equal(target->records[1]->name, "page");
	pl_target_free(target);
	target = read_btf(btf, "absent", "slab");
	assert_int_equal(target->n_records, 1);
	pl_target_free(target);
	btf__free(btf);
}

static void compares_definitions_when_asked(void **state)
{
	struct btf *btf = new_btf(8);
	struct pl_target *target = read_btf(btf, "page", NULL);
	struct copy copy;

	(void)state;
	pl_target_free(target);
	add_simple(btf, "page", "flags");
	add_simple(btf, "page", "flags");
	add_simple(btf, "slab", "flags");
	add_simple(btf, "slab", "counters");
	copy = copy_of(btf);
	target = new_target();
	assert_null(try_read(bytes_of(copy), (struct pl_bytes){0}, "page", "slab", true, target));
	assert_int_equal(target->n_records, 2);
	assert_string_equal(pl_target_record(target, "slab")->fields[0].path, "flags");
	assert_int_equal(target->n_findings, 1);
	assert_string_equal(target->findings[0].rule, "ONE-DEFINITION");
	assert_string_equal(target->findings[0].overlay, "slab");
	assert_non_null(strstr(target->findings[0].message, "counters"));
	assert_non_null(strstr(target->findings[0].message, "type [5]"));
	pl_target_free(target);
	target = read_raw(bytes_of(copy), "page", "slab");
	assert_int_equal(target->n_findings, 0);
	pl_target_free(target);
	free(copy.data);
	btf__free(btf);
}

static void reads_split_btf_with_its_base(void **state)
{
	static const struct leaf leaves[] = {{"page", 0, 64, false, "struct page *"},
					     {"flags", 64, 64, false, "long"}};

	(void)state;
	for (int big = 0; big < 2; big++) {
		enum btf_endianness endian = big ? BTF_BIG_ENDIAN : BTF_LITTLE_ENDIAN;
		struct btf *base = page_btf(), *split = btf__new_empty_split(base);
		int page = btf__find_by_name_kind(base, "page", BTF_KIND_STRUCT);
		struct pl_target *target = new_target();
		struct copy below, above;

		page = btf__add_ptr(split, page);
		btf__add_struct(split, "module_page", 16);
		assert_int_equal(btf__add_field(split, "page", page, 0, 0), 0);
		assert_int_equal(btf__add_field(split, "flags", 1, 64, 0), 0);
		assert_int_equal(btf__set_endianness(split, endian), 0);
		above = copy_of(split);
		assert_int_equal(btf__set_endianness(base, endian), 0);
		below = copy_of(base);
		assert_true(pl_btf_is_split(bytes_of(above)));
		assert_false(pl_btf_is_split(bytes_of(below)));
		assert_null(try_read(bytes_of(above), bytes_of(below), "module_page", "page", false,
				     target));
		assert_leaves(pl_target_record(target, "module_page"), leaves, 2);
		assert_leaves(pl_target_record(target, "page"), page_leaves, N_PAGE_LEAVES);
		assert_int_equal(target->endian, big ? PL_ENDIAN_BIG : PL_ENDIAN_LITTLE);
		pl_target_free(target);
		free(above.data);
		free(below.data);
		btf__free(split);
		btf__free(base);
	}
}

static void refuses_split_btf_without_a_fitting_base(void **state)
{
	struct btf *base = page_btf(), *split = btf__new_empty_split(base);
	struct copy below = copy_of(base), above;
	struct pl_bytes cut = bytes_of(below);

	(void)state;
	btf__add_ptr(split, (int)btf__type_cnt(base) - 1);
	btf__add_struct(split, "page", 0);
	btf__add_struct(split, "inner", 0);
	above = copy_of(split);
	assert_copy_fails(above, "`--btf-base FILE` is needed");
	assert_fails(bytes_of(above), bytes_of(above), "base BTF: it is split BTF itself");
	cut.size--;
	assert_fails(bytes_of(above), cut, "base BTF: truncated strings");
	assert_int_equal(btf__set_endianness(base, BTF_BIG_ENDIAN), 0);
	free(below.data);
	below = copy_of(base);
	assert_fails(bytes_of(above), bytes_of(below), "base BTF: its byte order");
	free(below.data);
	btf__free(split);
	btf__free(base);
	base = new_btf(8); /* types and names of the split end past this one's */
	below = copy_of(base);
	assert_fails(bytes_of(above), bytes_of(below), "");
	free(below.data);
	free(above.data);
	btf__free(base);
}

static void finds_the_word_size(void **state)
{
	struct btf *btf = new_btf(4);
	int pointer = btf__add_ptr(btf, 0);
	struct pl_target *target = new_target();
	struct copy copy;

	(void)state;
	btf__add_struct(btf, "page", 8);
	assert_int_equal(btf__add_field(btf, "p", pointer, 0, 0), 0);
	copy = copy_of(btf);
	assert_null(try_read(bytes_of(copy), (struct pl_bytes){0}, "page", NULL, false, target));
	assert_int_equal(target->bits, 32);
	assert_int_equal(pl_target_record(target, "page")->fields[0].size, 32);
	pl_target_free(target);
	target = new_target();
	target->bits = 64; /* somebody knows better */
	target->endian = PL_ENDIAN_BIG;
	assert_null(try_read(bytes_of(copy), (struct pl_bytes){0}, "page", NULL, false, target));
	assert_int_equal(target->bits, 64);
	assert_int_equal(target->endian, PL_ENDIAN_BIG);
	assert_int_equal(pl_target_record(target, "page")->fields[0].size, 64);
	pl_target_free(target);
	free(copy.data);
	btf__free(btf);
}

static void refuses_to_guess_the_word_size(void **state)
{
	struct btf *btf = btf__new_empty();
	int integer = btf__add_int(btf, "int", 4, 0), pointer = btf__add_ptr(btf, integer);
	struct pl_target *target;
	struct copy copy;

	(void)state;
	btf__add_struct(btf, "slab", 4);
	assert_int_equal(btf__add_field(btf, "i", integer, 0, 0), 0);
	target = read_btf(btf, "slab", NULL);
	assert_int_equal(target->bits, 0);
	assert_int_equal(target->n_records, 1);
	pl_target_free(target);
	btf__add_struct(btf, "page", 8);
	assert_int_equal(btf__add_field(btf, "p", pointer, 0, 0), 0);
	copy = copy_of(btf);
	assert_copy_fails(copy, "how large a pointer is");
	free(copy.data);
	btf__free(btf);
}

static void detects_and_locates(void **state)
{
	struct btf *btf = page_btf(), *small = new_btf(8);
	struct copy large = copy_of(btf), little = copy_of(small);
	size_t size = 5 + little.size + 3 + large.size + 7 + little.size;
	unsigned char *image = calloc(1, size);
	struct pl_bytes found = {0}, bytes = {image, size};

	(void)state;
	assert_non_null(image);
	memcpy(image, "\x9f\xeb\x01zz", 5);
	assert_false(pl_btf_locate(bytes, &found));
	memcpy(image + 5, little.data, little.size);
	memcpy(image + 5 + little.size + 3, large.data, large.size);
	memcpy(image + size - little.size, little.data, little.size);
	assert_true(pl_btf_locate(bytes, &found));
	assert_ptr_equal(found.data, image + 5 + little.size + 3);
	assert_int_equal(found.size, large.size);
	assert_true(pl_btf_detect(found));
	found.data++;
	assert_false(pl_btf_detect(found));
	assert_false(pl_btf_detect((struct pl_bytes){large.data, 2}));
	assert_int_equal(btf__set_endianness(btf, BTF_BIG_ENDIAN), 0);
	free(large.data);
	large = copy_of(btf);
	memcpy(image + 5 + little.size + 3, large.data, large.size);
	assert_true(pl_btf_locate(bytes, &found));
	assert_int_equal(found.size, large.size);
	assert_int_equal(found.data[0], 0xeb);
	free(image);
	free(large.data);
	free(little.data);
	btf__free(small);
	btf__free(btf);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_every_kind_of_member),
		cmocka_unit_test(reads_the_other_byte_order),
		cmocka_unit_test(reads_a_longer_header),
		cmocka_unit_test(reads_bit_fields),
		cmocka_unit_test(reads_old_bit_fields),
		cmocka_unit_test(sees_through_tags),
		cmocka_unit_test(keeps_the_order_of_the_request),
		cmocka_unit_test(compares_definitions_when_asked),
		cmocka_unit_test(reads_split_btf_with_its_base),
		cmocka_unit_test(refuses_split_btf_without_a_fitting_base),
		cmocka_unit_test(finds_the_word_size),
		cmocka_unit_test(refuses_to_guess_the_word_size),
		cmocka_unit_test(detects_and_locates),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
