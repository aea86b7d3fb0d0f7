/* SPDX-License-Identifier: MIT */
#include "complete.h"

/* '=' and ':' divide words in bash: "--format=json:FILE" is five of them. */
static const char head[] =
	"# bash completion for pagelap; made from its option tables.\n"
	"_pagelap() {\n"
	"    local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]} option= "
	"IFS=$'\\n'\n"
	"    COMPREPLY=()\n"
	"    if ((COMP_CWORD == 1)); then\n"
	"        COMPREPLY=($(compgen -W $'%s\\n--help\\n--version' -- \"$cur\"))\n"
	"        return\n"
	"    fi\n"
	"    case $cur in\n"
	"    '=' | ':') option=$prev cur= prev=$([[ $cur == : ]] && echo :) ;;\n"
	"    *)\n"
	"        option=$prev\n"
	"        [[ $prev != '=' ]] || option=${COMP_WORDS[COMP_CWORD - 2]}\n"
	"        ;;\n"
	"    esac\n"
	"    compopt -o filenames 2>/dev/null\n"
	"    if [[ $prev == : ]]; then\n"
	"        COMPREPLY=($(compgen -f -- \"$cur\"))\n"
	"        return\n"
	"    fi\n"
	"    case \"${COMP_WORDS[1]} $option\" in\n";

static const char tail[] = "    *) COMPREPLY=($(compgen -f -- \"$cur\")) ;;\n"
			   "    esac\n"
			   "}\n"
			   "complete -F _pagelap pagelap\n";

static void add_pattern(struct pl_strbuf *out, const struct command *command,
			const struct option_row *row)
{
	pl_strbuf_printf(out, "    '%s --%s'", command->name, row->name);
	if (row->letter)
		pl_strbuf_printf(out, " | '%s -%c'", command->name, row->letter);
	pl_strbuf_add(out, ") ");
}

/* What follows an option that takes an argument. */
static void add_row(struct pl_strbuf *out, const struct command *command,
		    const struct option_row *row)
{
	switch (complete_kind(command->table, row)) {
	case ARGUMENT_NONE:
		return;
	case ARGUMENT_ANY:
		add_pattern(out, command, row);
		pl_strbuf_add(out, ";;\n");
		return;
	case ARGUMENT_DIRECTORY:
		add_pattern(out, command, row);
		pl_strbuf_add(out, "COMPREPLY=($(compgen -d -- \"$cur\")) ;;\n");
		return;
	case ARGUMENT_FILE:
		add_pattern(out, command, row);
		pl_strbuf_add(out, "COMPREPLY=($(compgen -f -- \"$cur\")) ;;\n");
		return;
	case ARGUMENT_WORD:
		add_pattern(out, command, row);
		pl_strbuf_add(out, "COMPREPLY=($(compgen -W $'");
		complete_add_words(out, complete_words(command->table, row), "\\n");
		pl_strbuf_add(out, "' -- \"$cur\")) ;;\n");
	}
}

static void add_options(struct pl_strbuf *out, const struct command *command)
{
	const struct option_row *row;

	pl_strbuf_printf(out, "    '%s '*)\n        if [[ $cur == -* ]]; then\n", command->name);
	pl_strbuf_add(out, "            COMPREPLY=($(compgen -W $'--help\\n--version");
	for (size_t i = 0; (row = options_row(command->table, i)); i++)
		pl_strbuf_printf(out, "\\n--%s%s", row->name, row->argument ? "=" : "");
	pl_strbuf_add(out,
		      "' -- \"$cur\"))\n"
		      "            [[ ${COMPREPLY[*]} != *= ]] || compopt -o nospace 2>/dev/null\n"
		      "        else\n");
	if (command->table->operand) {
		pl_strbuf_add(out, "            COMPREPLY=($(compgen -W \"$(printf '%s\\n' ");
		complete_add_words(out, command->table->operand, " ");
		if (command->table->operand_rules)
			pl_strbuf_add(out, "; pagelap rules list 2>/dev/null | cut -d ' ' -f 1");
		pl_strbuf_add(out, ")\" -- \"$cur\")");
		if (command->table->operand_rules)
			pl_strbuf_add(out, " $(compgen -f -- \"$cur\")");
		pl_strbuf_add(out, ")\n");
	} else {
		pl_strbuf_add(out, "            COMPREPLY=($(compgen -f -- \"$cur\"))\n");
	}
	pl_strbuf_add(out, "        fi\n        ;;\n");
}

static const char *command_word(size_t index)
{
	return index < n_commands ? commands[index].name : NULL;
}

void complete_bash(struct pl_strbuf *out)
{
	PL_CLEANUP(pl_strbuf_release) struct pl_strbuf names = PL_STRBUF_INIT;
	const struct option_row *row;

	complete_add_words(&names, command_word, "\\n");
	pl_strbuf_printf(out, head, names.text);
	for (size_t i = 0; i < n_commands; i++)
		for (size_t j = 0; (row = options_row(commands[i].table, j)); j++)
			add_row(out, &commands[i], row);
	for (size_t i = 0; i < n_commands; i++)
		add_options(out, &commands[i]);
	pl_strbuf_add(out, tail);
	out->failed |= names.failed;
}
