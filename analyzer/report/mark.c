/* SPDX-License-Identifier: MIT */
#include "report/mark.h"

static const enum pl_mark relation_marks[PL_RELATION_COUNT] = {
	[PL_RELATION_PINNED] = PL_MARK_PINNED,	 [PL_RELATION_ALIGNED] = PL_MARK_ALIGNED,
	[PL_RELATION_PARTIAL] = PL_MARK_PARTIAL, [PL_RELATION_SPANNING] = PL_MARK_SPANNING,
	[PL_RELATION_BEYOND] = PL_MARK_BEYOND,	 [PL_RELATION_PAD] = PL_MARK_PAD,
};

static const struct {
	char character;
	const char *name, *words;
} marks[PL_MARK_COUNT] = {
	[PL_MARK_PINNED] = {'=', "pinned", "pinned by an assertion"},
	[PL_MARK_ALIGNED] = {'~', "aligned", "same bytes as a host field"},
	[PL_MARK_PARTIAL] = {'<', "partial", "part of a host field"},
	[PL_MARK_SPANNING] = {'+', "spanning", "a host field and more"},
	[PL_MARK_BEYOND] = {'>', "beyond", "past the host's end"},
	[PL_MARK_PAD] = {'.', "pad", "padding"},
	[PL_MARK_UNUSED] = {'-', "unused", "unused"},
	[PL_MARK_CONTINUED] = {'^', "continued", "goes on from above"},
	[PL_MARK_HOST] = {'\0', "host", "field of the host"},
};

enum pl_mark pl_mark_of(enum pl_relation relation)
{
	return relation_marks[relation];
}

/* Without any, it lies where the host has no field. The second word of a pinned list is pinned too,
 * though no field of the host is named for it. */
enum pl_mark pl_mark_of_member(const struct pl_member *member)
{
	static const enum pl_relation by_rank[] = {
		PL_RELATION_PINNED, PL_RELATION_ALIGNED,  PL_RELATION_PAD,
		PL_RELATION_BEYOND, PL_RELATION_SPANNING,
	};

	for (size_t rank = 0; rank < sizeof(by_rank) / sizeof(*by_rank); rank++)
		for (size_t i = 0; i < member->n_touches; i++)
			if (member->touches[i].relation == by_rank[rank])
				return pl_mark_of(by_rank[rank] == PL_RELATION_ALIGNED &&
								  member->pinned
							  ? PL_RELATION_PINNED
							  : by_rank[rank]);
	return PL_MARK_PARTIAL;
}

char pl_mark_character(enum pl_mark mark)
{
	return marks[mark].character;
}

const char *pl_mark_name(enum pl_mark mark)
{
	return marks[mark].name;
}

const char *pl_mark_words(enum pl_mark mark)
{
	return marks[mark].words;
}
