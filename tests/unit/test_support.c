/* SPDX-License-Identifier: MIT */
/* Arena, string buffer, cursor, id map, files, errors. */
#include "testing.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "support/arena.h"
#include "support/file.h"
#include "support/idmap.h"
#include "support/strbuf.h"

static void arena_gives_zeroed_aligned_memory(void **state)
{
	struct pl_arena *arena = pl_arena_new();

	(void)state;
	for (size_t size = 0; size < 70000; size = size * 3 + 1) {
		unsigned char *memory = pl_arena_alloc(arena, size);

		assert_non_null(memory);
		assert_int_equal((uintptr_t)memory % _Alignof(max_align_t), 0);
		for (size_t i = 0; i < size; i++)
			assert_int_equal(memory[i], 0);
		memset(memory, 0xff, size);
	}
	pl_arena_free(arena);
	pl_arena_free(NULL);
}

static void arena_refuses_what_overflows(void **state)
{
	struct pl_arena *arena = pl_arena_new();

	(void)state;
	assert_false(pl_arena_failed(arena));
	assert_null(pl_arena_alloc(arena, SIZE_MAX));
	assert_true(pl_arena_failed(arena));
	assert_null(pl_arena_alloc(arena, SIZE_MAX - 16));
	assert_null(pl_arena_array(arena, SIZE_MAX / 8 + 1, 8));
	assert_null(pl_arena_array(arena, 2, SIZE_MAX / 2 + 1));
	assert_null(pl_arena_strndup(arena, "x", SIZE_MAX));
	assert_true(pl_arena_failed(arena));
	assert_non_null(pl_arena_array(arena, 0, 8));
	assert_non_null(pl_arena_array(arena, 8, 0));
	pl_arena_free(arena);
}

static void arena_grows_arrays(void **state)
{
	struct pl_arena *arena = pl_arena_new();
	size_t capacity = 0, moves = 0;
	int *list = NULL;

	(void)state;
	for (int i = 0; i < 1000; i++) {
		int *grown = pl_arena_grow(arena, list, (size_t)i, &capacity, sizeof(*list));

		assert_non_null(grown);
		assert_true(capacity > (size_t)i);
		moves += grown != list;
		list = grown;
		list[i] = i;
	}
	assert_int_equal(capacity, 1024);
	assert_int_equal(moves, 8);
	for (int i = 0; i < 1000; i++)
		assert_int_equal(list[i], i);
	capacity = SIZE_MAX / 4;
	assert_null(pl_arena_grow(arena, list, capacity, &capacity, 8));
	assert_int_equal(capacity, SIZE_MAX / 4);
	pl_arena_free(arena);
}

static void arena_copies_strings(void **state)
{
	struct pl_arena *arena = pl_arena_new();

	(void)state;
	assert_null(pl_arena_strdup(arena, NULL));
	assert_string_equal(pl_arena_strdup(arena, "lru.next"), "lru.next");
	assert_string_equal(pl_arena_strdup(arena, ""), "");
	assert_string_equal(pl_arena_strndup(arena, "lru.next", 3), "lru");
	assert_string_equal(pl_arena_printf(arena, "%s[%d]", "refs", 3), "refs[3]");
	pl_arena_free(arena);
}

static void strbuf_appends_and_cuts(void **state)
{
	struct pl_strbuf buffer = PL_STRBUF_INIT;

	(void)state;
	assert_string_equal(buffer.text, "");
	pl_strbuf_truncate(&buffer, 0);
	pl_strbuf_add(&buffer, "page");
	pl_strbuf_add_char(&buffer, '.');
	pl_strbuf_add_bytes(&buffer, "flags!", 5);
	pl_strbuf_printf(&buffer, ":%d", 64);
	pl_strbuf_prepend(&buffer, "struct ");
	assert_string_equal(buffer.text, "struct page.flags:64");
	assert_int_equal(buffer.length, 20);
	pl_strbuf_truncate(&buffer, 100);
	assert_int_equal(buffer.length, 20);
	pl_strbuf_truncate(&buffer, 6);
	assert_string_equal(buffer.text, "struct");
	assert_false(pl_strbuf_failed(&buffer));
	pl_strbuf_release(&buffer);
	assert_string_equal(buffer.text, "");
	pl_strbuf_add(&buffer, "again");
	assert_string_equal(buffer.text, "again");
	pl_strbuf_release(&buffer);
}

