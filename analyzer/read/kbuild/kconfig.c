/* SPDX-License-Identifier: MIT */
#include "read/kbuild/kconfig.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* Takes the first line off *TEXT, terminated in place; NULL when there is none left. */
static char *next_line(char **text)
{
	char *line = *text, *end;

	if (!*line)
		return NULL;
	end = line + strcspn(line, "\n");
	*text = *end ? end + 1 : end;
	*end = '\0';
	return line;
}

/* "NAME=VALUE", cut in two in place; anything else, comments above all, is no option. */
static bool cut_option(char *line, struct pl_kconfig_option *ret)
{
	char *end = line;

	while (isalnum((unsigned char)*end) || *end == '_')
		end++;
	if (end == line || *end != '=')
		return false;
	*end = '\0';
	*ret = (struct pl_kconfig_option){.name = line, .value = end + 1};
	return true;
}

/* By name, and by where in the text where an option is there twice. */
static int compare_options(const void *left, const void *right)
{
	const struct pl_kconfig_option *a = left, *b = right;
	int order = strcmp(a->name, b->name);

	return order ? order : (a->name > b->name) - (a->name < b->name);
}

/* Of an option that is there twice the last one counts, as it does for make. */
static void drop_overridden(struct pl_kconfig *config)
{
	size_t kept = 0;

	for (size_t i = 0; i < config->count; i++) {
		if (kept && !strcmp(config->options[kept - 1].name, config->options[i].name))
			kept--;
		config->options[kept++] = config->options[i];
	}
	config->count = kept;
}

struct pl_error *pl_kconfig_parse(struct pl_arena *arena, struct pl_bytes text,
				  struct pl_kconfig *ret)
{
	char *rest = pl_arena_strndup(arena, (const char *)text.data, text.size), *line;
	struct pl_kconfig config = {0};
	size_t capacity = 0;

	if (!rest)
		return pl_error_no_memory();
	while ((line = next_line(&rest))) {
		struct pl_kconfig_option option;

		if (!cut_option(line, &option))
			continue;
		config.options = pl_arena_grow(arena, config.options, config.count, &capacity,
					       sizeof(*config.options));
		if (!config.options)
			return pl_error_no_memory();
		config.options[config.count++] = option;
	}
	if (!config.count)
		return pl_error_new(PL_ERROR_UNREADABLE, "no option is set in it");
	qsort(config.options, config.count, sizeof(*config.options), compare_options);
	drop_overridden(&config);
	*ret = config;
	return NULL;
}

static int compare_name(const void *name, const void *option)
{
	return strcmp(name, ((const struct pl_kconfig_option *)option)->name);
}

const char *pl_kconfig_get(const struct pl_kconfig *config, const char *name)
{
	const struct pl_kconfig_option *found;

	if (!config->count)
		return NULL;
	found = bsearch(name, config->options, config->count, sizeof(*found), compare_name);
	return found ? found->value : NULL;
}

bool pl_kconfig_holds(const struct pl_kconfig *config, const char *condition)
{
	bool negated = condition[0] == '!';
	const char *value = pl_kconfig_get(config, condition + negated);

	return negated != (value && !strcmp(value, "y"));
}

bool pl_kconfig_holds_all(const struct pl_kconfig *config, const char *const *conditions, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!pl_kconfig_holds(config, conditions[i]))
			return false;
	return true;
}
