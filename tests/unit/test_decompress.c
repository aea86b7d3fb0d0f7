/* SPDX-License-Identifier: MIT */
/* Streams of every format, good and bad. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "packing.h"
#include "read/image/image.h"

static void assert_decompresses(enum pl_compression compression, struct buffer packed,
				uint64_t limit, struct buffer expected)
{
	struct pl_arena *arena = pl_arena_new();
	struct pl_bytes result = {0};
	struct pl_error *error =
		pl_decompress(compression, bytes_of(packed), limit, arena, &result);

	if (error)
		fail_msg("%s", error->message);
	assert_same(result, expected);
	pl_arena_free(arena);
}

static void assert_decompression_fails(enum pl_compression compression, struct pl_bytes packed,
				       uint64_t limit, const char *why)
{
	struct pl_arena *arena = pl_arena_new();
	struct pl_bytes result;

	assert_error(pl_decompress(compression, packed, limit, arena, &result), why);
	pl_arena_free(arena);
}

static void unpacks_every_format(void **state)
{
	struct buffer payload = new_payload(PAYLOAD_SIZE), empty = new_buffer(0);

	(void)state;
	for (size_t i = 0; i < N_SUPPORTED; i++) {
		struct buffer packed = pack(supported[i], payload);
		struct buffer more = at_offset(packed, 0, 1000);

		if (supported[i] != PL_COMPRESSION_ZLIB)
			assert_int_equal(pl_compression_detect(bytes_of(packed)), supported[i]);
		assert_true(pl_decompress_probe(supported[i], bytes_of(packed)));
		assert_decompresses(supported[i], packed, PL_IMAGE_MAX, payload);
		assert_decompresses(supported[i], packed, PAYLOAD_SIZE, payload);
		memset(more.data + packed.size, 0xaa, 1000); /* somebody else's */
		put(more, packed.size, 4, PAYLOAD_SIZE);     /* Linux does so */
		assert_decompresses(supported[i], more, PL_IMAGE_MAX, payload);
		free(more.data);
		free(packed.data);
		if (supported[i] == PL_COMPRESSION_LZ4_LEGACY)
			continue; /* cannot say that there is nothing in it */
		packed = pack(supported[i], empty);
		assert_decompresses(supported[i], packed, PL_IMAGE_MAX, empty);
		free(packed.data);
	}
	free(empty.data);
	free(payload.data);
}

/* More than the room that is set aside at first, and more than one block of legacy lz4. */
static void unpacks_what_shrinks_much(void **state)
{
	struct buffer zeroes = new_buffer(2 * LZ4_BLOCK + 100000), full = zeroes;

	(void)state;
	for (size_t i = 0; i < N_SUPPORTED; i++) {
		struct buffer packed = pack(supported[i], zeroes);

		assert_decompresses(supported[i], packed, PL_IMAGE_MAX, zeroes);
		assert_decompresses(supported[i], packed, zeroes.size, zeroes);
		free(packed.data);
	}
	full.size = 2 * LZ4_BLOCK; /* without a smaller block at the end */
	full = pack(PL_COMPRESSION_LZ4_LEGACY, full);
	zeroes.size = 2 * LZ4_BLOCK;
	assert_decompresses(PL_COMPRESSION_LZ4_LEGACY, full, PL_IMAGE_MAX, zeroes);
	free(full.data);
	free(zeroes.data);
}

/* Its unpacked size, which Linux puts behind it, could be that of a block. */
static void unpacks_what_fills_one_block(void **state)
{
	struct buffer zeroes = new_buffer(LZ4_BLOCK);
	struct buffer packed = pack(PL_COMPRESSION_LZ4_LEGACY, zeroes);
	struct buffer sized = at_offset(packed, 0, 4), more = at_offset(packed, 0, LZ4_BLOCK + 8);

	(void)state;
	put(sized, packed.size, 4, LZ4_BLOCK);
	assert_decompresses(PL_COMPRESSION_LZ4_LEGACY, sized, PL_IMAGE_MAX, zeroes);
	put(more, packed.size, 4, LZ4_BLOCK);
	memset(more.data + packed.size + 4, 0xff, LZ4_BLOCK); /* somebody else's */
	assert_decompresses(PL_COMPRESSION_LZ4_LEGACY, more, PL_IMAGE_MAX, zeroes);
	free(more.data);
	free(sized.data);
	free(packed.data);
	free(zeroes.data);
}

