/* SPDX-License-Identifier: MIT */
#include "read/usage/headers_seen.h"

#include <string.h>

#include "support/hash.h"

struct pl_error *pl_seen_header(struct pl_seen_headers *headers, const struct pl_code_file *file,
				struct pl_seen_header **ret)
{
	uint64_t hash = pl_hash_text(file->path);
	struct pl_seen_header *first = pl_idmap_get(&headers->by_path, hash), *header;

	for (*ret = first; *ret; *ret = (*ret)->next)
		if (!strcmp((*ret)->path, file->path))
			return NULL;
	header = pl_arena_alloc(headers->arena, sizeof(*header));
	if (!header)
		return pl_error_no_memory();
	header->path = pl_arena_strdup(headers->arena, file->path);
	if (!header->path)
		return pl_error_no_memory();
	header->functions.arena = headers->arena;
	*ret = header;
	if (!first)
		return pl_idmap_put(&headers->by_path, hash, header);
	header->next = first->next;
	first->next = header;
	return NULL;
}

static uint64_t key_of(const char *name, size_t offset)
{
	return pl_hash_text(name) ^ (offset * 0x9e3779b97f4a7c15u);
}

struct pl_seen_function *pl_seen_function(const struct pl_seen_header *header, const char *name,
					  size_t offset)
{
	struct pl_seen_function *function = pl_idmap_get(&header->functions, key_of(name, offset));

	while (function && (function->offset != offset || strcmp(function->name, name)))
		function = function->next;
	return function;
}

struct pl_error *pl_seen_add(struct pl_seen_headers *headers, struct pl_seen_header *header,
			     const struct pl_seen_function *function)
{
	uint64_t key = key_of(function->name, function->offset);
	struct pl_seen_function *first = pl_idmap_get(&header->functions, key);
	struct pl_seen_function *added = pl_arena_alloc(headers->arena, sizeof(*added));

	if (!added)
		return pl_error_no_memory();
	*added = *function;
	added->name = pl_arena_strdup(headers->arena, function->name);
	added->bytes.data = (const unsigned char *)pl_arena_strndup(
		headers->arena, function->bytes.size ? (const char *)function->bytes.data : "",
		function->bytes.size);
	if (!added->name || !added->bytes.data)
		return pl_error_no_memory();
	added->next = first ? first->next : NULL;
	if (!first)
		return pl_idmap_put(&header->functions, key, added);
	first->next = added;
	return NULL;
}

/* A copy of the text of FILE, as it will be given to libclang. */
static struct pl_error *copy_text(struct pl_seen_headers *headers, struct pl_seen_header *header,
				  const struct pl_code_file *file)
{
	struct CXUnsavedFile *list = pl_arena_grow(headers->arena, headers->list, headers->n_list,
						   &headers->list_capacity, sizeof(*list));

	if (!list)
		return pl_error_no_memory();
	headers->list = list;
	header->size = file->text.size;
	header->text =
		pl_arena_strndup(headers->arena, (const char *)file->text.data, file->text.size);
	if (!header->text)
		return pl_error_no_memory();
	list[headers->n_list++] = (struct CXUnsavedFile){header->path, header->text, header->size};
	return NULL;
}

static bool is_body(const struct pl_code_file *file, size_t begin, size_t end)
{
	const unsigned char *data = file->text.data;

	return begin + 1 < end && end <= file->text.size && data[begin] == '{' &&
	       data[end - 1] == '}' && !memchr(data + begin, '#', end - begin);
}

struct pl_error *pl_seen_blank(struct pl_seen_headers *headers, struct pl_seen_header *header,
			       const struct pl_code_file *file, size_t begin, size_t end, bool *ret)
{
	*ret = is_body(file, begin, end) && (!header->text || header->size == file->text.size);
	if (!*ret)
		return NULL;
	if (!header->text)
		PL_TRY(copy_text(headers, header, file));
	for (size_t i = begin + 1; i < end - 1; i++)
		if (header->text[i] != '\n')
			header->text[i] = ' ';
	return NULL;
}
