/* SPDX-License-Identifier: MIT */
/* Locations: files as URIs, relative to the root of the source wherever that can be said. */
#include <string.h>

#include "report/finding_words.h"
#include "report/sarif_internal.h"

/* Section 3.4.4: what a URI may hold as it is, of a path (RFC 3986, 3.3), but for ':'. */
static bool stays(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       (c && strchr("-._~/!$&'()*+,;=@", c));
}

/* Whether FILE, a relative path, leads out of where it begins. */
static bool leads_out(const char *file)
{
	long depth = 0;

	while (*file && depth >= 0) {
		size_t length = strcspn(file, "/");

		if (length == 2 && !strncmp(file, "..", 2))
			depth--;
		else if (length && strncmp(file, ".", length))
			depth++;
		file += length + (file[length] == '/');
	}
	return depth < 0;
}

static json_t *artifact_json(const char *file)
{
	struct pl_json json = pl_json_new();
	struct pl_strbuf uri = PL_STRBUF_INIT;

	if (*file == '/')
		pl_strbuf_add(&uri, "file://");
	for (const char *c = file; *c; c++) {
		if (stays(*c))
			pl_strbuf_add_char(&uri, *c);
		else
			pl_strbuf_printf(&uri, "%%%02X", (unsigned)(unsigned char)*c);
	}
	pl_json_built(&json, "uri", &uri);
	if (*file != '/' && !leads_out(file))
		pl_json_text(&json, "uriBaseId", "%SRCROOT%");
	return pl_json_take(&json);
}

/* GitHub shows no result without a line: where none is known it is the first. */
static json_t *place_json(struct pl_place place)
{
	struct pl_json json = pl_json_new(), region = pl_json_new();

	pl_json_number(&region, "startLine", place.line ? place.line : 1);
	pl_json_value(&json, "artifactLocation", artifact_json(place.file));
	pl_json_value(&json, "region", pl_json_take(&region));
	return pl_json_take(&json);
}

json_t *pl_sarif_locations(const struct pl_report *report, const struct pl_occurrence *occurrence)
{
	struct pl_json json = pl_json_new();
	json_t *list = json_array();

	pl_json_value(&json, "physicalLocation",
		      place_json(pl_occurrence_place(report, occurrence)));
	pl_json_append(&list, pl_json_take(&json));
	return list;
}

static void add_related(json_t **list, struct pl_place place, struct pl_strbuf *text)
{
	struct pl_json json = pl_json_new(), message = pl_json_new();

	pl_json_built(&message, "text", text);
	pl_json_number(&json, "id", *list ? json_array_size(*list) + 1 : 0);
	pl_json_value(&json, "physicalLocation", place_json(place));
	pl_json_value(&json, "message", pl_json_take(&message));
	pl_json_append(list, pl_json_take(&json));
}

static void add_host(json_t **list, const struct pl_finding *finding, const struct pl_place *host)
{
	struct pl_strbuf text = PL_STRBUF_INIT;

	if (finding->host_field)
		pl_strbuf_printf(&text, "host field %s", finding->host_field);
	else
		pl_strbuf_add(&text, "host");
	add_related(list, *host, &text);
}

static void add_evidence(json_t **list, const struct pl_finding *finding)
{
	for (size_t i = 0; i < finding->n_evidence; i++) {
		const struct pl_evidence *evidence = &finding->evidence[i];
		struct pl_strbuf text = PL_STRBUF_INIT;

		if (!evidence->spot.place.file)
			continue;
		pl_strbuf_printf(&text, "%s%s%s",
				 evidence->spot.function ? evidence->spot.function : "",
				 evidence->spot.function ? " " : "", evidence->what);
		add_related(list, evidence->spot.place, &text);
	}
}

json_t *pl_sarif_related(const struct pl_report *report, const struct pl_merged_finding *merged,
			 const struct pl_occurrence *first)
{
	struct pl_place shown = pl_occurrence_place(report, first);
	const struct pl_place *host = pl_finding_host_at(first->finding);
	const struct pl_occurrence *other;
	json_t *list = json_array();
	size_t at = 0;

	if (host)
		add_host(&list, first->finding, host);
	add_evidence(&list, first->finding);
	while ((other = pl_next_in_state(merged, first->finding->state, &at))) {
		struct pl_place place = pl_occurrence_place(report, other);
		struct pl_strbuf text = PL_STRBUF_INIT;

		if (other != first)
			add_evidence(&list, other->finding);
		if (pl_same_place(&place, &shown))
			continue;
		pl_strbuf_add(&text, "on ");
		pl_add_targets(&text, report, other);
		add_related(&list, place, &text);
	}
	return list;
}
