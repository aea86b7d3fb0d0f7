/* SPDX-License-Identifier: MIT */
#include "support/arena.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Tests have a block for each piece of memory, so that each can fail alone. */
#ifndef PL_ARENA_BLOCK
#define PL_ARENA_BLOCK (16 * 1024)
#endif

enum { BLOCK_SIZE = PL_ARENA_BLOCK };

struct block {
	struct block *next;
	size_t used, size;
	_Alignas(max_align_t) unsigned char data[];
};

struct pl_arena {
	struct block *blocks;
	bool failed;
};

struct pl_arena *pl_arena_new(void)
{
	return calloc(1, sizeof(struct pl_arena));
}

void pl_arena_free(struct pl_arena *arena)
{
	if (!arena)
		return;
	for (struct block *block = arena->blocks, *next; block; block = next) {
		next = block->next;
		free(block);
	}
	free(arena);
}

void pl_arena_cleanup(struct pl_arena **arena)
{
	pl_arena_free(*arena);
}

bool pl_arena_failed(const struct pl_arena *arena)
{
	return arena->failed;
}

/* What is returned when there is no memory. */
static void *fail(struct pl_arena *arena)
{
	arena->failed = true;
	return NULL;
}

static struct block *block_add(struct pl_arena *arena, size_t size)
{
	size_t room = size > BLOCK_SIZE ? size : BLOCK_SIZE;
	struct block *block;

	if (room > SIZE_MAX - sizeof(*block))
		return NULL;
	block = calloc(1, sizeof(*block) + room);
	if (!block)
		return NULL;
	block->size = room;
	block->next = arena->blocks;
	arena->blocks = block;
	return block;
}

void *pl_arena_alloc(struct pl_arena *arena, size_t size)
{
	struct block *block = arena->blocks;
	size_t align = _Alignof(max_align_t);
	void *memory;

	if (size > SIZE_MAX - align)
		return fail(arena);
	size = size ? (size + align - 1) / align * align : align;
	if (!block || block->size - block->used < size)
		block = block_add(arena, size);
	if (!block)
		return fail(arena);
	memory = block->data + block->used;
	block->used += size;
	return memory;
}

void *pl_arena_array(struct pl_arena *arena, size_t count, size_t size)
{
	if (size && count > SIZE_MAX / size)
		return fail(arena);
	return pl_arena_alloc(arena, count * size);
}

void *pl_arena_grow(struct pl_arena *arena, void *array, size_t length, size_t *capacity,
		    size_t size)
{
	size_t wanted = *capacity ? *capacity * 2 : 8;
	void *larger;

	if (length < *capacity)
		return array;
	larger = pl_arena_array(arena, wanted, size);
	if (!larger)
		return NULL;
	if (length)
		memcpy(larger, array, length * size);
	*capacity = wanted;
	return larger;
}

char *pl_arena_strdup(struct pl_arena *arena, const char *text)
{
	return text ? pl_arena_strndup(arena, text, strlen(text)) : NULL;
}

char *pl_arena_strndup(struct pl_arena *arena, const char *text, size_t length)
{
	char *copy = length == SIZE_MAX ? fail(arena) : pl_arena_alloc(arena, length + 1);

	if (copy)
		memcpy(copy, text, length);
	return copy;
}

char *pl_arena_printf(struct pl_arena *arena, const char *format, ...)
{
	char *text = NULL, *copy;
	va_list args;
	int length;

	va_start(args, format);
	length = vasprintf(&text, format, args);
	va_end(args);
	if (length < 0)
		return fail(arena);
	copy = pl_arena_strndup(arena, text, (size_t)length);
	free(text);
	return copy;
}
