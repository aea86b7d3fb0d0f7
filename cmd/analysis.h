/* SPDX-License-Identifier: MIT */
/* What commands do alike: from a command line to a report, and from that to an exit code. */
#ifndef PAGELAP_CMD_ANALYSIS_H
#define PAGELAP_CMD_ANALYSIS_H

#include "command.h"
#include "model/pack.h"
#include "model/recipe.h"
#include "model/report.h"
#include "options.h"
#include "settings.h"

/* One run of a command. */
struct analysis {
	struct pl_pack *pack;
	struct pl_recipe *recipe;
	struct pl_report *report;
};

/*
 * What a command is of its own: runs with SETTINGS over the COUNT SOURCES; its
 * exit code into *RET.
 */
typedef struct pl_error *(*analysis_work)(const struct settings *settings, char **sources,
					  size_t count, enum exit_code *ret);

/*
 * The body of a command: parses ARGV by TABLE into SETTINGS, whose defaults are
 * set, and shows help or the version, or does WORK. Errors are printed.
 */
enum exit_code analysis_main(const struct option_table *table, int argc, char **argv,
			     struct settings *settings, analysis_work work);

/* Loads rule pack and recipe, and makes an empty report; analysis_release() also after an error. */
struct pl_error *analysis_init(const struct settings *settings, struct analysis *ret) PL_MUST_CHECK;

/* Frees what is in ANALYSIS, which may be zeroed. Fits PL_CLEANUP. */
void analysis_release(struct analysis *analysis);

/* Merges the findings, which are final, writes the report, and gives its exit code. */
struct pl_error *analysis_finish(const struct settings *settings, struct pl_report *report,
				 enum exit_code *ret) PL_MUST_CHECK;

#endif
