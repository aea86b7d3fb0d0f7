/* SPDX-License-Identifier: MIT */
#include "read/usage/missing.h"

#include <string.h>

#include "read/paths.h"

/*
 * What follows may be a guess of how else the header is called. Where it
 * is that quotes would find it, it is beside the file, and missed elsewhere.
 */
struct pl_error *pl_missing_of_message(struct pl_arena *arena, const char *message,
				       const char *from, struct pl_missing *ret)
{
	static const char words[] = "' file not found", angled[] = " with <angled> include";
	const char *end = *message == '\'' ? strstr(message + 1, words) : NULL;
	const char *rest = end ? end + strlen(words) : NULL;

	*ret = (struct pl_missing){0};
	if (!end || (*rest && *rest != ' ' && *rest != ','))
		return NULL;
	ret->name = pl_arena_strndup(arena, message + 1, (size_t)(end - message - 1));
	ret->from = strncmp(rest, angled, strlen(angled)) != 0 ? from : NULL;
	return ret->name ? NULL : pl_error_no_memory();
}

static struct pl_error *add(struct pl_arena *arena, const char *directory, const char *name,
			    struct pl_words *ret)
{
	PL_CLEANUP(pl_strbuf_release) struct pl_strbuf path = PL_STRBUF_INIT;
	const char *copy;

	pl_path_join(directory, name, &path);
	copy = pl_strbuf_failed(&path) ? NULL : pl_arena_strdup(arena, path.text);
	return copy ? pl_words_add(arena, ret, copy) : pl_error_no_memory();
}

static bool names_directory(const char *flag)
{
	return !strcmp(flag, "-I") || !strcmp(flag, "-iquote") || !strcmp(flag, "-isystem") ||
	       !strcmp(flag, "-idirafter");
}

struct pl_error *pl_missing_places(struct pl_arena *arena, const struct pl_missing *missing,
				   const struct pl_words *flags, struct pl_words *ret)
{
	PL_CLEANUP(pl_strbuf_release) struct pl_strbuf own = PL_STRBUF_INIT;

	if (*missing->name == '/')
		return add(arena, "", missing->name, ret);
	if (missing->from) {
		pl_path_join(missing->from, "..", &own);
		PL_TRY(add(arena, own.text, missing->name, ret));
	}
	for (size_t i = 0; i + 1 < flags->n; i++)
		if (names_directory(flags->items[i]))
			PL_TRY(add(arena, flags->items[i + 1], missing->name, ret));
	return NULL;
}
