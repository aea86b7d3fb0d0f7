/* SPDX-License-Identifier: MIT */
#include "report/json_internal.h"
#include "report/report.h"
#include "support/version.h"

static json_t *tool_json(void)
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

static void add_identity(struct pl_json *json, const struct pl_target *target)
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
	add_identity(&json, target);
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
	return pl_json_take(&json);
}

static json_t *failures_json(const struct pl_report *report)
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

static json_t *finding_json(const struct pl_finding *finding, const struct pl_target *target)
{
	struct pl_json json = pl_json_new();
	json_t *targets = json_array();

	pl_json_append(&targets, pl_json_string(target->name));
	pl_json_text(&json, "rule", finding->rule);
	pl_json_text(&json, "severity", pl_severity_name(finding->severity));
	pl_json_text(&json, "overlay", finding->overlay);
	pl_json_text(&json, "member", finding->member);
	pl_json_text(&json, "host_field", finding->host_field);
	pl_json_value(&json, "targets", targets);
	pl_json_text(&json, "message", finding->message);
	pl_json_text(&json, "fingerprint", finding->fingerprint);
	return pl_json_take(&json);
}

static json_t *findings_json(const struct pl_report *report)
{
	json_t *list = json_array();

	for (size_t i = 0; i < report->n_targets; i++)
		for (size_t j = 0; j < report->targets[i]->n_findings; j++)
			pl_json_append(&list, finding_json(&report->targets[i]->findings[j],
							   report->targets[i]));
	return list;
}

static json_t *summary_json(const struct pl_report *report)
{
	struct pl_json json = pl_json_new(), findings = pl_json_new();

	for (int i = PL_SEVERITY_ERROR; i > PL_SEVERITY_NONE; i--)
		pl_json_number(&findings, pl_severity_name((enum pl_severity)i),
			       pl_report_count(report, (enum pl_severity)i));
	pl_json_number(&json, "targets", report->n_targets);
	pl_json_number(&json, "failures", report->n_failures);
	pl_json_value(&json, "findings", pl_json_take(&findings));
	return pl_json_take(&json);
}

/* MAPPED: with what the map makes of the rest, too. */
static json_t *report_json(const struct pl_report *report, bool mapped)
{
	struct pl_json json = pl_json_new();
	json_t *targets = json_array();

	for (size_t i = 0; i < report->n_targets; i++)
		pl_json_append(&targets, target_json(report->targets[i], mapped));
	pl_json_text(&json, "schema", PL_REPORT_SCHEMA);
	pl_json_value(&json, "tool", tool_json());
	pl_json_text(&json, "verdict", pl_verdict_name(pl_report_verdict(report)));
	pl_json_value(&json, "targets", targets);
	pl_json_value(&json, "comparison", pl_json_comparison(report));
	pl_json_value(&json, "failures", failures_json(report));
	pl_json_value(&json, "findings", findings_json(report));
	pl_json_value(&json, "summary", summary_json(report));
	return pl_json_take(&json);
}

static int append(const char *text, size_t length, void *buffer)
{
	pl_strbuf_add_bytes(buffer, text, length);
	return pl_strbuf_failed(buffer) ? -1 : 0;
}

/* Takes JSON, which is NULL when there was no memory for it. */
static struct pl_error *dump(json_t *json, size_t flags, struct pl_strbuf *ret)
{
	int status = json ? json_dump_callback(json, append, ret, flags) : -1;

	json_decref(json);
	pl_strbuf_add_char(ret, '\n');
	return status || pl_strbuf_failed(ret) ? pl_error_no_memory() : NULL;
}

struct pl_error *pl_report_json(const struct pl_report *report, struct pl_strbuf *ret)
{
	return dump(report_json(report, true), JSON_INDENT(1), ret);
}

struct pl_error *pl_report_json_unmapped(const struct pl_report *report, struct pl_strbuf *ret)
{
	return dump(report_json(report, false), JSON_COMPACT, ret);
}
