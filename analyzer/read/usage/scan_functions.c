/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "read/usage/scan_internal.h"

static struct pl_error *note_new(struct pl_scan *scan, const struct pl_digest *digest)
{
	struct pl_digest *news = pl_arena_grow(scan->arena, scan->news, scan->n_news,
					       &scan->news_capacity, sizeof(*news));

	if (!news)
		return pl_error_no_memory();
	scan->news = news;
	news[scan->n_news++] = *digest;
	return NULL;
}

/* Each bundle is sent once by a scanner, and named by its digest from then on. */
static struct pl_error *send_bundle(struct pl_scan *scan, const struct pl_seen_function *function)
{
	uint64_t key = pl_digest_key(&function->bundle);
	bool is_new = !pl_idmap_get(&scan->scanner->sent, key);

	pl_strbuf_add_bytes(&scan->sending, (const char *)function->bundle.bytes, PL_DIGEST_SIZE);
	pl_wire_put(&scan->sending, is_new ? function->bytes.size : 0);
	scan->n_bundles++;
	if (!is_new)
		return NULL;
	pl_strbuf_add_bytes(&scan->sending, (const char *)function->bytes.data,
			    function->bytes.size);
	return note_new(scan, &function->bundle);
}

/* Walks the function CURSOR; what it does, if anything of interest, goes into RET and out. */
static struct pl_error *walk_function(struct pl_scan *scan, CXCursor cursor, bool in_header,
				      struct pl_seen_function *ret)
{
	PL_CLEANUP(pl_strbuf_release) struct pl_strbuf bytes = PL_STRBUF_INIT;
	struct pl_found *found = &scan->walk.found;
	char *copy;

	*found = (struct pl_found){.arena = scan->arena};
	PL_TRY(pl_walk_function(&scan->walk, cursor, ret->name, in_header));
	ret->is_empty = !found->n_accesses && !found->n_casts;
	if (ret->is_empty)
		return NULL;
	pl_found_put(found, &bytes);
	copy = pl_strbuf_failed(&bytes) ? NULL
					: pl_arena_strndup(scan->arena, bytes.text, bytes.length);
	if (!copy)
		return pl_error_no_memory();
	ret->bytes = (struct pl_bytes){(const unsigned char *)copy, bytes.length};
	ret->bundle = pl_digest(copy, bytes.length);
	return send_bundle(scan, ret);
}

static enum CXChildVisitResult find_body(CXCursor cursor, CXCursor parent, CXClientData data)
{
	struct pl_scan *scan = ((void **)data)[0];

	(void)parent;
	if (scan->scanner->clang->clang_getCursorKind(cursor) != CXCursor_CompoundStmt)
		return CXChildVisit_Continue;
	*(CXCursor *)((void **)data)[1] = cursor;
	return CXChildVisit_Break;
}

/* Where the body of the function CURSOR is written, if it is in FILE without any macro's help. */
static struct pl_error *body_of(struct pl_scan *scan, CXCursor cursor,
				const struct pl_code_file *file, size_t *begin, size_t *end)
{
	const struct pl_clang *clang = scan->scanner->clang;
	CXCursor body = clang->clang_getNullCursor();
	struct pl_position first, last;
	CXSourceRange extent;

	*begin = *end = 0;
	clang->clang_visitChildren(cursor, find_body, (void *[]){scan, &body});
	if (clang->clang_Cursor_isNull(body))
		return NULL;
	extent = clang->clang_getCursorExtent(body);
	PL_TRY(pl_code_files_position(&scan->files, clang->clang_getRangeStart(extent), &first));
	PL_TRY(pl_code_files_position(&scan->files, clang->clang_getRangeEnd(extent), &last));
	if (first.file != file || last.file != file || first.expanded || last.expanded)
		return NULL;
	*begin = first.offset;
	*end = last.offset;
	return NULL;
}

static struct pl_error *remember(struct pl_scan *scan, CXCursor cursor,
				 struct pl_seen_header *header, const struct pl_code_file *file,
				 struct pl_seen_function *function)
{
	struct pl_seen_headers *headers = scan->seen;
	size_t begin, end;

	PL_TRY(body_of(scan, cursor, file, &begin, &end));
	PL_TRY(pl_seen_blank(headers, header, file, begin, end, &function->is_blank));
	return pl_seen_add(headers, header, function);
}

/* A function of a header that may have been walked in an earlier unit. */
static struct pl_error *take_seen(struct pl_scan *scan, CXCursor cursor, const char *name,
				  const struct pl_position *at)
{
	struct pl_seen_function function = {.name = name, .offset = at->offset}, *known;
	struct pl_seen_header *header;

	PL_TRY(pl_seen_header(scan->seen, at->file, &header));
	known = pl_seen_function(header, name, at->offset);
	if (known && known->is_blank)
		return known->is_empty ? NULL : send_bundle(scan, known);
	PL_TRY(walk_function(scan, cursor, true, &function));
	return known ? NULL : remember(scan, cursor, header, at->file, &function);
}

static struct pl_error *take_function(struct pl_scan *scan, CXCursor cursor)
{
	const struct pl_clang *clang = scan->scanner->clang;
	struct pl_seen_function function = {0};
	struct pl_position at;
	const char *name;

	PL_TRY(pl_code_files_position(&scan->files, clang->clang_getCursorLocation(cursor), &at));
	name = pl_clang_text(clang, scan->arena, clang->clang_getCursorSpelling(cursor));
	if (!name)
		return pl_error_no_memory();
	if (!at.file)
		return NULL;
	if (scan->seen && !at.file->is_main && at.file->guarded && !at.expanded &&
	    pl_code_file_has(at.file, at.offset, name))
		return take_seen(scan, cursor, name, &at);
	function.name = name;
	return walk_function(scan, cursor, !at.file->is_main, &function);
}

static enum CXChildVisitResult visit(CXCursor cursor, CXCursor parent, CXClientData data)
{
	struct pl_scan *scan = data;
	const struct pl_clang *clang = scan->scanner->clang;

	(void)parent;
	if (clang->clang_getCursorKind(cursor) == CXCursor_FunctionDecl &&
	    clang->clang_isCursorDefinition(cursor))
		scan->error = take_function(scan, cursor);
	return scan->error ? CXChildVisit_Break : CXChildVisit_Continue;
}

struct pl_error *pl_scan_functions(struct pl_scan *scan)
{
	const struct pl_clang *clang = scan->scanner->clang;

	clang->clang_visitChildren(clang->clang_getTranslationUnitCursor(scan->parsed.unit), visit,
				   scan);
	return scan->error;
}
