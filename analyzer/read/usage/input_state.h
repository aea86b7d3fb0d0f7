/* SPDX-License-Identifier: MIT */
/* Whether a file that was read once is still what it was. */
#ifndef PAGELAP_READ_USAGE_INPUT_STATE_H
#define PAGELAP_READ_USAGE_INPUT_STATE_H

#include "support/digest.h"
#include "support/wire.h"

enum pl_input_news { PL_INPUT_NOT_LOOKED_AT, PL_INPUT_SAME, PL_INPUT_CHANGED };

struct pl_input_state {
	bool known;   /* what follows is what the file is, or was in an earlier run */
	bool renewed; /* it is not what it was in an earlier run */
	uint64_t size, inode;
	int64_t seconds, nanoseconds; /* of the last change, as the file says */
	/* The same as the file system knows it: who sets the one back cannot set back this. */
	int64_t status_seconds, status_nanoseconds;
	struct pl_digest content;
	enum pl_input_news news;
};

/* Whether the file at PATH is what STATE says; looked at once, by content where it was touched. */
bool pl_input_is_same(const char *path, struct pl_input_state *state);

/*
 * Sets STATE to what the file at PATH is. False if that cannot be told, or if
 * it was changed at or after SINCE, in seconds: it may have been read before.
 */
bool pl_input_look(const char *path, int64_t since, struct pl_input_state *state);

void pl_input_put(const struct pl_input_state *state, struct pl_strbuf *buffer);
void pl_input_take(struct pl_cursor *cursor, struct pl_input_state *ret);

#endif
