/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "analysis.h"
#include "check/load/lint.h"
#include "check/load/pack_load.h"
#include "output.h"
#include "report/rules.h"
#include "support/text.h"

static struct pl_error *set_rules(void *settings, const char *value)
{
	((struct settings *)settings)->rules = value;
	return NULL;
}

static struct pl_error *set_format(void *settings, const char *value)
{
	struct settings *s = settings;

	PL_TRY(output_format(value, strlen(value), &s->outputs[0].format));
	if (s->outputs[0].format != FORMAT_TEXT && s->outputs[0].format != FORMAT_JSON)
		return pl_error_new(PL_ERROR_USAGE, "rules are told as text or json only");
	s->n_outputs = 1;
	return NULL;
}

static struct pl_error *set_width(void *settings, const char *value)
{
	uintmax_t width;

	PL_TRY(options_number(value, 40, 10000, &width));
	((struct settings *)settings)->width = (size_t)width;
	return NULL;
}

static const char *format_word(size_t index)
{
	static const enum format list[] = {FORMAT_TEXT, FORMAT_JSON};

	return index < sizeof(list) / sizeof(*list) ? output_format_name(list[index]) : NULL;
}

static const char *operand_word(size_t index)
{
	static const char *const list[] = {"list", "explain", "lint"};

	return index < sizeof(list) / sizeof(*list) ? list[index] : NULL;
}

static const struct option_words words[] = {{"format", format_word}, {NULL, NULL}};

static const struct option_row rows[] = {
	{"rules", 0, "FILE", "rule pack to list or explain; default: the built-in one", set_rules},
	{"format", 'f', "FORMAT", "text or json; for list", set_format},
	{"width", 0, "COLUMNS", "for explain; default: the terminal's, else 100", set_width},
};

static const struct option_group own_options = {rows, sizeof(rows) / sizeof(*rows)};
static const struct option_group *const groups[] = {&own_options};

const struct option_table rules_table = {
	.usage = "pagelap rules list|explain ID...|lint FILE... [OPTION...]",
	.about = "Tells about the rules that 'pagelap check' holds overlays against.\n"
		 "list     one line per rule: name, severity, kind, what holds where it is kept\n"
		 "explain  why the rules ID are rules, and what they apply to\n"
		 "lint     whether FILE, a rule pack, suppressions or a recipe, can be used;\n"
		 "         exits with 3 if not\n",
	.groups = groups,
	.count = sizeof(groups) / sizeof(*groups),
	.words = words,
	.operand = operand_word,
	.operand_rules = true,
};

static struct pl_error *list(const struct settings *settings, const struct pl_pack *pack,
			     char **operands, size_t count, struct pl_strbuf *text)
{
	if (count)
		return pl_error_new(PL_ERROR_USAGE, "'%s': list takes no names", operands[0]);
	return settings->outputs[0].format == FORMAT_JSON ? pl_rules_json(pack, text)
							  : pl_rules_text(pack, text);
}

static struct pl_error *refuse_name(const struct pl_pack *pack, const char *id)
{
	PL_CLEANUP(pl_strbuf_release) struct pl_strbuf near = PL_STRBUF_INIT;

	PL_TRY(pl_rules_near(pack, id, &near));
	return pl_error_new(PL_ERROR_USAGE, "there is no rule '%s'%s%s", id,
			    near.length ? "; near: " : "; see 'pagelap rules list'", near.text);
}

static struct pl_error *explain(const struct settings *settings, const struct pl_pack *pack,
				char **operands, size_t count, struct pl_strbuf *text)
{
	struct pl_text_options options = output_text_options(settings, &settings->outputs[0]);

	if (!count)
		return pl_error_new(PL_ERROR_USAGE, "explain: which rule?");
	for (size_t i = 0; i < count; i++) {
		const struct pl_rule *rule = pl_pack_rule(pack, operands[i]);

		if (!rule)
			return refuse_name(pack, operands[i]);
		if (i)
			pl_strbuf_add_char(text, '\n');
		PL_TRY(pl_rule_explain(pack, rule, &options, text));
	}
	return NULL;
}

static struct pl_error *tell_fine(const char *path)
{
	PL_CLEANUP(pl_strbuf_release) struct pl_strbuf shown = PL_STRBUF_INIT;

	pl_text_add(&shown, path);
	if (pl_strbuf_failed(&shown))
		return pl_error_no_memory();
	printf("%s: fine\n", shown.text);
	return NULL;
}

/* Every file is looked at, whatever is wrong with the first. */
static struct pl_error *lint(char **operands, size_t count, enum exit_code *ret)
{
	if (!count)
		return pl_error_new(PL_ERROR_USAGE, "lint: which file?");
	for (size_t i = 0; i < count; i++) {
		struct pl_error *error = pl_lint(operands[i]);

		if (!error) {
			PL_TRY(tell_fine(operands[i]));
			continue;
		}
		if (error->kind != PL_ERROR_USAGE)
			return error;
		fprintf(stderr, "pagelap rules: %s\n", error->message);
		pl_error_free(error);
		*ret = EXIT_USAGE;
	}
	return NULL;
}

static struct pl_error *tell(const struct settings *settings, char **operands, size_t count)
{
	PL_CLEANUP(pl_pack_cleanup) struct pl_pack *pack = NULL;
	PL_CLEANUP(pl_strbuf_release) struct pl_strbuf text = PL_STRBUF_INIT;

	PL_TRY(settings->rules ? pl_pack_load(settings->rules, &pack) : pl_pack_builtin(&pack));
	if (!strcmp(operands[0], "list"))
		PL_TRY(list(settings, pack, operands + 1, count - 1, &text));
	else
		PL_TRY(explain(settings, pack, operands + 1, count - 1, &text));
	return output_text(&settings->outputs[0], &text);
}

/* What is given and FORM does not look at. */
static struct pl_error *refuse_options(const struct settings *settings, const char *form)
{
	bool list = !strcmp(form, "list"), explain = !strcmp(form, "explain");
	const char *option = settings->rules && !list && !explain ? "rules"
			     : settings->n_outputs && !list	  ? "format"
			     : settings->width && !explain	  ? "width"
								  : NULL;

	if (!option)
		return NULL;
	return pl_error_new(PL_ERROR_USAGE, "option --%s: it is not for %s", option, form);
}

static struct pl_error *rules(const struct settings *settings, char **operands, size_t count,
			      enum exit_code *ret)
{
	if (!count)
		return pl_error_new(PL_ERROR_USAGE, "say list, explain or lint");
	if (strcmp(operands[0], "list") && strcmp(operands[0], "explain") &&
	    strcmp(operands[0], "lint"))
		return pl_error_new(PL_ERROR_USAGE, "'%s' is not list, explain or lint",
				    operands[0]);
	PL_TRY(refuse_options(settings, operands[0]));
	if (!strcmp(operands[0], "lint"))
		return lint(operands + 1, count - 1, ret);
	return tell(settings, operands, count);
}

enum exit_code rules_run(int argc, char **argv)
{
	struct settings settings = SETTINGS_INIT;

	return analysis_main(&rules_table, argc, argv, &settings, rules);
}
