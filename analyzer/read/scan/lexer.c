/* SPDX-License-Identifier: MIT */
#include "read/scan/lexer.h"

#include <string.h>

struct lexer {
	struct pl_lexed *lexed;
	const unsigned char *at, *end;
	uint32_t line;
	bool in_directive;
};

struct word {
	const char *text;
	enum pl_token_kind kind;
};

static const struct word keywords[] = {
	{"struct", PL_TOKEN_STRUCT},
	{"union", PL_TOKEN_UNION},
	{"enum", PL_TOKEN_ENUM},
	{"static_assert", PL_TOKEN_STATIC_ASSERT},
	{"_Static_assert", PL_TOKEN_STATIC_ASSERT},
	{"const", PL_TOKEN_QUALIFIER},
	{"volatile", PL_TOKEN_QUALIFIER},
	{"restrict", PL_TOKEN_QUALIFIER},
	{"_Atomic", PL_TOKEN_QUALIFIER},
	{"return", PL_TOKEN_STATEMENT},
	{"else", PL_TOKEN_STATEMENT},
	{"case", PL_TOKEN_STATEMENT},
	{"goto", PL_TOKEN_STATEMENT},
	{"do", PL_TOKEN_STATEMENT},
	{"sizeof", PL_TOKEN_OPERATOR},
	{"typeof", PL_TOKEN_OPERATOR},
	{"__typeof__", PL_TOKEN_OPERATOR},
	{"__typeof", PL_TOKEN_OPERATOR},
	{"_Alignof", PL_TOKEN_OPERATOR},
	{"alignof", PL_TOKEN_OPERATOR},
	{"__alignof__", PL_TOKEN_OPERATOR},
	{NULL, PL_TOKEN_END},
};

static const struct word directives[] = {
	{"define", PL_TOKEN_DEFINE}, {"undef", PL_TOKEN_UNDEF},	 {"if", PL_TOKEN_IF},
	{"ifdef", PL_TOKEN_IF},	     {"ifndef", PL_TOKEN_IF},	 {"else", PL_TOKEN_ELSE},
	{"elif", PL_TOKEN_ELSE},     {"elifdef", PL_TOKEN_ELSE}, {"elifndef", PL_TOKEN_ELSE},
	{"endif", PL_TOKEN_ENDIF},   {NULL, PL_TOKEN_DIRECTIVE},
};

static struct pl_error *add(struct lexer *lexer, enum pl_token_kind kind, uint32_t symbol)
{
	struct pl_lexed *lexed = lexer->lexed;
	struct pl_token *tokens = pl_arena_grow(lexed->symbols.arena, lexed->tokens,
						lexed->n_tokens, &lexed->capacity, sizeof(*tokens));

	if (!tokens)
		return pl_error_no_memory();
	lexed->tokens = tokens;
	tokens[lexed->n_tokens++] = (struct pl_token){
		.symbol = symbol, .line = lexer->line, .kind = (unsigned char)kind};
	return NULL;
}

static unsigned char peek(const struct lexer *lexer)
{
	return lexer->end - lexer->at > 1 ? lexer->at[1] : 0;
}

static bool is_digit(unsigned char c)
{
	return c >= '0' && c <= '9';
}

static struct pl_error *end_line(struct lexer *lexer)
{
	if (lexer->in_directive)
		PL_TRY(add(lexer, PL_TOKEN_LINE_END, PL_NO_SYMBOL));
	lexer->in_directive = false;
	lexer->line++;
	lexer->at++;
	return NULL;
}

/* The backslash and, where it continues a line, what ends the line. */
static void skip_backslash(struct lexer *lexer)
{
	lexer->at++;
	if (lexer->at < lexer->end && *lexer->at == '\r')
		lexer->at++;
	if (lexer->at < lexer->end && *lexer->at == '\n') {
		lexer->at++;
		lexer->line++;
	}
}

static void skip_comment(struct lexer *lexer)
{
	for (lexer->at += 2; lexer->at < lexer->end; lexer->at++) {
		if (*lexer->at == '*' && peek(lexer) == '/') {
			lexer->at += 2;
			return;
		}
		lexer->line += *lexer->at == '\n';
	}
}

/* Up to the end of the line, which is left for end_line(). */
static void skip_line_comment(struct lexer *lexer)
{
	while (lexer->at < lexer->end && *lexer->at != '\n') {
		if (*lexer->at == '\\')
			skip_backslash(lexer);
		else
			lexer->at++;
	}
}

/* A quote that is not closed ends with its line: it may be an apostrophe in an #error. */
static struct pl_error *quoted(struct lexer *lexer)
{
	unsigned char quote = *lexer->at++;

