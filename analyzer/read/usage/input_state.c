/* SPDX-License-Identifier: MIT */
#include "read/usage/input_state.h"

#include <string.h>
#include <sys/stat.h>

#include "support/file.h"

static bool look_at(const char *path, struct pl_input_state *ret)
{
	struct stat status;

	if (stat(path, &status) || !S_ISREG(status.st_mode))
		return false;
	ret->size = (uint64_t)status.st_size;
	ret->inode = (uint64_t)status.st_ino;
	ret->seconds = status.st_mtim.tv_sec;
	ret->nanoseconds = status.st_mtim.tv_nsec;
	ret->status_seconds = status.st_ctim.tv_sec;
	ret->status_nanoseconds = status.st_ctim.tv_nsec;
	return true;
}

static bool digest(const char *path, struct pl_digest *ret)
{
	PL_CLEANUP(pl_file_close) struct pl_file file = {0};
	struct pl_error *error = pl_file_open(path, &file);
	bool opened = !error;

	pl_error_free(error);
	if (opened)
		*ret = pl_digest(file.bytes.data, file.bytes.size);
	return opened;
}

static bool is_untouched(const struct pl_input_state *a, const struct pl_input_state *b)
{
	return a->inode == b->inode && a->seconds == b->seconds &&
	       a->nanoseconds == b->nanoseconds && a->status_seconds == b->status_seconds &&
	       a->status_nanoseconds == b->status_nanoseconds;
}

static enum pl_input_news compare(const char *path, struct pl_input_state *state)
{
	struct pl_input_state now = *state;

	if (!state->known || !look_at(path, &now) || now.size != state->size)
		return PL_INPUT_CHANGED;
	if (is_untouched(&now, state))
		return PL_INPUT_SAME;
	if (!digest(path, &now.content) || !pl_digest_equal(&now.content, &state->content))
		return PL_INPUT_CHANGED;
	*state = now;
	return PL_INPUT_SAME;
}

bool pl_input_is_same(const char *path, struct pl_input_state *state)
{
	if (state->news == PL_INPUT_NOT_LOOKED_AT)
		state->news = compare(path, state);
	return state->news == PL_INPUT_SAME;
}

bool pl_input_look(const char *path, int64_t since, struct pl_input_state *state)
{
	bool renewed = state->renewed || state->known;

	*state = (struct pl_input_state){.renewed = renewed};
	state->known =
		look_at(path, state) && state->seconds < since && digest(path, &state->content);
	state->news = state->known ? PL_INPUT_SAME : PL_INPUT_CHANGED;
	return state->known;
}

void pl_input_put(const struct pl_input_state *state, struct pl_strbuf *buffer)
{
	pl_wire_put(buffer, state->size);
	pl_wire_put(buffer, state->inode);
	pl_wire_put(buffer, (uint64_t)state->seconds);
	pl_wire_put(buffer, (uint64_t)state->nanoseconds);
	pl_wire_put(buffer, (uint64_t)state->status_seconds);
	pl_wire_put(buffer, (uint64_t)state->status_nanoseconds);
	pl_strbuf_add_bytes(buffer, (const char *)state->content.bytes, PL_DIGEST_SIZE);
}

void pl_input_take(struct pl_cursor *cursor, struct pl_input_state *ret)
{
	struct pl_bytes content;

	*ret = (struct pl_input_state){.known = true};
	ret->size = pl_wire_take(cursor);
	ret->inode = pl_wire_take(cursor);
	ret->seconds = (int64_t)pl_wire_take(cursor);
	ret->nanoseconds = (int64_t)pl_wire_take(cursor);
	ret->status_seconds = (int64_t)pl_wire_take(cursor);
	ret->status_nanoseconds = (int64_t)pl_wire_take(cursor);
	content = pl_wire_take_bytes(cursor, PL_DIGEST_SIZE);
	if (content.data)
		memcpy(ret->content.bytes, content.data, PL_DIGEST_SIZE);
}
