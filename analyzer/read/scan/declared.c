/* SPDX-License-Identifier: MIT */
#include "read/scan/declared.h"

/*
 * Where a declaration is known: everywhere behind it at file scope; within its
 * function, or declaration, if it is local; within its macro.
 */
enum { UNIT_FILE = 0 };
#define UNIT_DIRECTIVE (UINT32_C(1) << 31)

bool pl_annotation_at(const struct pl_lexed *lexed, size_t index)
{
	const struct pl_symbol *symbol;

	if (pl_kind_at(lexed, index) == PL_TOKEN_QUALIFIER)
		return true;
	if (pl_kind_at(lexed, index) != PL_TOKEN_NAME)
		return false;
	symbol = &lexed->symbols.list[lexed->tokens[index].symbol];
	return symbol->length > 2 && symbol->text[0] == '_' && symbol->text[1] == '_';
}

bool pl_tag_at(const struct pl_lexed *lexed, size_t index)
{
	return pl_is_name(pl_kind_at(lexed, index)) &&
	       pl_is_record_word(pl_kind_at(lexed, index - 1));
}

static uint32_t unit_now(const struct pl_declarations *declarations)
{
	const struct pl_scope *scope = &declarations->scope;

	if (declarations->in_directive)
		return UNIT_DIRECTIVE | declarations->directives;
	return scope->now.braces || scope->now.parens ? scope->units + 1 : UNIT_FILE;
}

static bool ends_declarator(int kind)
{
	return kind == ',' || kind == ';' || kind == '=' || kind == '[' || kind == ')' ||
	       kind == PL_TOKEN_NAME;
}

/* Whether what stands at BACK, behind a declarator, is a comma after another one. */
static bool goes_on(const struct pl_declarations *declarations, size_t back)
{
	return pl_kind_at(declarations->lexed, back) == (enum pl_token_kind)',' &&
	       declarations->may_go_on && declarations->parens == declarations->scope.now.parens;
}

/*
 * Whether the name at INDEX is declared there. A product reads like a
 * declaration: then one more name is not known.
 */
static bool declarator_at(const struct pl_declarations *declarations, size_t index,
			  struct pl_declared *ret)
{
	const struct pl_lexed *lexed = declarations->lexed;
	int after = (int)pl_kind_at(lexed, index + 1);
	struct pl_declared declared = {0};
	size_t back = index - 1;
	bool annotated = false;

	if (!ends_declarator(after))
		return false;
	for (int words = 0; words < PL_WORDS_IN_A_ROW; words++, back--) {
		if (pl_kind_at(lexed, back) == (enum pl_token_kind)'*')
			declared.stars++;
		else if (pl_annotation_at(lexed, back))
			annotated = true;
		else
			break;
	}
	if (pl_tag_at(lexed, back)) {
		declared.record = lexed->tokens[back].symbol;
		declared.is_union = pl_kind_at(lexed, back - 1) == PL_TOKEN_UNION;
	} else if (!annotated && goes_on(declarations, back)) {
		declared.record = declarations->last.record;
		declared.is_union = declarations->last.is_union;
	} else if (!annotated && !pl_is_name(pl_kind_at(lexed, back))) {
		return false;
	}
	declared.stars += after == '[';
	*ret = declared;
	return true;
}

static void read_name(struct pl_declarations *declarations, size_t index)
{
	struct pl_lexed *lexed = declarations->lexed;
	struct pl_declared declared;

	if (pl_tag_at(lexed, index) || !declarator_at(declarations, index, &declared))
		return;
	declared.unit = unit_now(declarations);
	lexed->symbols.list[lexed->tokens[index].symbol].declared = declared;
	declarations->last = declared;
	declarations->may_go_on = true;
	declarations->parens = declarations->scope.now.parens;
}

void pl_declarations_step(struct pl_declarations *declarations, size_t index)
{
	int kind = (int)pl_kind_at(declarations->lexed, index);
	bool begins_directive = pl_is_directive((enum pl_token_kind)kind);

	if (begins_directive) {
		declarations->in_directive = true;
		declarations->directives++;
	}
	if (begins_directive || kind == PL_TOKEN_LINE_END || kind == ';' || kind == '{' ||
	    kind == '}')
		declarations->may_go_on = false;
	else if (pl_is_name((enum pl_token_kind)kind))
		read_name(declarations, index);
	if (begins_directive || !declarations->in_directive)
		pl_scope_step(&declarations->scope, declarations->lexed, index);
	if (kind == PL_TOKEN_LINE_END)
		declarations->in_directive = false;
}

const struct pl_declared *pl_declared_at(const struct pl_declarations *declarations, size_t index)
{
	const struct pl_lexed *lexed = declarations->lexed;
	const struct pl_declared *declared =
		&lexed->symbols.list[lexed->tokens[index].symbol].declared;

	if (!declared->record)
		return NULL;
	if (declared->unit == unit_now(declarations) ||
	    (declared->unit == UNIT_FILE && !declarations->in_directive))
		return declared;
	return NULL;
}
