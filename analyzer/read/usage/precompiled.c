/* SPDX-License-Identifier: MIT */
#include "read/usage/precompiled.h"

#include <string.h>

#include "read/usage/flag_item.h"

static bool is_same(struct pl_flag_item a, struct pl_flag_item b)
{
	return !strcmp(a.flag, b.flag) && !a.argument == !b.argument &&
	       (!a.argument || !strcmp(a.argument, b.argument));
}

static bool has(const struct pl_words *flags, struct pl_flag_item item)
{
	for (size_t i = 0; i < flags->n;)
		if (is_same(pl_flag_item_take(flags, &i), item))
			return true;
	return false;
}

static bool is_harmless(struct pl_flag_item item)
{
	return !strcmp(item.flag, "-I") || !strcmp(item.flag, "-D") ||
	       !strcmp(item.flag, "-iquote") || !strcmp(item.flag, "-isystem");
}

bool pl_precompiled_fits(const struct pl_precompiled *precompiled, const struct pl_words *flags)
{
	for (size_t i = 0; i < precompiled->flags.n;)
		if (!has(flags, pl_flag_item_take(&precompiled->flags, &i)))
			return false;
	for (size_t i = 0; i < flags->n;) {
		struct pl_flag_item item = pl_flag_item_take(flags, &i);

		if (!is_harmless(item) && !has(&precompiled->flags, item))
			return false;
	}
	return true;
}

static struct pl_error *add(struct pl_arena *arena, struct pl_words *words,
			    struct pl_flag_item item)
{
	PL_TRY(pl_words_add(arena, words, item.flag));
	return item.argument ? pl_words_add(arena, words, item.argument) : NULL;
}

struct pl_error *pl_precompiled_rest(struct pl_arena *arena,
				     const struct pl_precompiled *precompiled,
				     const struct pl_words *flags, struct pl_words *ret)
{
	for (size_t i = 0; i < flags->n;) {
		struct pl_flag_item item = pl_flag_item_take(flags, &i);

		if (!strcmp(item.flag, "-include") && has(&precompiled->flags, item))
			continue;
		PL_TRY(add(arena, ret, item));
	}
	return NULL;
}

struct pl_error *pl_precompiled_common(struct pl_arena *arena, const struct pl_words *const *flags,
				       size_t n, unsigned percent, struct pl_words *ret)
{
	for (size_t i = 0; n && i < flags[0]->n;) {
		struct pl_flag_item item = pl_flag_item_take(flags[0], &i);
		size_t count = 0;

		for (size_t j = 0; j < n; j++)
			count += has(flags[j], item);
		if (count * 100 >= n * percent)
			PL_TRY(add(arena, ret, item));
	}
	return NULL;
}
