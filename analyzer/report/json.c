/* SPDX-License-Identifier: MIT */
#include "report/json_internal.h"
#include "report/report.h"
#include "support/version.h"

json_t *pl_json_tool(void)
{
	struct pl_json json = pl_json_new();

	pl_json_text(&json, "name", "pagelap");
	pl_json_text(&json, "version", PL_VERSION);
	return pl_json_take(&json);
}

static json_t *source_json(const struct pl_source *source)
{
	struct pl_json json = pl_json_new();

	pl_json_text(&json, "kind", pl_source_kind_name(source->kind));
	pl_json_text(&json, "path", source->path);
	pl_json_text(&json, "build_id", source->build_id);
	return pl_json_take(&json);
}

void pl_json_identity(struct pl_json *json, const struct pl_target *target)
{
	pl_json_text(json, "name", target->name);
	pl_json_text(json, "arch", target->arch);
	if (target->bits)
		pl_json_number(json, "bits", target->bits);
	else
		pl_json_null(json, "bits");
	pl_json_text(json, "endian", pl_endian_name(target->endian));
	pl_json_text(json, "release", target->release);
	pl_json_text(json, "compiler", target->compiler);
	pl_json_text(json, "config_digest", target->config_digest);
	pl_json_value(json, "source", source_json(&target->source));
	pl_json_text(json, "reader", target->reader);
	if (pl_target_has_pins(target))
		pl_json_value(json, "pins_source", source_json(&target->pins_source));
	else
		pl_json_null(json, "pins_source");
}

/* How it was looked at; what is not so, is not said. */
static void add_manner(struct pl_json *json, const struct pl_target *target)
{
	if (target->only_asked_for)
		pl_json_bool(json, "only_asked_for", true);
	if (target->checked)
		pl_json_bool(json, "checked", true);
	if (target->all_units)
		pl_json_bool(json, "all_units", true);
}

static json_t *target_json(const struct pl_target *target, bool mapped)
{
	struct pl_json json = pl_json_new();
	json_t *records = json_array(), *overlays = json_array(), *absent = json_array();

	for (size_t i = 0; i < target->n_records; i++)
		pl_json_append(&records, pl_json_record(target->records[i]));
	for (size_t i = 0; i < target->n_overlays; i++)
		pl_json_append(&overlays, mapped ? pl_json_overlay(target, &target->overlays[i])
						 : pl_json_overlay_name(&target->overlays[i]));
	for (size_t i = 0; i < target->n_absent; i++)
		pl_json_append(&absent, pl_json_string(target->absent[i]));
	pl_json_identity(&json, target);
	pl_json_text(&json, "host", target->host);
	pl_json_value(&json, "records", records);
	pl_json_value(&json, "overlays", overlays);
	pl_json_value(&json, "absent", absent);
	if (mapped) {
		pl_json_value(&json, "byte_map", pl_json_byte_map(target));
		pl_json_value(&json, "unused", pl_json_host_unused(target));
	}
	pl_json_value(&json, "pins", pl_json_pins(target));
	pl_json_value(&json, "candidates", pl_json_candidates(target));
	pl_json_value(&json, "constants", pl_json_constants(target));
	add_manner(&json, target);
	pl_json_add_usage(&json, target, mapped);
	return pl_json_take(&json);
}

json_t *pl_json_failures(const struct pl_report *report)
{
	json_t *list = json_array();

	for (size_t i = 0; i < report->n_failures; i++) {
		const struct pl_failure *failure = &report->failures[i];
		struct pl_json json = pl_json_new();

		pl_json_text(&json, "target", failure->target);
		pl_json_text(&json, "path", failure->path);
		pl_json_text(&json, "kind", pl_failure_kind_name(failure->kind));
		pl_json_text(&json, "message", failure->message);
		pl_json_append(&list, pl_json_take(&json));
	}
	return list;
}

/* MAPPED: with what the map makes of the rest, too. */
static json_t *report_json(const struct pl_report *report, bool mapped)
{
	struct pl_json json = pl_json_new();
	json_t *targets = json_array();

	for (size_t i = 0; i < report->n_targets; i++)
		pl_json_append(&targets, target_json(report->targets[i], mapped));
	pl_json_text(&json, "schema", PL_REPORT_SCHEMA);
	pl_json_value(&json, "tool", pl_json_tool());
	pl_json_text(&json, "verdict", pl_verdict_name(pl_report_verdict(report)));
	pl_json_value(&json, "targets", targets);
	pl_json_value(&json, "comparison", pl_json_comparison(report));
	pl_json_value(&json, "failures", pl_json_failures(report));
	pl_json_value(&json, "findings", pl_json_findings(report));
	pl_json_value(&json, "rules", pl_json_rules(report));
	pl_json_value(&json, "suppressions", pl_json_suppressions(report));
	pl_json_value(&json, "baseline", pl_json_baseline(report));
	pl_json_value(&json, "summary", pl_json_summary(report));
	if (report->answers)
		pl_json_value(&json, "answers", pl_json_answers(report));
	return pl_json_take(&json);
}

struct pl_error *pl_report_json(const struct pl_report *report, struct pl_strbuf *ret)
{
	return pl_json_dump(report_json(report, true), JSON_INDENT(1), ret);
}

struct pl_error *pl_report_json_unmapped(const struct pl_report *report, struct pl_strbuf *ret)
{
	return pl_json_dump(report_json(report, false), JSON_COMPACT, ret);
}
