/* SPDX-License-Identifier: MIT */
#include "read/usage/found.h"

struct pl_error *pl_found_access(struct pl_found *found, const struct pl_access *access)
{
	struct pl_access *list;

	for (size_t i = found->n_accesses; i-- > 0;) {
		if (pl_access_place_order(&found->accesses[i], access))
			continue;
		pl_access_combine(&found->accesses[i], access);
		return NULL;
	}
	list = pl_arena_grow(found->arena, found->accesses, found->n_accesses,
			     &found->accesses_capacity, sizeof(*list));
	if (!list)
		return pl_error_no_memory();
	found->accesses = list;
	list[found->n_accesses++] = *access;
	return NULL;
}

struct pl_error *pl_found_cast(struct pl_found *found, const struct pl_cast *cast)
{
	struct pl_cast *list;

	for (size_t i = found->n_casts; i-- > 0;) {
		if (pl_cast_place_order(&found->casts[i], cast))
			continue;
		pl_cast_combine(&found->casts[i], cast);
		return NULL;
	}
	list = pl_arena_grow(found->arena, found->casts, found->n_casts, &found->casts_capacity,
			     sizeof(*list));
	if (!list)
		return pl_error_no_memory();
	found->casts = list;
	list[found->n_casts++] = *cast;
	return NULL;
}

static void put_spot(const struct pl_spot *spot, struct pl_strbuf *buffer)
{
	pl_wire_put_text(buffer, spot->place.file);
	pl_wire_put(buffer, spot->place.line);
	pl_wire_put(buffer, spot->column);
	pl_wire_put_text(buffer, spot->function);
	pl_wire_put_text(buffer, spot->through);
}

static struct pl_error *take_spot(struct pl_arena *arena, struct pl_cursor *cursor,
				  struct pl_spot *ret)
{
	PL_TRY(pl_wire_take_text(arena, cursor, &ret->place.file));
	ret->place.line = (unsigned)pl_wire_take(cursor);
	ret->column = (unsigned)pl_wire_take(cursor);
	PL_TRY(pl_wire_take_text(arena, cursor, &ret->function));
	return pl_wire_take_text(arena, cursor, &ret->through);
}

static void put_access(const struct pl_access *access, struct pl_strbuf *buffer)
{
	put_spot(&access->spot, buffer);
	pl_wire_put_text(buffer, access->record);
	pl_wire_put_text(buffer, access->field);
	pl_wire_put(buffer, access->kind);
	pl_wire_put_text(buffer, access->callee);
	pl_wire_put_text(buffer, access->bits);
}

static struct pl_error *take_access(struct pl_arena *arena, struct pl_cursor *cursor,
				    struct pl_access *ret)
{
	uint64_t kind;

	PL_TRY(take_spot(arena, cursor, &ret->spot));
	PL_TRY(pl_wire_take_text(arena, cursor, &ret->record));
	PL_TRY(pl_wire_take_text(arena, cursor, &ret->field));
	kind = pl_wire_take(cursor);
	if (kind >= PL_ACCESS_KIND_COUNT || !ret->record || !ret->spot.place.file)
		cursor->failed = true;
	ret->kind = cursor->failed ? PL_ACCESS_READ : (enum pl_access_kind)kind;
	PL_TRY(pl_wire_take_text(arena, cursor, &ret->callee));
	return pl_wire_take_text(arena, cursor, &ret->bits);
}

static struct pl_error *take_cast(struct pl_arena *arena, struct pl_cursor *cursor,
				  struct pl_cast *ret)
{
	PL_TRY(take_spot(arena, cursor, &ret->spot));
	PL_TRY(pl_wire_take_text(arena, cursor, &ret->from));
	PL_TRY(pl_wire_take_text(arena, cursor, &ret->to));
	if (!ret->from || !ret->to || !ret->spot.place.file)
		cursor->failed = true;
	return NULL;
}

void pl_found_put(const struct pl_found *found, struct pl_strbuf *buffer)
{
	pl_wire_put(buffer, found->n_accesses);
	for (size_t i = 0; i < found->n_accesses; i++)
		put_access(&found->accesses[i], buffer);
	pl_wire_put(buffer, found->n_casts);
	for (size_t i = 0; i < found->n_casts; i++) {
		put_spot(&found->casts[i].spot, buffer);
		pl_wire_put_text(buffer, found->casts[i].from);
		pl_wire_put_text(buffer, found->casts[i].to);
	}
}

struct pl_error *pl_found_take(struct pl_cursor *cursor, struct pl_found *found)
{
	uint64_t count = pl_wire_take(cursor);

	for (uint64_t i = 0; i < count && !cursor->failed; i++) {
		struct pl_access access = {0};

		PL_TRY(take_access(found->arena, cursor, &access));
		if (!cursor->failed)
			PL_TRY(pl_found_access(found, &access));
	}
	count = pl_wire_take(cursor);
	for (uint64_t i = 0; i < count && !cursor->failed; i++) {
		struct pl_cast cast = {0};

		PL_TRY(take_cast(found->arena, cursor, &cast));
		if (!cursor->failed)
			PL_TRY(pl_found_cast(found, &cast));
	}
	if (cursor->failed)
		return pl_error_new(PL_ERROR_UNREADABLE, "what a worker has said makes no sense");
	return NULL;
}
