/* SPDX-License-Identifier: MIT */
#include "read/usage/scanner.h"

#include <string.h>

#include "read/usage/headers_seen.h"
#include "read/usage/walk.h"
#include "support/file.h"

struct pl_scanner {
	struct pl_arena *arena;
	const struct pl_scan_plan *plan;
	const struct pl_clang *clang;
	struct pl_callees callees;
	struct pl_seen_headers headers;
	struct pl_idmap sent; /* bundles, by digest */
};

/* The scan of one unit. */
struct scan {
	struct pl_scanner *scanner;
	const struct pl_code_unit *unit;
	struct pl_arena *arena; /* goes with the unit */
	CXIndex index;
	CXTranslationUnit parsed;
	struct pl_interest interest;
	struct pl_code_files files;
	struct pl_walk walk;
	struct pl_strbuf sending; /* digests and bytes of the bundles, as they go out */
	size_t n_bundles;
	struct pl_digest *news; /* those that the scanner has not sent before */
	size_t n_news, news_capacity;
	struct pl_error *error;
};

struct pl_error *pl_scanner_new(const struct pl_scan_plan *plan, struct pl_scanner **ret)
{
	struct pl_arena *arena = pl_arena_new();
	struct pl_scanner *scanner = arena ? pl_arena_alloc(arena, sizeof(*scanner)) : NULL;
	struct pl_error *error;

	if (!scanner) {
		pl_arena_free(arena);
		return pl_error_no_memory();
	}
	scanner->arena = arena;
	scanner->plan = plan;
	scanner->callees = (struct pl_callees){
		.arena = arena, .rules = plan->rules, .by_name = {.arena = arena}};
	scanner->headers = (struct pl_seen_headers){.arena = arena, .by_path = {.arena = arena}};
	scanner->sent.arena = arena;
	error = pl_clang_open(arena, &scanner->clang);
	if (!error && !scanner->clang->clang_getCursorUnaryOperatorKind)
		error = pl_error_new(
			PL_ERROR_UNREADABLE,
			"libclang %s does not tell operators: 17 is the first that does",
			scanner->clang->version);
	if (error) {
		pl_arena_free(arena);
		return error;
	}
	*ret = scanner;
	return NULL;
}

void pl_scanner_free(struct pl_scanner *scanner)
{
	if (scanner)
		pl_arena_free(scanner->arena);
}

static void scan_release(struct scan *scan)
{
	const struct pl_clang *clang = scan->scanner->clang;

	if (scan->parsed)
		clang->clang_disposeTranslationUnit(scan->parsed);
	if (scan->index)
		clang->clang_disposeIndex(scan->index);
	pl_strbuf_release(&scan->sending);
	pl_arena_free(scan->arena);
	pl_callees_next_unit(&scan->scanner->callees);
}

static struct pl_error *note_new(struct scan *scan, const struct pl_digest *digest)
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
static struct pl_error *send_bundle(struct scan *scan, const struct pl_seen_function *function)
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

/* What the unit has sent counts as sent once all of it is known to be good. */
static struct pl_error *commit(struct scan *scan)
{
	struct pl_idmap *sent = &scan->scanner->sent;

	for (size_t i = 0; i < scan->n_news; i++) {
		uint64_t key = pl_digest_key(&scan->news[i]);

		if (!pl_idmap_get(sent, key))
			PL_TRY(pl_idmap_put(sent, key, scan->scanner));
	}
	return NULL;
}

/* Walks the function CURSOR; what it does, if anything of interest, goes into RET and out. */
static struct pl_error *walk_function(struct scan *scan, CXCursor cursor, bool in_header,
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
	struct scan *scan = ((void **)data)[0];

	(void)parent;
	if (scan->scanner->clang->clang_getCursorKind(cursor) != CXCursor_CompoundStmt)
		return CXChildVisit_Continue;
	*(CXCursor *)((void **)data)[1] = cursor;
	return CXChildVisit_Break;
}

/* Where the body of the function CURSOR is written, if it is in FILE without any macro's help. */
static struct pl_error *body_of(struct scan *scan, CXCursor cursor, const struct pl_code_file *file,
				size_t *begin, size_t *end)
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

