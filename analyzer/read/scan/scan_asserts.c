/* SPDX-License-Identifier: MIT */
/*
 * Does a file assert something of the host at file scope? An assertion may
 * stand in a macro that is used there, so a macro that asserts and one that
 * speaks of the host are as good as what they stand for. Of the macros of other
 * files those are known that do both; and a call at file scope that measures
 * the host counts too.
 */
#include <string.h>

#include "read/scan/scan_internal.h"
#include "read/scan/scope.h"

/* What the text of a macro, or the arguments of an assertion, do. */
enum mark {
	MARK_ASSERTS = 1, /* holds a static_assert */
	MARK_HOST = 2,	  /* speaks of the host */
	MARK_MEASURES =
		4, /* hands the host, not a pointer to it, to something: sizeof(struct page) */
};

struct pass {
	struct pl_scanner *scanner;
	struct pl_scope scope;
	size_t seen; /* the arguments before this token were looked at */
	bool found, found_in_function;
};

static enum pl_token_kind kind_at(const struct pass *pass, size_t index)
{
	return pl_kind_at(&pass->scanner->lexed, index);
}

static bool measured_at(const struct pass *pass, size_t index)
{
	int after = (int)kind_at(pass, index + 1), before = (int)kind_at(pass, index - 2);

	return (before == '(' || before == ',') && (after == ',' || after == ')');
}

static unsigned marks_at(const struct pass *pass, size_t index)
{
	const struct pl_lexed *lexed = &pass->scanner->lexed;
	unsigned marks = lexed->symbols.list[lexed->tokens[index].symbol].marks;

	if (kind_at(pass, index) == PL_TOKEN_STATIC_ASSERT)
		marks |= MARK_ASSERTS;
	if (pl_host_at(pass->scanner, index))
		marks |= MARK_HOST | (measured_at(pass, index) ? MARK_MEASURES : 0u);
	return marks;
}

/* Returns where the directive ends. */
static size_t definition(struct pass *pass, size_t index)
{
	struct pl_lexed *lexed = &pass->scanner->lexed;
	size_t end = pl_directive_end(lexed, index);
	unsigned marks = 0;

	for (size_t i = index + 2; i < end; i++)
		marks |= marks_at(pass, i);
	if ((marks & MARK_ASSERTS) && (marks & MARK_HOST))
		pass->found = true;
	if (pl_is_name(kind_at(pass, index + 1)))
		lexed->symbols.list[lexed->tokens[index + 1].symbol].marks = (unsigned char)marks;
	return end;
}

/*
 * What the arguments of the call at INDEX do. A macro may put the keyword
 * before the host's name itself, so to BARE names the keyword may be missing.
 */
static unsigned arguments(struct pass *pass, size_t index, bool bare)
{
	const struct pl_lexed *lexed = &pass->scanner->lexed;
	unsigned marks = 0, parens = 0;
	size_t i = index + 1;

	for (; i < lexed->n_tokens; i++) {
		if (kind_at(pass, i) == (enum pl_token_kind)'(')
			parens++;
		if (kind_at(pass, i) == (enum pl_token_kind)')' && !--parens)
			break;
		marks |= marks_at(pass, i);
		if (bare && kind_at(pass, i) == PL_TOKEN_HOST)
			marks |= MARK_HOST;
	}
	pass->seen = i;
	return marks;
}

/* A call at file scope is no declaration: nothing of one stands before it. */
static bool begins_statement(const struct pass *pass, size_t index)
{
	switch ((int)kind_at(pass, index - 1)) {
	case PL_TOKEN_END:
	case PL_TOKEN_LINE_END:
	case ';':
	case '}':
	case ')':
		return !pass->scope.now.braces && !pass->scope.now.parens;
	default:
		return false;
	}
}