	PL_TRY(add(lexer, PL_TOKEN_STRING, PL_NO_SYMBOL));
	while (lexer->at < lexer->end && *lexer->at != '\n') {
		if (*lexer->at == quote) {
			lexer->at++;
			break;
		}
		if (*lexer->at != '\\')
			lexer->at++;
		else if (peek(lexer) == '\n' || peek(lexer) == '\r')
			skip_backslash(lexer);
		else
			lexer->at += lexer->end - lexer->at > 1 ? 2 : 1;
	}
	return NULL;
}

/* An exponent's sign becomes a token of its own; nobody here asks what a number says. */
static struct pl_error *number(struct lexer *lexer)
{
	while (lexer->at < lexer->end && (pl_in_name(*lexer->at) || *lexer->at == '.'))
		lexer->at++;
	return add(lexer, PL_TOKEN_NUMBER, PL_NO_SYMBOL);
}

static struct pl_error *name(struct lexer *lexer)
{
	struct pl_symbols *symbols = &lexer->lexed->symbols;
	const unsigned char *start = lexer->at;
	uint32_t symbol;

	while (lexer->at < lexer->end && pl_in_name(*lexer->at))
		lexer->at++;
	PL_TRY(pl_symbols_intern(symbols, start, (size_t)(lexer->at - start), PL_TOKEN_NAME,
				 &symbol));
	return add(lexer, symbols->list[symbol].kind, symbol);
}

static enum pl_token_kind find_word(const struct word *words, const unsigned char *text,
				    size_t length)
{
	for (; words->text; words++)
		if (strlen(words->text) == length && !memcmp(words->text, text, length))
			break;
	return words->kind;
}

static struct pl_error *directive(struct lexer *lexer)
{
	const unsigned char *start;

	for (lexer->at++; lexer->at < lexer->end && (*lexer->at == ' ' || *lexer->at == '\t');)
		lexer->at++;
	start = lexer->at;
	while (lexer->at < lexer->end && pl_in_name(*lexer->at))
		lexer->at++;
	lexer->in_directive = true;
	return add(lexer, find_word(directives, start, (size_t)(lexer->at - start)), PL_NO_SYMBOL);
}

static struct pl_error *token(struct lexer *lexer, unsigned char c)
{
	if (is_digit(c) || (c == '.' && is_digit(peek(lexer))))
		return number(lexer);
	if (pl_in_name(c))
		return name(lexer);
	if (c == '"' || c == '\'')
		return quoted(lexer);
	if (c == '#' && !lexer->in_directive)
		return directive(lexer);
	if (c == '-' && peek(lexer) == '>') {
		lexer->at += 2;
		return add(lexer, PL_TOKEN_ARROW, PL_NO_SYMBOL);
	}
	lexer->at++;
	return add(lexer, (enum pl_token_kind)c, PL_NO_SYMBOL);
}

static struct pl_error *step(struct lexer *lexer)
{
	unsigned char c = *lexer->at;

	if (c == '\n')
		return end_line(lexer);
	if (c <= ' ')
		lexer->at++;
	else if (c == '\\')
		skip_backslash(lexer);
	else if (c == '/' && peek(lexer) == '*')
		skip_comment(lexer);
	else if (c == '/' && peek(lexer) == '/')
		skip_line_comment(lexer);
	else
		return token(lexer, c);
	return NULL;
}

static struct pl_error *intern_word(struct pl_symbols *symbols, const char *text,
				    enum pl_token_kind kind)
{
	uint32_t symbol;

	return pl_symbols_intern(symbols, (const unsigned char *)text, strlen(text),
				 (unsigned char)kind, &symbol);
}

struct pl_error *pl_lex(struct pl_lexed *lexed, struct pl_bytes text, const char *host)
{
	struct lexer lexer = {
		.lexed = lexed, .at = text.data, .end = text.data + text.size, .line = 1};

	lexed->n_tokens = 0;
	PL_TRY(pl_symbols_reset(&lexed->symbols));
	for (const struct word *word = keywords; word->text; word++)
		PL_TRY(intern_word(&lexed->symbols, word->text, word->kind));
	PL_TRY(intern_word(&lexed->symbols, host, PL_TOKEN_HOST));
	while (lexer.at < lexer.end)
		PL_TRY(step(&lexer));
	return lexer.in_directive ? add(&lexer, PL_TOKEN_LINE_END, PL_NO_SYMBOL) : NULL;
}

size_t pl_directive_end(const struct pl_lexed *lexed, size_t index)
{
	while (index < lexed->n_tokens && lexed->tokens[index].kind != PL_TOKEN_LINE_END)
		index++;
	return index;
}
