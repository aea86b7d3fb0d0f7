/* SPDX-License-Identifier: MIT */
#include "read/usage/parse.h"

#include <string.h>

#include "support/file.h"
#include "support/hash.h"

/*
 * Adds the shortcuts that the unit does not speak against. *ALL is whether it
 * speaks against none: what defines code by including a header once more does
 * not find it in what is compiled already.
 */
static struct pl_error *add_shortcuts(const struct pl_parse_request *request,
				      struct pl_words *flags, bool *all)
{
	const struct pl_usage_rules *rules = request->rules;
	PL_CLEANUP(pl_file_close) struct pl_file file = {0};

	if (!request->text)
		PL_TRY(pl_file_open(request->file, &file));
	for (size_t i = 0; i < rules->n_shortcuts; i++) {
		const char *unless = rules->shortcuts[i].unless;

		if ((i < 64 && request->speaks >> i & 1) ||
		    (unless && file.bytes.data &&
		     memmem(file.bytes.data, file.bytes.size, unless, strlen(unless))))
			*all = false;
		else
			PL_TRY(pl_words_add(request->arena, flags, rules->shortcuts[i].flag));
	}
	return NULL;
}

static struct pl_error *add_flags(const struct pl_parse_request *request, struct pl_words *flags)
{
	for (size_t i = 0; i < request->flags->n; i++)
		PL_TRY(pl_words_add(request->arena, flags, request->flags->items[i]));
	return NULL;
}

/* *PRECOMPILED is what the flags make use of; NULL: of none. */
static struct pl_error *make_flags(const struct pl_parse_request *request, struct pl_words *flags,
				   const struct pl_precompiled **precompiled)
{
	const struct pl_precompiled *its = request->precompiled;
	struct pl_words shortcuts = {0};
	bool usable = its && pl_precompiled_fits(its, request->flags);

	if (request->rules)
		PL_TRY(add_shortcuts(request, &shortcuts, &usable));
	*precompiled = its && usable ? its : NULL;
	if (*precompiled) {
		PL_TRY(pl_words_add(request->arena, flags, "-include-pch"));
		PL_TRY(pl_words_add(request->arena, flags, its->path));
		PL_TRY(pl_precompiled_rest(request->arena, its, request->flags, flags));
	} else {
		PL_TRY(add_flags(request, flags));
	}
	for (size_t i = 0; i < shortcuts.n; i++)
		PL_TRY(pl_words_add(request->arena, flags, shortcuts.items[i]));
	PL_TRY(pl_words_add(request->arena, flags, "-w"));
	return pl_words_add(request->arena, flags, "-ferror-limit=0");
}

/* Texts in place of files; what is compiled already must not be given once more. */
static struct pl_error *make_unsaved(const struct pl_parse_request *request,
				     const struct pl_precompiled *precompiled,
				     struct CXUnsavedFile **list, unsigned *count)
{
	const struct pl_seen_headers *headers = request->headers;
	size_t most = (headers ? headers->n_list : 0) + 1;
	struct CXUnsavedFile *files = pl_arena_array(request->arena, most, sizeof(*files));

	*list = files;
	*count = 0;
	if (!files)
		return pl_error_no_memory();
	if (request->text)
		files[(*count)++] =
			(struct CXUnsavedFile){request->file, request->text, strlen(request->text)};
	for (size_t i = 0; headers && i < headers->n_list; i++)
		if (!precompiled ||
		    !pl_idmap_get(&precompiled->inputs, pl_hash_text(headers->list[i].Filename)))
			files[(*count)++] = headers->list[i];
	return NULL;
}

struct pl_error *pl_parse(const struct pl_parse_request *request, struct pl_parsed *ret)
{
	const struct pl_clang *clang = request->clang;
	const struct pl_precompiled *precompiled;
	struct CXUnsavedFile *unsaved;
	struct pl_words flags = {0};
	enum CXErrorCode code;
	unsigned count;

	PL_TRY(make_flags(request, &flags, &precompiled));
	PL_TRY(make_unsaved(request, precompiled, &unsaved, &count));
	ret->precompiled = precompiled;
	ret->index = clang->clang_createIndex(ret->precompiled, 0);
	code = clang->clang_parseTranslationUnit2(ret->index, request->file, flags.items,
						  (int)flags.n, unsaved, count, request->options,
						  &ret->unit);
	if (code != CXError_Success)
		return pl_error_new(PL_ERROR_UNREADABLE, "libclang %s cannot parse it (%d)",
				    clang->version, (int)code);
	return NULL;
}

static struct pl_error *describe(struct pl_code_files *files, CXDiagnostic diagnostic,
				 struct pl_missing *missing)
{
	const struct pl_clang *clang = files->clang;
	const char *message =
		pl_clang_text(clang, files->arena, clang->clang_getDiagnosticSpelling(diagnostic));
	struct pl_position at;

	if (!message)
		return pl_error_no_memory();
	PL_TRY(pl_code_files_position(files, clang->clang_getDiagnosticLocation(diagnostic), &at));
	PL_TRY(pl_missing_of_message(files->arena, message, at.file ? at.file->path : NULL,
				     missing));
	if (!at.file)
		return pl_error_new(PL_ERROR_UNREADABLE, "%s", message);
	return pl_error_new(PL_ERROR_UNREADABLE, "%s:%u: %s", at.file->name, at.line, message);
}

struct pl_error *pl_parse_check(struct pl_code_files *files, struct pl_missing *missing)
{
	const struct pl_clang *clang = files->clang;
	unsigned count = clang->clang_getNumDiagnostics(files->unit);
	struct pl_error *error = NULL;

	for (unsigned i = 0; i < count && !error; i++) {
		CXDiagnostic diagnostic = clang->clang_getDiagnostic(files->unit, i);

		if (clang->clang_getDiagnosticSeverity(diagnostic) >= CXDiagnostic_Error)
			error = describe(files, diagnostic, missing);
		clang->clang_disposeDiagnostic(diagnostic);
	}
	return error;
}

void pl_parsed_release(const struct pl_clang *clang, struct pl_parsed *parsed)
{
	if (parsed->unit)
		clang->clang_disposeTranslationUnit(parsed->unit);
	if (parsed->index)
		clang->clang_disposeIndex(parsed->index);
	*parsed = (struct pl_parsed){0};
}
