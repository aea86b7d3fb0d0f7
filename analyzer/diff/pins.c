/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "diff/diff_internal.h"

/* A pin without an overlay is the host's. */
static bool is_of(const struct pl_pin *pin, const char *record, const struct pl_target *target)
{
	return !strcmp(pin->overlay ? pin->overlay : target->host, record);
}

/* Where offsets are asserted, what is said matters; of anything else, the words. */
static bool is_same(const struct pl_pin *old, const struct pl_about_now *now,
		    const struct pl_pin *new)
{
	if (old->kind != new->kind || old->page != new->page ||
	    !pl_diff_same_path(now->member, new->member) ||
	    !pl_diff_same_path(now->host_field, new->host_field))
		return false;
	return old->kind == PL_PIN_OFFSET || !strcmp(old->expression, new->expression);
}

/* Whether PINS before the one at INDEX say the same. */
static bool is_repeated(const struct pl_pin *pins, size_t index)
{
	const struct pl_pin *pin = &pins[index];

	for (size_t i = 0; i < index; i++)
		if (pins[i].kind == pin->kind && pins[i].page == pin->page &&
		    !strcmp(pins[i].expression, pin->expression))
			return true;
	return false;
}

/* What both sides say of one record. */
struct pins {
	const char *record;
	const struct pl_target *old, *new;
	struct pl_about_now *now; /* of the old pins */
};

static bool has_old(const struct pins *pins, const struct pl_pin *new)
{
	for (size_t i = 0; i < pins->old->n_pins; i++)
		if (is_of(&pins->old->pins[i], pins->record, pins->old) &&
		    is_same(&pins->old->pins[i], &pins->now[i], new))
			return true;
	return false;
}

static bool has_new(const struct pins *pins, size_t old)
{
	for (size_t i = 0; i < pins->new->n_pins; i++)
		if (is_of(&pins->new->pins[i], pins->record, pins->new) &&
		    is_same(&pins->old->pins[old], &pins->now[old], &pins->new->pins[i]))
			return true;
	return false;
}

/* Of TARGET, one of both sides, what the other does not have. */
static struct pl_error *tell_missing(struct pl_differ *d, const struct pins *pins,
				     const struct pl_target *target)
{
	bool old = target == pins->old;

	for (size_t i = 0; i < target->n_pins; i++) {
		struct pl_change change = {
			.kind = old ? PL_CHANGE_PIN_GONE : PL_CHANGE_PIN_NEW,
			.record = pins->record,
			.pin = &target->pins[i],
		};

		if (is_of(change.pin, pins->record, target) && !is_repeated(target->pins, i) &&
		    !(old ? has_new(pins, i) : has_old(pins, change.pin)))
			PL_TRY(pl_diff_add(d, &change));
	}
	return NULL;
}

struct pl_error *pl_diff_pins(struct pl_differ *d, const char *record)
{
	struct pins pins = {record, d->target->old, d->target->new, NULL};

	pins.now = pl_arena_array(d->diff->arena, pins.old->n_pins, sizeof(*pins.now));
	if (!pins.now)
		return pl_error_no_memory();
	for (size_t i = 0; i < pins.old->n_pins; i++) {
		const struct pl_pin *pin = &pins.old->pins[i];

		if (!is_of(pin, record, pins.old))
			continue;
		PL_TRY(pl_diff_new_path(d, record, pin->member, &pins.now[i].member));
		PL_TRY(pl_diff_new_path(d, pins.new->host, pin->host_field,
					&pins.now[i].host_field));
	}
	PL_TRY(tell_missing(d, &pins, pins.new));
	return tell_missing(d, &pins, pins.old);
}
