/* SPDX-License-Identifier: MIT */
#include "model/diff.h"

#include <string.h>

static const char *const kind_names[PL_CHANGE_KIND_COUNT] = {
	[PL_CHANGE_TARGET_NEW] = "target-new",
	[PL_CHANGE_TARGET_GONE] = "target-gone",
	[PL_CHANGE_OVERLAY_NEW] = "overlay-new",
	[PL_CHANGE_OVERLAY_GONE] = "overlay-gone",
	[PL_CHANGE_SIZE] = "size",
	[PL_CHANGE_ALIGNMENT] = "alignment",
	[PL_CHANGE_MEMBER_NEW] = "member-new",
	[PL_CHANGE_MEMBER_GONE] = "member-gone",
	[PL_CHANGE_MOVED] = "moved",
	[PL_CHANGE_RESIZED] = "resized",
	[PL_CHANGE_RENAMED] = "renamed",
	[PL_CHANGE_RETYPED] = "retyped",
	[PL_CHANGE_FREED] = "freed",
	[PL_CHANGE_TAKEN] = "taken",
	[PL_CHANGE_PIN_NEW] = "pin-new",
	[PL_CHANGE_PIN_GONE] = "pin-gone",
	[PL_CHANGE_FINDING_NEW] = "finding-new",
	[PL_CHANGE_FINDING_FIXED] = "finding-fixed",
};

static const char *const verdict_names[] = {
	[PL_DIFF_SAME] = "same",
	[PL_DIFF_DIFFERENT] = "different",
	[PL_DIFF_COULD_NOT_TELL] = "could-not-tell",
};

static bool is_silent(const struct pl_report *report)
{
	return report->n_failures || !report->n_targets;
}

enum pl_diff_verdict pl_diff_verdict(const struct pl_diff *diff)
{
	for (size_t i = 0; i < diff->n_targets; i++)
		if (diff->targets[i].n_changes)
			return PL_DIFF_DIFFERENT;
	for (size_t i = 0; i < diff->n_targets; i++)
		if (diff->targets[i].n_uncompared)
			return PL_DIFF_COULD_NOT_TELL;
	if (is_silent(diff->old) || is_silent(diff->new))
		return PL_DIFF_COULD_NOT_TELL;
	return PL_DIFF_SAME;
}

void pl_diff_free(struct pl_diff *diff)
{
	if (diff)
		pl_arena_free(diff->arena);
}

void pl_diff_cleanup(struct pl_diff **diff)
{
	pl_diff_free(*diff);
}

const char *pl_diff_verdict_name(enum pl_diff_verdict verdict)
{
	return verdict_names[verdict];
}

const char *pl_change_kind_name(enum pl_change_kind kind)
{
	return kind_names[kind];
}

/* A family is what stands before the hyphen. */
static bool is_called(const char *kind, const char *name)
{
	size_t length = strlen(name);

	return length && !strncmp(kind, name, length) && (!kind[length] || kind[length] == '-');
}

bool pl_change_kinds_parse(const char *name, unsigned *ret)
{
	unsigned kinds = 0;

	for (int i = 0; i < PL_CHANGE_KIND_COUNT; i++)
		if (is_called(kind_names[i], name))
			kinds |= 1U << i;
	if (!kinds)
		return false;
	*ret = kinds;
	return true;
}
