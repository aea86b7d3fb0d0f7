/* SPDX-License-Identifier: MIT */
#include "complete.h"

/* In single quotes fish takes all but these as they are. */
static void add_quoted(struct pl_strbuf *out, const char *text)
{
	pl_strbuf_add_char(out, '\'');
	for (; *text; text++) {
		if (*text == '\'' || *text == '\\')
			pl_strbuf_add_char(out, '\\');
		pl_strbuf_add_char(out, *text);
	}
	pl_strbuf_add_char(out, '\'');
}

static void add_argument(struct pl_strbuf *out, const struct command *command,
			 const struct option_row *row)
{
	switch (complete_kind(command->table, row)) {
	case ARGUMENT_NONE:
		break;
	case ARGUMENT_ANY:
		pl_strbuf_add(out, " -x");
		break;
	case ARGUMENT_FILE:
		pl_strbuf_add(out, " -r -F");
		break;
	case ARGUMENT_DIRECTORY:
		pl_strbuf_add(out, " -x -a '(__fish_complete_directories)'");
		break;
	case ARGUMENT_WORD:
		pl_strbuf_add(out, " -x -a '");
		complete_add_words(out, complete_words(command->table, row), " ");
		pl_strbuf_add_char(out, '\'');
	}
}

static void add_row(struct pl_strbuf *out, const struct command *command,
		    const struct option_row *row)
{
	PL_CLEANUP(pl_strbuf_release) struct pl_strbuf summary = PL_STRBUF_INIT;

	pl_strbuf_printf(out, "complete -c pagelap -n '__fish_seen_subcommand_from %s' -l %s",
			 command->name, row->name);
	if (row->letter)
		pl_strbuf_printf(out, " -s %c", row->letter);
	add_argument(out, command, row);
	complete_add_summary(&summary, row);
	pl_strbuf_add(out, " -d ");
	add_quoted(out, summary.text);
	pl_strbuf_add_char(out, '\n');
	out->failed |= summary.failed;
}

static void add_command(struct pl_strbuf *out, const struct command *command)
{
	const struct option_row *row;

	pl_strbuf_printf(out, "complete -c pagelap -n __fish_use_subcommand -f -a %s -d ",
			 command->name);
	add_quoted(out, command->summary);
	pl_strbuf_add_char(out, '\n');
	for (size_t i = 0; (row = options_row(command->table, i)); i++)
		add_row(out, command, row);
	if (!command->table->operand)
		return;
	pl_strbuf_printf(out, "complete -c pagelap -n '__fish_seen_subcommand_from %s' -a '",
			 command->name);
	complete_add_words(out, command->table->operand, " ");
	if (command->table->operand_rules)
		pl_strbuf_add(out, " (pagelap rules list 2>/dev/null | string split -f 1 \" \")");
	pl_strbuf_add(out, "'\n");
}

void complete_fish(struct pl_strbuf *out)
{
	pl_strbuf_add(out, "# fish completion for pagelap; made from its option tables.\n"
			   "complete -c pagelap -l help -s h -d 'show help'\n"
			   "complete -c pagelap -l version -d 'show the version'\n");
	for (size_t i = 0; i < n_commands; i++)
		add_command(out, &commands[i]);
}
