/* SPDX-License-Identifier: MIT */
#include "model/pin.h"

#include <string.h>

static const char *const kind_names[PL_PIN_KIND_COUNT] = {
	[PL_PIN_OFFSET] = "offset",
	[PL_PIN_SIZE] = "size",
	[PL_PIN_ALIGNMENT] = "alignment",
	[PL_PIN_OTHER] = "other",
};

static const char *const how_names[PL_CANDIDATE_HOW_COUNT] = {
	[PL_CANDIDATE_UNION] = "union",
	[PL_CANDIDATE_CAST] = "cast",
};

const char *pl_pin_kind_name(enum pl_pin_kind kind)
{
	return kind_names[kind];
}

bool pl_pin_kind_parse(const char *name, enum pl_pin_kind *ret)
{
	for (int i = 0; i < PL_PIN_KIND_COUNT; i++) {
		if (!strcmp(kind_names[i], name)) {
			*ret = (enum pl_pin_kind)i;
			return true;
		}
	}
	return false;
}

const char *pl_candidate_how_name(enum pl_candidate_how how)
{
	return how_names[how];
}

bool pl_candidate_how_parse(const char *name, enum pl_candidate_how *ret)
{
	for (int i = 0; i < PL_CANDIDATE_HOW_COUNT; i++) {
		if (!strcmp(how_names[i], name)) {
			*ret = (enum pl_candidate_how)i;
			return true;
		}
	}
	return false;
}
