/* SPDX-License-Identifier: MIT */
/*
 * A recipe: how the headers of a configured kernel tree are to be compiled,
 * as data. See rules/README.md for what each key of its JSON form means.
 *
 * In flags and paths "{source}", "{build}", "{srcarch}" and "{resource}" stand
 * for the source tree, the build directory, the architecture's directory below
 * arch/, and the compiler's own headers.
 *
 * A condition is the name of a configuration option, which must be y ("CONFIG_64BIT"),
 * or must not be ("!CONFIG_64BIT").
 */
#ifndef PAGELAP_MODEL_RECIPE_H
#define PAGELAP_MODEL_RECIPE_H

#include <stdbool.h>
#include <stddef.h>

#include "support/arena.h"

struct pl_recipe_arch {
	const char *name;    /* as reports call it: "x86_64" */
	const char *srcarch; /* its directory below arch/ */
	const char **when;   /* conditions that all hold for it */
	size_t n_when;
	const char *target;    /* for clang; NULL where it has none: then `untrusted` says so */
	unsigned bits;	       /* of a pointer */
	const char *untrusted; /* why clang's layout is not the kernel compiler's, or NULL */
};

/* Flags that are added when all conditions hold. */
struct pl_recipe_adjustment {
	const char *srcarch; /* NULL: any */
	const char **when;
	size_t n_when;
	const char **flags;
	size_t n_flags;
};

/* A size that the build has measured, to hold against what clang makes of the type. */
struct pl_recipe_size {
	const char *file; /* in the build directory */
	const char *macro;
	const char *type; /* as C spells it: "spinlock_t", "struct page" */
};

/* A file in the build directory that holds the release. */
struct pl_recipe_release {
	const char *file;
	const char *macro; /* what the file defines as it, a string; NULL: it is the first line */
};

/* What makes a directory a source tree, and how a build directory names its own. */
struct pl_recipe_source {
	const char *directory; /* a directory that is in it */
	const char *makefile;  /* a makefile in it; that of a build directory may include it */
	const char **version;  /* variables of the makefile: the numbers of the version, in order */
	size_t n_version;
	const char *extra; /* a variable with what follows the numbers, or NULL */
	const char *link;  /* in a build directory: a symbolic link to its source tree, or NULL */
};

struct pl_recipe {
	struct pl_arena *arena;	  /* owns everything below */
	const char *name, *title; /* the title may be NULL */
	const char *configured;	  /* of every configured build directory; may be a header */
	struct pl_recipe_source source;
	const char **config; /* the configuration, first that is there; in the build directory */
	size_t n_config;
	struct pl_recipe_release *release; /* best first */
	size_t n_release;
	const char **commands; /* globs in the build directory: what kbuild left behind */
	size_t n_commands;
	const char *database; /* a compilation database in the build directory, or NULL */
	const char **units;   /* globs: files of the database whose flags are taken, best first */
	size_t n_units;
	const char *kernel_macro; /* -D of what is kernel code; tools of the build lack it; NULL:
				     all is */
	const char **flags;	  /* without which nothing compiles; for any source of flags */
	size_t n_flags;
	const char **include; /* directories, where kbuild left no flags */
	size_t n_include;
	const char **forced; /* headers included first, where kbuild left no flags */
	size_t n_forced;
	struct pl_recipe_arch *archs; /* the first that fits counts */
	size_t n_archs;
	struct pl_recipe_adjustment *adjustments; /* all that fit count */
	size_t n_adjustments;
	const char *clang;	 /* the option that says that clang was configured for, or NULL */
	const char *word;	 /* the option that says that a word has 64 bits, or NULL */
	const char **randomised; /* options that randomise the layout of structures */
	size_t n_randomised;
	struct pl_recipe_size *sizes;
	size_t n_sizes;
	const char **scan_skip; /* globs of directories, from the source tree: nothing is there */
	size_t n_scan_skip;
};

#endif
