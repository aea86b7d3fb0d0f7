/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "map/map_internal.h"

/* A pin speaks of where two things begin; of two records, it pins what is in them too. */
static bool pins_touch(const struct pl_pin *pin, const struct pl_touch *touch)
{
	return touch->relation == PL_RELATION_ALIGNED && touch->range.page == pin->page &&
	       pl_path_is_within(touch->host_field->path, pin->host_field);
}

static bool is_about(const struct pl_pin *pin, const struct pl_overlay *overlay)
{
	return pin->kind == PL_PIN_OFFSET && pin->holds && pin->overlay && pin->member &&
	       pin->host_field && !strcmp(pin->overlay, overlay->record->name);
}

/* The second word of a pinned list has its place too, though no field of the host is named for it.
 */
static void pin_member(const struct pl_pin *pin, struct pl_member *member)
{
	if (!pl_path_is_within(member->field->path, pin->member) || member->range.page != pin->page)
		return;
	member->pinned = true;
	for (size_t i = 0; i < member->n_touches; i++)
		if (pins_touch(pin, &member->touches[i]))
			member->touches[i].relation = PL_RELATION_PINNED;
}

void pl_map_pins(const struct pl_target *target, struct pl_overlay *overlay)
{
	for (size_t i = 0; i < target->n_pins; i++)
		for (size_t j = 0; j < overlay->n_members; j++)
			if (is_about(&target->pins[i], overlay))
				pin_member(&target->pins[i], &overlay->members[j]);
	for (size_t j = 0; j < overlay->n_members; j++) {
		const struct pl_member *member = &overlay->members[j];

		overlay->pinned += member->pinned && member->field->size &&
				   member->field->type_class != PL_CLASS_PADDING;
	}
}
