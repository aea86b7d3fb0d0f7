/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "complete.h"
#include "model/finding.h"
#include "model/target.h"
#include "output.h"
#include "report_options.h"

static const char *severity_word(size_t index)
{
	return index < PL_SEVERITY_COUNT ? pl_severity_name((enum pl_severity)index) : NULL;
}

static const char *source_word(size_t index)
{
	return index + 1 < PL_SOURCE_COUNT ? pl_source_kind_name((enum pl_source_kind)(index + 1))
					   : NULL;
}

/* Where a command does not say otherwise. */
static const struct option_words common[] = {
	{"color", colour_name},
	{"fail-on", severity_word},
	{"format", output_format_name},
	{"from", source_word},
	{NULL, NULL},
};

static option_word find(const struct option_words *list, const char *option)
{
	for (; list && list->option; list++)
		if (!strcmp(list->option, option))
			return list->word;
	return NULL;
}

option_word complete_words(const struct option_table *table, const struct option_row *row)
{
	option_word own = find(table->words, row->name);

	return own ? own : find(common, row->name);
}

enum argument_kind complete_kind(const struct option_table *table, const struct option_row *row)
{
	static const char *const files[] = {"FILE", "[NAME=]FILE", "REPORT"};

	if (!row->argument)
		return ARGUMENT_NONE;
	if (complete_words(table, row))
		return ARGUMENT_WORD;
	if (!strcmp(row->argument, "DIR"))
		return ARGUMENT_DIRECTORY;
	for (size_t i = 0; i < sizeof(files) / sizeof(*files); i++)
		if (!strcmp(row->argument, files[i]))
			return ARGUMENT_FILE;
	return ARGUMENT_ANY;
}

void complete_add_words(struct pl_strbuf *out, option_word word, const char *between)
{
	for (size_t i = 0; word(i); i++)
		pl_strbuf_printf(out, "%s%s", i ? between : "", word(i));
}

void complete_add_summary(struct pl_strbuf *out, const struct option_row *row)
{
	pl_strbuf_add_bytes(out, row->help, strcspn(row->help, ";\n"));
}
