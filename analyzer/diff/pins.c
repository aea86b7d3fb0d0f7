/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "diff/diff_internal.h"

/* A pin without an overlay is the host's. */
static bool is_of(const struct pl_pin *pin, const char *record, const struct pl_target *target)
{
	return !strcmp(pin->overlay ? pin->overlay : target->host, record);
}

/* Where offsets are asserted, what is said matters; of anything else, the words. */
static bool is_same(const struct pl_differ *d, const char *record, const struct pl_pin *old,
		    const struct pl_pin *new)
{
	if (old->kind != new->kind || old->page != new->page ||
	    !pl_diff_same_path(d, record, old->member, new->member) ||
	    !pl_diff_same_path(d, d->target->new->host, old->host_field, new->host_field))
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

static bool has_pin(const struct pl_differ *d, const char *record, const struct pl_pin *old,
		    const struct pl_pin *new)
{
	const struct pl_target *other = old ? d->target->new : d->target->old;

	for (size_t i = 0; i < other->n_pins; i++) {
		const struct pl_pin *each = &other->pins[i];

		if (is_of(each, record, other) &&
		    is_same(d, record, old ? old : each, new ? new : each))
			return true;
	}
	return false;
}

/* Of TARGET, one of both sides, what the other does not have. */
static struct pl_error *tell_missing(struct pl_differ *d, const char *record,
				     const struct pl_target *target)
{
	bool old = target == d->target->old;

	for (size_t i = 0; i < target->n_pins; i++) {
		const struct pl_pin *pin = &target->pins[i];
		struct pl_change change = {
			.kind = old ? PL_CHANGE_PIN_GONE : PL_CHANGE_PIN_NEW,
			.record = record,
			.pin = pin,
		};

		if (is_of(pin, record, target) && !is_repeated(target->pins, i) &&
		    !has_pin(d, record, old ? pin : NULL, old ? NULL : pin))
			PL_TRY(pl_diff_add(d, &change));
	}
	return NULL;
}

struct pl_error *pl_diff_pins(struct pl_differ *d, const char *record)
{
	PL_TRY(tell_missing(d, record, d->target->new));
	return tell_missing(d, record, d->target->old);
}
