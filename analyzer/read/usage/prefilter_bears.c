/* SPDX-License-Identifier: MIT */
/* Units that speak of macros of headers which they do not include themselves. */
#include "read/usage/prefilter_internal.h"
#include "support/hash.h"

/* A file that defines a macro, and the next one that does. */
struct definer {
	const struct pl_prefilter_file *file;
	struct definer *next;
};

/* What compiled headers define. */
struct foreign {
	struct pl_prefilter *prefilter;
	const struct pl_precompiled *precompiled;
	struct pl_arena *arena;
	struct pl_idmap names; /* to the first definer */
};

static bool is_compiled(const struct foreign *foreign, const struct pl_prefilter_file *file)
{
	return pl_idmap_get(&foreign->precompiled->inputs, pl_hash_text(file->path));
}

static struct pl_error *add_name(struct foreign *foreign, uint64_t name,
				 const struct pl_prefilter_file *file)
{
	struct definer *first = pl_idmap_get(&foreign->names, name);
	struct definer *definer = pl_arena_alloc(foreign->arena, sizeof(*definer));

	if (!definer)
		return pl_error_no_memory();
	definer->file = file;
	if (!first)
		return pl_idmap_put(&foreign->names, name, definer);
	definer->next = first->next;
	first->next = definer;
	return NULL;
}

static struct pl_error *find_names(struct foreign *foreign)
{
	for (size_t i = 0; i < foreign->prefilter->n_list; i++) {
		const struct pl_prefilter_file *file = foreign->prefilter->list[i];

		for (size_t j = 0; j < file->facts.defines.n && is_compiled(foreign, file); j++)
			PL_TRY(add_name(foreign, file->facts.defines.list[j], file));
	}
	return NULL;
}

/* Whether only headers define NAME that were not met on this visit. */
static bool is_foreign(const struct foreign *foreign, uint64_t name, size_t visit)
{
	const struct definer *definer = pl_idmap_get(&foreign->names, name);

	if (!definer)
		return false;
	for (; definer; definer = definer->next)
		if (definer->file->visit == visit)
			return false;
	return true;
}

static void meet(struct pl_prefilter_file *file, size_t visit)
{
	file->visit = visit;
	for (size_t i = 0; i < file->facts.n_includes && file->includes; i++)
		if (file->includes[i] && file->includes[i]->visit != visit)
			meet(file->includes[i], visit);
}

static bool tests_foreign(const struct foreign *foreign, const struct pl_prefilter_file *file,
			  size_t visit)
{
	for (size_t i = 0; i < file->facts.tests.n; i++)
		if (is_foreign(foreign, file->facts.tests.list[i], visit))
			return true;
	return false;
}

/* Whether no file that is not compiled already tests such a macro. */
static bool bears(const struct foreign *foreign, const struct pl_code_unit *unit)
{
	struct pl_prefilter *prefilter = foreign->prefilter;
	size_t visit = ++prefilter->visits;
	struct pl_prefilter_file *file;

	for (size_t i = 0; (file = pl_prefilter_root(prefilter, unit, &i));)
		meet(file, visit);
	for (size_t i = 0; i < prefilter->n_list; i++)
		if (prefilter->list[i]->visit == visit &&
		    !is_compiled(foreign, prefilter->list[i]) &&
		    tests_foreign(foreign, prefilter->list[i], visit))
			return false;
	return true;
}

struct pl_error *pl_prefilter_bear(struct pl_prefilter *prefilter,
				   const struct pl_precompiled *precompiled,
				   const struct pl_code_units *units,
				   struct pl_unit_setting *settings)
{
	PL_CLEANUP(pl_arena_cleanup) struct pl_arena *arena = pl_arena_new();
	struct foreign foreign = {prefilter, precompiled, arena, {.arena = arena}};

	if (!arena)
		return pl_error_no_memory();
	PL_TRY(find_names(&foreign));
	for (size_t i = 0; i < units->n; i++)
		if (settings[i].environment == precompiled->environment)
			settings[i].bears = bears(&foreign, &units->list[i]);
	return NULL;
}
