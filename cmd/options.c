/* SPDX-License-Identifier: MIT */
#include "options.h"

#include <errno.h>
#include <getopt.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* getopt_long() values: a row's number in the table, beyond any character. */
enum { FIRST_ROW = 256 };

static const char common_help[] = "  -h, --help\n        show this help\n"
				  "      --version\n        show the version\n";

static void free_cleanup(void *pointer)
{
	free(*(void **)pointer);
}

const struct option_row *options_row(const struct option_table *table, size_t number)
{
	for (size_t i = 0; i < table->count; i++) {
		const struct option_group *group = table->groups[i];

		if (number < group->count)
			return &group->rows[number];
		number -= group->count;
	}
	return NULL;
}

static size_t count_rows(const struct option_table *table)
{
	size_t count = 0;

	for (size_t i = 0; i < table->count; i++)
		count += table->groups[i]->count;
	return count;
}

static struct option *long_options(const struct option_table *table)
{
	size_t count = count_rows(table);
	struct option *options = calloc(count + 3, sizeof(*options));

	if (!options)
		return NULL;
	for (size_t i = 0; i < count; i++) {
		const struct option_row *row = options_row(table, i);

		options[i] = (struct option){
			.name = row->name,
			.has_arg = row->argument ? required_argument : no_argument,
			.val = FIRST_ROW + (int)i,
		};
	}
	options[count] = (struct option){"help", no_argument, NULL, 'h'};
	options[count + 1] = (struct option){"version", no_argument, NULL, 'V'};
	return options;
}

/* ":h" and the letters of the table, each with a colon if it takes an argument. */
static char *short_options(const struct option_table *table)
{
	char *letters = calloc(2 * count_rows(table) + 3, 1), *end = letters;
	const struct option_row *row;

	if (!letters)
		return NULL;
	*end++ = ':';
	*end++ = 'h';
	for (size_t i = 0; (row = options_row(table, i)); i++) {
		if (!row->letter)
			continue;
		*end++ = row->letter;
		if (row->argument)
			*end++ = ':';
	}
	return letters;
}

static const struct option_row *find_row(const struct option_table *table, int value)
{
	const struct option_row *row;

	if (value >= FIRST_ROW)
		return options_row(table, (size_t)(value - FIRST_ROW));
	for (size_t i = 0; (row = options_row(table, i)); i++)
		if (row->letter && row->letter == value)
			return row;
	return NULL;
}

/* getopt_long() has moved optind past the offender, except within a cluster of letters. */
static struct pl_error *refuse(char **argv, const char *what)
{
	const char *offender = argv[optind - 1];

	if (optopt && optopt < FIRST_ROW && strncmp(offender, "--", 2))
		return pl_error_new(PL_ERROR_USAGE, "option -%c %s", optopt, what);
	return pl_error_new(PL_ERROR_USAGE, "option %s %s", offender, what);
}

static struct pl_error *set_row(const struct option_row *row, void *settings)
{
	struct pl_error *error = row->set(settings, optarg);

	return error ? pl_error_prefix(error, "option --%s", row->name) : NULL;
}

struct pl_error *options_parse(const struct option_table *table, int argc, char **argv,
			       void *settings, int *operands, int *show)
{
	PL_CLEANUP(free_cleanup) struct option *options = long_options(table);
	PL_CLEANUP(free_cleanup) char *letters = short_options(table);
	int value;

	if (!options || !letters)
		return pl_error_no_memory();
	*show = 0;
	opterr = 0;
	optind = 1;
	while ((value = getopt_long(argc, argv, letters, options, NULL)) != -1) {
		if (value == '?')
			return refuse(argv, "is not known, or not the only one that begins so");
		if (value == ':')
			return refuse(argv, "needs an argument");
		if (value == 'h')
			*show = OPTIONS_HELP;
		else if (value == 'V')
			*show = OPTIONS_VERSION;
		else
			PL_TRY(set_row(find_row(table, value), settings));
	}
	*operands = optind;
	return NULL;
}

void options_help(const struct option_table *table)
{
	const struct option_row *row;

	printf("usage: %s\n\n%s\noptions:\n", table->usage, table->about);
	for (size_t i = 0; (row = options_row(table, i)); i++) {
		if (row->letter)
			printf("  -%c, --%s", row->letter, row->name);
		else
			printf("      --%s", row->name);
		printf("%s%s\n        %s\n", row->argument ? "=" : "",
		       row->argument ? row->argument : "", row->help);
	}
	fputs(common_help, stdout);
}

struct pl_error *options_number(const char *value, uintmax_t least, uintmax_t most, uintmax_t *ret)
{
	char *end;
	uintmax_t number;

	errno = 0;
	number = strtoumax(value, &end, 10);
	if (*end || *value < '0' || *value > '9' || errno || number < least || number > most)
		return pl_error_new(PL_ERROR_USAGE, "'%s' is not a number from %ju to %ju", value,
				    least, most);
	*ret = number;
	return NULL;
}
