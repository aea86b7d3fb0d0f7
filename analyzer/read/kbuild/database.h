/* SPDX-License-Identifier: MIT */
/* compile_commands.json: how each file was compiled, as tools for editors want it. */
#ifndef PAGELAP_READ_KBUILD_DATABASE_H
#define PAGELAP_READ_KBUILD_DATABASE_H

#include "read/kbuild/words.h"
#include "support/cursor.h"

struct pl_database_entry {
	const char *directory; /* where the compiler was run; NULL: the database does not say */
	struct pl_words words; /* of the command */
};

/*
 * Chooses the entry of a C file from the database in TEXT: of those that fit
 * the first of the N globs in PREFERRED, each over the end of a path, the one
 * that comes first by name; without a glob that fits, of all of them.
 * PL_ERROR_UNREADABLE where TEXT is no such database, or holds no C file.
 */
struct pl_error *pl_database_choose(struct pl_arena *arena, struct pl_bytes text,
				    const char *const *preferred, size_t n,
				    struct pl_database_entry *ret) PL_MUST_CHECK;

/* What is done with an entry, which is of a C file. */
typedef struct pl_error *pl_database_take(void *context, const struct pl_database_entry *entry);

/* Calls TAKE with CONTEXT for every entry of a C file, in the order of the database. */
struct pl_error *pl_database_each(struct pl_arena *arena, struct pl_bytes text,
				  pl_database_take *take, void *context) PL_MUST_CHECK;

#endif
