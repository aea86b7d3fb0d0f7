/* SPDX-License-Identifier: MIT */
#include "report/diff.h"
#include "report/json_internal.h"

/* A side without bits and without a path is none. */
static json_t *side_json(const struct pl_change_side *side)
{
	struct pl_json json;

	if (!side->path && !side->range.size)
		return json_null();
	json = pl_json_new();
	pl_json_text(&json, "path", side->path);
	pl_json_text(&json, "type", side->type);
	pl_json_text(&json, "host_field", side->host_field);
	pl_json_number(&json, "page", side->range.page);
	pl_json_place(&json, side->range.offset, side->range.size);
	pl_json_bool(&json, "padding", side->padding);
	if (side->align)
		pl_json_number(&json, "align_bits", side->align);
	return pl_json_take(&json);
}

static json_t *pin_json(const struct pl_pin *pin)
{
	struct pl_json json;

	if (!pin)
		return json_null();
	json = pl_json_new();
	pl_json_text(&json, "kind", pl_pin_kind_name(pin->kind));
	pl_json_text(&json, "member", pin->member);
	pl_json_text(&json, "host_field", pin->host_field);
	pl_json_number(&json, "page", pin->page);
	pl_json_text(&json, "expression", pin->expression);
	pl_json_declaration(&json, &pin->place);
	return pl_json_take(&json);
}

static json_t *finding_json(const struct pl_finding *finding)
{
	struct pl_json json;

	if (!finding)
		return json_null();
	json = pl_json_new();
	pl_json_text(&json, "rule", finding->rule);
	pl_json_text(&json, "severity", pl_severity_name(finding->severity));
	pl_json_text(&json, "member", finding->member);
	pl_json_text(&json, "host_field", finding->host_field);
	pl_json_text(&json, "state", pl_finding_state_name(finding->state));
	pl_json_text(&json, "message", finding->message);
	pl_json_text(&json, "fingerprint", finding->fingerprint);
	return pl_json_take(&json);
}

static json_t *change_json(const struct pl_change *change)
{
	struct pl_json json = pl_json_new();
	json_t *members = json_array();

	for (size_t i = 0; i < change->n_members; i++)
		pl_json_append(&members, pl_json_string(change->members[i]));
	pl_json_text(&json, "kind", pl_change_kind_name(change->kind));
	pl_json_text(&json, "record", change->record);
	pl_json_value(&json, "old", side_json(&change->old));
	pl_json_value(&json, "new", side_json(&change->new));
	pl_json_value(&json, "members", members);
	pl_json_value(&json, "pin", pin_json(change->pin));
	pl_json_value(&json, "finding", finding_json(change->finding));
	return pl_json_take(&json);
}

static json_t *identity_json(const struct pl_target *target)
{
	struct pl_json json;

	if (!target)
		return json_null();
	json = pl_json_new();
	pl_json_identity(&json, target);
	pl_json_text(&json, "host", target->host);
	return pl_json_take(&json);
}

static json_t *uncompared_json(const struct pl_diff_target *target)
{
	json_t *list = json_array();

	for (size_t i = 0; i < target->n_uncompared; i++) {
		struct pl_json json = pl_json_new();

		pl_json_text(&json, "topic", target->uncompared[i].topic);
		pl_json_text(&json, "overlay", target->uncompared[i].overlay);
		pl_json_text(&json, "why", target->uncompared[i].why);
		pl_json_append(&list, pl_json_take(&json));
	}
	return list;
}

static json_t *target_json(const struct pl_diff_target *target)
{
	struct pl_json json = pl_json_new();
	json_t *changes = json_array();
	const struct pl_target *either = target->new ? target->new : target->old;

	for (size_t i = 0; i < target->n_changes; i++)
		pl_json_append(&changes, change_json(&target->changes[i]));
	pl_json_text(&json, "name", either->name);
	pl_json_value(&json, "old", identity_json(target->old));
	pl_json_value(&json, "new", identity_json(target->new));
	pl_json_value(&json, "changes", changes);
	pl_json_value(&json, "uncompared", uncompared_json(target));
	return pl_json_take(&json);
}

static json_t *ignored_json(const struct pl_diff *diff)
{
	json_t *list = json_array();

	for (int i = 0; i < PL_CHANGE_KIND_COUNT; i++)
		if (diff->ignored & 1U << i)
			pl_json_append(&list,
				       pl_json_string(pl_change_kind_name((enum pl_change_kind)i)));
	return list;
}

static json_t *summary_json(const struct pl_diff *diff)
{
	struct pl_json json = pl_json_new();

	for (int i = 0; i < PL_CHANGE_KIND_COUNT; i++)
		pl_json_number(&json, pl_change_kind_name((enum pl_change_kind)i), diff->counts[i]);
	return pl_json_take(&json);
}

static json_t *failures_json(const struct pl_diff *diff)
{
	struct pl_json json = pl_json_new();

	pl_json_value(&json, "old", pl_json_failures(diff->old));
	pl_json_value(&json, "new", pl_json_failures(diff->new));
	return pl_json_take(&json);
}

struct pl_error *pl_diff_json(const struct pl_diff *diff, struct pl_strbuf *ret)
{
	struct pl_json json = pl_json_new();
	json_t *targets = json_array();

	for (size_t i = 0; i < diff->n_targets; i++)
		pl_json_append(&targets, target_json(&diff->targets[i]));
	pl_json_text(&json, "schema", PL_DIFF_SCHEMA);
	pl_json_value(&json, "tool", pl_json_tool());
	pl_json_text(&json, "verdict", pl_diff_verdict_name(pl_diff_verdict(diff)));
	pl_json_value(&json, "targets", targets);
	pl_json_value(&json, "ignored", ignored_json(diff));
	pl_json_value(&json, "failures", failures_json(diff));
	pl_json_value(&json, "summary", summary_json(diff));
	return pl_json_dump(pl_json_take(&json), JSON_INDENT(1), ret);
}
