/* SPDX-License-Identifier: MIT */
/*
 * What pagelap knows of the functions and macros that code hands addresses to:
 * data, from rules/. See rules/README.md.
 */
#ifndef PAGELAP_MODEL_USAGE_RULES_H
#define PAGELAP_MODEL_USAGE_RULES_H

#include <stdbool.h>
#include <stddef.h>

#include "support/arena.h"
#include "support/digest.h"

enum pl_effect_kind {
	PL_EFFECT_READ,
	PL_EFFECT_WRITE,
	PL_EFFECT_READ_WRITE,
	PL_EFFECT_NOTHING,     /* the address is used, what is there is not */
	PL_EFFECT_UNEVALUATED, /* the argument is not evaluated at all */
	PL_EFFECT_COUNT
};

/* "Any argument": of macros, whose arguments are not told apart. */
#define PL_EFFECT_ANY (-1)

/* What becomes of what an argument points to. */
struct pl_effect {
	const char **callees; /* globs over names of functions and macros */
	size_t n_callees;
	int argument; /* from 0, or PL_EFFECT_ANY */
	enum pl_effect_kind does;
	int bit;    /* the argument that is the number of a bit in it; -1: none is */
	bool whole; /* all of what it points to, whatever its type says */
};

/* A flag that makes a unit faster to parse, and changes nothing of what it accesses. */
struct pl_shortcut {
	const char *flag;
	const char
		*unless; /* a word; not for units whose file has it, or that define it otherwise */
};

struct pl_usage_rules {
	struct pl_arena *arena; /* owns everything below */
	const char *name, *title;
	struct pl_digest digest;   /* of the text that said all this */
	struct pl_effect *effects; /* the first that fits counts */
	size_t n_effects;
	struct pl_shortcut *shortcuts;
	size_t n_shortcuts;
	const char **harmless; /* macros that units define, and that change nothing of what code
				  does */
	size_t n_harmless;
};

/* "read", "write", "read-write", "nothing", "unevaluated"; false if NAME is none. */
bool pl_effect_kind_parse(const char *name, enum pl_effect_kind *ret);

/*
 * What argument ARGUMENT of CALLEE is used for, or NULL if that is not known.
 * With PL_EFFECT_ANY only effects that are said of any argument fit.
 */
const struct pl_effect *pl_usage_effect(const struct pl_usage_rules *rules, const char *callee,
					int argument);

#endif