static void strbuf_grows(void **state)
{
	struct pl_strbuf buffer = PL_STRBUF_INIT;

	(void)state;
	for (int i = 0; i < 5000; i++)
		pl_strbuf_add_char(&buffer, (char)('a' + i % 26));
	assert_int_equal(strlen(buffer.text), 5000);
	assert_int_equal(buffer.text[4999], 'a' + 4999 % 26);
	pl_strbuf_release(&buffer);
}

/* A failure stays until release, and what was there before it stays whole. */
static void strbuf_remembers_failure(void **state)
{
	struct pl_strbuf buffer = PL_STRBUF_INIT;

	(void)state;
	pl_strbuf_add(&buffer, "kept");
	pl_strbuf_add_bytes(&buffer, "x", SIZE_MAX / 2);
	assert_true(pl_strbuf_failed(&buffer));
	pl_strbuf_add(&buffer, " and more");
	pl_strbuf_prepend(&buffer, "more and ");
	pl_strbuf_printf(&buffer, "%d", 1);
	assert_true(pl_strbuf_failed(&buffer));
	assert_string_equal(buffer.text, "kept");
	pl_strbuf_release(&buffer);
	assert_false(pl_strbuf_failed(&buffer));
}

static const unsigned char digits[] = {1, 2, 3, 4, 5, 6, 7, 8, 9};

static void cursor_reads_both_byte_orders(void **state)
{
	struct pl_bytes bytes = {digits, sizeof(digits)};
	struct pl_cursor little = pl_cursor_init(bytes, false), big = pl_cursor_init(bytes, true);

	(void)state;
	assert_int_equal(pl_cursor_read(&little, 1), 1);
	assert_int_equal(pl_cursor_read(&little, 2), 0x0302);
	assert_int_equal(pl_cursor_read(&little, 4), 0x07060504);
	assert_int_equal(pl_cursor_read(&big, 1), 1);
	assert_int_equal(pl_cursor_read(&big, 8), 0x0203040506070809);
	assert_int_equal(big.position, 9);
	assert_false(little.failed || big.failed);
	assert_true(pl_bytes_get(digits, 3, false) == 0x030201);
	assert_true(pl_bytes_get(digits, 3, true) == 0x010203);
}

static void cursor_stays_inside(void **state)
{
	struct pl_cursor cursor = pl_cursor_init((struct pl_bytes){digits, 9}, false);

	(void)state;
	pl_cursor_seek(&cursor, 9);
	assert_false(cursor.failed);
	assert_int_equal(pl_cursor_read(&cursor, 1), 0);
	assert_true(cursor.failed);
	cursor = pl_cursor_init((struct pl_bytes){digits, 9}, false);
	pl_cursor_skip(&cursor, 2);
	assert_int_equal(pl_cursor_read(&cursor, 8), 0);
	assert_true(cursor.failed);
	assert_int_equal(pl_cursor_read(&cursor, 1), 0); /* a failure stays */
	cursor = pl_cursor_init((struct pl_bytes){digits, 9}, false);
	pl_cursor_seek(&cursor, 10);
	assert_true(cursor.failed);
	cursor = pl_cursor_init((struct pl_bytes){digits, 9}, false);
	pl_cursor_skip(&cursor, 3);
	pl_cursor_skip(&cursor, UINT64_MAX);
	assert_true(cursor.failed);
	assert_int_equal(cursor.position, 3);
}

