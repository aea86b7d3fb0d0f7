/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "analysis.h"
#include "complete.h"
#include "output.h"

static const struct {
	const char *name;
	void (*write)(struct pl_strbuf *out);
} shells[] = {{"bash", complete_bash}, {"fish", complete_fish}, {"zsh", complete_zsh}};

enum { N_SHELLS = sizeof(shells) / sizeof(*shells) };

static const char *operand_word(size_t index)
{
	return index < N_SHELLS ? shells[index].name : NULL;
}

const struct option_table completion_table = {
	.usage = "pagelap completion bash|fish|zsh|mdoc COMMAND",
	.about = "Writes on standard output what a shell needs to complete the command lines of\n"
		 "pagelap; or, in the language of manual pages, the options of COMMAND.\n",
	.operand = operand_word,
};

static struct pl_error *write_mdoc(char **operands, size_t count, struct pl_strbuf *text)
{
	if (count != 2)
		return pl_error_new(PL_ERROR_USAGE, "mdoc: of which command?");
	for (size_t i = 0; i < n_commands; i++) {
		if (strcmp(commands[i].name, operands[1]))
			continue;
		complete_mdoc(text, &commands[i]);
		return NULL;
	}
	return pl_error_new(PL_ERROR_USAGE, "there is no command '%s'", operands[1]);
}

static struct pl_error *write_shell(char **operands, size_t count, struct pl_strbuf *text)
{
	for (size_t i = 0; count == 1 && i < N_SHELLS; i++) {
		if (strcmp(shells[i].name, operands[0]))
			continue;
		shells[i].write(text);
		return NULL;
	}
	return pl_error_new(PL_ERROR_USAGE, "say bash, fish or zsh");
}

static struct pl_error *completion(const struct settings *settings, char **operands, size_t count,
				   enum exit_code *ret)
{
	PL_CLEANUP(pl_strbuf_release) struct pl_strbuf text = PL_STRBUF_INIT;

	(void)ret;
	if (count && !strcmp(operands[0], "mdoc"))
		PL_TRY(write_mdoc(operands, count, &text));
	else
		PL_TRY(write_shell(operands, count, &text));
	return pl_strbuf_failed(&text) ? pl_error_no_memory()
				       : output_text(&settings->outputs[0], &text);
}

enum exit_code completion_run(int argc, char **argv)
{
	struct settings settings = SETTINGS_INIT;

	return analysis_main(&completion_table, argc, argv, &settings, completion);
}
