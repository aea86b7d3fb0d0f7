/* SPDX-License-Identifier: MIT */
/*
 * Reviewdog Diagnostic Format, one Diagnostic a line: proto/rdf/reviewdog.proto
 * of reviewdog. A diagnostic has to have a path, and need not have a line.
 */
#include "report/finding_words.h"
#include "report/json_internal.h"
#include "report/report.h"

static const char *const severities[PL_SEVERITY_COUNT] = {
	[PL_SEVERITY_NONE] = "UNKNOWN_SEVERITY",
	[PL_SEVERITY_INFO] = "INFO",
	[PL_SEVERITY_WARNING] = "WARNING",
	[PL_SEVERITY_ERROR] = "ERROR",
};

/* { KEY: VALUE }, which it takes. */
static json_t *pair_json(const char *key, json_t *value)
{
	struct pl_json json = pl_json_new();

	pl_json_value(&json, key, value);
	return pl_json_take(&json);
}

static json_t *location_json(struct pl_place place)
{
	struct pl_json json = pl_json_new();

	pl_json_text(&json, "path", place.file);
	if (place.line)
		pl_json_value(&json, "range",
			      pair_json("start", pair_json("line", json_integer(place.line))));
	return pl_json_take(&json);
}

static void add_related(json_t **list, const char *message, struct pl_place place)
{
	struct pl_json json = pl_json_new();

	pl_json_text(&json, "message", message);
	pl_json_value(&json, "location", location_json(place));
	pl_json_append(list, pl_json_take(&json));
}

/* The host's field, and what the finding rests on; HOST may be NULL. */
static json_t *related_json(const struct pl_finding *finding, const struct pl_place *host)
{
	json_t *list = json_array();

	if (host)
		add_related(&list, finding->host_field ? "host field" : "host", *host);
	for (size_t i = 0; i < finding->n_evidence; i++)
		if (finding->evidence[i].spot.place.file)
			add_related(&list, finding->evidence[i].what,
				    finding->evidence[i].spot.place);
	return list;
}

static json_t *diagnostic_json(const struct pl_report *report,
			       const struct pl_merged_finding *merged,
			       const struct pl_occurrence *occurrence)
{
	const struct pl_finding *finding = occurrence->finding;
	const struct pl_place *host = pl_finding_host_at(finding);
	struct pl_json json = pl_json_new();
	struct pl_strbuf message = PL_STRBUF_INIT;

	pl_add_telling(&message, report, merged, PL_FINDING_OPEN);
	pl_json_built(&json, "message", &message);
	pl_json_value(&json, "location", location_json(pl_occurrence_place(report, occurrence)));
	pl_json_text(&json, "severity", severities[finding->severity]);
	pl_json_value(&json, "source", pair_json("name", json_string("pagelap")));
	pl_json_value(&json, "code", pair_json("value", pl_json_string(finding->rule)));
	if (host || finding->n_evidence)
		pl_json_value(&json, "related_locations", related_json(finding, host));
	return pl_json_take(&json);
}

struct pl_error *pl_report_rdjsonl(const struct pl_report *report, struct pl_strbuf *ret)
{
	for (size_t i = 0; i < report->n_merged; i++) {
		const struct pl_merged_finding *merged = &report->merged[i];
		size_t at = 0;
		const struct pl_occurrence *first = pl_next_in_state(merged, PL_FINDING_OPEN, &at);

		if (first)
			PL_TRY(pl_json_dump(diagnostic_json(report, merged, first), JSON_COMPACT,
					    ret));
	}
	return NULL;
}
