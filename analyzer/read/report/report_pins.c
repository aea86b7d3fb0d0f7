/* SPDX-License-Identifier: MIT */
#include "read/report/report_pins.h"

#include <string.h>

#include "read/report/report_value.h"

/* Far more than any kernel has: some 50 assertions, some 100 candidates, some 50 constants. */
enum { MAX_PINS = 100000 };

/* Both sides of an assertion, or neither. */
static struct pl_error *read_values(json_t *object, struct pl_pin *pin)
{
	bool left, right;

	PL_TRY(pl_value_optional_signed(object, "left", &left, &pin->left));
	PL_TRY(pl_value_optional_signed(object, "right", &right, &pin->right));
	if (left != right)
		return pl_error_new(PL_ERROR_UNREADABLE,
				    "left, right: expected both or neither of them");
	pin->known = left;
	return NULL;
}

static struct pl_error *read_pin(json_t *object, struct pl_target *target)
{
	struct pl_arena *arena = target->arena;
	struct pl_pin pin = {0};
	const char *kind;
	uint64_t page;

	PL_TRY(pl_value_text(object, "kind", arena, &kind));
	if (!pl_pin_kind_parse(kind, &pin.kind))
		return pl_error_new(PL_ERROR_UNREADABLE, "kind: \"%s\" is not known", kind);
	PL_TRY(pl_value_optional_text(object, "overlay", arena, &pin.overlay));
	PL_TRY(pl_value_optional_text(object, "member", arena, &pin.member));
	PL_TRY(pl_value_optional_text(object, "host_field", arena, &pin.host_field));
	PL_TRY(pl_value_number(object, "page", UINT32_MAX, &page));
	pin.page = (size_t)page;
	PL_TRY(pl_value_text(object, "expression", arena, &pin.expression));
	PL_TRY(read_values(object, &pin));
	PL_TRY(pl_value_bool(object, "holds", &pin.holds));
	PL_TRY(pl_value_place(object, arena, &pin.place));
	return pl_target_add_pin(target, &pin);
}

static struct pl_error *read_candidate(json_t *object, struct pl_target *target)
{
	struct pl_arena *arena = target->arena;
	struct pl_candidate candidate = {0};
	const char *how;
	uint64_t places;

	PL_TRY(pl_value_text(object, "record", arena, &candidate.record));
	PL_TRY(pl_value_record_kind(object, arena, &candidate.is_union));
	PL_TRY(pl_value_text(object, "how", arena, &how));
	if (!pl_candidate_how_parse(how, &candidate.how))
		return pl_error_new(PL_ERROR_UNREADABLE, "how: \"%s\" is not known", how);
	PL_TRY(pl_value_place(object, arena, &candidate.place));
	PL_TRY(pl_value_number(object, "places", UINT32_MAX, &places));
	candidate.places = (size_t)places;
	return pl_target_add_candidate(target, &candidate);
}

static struct pl_error *read_needs(json_t *object, struct pl_arena *arena,
				   struct pl_wanted_constant *wanted)
{
	json_t *array;

	PL_TRY(pl_value_array(object, "needs", &array));
	wanted->needs = pl_arena_array(arena, json_array_size(array), sizeof(*wanted->needs));
	if (!wanted->needs)
		return pl_error_no_memory();
	for (size_t i = 0; i < json_array_size(array); i++) {
		if (!json_is_string(json_array_get(array, i)))
			return pl_error_new(PL_ERROR_UNREADABLE, "needs: expected strings");
		wanted->needs[i] = json_string_value(json_array_get(array, i));
	}
	wanted->n_needs = json_array_size(array);
	return NULL;
}

static struct pl_error *read_constant(json_t *object, struct pl_target *target)
{
	struct pl_arena *arena = target->arena;
	struct pl_constant constant = {0};
	json_t *holds = json_object_get(object, "holds");

	PL_TRY(pl_value_text(object, "expression", arena, &constant.wanted.expression));
	PL_TRY(read_needs(object, arena, &constant.wanted));
	if (!json_is_boolean(holds) && !json_is_null(holds))
		return pl_error_new(PL_ERROR_UNREADABLE, "holds: expected a boolean or null");
	constant.known = json_is_boolean(holds);
	constant.holds = json_is_true(holds);
	PL_TRY(pl_value_optional_text(object, "left", arena, &constant.left));
	PL_TRY(pl_value_optional_text(object, "right", arena, &constant.right));
	PL_TRY(pl_value_place(object, arena, &constant.place));
	return pl_target_add_constant(target, &constant);
}

static struct pl_error *read_each(json_t *object, const char *key, struct pl_target *target,
				  struct pl_error *(*read)(json_t *, struct pl_target *))
{
	json_t *array;

	if (!json_object_get(object, key) || json_is_null(json_object_get(object, key)))
		return NULL;
	PL_TRY(pl_value_array(object, key, &array));
	if (json_array_size(array) > MAX_PINS)
		return pl_error_new(PL_ERROR_UNREADABLE, "%s: more than %d", key, MAX_PINS);
	for (size_t i = 0; i < json_array_size(array); i++) {
		struct pl_error *error = read(json_array_get(array, i), target);

		if (error)
			return pl_value_in(error, key, i);
	}
	return NULL;
}

struct pl_error *pl_report_read_pins(json_t *object, struct pl_target *target)
{
	target->scanned = json_is_array(json_object_get(object, "candidates"));
	PL_TRY(read_each(object, "pins", target, read_pin));
	PL_TRY(read_each(object, "candidates", target, read_candidate));
	return read_each(object, "constants", target, read_constant);
}
