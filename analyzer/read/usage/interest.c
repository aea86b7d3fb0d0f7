/* SPDX-License-Identifier: MIT */
#include "read/usage/interest.h"

#include <string.h>

static const char *look_up(const struct pl_interest *interest, CXCursor declaration)
{
	const struct pl_clang *clang = interest->clang;
	enum CXCursorKind kind = clang->clang_getCursorKind(declaration);
	const char *found = NULL, *name;
	CXString text;

	if (kind != CXCursor_StructDecl && kind != CXCursor_UnionDecl)
		return NULL;
	text = clang->clang_getCursorSpelling(declaration);
	name = clang->clang_getCString(text);
	for (size_t i = 0; name && i < interest->n_records && !found; i++)
		if (!strcmp(name, interest->records[i]))
			found = interest->records[i];
	clang->clang_disposeString(text);
	return found;
}

const char *pl_interest_record(const struct pl_interest *interest, CXType type)
{
	const struct pl_clang *clang = interest->clang;

	type = clang->clang_getCanonicalType(type);
	if (type.kind != CXType_Record)
		return NULL;
	return look_up(interest, clang->clang_getTypeDeclaration(type));
}

const char *pl_interest_pointee(const struct pl_interest *interest, CXType type)
{
	const struct pl_clang *clang = interest->clang;

	type = clang->clang_getCanonicalType(type);
	if (type.kind != CXType_Pointer)
		return NULL;
	return pl_interest_record(interest, clang->clang_getPointeeType(type));
}

/* The record whose field DECLARATION is, past the unnamed ones that it stands in. */
static const char *record_of(const struct pl_interest *interest, CXCursor declaration)
{
	const struct pl_clang *clang = interest->clang;
	CXCursor record = clang->clang_getCursorSemanticParent(declaration);

	while (clang->clang_Cursor_isAnonymousRecordDecl(record))
		record = clang->clang_getCursorSemanticParent(record);
	return look_up(interest, record);
}

static struct pl_error *describe(struct pl_interest *interest, CXCursor declaration,
				 struct pl_field_info **ret)
{
	const struct pl_clang *clang = interest->clang;
	struct pl_field_info *info = pl_arena_alloc(interest->arena, sizeof(*info));
	const char *name =
		pl_clang_text(clang, interest->arena, clang->clang_getCursorSpelling(declaration));

	if (!info || !name)
		return pl_error_no_memory();
	info->declaration = declaration;
	info->name = strpbrk(name, " (:") ? "" : name;
	info->record = record_of(interest, declaration);
	info->holds = pl_interest_record(interest, clang->clang_getCursorType(declaration));
	*ret = info;
	return NULL;
}

struct pl_error *pl_interest_field(struct pl_interest *interest, CXCursor declaration,
				   const struct pl_field_info **ret)
{
	const struct pl_clang *clang = interest->clang;
	uint64_t hash = clang->clang_hashCursor(declaration);
	struct pl_field_info *first = pl_idmap_get(&interest->fields, hash), *info;

	for (info = first; info; info = info->next) {
		if (clang->clang_equalCursors(info->declaration, declaration)) {
			*ret = info;
			return NULL;
		}
	}
	PL_TRY(describe(interest, declaration, &info));
	*ret = info;
	if (!first)
		return pl_idmap_put(&interest->fields, hash, info);
	info->next = first->next;
	first->next = info;
	return NULL;
}
