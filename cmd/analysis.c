/* SPDX-License-Identifier: MIT */
#include "analysis.h"

#include <stdio.h>

#include "check/load/pack_load.h"
#include "check/load/recipe_load.h"
#include "output.h"
#include "support/version.h"

static enum exit_code fail(const char *command, struct pl_error *error)
{
	enum exit_code code = error->kind == PL_ERROR_USAGE ? EXIT_USAGE : EXIT_COULD_NOT_TELL;

	fprintf(stderr, "pagelap %s: %s\n", command, error->message);
	pl_error_free(error);
	return code;
}

enum exit_code analysis_main(const struct option_table *table, int argc, char **argv,
			     struct settings *settings, analysis_work work)
{
	enum exit_code code = EXIT_CLEAN;
	int operands, show;
	struct pl_error *error;

	error = options_parse(table, argc, argv, settings, &operands, &show);
	if (error)
		return fail(argv[0], error);
	if (show == OPTIONS_VERSION)
		puts("pagelap " PL_VERSION);
	else if (show == OPTIONS_HELP)
		options_help(table);
	else
		error = work(settings, argv + operands, (size_t)(argc - operands), &code);
	return error ? fail(argv[0], error) : code;
}

struct pl_error *analysis_init(const struct settings *settings, struct analysis *ret)
{
	ret->report = pl_report_new();
	if (!ret->report)
		return pl_error_no_memory();
	PL_TRY(settings->rules ? pl_pack_load(settings->rules, &ret->pack)
			       : pl_pack_builtin(&ret->pack));
	return settings->recipe ? pl_recipe_load(settings->recipe, &ret->recipe)
				: pl_recipe_builtin(&ret->recipe);
}

void analysis_release(struct analysis *analysis)
{
	pl_report_free(analysis->report);
	pl_pack_free(analysis->pack);
	pl_recipe_free(analysis->recipe);
}

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

struct pl_error *analysis_finish(const struct settings *settings, struct pl_report *report,
				 enum exit_code *ret)
{
	PL_TRY(pl_report_merge(report));
	if (!settings->quiet)
		output_failures(report);
	PL_TRY(output_write(report, settings));
	*ret = exit_code_of(report);
	return NULL;
}
