/* SPDX-License-Identifier: MIT */
#include "source_options.h"

#include <string.h>

#include "settings.h"

static struct pl_error *set_from(void *settings, const char *value)
{
	struct settings *s = settings;

	s->from = pl_source_kind_parse(value);
	if (s->from == PL_SOURCE_UNKNOWN)
		return pl_error_new(PL_ERROR_USAGE, "'%s' is not headers, dwarf or btf", value);
	return NULL;
}

static struct pl_error *set_overlay(void *settings, const char *value)
{
	struct settings *s = settings;

	for (size_t i = 0; i < s->n_overlays; i++)
		if (!strcmp(s->overlays[i], value))
			return NULL;
	if (s->n_overlays == MAX_OVERLAYS)
		return pl_error_new(PL_ERROR_USAGE, "given more than %d times", MAX_OVERLAYS);
	s->overlays[s->n_overlays++] = value;
	return NULL;
}

static struct pl_error *set_rules(void *settings, const char *value)
{
	((struct settings *)settings)->rules = value;
	return NULL;
}

static struct pl_error *set_source_tree(void *settings, const char *value)
{
	((struct settings *)settings)->source_tree = value;
	return NULL;
}

static struct pl_error *set_no_scan(void *settings, const char *value)
{
	(void)value;
	((struct settings *)settings)->no_scan = true;
	return NULL;
}

static struct pl_error *set_recipe(void *settings, const char *value)
{
	((struct settings *)settings)->recipe = value;
	return NULL;
}

static struct pl_error *set_check_all_units(void *settings, const char *value)
{
	(void)value;
	((struct settings *)settings)->check_all_units = true;
	return NULL;
}

static struct pl_error *set_config(void *settings, const char *value)
{
	((struct settings *)settings)->config = value;
	return NULL;
}

static struct pl_error *set_btf_base(void *settings, const char *value)
{
	((struct settings *)settings)->btf_base = value;
	return NULL;
}

static struct pl_error *set_debug_dir(void *settings, const char *value)
{
	((struct settings *)settings)->debug_dir = value;
	return NULL;
}

static struct pl_error *set_jobs(void *settings, const char *value)
{
	uintmax_t number;

	PL_TRY(options_number(value, 1, 1024, &number));
	((struct settings *)settings)->jobs = (size_t)number;
	return NULL;
}

static const struct option_row rows[] = {
	{"from", 0, "KIND", "read headers, dwarf or btf; default: what the source has, dwarf first",
	 set_from},
	{"overlay", 0, "NAME", "only this overlay; may be repeated; one that is missing exits 2",
	 set_overlay},
	{"rules", 0, "FILE", "rule pack that names host and overlays; default: the built-in one",
	 set_rules},
	{"source-tree", 0, "DIR", "sources of a build directory; default: where its makefile says",
	 set_source_tree},
	{"no-scan", 0, NULL, "do not look through a source tree for more assertions and candidates",
	 set_no_scan},
	{"recipe", 0, "FILE", "how headers are compiled; default: the built-in recipe", set_recipe},
	{"check-all-units", 0, NULL, "compare the definitions of all units (DWARF) or types (BTF)",
	 set_check_all_units},
	{"config", 0, "FILE", "the kernel's configuration; default: looked for beside the source",
	 set_config},
	{"btf-base", 0, "FILE", "BTF that a module's split BTF builds on", set_btf_base},
	{"debug-dir", 0, "DIR", "where separate debug files are; default: /usr/lib/debug",
	 set_debug_dir},
	{"jobs", 'j', "N", "read so many sources at a time; default: one per processor", set_jobs},
};

const struct option_group source_options = {rows, sizeof(rows) / sizeof(*rows)};
