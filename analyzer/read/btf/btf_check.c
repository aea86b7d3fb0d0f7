/* SPDX-License-Identifier: MIT */
#include <endian.h>
#include <linux/btf.h>
#include <string.h>

#include "read/btf/btf_raw.h"

/* Kinds that the headers of some systems do not know yet. */
enum { KIND_FLOAT = 16, KIND_DECL_TAG, KIND_TYPE_TAG, KIND_ENUM64 };

/*
 * What follows the three words that every type begins with, name, info, and
 * its size or the type it refers to: some words, of which the first may be
 * type ids, then `vlen` elements of some words. An element begins with a name,
 * a type id, or both in this order.
 */
struct kind {
	bool known, refers;
	unsigned char words, type_words;
	unsigned char element_words;
	bool element_name, element_type;
};

static const struct kind kinds[] = {
	[BTF_KIND_INT] = {.known = true, .words = 1},
	[BTF_KIND_PTR] = {.known = true, .refers = true},
	[BTF_KIND_ARRAY] = {.known = true, .words = 3, .type_words = 2},
	[BTF_KIND_STRUCT] = {true, .element_words = 3, .element_name = true, .element_type = true},
	[BTF_KIND_UNION] = {true, .element_words = 3, .element_name = true, .element_type = true},
	[BTF_KIND_ENUM] = {.known = true, .element_words = 2, .element_name = true},
	[BTF_KIND_FWD] = {.known = true},
	[BTF_KIND_TYPEDEF] = {.known = true, .refers = true},
	[BTF_KIND_VOLATILE] = {.known = true, .refers = true},
	[BTF_KIND_CONST] = {.known = true, .refers = true},
	[BTF_KIND_RESTRICT] = {.known = true, .refers = true},
	[BTF_KIND_FUNC] = {.known = true, .refers = true}, /* its vlen is the linkage */
	[BTF_KIND_FUNC_PROTO] = {true, true, .element_words = 2, .element_name = true,
				 .element_type = true},
	[BTF_KIND_VAR] = {.known = true, .refers = true, .words = 1},
	[BTF_KIND_DATASEC] = {.known = true, .element_words = 3, .element_type = true},
	[KIND_FLOAT] = {.known = true},
	[KIND_DECL_TAG] = {.known = true, .refers = true, .words = 1},
	[KIND_TYPE_TAG] = {.known = true, .refers = true},
	[KIND_ENUM64] = {.known = true, .element_words = 3, .element_name = true},
};

enum {
	TYPE_WORDS = 3,
	UNUSED_INFO = 0x60ff0000, /* bits of the info word that mean nothing so far */
	INT_BYTES_MAX = 16,
};

struct walk {
	const unsigned char *at; /* the next word */
	size_t left;		 /* words */
	bool big_endian;
	uint64_t names;	   /* name offsets lie below */
	uint64_t id;	   /* of the type at hand */
	uint32_t highest;  /* type id that anything refers to */
	uint64_t referrer; /* the type that does */
};

/* This is where the time goes, hence no cursor. */
static uint32_t word(const struct walk *w, size_t index)
{
	uint32_t value;

	memcpy(&value, w->at + 4 * index, sizeof(value));
	return w->big_endian ? be32toh(value) : le32toh(value);
}

static void refer(struct walk *w, uint32_t id)
{
	if (id > w->highest) {
		w->highest = id;
		w->referrer = w->id;
	}
}

static struct pl_error *broken(const struct walk *w, const char *problem)
{
	return pl_error_new(PL_ERROR_UNREADABLE, "type [%ju] %s", (uintmax_t)w->id, problem);
}

static struct pl_error *check_int(const struct walk *w, uint32_t size, uint32_t encoding)
{
	uint32_t bits = BTF_INT_BITS(encoding) + BTF_INT_OFFSET(encoding);

	if (size > INT_BYTES_MAX || bits > size * 8)
		return broken(w, "is an integer of an absurd size");
	return NULL;
}

static struct pl_error *check_elements(struct walk *w, const struct kind *kind, size_t count)
{
	for (size_t i = 0; i < count; i++, w->at += 4 * kind->element_words) {
		if (kind->element_name && word(w, 0) >= w->names)
			return broken(w, "has a member whose name lies outside of the strings");
		if (kind->element_type)
			refer(w, word(w, kind->element_name));
	}
	w->left -= count * kind->element_words;
	return NULL;
}

static struct pl_error *check_type(struct walk *w)
{
	uint32_t info, number;
	const struct kind *kind;
	size_t words;

	if (w->left < TYPE_WORDS)
		return broken(w, "is cut short");
	info = word(w, 1);
	number = BTF_INFO_KIND(info);
	kind = number < sizeof(kinds) / sizeof(*kinds) ? &kinds[number] : &kinds[0];
	if (!kind->known || info & UNUSED_INFO)
		return broken(w, "is of an unknown kind");
	if (word(w, 0) >= w->names)
		return broken(w, "has a name outside of the strings");
	words = TYPE_WORDS + kind->words + (size_t)kind->element_words * BTF_INFO_VLEN(info);
	if (words > w->left)
		return broken(w, "is cut short");
	if (kind->refers)
		refer(w, word(w, 2));
	for (size_t i = 0; i < kind->type_words; i++)
		refer(w, word(w, TYPE_WORDS + i));
	if (number == BTF_KIND_INT)
		PL_TRY(check_int(w, word(w, 2), word(w, 3)));
	w->at += 4 * (TYPE_WORDS + kind->words);
	w->left -= TYPE_WORDS + kind->words;
	return check_elements(w, kind, kind->element_words ? BTF_INFO_VLEN(info) : 0);
}

struct pl_error *pl_btf_check(const struct pl_btf_raw *raw, struct pl_btf_extent base,
			      struct pl_btf_extent *ret)
{
	struct walk w = {
		.at = raw->types.data,
		.left = raw->types.size / 4,
		.big_endian = raw->big_endian,
		.names = base.strings + raw->strings.size,
		.id = base.types,
	};

	for (; w.left; w.id++)
		PL_TRY(check_type(&w));
	if (w.highest >= w.id)
		return pl_error_new(PL_ERROR_UNREADABLE,
				    "type [%ju] refers to type [%u], which does not exist",
				    (uintmax_t)w.referrer, w.highest);
	*ret = (struct pl_btf_extent){w.id, w.names};
	return NULL;
}
