/* SPDX-License-Identifier: MIT */
#include "complete.h"

#include <string.h>

/* Text at the start of a line may not look like a macro, and a backslash is an escape. */
static void add_text(struct pl_strbuf *out, const char *text)
{
	if (*text == '.' || *text == '\'')
		pl_strbuf_add(out, "\\&");
	for (; *text; text++) {
		if (*text == '\n') {
			pl_strbuf_add_char(out, '\n');
			text += strspn(text + 1, " ");
		} else if (*text == '\\') {
			pl_strbuf_add(out, "\\e");
		} else {
			pl_strbuf_add_char(out, *text);
		}
	}
}

/*
 * "FORMAT[:FILE]" is an argument with another that may follow it, "[PAGE:]N"
 * and "[NAME=]FILE" with one before it.
 */
static void add_argument(struct pl_strbuf *out, const char *argument)
{
	size_t length = strcspn(argument, "[]"), before;
	const char *inner = argument + length + 1;

	if (!argument[length]) {
		pl_strbuf_printf(out, "Ar %s", argument);
		return;
	}
	if (length) {
		pl_strbuf_printf(out, "Ar %.*s Ns Oo : Ns Ar %.*s Oc", (int)length, argument,
				 (int)strcspn(inner + 1, "]"), inner + 1);
		return;
	}
	before = strcspn(inner, ":=");
	pl_strbuf_printf(out, "Oo Ar %.*s%s%c Oc Ns Ar %s", (int)before, inner,
			 inner[before] == '=' ? " Ns " : " ", inner[before],
			 strchr(inner, ']') + 1);
}

static void add_row(struct pl_strbuf *out, const struct option_row *row)
{
	pl_strbuf_add(out, ".It Fl ");
	if (row->letter)
		pl_strbuf_printf(out, "%c , Fl ", row->letter);
	pl_strbuf_printf(out, "-%s", row->name);
	if (row->argument) {
		pl_strbuf_add(out, " Ns = Ns ");
		add_argument(out, row->argument);
	}
	pl_strbuf_add_char(out, '\n');
	add_text(out, row->help);
	pl_strbuf_add(out, ".\n");
}

void complete_mdoc(struct pl_strbuf *out, const struct command *command)
{
	const struct option_row *row;

	pl_strbuf_add(out, ".Bl -tag -width Ds\n");
	for (size_t i = 0; (row = options_row(command->table, i)); i++)
		add_row(out, row);
	pl_strbuf_add(out, ".It Fl h , Fl -help\nshow a summary of the options.\n"
			   ".It Fl -version\nshow the version.\n.El\n");
}
