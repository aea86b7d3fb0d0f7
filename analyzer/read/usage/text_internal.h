/* SPDX-License-Identifier: MIT */
/* What reading a text for its words needs in more than one place. */
#ifndef PAGELAP_READ_USAGE_TEXT_INTERNAL_H
#define PAGELAP_READ_USAGE_TEXT_INTERNAL_H

#include "read/usage/text_facts.h"

/* How far the words have come on the way to "struct RECORD *name"; LISTED: "*name,". */
enum pl_text_declaration {
	PL_TEXT_NOTHING,
	PL_TEXT_KEYWORD,
	PL_TEXT_RECORD,
	PL_TEXT_LISTED,
	PL_TEXT_POINTER
};

struct pl_text_reading {
	struct pl_text_words *words;
	struct pl_bytes text;
	size_t at;
	struct pl_text_body **bodies;
	struct pl_text_facts *facts;
	unsigned braces, parentheses;
	bool in_code;	      /* the outermost braces are those of a function */
	bool in_record;	      /* they are those of a record that is looked for */
	unsigned char before; /* the last sign that was no blank; 0: it was a word */
	bool names_record;    /* that word was the name of a record that is looked for */
	bool line_begins;
	bool begun;   /* something was there that is no comment */
	bool testing; /* it is in the condition of an #if */
	enum pl_text_declaration declaration;
	unsigned stars;		       /* of that declaration */
	bool points_to_function;       /* it has come to "struct RECORD *(*" */
	bool after_operand, is_cast;   /* what is before the last "(" is no operator; it is none */
	bool after_star, after_member; /* the last thing that was no blank was "*"; "->" or "." */
	bool returns_pointer;	       /* what is declared outside of all braces */
	uint64_t outermost;	       /* the name before the last "(" there */
	bool about_record;	       /* so is what is declared there */
	struct pl_text_names parameters; /* of the macro */
	struct pl_text_body *function; /* a pointer is returned by what begins here, or has begun */
	struct pl_text_body *macro;    /* whose definition this is */
};

/* Whether WORD, of LENGTH, has the name of a record in it, is one, or is WANTED. */
bool pl_text_is_about_record(const struct pl_text_words *words, const unsigned char *word,
			     size_t length);
bool pl_text_is_record(const struct pl_text_words *words, const unsigned char *word, size_t length);
bool pl_text_is_word(const unsigned char *word, size_t length, const char *wanted);

/* The sign, or the first byte of the word, that comes next in the line; 0: the text ends. */
unsigned char pl_text_next_sign(const struct pl_text_reading *reading);

/* Notes what the word that was just read, or SIGN, is in a declaration of a record. */
struct pl_error *pl_text_declare(struct pl_text_reading *reading, const unsigned char *word,
				 size_t length, uint64_t hash) PL_MUST_CHECK;
void pl_text_declare_sign(struct pl_text_reading *reading, unsigned char sign);

/* Whether the word uses all of a record: "*page", sizeof(struct page), memset(page, ...). */
bool pl_text_uses_whole(const struct pl_text_reading *reading, const unsigned char *word,
			size_t length, uint64_t hash);

/* A word among the arguments of a call; IS_ALL: it is an argument, and nothing else. */
typedef bool pl_text_argument(const void *context, struct pl_bytes word, bool is_all);

/* Whether FITS one of those of the call whose name ends at AT. */
bool pl_text_has_argument(struct pl_bytes text, size_t at, pl_text_argument *fits,
			  const void *context);

/* The same as pl_hash_text(), of LENGTH bytes. */
uint64_t pl_text_hash(const unsigned char *word, size_t length);

/* Where the comment or the string at AT ends; AT itself if there is none. */
size_t pl_text_skip(struct pl_bytes text, size_t at);

/* Takes the next word at or after *AT, which is then behind it; false: there is none. */
bool pl_text_next_word(struct pl_bytes text, size_t *at, struct pl_bytes *ret);

/* Puts HASH into MAP, if it is not there. */
struct pl_error *pl_text_put(struct pl_idmap *map, uint64_t hash) PL_MUST_CHECK;

#endif
