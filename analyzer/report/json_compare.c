/* SPDX-License-Identifier: MIT */
#include "report/json_internal.h"

static json_t *names_json(const struct pl_report *report, const size_t *targets, size_t count)
{
	json_t *names = json_array();

	for (size_t i = 0; i < count; i++)
		pl_json_append(&names, pl_json_string(report->targets[targets[i]]->name));
	return names;
}

static json_t *touch_json(const struct pl_common_touch *touch)
{
	struct pl_json json = pl_json_new();

	pl_json_text(&json, "host_field", touch->host_field);
	pl_json_number(&json, "page", touch->page);
	pl_json_text(&json, "relation", pl_relation_name(touch->relation));
	return pl_json_take(&json);
}

static json_t *variant_json(const struct pl_report *report, const struct pl_variant *variant)
{
	struct pl_json json = pl_json_new();
	json_t *touches = json_array();

	for (size_t i = 0; i < variant->n_touches; i++)
		pl_json_append(&touches, touch_json(&variant->touches[i]));
	pl_json_value(&json, "targets", names_json(report, variant->targets, variant->n_targets));
	pl_json_bool(&json, "present", variant->present);
	pl_json_value(&json, "touches", touches);
	return pl_json_take(&json);
}

static json_t *member_json(const struct pl_report *report, const struct pl_compared_member *member)
{
	struct pl_json json = pl_json_new();
	json_t *variants = json_array();

	for (size_t i = 0; i < member->n_variants; i++)
		pl_json_append(&variants, variant_json(report, &member->variants[i]));
	pl_json_text(&json, "path", member->path);
	pl_json_bool(&json, "same", member->n_variants == 1);
	pl_json_value(&json, "variants", variants);
	return pl_json_take(&json);
}

static json_t *overlay_json(const struct pl_report *report,
			    const struct pl_compared_overlay *overlay)
{
	struct pl_json json = pl_json_new();
	json_t *members = json_array();

	for (size_t i = 0; i < overlay->n_members; i++)
		pl_json_append(&members, member_json(report, &overlay->members[i]));
	pl_json_text(&json, "name", overlay->name);
	pl_json_value(&json, "targets", names_json(report, overlay->targets, overlay->n_targets));
	pl_json_value(&json, "members", members);
	return pl_json_take(&json);
}

json_t *pl_json_comparison(const struct pl_report *report)
{
	const struct pl_comparison *comparison = report->comparison;
	struct pl_json json;
	json_t *overlays, *alike;

	if (!comparison)
		return json_null();
	json = pl_json_new();
	overlays = json_array();
	alike = json_array();
	for (size_t i = 0; i < comparison->n_overlays; i++)
		pl_json_append(&overlays, overlay_json(report, &comparison->overlays[i]));
	for (size_t i = 0; i < comparison->n_alike; i++)
		pl_json_append(&alike, names_json(report, comparison->alike[i].targets,
						  comparison->alike[i].n_targets));
	pl_json_value(&json, "alike", alike);
	pl_json_value(&json, "overlays", overlays);
	return pl_json_take(&json);
}