/* The name at INDEX is followed by a parenthesis. */
static void call(struct pass *pass, size_t index)
{
	unsigned marks = marks_at(pass, index);

	if (marks & MARK_ASSERTS)
		marks |= arguments(pass, index, kind_at(pass, index) != PL_TOKEN_STATIC_ASSERT);
	else if (begins_statement(pass, index))
		marks |= arguments(pass, index, false);
	else
		return;
	if ((marks & MARK_ASSERTS) && (marks & MARK_HOST) && pass->scope.now.in_function)
		pass->found_in_function = true;
	else if (((marks & MARK_ASSERTS) && (marks & MARK_HOST)) || (marks & MARK_MEASURES))
		pass->found = true;
}

bool pl_scan_asserts(struct pl_scanner *scanner)
{
	const struct pl_lexed *lexed = &scanner->lexed;
	struct pass pass = {.scanner = scanner};

	for (size_t i = 0; i < lexed->n_tokens && !pass.found; i++) {
		enum pl_token_kind kind = kind_at(&pass, i);

		pl_scope_step(&pass.scope, lexed, i);
		if (kind == PL_TOKEN_DEFINE)
			i = definition(&pass, i);
		else if (pl_is_directive(kind))
			i = pl_directive_end(lexed, i);
		else if ((pl_is_name(kind) || kind == PL_TOKEN_STATIC_ASSERT) && i >= pass.seen &&
			 kind_at(&pass, i + 1) == (enum pl_token_kind)'(')
			call(&pass, i);
	}
	return pass.found || (pass.found_in_function && !pl_scope_balanced(&pass.scope));
}

static bool is_known(const struct pl_scanner *scanner, const struct pl_symbol *symbol)
{
	for (size_t i = 0; i < scanner->n_macros; i++)
		if (strlen(scanner->macros[i]) == symbol->length &&
		    !memcmp(scanner->macros[i], symbol->text, symbol->length))
			return true;
	return false;
}

static struct pl_error *add_macro(struct pl_scanner *scanner, const struct pl_symbol *symbol)
{
	const char **list;

	if (is_known(scanner, symbol))
		return NULL;
	list = pl_arena_grow(scanner->arena, scanner->macros, scanner->n_macros,
			     &scanner->macros_capacity, sizeof(*list));
	if (!list)
		return pl_error_no_memory();
	scanner->macros = list;
	list[scanner->n_macros] =
		pl_arena_strndup(scanner->arena, (const char *)symbol->text, symbol->length);
	return list[scanner->n_macros++] ? NULL : pl_error_no_memory();
}

struct pl_error *pl_scan_macros(struct pl_scanner *scanner)
{
	const struct pl_symbols *symbols = &scanner->lexed.symbols;
	struct pass pass = {.scanner = scanner};

	for (size_t i = 0; i < scanner->lexed.n_tokens; i++) {
		if (kind_at(&pass, i) == PL_TOKEN_DEFINE)
			i = definition(&pass, i);
		else if (kind_at(&pass, i) == PL_TOKEN_UNDEF && pl_is_name(kind_at(&pass, i + 1)))
			symbols->list[scanner->lexed.tokens[i + 1].symbol].marks = 0;
	}
	for (size_t i = 1; i < symbols->count; i++)
		if ((symbols->list[i].marks & MARK_ASSERTS) && (symbols->list[i].marks & MARK_HOST))
			PL_TRY(add_macro(scanner, &symbols->list[i]));
	return NULL;
}

struct pl_error *pl_scan_asserts_by_macro(struct pl_scanner *scanner, bool *ret)
{
	struct pl_symbols *symbols = &scanner->lexed.symbols;

	for (size_t i = 0; i < scanner->n_macros; i++) {
		const char *name = scanner->macros[i];
		uint32_t symbol;

		PL_TRY(pl_symbols_intern(symbols, (const unsigned char *)name, strlen(name),
					 PL_TOKEN_NAME, &symbol));
		symbols->list[symbol].marks = MARK_ASSERTS | MARK_HOST;
	}
	*ret = pl_scan_asserts(scanner);
	return NULL;
}
