/* SPDX-License-Identifier: MIT */
#include "answer_options.h"

#include <string.h>

#include "settings.h"

/* More than any name in a list has; and hosts and bytes far beyond what there is. */
enum { MAX_NAME = 32, MAX_PAGE = 63, MAX_BYTE = 1 << 20 };

static struct pl_error *add_glob(struct pl_globs *globs, const char **list, const char *value)
{
	if (globs->count == MAX_GLOBS)
		return pl_error_new(PL_ERROR_USAGE, "given more than %d times", MAX_GLOBS);
	globs->list = list;
	list[globs->count++] = value;
	return NULL;
}

static struct pl_error *set_field(void *settings, const char *value)
{
	struct settings *s = settings;

	return add_glob(&s->question.fields, s->field_globs, value);
}

static struct pl_error *set_record(void *settings, const char *value)
{
	struct settings *s = settings;

	return add_glob(&s->question.records, s->record_globs, value);
}

static struct pl_error *set_path(void *settings, const char *value)
{
	struct settings *s = settings;

	return add_glob(&s->question.paths, s->path_globs, value);
}

static struct pl_error *set_function(void *settings, const char *value)
{
	struct settings *s = settings;

	return add_glob(&s->question.functions, s->function_globs, value);
}

/* Hands each name of the list VALUE, which commas divide, to TAKE. */
static struct pl_error *each_name(struct settings *settings, const char *value,
				  struct pl_error *(*take)(struct settings *, const char *))
{
	for (;;) {
		size_t length = strcspn(value, ",");
		char name[MAX_NAME];

		if (length >= sizeof(name))
			return pl_error_new(PL_ERROR_USAGE, "'%s' is not known", value);
		memcpy(name, value, length);
		name[length] = '\0';
		PL_TRY(take(settings, name));
		if (!value[length])
			return NULL;
		value += length + 1;
	}
}

static struct pl_error *take_by(struct settings *settings, const char *name)
{
	struct pl_question *question = &settings->question;
	enum pl_by by;

	if (!pl_by_parse(name, &by))
		return pl_error_new(PL_ERROR_USAGE,
				    "'%s' is not field, function, file, directory or arch", name);
	for (size_t i = 0; i < question->n_by; i++)
		if (question->by[i] == by)
			return pl_error_new(PL_ERROR_USAGE, "'%s' is there twice", name);
	question->by[question->n_by++] = by;
	return NULL;
}

static struct pl_error *set_by(void *settings, const char *value)
{
	return each_name(settings, value, take_by);
}

static struct pl_error *take_kind(struct settings *settings, const char *name)
{
	enum pl_access_kind kind;

	if (!pl_access_kind_parse(name, &kind))
		return pl_error_new(PL_ERROR_USAGE,
				    "'%s' is not read, write, read-write or address", name);
	settings->question.kinds |= 1U << kind;
	return NULL;
}

static struct pl_error *set_kind(void *settings, const char *value)
{
	return each_name(settings, value, take_kind);
}

static struct pl_error *take_show(struct settings *settings, const char *name)
{
	enum pl_show show;

	if (!pl_show_parse(name, &show))
		return pl_error_new(PL_ERROR_USAGE,
				    "'%s' is not uses, counts, idle, names or single", name);
	settings->question.show |= 1U << show;
	return NULL;
}

static struct pl_error *set_show(void *settings, const char *value)
{
	return each_name(settings, value, take_show);
}

/* [PAGE:]BYTE */
static struct pl_error *set_byte(void *settings, const char *value)
{
	struct pl_question *question = &((struct settings *)settings)->question;
	size_t length = strcspn(value, ":");
	uintmax_t page = 0, byte;
	char digits[MAX_NAME];

	if (value[length]) {
		if (length >= sizeof(digits))
			return pl_error_new(PL_ERROR_USAGE, "'%s' is not [PAGE:]BYTE", value);
		memcpy(digits, value, length);
		digits[length] = '\0';
		PL_TRY(options_number(digits, 0, MAX_PAGE, &page));
		value += length + 1;
	}
	PL_TRY(options_number(value, 0, MAX_BYTE, &byte));
	question->of_byte = true;
	question->page = (size_t)page;
	question->byte = byte;
	return NULL;
}

static const struct option_row rows[] = {
	{"by", 0, "WHAT,...", "put accesses together by field, function, file, directory, arch",
	 set_by},
	{"field", 0, "GLOB", "only fields like this: RECORD.FIELD or FIELD; may be repeated",
	 set_field},
	{"record", 0, "GLOB", "only fields of such a record, host or overlay; may be repeated",
	 set_record},
	{"path", 0, "GLOB", "only code in such a file or directory; may be repeated", set_path},
	{"function", 0, "GLOB", "only code in such a function; may be repeated", set_function},
	{"kind", 0, "KIND,...", "only read, write, read-write, address", set_kind},
	{"byte", 0, "[PAGE:]N", "only what is about byte N of the host, and what that is called",
	 set_byte},
	{"show", 0, "PART,...",
	 "uses, counts, idle, names, single; default: uses, or for all of it the others", set_show},
};

const struct option_group answer_options = {rows, sizeof(rows) / sizeof(*rows)};
