/* SPDX-License-Identifier: MIT */
/* What the sources of units share. */
#ifndef PAGELAP_READ_UNITS_UNITS_INTERNAL_H
#define PAGELAP_READ_UNITS_UNITS_INTERNAL_H

#include "read/units/units.h"

struct pl_unit_finder {
	struct pl_arena *arena;
	const struct pl_kbuild *kbuild;
	const struct pl_recipe *recipe;
	struct pl_code_units *units;
};

/*
 * Adds the unit that COMMAND, run in DIRECTORY, compiles: unless it compiles
 * no C file of the kernel, like assembler, or a tool for the build itself.
 */
struct pl_error *pl_units_add(struct pl_unit_finder *finder, const struct pl_words *command,
			      const char *directory) PL_MUST_CHECK;

/* Add the units that are told of by what make printed, by a database, by .cmd files. */
struct pl_error *pl_units_from_log(struct pl_unit_finder *finder, const char *path) PL_MUST_CHECK;
struct pl_error *pl_units_from_database(struct pl_unit_finder *finder,
					const char *path) PL_MUST_CHECK;
struct pl_error *pl_units_from_commands(struct pl_unit_finder *finder) PL_MUST_CHECK;

#endif
