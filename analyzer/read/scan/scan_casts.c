/* SPDX-License-Identifier: MIT */
/*
 * Casts between a pointer to the host and one to another record. What is cast
 * must be no more than a name, whose type is that of its last declaration in
 * the text: what a name with more behind it is, only a compiler can tell.
 */
#include "read/scan/declared.h"
#include "read/scan/scan_internal.h"

struct pass {
	struct pl_scanner *scanner;
	const struct pl_lexed *lexed;
	struct pl_declarations declarations;
};

/* A pointer to a record, as a cast or an association of _Generic names it. */
struct pointer {
	uint32_t record, line;
	bool is_union, is_host;
};

static int kind_at(const struct pass *pass, size_t index)
{
	return (int)pl_kind_at(pass->lexed, index);
}

static size_t skip_annotations(const struct pass *pass, size_t index)
{
	for (int words = 0; words < PL_WORDS_IN_A_ROW; words++, index++)
		if (!pl_annotation_at(pass->lexed, index))
			break;
	return index;
}

static size_t skip_annotations_back(const struct pass *pass, size_t index)
{
	for (int words = 0; words < PL_WORDS_IN_A_ROW; words++, index--)
		if (!pl_annotation_at(pass->lexed, index))
			break;
	return index;
}

static struct pointer pointer_at(const struct pass *pass, size_t tag)
{
	const struct pl_token *token = &pass->lexed->tokens[tag];

	return (struct pointer){.record = token->symbol,
				.line = token->line,
				.is_union = kind_at(pass, tag - 1) == PL_TOKEN_UNION,
				.is_host = pl_host_at(pass->scanner, tag)};
}

/* "(const struct X *)" at INDEX; sets *END to what follows. */
static bool cast_at(const struct pass *pass, size_t index, struct pointer *ret, size_t *end)
{
	size_t at = skip_annotations(pass, index + 1) + 1;

	if (!pl_tag_at(pass->lexed, at))
		return false;
	*ret = pointer_at(pass, at);
	at = skip_annotations(pass, at + 1);
	if (kind_at(pass, at) != '*')
		return false;
	at = skip_annotations(pass, at + 1);
	*end = at + 1;
	return kind_at(pass, at) == ')';
}

/* After a name, parentheses with a type are a function's parameters or an operator's operand. */
static bool may_cast_after(int kind)
{
	return !pl_is_name((enum pl_token_kind)kind) && kind != PL_TOKEN_OPERATOR;
}

/* Anything that binds tighter than a cast. */
static bool is_postfix(int kind)
{
	return kind == PL_TOKEN_ARROW || kind == '.' || kind == '(' || kind == '[';
}

/*
 * The name that is cast, in "name", "(name)", "(name + 1)", "&name", "*name"
 * at INDEX: its place, and by how many stars what is cast has less than it.
 * False for everything else.
 */
static bool operand_at(const struct pass *pass, size_t index, size_t *name, int *stars)
{
	unsigned parens = 0;
	int kind;

	*stars = 0;
	for (int words = 0; words < PL_WORDS_IN_A_ROW; words++, index++) {
		kind = kind_at(pass, index);
		if (kind != '(' && kind != '&' && kind != '*')
			break;
		parens += kind == '(';
		*stars += (kind == '*') - (kind == '&');
	}
	if (!pl_is_name((enum pl_token_kind)kind_at(pass, index)))
		return false;
	*name = index++;
	kind = kind_at(pass, index);
	if (parens && (kind == '+' || kind == '-') && kind_at(pass, index + 1) == PL_TOKEN_NUMBER)
		index += 2;
	for (; parens && kind_at(pass, index) == ')'; parens--)
		index++;
	return !parens && !is_postfix(kind_at(pass, index));
}

/* The type before COLON where that ends an association of _Generic: ", const struct X *:". */
static bool association_at(const struct pass *pass, size_t colon, struct pointer *ret)
{
	size_t at = skip_annotations_back(pass, colon - 1);

	if (kind_at(pass, at) != '*')
		return false;
	at = skip_annotations_back(pass, at - 1);
	if (!pl_tag_at(pass->lexed, at))
		return false;
	*ret = pointer_at(pass, at);
	return kind_at(pass, skip_annotations_back(pass, at - 2)) == ',';
}

/* To which record the OPERAND of the cast at INDEX points. */
static bool source_of(const struct pass *pass, size_t index, size_t operand, struct pointer *ret)
{
	const struct pl_symbol *symbols = pass->lexed->symbols.list;
	const struct pl_declared *declared;
	size_t name;
	int stars;

	if (!operand_at(pass, operand, &name, &stars))
		return false;
	if (kind_at(pass, index - 1) == ':' && association_at(pass, index - 1, ret))
		return true;
	declared = pl_declared_at(&pass->declarations, name);
	if (!declared || (int)declared->stars - stars != 1)
		return false;
	*ret = (struct pointer){.record = declared->record,
				.is_union = declared->is_union,
				.is_host = symbols[declared->record].kind == PL_TOKEN_HOST &&
					   declared->is_union ==
						   pass->scanner->request->host_is_union};
	return true;
}

static struct pl_error *read_cast(struct pass *pass, size_t index)
{
	struct pointer to, from, *other;
	size_t operand;

	if (!may_cast_after(kind_at(pass, index - 1)) || !cast_at(pass, index, &to, &operand) ||
	    !source_of(pass, index, operand, &from) || to.is_host == from.is_host)
		return NULL;
	other = to.is_host ? &from : &to;
	return pl_scan_found(pass->scanner, PL_CANDIDATE_CAST,
			     &(struct pl_sighting){.symbol = other->record,
						   .line = to.line,
						   .is_union = other->is_union});
}

struct pl_error *pl_scan_casts(struct pl_scanner *scanner)
{
	struct pass pass = {.scanner = scanner,
			    .lexed = &scanner->lexed,
			    .declarations.lexed = &scanner->lexed};

	for (size_t i = 0; i < pass.lexed->n_tokens; i++) {
		pl_declarations_step(&pass.declarations, i);
		if (kind_at(&pass, i) == '(')
			PL_TRY(read_cast(&pass, i));
	}
	return NULL;
}
