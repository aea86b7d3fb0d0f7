/* SPDX-License-Identifier: MIT */
/* What only source code says of a target: assertions, what its code takes for the host, constants.
 */
#include "report/json_internal.h"

static json_t *value_json(const struct pl_pin *pin, int64_t value)
{
	return pin->known ? json_integer((json_int_t)value) : json_null();
}

static json_t *pin_json(const struct pl_pin *pin)
{
	struct pl_json json = pl_json_new();

	pl_json_text(&json, "kind", pl_pin_kind_name(pin->kind));
	pl_json_text(&json, "overlay", pin->overlay);
	pl_json_text(&json, "member", pin->member);
	pl_json_text(&json, "host_field", pin->host_field);
	pl_json_number(&json, "page", pin->page);
	pl_json_text(&json, "expression", pin->expression);
	pl_json_value(&json, "left", value_json(pin, pin->left));
	pl_json_value(&json, "right", value_json(pin, pin->right));
	pl_json_bool(&json, "holds", pin->holds);
	pl_json_declaration(&json, &pin->place);
	return pl_json_take(&json);
}

static json_t *candidate_json(const struct pl_candidate *candidate)
{
	struct pl_json json = pl_json_new();

	pl_json_text(&json, "record", candidate->record);
	pl_json_text(&json, "kind", candidate->is_union ? "union" : "struct");
	pl_json_text(&json, "how", pl_candidate_how_name(candidate->how));
	pl_json_declaration(&json, &candidate->place);
	pl_json_number(&json, "places", candidate->places);
	return pl_json_take(&json);
}

json_t *pl_json_pins(const struct pl_target *target)
{
	bool known = pl_target_has_pins(target) || target->n_pins;
	json_t *list = known ? json_array() : json_null();

	for (size_t i = 0; i < target->n_pins; i++)
		pl_json_append(&list, pin_json(&target->pins[i]));
	return list;
}

json_t *pl_json_candidates(const struct pl_target *target)
{
	bool known = target->scanned || target->n_candidates;
	json_t *list = known ? json_array() : json_null();

	for (size_t i = 0; i < target->n_candidates; i++)
		pl_json_append(&list, candidate_json(&target->candidates[i]));
	return list;
}

static json_t *constant_json(const struct pl_constant *constant)
{
	struct pl_json json = pl_json_new();
	json_t *needs = json_array();

	for (size_t i = 0; i < constant->wanted.n_needs; i++)
		pl_json_append(&needs, pl_json_string(constant->wanted.needs[i]));
	pl_json_text(&json, "expression", constant->wanted.expression);
	pl_json_value(&json, "needs", needs);
	pl_json_value(&json, "holds",
		      constant->known ? json_boolean(constant->holds) : json_null());
	pl_json_text(&json, "left", constant->left);
	pl_json_text(&json, "right", constant->right);
	pl_json_declaration(&json, &constant->place);
	return pl_json_take(&json);
}

json_t *pl_json_constants(const struct pl_target *target)
{
	bool asked = pl_target_has_pins(target) || target->n_constants;
	json_t *list = asked ? json_array() : json_null();

	for (size_t i = 0; i < target->n_constants; i++)
		pl_json_append(&list, constant_json(&target->constants[i]));
	return list;
}