static void assert_unpacks_all(enum pl_compression compression, struct buffer packed,
			       struct buffer expected)
{
	struct pl_arena *arena = pl_arena_new();
	struct pl_bytes result = {0};

	assert_int_equal(pl_compression_detect(bytes_of(packed)), compression);
	assert_null(pl_decompress_all(compression, bytes_of(packed), PL_IMAGE_MAX, arena, &result));
	assert_same(result, expected);
	pl_arena_free(arena);
}

/* As pbzip2 makes them; what follows is not theirs. */
static void unpacks_streams_that_follow_one_another(void **state)
{
	struct buffer payload = new_payload(PAYLOAD_SIZE),
		      twice = at_offset(payload, PAYLOAD_SIZE, 0);

	(void)state;
	memcpy(twice.data, payload.data, payload.size);
	for (size_t i = 0; i < N_SUPPORTED; i++) {
		struct buffer one = pack(supported[i], payload), two = at_offset(one, one.size, 8);

		memcpy(two.data, one.data, one.size);
		put(two, 2 * one.size, 4, 2 * PAYLOAD_SIZE);
		assert_decompresses(supported[i], two, PL_IMAGE_MAX, payload);
		if (supported[i] != PL_COMPRESSION_ZLIB)
			assert_unpacks_all(supported[i], two, twice);
		free(two.data);
		free(one.data);
	}
	free(twice.data);
	free(payload.data);
}

/* As pzstd makes them: a frame of four bytes before each stream says how large it is. */
static void passes_over_frames_that_hold_nothing(void **state)
{
	struct buffer payload = new_payload(PAYLOAD_SIZE);
	const enum pl_compression kinds[] = {PL_COMPRESSION_ZSTD, PL_COMPRESSION_LZ4};

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct buffer one = pack(kinds[i], payload), noted = at_offset(one, 12, 0);

		put(noted, 0, 4, 0x184d2a57);
		put(noted, 4, 4, 4);
		assert_unpacks_all(kinds[i], noted, payload);
		put(noted, 4, 4, noted.size);
		assert_int_equal(pl_compression_detect(bytes_of(noted)), PL_COMPRESSION_NONE);
		free(noted.data);
		free(one.data);
	}
	free(payload.data);
}

/* Of these there are a million, which would take minutes if each looked at those behind it. */
static void many_such_frames_are_passed_once(void **state)
{
	enum { MANY = 1 << 20 };
	struct buffer payload = new_payload(1000), one = pack(PL_COMPRESSION_ZSTD, payload);
	struct buffer noted = at_offset(one, 8 * MANY, 0);

	(void)state;
	for (size_t i = 0; i < MANY; i++)
		put(noted, 8 * i, 4, 0x184d2a50);
	assert_unpacks_all(PL_COMPRESSION_ZSTD, noted, payload);
	free(noted.data);
	free(one.data);
	free(payload.data);
}

static void keeps_to_the_limit(void **state)
{
	struct buffer zeroes = new_buffer(10000000);

	(void)state;
	for (size_t i = 0; i < N_SUPPORTED; i++) {
		bool legacy = supported[i] == PL_COMPRESSION_LZ4_LEGACY;
		struct buffer packed = pack(supported[i], zeroes);

		assert_decompression_fails(supported[i], bytes_of(packed), zeroes.size - 1,
					   legacy ? "" : "unpacks to more than 9999999 bytes");
		assert_decompression_fails(supported[i], bytes_of(packed), 0, "");
		free(packed.data);
	}
	free(zeroes.data);
}

static void refuses_what_is_cut_short(void **state)
{
	struct buffer payload = new_payload(20000);

	(void)state;
	for (size_t i = 0; i < N_SUPPORTED; i++) {
		struct buffer packed = pack(supported[i], payload);

		for (size_t size = 0; size < packed.size; size += size < 64 ? 1 : 509) {
			struct buffer cut = {malloc(size ? size : 1), size};

			assert_non_null(cut.data);
			memcpy(cut.data, packed.data, size);
			assert_decompression_fails(supported[i], bytes_of(cut), PL_IMAGE_MAX,
						   "cut short");
			free(cut.data);
		}
		free(packed.data);
	}
	free(payload.data);
}

