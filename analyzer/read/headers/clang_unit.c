/* SPDX-License-Identifier: MIT */
#include "read/headers/clang_unit.h"

#include <string.h>

#include "read/headers/assertion_text.h"
#include "read/headers/constant_text.h"
#include "read/paths.h"

/* What is wrong beyond failed assertions. */
struct problems {
	size_t count;
	const char *first;
};

const char *pl_roots_below(const struct pl_roots *roots, struct pl_arena *arena, const char *path)
{
	PL_CLEANUP(pl_strbuf_release) struct pl_strbuf plain = PL_STRBUF_INIT;
	const char *below;

	pl_path_join("", path, &plain);
	below = pl_path_below(roots->source, plain.text);
	if (below == plain.text)
		below = pl_path_below(roots->build, plain.text);
	return pl_strbuf_failed(&plain) ? NULL : pl_arena_strdup(arena, below);
}

struct pl_error *pl_unit_place(const struct pl_unit *unit, CXSourceLocation location,
			       struct pl_place *ret)
{
	const struct pl_clang *clang = unit->clang;
	const char *path;
	CXFile file;

	*ret = (struct pl_place){0};
	clang->clang_getExpansionLocation(location, &file, &ret->line, NULL, NULL);
	if (!file)
		return NULL;
	path = pl_clang_text(clang, unit->arena, clang->clang_getFileName(file));
	ret->file = path ? pl_roots_below(unit->roots, unit->arena, path) : NULL;
	return ret->file ? NULL : pl_error_no_memory();
}

/* Where something is said of, in the file that it is in. */
struct surroundings {
	struct pl_bytes text; /* empty if that is not known */
	size_t offset;
	bool of_unit; /* the text is that of the unit, not of what it includes */
};

static bool is_named(const struct pl_clang *clang, CXFile file, const char *path)
{
	CXString name = clang->clang_getFileName(file);
	const char *text = clang->clang_getCString(name);
	bool same = text && !strcmp(text, path);

	clang->clang_disposeString(name);
	return same;
}

static struct surroundings look_around(const struct pl_unit *unit, CXSourceLocation location)
{
	const struct pl_clang *clang = unit->clang;
	struct surroundings around = {0};
	unsigned offset = 0;
	CXFile file;

	clang->clang_getExpansionLocation(location, &file, NULL, NULL, &offset);
	if (!file)
		return around;
	around.text.data = (const unsigned char *)clang->clang_getFileContents(unit->unit, file,
									       &around.text.size);
	if (!around.text.data)
		return (struct surroundings){0};
	around.offset = offset;
	around.of_unit = is_named(clang, file, unit->path);
	return around;
}

/* Whether something is wrong with a constant of the probe, and nothing else; and which one. */
static bool is_constant(const struct surroundings *around, enum CXDiagnosticSeverity severity,
			size_t *index)
{
	return severity == CXDiagnostic_Error && around->of_unit &&
	       pl_constant_at(around->text, around->offset, index);
}

static struct pl_error *add_spoiled(struct pl_unit *unit, size_t index)
{
	size_t *spoiled = pl_arena_grow(unit->arena, unit->spoiled, unit->n_spoiled,
					&unit->spoiled_capacity, sizeof(*spoiled));

	if (!spoiled)
		return pl_error_no_memory();
	unit->spoiled = spoiled;
	spoiled[unit->n_spoiled++] = index;
	return NULL;
}

static struct pl_error *add_failure(struct pl_unit *unit, const char *message,
				    struct pl_place place)
{
	struct pl_unit_failure *failures =
		pl_arena_grow(unit->arena, unit->failures, unit->n_failures,
			      &unit->failures_capacity, sizeof(*failures));

	if (!failures)
		return pl_error_no_memory();
	unit->failures = failures;
	failures[unit->n_failures++] = (struct pl_unit_failure){message, place};
	return NULL;
}

/* In the words of clang up to 15, and since. Also where the macro is of another file. */
static bool says_assertion(const char *message)
{
	static const char *const begins[] = {"static_assert failed", "static assertion failed"};

	for (size_t i = 0; i < sizeof(begins) / sizeof(*begins); i++)
		if (!strncmp(message, begins[i], strlen(begins[i])))
			return true;
	return false;
}

