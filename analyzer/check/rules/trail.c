/* SPDX-License-Identifier: MIT */
/* What code does, as the evidence of a finding. */
#include <stdlib.h>
#include <string.h>

#include "check/rules/check_internal.h"

static const char *const does[PL_ACCESS_KIND_COUNT] = {
	[PL_ACCESS_READ] = "reads",
	[PL_ACCESS_WRITE] = "writes",
	[PL_ACCESS_READ_WRITE] = "changes",
	[PL_ACCESS_ADDRESS] = "takes the address of",
};

struct pl_error *pl_trail_add(struct pl_checker *checker, const struct pl_access *access,
			      struct pl_trail *trail)
{
	struct pl_arena *arena = checker->target->arena;
	struct pl_evidence *list =
		pl_arena_grow(arena, trail->list, trail->count, &trail->capacity, sizeof(*list));
	const char *field = access->field ? access->field : "";

	if (!list)
		return pl_error_no_memory();
	PL_TRY(pl_check_tell(checker));
	trail->list = list;
	list[trail->count].spot = access->spot;
	list[trail->count].what =
		pl_arena_printf(arena, "%s %s%s%s%s%s%s", does[access->kind], access->record,
				*field ? "." : "", field, access->callee ? " (" : "",
				access->callee ? access->callee : "", access->callee ? ")" : "");
	if (!list[trail->count].what)
		return pl_error_no_memory();
	trail->count++;
	return NULL;
}

static int compare(const void *left, const void *right)
{
	const struct pl_evidence *a = left, *b = right;
	int result = pl_spot_order(&a->spot, &b->spot);

	return result ? result : strcmp(a->what, b->what);
}

void pl_trail_sort(struct pl_trail *trail)
{
	if (trail->count)
		qsort(trail->list, trail->count, sizeof(*trail->list), compare);
}

const char *pl_check_outermost(const struct pl_checker *checker, const char *path)
{
	return pl_arena_strndup(checker->target->arena, path, pl_path_outermost(path));
}
