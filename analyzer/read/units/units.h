/* SPDX-License-Identifier: MIT */
/*
 * The C files of one kernel build, each with the flags it is compiled with. A
 * built tree has them in its .cmd files; a tree that was only prepared has
 * none, but can say what it would do: the output of `make -n V=1`. Nothing of
 * the tree is ever run.
 */
#ifndef PAGELAP_READ_UNITS_UNITS_H
#define PAGELAP_READ_UNITS_UNITS_H

#include "read/kbuild/flags.h"
#include "read/kbuild/kbuild.h"

/* One compilation of one C file; a file that is compiled twice is two units. */
struct pl_code_unit {
	const char *file;      /* absolute */
	struct pl_words flags; /* for clang; no file, no output, no -c */
};

struct pl_code_units {
	struct pl_code_unit *list; /* by file, then by flags; no two are the same */
	size_t n, capacity;
	struct pl_words outside; /* C files of the kernel that are below neither half of the tree */
};

/*
 * Finds the units of the tree KBUILD. MAKE_LOG is a file with what `make -n
 * V=1 -k vmlinux modules` printed; NULL: the compilation database that the
 * recipe names if it is there, else the .cmd files below the build directory.
 * Files outside of both halves of the tree, as of one that was moved after it
 * was built, are no units, but listed, by name. Tools for the machine that
 * builds (`skip` of the recipe's units) are left out. RET lives in ARENA.
 *
 * PL_ERROR_UNREADABLE where nothing there tells of any unit.
 */
struct pl_error *pl_units_find(struct pl_arena *arena, const struct pl_kbuild *kbuild,
			       const struct pl_recipe *recipe, const char *make_log,
			       struct pl_code_units *ret) PL_MUST_CHECK;

/*
 * Keeps slice SHARD, from 1, of SHARDS: every SHARDS-th unit, so that all take
 * about as long, and every SHARDS-th file outside.
 */
void pl_units_keep_shard(struct pl_code_units *units, unsigned shard, unsigned shards);

#endif