static void refuses_what_is_damaged(void **state)
{
	struct buffer payload = new_payload(20000);

	(void)state;
	for (size_t i = 0; i < N_SUPPORTED; i++) {
		struct buffer packed = pack(supported[i], payload);

		memset(packed.data + 6, 0xff, 30);
		assert_decompression_fails(supported[i], bytes_of(packed), PL_IMAGE_MAX, "");
		assert_false(pl_decompress_probe(supported[i], bytes_of(packed)));
		free(packed.data);
	}
	assert_decompression_fails(PL_COMPRESSION_LZO, bytes_of(payload), PL_IMAGE_MAX,
				   "lzo compression is not supported");
	assert_false(pl_decompress_probe(PL_COMPRESSION_LZO, bytes_of(payload)));
	assert_decompression_fails(PL_COMPRESSION_NONE, bytes_of(payload), PL_IMAGE_MAX, "");
	free(payload.data);
}

/* Linux's lz4 has no checksum: what does not go with itself has to be noticed. */
static void refuses_a_damaged_block(void **state)
{
	struct buffer payload = new_payload(20000);
	struct buffer packed = pack(PL_COMPRESSION_LZ4_LEGACY, payload);

	(void)state;
	memset(packed.data + 8, 0xff,
	       600); /* behind the magic and the size: more literals than there are */
	assert_decompression_fails(PL_COMPRESSION_LZ4_LEGACY, bytes_of(packed), PL_IMAGE_MAX,
				   "lz4 stream is damaged");
	free(packed.data);
	free(payload.data);
}

static void tells_formats_apart(void **state)
{
	static const struct {
		const char *text;
		size_t size;
		enum pl_compression expected;
	} cases[] = {
		{"\x1f\x8b\x08", 3, PL_COMPRESSION_GZIP},
		{"\x1f\x8b\x07", 3, PL_COMPRESSION_NONE},
		{"\x28\xb5\x2f\xfd", 4, PL_COMPRESSION_ZSTD},
		{"\x28\xb5\x2f", 3, PL_COMPRESSION_NONE},
		{"\x89LZO\x00\x0d\x0a\x1a\x0a", 9, PL_COMPRESSION_LZO},
		{"\x5d\x00\x00\x80\x00\xff\xff\xff\xff\xff\xff\xff\xff", 13, PL_COMPRESSION_LZMA},
		{"\x5d\x00\x00\x80\x00\x01\x02\x03\x04\x00\x00\x00\x00", 13, PL_COMPRESSION_LZMA},
		{"\x5d\x00\x00\x80\x00\x01\x02\x03\x04\x05\x06\x07\x08", 13, PL_COMPRESSION_NONE},
		{"BZh91AY&SY", 10, PL_COMPRESSION_BZIP2},
		{"BZh01AY&SY", 10, PL_COMPRESSION_NONE},
		{"BZhello you", 11, PL_COMPRESSION_NONE},
		{"", 0, PL_COMPRESSION_NONE},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct pl_bytes bytes = {(const unsigned char *)cases[i].text, cases[i].size};

		assert_int_equal(pl_compression_detect(bytes), cases[i].expected);
	}
	assert_string_equal(pl_compression_name(PL_COMPRESSION_LZ4_LEGACY), "lz4");
	assert_int_equal(pl_compression_magic(PL_COMPRESSION_ZLIB).size, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(unpacks_every_format),
		cmocka_unit_test(unpacks_what_shrinks_much),
		cmocka_unit_test(unpacks_what_fills_one_block),
		cmocka_unit_test(unpacks_streams_that_follow_one_another),
		cmocka_unit_test(passes_over_frames_that_hold_nothing),
		cmocka_unit_test(many_such_frames_are_passed_once),
		cmocka_unit_test(keeps_to_the_limit),
		cmocka_unit_test(refuses_what_is_cut_short),
		cmocka_unit_test(refuses_what_is_damaged),
		cmocka_unit_test(refuses_a_damaged_block),
		cmocka_unit_test(tells_formats_apart),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
