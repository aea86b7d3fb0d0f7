/* SPDX-License-Identifier: MIT */
#include "read/kbuild/assemble.h"

#include <string.h>
#include <unistd.h>

#include "read/kbuild/directory.h"
#include "read/kbuild/expand.h"
#include "read/kbuild/recorded.h"
#include "support/strbuf.h"

struct assembling {
	struct pl_arena *arena;
	const struct pl_assembly *assembly;
	const struct pl_kbuild *kbuild;
	struct pl_places places;
	struct pl_words flags;
};

static struct pl_error *add(struct assembling *a, const char *word)
{
	return pl_words_add(a->arena, &a->flags, word);
}

static struct pl_error *add_words(struct assembling *a, const struct pl_words *words)
{
	for (size_t i = 0; i < words->n; i++)
		PL_TRY(add(a, words->items[i]));
	return NULL;
}

/* Flags that speak of a place which is not known are left out. */
static struct pl_error *add_expanded(struct assembling *a, const char *const *flags, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const char *flag;

		PL_TRY(pl_expand(a->arena, flags[i], &a->places, &flag));
		if (flag)
			PL_TRY(add(a, flag));
	}
	return NULL;
}

static struct pl_error *unknown_arch(const struct assembling *a)
{
	PL_CLEANUP(pl_strbuf_release) struct pl_strbuf names = PL_STRBUF_INIT;
	const struct pl_recipe *recipe = a->assembly->recipe;

	for (size_t i = 0; i < recipe->n_archs; i++) {
		if (i && !strcmp(recipe->archs[i].name, recipe->archs[i - 1].name))
			continue;
		pl_strbuf_printf(&names, "%s%s", i ? ", " : "", recipe->archs[i].name);
	}
	if (pl_strbuf_failed(&names))
		return pl_error_no_memory();
	return pl_error_new(PL_ERROR_UNREADABLE,
			    "%s: unknown architecture: %s fits none that the recipe \"%s\" knows "
			    "(%s)",
			    a->assembly->path, a->kbuild->config_path, recipe->name, names.text);
}

/*
 * The recipe's target says all of it; the one kbuild passes to clang may be
 * that of a cousin which other flags turn into the right one.
 */
static struct pl_error *add_target(struct assembling *a, const struct pl_flags *recorded)
{
	const struct pl_recipe_arch *arch = a->kbuild->arch;

	if (arch && arch->target)
		return add(a, pl_arena_printf(a->arena, "--target=%s", arch->target));
	if (arch)
		return pl_error_new(PL_ERROR_UNREADABLE, "%s: %s: %s", a->assembly->path,
				    arch->name, arch->untrusted);
	return recorded->has_target ? add_words(a, &recorded->machine) : unknown_arch(a);
}

static struct pl_error *add_directories(struct assembling *a)
{
	const struct pl_recipe *recipe = a->assembly->recipe;

	for (size_t i = 0; i < recipe->n_include; i++) {
		const char *path;

		PL_TRY(pl_expand(a->arena, recipe->include[i], &a->places, &path));
		if (!path || !pl_directory_is(path))
			continue;
		PL_TRY(add(a, "-I"));
		PL_TRY(add(a, path));
	}
	return NULL;
}

/* Without one of these everything may still compile, and be wrong. */
static struct pl_error *add_forced(struct assembling *a)
{
	const struct pl_recipe *recipe = a->assembly->recipe;

	for (size_t i = 0; i < recipe->n_forced; i++) {
		const char *path;

		PL_TRY(pl_expand(a->arena, recipe->forced[i], &a->places, &path));
		if (!path)
			continue;
		if (access(path, R_OK))
			return pl_error_new(PL_ERROR_UNREADABLE,
					    "%s: %s is not there, which everything includes",
					    a->assembly->path, path);
		PL_TRY(add(a, "-include"));
		PL_TRY(add(a, path));
	}
	return NULL;
}

static struct pl_error *add_adjustments(struct assembling *a)
{
	const struct pl_recipe *recipe = a->assembly->recipe;

	for (size_t i = 0; i < recipe->n_adjustments; i++) {
		const struct pl_recipe_adjustment *its = &recipe->adjustments[i];

		if (its->srcarch &&
		    (!a->kbuild->srcarch || strcmp(its->srcarch, a->kbuild->srcarch)))
			continue;
		if (pl_kconfig_holds_all(&a->kbuild->config, its->when, its->n_when))
			PL_TRY(add_expanded(a, its->flags, its->n_flags));
	}
	return NULL;
}

static bool is_below(const char *path, const char *directory)
{
	size_t length = strlen(directory);

	return !strncmp(path, directory, length) && path[length] == '/';
}

/*
 * A tree that was moved after it was built is spoken of by its old name. What
 * is still there under that name need not be the tree that was asked for.
 */
static struct pl_error *check_recorded(const struct assembling *a, struct pl_recorded *recorded)
{
	const struct pl_words *words = &recorded->flags.common;

	for (size_t i = 0; recorded->from && i + 1 < words->n; i++) {
		const char *header = words->items[i + 1];

		if (strcmp(words->items[i], "-include"))
			continue;
		if (a->assembly->source_given && !is_below(header, a->kbuild->source) &&
		    !is_below(header, a->kbuild->build)) {
			*recorded = (struct pl_recorded){0};
			return NULL;
		}
		if (access(header, R_OK))
			return pl_error_new(
				PL_ERROR_UNREADABLE,
				"%s: %s speaks of %s, which is not there; if the tree was moved, "
				"run `make prepare` again, or name the source tree",
				a->assembly->path, recorded->from, header);
	}
	return NULL;
}

struct pl_error *pl_kbuild_assemble(struct pl_arena *arena, const struct pl_assembly *assembly,
				    struct pl_kbuild *kbuild)
{
	const struct pl_recipe *recipe = assembly->recipe;
	struct assembling a = {
		.arena = arena,
		.assembly = assembly,
		.kbuild = kbuild,
		.places = {kbuild->source, kbuild->build, kbuild->srcarch, assembly->resource},
	};
	struct pl_recorded recorded;

	PL_TRY(pl_recorded_find(arena, recipe, kbuild->build, &recorded));
	PL_TRY(check_recorded(&a, &recorded));
	PL_TRY(add_target(&a, &recorded.flags));
	PL_TRY(add_expanded(&a, recipe->flags, recipe->n_flags));
	if (recorded.from) {
		PL_TRY(add_words(&a, &recorded.flags.common));
	} else {
		PL_TRY(add_directories(&a));
		PL_TRY(add_forced(&a));
	}
	kbuild->first_adjustment = a.flags.n;
	PL_TRY(add_adjustments(&a));
	kbuild->flags = a.flags.items;
	kbuild->n_flags = a.flags.n;
	kbuild->flags_from = recorded.from ? recorded.from : "recipe";
	return NULL;
}