static struct pl_error *remember(struct scan *scan, CXCursor cursor, struct pl_seen_header *header,
				 const struct pl_code_file *file, struct pl_seen_function *function)
{
	struct pl_seen_headers *headers = &scan->scanner->headers;
	size_t begin, end;

	PL_TRY(body_of(scan, cursor, file, &begin, &end));
	PL_TRY(pl_seen_blank(headers, header, file, begin, end, &function->is_blank));
	return pl_seen_add(headers, header, function);
}

/* A function of a header that may have been walked in an earlier unit. */
static struct pl_error *take_seen(struct scan *scan, CXCursor cursor, const char *name,
				  const struct pl_position *at)
{
	struct pl_seen_function function = {.name = name, .offset = at->offset}, *known;
	struct pl_seen_header *header;

	PL_TRY(pl_seen_header(&scan->scanner->headers, at->file, &header));
	known = pl_seen_function(header, name, at->offset);
	if (known)
		return known->is_empty ? NULL : send_bundle(scan, known);
	PL_TRY(walk_function(scan, cursor, true, &function));
	return remember(scan, cursor, header, at->file, &function);
}

static struct pl_error *take_function(struct scan *scan, CXCursor cursor)
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
	if (!scan->scanner->plan->plain && !at.file->is_main && at.file->guarded && !at.expanded &&
	    pl_code_file_has(at.file, at.offset, name))
		return take_seen(scan, cursor, name, &at);
	function.name = name;
	return walk_function(scan, cursor, !at.file->is_main, &function);
}

static enum CXChildVisitResult visit(CXCursor cursor, CXCursor parent, CXClientData data)
{
	struct scan *scan = data;
	const struct pl_clang *clang = scan->scanner->clang;

	(void)parent;
	if (clang->clang_getCursorKind(cursor) == CXCursor_FunctionDecl &&
	    clang->clang_isCursorDefinition(cursor))
		scan->error = take_function(scan, cursor);
	return scan->error ? CXChildVisit_Break : CXChildVisit_Continue;
}

static struct pl_error *add_shortcuts(struct scan *scan, struct pl_words *flags)
{
	const struct pl_usage_rules *rules = scan->scanner->plan->rules;

	PL_CLEANUP(pl_file_close) struct pl_file file = {0};

	if (scan->scanner->plan->plain)
		return NULL;
	PL_TRY(pl_file_open(scan->unit->file, &file));
	for (size_t i = 0; i < rules->n_shortcuts; i++) {
		const char *unless = rules->shortcuts[i].unless;

		if (!unless || !memmem(file.bytes.data, file.bytes.size, unless, strlen(unless)))
			PL_TRY(pl_words_add(scan->arena, flags, rules->shortcuts[i].flag));
	}
	return NULL;
}

static struct pl_error *parse(struct scan *scan)
{
	const struct pl_scanner *scanner = scan->scanner;
	const struct pl_clang *clang = scanner->clang;
	struct pl_words flags = {0};
	enum CXErrorCode code;

	for (size_t i = 0; i < scan->unit->flags.n; i++)
		PL_TRY(pl_words_add(scan->arena, &flags, scan->unit->flags.items[i]));
	PL_TRY(add_shortcuts(scan, &flags));
	PL_TRY(pl_words_add(scan->arena, &flags, "-w"));
	PL_TRY(pl_words_add(scan->arena, &flags, "-ferror-limit=0"));
	scan->index = clang->clang_createIndex(0, 0);
	code = clang->clang_parseTranslationUnit2(
		scan->index, scan->unit->file, flags.items, (int)flags.n, scanner->headers.list,
		(unsigned)scanner->headers.n_list, CXTranslationUnit_None, &scan->parsed);
	if (code != CXError_Success)
		return pl_error_new(PL_ERROR_UNREADABLE, "libclang %s cannot parse it (%d)",
				    clang->version, (int)code);
	return NULL;
}

static struct pl_error *describe(struct scan *scan, CXDiagnostic diagnostic)
{
	const struct pl_clang *clang = scan->scanner->clang;
	const char *message =
		pl_clang_text(clang, scan->arena, clang->clang_getDiagnosticSpelling(diagnostic));
	struct pl_position at;

