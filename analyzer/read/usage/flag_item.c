/* SPDX-License-Identifier: MIT */
#include "read/usage/flag_item.h"

#include <string.h>

#define COUNT(list) (sizeof(list) / sizeof(*(list)))

static const char *const directories[] = {"-I", "-iquote", "-isystem", "-idirafter"};
static const char *const macros[] = {"-D", "-U"};
static const char *const forced[] = {"-include", "-imacros"};

static bool is_one(const char *flag, const char *const *list, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (!strcmp(flag, list[i]))
			return true;
	return false;
}

bool pl_flag_item_is_directory(struct pl_flag_item item)
{
	return item.argument && is_one(item.flag, directories, COUNT(directories));
}

bool pl_flag_item_is_macro(struct pl_flag_item item)
{
	return item.argument && is_one(item.flag, macros, COUNT(macros));
}

bool pl_flag_item_is_forced(struct pl_flag_item item)
{
	return item.argument && is_one(item.flag, forced, COUNT(forced));
}

/* pl_flags_translate() gives these, and no others, an argument of their own. */
static bool has_argument(const char *flag)
{
	return is_one(flag, directories, COUNT(directories)) ||
	       is_one(flag, macros, COUNT(macros)) || is_one(flag, forced, COUNT(forced));
}

struct pl_flag_item pl_flag_item_take(const struct pl_words *flags, size_t *index)
{
	struct pl_flag_item item = {flags->items[(*index)++], NULL};

	if (has_argument(item.flag) && *index < flags->n)
		item.argument = flags->items[(*index)++];
	return item;
}
