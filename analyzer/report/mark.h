/* SPDX-License-Identifier: MIT */
/* How a member lies on the host, as one character that tables show before its name. */
#ifndef PAGELAP_REPORT_MARK_H
#define PAGELAP_REPORT_MARK_H

#include "model/overlay.h"

enum pl_mark {
	PL_MARK_PINNED,
	PL_MARK_ALIGNED,
	PL_MARK_PARTIAL,
	PL_MARK_SPANNING,
	PL_MARK_BEYOND,
	PL_MARK_PAD,
	PL_MARK_UNUSED,
	PL_MARK_CONTINUED,
	PL_MARK_HOST, /* no character: a field of the host itself */
	PL_MARK_COUNT
};

/* The mark for RELATION. */
enum pl_mark pl_mark_of(enum pl_relation relation);

/* The mark for MEMBER: the closest of its relations. */
enum pl_mark pl_mark_of_member(const struct pl_member *member);

/* The character that stands for MARK. */
char pl_mark_character(enum pl_mark mark);

/* "pinned", "same-bytes": one word, for names of classes. */
const char *pl_mark_name(enum pl_mark mark);

/* What MARK means: "pinned by an assertion". */
const char *pl_mark_words(enum pl_mark mark);

#endif
