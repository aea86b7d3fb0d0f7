/* SPDX-License-Identifier: MIT */
/* Command lines: one table per command gives parsing, help, completion and manual. */
#ifndef PAGELAP_CMD_OPTIONS_H
#define PAGELAP_CMD_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "support/error.h"

struct option_row {
	const char *name;     /* without the dashes */
	char letter;	      /* 0: it has no short form */
	const char *argument; /* what it takes, for help; NULL: nothing */
	const char *help;
	/* Takes the option into SETTINGS; VALUE is NULL if it has no argument. */
	struct pl_error *(*set)(void *settings, const char *value);
};

/* Rows that belong together; several commands may have them. */
struct option_group {
	const struct option_row *rows;
	size_t count;
};

/* Word INDEX of all that something may be, in their order; NULL past the last. For completion. */
typedef const char *(*option_word)(size_t index);

/* What the argument of an option may be, where it is one of some words. */
struct option_words {
	const char *option; /* without the dashes */
	option_word word;
};

struct option_table {
	const char *usage; /* "pagelap layout [OPTION...] [SOURCE...]" */
	const char *about; /* a paragraph, ended by a newline */
	const struct option_group *const *groups;
	size_t count;
	/* What differs from the words that options of their name have elsewhere; ended by NULL. */
	const struct option_words *words;
	option_word operand; /* NULL: operands are files */
	bool operand_rules;  /* they are rules, too */
};

/* Rows that every command has. */
enum { OPTIONS_HELP = 1, OPTIONS_VERSION = 2 };

/*
 * Parses ARGV by TABLE into SETTINGS, permuting it so that the operands are
 * last; *OPERANDS is where they begin. *SHOW is OPTIONS_HELP or OPTIONS_VERSION
 * when that was asked for, otherwise 0. PL_ERROR_USAGE names the option.
 */
struct pl_error *options_parse(const struct option_table *table, int argc, char **argv,
			       void *settings, int *operands, int *show) PL_MUST_CHECK;

/* Row NUMBER of TABLE, counted through its groups; NULL past the last. */
const struct option_row *options_row(const struct option_table *table, size_t number);

/* Prints the help of TABLE on stdout. */
void options_help(const struct option_table *table);

/* VALUE as a decimal number from LEAST to MOST into *RET; otherwise PL_ERROR_USAGE. */
struct pl_error *options_number(const char *value, uintmax_t least, uintmax_t most,
				uintmax_t *ret) PL_MUST_CHECK;

#endif
