/* SPDX-License-Identifier: MIT */
/* The members of an overlay as they are shown: a lock or an atomic is one of them. */
#ifndef PAGELAP_REPORT_SHOWN_H
#define PAGELAP_REPORT_SHOWN_H

#include "model/comparison.h"
#include "report/item.h"

struct pl_shown {
	struct pl_item item;
	struct pl_bit_range range; /* of the host position that it begins on; its whole size */
	const struct pl_member *members; /* its leaves */
	size_t n_members;
	bool in_use;			 /* some leaf is not padding */
	bool pinned;			 /* all leaves that are in use */
	struct pl_common_touch *touches; /* of its leaves, each once, in their order */
	size_t n_touches;
};

/* What OVERLAY, over hosts of HOST_BITS, has of some size, in the order of declaration, in ARENA.
 */
struct pl_error *pl_overlay_shown(const struct pl_overlay *overlay, uint64_t host_bits,
				  struct pl_arena *arena, struct pl_shown **ret,
				  size_t *count) PL_MUST_CHECK;

#endif
