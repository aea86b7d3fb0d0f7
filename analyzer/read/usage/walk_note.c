/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "read/usage/walk_internal.h"

/* Where CURSOR is; the macro that it came through is what stands there in the text. */
static struct pl_error *find_spot(struct pl_walk *walk, CXCursor cursor, struct pl_spot *ret)
{
	struct pl_position at;

	PL_TRY(pl_code_files_position(walk->files, walk->clang->clang_getCursorLocation(cursor),
				      &at));
	*ret = (struct pl_spot){
		{at.file ? at.file->name : "?", at.line}, at.column, walk->function, NULL};
	if (!at.file || !at.expanded)
		return NULL;
	return pl_code_file_word(walk->arena, at.file, at.offset, &ret->through);
}

static enum pl_access_kind kind_of(enum pl_use_kind use)
{
	switch (use) {
	case PL_USE_READ:
		return PL_ACCESS_READ;
	case PL_USE_WRITE:
		return PL_ACCESS_WRITE;
	case PL_USE_READ_WRITE:
		return PL_ACCESS_READ_WRITE;
	default:
		return PL_ACCESS_ADDRESS;
	}
}

/*
 * An address that a macro takes, and that is lost sight of in what it expands
 * to, is used as the rules say of the macro. True: it is used for nothing.
 */
static struct pl_error *apply_macro(struct pl_walk *walk, struct pl_access *access, bool *nothing)
{
	static const enum pl_access_kind kinds[PL_EFFECT_COUNT] = {
		[PL_EFFECT_READ] = PL_ACCESS_READ,
		[PL_EFFECT_WRITE] = PL_ACCESS_WRITE,
		[PL_EFFECT_READ_WRITE] = PL_ACCESS_READ_WRITE,
	};
	struct pl_callee *macro;

	*nothing = false;
	if (access->kind != PL_ACCESS_ADDRESS || !access->spot.through)
		return NULL;
	PL_TRY(pl_callees_find(walk->callees, access->spot.through, &macro));
	if (!macro->any)
		return NULL;
	*nothing =
		macro->any->does == PL_EFFECT_NOTHING || macro->any->does == PL_EFFECT_UNEVALUATED;
	access->kind = kinds[macro->any->does];
	access->callee = macro->name;
	return NULL;
}

struct pl_error *pl_walk_name_definition(struct pl_walk *walk, CXCursor definition,
					 const char *name, const char **ret)
{
	struct pl_position at;

	*ret = NULL;
	PL_TRY(pl_code_files_position(walk->files, walk->clang->clang_getCursorLocation(definition),
				      &at));
	if (!at.file)
		return NULL;
	*ret = pl_arena_printf(walk->arena, "%s %s:%u", name, at.file->path, at.offset);
	return *ret ? NULL : pl_error_no_memory();
}

/* A header without a guard may define it as something else each time. */
static struct pl_error *is_shared(struct pl_walk *walk, bool *ret)
{
	struct pl_position at;

	PL_TRY(pl_code_files_position(walk->files,
				      walk->clang->clang_getCursorLocation(walk->definition), &at));
	*ret = walk->in_header && at.file && at.file->guarded;
	return NULL;
}

static struct pl_error *note_name(struct pl_walk *walk, const char *name, const char *record,
				  const char *field)
{
	struct pl_callee *callee;
	bool shared;

	PL_TRY(pl_callees_find(walk->callees, name, &callee));
	PL_TRY(is_shared(walk, &shared));
	return pl_callees_returns(walk->callees, callee, record, field, shared);
}

/*
 * The function at hand hands out the address of the field: this one, by its
 * place. That some of its name does is enough to know of all others.
 */
static struct pl_error *note_returned(struct pl_walk *walk, const char *record, const char *field)
{
	const char *name;

	PL_TRY(pl_walk_name_definition(walk, walk->definition, walk->function, &name));
	if (!name)
		return NULL;
	PL_TRY(note_name(walk, walk->function, record, field));
	return note_name(walk, name, record, field);
}

struct pl_error *pl_walk_note(struct pl_walk *walk, CXCursor cursor, const char *record,
			      const char *field, struct pl_use use)
{
	struct pl_access access = {
		.record = record,
		.field = field,
		.kind = kind_of(use.kind),
		.callee = use.callee,
		.bits = use.bits,
	};
	bool nothing;

	if (use.returned && field && use.kind == PL_USE_ADDRESS)
		PL_TRY(note_returned(walk, record, field));
	PL_TRY(find_spot(walk, cursor, &access.spot));
	if (!access.spot.through)
		access.spot.through = use.helper;
	PL_TRY(apply_macro(walk, &access, &nothing));
	return nothing ? NULL : pl_found_access(&walk->found, &access);
}

struct pl_error *pl_walk_note_cast(struct pl_walk *walk, CXCursor cursor, const char *from,
				   const char *to)
{
	struct pl_cast cast = {.from = from, .to = to};

	if (!from || !to || !strcmp(from, to) ||
	    (strcmp(from, walk->interest->host) && strcmp(to, walk->interest->host)))
		return NULL;
	PL_TRY(find_spot(walk, cursor, &cast.spot));
	return pl_found_cast(&walk->found, &cast);
}
