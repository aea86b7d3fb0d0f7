/* SPDX-License-Identifier: MIT */
/* The flags of a unit, each with its argument. */
#ifndef PAGELAP_READ_USAGE_FLAG_ITEM_H
#define PAGELAP_READ_USAGE_FLAG_ITEM_H

#include "read/kbuild/words.h"

/* A flag, with its argument where that is a word of its own. */
struct pl_flag_item {
	const char *flag, *argument;
};

/* Takes the item at *INDEX of FLAGS, which pl_flags_translate() has made. */
struct pl_flag_item pl_flag_item_take(const struct pl_words *flags, size_t *index);

/* Whether it names a directory to look for headers in. */
bool pl_flag_item_is_directory(struct pl_flag_item item);

/* Whether it defines a macro, or undefines one. */
bool pl_flag_item_is_macro(struct pl_flag_item item);

/* Whether it names a file that is read before the C file. */
bool pl_flag_item_is_forced(struct pl_flag_item item);

#endif
