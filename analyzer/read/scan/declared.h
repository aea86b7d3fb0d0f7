/* SPDX-License-Identifier: MIT */
/*
 * As what the names in a C file were last declared before a place in its
 * text, as far as the tokens beside them tell. Only records and pointers to
 * them are told apart; any other declaration of a name makes it unknown.
 */
#ifndef PAGELAP_READ_SCAN_DECLARED_H
#define PAGELAP_READ_SCAN_DECLARED_H

#include "read/scan/scope.h"

struct pl_declarations {
	struct pl_lexed *lexed; /* set this; the rest begins as zero */
	struct pl_scope scope;
	uint32_t directives; /* so far */
	bool in_directive;
	/* The last declaration: "*next" behind a comma goes on with it. */
	struct pl_declared last;
	bool may_go_on;
	uint32_t parens; /* that were open there */
};

/* More words or stars in a row are no declaration or cast that a person wrote. */
enum { PL_WORDS_IN_A_ROW = 16 };

/* Passes token INDEX, one after the other. */
void pl_declarations_step(struct pl_declarations *declarations, size_t index);

/* As what the name at INDEX is known where the last step was, NULL if it is not. */
const struct pl_declared *pl_declared_at(const struct pl_declarations *declarations, size_t index);

/* Whether INDEX holds a qualifier, or a name in the implementation's name space: __user. */
bool pl_annotation_at(const struct pl_lexed *lexed, size_t index);

/* Whether INDEX holds the tag of a record, after its struct or union word. */
bool pl_tag_at(const struct pl_lexed *lexed, size_t index);

#endif
