/* SPDX-License-Identifier: MIT */
#include "model/suppression.h"

static const char *const state_names[PL_SUPPRESSION_STATE_COUNT] = {
	[PL_SUPPRESSION_USED] = "used",
	[PL_SUPPRESSION_UNUSED] = "unused",
	[PL_SUPPRESSION_EXPIRED] = "expired",
};

const char *pl_suppression_state_name(enum pl_suppression_state state)
{
	return state_names[state];
}
