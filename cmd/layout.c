/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check/pack_load.h"
#include "check/recipe_load.h"
#include "collect.h"
#include "command.h"
#include "options.h"
#include "output.h"
#include "support/version.h"

static struct pl_error *set_from(void *settings, const char *value)
{
	struct settings *s = settings;

	s->from = pl_source_kind_parse(value);
	if (s->from == PL_SOURCE_UNKNOWN)
		return pl_error_new(PL_ERROR_USAGE, "'%s' is not headers, dwarf or btf", value);
	return NULL;
}

static struct pl_error *set_format(void *settings, const char *value)
{
	struct settings *s = settings;
	struct output *output = &s->outputs[s->n_outputs];
	size_t length = strcspn(value, ":");

	if (s->n_outputs == MAX_OUTPUTS)
		return pl_error_new(PL_ERROR_USAGE, "given more than %d times", MAX_OUTPUTS);
	if (length == 4 && !strncmp(value, "text", length))
		output->format = FORMAT_TEXT;
	else if (length == 4 && !strncmp(value, "json", length))
		output->format = FORMAT_JSON;
	else
		return pl_error_new(PL_ERROR_USAGE, "there is no format '%.*s', only text and json",
				    (int)length, value);
	output->file = value[length] ? value + length + 1 : NULL;
	if (output->file && !*output->file)
		return pl_error_new(PL_ERROR_USAGE, "no file after the colon of '%s'", value);
	for (size_t i = 0; i < s->n_outputs; i++)
		if (!output->file && !s->outputs[i].file)
			return pl_error_new(PL_ERROR_USAGE,
					    "only one report fits on standard output");
	s->n_outputs++;
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

static struct pl_error *set_recipe(void *settings, const char *value)
{
	((struct settings *)settings)->recipe = value;
	return NULL;
}

static struct pl_error *set_source_tree(void *settings, const char *value)
{
	((struct settings *)settings)->source_tree = value;
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

static struct pl_error *set_check_all_units(void *settings, const char *value)
{
	(void)value;
	((struct settings *)settings)->check_all_units = true;
	return NULL;
}

static struct pl_error *set_no_scan(void *settings, const char *value)
{
	(void)value;
	((struct settings *)settings)->no_scan = true;
	return NULL;
}

static struct pl_error *set_quiet(void *settings, const char *value)
{
	(void)value;
	((struct settings *)settings)->quiet = true;
	return NULL;
}

static struct pl_error *set_fail_on(void *settings, const char *value)
{
	if (!pl_severity_parse(value, &((struct settings *)settings)->fail_on))
		return pl_error_new(PL_ERROR_USAGE, "'%s' is not error, warning, info or none",
				    value);
	return NULL;
}

static struct pl_error *set_colour(void *settings, const char *value)
{
	static const char *const names[] = {
		[COLOUR_AUTO] = "auto",
		[COLOUR_ALWAYS] = "always",
		[COLOUR_NEVER] = "never",
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		if (!strcmp(names[i], value)) {
			((struct settings *)settings)->colour = (enum colour)i;
			return NULL;
		}
	}
	return pl_error_new(PL_ERROR_USAGE, "'%s' is not auto, always or never", value);
}

static struct pl_error *parse_number(const char *value, unsigned long least, unsigned long most,
				     size_t *ret)
{
	char *end;
	unsigned long number = strtoul(value, &end, 10);

	if (*end || end == value || value[0] == '-' || number < least || number > most)
		return pl_error_new(PL_ERROR_USAGE, "'%s' is not a number from %lu to %lu", value,
				    least, most);
	*ret = number;
	return NULL;
}

static struct pl_error *set_width(void *settings, const char *value)
{
	return parse_number(value, 40, 10000, &((struct settings *)settings)->width);
}

static struct pl_error *set_jobs(void *settings, const char *value)
{
	return parse_number(value, 1, 1024, &((struct settings *)settings)->jobs);
}

static const struct option_row rows[] = {
	{"from", 0, "KIND", "read headers, dwarf or btf; default: what the source has, dwarf first",
	 set_from},
	{"format", 'f', "FORMAT[:FILE]",
	 "text or json, to FILE or standard output; may be repeated", set_format},
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
	{"fail-on", 0, "SEVERITY", "exit 1 on findings from error, warning, info, or none on",
	 set_fail_on},
	{"color", 0, "WHEN", "auto, always or never; NO_COLOR is respected", set_colour},
	{"width", 0, "COLUMNS", "for text; default: the terminal's, else 100", set_width},
	{"jobs", 'j', "N", "read so many sources at a time; default: one per processor", set_jobs},
	{"quiet", 'q', NULL, "say nothing on standard error", set_quiet},
};

static const struct option_table table = {
	.usage = "pagelap layout [OPTION...] [[NAME=]SOURCE...]",
	.about =
		"Maps which bytes of the host record (struct page) each overlay uses. SOURCE is "
		"a\n"
		"configured kernel tree or headers package, an ELF file with DWARF or BTF\n"
		"(vmlinux, .o, .ko, separate debug file), raw BTF, a kernel image (vmlinuz), or a\n"
		"saved JSON report; without one, the running kernel.\n",
	.rows = rows,
	.count = sizeof(rows) / sizeof(*rows),
};

static enum exit_code exit_code_of(const struct pl_report *report)
{
	switch (pl_report_verdict(report)) {
	case PL_VERDICT_CLEAN:
		return EXIT_CLEAN;
	case PL_VERDICT_GATE_FAILED:
		return EXIT_GATE_FAILED;
	default:
		return EXIT_COULD_NOT_TELL;
	}
}

static struct pl_error *layout(const struct settings *settings, char **sources, size_t count,
			       enum exit_code *ret)
{
	PL_CLEANUP(pl_pack_cleanup) struct pl_pack *pack = NULL;
	PL_CLEANUP(pl_recipe_cleanup) struct pl_recipe *recipe = NULL;
	PL_CLEANUP(pl_report_cleanup) struct pl_report *report = pl_report_new();

	if (!report)
		return pl_error_no_memory();
	PL_TRY(settings->rules ? pl_pack_load(settings->rules, &pack) : pl_pack_builtin(&pack));
	PL_TRY(settings->recipe ? pl_recipe_load(settings->recipe, &recipe)
				: pl_recipe_builtin(&recipe));
	PL_TRY(collect(settings, pack, recipe, sources, count, report));
	if (!settings->quiet)
		output_failures(report);
	PL_TRY(output_write(report, settings));
	*ret = exit_code_of(report);
	return NULL;
}

static enum exit_code fail(struct pl_error *error)
{
	enum exit_code code = error->kind == PL_ERROR_USAGE ? EXIT_USAGE : EXIT_COULD_NOT_TELL;

	fprintf(stderr, "pagelap layout: %s\n", error->message);
	pl_error_free(error);
	return code;
}

enum exit_code layout_run(int argc, char **argv)
{
	struct settings settings = SETTINGS_INIT;
	enum exit_code code = EXIT_CLEAN;
	int operands, show;
	struct pl_error *error;

	error = options_parse(&table, argc, argv, &settings, &operands, &show);
	if (error)
		return fail(error);
	if (show == OPTIONS_VERSION)
		puts("pagelap " PL_VERSION);
	else if (show == OPTIONS_HELP)
		options_help(&table);
	else
		error = layout(&settings, argv + operands, (size_t)(argc - operands), &code);
	return error ? fail(error) : code;
}
