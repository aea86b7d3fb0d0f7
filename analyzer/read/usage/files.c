/* SPDX-License-Identifier: MIT */
#include "read/usage/files.h"

#include <string.h>

#include "read/scan/lexer.h"

static struct pl_error *open_file(struct pl_code_files *files, CXFile handle,
				  struct pl_code_file **ret)
{
	const struct pl_clang *clang = files->clang;
	struct pl_code_file *file = pl_arena_alloc(files->arena, sizeof(*file));

	if (!file)
		return pl_error_no_memory();
	file->path = pl_clang_text(clang, files->arena, clang->clang_getFileName(handle));
	file->name = file->path ? pl_roots_below(files->roots, files->arena, file->path) : NULL;
	if (!file->name)
		return pl_error_no_memory();
	file->text.data = (const unsigned char *)clang->clang_getFileContents(files->unit, handle,
									      &file->text.size);
	if (!file->text.data)
		file->text.size = 0;
	file->guarded = clang->clang_isFileMultipleIncludeGuarded(files->unit, handle);
	file->is_main = !strcmp(file->path, files->main_path);
	*ret = file;
	return NULL;
}

static struct pl_error *find_file(struct pl_code_files *files, CXFile handle,
				  struct pl_code_file **ret)
{
	uint64_t id = (uint64_t)(uintptr_t)handle;

	*ret = handle ? pl_idmap_get(&files->by_handle, id) : NULL;
	if (*ret || !handle)
		return NULL;
	PL_TRY(open_file(files, handle, ret));
	return pl_idmap_put(&files->by_handle, id, *ret);
}

struct pl_error *pl_code_files_position(struct pl_code_files *files, CXSourceLocation location,
					struct pl_position *ret)
{
	const struct pl_clang *clang = files->clang;
	struct pl_code_file *file;
	unsigned spelled;
	CXFile handle, spelled_in;

	clang->clang_getExpansionLocation(location, &handle, &ret->line, &ret->column,
					  &ret->offset);
	clang->clang_getSpellingLocation(location, &spelled_in, NULL, NULL, &spelled);
	PL_TRY(find_file(files, handle, &file));
	ret->file = file;
	ret->expanded = spelled_in != handle || spelled != ret->offset;
	return NULL;
}

struct pl_error *pl_code_file_word(struct pl_arena *arena, const struct pl_code_file *file,
				   size_t offset, const char **ret)
{
	const unsigned char *data = file->text.data;
	size_t end = offset;

	*ret = NULL;
	while (end < file->text.size && pl_in_name(data[end]))
		end++;
	if (end == offset || (data[offset] >= '0' && data[offset] <= '9'))
		return NULL;
	*ret = pl_arena_strndup(arena, (const char *)data + offset, end - offset);
	return *ret ? NULL : pl_error_no_memory();
}

bool pl_code_file_has(const struct pl_code_file *file, size_t offset, const char *word)
{
	size_t length = strlen(word);

	return offset <= file->text.size && file->text.size - offset >= length &&
	       !memcmp(file->text.data + offset, word, length) &&
	       (offset + length == file->text.size ||
		!pl_in_name(file->text.data[offset + length]));
}
