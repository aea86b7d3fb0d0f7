/* SPDX-License-Identifier: MIT */
#include "mutate.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct random {
	uint64_t state;
};

/* splitmix64 */
static uint64_t below(struct random *random, uint64_t limit)
{
	uint64_t z = random->state += 0x9e3779b97f4a7c15u;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
	z = (z ^ z >> 27) * 0x94d049bb133111ebu;
	return limit ? (z ^ z >> 31) % limit : 0;
}

static void flip_bits(struct mutant *m, struct random *random)
{
	for (uint64_t count = 1 + below(random, 8); count--;)
		m->data[below(random, m->size)] ^= (unsigned char)(1u << below(random, 8));
}

static void set_bytes(struct mutant *m, struct random *random)
{
	for (uint64_t count = 1 + below(random, 4); count--;)
		m->data[below(random, m->size)] = (unsigned char)below(random, 256);
}

static void truncate_end(struct mutant *m, struct random *random)
{
	m->size = below(random, m->size);
}

static void zero_hole(struct mutant *m, struct random *random)
{
	size_t start = below(random, m->size);
	size_t size = 1 + below(random, below(random, 8) ? 32 : m->size);

	memset(m->data + start, 0, size < m->size - start ? size : m->size - start);
}

static void swap_stretches(struct mutant *m, struct random *random)
{
	unsigned char kept[64];
	size_t size = 1 + below(random, m->size / 2 < sizeof(kept) ? m->size / 2 : sizeof(kept));
	size_t a, b;

	if (size > m->size)
		return;
	a = below(random, m->size - size + 1);
	b = below(random, m->size - size + 1);
	memcpy(kept, m->data + a, size);
	memmove(m->data + a, m->data + b, size);
	memcpy(m->data + b, kept, size);
}

/* A number that lengths and offsets are rarely meant to be. */
static void inflate_word(struct mutant *m, struct random *random)
{
	static const uint64_t numbers[] = {
		0,	    1,		 0x7f,	     0x80,	 0xff,	     0x7fff,
		0xffff,	    0x10000,	 0xfffffff,  0x7fffffff, 0x80000000, 0xffffffff,
		0xfffffff0, 0x100000000, 1ull << 40, 1ull << 63, UINT64_MAX, UINT64_MAX - 7,
	};
	unsigned size = 1u << below(random, 4);
	uint64_t number = numbers[below(random, sizeof(numbers) / sizeof(*numbers))];

	if (m->size >= size)
		pl_bytes_put(m->data + below(random, m->size - size + 1), size,
			     below(random, 2) != 0, number);
}

/* In text, the digits of a number become other ones. */
static void change_digits(struct mutant *m, struct random *random)
{
	size_t at = below(random, m->size);

	while (at < m->size && !isdigit(m->data[at]))
		at++;
	for (; at < m->size && isdigit(m->data[at]); at++)
		m->data[at] = (unsigned char)('0' + below(random, 10));
}

/* In JSON, nothing becomes a number: an index, most often. */
static void fill_null(struct mutant *m, struct random *random)
{
	struct pl_bytes bytes = {m->data, m->size}, null = {(const unsigned char *)"null", 4};
	size_t at = pl_bytes_find(bytes, below(random, m->size), null);
	char number[5];

	if (at == m->size)
		return;
	snprintf(number, sizeof(number), "%4u",
		 (unsigned)below(random, below(random, 2) ? 4 : 9999));
	memcpy(m->data + at, number, 4);
}

static bool is_text(const struct mutant *m)
{
	return m->size && m->data[0] == '{';
}

struct mutant mutate(struct pl_bytes original, uint64_t seed)
{
	static void (*const ways[])(struct mutant *, struct random *) = {
		flip_bits,    set_bytes,    zero_hole,	  swap_stretches,
		inflate_word, inflate_word, truncate_end,
	};
	struct random random = {seed};
	struct mutant m = {malloc(original.size + 1), original.size};

	if (!m.data) {
		perror("mutate");
		exit(2);
	}
	memcpy(m.data, original.data, original.size);
	for (uint64_t count = 1 + below(&random, 3); count-- && m.size;) {
		if (is_text(&m) && below(&random, 3))
			(below(&random, 4) ? change_digits : fill_null)(&m, &random);
		else
			ways[below(&random, sizeof(ways) / sizeof(*ways))](&m, &random);
	}
	return m;
}
