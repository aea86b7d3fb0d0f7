/* SPDX-License-Identifier: MIT */
#include "usage_check.h"

#include "answer.h"
#include "collect.h"
#include "make_logs.h"
#include "output.h"
#include "read/report/report_read.h"
#include "support/file.h"

static struct pl_error *check_formats(const struct settings *settings)
{
	for (size_t i = 0; i < settings->n_outputs; i++) {
		enum format format = settings->outputs[i].format;

		if (format != FORMAT_TEXT && format != FORMAT_JSON)
			return pl_error_new(PL_ERROR_USAGE,
					    "option --format: answers are text or json, not %s",
					    output_format_name(format));
	}
	return NULL;
}

/* What cannot be opened is left to whoever reads it. */
static struct pl_error *is_saved(struct pl_arena *arena, const char *source, bool *ret)
{
	PL_CLEANUP(pl_file_close) struct pl_file file = {0};
	const char *name, *path;
	struct pl_error *error;

	PL_TRY(collect_split(arena, source, &name, &path));
	error = pl_file_open(path, &file);
	*ret = !error && pl_report_detect(file.bytes);
	pl_error_free(error);
	return NULL;
}

/* The first option of those that are about how a build is looked through, or NULL. */
static const char *scan_option(const struct settings *settings)
{
	return settings->n_make_logs   ? "make-log"
	       : settings->shards      ? "shard"
	       : settings->usage_rules ? "usage-rules"
				       : NULL;
}

static struct pl_error *check_scan(const struct settings *settings, struct pl_arena *arena,
				   char **sources, size_t count)
{
	const char *option = scan_option(settings);
	bool saved = option;

	for (size_t i = 0; i < count && saved; i++)
		PL_TRY(is_saved(arena, sources[i], &saved));
	if (!saved)
		return NULL;
	return pl_error_new(PL_ERROR_USAGE, "option --%s: a saved report is not looked through",
			    option);
}

struct pl_error *usage_check(const struct settings *settings, struct pl_arena *arena,
			     char **sources, size_t count)
{
	if (answer_is_particular(settings))
		PL_TRY(check_formats(settings));
	PL_TRY(check_scan(settings, arena, sources, count));
	return make_logs_check(settings, arena, sources, count);
}