static void bytes_are_put_in_either_order(void **state)
{
	unsigned char data[5] = {0xee, 0xee, 0xee, 0xee, 0xee};

	(void)state;
	pl_bytes_put(data, 4, false, 0x11223344);
	assert_memory_equal(data, "\x44\x33\x22\x11\xee", 5);
	pl_bytes_put(data + 1, 2, true, 0xabcd1234);
	assert_memory_equal(data, "\x44\x12\x34\x11\xee", 5);
}

static void bytes_are_sliced(void **state)
{
	struct pl_bytes bytes = {digits, 9}, slice = {NULL, 77};

	(void)state;
	assert_true(pl_bytes_slice(bytes, 9, 0, &slice));
	assert_int_equal(slice.size, 0);
	assert_true(pl_bytes_slice(bytes, 4, 5, &slice));
	assert_int_equal(slice.data[0], 5);
	assert_false(pl_bytes_slice(bytes, 10, 0, &slice));
	assert_false(pl_bytes_slice(bytes, 4, 6, &slice));
	assert_false(pl_bytes_slice(bytes, 4, UINT64_MAX, &slice));
	assert_false(pl_bytes_slice(bytes, UINT64_MAX, 1, &slice));
	assert_int_equal(slice.size, 5);
}

static void strings_end_inside(void **state)
{
	struct pl_bytes bytes = {(const unsigned char *)"one\0two", 7};

	(void)state;
	assert_string_equal(pl_bytes_string(bytes, 0), "one");
	assert_string_equal(pl_bytes_string(bytes, 3), "");
	assert_null(pl_bytes_string(bytes, 4)); /* its end is not within the seven bytes */
	assert_null(pl_bytes_string(bytes, 7));
	assert_null(pl_bytes_string(bytes, UINT64_MAX));
	assert_null(pl_bytes_string((struct pl_bytes){0}, 0));
}

static void bytes_are_found(void **state)
{
	struct pl_bytes bytes = bytes_of_text("abcabc");

	(void)state;
	assert_int_equal(pl_bytes_find(bytes, 0, bytes_of_text("bc")), 1);
	assert_int_equal(pl_bytes_find(bytes, 2, bytes_of_text("bc")), 4);
	assert_int_equal(pl_bytes_find(bytes, 5, bytes_of_text("bc")), 6);
	assert_int_equal(pl_bytes_find(bytes, 99, bytes_of_text("bc")), 6);
	assert_int_equal(pl_bytes_find(bytes, 0, bytes_of_text("abcabcd")), 6);
}

static void idmap_finds_what_was_put(void **state)
{
	struct pl_arena *arena = pl_arena_new();
	struct pl_idmap map = {.arena = arena};
	static char values[3000];

	(void)state;
	assert_null(pl_idmap_get(&map, 0));
	for (size_t i = 0; i < sizeof(values); i++)
		expect_ok(pl_idmap_put(&map, i * i * 0x100000001u, &values[i]));
	assert_int_equal(map.used, 3000);
	assert_int_equal(map.capacity, 4096);
	for (size_t i = 0; i < sizeof(values); i++)
		assert_ptr_equal(pl_idmap_get(&map, i * i * 0x100000001u), &values[i]);
	assert_null(pl_idmap_get(&map, 2));
	assert_null(pl_idmap_get(&map, UINT64_MAX));
	pl_arena_free(arena);
}

static void errors_carry_kind_and_prefix(void **state)
{
	struct pl_error *error = pl_error_new(PL_ERROR_MISSING, "no %s", "page");

	(void)state;
	error = pl_error_prefix(error, "section %s", ".BTF");
	error = pl_error_prefix(error, "vmlinux");
	expect_error(error, PL_ERROR_MISSING, "vmlinux: section .BTF: no page");
	pl_error_free(NULL);
}

