/* SPDX-License-Identifier: MIT */
#include "read/kbuild/objects.h"

#include <ctype.h>
#include <string.h>

#include "read/kbuild/textfile.h"

/* Whether LINE, of LENGTH bytes, has OBJECT as a word. */
static bool names(const char *line, size_t length, const char *object)
{
	size_t size = strlen(object);

	for (size_t i = 0; i + size <= length; i++)
		if (!strncmp(line + i, object, size) &&
		    (!i || isspace((unsigned char)line[i - 1])) &&
		    (i + size == length || isspace((unsigned char)line[i + size])))
			return true;
	return false;
}

/* The option in "obj-$(CONFIG_X) += ...", in ARENA; *RET is NULL if LINE begins otherwise. */
static struct pl_error *option_of(struct pl_arena *arena, const char *line, const char **ret)
{
	static const char start[] = "obj-$(";
	size_t length;

	*ret = NULL;
	if (strncmp(line, start, strlen(start)))
		return NULL;
	line += strlen(start);
	length = strcspn(line, ")\n");
	if (line[length] != ')')
		return NULL;
	*ret = pl_arena_strndup(arena, line, length);
	return *ret ? NULL : pl_error_no_memory();
}

/* A file named under several options is built if any of them is set. */
static struct pl_error *look(struct pl_arena *arena, const char *makefile, const char *object,
			     const struct pl_kconfig *config, bool *ret)
{
	bool named = false;

	for (const char *line = makefile; *line;) {
		size_t length = strcspn(line, "\n");
		const char *option, *value;

		PL_TRY(option_of(arena, line, &option));
		if (names(line, length, object)) {
			value = option ? pl_kconfig_get(config, option) : "y";
			named = true;
			if (value && (!strcmp(value, "y") || !strcmp(value, "m")))
				return NULL;
		}
		line += length + (line[length] == '\n');
	}
	*ret = named;
	return NULL;
}

struct pl_error *pl_kbuild_leaves_out(struct pl_arena *arena, const char *source, const char *file,
				      const struct pl_kconfig *config, bool *ret)
{
	const char *slash = strrchr(file, '/'), *base = slash ? slash + 1 : file, *text;
	size_t length = strlen(base);
	const char *directory =
		pl_arena_printf(arena, "%s/%.*s", source, slash ? (int)(slash - file) : 0, file);
	const char *object =
		pl_arena_printf(arena, "%.*s.o", length > 2 ? (int)length - 2 : 0, base);

	*ret = false;
	if (!directory || !object)
		return pl_error_no_memory();
	if (length < 3 || strcmp(base + length - 2, ".c"))
		return NULL;
	PL_TRY(pl_textfile_try(arena, directory, "Makefile", &text));
	return text ? look(arena, text, object, config, ret) : NULL;
}
