/* SPDX-License-Identifier: MIT */
#include "model/pin.h"

#include <string.h>

static const char *const kind_names[PL_PIN_KIND_COUNT] = {
	[PL_PIN_OFFSET] = "offset",
	[PL_PIN_SIZE] = "size",
	[PL_PIN_ALIGNMENT] = "alignment",
	[PL_PIN_OTHER] = "other",
};

static const char *const how_names[PL_CANDIDATE_HOW_COUNT] = {
	[PL_CANDIDATE_UNION] = "union",
	[PL_CANDIDATE_CAST] = "cast",
};

const char *pl_pin_kind_name(enum pl_pin_kind kind)
{
	return kind_names[kind];
}

bool pl_pin_kind_parse(const char *name, enum pl_pin_kind *ret)
{
	for (int i = 0; i < PL_PIN_KIND_COUNT; i++) {
		if (!strcmp(kind_names[i], name)) {
			*ret = (enum pl_pin_kind)i;
			return true;
		}
	}
	return false;
}

/* Whether OPERATOR stands at TEXT, between spaces. */
static bool is_operator(const char *text, const char *operator)
{
	size_t length = strlen(operator);

	return *text == ' ' && !strncmp(text + 1, operator, length) && text[1 + length] == ' ';
}

const char *pl_pin_comparison(const struct pl_pin *pin)
{
	static const char *const operators[] = {"==", "!=", "<=", ">=", "<", ">"};
	const char *found = "";
	int depth = 0;

	for (const char *c = pin->expression; *c; c++) {
		depth += (*c == '(') - (*c == ')');
		for (size_t i = 0; i < sizeof(operators) / sizeof(*operators) && !depth; i++) {
			if (!is_operator(c, operators[i]))
				continue;
			if (*found)
				return "";
			found = operators[i];
		}
	}
	return found;
}

const char *pl_candidate_how_name(enum pl_candidate_how how)
{
	return how_names[how];
}

bool pl_candidate_how_parse(const char *name, enum pl_candidate_how *ret)
{
	for (int i = 0; i < PL_CANDIDATE_HOW_COUNT; i++) {
		if (!strcmp(how_names[i], name)) {
			*ret = (enum pl_candidate_how)i;
			return true;
		}
	}
	return false;
}
