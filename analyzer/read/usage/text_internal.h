/* SPDX-License-Identifier: MIT */
/* What reading a text for its words needs in more than one place. */
#ifndef PAGELAP_READ_USAGE_TEXT_INTERNAL_H
#define PAGELAP_READ_USAGE_TEXT_INTERNAL_H

#include "read/usage/text_facts.h"

/* The same as pl_hash_text(), of LENGTH bytes. */
uint64_t pl_text_hash(const unsigned char *word, size_t length);

/* Where the comment or the string at AT ends; AT itself if there is none. */
size_t pl_text_skip(struct pl_bytes text, size_t at);

/* Takes the next word at or after *AT, which is then behind it; false: there is none. */
bool pl_text_next_word(struct pl_bytes text, size_t *at, struct pl_bytes *ret);

/* Puts HASH into MAP, if it is not there. */
struct pl_error *pl_text_put(struct pl_idmap *map, uint64_t hash) PL_MUST_CHECK;

#endif
