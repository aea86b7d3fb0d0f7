/* SPDX-License-Identifier: MIT */
/*
 * SARIF 2.1.0, with what GitHub code scanning needs of it. One merged finding
 * is one result. Section numbers are those of the OASIS standard.
 */
#include "report/sarif_internal.h"

#include "report/finding_words.h"
#include "report/report.h"
#include "support/version.h"

#define SARIF_SCHEMA                                                                               \
	"https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/"                      \
	"sarif-schema-2.1.0.json"

static json_t *telling_json(const struct pl_report *report, const struct pl_merged_finding *merged,
			    enum pl_finding_state state)
{
	struct pl_json json = pl_json_new();
	struct pl_strbuf text = PL_STRBUF_INIT;

	pl_add_telling(&text, report, merged, state);
	pl_json_built(&json, "text", &text);
	return pl_json_take(&json);
}

/* 3.35: a result is suppressed if it is so everywhere; one entry per reason. */
static json_t *suppressions_json(const struct pl_merged_finding *merged)
{
	const struct pl_occurrence *occurrence;
	json_t *list = json_array();
	size_t at = 0;

	while ((occurrence = pl_next_reason(merged, &at))) {
		struct pl_json json;
		const char *reason = occurrence->finding->reason;

		if (!reason)
			continue;
		json = pl_json_new();
		pl_json_text(&json, "kind", "external");
		pl_json_text(&json, "justification", reason);
		pl_json_append(&list, pl_json_take(&json));
	}
	return list;
}

static json_t *properties_json(const struct pl_report *report,
			       const struct pl_merged_finding *merged)
{
	struct pl_json json = pl_json_new();

	pl_json_value(&json, "targets", pl_json_target_names(report, merged));
	return pl_json_take(&json);
}

static json_t *fingerprints_json(const struct pl_finding *finding)
{
	struct pl_json json = pl_json_new();

	pl_json_text(&json, "pagelap/v1", finding->fingerprint);
	return pl_json_take(&json);
}

static json_t *result_json(const struct pl_report *report, const struct pl_sarif_rules *rules,
			   const struct pl_merged_finding *merged)
{
	enum pl_finding_state state = pl_merged_state(merged);
	size_t at = 0;
	const struct pl_occurrence *first = pl_next_in_state(merged, state, &at);
	const struct pl_finding *finding = first->finding;
	struct pl_json json = pl_json_new();

	pl_json_text(&json, "ruleId", finding->rule);
	pl_json_number(&json, "ruleIndex", pl_sarif_rule_index(rules, finding->rule));
	pl_json_text(&json, "level", pl_sarif_level(finding->severity));
	pl_json_value(&json, "message", telling_json(report, merged, state));
	pl_json_value(&json, "locations", pl_sarif_locations(report, first));
	pl_json_value(&json, "relatedLocations", pl_sarif_related(report, merged, first));
	pl_json_value(&json, "partialFingerprints", fingerprints_json(finding));
	if (state == PL_FINDING_SUPPRESSED)
		pl_json_value(&json, "suppressions", suppressions_json(merged));
	if (report->baseline)
		pl_json_text(&json, "baselineState",
			     state == PL_FINDING_OPEN ? "new" : "unchanged");
	pl_json_value(&json, "properties", properties_json(report, merged));
	return pl_json_take(&json);
}

static json_t *notification_json(const struct pl_failure *failure)
{
	struct pl_json json = pl_json_new();

	pl_json_text(&json, "level", "error");
	pl_json_value(&json, "message", pl_sarif_message(failure->message));
	return pl_json_take(&json);
}

static json_t *invocations_json(const struct pl_report *report)
{
	struct pl_json json = pl_json_new();
	json_t *notifications = json_array(), *list = json_array();

	for (size_t i = 0; i < report->n_failures; i++)
		pl_json_append(&notifications, notification_json(&report->failures[i]));
	pl_json_bool(&json, "executionSuccessful", report->n_targets && !report->n_failures);
	pl_json_value(&json, "toolExecutionNotifications", notifications);
	pl_json_append(&list, pl_json_take(&json));
	return list;
}

static json_t *tool_json(const struct pl_sarif_rules *rules)
{
	struct pl_json driver = pl_json_new(), tool = pl_json_new();

	pl_json_text(&driver, "name", "pagelap");
	pl_json_text(&driver, "version", PL_VERSION);
	pl_json_value(&driver, "rules", pl_sarif_rules(rules));
	pl_json_value(&tool, "driver", pl_json_take(&driver));
	return pl_json_take(&tool);
}

static json_t *runs_json(const struct pl_report *report, const struct pl_sarif_rules *rules)
{
	struct pl_json run = pl_json_new();
	json_t *results = json_array(), *list = json_array();

	for (size_t i = 0; i < report->n_merged; i++)
		pl_json_append(&results, result_json(report, rules, &report->merged[i]));
	pl_json_value(&run, "tool", tool_json(rules));
	pl_json_value(&run, "invocations", invocations_json(report));
	pl_json_value(&run, "results", results);
	pl_json_append(&list, pl_json_take(&run));
	return list;
}

struct pl_error *pl_report_sarif(const struct pl_report *report, struct pl_strbuf *ret)
{
	PL_CLEANUP(pl_arena_cleanup) struct pl_arena *arena = pl_arena_new();
	struct pl_sarif_rules rules = {0};
	struct pl_json json;

	if (!arena)
		return pl_error_no_memory();
	PL_TRY(pl_sarif_rules_of(report, arena, &rules));
	json = pl_json_new();
	pl_json_text(&json, "$schema", SARIF_SCHEMA);
	pl_json_text(&json, "version", "2.1.0");
	pl_json_value(&json, "runs", runs_json(report, &rules));
	return pl_json_dump(pl_json_take(&json), JSON_INDENT(1), ret);
}
