/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "btf_fixture.h"

struct copy copy_of(struct btf *btf)
{
	struct copy copy;
	uint32_t size;
	const void *raw = btf__raw_data(btf, &size);

	assert_non_null(raw);
	copy.data = malloc(size);
	assert_non_null(copy.data);
	memcpy(copy.data, raw, size);
	copy.size = size;
	return copy;
}

struct pl_bytes bytes_of(struct copy copy)
{
	return (struct pl_bytes){copy.data, copy.size};
}

void put(struct copy *copy, size_t at, uint32_t value)
{
	pl_bytes_put(copy->data + at, 4, copy->data[0] == 0xeb, value);
}

uint32_t get(const struct copy *copy, size_t at)
{
	return (uint32_t)pl_bytes_get(copy->data + at, 4, copy->data[0] == 0xeb);
}

struct pl_target *new_target(void)
{
	struct pl_target *target = pl_target_new();

	assert_non_null(target);
	target->name = "test";
	return target;
}

struct pl_error *try_read(struct pl_bytes bytes, struct pl_bytes base, const char *a, const char *b,
			  bool check_all, struct pl_target *target)
{
	const char *names[] = {a, b};
	struct pl_read_request request = {
		.records = names,
		.n_records = b ? 2 : 1,
		.check_all_units = check_all,
	};

	return pl_btf_read("file", bytes, base, &request, target);
}

struct pl_target *read_raw(struct pl_bytes bytes, const char *a, const char *b)
{
	struct pl_target *target = new_target();
	struct pl_error *error = try_read(bytes, (struct pl_bytes){0}, a, b, false, target);

	if (error)
		fail_msg("%s", error->message);
	return target;
}

struct pl_target *read_btf(struct btf *btf, const char *a, const char *b)
{
	struct pl_bytes bytes;
	uint32_t size;

	bytes.data = btf__raw_data(btf, &size);
	bytes.size = size;
	return read_raw(bytes, a, b);
}

void assert_fails(struct pl_bytes bytes, struct pl_bytes base, const char *why)
{
	struct pl_target *target = new_target();
	struct pl_error *error = try_read(bytes, base, "page", NULL, true, target);

	assert_non_null(error);
	assert_int_equal(error->kind, PL_ERROR_UNREADABLE);
	if (strncmp(error->message, "file: section .BTF: ", 20) || !strstr(error->message, why))
		fail_msg("\"%s\" does not tell of \"%s\"", error->message, why);
	pl_error_free(error);
	pl_target_free(target);
}

void assert_copy_fails(struct copy copy, const char *why)
{
	assert_fails(bytes_of(copy), (struct pl_bytes){0}, why);
}

void assert_leaves(const struct pl_record *record, const struct leaf *leaves, size_t n)
{
	assert_non_null(record);
	assert_int_equal(record->n_fields, n);
	for (size_t i = 0; i < n; i++) {
		const struct pl_field *field = &record->fields[i];

		assert_string_equal(field->path, leaves[i].path);
		assert_string_equal(field->type, leaves[i].type);
		assert_int_equal(field->offset, leaves[i].offset);
		assert_int_equal(field->size, leaves[i].size);
		assert_int_equal(field->bit_field, leaves[i].bit_field);
	}
}

struct btf *new_btf(size_t size)
{
	struct btf *btf = btf__new_empty();

	assert_non_null(btf);
	assert_int_equal(btf__add_int(btf, "long", size, BTF_INT_SIGNED), 1);
	return btf;
}

struct btf *page_btf(void)
{
	struct btf *btf = new_btf(8);
	int character = btf__add_int(btf, "char", 1, BTF_INT_CHAR);
	int string = btf__add_ptr(btf, btf__add_const(btf, character));
	int real = btf__add_float(btf, "double", 8);
	int zone = btf__add_enum(btf, "zone", 4), wide, function, either, page, rest;

	assert_int_equal(btf__add_enum_value(btf, "DMA", 0), 0);
	wide = btf__add_enum64(btf, "wide", 8, false);
	assert_int_equal(btf__add_enum64_value(btf, "FAR", 1ULL << 40), 0);
	function = btf__add_func_proto(btf, character);
	assert_int_equal(btf__add_func_param(btf, "a", 1), 0);
	assert_int_equal(btf__add_func_param(btf, NULL, 0), 0);
	function = btf__add_ptr(btf, function);
	rest = btf__add_array(btf, 1, btf__add_typedef(btf, "rest_t", 1), 0);
	page = (int)btf__type_cnt(btf) + 2; /* behind its pointer and the union */
	either = btf__add_union(btf, NULL, 8);
	assert_int_equal(btf__add_field(btf, "next", either + 1, 0, 0), 0);
	assert_int_equal(btf__add_field(btf, "name", string, 0, 0), 0);
	assert_int_equal(btf__add_ptr(btf, page), either + 1);
	assert_int_equal(btf__add_struct(btf, "page", 48), page);
	assert_int_equal(btf__add_field(btf, "flags", 1, 0, 0), 0);
	assert_int_equal(btf__add_field(btf, NULL, either, 64, 0), 0);
	assert_int_equal(btf__add_field(btf, "fn", function, 128, 0), 0);
	assert_int_equal(btf__add_field(btf, "zone", zone, 192, 0), 0);
	assert_int_equal(btf__add_field(btf, "wide", wide, 256, 0), 0);
	assert_int_equal(btf__add_field(btf, "d", real, 320, 0), 0);
	assert_int_equal(btf__add_field(btf, "rest", rest, 384, 0), 0);
	return btf;
}

const struct leaf page_leaves[N_PAGE_LEAVES] = {
	{"flags", 0, 64, false, "long"},	 {"next", 64, 64, false, "struct page *"},
	{"name", 64, 64, false, "const char *"}, {"fn", 128, 64, false, "char (*)(long, ...)"},
	{"zone", 192, 32, false, "enum zone"},	 {"wide", 256, 64, false, "enum wide"},
	{"d", 320, 64, false, "double"},	 {"rest", 384, 0, false, "rest_t[]"},
};

void assert_page(const struct pl_target *target, enum pl_endian endian)
{
	const struct pl_record *page = pl_target_record(target, "page");

	assert_leaves(page, page_leaves, N_PAGE_LEAVES);
	assert_int_equal(page->size, 384);
	assert_int_equal(page->align, 0);
	assert_int_equal(page->fields[2].n_branches, 1);
	assert_int_equal(page->fields[2].branches[0].alternative, 1);
	assert_int_equal(target->bits, 64);
	assert_int_equal(target->endian, endian);
}

void add_simple(struct btf *btf, const char *name, const char *member)
{
	assert_true(btf__add_struct(btf, name, 8) > 0);
	assert_int_equal(btf__add_field(btf, member, 1, 0, 0), 0);
}
