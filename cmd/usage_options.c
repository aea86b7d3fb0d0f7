/* SPDX-License-Identifier: MIT */
#include "usage_options.h"

#include <limits.h>
#include <string.h>

#include "settings.h"

static struct pl_error *set_make_log(void *settings, const char *value)
{
	struct settings *s = settings;

	if (s->n_make_logs == MAX_USAGES)
		return pl_error_new(PL_ERROR_USAGE, "option --make-log: more than %d", MAX_USAGES);
	s->make_logs[s->n_make_logs++] = value;
	return NULL;
}

static struct pl_error *set_usage_rules(void *settings, const char *value)
{
	((struct settings *)settings)->usage_rules = value;
	return NULL;
}

static struct pl_error *set_cache(void *settings, const char *value)
{
	((struct settings *)settings)->cache = value;
	return NULL;
}

static struct pl_error *set_no_cache(void *settings, const char *value)
{
	(void)value;
	((struct settings *)settings)->no_cache = true;
	return NULL;
}

static struct pl_error *set_no_shortcuts(void *settings, const char *value)
{
	(void)value;
	((struct settings *)settings)->no_shortcuts = true;
	return NULL;
}

static struct pl_error *set_costs(void *settings, const char *value)
{
	(void)value;
	((struct settings *)settings)->costs = true;
	return NULL;
}

/* "3/8": the third of eight slices. */
static struct pl_error *set_shard(void *settings, const char *value)
{
	struct settings *s = settings;
	const char *slash = strchr(value, '/');
	char first[16] = "";
	uintmax_t shard = 0, shards = 0;
	struct pl_error *error;

	if (slash && slash > value && (size_t)(slash - value) < sizeof(first)) {
		memcpy(first, value, (size_t)(slash - value));
		error = options_number(slash + 1, 1, UINT_MAX, &shards);
		if (!error)
			error = options_number(first, 1, shards, &shard);
		pl_error_free(error);
		if (!error) {
			s->shard = (unsigned)shard;
			s->shards = (unsigned)shards;
			return NULL;
		}
	}
	return pl_error_new(PL_ERROR_USAGE, "'%s' is not I/N, slice I of N, as 1/4", value);
}

static const struct option_row rows[] = {
	{"make-log", 0, "[NAME=]FILE",
	 "what `make -n V=1 -k vmlinux modules` prints in a build only prepared; may be repeated",
	 set_make_log},
	{"shard", 0, "I/N", "only slice I of N of the units; merge joins their reports", set_shard},
	{"cache", 0, "DIR",
	 "where results are kept; default: pagelap in the user's cache directory", set_cache},
	{"no-cache", 0, NULL, "keep no results, and use none", set_no_cache},
	{"no-shortcuts", 0, NULL, "parse every unit as its compiler does: slow, the same answer",
	 set_no_shortcuts},
	{"costs", 0, NULL, "say on standard error what the scan has taken", set_costs},
	{"usage-rules", 0, "FILE",
	 "what functions do with addresses they are given; default: the built-in rules",
	 set_usage_rules},
};

const struct option_group usage_options = {rows, sizeof(rows) / sizeof(*rows)};
