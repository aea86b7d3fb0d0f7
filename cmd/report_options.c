/* SPDX-License-Identifier: MIT */
#include "report_options.h"

#include <string.h>

#include "output.h"
#include "settings.h"

static struct pl_error *set_format(void *settings, const char *value)
{
	struct settings *s = settings;
	enum format format;

	PL_TRY(output_format(value, strcspn(value, ":"), &format));
	PL_TRY(output_add(s, value));
	s->outputs[s->n_outputs - 1].format = format;
	return NULL;
}

static struct pl_error *set_fail_on(void *settings, const char *value)
{
	if (!pl_severity_parse(value, &((struct settings *)settings)->fail_on))
		return pl_error_new(PL_ERROR_USAGE, "'%s' is not error, warning, info or none",
				    value);
	return NULL;
}

const char *colour_name(size_t index)
{
	static const char *const names[] = {
		[COLOUR_AUTO] = "auto",
		[COLOUR_ALWAYS] = "always",
		[COLOUR_NEVER] = "never",
	};

	return index < sizeof(names) / sizeof(*names) ? names[index] : NULL;
}

static struct pl_error *set_colour(void *settings, const char *value)
{
	for (size_t i = 0; colour_name(i); i++) {
		if (!strcmp(colour_name(i), value)) {
			((struct settings *)settings)->colour = (enum colour)i;
			return NULL;
		}
	}
	return pl_error_new(PL_ERROR_USAGE, "'%s' is not auto, always or never", value);
}

static struct pl_error *set_width(void *settings, const char *value)
{
	uintmax_t number;

	PL_TRY(options_number(value, 40, MAX_WIDTH, &number));
	((struct settings *)settings)->width = (size_t)number;
	return NULL;
}

static struct pl_error *set_wide(void *settings, const char *value)
{
	(void)value;
	((struct settings *)settings)->width = MAX_WIDTH;
	return NULL;
}

static struct pl_error *set_compact(void *settings, const char *value)
{
	(void)value;
	((struct settings *)settings)->compact = true;
	return NULL;
}

static struct pl_error *set_quiet(void *settings, const char *value)
{
	(void)value;
	((struct settings *)settings)->quiet = true;
	return NULL;
}

/* The gate first: what has none takes the rest. */
static const struct option_row rows[] = {
	{"fail-on", 0, "SEVERITY", "exit 1 on findings from error, warning, info, or none on",
	 set_fail_on},
	{"format", 'f', "FORMAT[:FILE]",
	 "text, json, html, markdown, rst, plain, rdjsonl or sarif; may be repeated", set_format},
	{"width", 0, "COLUMNS", "for text; default: the terminal's, else 100", set_width},
	{"wide", 0, NULL, "for text: all columns side by side, however wide that is", set_wide},
	{"compact", 0, NULL, "for text: one line per row, and nothing that explains", set_compact},
};

static const struct option_row manner_rows[] = {
	{"color", 0, "WHEN", "auto, always or never; NO_COLOR is respected", set_colour},
	{"quiet", 'q', NULL, "say nothing on standard error", set_quiet},
};

const struct option_group report_options = {rows, sizeof(rows) / sizeof(*rows)};
const struct option_group shape_options = {rows + 1, sizeof(rows) / sizeof(*rows) - 1};
const struct option_group manner_options = {manner_rows,
					    sizeof(manner_rows) / sizeof(*manner_rows)};
