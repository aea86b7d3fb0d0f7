/* SPDX-License-Identifier: MIT */
/* Unions that hold a host, not a pointer to one, beside other members. */
#include "read/scan/scan_internal.h"

enum { DEPTH = 32 }; /* what is nested deeper in a record is passed over */

/* What a pair of braces that is open belongs to. */
struct body {
	bool is_record, is_union;
	uint32_t name, line; /* PL_NO_SYMBOL: the record has no tag */
	unsigned members;
	unsigned parens;   /* that are open in it */
	bool holds_host;   /* also in a record in it */
	bool was_reported; /* a record with two such unions is one candidate */
};

struct pass {
	struct pl_scanner *scanner;
	struct body bodies[DEPTH];
	size_t depth;	  /* may be more than DEPTH */
	struct body head; /* is_record: a record's head was read so far, its '{' may follow */
	unsigned head_parens;
};

static struct body *innermost(struct pass *pass)
{
	return pass->depth && pass->depth <= DEPTH ? &pass->bodies[pass->depth - 1] : NULL;
}

/* The record with a tag that is nearest, from body AT outwards. */
static struct body *named_around(struct pass *pass, size_t at)
{
	for (size_t i = at + 1; i-- && pass->bodies[i].is_record;)
		if (pass->bodies[i].name)
			return &pass->bodies[i];
	return NULL;
}

static struct pl_error *report(struct pass *pass, size_t at)
{
	struct body *named = named_around(pass, at);

	if (!named || named->was_reported)
		return NULL;
	named->was_reported = true;
	return pl_scan_found(pass->scanner, PL_CANDIDATE_UNION,
			     &(struct pl_sighting){.symbol = named->name,
						   .line = named->line,
						   .is_union = named->is_union});
}

static struct pl_error *close_body(struct pass *pass)
{
	struct body *body = innermost(pass), *around;

	if (pass->depth)
		pass->depth--;
	if (!body || !body->is_record || !body->holds_host)
		return NULL;
	around = innermost(pass);
	if (around && around->is_record)
		around->holds_host = true;
	return body->is_union && body->members > 1 ? report(pass, pass->depth) : NULL;
}

static void open_body(struct pass *pass)
{
	if (pass->depth < DEPTH)
		pass->bodies[pass->depth] = pass->head;
	pass->depth++;
	pass->head = (struct body){0};
}

/* Follows a record's head up to its '{'. The tag is the last name before it, but for attributes. */
static void read_head(struct pass *pass, size_t index)
{
	const struct pl_lexed *lexed = &pass->scanner->lexed;
	const struct pl_token *token = &lexed->tokens[index];
	int kind = token->kind;

	if (kind == '(')
		pass->head_parens++;
	else if (kind == ')' && pass->head_parens)
		pass->head_parens--;
	else if (!pl_is_name((enum pl_token_kind)kind) && !pass->head_parens)
		pass->head = (struct body){0};
	else if (!pass->head_parens && pl_kind_at(lexed, index + 1) != (enum pl_token_kind)'(') {
		pass->head.name = token->symbol;
		pass->head.line = token->line;
	}
}

/* No attribute has more tokens than that. */
enum { ATTRIBUTE = 64 };

/* Where the parentheses that open at INDEX are closed. */
static size_t skip_parentheses(const struct pl_lexed *lexed, size_t index)
{
	size_t end = index + ATTRIBUTE;
	unsigned depth = 0;

	for (; index < lexed->n_tokens && index < end; index++) {
		int kind = lexed->tokens[index].kind;

		depth += kind == '(';
		if (kind == ')' && !--depth)
			return index + 1;
	}
	return index;
}

/* Whether a host at INDEX is a member, and no pointer or function; attributes may come before its
 * name. */
static bool is_member(const struct pl_lexed *lexed, size_t index)
{
	const enum pl_token_kind opens = (enum pl_token_kind)'(';

	index++;
	while (pl_is_name(pl_kind_at(lexed, index)) && pl_kind_at(lexed, index + 1) == opens)
		index = skip_parentheses(lexed, index + 1);
	return pl_is_name(pl_kind_at(lexed, index));
}

static void read_member(struct pass *pass, struct body *body, size_t index)
{
	const struct pl_lexed *lexed = &pass->scanner->lexed;
	int kind = lexed->tokens[index].kind;

	if (kind == '(')
		body->parens++;
	else if (kind == ')' && body->parens)
		body->parens--;
	else if (kind == ';' && !body->parens)
		body->members++;
	else if (pl_host_at(pass->scanner, index) && is_member(lexed, index))
		body->holds_host = true;
}

static struct pl_error *step(struct pass *pass, size_t index)
{
	enum pl_token_kind kind = pl_kind_at(&pass->scanner->lexed, index);
	struct body *body = innermost(pass);

	if (kind == (enum pl_token_kind)'}')
		return close_body(pass);
	if (kind == (enum pl_token_kind)'{') {
		open_body(pass);
		return NULL;
	}
	if (body && body->is_record)
		read_member(pass, body, index);
	if (pl_is_record_word(kind)) {
		pass->head = (struct body){.is_record = true, .is_union = kind == PL_TOKEN_UNION};
		pass->head_parens = 0;
	} else if (pass->head.is_record) {
		read_head(pass, index);
	}
	return NULL;
}

struct pl_error *pl_scan_unions(struct pl_scanner *scanner)
{
	const struct pl_lexed *lexed = &scanner->lexed;
	struct pass pass = {.scanner = scanner};

	for (size_t i = 0; i < lexed->n_tokens; i++) {
		if (pl_is_directive(lexed->tokens[i].kind))
			i = pl_directive_end(lexed, i);
		else
			PL_TRY(step(&pass, i));
	}
	return NULL;
}
