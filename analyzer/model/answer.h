/* SPDX-License-Identifier: MIT */
/*
 * What somebody wants to know of the code of all targets, and the answer.
 * Plain data in the report's arena; targets are indices into the report's.
 */
#ifndef PAGELAP_MODEL_ANSWER_H
#define PAGELAP_MODEL_ANSWER_H

#include "model/access.h"
#include "model/overlay.h"

/* What accesses are put together by. */
enum pl_by { PL_BY_FIELD, PL_BY_FUNCTION, PL_BY_FILE, PL_BY_DIRECTORY, PL_BY_ARCH, PL_BY_COUNT };

/* Parts of an answer. */
enum pl_show {
	PL_SHOW_USES,	/* accesses with their places */
	PL_SHOW_COUNTS, /* how many there are */
	PL_SHOW_IDLE,	/* members that code makes no full use of */
	PL_SHOW_NAMES,	/* bytes that one directory reaches under the names of two records */
	PL_SHOW_SINGLE, /* fields that code of one architecture only uses */
	PL_SHOW_COUNT
};

struct pl_globs {
	const char **list; /* as of fnmatch(3), where '*' fits '/' too */
	size_t count;	   /* none: everything fits */
};

/* Accesses that fit all of it. Within a list, one entry has to fit. */
struct pl_question {
	enum pl_by by[PL_BY_COUNT]; /* the first is the outermost; each at most once */
	size_t n_by;
	struct pl_globs fields; /* over RECORD.FIELD, the field's path, its last component, or
				   the path of a record around it */
	struct pl_globs records;
	struct pl_globs paths; /* over the file, or a directory that it is in */
	struct pl_globs functions;
	unsigned kinds; /* bits 1 << enum pl_access_kind; 0: any */
	bool of_byte;	/* only those about one byte of the host */
	size_t page;
	uint64_t byte;
	unsigned show; /* bits 1 << enum pl_show */
};

/* One access, which the code of several targets may have in common. */
struct pl_use {
	const struct pl_access *access; /* as the first of them has it */
	size_t *targets;		/* ascending, one at least */
	size_t n_targets;
};

struct pl_use_group {
	enum pl_by by;
	const char *key;	   /* "page.index", "mm/swap.c", "s390x" ... */
	const char *function;	   /* of a function: its name; NULL at file scope */
	const struct pl_use *uses; /* all that are in it */
	size_t n_uses;
	size_t counts[PL_ACCESS_KIND_COUNT];
	size_t *targets; /* of all its uses, ascending */
	size_t n_targets;
	struct pl_use_group *groups; /* what it is divided into; none: nothing more was asked for */
	size_t n_groups;
};

/* Bytes that one directory reaches under the names of several records. */
struct pl_shared_bytes {
	const char *directory;
	struct pl_bit_range range; /* on the first of the targets */
	const char **names;	   /* RECORD.FIELD, sorted */
	size_t n_names;
	size_t *targets; /* ascending */
	size_t n_targets;
};

/* A field that code of one architecture only uses. */
struct pl_single_use {
	const char *name; /* RECORD.FIELD */
	const char *arch;
	size_t uses;
};

/* What a byte of the host is called. */
struct pl_byte_names {
	const char **names; /* RECORD.FIELD: the host's, then those of overlays */
	size_t n_names;
	size_t *targets; /* ascending */
	size_t n_targets;
};

struct pl_answers {
	const struct pl_question *question;
	size_t *asked; /* the targets whose code was looked at, ascending */
	size_t n_asked;
	struct pl_use_group *groups;
	size_t n_groups;
	struct pl_shared_bytes *names; /* by directory, then by where they are */
	size_t n_names;
	struct pl_single_use *singles; /* by architecture, then by where they are */
	size_t n_singles;
	struct pl_byte_names *bytes; /* by their first target; none unless of_byte */
	size_t n_bytes;
};

/* "field", "function" ...; "uses", "counts" ...; and back: false if there is none. */
const char *pl_by_name(enum pl_by by);
bool pl_by_parse(const char *name, enum pl_by *ret);
const char *pl_show_name(enum pl_show show);
bool pl_show_parse(const char *name, enum pl_show *ret);

#endif
