/* SPDX-License-Identifier: MIT */
/*
 * What is made of the option tables besides parsing and help. Each function
 * appends a whole document about all commands, or one of them.
 */
#ifndef PAGELAP_CMD_COMPLETE_H
#define PAGELAP_CMD_COMPLETE_H

#include "command.h"
#include "options.h"
#include "support/strbuf.h"

/* What the argument of an option is. */
enum argument_kind {
	ARGUMENT_NONE,
	ARGUMENT_ANY,
	ARGUMENT_WORD,
	ARGUMENT_FILE,
	ARGUMENT_DIRECTORY
};

enum argument_kind complete_kind(const struct option_table *table, const struct option_row *row);

/* The words that the argument of ROW may be; NULL: it is no such thing. */
option_word complete_words(const struct option_table *table, const struct option_row *row);

/* Adds the words of WORD with BETWEEN between them. */
void complete_add_words(struct pl_strbuf *out, option_word word, const char *between);

/* Adds the first line of the help of ROW, up to where it goes into detail. */
void complete_add_summary(struct pl_strbuf *out, const struct option_row *row);

void complete_bash(struct pl_strbuf *out);
void complete_zsh(struct pl_strbuf *out);
void complete_fish(struct pl_strbuf *out);

/* The list of the options of COMMAND for its manual page, in mdoc(7). */
void complete_mdoc(struct pl_strbuf *out, const struct command *command);

#endif
