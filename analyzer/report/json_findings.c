/* SPDX-License-Identifier: MIT */
#include "report/json_internal.h"

static json_t *names_json(const struct pl_report *report, const struct pl_occurrence *occurrence)
{
	json_t *names = json_array();

	for (size_t i = 0; i < occurrence->n_targets; i++)
		pl_json_append(&names,
			       pl_json_string(report->targets[occurrence->targets[i]]->name));
	return names;
}

static json_t *bits_json(const struct pl_bit_range *range)
{
	struct pl_json json = pl_json_new();

	if (!range->size)
		return pl_json_take(&json);
	pl_json_number(&json, "page", range->page);
	pl_json_place(&json, range->offset, range->size);
	return pl_json_take(&json);
}

static json_t *place_json(const struct pl_place *place)
{
	struct pl_json json = pl_json_new();

	pl_json_declaration(&json, place);
	return pl_json_take(&json);
}

static json_t *evidence_json(const struct pl_finding *finding)
{
	json_t *list = json_array();

	for (size_t i = 0; i < finding->n_evidence; i++) {
		struct pl_json json = pl_json_new();

		pl_json_spot(&json, &finding->evidence[i].spot);
		pl_json_text(&json, "what", finding->evidence[i].what);
		pl_json_append(&list, pl_json_take(&json));
	}
	return list;
}

static json_t *occurrence_json(const struct pl_report *report,
			       const struct pl_occurrence *occurrence)
{
	const struct pl_finding *finding = occurrence->finding;
	struct pl_json json = pl_json_new();

	pl_json_value(&json, "targets", names_json(report, occurrence));
	pl_json_text(&json, "message", finding->message);
	if (finding->range.size)
		pl_json_value(&json, "range", bits_json(&finding->range));
	else
		pl_json_null(&json, "range");
	pl_json_value(&json, "declared", place_json(&finding->place));
	pl_json_value(&json, "host_declared", place_json(&finding->host_place));
	if (finding->n_evidence)
		pl_json_value(&json, "evidence", evidence_json(finding));
	pl_json_text(&json, "state", pl_finding_state_name(finding->state));
	pl_json_text(&json, "reason", finding->reason);
	return pl_json_take(&json);
}

json_t *pl_json_target_names(const struct pl_report *report, const struct pl_merged_finding *merged)
{
	json_t *names = json_array();

	for (size_t target = 0; target < report->n_targets; target++) {
		bool there = false;

		for (size_t i = 0; i < merged->n_occurrences; i++)
			for (size_t j = 0; j < merged->occurrences[i].n_targets; j++)
				there |= merged->occurrences[i].targets[j] == target;
		if (there)
			pl_json_append(&names, pl_json_string(report->targets[target]->name));
	}
	return names;
}

static json_t *finding_json(const struct pl_report *report, const struct pl_merged_finding *merged)
{
	const struct pl_finding *finding = merged->occurrences[0].finding;
	struct pl_json json = pl_json_new();
	json_t *occurrences = json_array();

	for (size_t i = 0; i < merged->n_occurrences; i++)
		pl_json_append(&occurrences, occurrence_json(report, &merged->occurrences[i]));
	pl_json_text(&json, "rule", finding->rule);
	pl_json_text(&json, "severity", pl_severity_name(finding->severity));
	pl_json_text(&json, "origin", pl_finding_origin_name(finding->origin));
	pl_json_text(&json, "overlay", finding->overlay);
	pl_json_text(&json, "member", finding->member);
	pl_json_text(&json, "host_field", finding->host_field);
	pl_json_value(&json, "targets", pl_json_target_names(report, merged));
	pl_json_text(&json, "message", finding->message);
	pl_json_value(&json, "occurrences", occurrences);
	pl_json_text(&json, "fingerprint", finding->fingerprint);
	return pl_json_take(&json);
}

json_t *pl_json_findings(const struct pl_report *report)
{
	json_t *list = json_array();

	for (size_t i = 0; i < report->n_merged; i++)
		pl_json_append(&list, finding_json(report, &report->merged[i]));
	return list;
}

/* One entry per rule that has a finding: what it is about. */
json_t *pl_json_rules(const struct pl_report *report)
{
	json_t *list = json_array();

	for (size_t i = 0; i < report->n_rules; i++) {
		const struct pl_rule_info *rule = &report->rules[i];
		struct pl_json json = pl_json_new();

		pl_json_text(&json, "id", rule->id);
		pl_json_text(&json, "title", rule->title);
		pl_json_text(&json, "severity", pl_severity_name(rule->severity));
		pl_json_text(&json, "why", rule->why);
		pl_json_text(&json, "fix", rule->fix);
		pl_json_text(&json, "since", rule->since);
		pl_json_append(&list, pl_json_take(&json));
	}
	return list;
}

static json_t *fixed_json(const struct pl_baseline *baseline)
{
	json_t *list = json_array();

	for (size_t i = 0; i < baseline->n_fixed; i++) {
		struct pl_json json = pl_json_new();

		pl_json_text(&json, "fingerprint", baseline->fixed[i].fingerprint);
		pl_json_text(&json, "target", baseline->fixed[i].target);
		pl_json_append(&list, pl_json_take(&json));
	}
	return list;
}

json_t *pl_json_baseline(const struct pl_report *report)
{
	const struct pl_baseline *baseline = report->baseline;
	struct pl_json json = pl_json_new();

	if (!baseline) {
		json_decref(pl_json_take(&json));
		return json_null();
	}
	pl_json_text(&json, "path", baseline->path);
	pl_json_number(&json, "known", baseline->known);
	pl_json_value(&json, "fixed", fixed_json(baseline));
	return pl_json_take(&json);
}

json_t *pl_json_suppressions(const struct pl_report *report)
{
	json_t *list = json_array();

	for (size_t i = 0; i < report->n_suppressions; i++) {
		const struct pl_suppression *its = &report->suppressions[i];
		struct pl_json json = pl_json_new();

		pl_json_text(&json, "rule", its->rule);
		pl_json_text(&json, "overlay", its->overlay);
		pl_json_text(&json, "member", its->member);
		pl_json_text(&json, "host_field", its->host_field);
		pl_json_text(&json, "target", its->target);
		pl_json_text(&json, "reason", its->reason);
		pl_json_text(&json, "expires", its->expires);
		pl_json_text(&json, "file", its->file);
		pl_json_text(&json, "state", pl_suppression_state_name(its->state));
		pl_json_number(&json, "matched", its->matched);
		pl_json_append(&list, pl_json_take(&json));
	}
	return list;
}

static json_t *counts_json(const struct pl_report *report, enum pl_finding_state state)
{
	struct pl_json json = pl_json_new();

	for (int i = PL_SEVERITY_ERROR; i > PL_SEVERITY_NONE; i--)
		pl_json_number(&json, pl_severity_name((enum pl_severity)i),
			       pl_report_count(report, (enum pl_severity)i, state));
	return pl_json_take(&json);
}

json_t *pl_json_summary(const struct pl_report *report)
{
	struct pl_json json = pl_json_new();

	pl_json_number(&json, "targets", report->n_targets);
	pl_json_number(&json, "failures", report->n_failures);
	pl_json_value(&json, "findings", counts_json(report, PL_FINDING_OPEN));
	pl_json_value(&json, "suppressed", counts_json(report, PL_FINDING_SUPPRESSED));
	pl_json_value(&json, "known", counts_json(report, PL_FINDING_KNOWN));
	return pl_json_take(&json);
}
