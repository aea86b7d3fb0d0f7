/* SPDX-License-Identifier: MIT */
/*
 * What a C file looks like it could be about, from its words alone: nothing is
 * included, expanded or left out by an #if. It says more than is true, and
 * must not say less.
 */
#ifndef PAGELAP_READ_USAGE_TEXT_FACTS_H
#define PAGELAP_READ_USAGE_TEXT_FACTS_H

#include <stdbool.h>

#include "support/cursor.h"
#include "support/idmap.h"

/* The words that count. */
struct pl_text_words {
	struct pl_arena *arena;
	const char *const *records; /* names; words that contain one count too */
	size_t n_records;
	bool is_unit; /* the text is no header: what its functions return is its own matter */
	struct pl_idmap fields; /* names of fields, by hash: those that follow "->" or "." */
	struct pl_idmap lists;	/* those that have parts: macros are given their bare names */
	struct pl_idmap
		reaching; /* macros, and functions that return addresses, that use a field */
	struct pl_idmap entrances; /* functions and types that are a pointer to a record */
	struct pl_idmap whole;	   /* functions that are given all of what is at an address */
	struct pl_idmap renames;   /* macros that are a field where one is named */
	struct pl_idmap selecting; /* macros that are given the name of a field */
	struct pl_idmap loose;	   /* macros that use a field of whatever they are given */
	struct pl_idmap members; /* of other records, that are one: those that follow "->" or "." */
};

struct pl_text_include {
	const char *name;
	bool quoted;
};

/* Names, as hashes. */
struct pl_text_names {
	uint64_t *list;
	size_t n, capacity;
};

/* A macro, or a function that returns an address, with the words in its body. */
struct pl_text_body {
	uint64_t name; /* as hashes */
	bool is_macro;
	bool record, field; /* a word of the kind is in it */
	bool selects;	    /* a member is what it is given, as of a macro */
	struct pl_text_names words;
	struct pl_text_body *next;
	struct pl_text_body *also; /* another name of it, or NULL */
};

struct pl_text_facts {
	bool record, field;	  /* a word of the kind is in it */
	bool reaches;		  /* so is one that reaches a field; once those are known */
	struct pl_idmap pointers; /* names that it declares as a pointer to a record */
	struct pl_text_include *includes;
	size_t n_includes, capacity;
	bool unfollowed;	      /* it includes what a macro names */
	bool guarded;		      /* it begins with a test that lets it count once */
	struct pl_text_names defines; /* macros that it defines, or undefines */
	size_t n_early;		      /* of those: how many come before its last #include */
	struct pl_text_names tests;   /* words in conditions of #if */
};

/* Makes WORDS ready, without a word in them. */
void pl_text_words_begin(struct pl_text_words *words, struct pl_arena *arena);

/*
 * Reads TEXT: what it is about into RET, whose lists live in words->arena;
 * bodies in it are put before *BODIES, and what it declares is added to the
 * entrances of WORDS.
 */
struct pl_error *pl_text_facts(struct pl_text_words *words, struct pl_bytes text,
			       struct pl_text_body **bodies,
			       struct pl_text_facts *ret) PL_MUST_CHECK;

/*
 * Fills words->reaching from BODIES: those that use a field and speak of a record, or use
 * something that does. Macros that speak of a record are entrances too.
 */
struct pl_error *pl_text_reach(struct pl_text_words *words,
			       const struct pl_text_body *bodies) PL_MUST_CHECK;

/* Whether TEXT has a word that reaches a field, and one that is an entrance or about a record. */
void pl_text_look_again(const struct pl_text_words *words, struct pl_bytes text,
			struct pl_text_facts *facts);

/* Puts the words of TEXT that are in WANTED, both as hashes, into RET. */
struct pl_error *pl_text_mentions(struct pl_bytes text, const struct pl_idmap *wanted,
				  struct pl_idmap *ret) PL_MUST_CHECK;

#endif
