/* SPDX-License-Identifier: MIT */
#include "read/kbuild/expand.h"

#include <stdbool.h>
#include <string.h>

#include "support/strbuf.h"

/* Sets *RET to the place that the LENGTH bytes at NAME call, if they call one. */
static bool look_up(const struct pl_places *places, const char *name, size_t length,
		    const char **ret)
{
	const struct {
		const char *name, *value;
	} known[] = {
		{"source", places->source},
		{"build", places->build},
		{"srcarch", places->srcarch},
		{"resource", places->resource},
	};

	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++)
		if (strlen(known[i].name) == length && !memcmp(known[i].name, name, length)) {
			*ret = known[i].value;
			return true;
		}
	return false;
}

struct pl_error *pl_expand(struct pl_arena *arena, const char *text, const struct pl_places *places,
			   const char **ret)
{
	PL_CLEANUP(pl_strbuf_release) struct pl_strbuf expanded = PL_STRBUF_INIT;
	const char *at = text, *value;

	while (*at) {
		size_t plain = strcspn(at, "{"), length;

		pl_strbuf_add_bytes(&expanded, at, plain);
		at += plain;
		if (!*at)
			break;
		length = strcspn(++at, "}");
		if (!at[length] || !look_up(places, at, length, &value))
			return pl_error_new(PL_ERROR_USAGE, "recipe: no place is called \"{%.*s\"",
					    (int)(length + (at[length] != '\0')), at);
		if (!value) {
			*ret = NULL;
			return NULL;
		}
		pl_strbuf_add(&expanded, value);
		at += length + 1;
	}
	if (pl_strbuf_failed(&expanded))
		return pl_error_no_memory();
	*ret = pl_arena_strdup(arena, expanded.text);
	return *ret ? NULL : pl_error_no_memory();
}
