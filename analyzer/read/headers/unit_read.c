/* SPDX-License-Identifier: MIT */
#include "read/headers/unit_read.h"

#include <stdlib.h>
#include <string.h>

#include "read/headers/constant_text.h"
#include "read/headers/probe.h"

struct pass {
	const struct pl_unit *unit;
	struct pl_unit_contents *contents;
	struct pl_error *error;
};

static void note_record(struct pass *pass, CXCursor cursor, const char *name)
{
	const struct pl_clang *clang = pass->unit->clang;

	for (size_t i = 0; i < pass->contents->n_records; i++) {
		struct pl_unit_record *record = &pass->contents->records[i];

		if (record->found || strcmp(record->name, name) ||
		    !clang->clang_isCursorDefinition(cursor))
			continue;
		record->found = true;
		record->cursor = cursor;
	}
}

static void note_array(struct pass *pass, CXCursor cursor, const char *name)
{
	const struct pl_clang *clang = pass->unit->clang;
	struct pl_unit_contents *contents = pass->contents;
	long long length;
	size_t index;

	if (strncmp(name, PL_PROBE_SIZE, strlen(PL_PROBE_SIZE)) && strcmp(name, PL_PROBE_ENDIAN))
		return;
	length = clang->clang_getArraySize(clang->clang_getCursorType(cursor));
	if (!strcmp(name, PL_PROBE_ENDIAN)) {
		contents->endian = (unsigned)length;
		return;
	}
	index = strtoul(name + strlen(PL_PROBE_SIZE), NULL, 10);
	if (index < contents->n_sizes && length > 0)
		contents->sizes[index] = (uint64_t)length;
}

static struct pl_error *note_constant(struct pass *pass, CXCursor cursor, const char *name)
{
	struct pl_unit_contents *contents = pass->contents;
	size_t index;

	if (!pl_constant_index(name, &index) || index >= contents->n_constants)
		return NULL;
	return pl_constant_read(pass->unit, cursor, index, &contents->constants[index]);
}

static enum CXChildVisitResult visit(CXCursor cursor, CXCursor parent, CXClientData data)
{
	struct pass *pass = data;
	const struct pl_clang *clang = pass->unit->clang;
	enum CXCursorKind kind = clang->clang_getCursorKind(cursor);
	CXString name;

	(void)parent;
	if (kind == CXCursor_StaticAssert) {
		pass->error = pl_assertion_read(pass->unit, cursor, &pass->contents->assertions);
	} else if (kind == CXCursor_StructDecl || kind == CXCursor_UnionDecl ||
		   kind == CXCursor_VarDecl || kind == CXCursor_EnumDecl) {
		name = clang->clang_getCursorSpelling(cursor);
		if (kind == CXCursor_VarDecl)
			note_array(pass, cursor, clang->clang_getCString(name));
		else if (kind == CXCursor_EnumDecl)
			pass->error = note_constant(pass, cursor, clang->clang_getCString(name));
		else
			note_record(pass, cursor, clang->clang_getCString(name));
		clang->clang_disposeString(name);
	}
	return pass->error ? CXChildVisit_Break : CXChildVisit_Continue;
}

struct pl_error *pl_unit_read(const struct pl_unit *unit, struct pl_unit_contents *contents)
{
	struct pass pass = {unit, contents, NULL};

	unit->clang->clang_visitChildren(unit->clang->clang_getTranslationUnitCursor(unit->unit),
					 visit, &pass);
	return pass.error;
}

struct inclusion {
	const struct pl_unit *unit;
	const char *file;
	bool found;
};

/* A file below the build directory may have the name of one below the source tree. */
static void compare_inclusion(CXFile file, CXSourceLocation *stack, unsigned depth,
			      CXClientData data)
{
	struct inclusion *inclusion = data;
	const struct pl_clang *clang = inclusion->unit->clang;
	const char *slash = strrchr(inclusion->file, '/');
	const char *base = slash ? slash + 1 : inclusion->file, *below;
	CXString name;
	const char *path;

	(void)stack;
	(void)depth;
	if (inclusion->found)
		return;
	name = clang->clang_getFileName(file);
	path = clang->clang_getCString(name);
	if (path && strlen(path) > strlen(base) &&
	    !strcmp(path + strlen(path) - strlen(base), base)) {
		below = pl_roots_below(inclusion->unit->roots, inclusion->unit->arena, path);
		inclusion->found = below && !strcmp(below, inclusion->file);
	}
	clang->clang_disposeString(name);
}

bool pl_unit_includes(const struct pl_unit *unit, const char *file)
{
	struct inclusion inclusion = {unit, file, false};

	unit->clang->clang_getInclusions(unit->unit, compare_inclusion, &inclusion);
	return inclusion.found;
}