static struct pl_error *sort_diagnostic(struct pl_unit *unit, CXDiagnostic diagnostic,
					struct problems *problems)
{
	const struct pl_clang *clang = unit->clang;
	enum CXDiagnosticSeverity severity = clang->clang_getDiagnosticSeverity(diagnostic);
	CXSourceLocation location = clang->clang_getDiagnosticLocation(diagnostic);
	struct surroundings around;
	struct pl_place place;
	const char *message;
	size_t index;

	if (severity < CXDiagnostic_Error)
		return NULL;
	around = look_around(unit, location);
	if (is_constant(&around, severity, &index))
		return add_spoiled(unit, index);
	message = pl_clang_text(clang, unit->arena, clang->clang_getDiagnosticSpelling(diagnostic));
	if (!message)
		return pl_error_no_memory();
	PL_TRY(pl_unit_place(unit, location, &place));
	/* Bodies of functions are not parsed, so it is one at file scope. */
	if (severity == CXDiagnostic_Error &&
	    (says_assertion(message) ||
	     (around.text.size && pl_text_is_assertion(around.text, around.offset))))
		return add_failure(unit, message, place);
	if (problems->count++)
		return NULL;
	problems->first = place.file ? pl_arena_printf(unit->arena, "%s:%u: %s", place.file,
						       place.line, message)
				     : message;
	return problems->first ? NULL : pl_error_no_memory();
}

static bool ends(const char *text, const char *end)
{
	size_t length = strlen(text), wanted = strlen(end);

	return length >= wanted && !strcmp(text + length - wanted, end);
}

static struct pl_error *sort_diagnostics(struct pl_unit *unit)
{
	unsigned count = unit->clang->clang_getNumDiagnostics(unit->unit);
	struct problems problems = {0};

	for (unsigned i = 0; i < count; i++) {
		CXDiagnostic diagnostic = unit->clang->clang_getDiagnostic(unit->unit, i);
		struct pl_error *error = sort_diagnostic(unit, diagnostic, &problems);

		unit->clang->clang_disposeDiagnostic(diagnostic);
		PL_TRY(error);
	}
	if (problems.count && ends(problems.first, "file not found"))
		return pl_error_new(
			PL_ERROR_UNREADABLE,
			"%s: the build directory is not prepared (`make prepare`), or the "
			"source tree is not whole",
			problems.first);
	if (problems.count > 1)
		return pl_error_new(PL_ERROR_UNREADABLE, "%s (the first of %zu errors)",
				    problems.first, problems.count);
	if (problems.count)
		return pl_error_new(PL_ERROR_UNREADABLE, "%s", problems.first);
	return NULL;
}

static const char *error_name(enum CXErrorCode code)
{
	switch (code) {
	case CXError_Crashed:
		return "it crashed";
	case CXError_InvalidArguments:
		return "it does not understand its flags";
	case CXError_ASTReadError:
		return "it cannot read its own data";
	default:
		return "it gives no reason";
	}
}

struct pl_error *pl_unit_parse(const struct pl_clang *clang, struct pl_arena *arena,
			       const struct pl_roots *roots, const char *const *flags,
			       size_t n_flags, const char *name, const char *text,
			       struct pl_unit *ret)
{
	const char *path = pl_arena_printf(arena, "%s/%s", roots->build, name);
	struct CXUnsavedFile file = {path, text, strlen(text)};
	enum CXErrorCode code;

	*ret = (struct pl_unit){.clang = clang, .arena = arena, .roots = roots, .path = path};
	if (!path)
		return pl_error_no_memory();
	ret->index = clang->clang_createIndex(0, 0);
	code = clang->clang_parseTranslationUnit2(ret->index, path, flags, (int)n_flags, &file, 1,
						  CXTranslationUnit_SkipFunctionBodies, &ret->unit);
	if (code != CXError_Success)
		return pl_error_new(PL_ERROR_UNREADABLE, "libclang %s cannot parse it: %s",
				    clang->version, error_name(code));
	return sort_diagnostics(ret);
}

void pl_unit_release(struct pl_unit *unit)
{
	if (unit->unit)
		unit->clang->clang_disposeTranslationUnit(unit->unit);
	if (unit->index)
		unit->clang->clang_disposeIndex(unit->index);
	unit->unit = NULL;
	unit->index = NULL;
}
