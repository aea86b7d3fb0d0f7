/* SPDX-License-Identifier: MIT */
#include "support/json.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/*
 * jansson (2.14) does not look whether the buffer of the string that it is at
 * could grow: without memory it loses a character, and then writes past the
 * end of what it thought the string would take. So it is never refused memory.
 * Where there is none, it gets some of a reserve, and no more text: it gives
 * up before it has parsed another piece. A piece cannot have more than one
 * value a byte, nor a string more bytes than the text has, twice that while
 * its buffer grows.
 */
enum { PIECE = 1024, PER_BYTE = 512 };

struct decoding {
	struct pl_bytes text;
	size_t position;
	unsigned char *reserve;
	size_t size, used; /* of the reserve; used: memory has run out */
};

/* jansson gives its hooks no context. Only pl_json_decode() sets this, for as long as it runs. */
static struct decoding *current;

static void *take_memory(size_t size)
{
	void *memory = malloc(size);
	size_t align = _Alignof(max_align_t);

	if (memory || size > current->size - current->used - align)
		return memory;
	memory = current->reserve + current->used;
	current->used += (size + align) / align * align;
	return memory;
}

static void give_back(void *memory)
{
	uintptr_t at = (uintptr_t)memory, reserve = (uintptr_t)current->reserve;

	if (at < reserve || at >= reserve + current->size)
		free(memory);
}

static size_t give_text(void *buffer, size_t size, void *data)
{
	struct decoding *decoding = data;
	size_t left = decoding->text.size - decoding->position;

	if (decoding->used)
		return 0;
	size = size < PIECE ? size : PIECE;
	size = size < left ? size : left;
	if (size)
		memcpy(buffer, decoding->text.data + decoding->position, size);
	decoding->position += size;
	return size;
}

struct pl_error *pl_json_decode(struct pl_bytes text, size_t flags, json_t **ret,
				json_error_t *where)
{
	struct decoding decoding = {.text = text, .size = PIECE * PER_BYTE + 4 * text.size};
	json_malloc_t take;
	json_free_t give;
	json_t *root;

	decoding.reserve = text.size > SIZE_MAX / 8 ? NULL : malloc(decoding.size);
	if (!decoding.reserve)
		return pl_error_no_memory();
	json_get_alloc_funcs(&take, &give);
	current = &decoding;
	json_set_alloc_funcs(take_memory, give_back);
	root = json_load_callback(give_text, &decoding, flags, where);
	if (decoding.used) {
		json_decref(root);
		root = NULL;
	}
	json_set_alloc_funcs(take, give);
	current = NULL;
	free(decoding.reserve);
	if (decoding.used)
		return pl_error_no_memory();
	*ret = root;
	return NULL;
}
