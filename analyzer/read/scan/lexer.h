/* SPDX-License-Identifier: MIT */
/*
 * The tokens of a C file as it is written: nothing is included or expanded,
 * both branches of every #if are there. Comments are gone, strings and
 * character constants are one token each, a continued line is one line. No
 * text is refused: what is not C gives tokens that mean nothing.
 */
#ifndef PAGELAP_READ_SCAN_LEXER_H
#define PAGELAP_READ_SCAN_LEXER_H

#include "read/scan/symbols.h"
#include "support/cursor.h"

/* Other tokens are one character, and of that kind: '{'. */
enum pl_token_kind {
	PL_TOKEN_END = 0, /* before the first and after the last */
	PL_TOKEN_NAME = 128,
	PL_TOKEN_HOST, /* the one name the reader asked for: a tag, or anything else called so */
	PL_TOKEN_STRUCT,
	PL_TOKEN_UNION,
	PL_TOKEN_ENUM,
	PL_TOKEN_QUALIFIER, /* const */
	PL_TOKEN_STATEMENT, /* return: an expression may follow */
	PL_TOKEN_OPERATOR,  /* sizeof, typeof: a type may follow in parentheses */
	PL_TOKEN_STATIC_ASSERT,
	PL_TOKEN_NUMBER,
	PL_TOKEN_STRING, /* and character constants */
	PL_TOKEN_ARROW,
	/* The first token of a directive stands for '#' and the word after it. */
	PL_TOKEN_IF, /* #ifdef, #ifndef too */
	PL_TOKEN_ELSE,
	PL_TOKEN_ENDIF,
	PL_TOKEN_DEFINE,
	PL_TOKEN_UNDEF,
	PL_TOKEN_DIRECTIVE, /* any other */
	PL_TOKEN_LINE_END,  /* where a directive ends; elsewhere lines are not told */
};

struct pl_token {
	uint32_t symbol; /* of a word; else PL_NO_SYMBOL */
	uint32_t line;
	unsigned char kind;
};

/* The tokens of one file at a time. */
struct pl_lexed {
	struct pl_token *tokens;
	size_t n_tokens, capacity;
	struct pl_symbols symbols; /* set its arena; the rest begins as zero */
};

/*
 * Reads TEXT, at most UINT32_MAX bytes, into LEXED, in place of what was
 * there. TEXT must outlive the symbols. HOST is the name of PL_TOKEN_HOST.
 */
struct pl_error *pl_lex(struct pl_lexed *lexed, struct pl_bytes text,
			const char *host) PL_MUST_CHECK;

/* The kind of token INDEX; PL_TOKEN_END outside of what there is, also before the first. */
static inline enum pl_token_kind pl_kind_at(const struct pl_lexed *lexed, size_t index)
{
	return index < lexed->n_tokens ? (enum pl_token_kind)lexed->tokens[index].kind
				       : PL_TOKEN_END;
}

static inline bool pl_is_record_word(enum pl_token_kind kind)
{
	return kind == PL_TOKEN_STRUCT || kind == PL_TOKEN_UNION;
}

static inline bool pl_is_name(enum pl_token_kind kind)
{
	return kind == PL_TOKEN_NAME || kind == PL_TOKEN_HOST;
}

static inline bool pl_is_directive(enum pl_token_kind kind)
{
	return kind >= PL_TOKEN_IF && kind <= PL_TOKEN_DIRECTIVE;
}

/* Where the directive that begins at INDEX ends. */
size_t pl_directive_end(const struct pl_lexed *lexed, size_t index);

/* Whether the byte can be part of a name. */
static inline bool pl_in_name(unsigned char c)
{
	return (unsigned)(c | 32) - 'a' < 26 || (unsigned)c - '0' < 10 || c == '_' || c >= 128;
}

#endif
