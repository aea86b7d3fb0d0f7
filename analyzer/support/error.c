/* SPDX-License-Identifier: MIT */
#include "support/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "support/text.h"

static struct pl_error no_memory = {PL_ERROR_MEMORY, (char[]){"out of memory"}};

struct pl_error *pl_error_no_memory(void)
{
	return &no_memory;
}

/* MESSAGE as it can be shown, in its place; NULL where there is no memory. */
static char *make_plain(char *message)
{
	struct pl_strbuf shown = PL_STRBUF_INIT;

	if (pl_text_is_plain(message))
		return message;
	pl_text_add(&shown, message);
	free(message);
	if (!pl_strbuf_failed(&shown))
		return shown.text;
	pl_strbuf_release(&shown);
	return NULL;
}

static struct pl_error *error_take(enum pl_error_kind kind, char *message)
{
	struct pl_error *error = malloc(sizeof(*error));

	message = make_plain(message);
	if (!error || !message) {
		free(error);
		free(message);
		return pl_error_no_memory();
	}
	error->kind = kind;
	error->message = message;
	return error;
}

struct pl_error *pl_error_new(enum pl_error_kind kind, const char *format, ...)
{
	char *message = NULL;
	va_list args;
	int length;

	va_start(args, format);
	length = vasprintf(&message, format, args);
	va_end(args);
	return length < 0 ? pl_error_no_memory() : error_take(kind, message);
}

struct pl_error *pl_error_prefix(struct pl_error *error, const char *format, ...)
{
	char *prefix = NULL, *message = NULL;
	enum pl_error_kind kind = error->kind;
	va_list args;
	int length;

	va_start(args, format);
	length = vasprintf(&prefix, format, args);
	va_end(args);
	if (length < 0)
		return error;
	length = asprintf(&message, "%s: %s", prefix, error->message);
	free(prefix);
	if (length < 0)
		return error;
	pl_error_free(error);
	return error_take(kind, message);
}

void pl_error_free(struct pl_error *error)
{
	if (!error || error == &no_memory)
		return;
	free(error->message);
	free(error);
}
