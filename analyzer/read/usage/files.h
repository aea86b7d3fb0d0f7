/* SPDX-License-Identifier: MIT */
/* The files of a unit, and places in them. */
#ifndef PAGELAP_READ_USAGE_FILES_H
#define PAGELAP_READ_USAGE_FILES_H

#include "model/access.h"
#include "read/headers/clang_unit.h"
#include "support/cursor.h"
#include "support/idmap.h"

struct pl_code_file {
	const char *path;     /* absolute, or as the compiler was told */
	const char *name;     /* as seen from the roots */
	struct pl_bytes text; /* as it was parsed */
	bool guarded;	      /* it says by itself that it counts once a unit */
	bool is_main;	      /* the C file of the unit */
};

/* A position in a file: of what was written, macros not expanded. */
struct pl_position {
	const struct pl_code_file *file; /* NULL: in none */
	unsigned line, column, offset;
	bool expanded; /* a macro is there, that what was asked for came out of */
};

struct pl_code_files {
	const struct pl_clang *clang;
	CXTranslationUnit unit;
	const struct pl_roots *roots;
	struct pl_arena *arena; /* of the unit */
	const char *main_path;
	struct pl_idmap by_handle; /* set its arena */
};

struct pl_error *pl_code_files_position(struct pl_code_files *files, CXSourceLocation location,
					struct pl_position *ret) PL_MUST_CHECK;

/* The name at OFFSET of the text of FILE, in ARENA, into *RET; NULL where there is none. */
struct pl_error *pl_code_file_word(struct pl_arena *arena, const struct pl_code_file *file,
				   size_t offset, const char **ret) PL_MUST_CHECK;

/* Whether the text of FILE has WORD at OFFSET. */
bool pl_code_file_has(const struct pl_code_file *file, size_t offset, const char *word);

#endif
