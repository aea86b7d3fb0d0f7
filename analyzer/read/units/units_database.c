/* SPDX-License-Identifier: MIT */
#include "read/kbuild/database.h"
#include "read/units/units_internal.h"
#include "support/file.h"

static struct pl_error *take(void *context, const struct pl_database_entry *entry)
{
	struct pl_unit_finder *finder = context;

	return pl_units_add(finder, &entry->words,
			    entry->directory ? entry->directory : finder->kbuild->build);
}

struct pl_error *pl_units_from_database(struct pl_unit_finder *finder, const char *path)
{
	PL_CLEANUP(pl_file_close) struct pl_file file = {0};
	struct pl_error *error;

	PL_TRY(pl_file_open(path, &file));
	error = pl_database_each(finder->arena, file.bytes, take, finder);
	return error ? pl_error_prefix(error, "%s", path) : NULL;
}
