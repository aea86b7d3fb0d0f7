/* SPDX-License-Identifier: MIT */
#include "read/units/units.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "read/paths.h"
#include "read/units/units_internal.h"

static struct pl_error *add_words(struct pl_arena *arena, const struct pl_words *from,
				  struct pl_words *to)
{
	for (size_t i = 0; i < from->n; i++)
		PL_TRY(pl_words_add(arena, to, from->items[i]));
	return NULL;
}

/*
 * What the unit is compiled for. Clang was told all of it; of gcc's command
 * only the width is said, and the recipe knows the target.
 */
static struct pl_error *add_machine(struct pl_unit_finder *finder, const struct pl_flags *flags,
				    struct pl_words *to)
{
	const struct pl_recipe_arch *arch = finder->kbuild->arch;

	if (!flags->has_target && arch && arch->target)
		PL_TRY(pl_words_add(finder->arena, to,
				    pl_arena_printf(finder->arena, "--target=%s", arch->target)));
	PL_TRY(add_words(finder->arena, &flags->machine, to));
	return flags->for_clang ? add_words(finder->arena, &flags->tuning, to) : NULL;
}

/* What clang needs where gcc compiles the kernel. */
static struct pl_error *add_adjustments(struct pl_unit_finder *finder, struct pl_words *to)
{
	const struct pl_kbuild *kbuild = finder->kbuild;

	for (size_t i = kbuild->first_adjustment; i < kbuild->n_flags; i++)
		PL_TRY(pl_words_add(finder->arena, to, kbuild->flags[i]));
	return NULL;
}

static bool is_of_tree(const struct pl_kbuild *kbuild, const char *file)
{
	return pl_path_below(kbuild->source, file) != file ||
	       pl_path_below(kbuild->build, file) != file;
}

static bool holds(const struct pl_words *words, const char *flag, const char *argument)
{
	for (size_t i = 0; i + 1 < words->n; i++)
		if (!strcmp(words->items[i], flag) && !strcmp(words->items[i + 1], argument))
			return true;
	return false;
}

/* The recipe's mark of kernel code: tools that the build makes for itself do not have it. */
static bool is_of_kernel(const struct pl_recipe *recipe, const struct pl_flags *flags)
{
	return !recipe->kernel_macro || holds(&flags->common, "-D", recipe->kernel_macro);
}

struct pl_error *pl_units_add(struct pl_unit_finder *finder, const struct pl_words *command,
			      const char *directory)
{
	struct pl_code_units *units = finder->units;
	struct pl_code_unit unit = {0}, *list;
	struct pl_flags flags;

	if (!pl_words_have(command, "-c"))
		return NULL;
	PL_TRY(pl_flags_translate(finder->arena, command, directory, &flags));
	if (!flags.file || !is_of_kernel(finder->recipe, &flags))
		return NULL;
	if (!is_of_tree(finder->kbuild, flags.file))
		return pl_words_add(finder->arena, &units->outside, flags.file);
	unit.file = flags.file;
	PL_TRY(add_machine(finder, &flags, &unit.flags));
	PL_TRY(add_words(finder->arena, &flags.common, &unit.flags));
	if (!flags.for_clang)
		PL_TRY(add_adjustments(finder, &unit.flags));
	list = pl_arena_grow(finder->arena, units->list, units->n, &units->capacity, sizeof(*list));
	if (!list)
		return pl_error_no_memory();
	units->list = list;
	list[units->n++] = unit;
	return NULL;
}

static int compare(const void *a, const void *b)
{
	const struct pl_code_unit *left = a, *right = b;
	int order = strcmp(left->file, right->file);

	for (size_t i = 0; !order && i < left->flags.n && i < right->flags.n; i++)
		order = strcmp(left->flags.items[i], right->flags.items[i]);
	if (order)
		return order;
	return (left->flags.n > right->flags.n) - (left->flags.n < right->flags.n);
}

static void sort(struct pl_code_units *units)
{
	size_t kept = 0;

	qsort(units->list, units->n, sizeof(*units->list), compare);
	for (size_t i = 0; i < units->n; i++)
		if (!kept || compare(&units->list[kept - 1], &units->list[i]))
			units->list[kept++] = units->list[i];
	units->n = kept;
}

static int compare_names(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void sort_outside(struct pl_words *outside)
{
	size_t kept = 0;

	if (!outside->n)
		return;
	qsort(outside->items, outside->n, sizeof(*outside->items), compare_names);
	for (size_t i = 0; i < outside->n; i++)
		if (!kept || strcmp(outside->items[kept - 1], outside->items[i]) != 0)
			outside->items[kept++] = outside->items[i];
	outside->n = kept;
}

static struct pl_error *find(struct pl_unit_finder *finder, const char *make_log)
{
	const struct pl_recipe *recipe = finder->recipe;
	const char *database;

	if (make_log)
		return pl_units_from_log(finder, make_log);
	if (!recipe->database)
		return pl_units_from_commands(finder);
	database = pl_arena_printf(finder->arena, "%s/%s", finder->kbuild->build, recipe->database);
	if (!database)
		return pl_error_no_memory();
	return access(database, F_OK) ? pl_units_from_commands(finder)
				      : pl_units_from_database(finder, database);
}

struct pl_error *pl_units_find(struct pl_arena *arena, const struct pl_kbuild *kbuild,
			       const struct pl_recipe *recipe, const char *make_log,
			       struct pl_code_units *ret)
{
	struct pl_unit_finder finder = {arena, kbuild, recipe, ret};

	*ret = (struct pl_code_units){0};
	PL_TRY(find(&finder, make_log));
	if (!ret->n && make_log)
		return pl_error_new(PL_ERROR_UNREADABLE,
				    "%s: no command in it compiles a C file of %s", make_log,
				    kbuild->build);
	sort_outside(&ret->outside);
	if (!ret->n && ret->outside.n)
		return pl_error_new(
			PL_ERROR_UNREADABLE,
			"%s: all that is compiled is outside of it and of %s, as %s; if the "
			"tree was moved, build it again",
			kbuild->build, kbuild->source, ret->outside.items[0]);
	if (!ret->n)
		return pl_error_new(
			PL_ERROR_UNREADABLE,
			"%s: nothing in it says how C files are compiled: it is not built; what "
			"`make -n V=1 -k vmlinux modules` prints there says it too (--make-log)",
			kbuild->build);
	sort(ret);
	return NULL;
}

void pl_units_keep_shard(struct pl_code_units *units, unsigned shard, unsigned shards)
{
	size_t kept = 0;

	for (size_t i = shard - 1; i < units->n; i += shards)
		units->list[kept++] = units->list[i];
	units->n = kept;
	kept = 0;
	for (size_t i = shard - 1; i < units->outside.n; i += shards)
		units->outside.items[kept++] = units->outside.items[i];
	units->outside.n = kept;
}
