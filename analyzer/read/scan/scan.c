/* SPDX-License-Identifier: MIT */
#include "read/scan/scan.h"

#include <string.h>

#include "read/scan/scan_internal.h"
#include "read/scan/walk.h"

static bool is_blank(unsigned char c)
{
	return c <= ' ' || c == '\\';
}

/* Whether the LENGTH bytes at TEXT end in WORD, blanks and perhaps a comment. */
static bool ends_in_word(const unsigned char *text, size_t length, const char *word)
{
	size_t word_length = strlen(word), end = length;

	while (end && is_blank(text[end - 1]))
		end--;
	if (end && text[end - 1] == '/')
		return true;
	return end < length && end >= word_length &&
	       !memcmp(text + end - word_length, word, word_length) &&
	       (end == word_length || !pl_in_name(text[end - word_length - 1]));
}

/* What of the host there is in a text, as far as a look without taking it apart tells. */
struct mentions {
	bool any;
	bool by_value; /* a name follows: it may be a member of the host's type */
	bool measured; /* it ends an argument: its size, or where its fields are, may be asked */
};

/* AT, in a text that ends at END, is behind the host's name. */
static void note_mention(struct mentions *mentions, const unsigned char *at,
			 const unsigned char *end)
{
	mentions->any = true;
	while (at < end && is_blank(*at))
		at++;
	if (at == end)
		return;
	mentions->by_value |= pl_in_name(*at) || *at == '/';
	mentions->measured |= *at == ',' || *at == ')' || *at == '/';
}

/*
 * Where the host is named in TEXT, comments included. Most files have no such
 * place, and this is all that is done with them.
 */
static struct mentions find_mentions(struct pl_bytes text, const struct pl_scan_request *request)
{
	const char *keyword = request->host_is_union ? "union" : "struct";
	size_t length = strlen(request->host);
	const unsigned char *end = text.data + text.size, *at = text.data;
	struct mentions mentions = {0};

	while ((at = memmem(at, (size_t)(end - at), request->host, length))) {
		const unsigned char *before = at;

		at += length;
		if ((at == end || !pl_in_name(*at)) &&
		    ends_in_word(text.data, (size_t)(before - text.data), keyword))
			note_mention(&mentions, at, end);
	}
	return mentions;
}

/* Whether a pointer type in parentheses stands before something that it may convert. */
static bool has_cast(struct pl_bytes text)
{
	const unsigned char *end = text.data + text.size, *at = text.data, *next;

	while ((at = memchr(at, ')', (size_t)(end - at)))) {
		const unsigned char *before = at;

		for (next = at + 1; next < end && is_blank(*next);)
			next++;
		while (before > text.data && is_blank(before[-1]))
			before--;
		if (before > text.data && before[-1] == '*' && next < end &&
		    (pl_in_name(*next) || *next == '(' || *next == '&' || *next == '/'))
			return true;
		at++;
	}
	return false;
}

static bool has(struct pl_bytes text, const char *word)
{
	return memmem(text.data, text.size, word, strlen(word));
}

/* Without an assertion, a union over the host or a cast there is nothing to find. */
static bool is_worth_lexing(struct pl_bytes text, const struct pl_scan_request *request)
{
	struct mentions mentions = find_mentions(text, request);

	return mentions.any && (mentions.measured || has(text, "tatic_assert") ||
				(mentions.by_value && has(text, "union")) || has_cast(text));
}

static bool is_header(const char *path)
{
	size_t length = strlen(path);

	return length > 2 && !strcmp(path + length - 2, ".h");
}

static struct pl_error *look_at(void *context, const char *path, struct pl_bytes text)
{
	struct pl_scanner *scanner = context;

	if (text.size >= UINT32_MAX || !is_worth_lexing(text, scanner->request))
		return NULL;
	scanner->path = path;
	PL_TRY(pl_lex(&scanner->lexed, text, scanner->request->host));
	if (pl_scan_asserts(scanner)) {
		PL_TRY(pl_scan_add_asserting(scanner));
		if (is_header(path))
			PL_TRY(pl_scan_macros(scanner));
	}
	PL_TRY(pl_scan_unions(scanner));
	return pl_scan_casts(scanner);
}

static bool is_listed(const struct pl_scan *scan, const char *path)
{
	for (size_t i = 0; i < scan->n_asserting; i++)
		if (!strcmp(scan->asserting[i], path))
			return true;
	return false;
}

/* Whether the text of the file has the name of one of the headers' macros. */
static bool has_macro(const struct pl_scanner *scanner, struct pl_bytes text)
{
	for (size_t i = 0; i < scanner->n_macros; i++)
		if (has(text, scanner->macros[i]))
			return true;
	return false;
}

static struct pl_error *look_for_macros(void *context, const char *path, struct pl_bytes text)
{
	struct pl_scanner *scanner = context;
	bool asserts;

	if (text.size >= UINT32_MAX || !has_macro(scanner, text) || is_listed(scanner->ret, path))
		return NULL;
	scanner->path = path;
	PL_TRY(pl_lex(&scanner->lexed, text, scanner->request->host));
	PL_TRY(pl_scan_asserts_by_macro(scanner, &asserts));
	return asserts ? pl_scan_add_asserting(scanner) : NULL;
}

struct pl_error *pl_scan_tree(struct pl_arena *arena, const struct pl_scan_request *request,
			      struct pl_scan *ret)
{
	PL_CLEANUP(pl_arena_cleanup) struct pl_arena *scratch = pl_arena_new();
	struct pl_scan scan = {0};
	struct pl_scanner scanner = {
		.arena = arena, .request = request, .ret = &scan, .lexed.symbols.arena = scratch};

	if (!scratch)
		return pl_error_no_memory();
	PL_TRY(pl_walk_tree(request, look_at, &scanner));
	/* Most trees have no such macro: they are undefined where they were used. */
	if (scanner.n_macros)
		PL_TRY(pl_walk_tree(request, look_for_macros, &scanner));
	pl_scan_settle(&scan);
	*ret = scan;
	return NULL;
}

struct pl_error *pl_scan_file(struct pl_arena *arena, const struct pl_scan_request *request,
			      const char *path, struct pl_bytes text, struct pl_scan *ret)
{
	PL_CLEANUP(pl_arena_cleanup) struct pl_arena *scratch = pl_arena_new();
	struct pl_scanner scanner = {
		.arena = arena, .request = request, .ret = ret, .lexed.symbols.arena = scratch};

	if (!scratch)
		return pl_error_no_memory();
	PL_TRY(look_at(&scanner, path, text));
	pl_scan_settle(ret);
	return NULL;
}
