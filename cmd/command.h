/* SPDX-License-Identifier: MIT */
/* A command of pagelap: what main() dispatches to. */
#ifndef PAGELAP_CMD_COMMAND_H
#define PAGELAP_CMD_COMMAND_H

#include <stddef.h>

/* The contract of every command. Could-not-tell wins over a failed gate only where nothing was
 * found. */
enum exit_code {
	EXIT_CLEAN = 0,
	EXIT_GATE_FAILED = 1,
	EXIT_COULD_NOT_TELL = 2,
	EXIT_USAGE = 3,
};

struct option_table;

struct command {
	const char *name;
	const char *summary;
	enum exit_code (*run)(int argc, char **argv); /* argv[0] is the command's name */
	const struct option_table *table;
};

/* All there are, by name. */
extern const struct command commands[];
extern const size_t n_commands;

enum exit_code check_run(int argc, char **argv);
enum exit_code completion_run(int argc, char **argv);
enum exit_code diff_run(int argc, char **argv);
enum exit_code layout_run(int argc, char **argv);
enum exit_code merge_run(int argc, char **argv);
enum exit_code rules_run(int argc, char **argv);
enum exit_code usage_run(int argc, char **argv);

extern const struct option_table check_table;
extern const struct option_table completion_table;
extern const struct option_table diff_table;
extern const struct option_table layout_table;
extern const struct option_table merge_table;
extern const struct option_table rules_table;
extern const struct option_table usage_table;

#endif