	if (!message)
		return pl_error_no_memory();
	PL_TRY(pl_code_files_position(&scan->files, clang->clang_getDiagnosticLocation(diagnostic),
				      &at));
	if (!at.file)
		return pl_error_new(PL_ERROR_UNREADABLE, "%s", message);
	return pl_error_new(PL_ERROR_UNREADABLE, "%s:%u: %s", at.file->name, at.line, message);
}

/* With an error in it libclang shows less than there is, and does not say what is missing. */
static struct pl_error *check(struct scan *scan)
{
	const struct pl_clang *clang = scan->scanner->clang;
	unsigned count = clang->clang_getNumDiagnostics(scan->parsed);
	struct pl_error *error = NULL;

	for (unsigned i = 0; i < count && !error; i++) {
		CXDiagnostic diagnostic = clang->clang_getDiagnostic(scan->parsed, i);

		if (clang->clang_getDiagnosticSeverity(diagnostic) >= CXDiagnostic_Error)
			error = describe(scan, diagnostic);
		clang->clang_disposeDiagnostic(diagnostic);
	}
	return error;
}

struct inputs {
	const struct pl_clang *clang;
	struct pl_strbuf paths;
	size_t count;
};

static void put_input(CXFile file, CXSourceLocation *stack, unsigned depth, CXClientData data)
{
	struct inputs *inputs = data;
	CXString name = inputs->clang->clang_getFileName(file);

	(void)stack;
	(void)depth;
	pl_wire_put_text(&inputs->paths, inputs->clang->clang_getCString(name));
	inputs->clang->clang_disposeString(name);
	inputs->count++;
}

static void put_result(struct scan *scan, struct pl_strbuf *output)
{
	struct inputs inputs = {scan->scanner->clang, PL_STRBUF_INIT, 0};

	pl_wire_put(output, scan->n_bundles);
	pl_strbuf_add_bytes(output, scan->sending.text, scan->sending.length);
	scan->scanner->clang->clang_getInclusions(scan->parsed, put_input, &inputs);
	pl_wire_put(output, inputs.count);
	pl_strbuf_add_bytes(output, inputs.paths.text, inputs.paths.length);
	if (pl_strbuf_failed(&inputs.paths) || pl_strbuf_failed(&scan->sending))
		output->failed = true;
	pl_strbuf_release(&inputs.paths);
}

static void scan_init(struct scan *scan)
{
	const struct pl_scanner *scanner = scan->scanner;
	const struct pl_scan_plan *plan = scanner->plan;
	struct pl_arena *arena = scan->arena;

	scan->interest = (struct pl_interest){
		.clang = scanner->clang,
		.arena = arena,
		.records = plan->records,
		.n_records = plan->n_records,
		.host = plan->host,
		.fields = {.arena = arena},
	};
	scan->files = (struct pl_code_files){
		.clang = scanner->clang,
		.unit = scan->parsed,
		.roots = plan->roots,
		.arena = arena,
		.main_path = scan->unit->file,
		.by_handle = {.arena = arena},
	};
	scan->walk = (struct pl_walk){
		.clang = scanner->clang,
		.arena = arena,
		.interest = &scan->interest,
		.callees = &scan->scanner->callees,
		.files = &scan->files,
	};
}

struct pl_error *pl_scanner_scan(struct pl_scanner *scanner, const struct pl_code_unit *unit,
				 struct pl_strbuf *output)
{
	PL_CLEANUP(scan_release)
	struct scan scan = {
		.scanner = scanner,
		.unit = unit,
		.arena = pl_arena_new(),
		.sending = PL_STRBUF_INIT,
	};

	if (!scan.arena)
		return pl_error_no_memory();
	PL_TRY(parse(&scan));
	scan_init(&scan);
	PL_TRY(check(&scan));
	scanner->clang->clang_visitChildren(
		scanner->clang->clang_getTranslationUnitCursor(scan.parsed), visit, &scan);
	PL_TRY(scan.error);
	put_result(&scan, output);
	return commit(&scan);
}