/* Without memory there is one error, which is not freed, and which a prefix copies. */
static void lack_of_memory_is_an_error(void **state)
{
	(void)state;
	assert_ptr_equal(pl_error_no_memory(), pl_error_no_memory());
	pl_error_free(pl_error_no_memory());
	expect_error(pl_error_no_memory(), PL_ERROR_MEMORY, "out of memory");
	expect_error(pl_error_prefix(pl_error_no_memory(), "slab"), PL_ERROR_MEMORY,
		     "slab: out of memory");
}

static void files_are_mapped_or_read(void **state)
{
	char path[] = "/tmp/pagelap-test-XXXXXX";
	int fd = mkstemp(path);
	struct pl_file file = {0};

	(void)state;
	assert_true(fd >= 0);
	expect_ok(pl_file_open(path, &file)); /* empty: nothing to map */
	assert_int_equal(file.bytes.size, 0);
	assert_false(file.mapped);
	pl_file_close(&file);
	assert_int_equal(write(fd, "sixsix", 6), 6);
	close(fd);
	expect_ok(pl_file_open(path, &file));
	assert_int_equal(file.bytes.size, 6);
	assert_memory_equal(file.bytes.data, "sixsix", 6);
	assert_true(file.mapped);
	pl_file_close(&file);
	assert_null(file.bytes.data);
	pl_file_close(&file);
	unlink(path);
	expect_ok(pl_file_open("/proc/self/comm", &file)); /* has content, but no size */
	assert_memory_equal(file.bytes.data, "test_support", 12);
	assert_false(file.mapped);
	pl_file_close(&file);
}

/* As much as the first steps of reading what has no size do not hold. */
static void large_files_without_a_size_are_whole(void **state)
{
	static const char path[] = "/proc/kallsyms";
	FILE *stream = fopen(path, "r");
	struct pl_file file;
	size_t at = 0;
	int c;

	(void)state;
	if (!stream || fseek(stream, 200000, SEEK_SET) || getc(stream) == EOF)
		skip(); /* not a kernel that has it */
	rewind(stream);
	expect_ok(pl_file_open(path, &file));
	for (; (c = getc(stream)) != EOF && at < file.bytes.size; at++)
		assert_int_equal(file.bytes.data[at], c);
	assert_int_equal(c, EOF);
	assert_int_equal(at, file.bytes.size);
	fclose(stream);
	pl_file_close(&file);
}

static void files_that_cannot_be_read_are_named(void **state)
{
	struct pl_file file;

	(void)state;
	expect_unreadable(pl_file_open("/nonexistent/vmlinux", &file),
			  "/nonexistent/vmlinux: No such file or directory");
	expect_unreadable(pl_file_open("/tmp", &file), "/tmp: Is a directory");
	expect_unreadable(pl_file_open("/dev/zero", &file), "/dev/zero: not a regular file");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(arena_gives_zeroed_aligned_memory),
		cmocka_unit_test(arena_refuses_what_overflows),
		cmocka_unit_test(arena_grows_arrays),
		cmocka_unit_test(arena_copies_strings),
		cmocka_unit_test(strbuf_appends_and_cuts),
		cmocka_unit_test(strbuf_grows),
		cmocka_unit_test(strbuf_remembers_failure),
		cmocka_unit_test(cursor_reads_both_byte_orders),
		cmocka_unit_test(cursor_stays_inside),
		cmocka_unit_test(bytes_are_put_in_either_order),
		cmocka_unit_test(bytes_are_sliced),
		cmocka_unit_test(strings_end_inside),
		cmocka_unit_test(bytes_are_found),
		cmocka_unit_test(idmap_finds_what_was_put),
		cmocka_unit_test(errors_carry_kind_and_prefix),
		cmocka_unit_test(lack_of_memory_is_an_error),
		cmocka_unit_test(files_are_mapped_or_read),
		cmocka_unit_test(large_files_without_a_size_are_whole),
		cmocka_unit_test(files_that_cannot_be_read_are_named),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
