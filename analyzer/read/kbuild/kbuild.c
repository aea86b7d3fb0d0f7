/* SPDX-License-Identifier: MIT */
#include "read/kbuild/kbuild.h"

#include <string.h>

#include "read/kbuild/agreement.h"
#include "read/kbuild/assemble.h"
#include "read/kbuild/directory.h"
#include "read/kbuild/release.h"
#include "read/kbuild/textfile.h"
#include "read/kbuild/tree.h"
#include "read/paths.h"

bool pl_kbuild_detect(const char *path)
{
	return pl_directory_is(path);
}

static struct pl_error *parse_config(struct pl_arena *arena, const char *text,
				     struct pl_kbuild *kbuild)
{
	struct pl_bytes bytes = {(const unsigned char *)text, strlen(text)};
	struct pl_error *error = pl_kconfig_parse(arena, bytes, &kbuild->config);

	return error ? pl_error_prefix(error, "%s", kbuild->config_path) : NULL;
}

static struct pl_error *read_config(struct pl_arena *arena, const char *path,
				    const struct pl_recipe *recipe, struct pl_kbuild *kbuild)
{
	const char *text = NULL;

	for (size_t i = 0; i < recipe->n_config; i++) {
		PL_TRY(pl_textfile_try(arena, kbuild->build, recipe->config[i], &text));
		if (!text)
			continue;
		kbuild->config_path =
			pl_arena_printf(arena, "%s/%s", kbuild->build, recipe->config[i]);
		return kbuild->config_path ? parse_config(arena, text, kbuild)
					   : pl_error_no_memory();
	}
	return pl_error_new(PL_ERROR_UNREADABLE, "%s: there is no configuration (%s) in it", path,
			    recipe->config[0]);
}

/* Where the file that configuring leaves behind is a header, it has to be of this configuration. */
static struct pl_error *check_config(struct pl_arena *arena, const char *path,
				     const struct pl_recipe *recipe, const struct pl_kbuild *kbuild)
{
	const char *end = strrchr(recipe->configured, '.'), *text, *option;

	if (!end || strcmp(end, ".h"))
		return NULL;
	PL_TRY(pl_textfile_try(arena, kbuild->build, recipe->configured, &text));
	if (!text)
		return NULL;
	PL_TRY(pl_kconfig_compare(arena, &kbuild->config, text, &option));
	if (!option)
		return NULL;
	return pl_error_new(
		PL_ERROR_UNREADABLE,
		"%s: %s is not of this configuration: it and %s do not agree about %s; run "
		"`make prepare`",
		path, recipe->configured, pl_path_below(kbuild->build, kbuild->config_path),
		option);
}

static void set_arch(const struct pl_recipe *recipe, struct pl_kbuild *kbuild)
{
	for (size_t i = 0; i < recipe->n_archs && !kbuild->arch; i++) {
		const struct pl_recipe_arch *arch = &recipe->archs[i];

		if (!pl_kconfig_holds_all(&kbuild->config, arch->when, arch->n_when))
			continue;
		kbuild->arch = arch;
		kbuild->srcarch = arch->srcarch;
	}
	kbuild->made_for_clang = recipe->clang && pl_kconfig_holds(&kbuild->config, recipe->clang);
}

static struct pl_error *set_release(struct pl_arena *arena, const char *path,
				    const struct pl_recipe *recipe, const struct pl_tree *tree,
				    struct pl_kbuild *kbuild)
{
	struct pl_release release;
	struct pl_error *error = pl_release_find(arena, recipe, tree, &release);

	if (error)
		return pl_error_prefix(error, "%s", path);
	kbuild->release = release.build;
	kbuild->source_release = release.source;
	return NULL;
}

struct pl_error *pl_kbuild_open(struct pl_arena *arena, const char *path, const char *source_tree,
				const char *resource, const struct pl_recipe *recipe,
				struct pl_kbuild *ret)
{
	struct pl_assembly assembly = {
		.recipe = recipe, .path = path, .resource = resource, .source_given = source_tree};
	struct pl_kbuild kbuild = {0};
	struct pl_tree tree;

	PL_TRY(pl_tree_locate(arena, path, source_tree, recipe, &tree));
	kbuild.build = tree.build;
	kbuild.source = tree.source;
	PL_TRY(set_release(arena, path, recipe, &tree, &kbuild));
	PL_TRY(read_config(arena, path, recipe, &kbuild));
	PL_TRY(check_config(arena, path, recipe, &kbuild));
	set_arch(recipe, &kbuild);
	PL_TRY(pl_kbuild_assemble(arena, &assembly, &kbuild));
	*ret = kbuild;
	return NULL;
}
