/* SPDX-License-Identifier: MIT */
#include "model/overlay.h"

static const char *const relation_names[PL_RELATION_COUNT] = {
	[PL_RELATION_PINNED] = "pinned",   [PL_RELATION_ALIGNED] = "aligned",
	[PL_RELATION_PARTIAL] = "partial", [PL_RELATION_SPANNING] = "spanning",
	[PL_RELATION_BEYOND] = "beyond",   [PL_RELATION_PAD] = "pad",
};

static const char *const why_names[PL_UNUSED_WHY_COUNT] = {
	[PL_UNUSED_HOLE] = "hole",
	[PL_UNUSED_PAD] = "pad",
	[PL_UNUSED_TAIL] = "tail",
};

const char *pl_relation_name(enum pl_relation relation)
{
	return relation_names[relation];
}

const char *pl_unused_why_name(enum pl_unused_why why)
{
	return why_names[why];
}

static const char *const idle_names[PL_IDLE_WHY_COUNT] = {
	[PL_IDLE_UNTOUCHED] = "untouched",
	[PL_IDLE_UNREAD] = "unread",
	[PL_IDLE_UNWRITTEN] = "unwritten",
};

const char *pl_idle_why_name(enum pl_idle_why why)
{
	return idle_names[why];
}
