/* SPDX-License-Identifier: MIT */
#include "complete.h"

#include <string.h>

/* TEXT between single quotes, where SPECIAL characters of _arguments are escaped. */
static void add_escaped(struct pl_strbuf *out, const char *text, const char *special)
{
	for (; *text; text++) {
		if (*text == '\'')
			pl_strbuf_add(out, "'\\'");
		else if (strchr(special, *text))
			pl_strbuf_add_char(out, '\\');
		pl_strbuf_add_char(out, *text);
	}
}

static void add_argument(struct pl_strbuf *out, const struct command *command,
			 const struct option_row *row)
{
	if (!row->argument)
		return;
	pl_strbuf_add_char(out, ':');
	add_escaped(out, row->argument, ":[]\\");
	pl_strbuf_add_char(out, ':');
	switch (complete_kind(command->table, row)) {
	case ARGUMENT_FILE:
		pl_strbuf_add(out, "_files");
		break;
	case ARGUMENT_DIRECTORY:
		pl_strbuf_add(out, "_files -/");
		break;
	case ARGUMENT_WORD:
		pl_strbuf_add_char(out, '(');
		complete_add_words(out, complete_words(command->table, row), " ");
		pl_strbuf_add_char(out, ')');
		break;
	default:
		break;
	}
}

static void add_spec(struct pl_strbuf *out, const struct command *command,
		     const struct option_row *row, const char *option)
{
	PL_CLEANUP(pl_strbuf_release) struct pl_strbuf summary = PL_STRBUF_INIT;

	complete_add_summary(&summary, row);
	pl_strbuf_printf(out, "            '*%s[", option);
	add_escaped(out, summary.text, "[]\\");
	pl_strbuf_add_char(out, ']');
	add_argument(out, command, row);
	pl_strbuf_add(out, "' \\\n");
	out->failed |= summary.failed;
}

static void add_row(struct pl_strbuf *out, const struct command *command,
		    const struct option_row *row)
{
	PL_CLEANUP(pl_strbuf_release) struct pl_strbuf option = PL_STRBUF_INIT;

	pl_strbuf_printf(&option, "--%s%s", row->name, row->argument ? "=" : "");
	add_spec(out, command, row, option.text);
	out->failed |= option.failed;
	if (!row->letter)
		return;
	pl_strbuf_truncate(&option, 0);
	pl_strbuf_printf(&option, "-%c%s", row->letter, row->argument ? "+" : "");
	add_spec(out, command, row, option.text);
}

static void add_operands(struct pl_strbuf *out, const struct command *command)
{
	if (!command->table->operand) {
		pl_strbuf_add(out, "            '*:file:_files'\n");
		return;
	}
	if (command->table->operand_rules)
		pl_strbuf_add(out, "            '1:what:(");
	else
		pl_strbuf_add(out, "            '*:what:(");
	complete_add_words(out, command->table->operand, " ");
	pl_strbuf_add(out, ")'");
	if (command->table->operand_rules)
		pl_strbuf_add(out, " \\\n            '*:rule or file:{ compadd -- "
				   "${${(f)\"$(pagelap rules list 2>/dev/null)\"}%% *}; _files }'");
	pl_strbuf_add_char(out, '\n');
}

static void add_command(struct pl_strbuf *out, const struct command *command)
{
	const struct option_row *row;

	pl_strbuf_printf(out, "    %s)\n        _arguments -s \\\n", command->name);
	for (size_t i = 0; (row = options_row(command->table, i)); i++)
		add_row(out, command, row);
	pl_strbuf_add(out, "            '(-h --help)'{-h,--help}'[show this help]' \\\n"
			   "            '--version[show the version]' \\\n");
	add_operands(out, command);
	pl_strbuf_add(out, "        ;;\n");
}

void complete_zsh(struct pl_strbuf *out)
{
	pl_strbuf_add(out, "#compdef pagelap\n"
			   "# zsh completion for pagelap; made from its option tables.\n"
			   "_pagelap() {\n"
			   "    local curcontext=$curcontext state line\n"
			   "    local -a commands=(\n");
	for (size_t i = 0; i < n_commands; i++) {
		pl_strbuf_printf(out, "        '%s:", commands[i].name);
		add_escaped(out, commands[i].summary, "\\");
		pl_strbuf_add(out, "'\n");
	}
	pl_strbuf_add(out, "    )\n"
			   "    _arguments -C '(-h --help)'{-h,--help}'[show help]' \\\n"
			   "        '--version[show the version]' \\\n"
			   "        '1:command:->command' '*::argument:->argument'\n"
			   "    if [[ $state == command ]]; then\n"
			   "        _describe command commands\n"
			   "        return\n"
			   "    fi\n"
			   "    case $words[1] in\n");
	for (size_t i = 0; i < n_commands; i++)
		add_command(out, &commands[i]);
	pl_strbuf_add(out, "    esac\n}\n_pagelap \"$@\"\n");
}
