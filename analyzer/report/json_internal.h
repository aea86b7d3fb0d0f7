/* SPDX-License-Identifier: MIT */
/*
 * The parts of the JSON report. Functions return a new reference, or NULL
 * without memory; the json_ helpers of jansson carry a NULL through, so that
 * it is seen at the top.
 */
#ifndef PAGELAP_REPORT_JSON_INTERNAL_H
#define PAGELAP_REPORT_JSON_INTERNAL_H

#include <jansson.h>

#include "model/report.h"
#include "support/strbuf.h"

/* A JSON object and whether everything could be put into it. */
struct pl_json {
	json_t *object;
	bool failed;
};

/* Names in debug information are bytes: where TEXT is not UTF-8 it is taken as Latin-1. */
json_t *pl_json_string(const char *text);

struct pl_json pl_json_new(void);

/* The object, or NULL if anything failed. */
json_t *pl_json_take(struct pl_json *json);

void pl_json_text(struct pl_json *json, const char *key, const char *value);
void pl_json_number(struct pl_json *json, const char *key, uint64_t value);
/* An index; null where it is PL_NONE. */
void pl_json_index(struct pl_json *json, const char *key, size_t value);
void pl_json_bool(struct pl_json *json, const char *key, bool value);
/* Takes VALUE; NULL is a failure. */
void pl_json_value(struct pl_json *json, const char *key, json_t *value);
void pl_json_null(struct pl_json *json, const char *key);
/* offset_bits, offset_bytes, size_bits. */
void pl_json_place(struct pl_json *json, uint64_t offset, uint64_t size);
/* file and line; each null where it is not known. */
void pl_json_declaration(struct pl_json *json, const struct pl_place *place);
/* unions and alternatives, as parallel arrays. */
void pl_json_branches(struct pl_json *json, const struct pl_branch *branches, size_t count);

/* Appends VALUE, which it takes, to *ARRAY; a failure makes *ARRAY NULL. */
void pl_json_append(json_t **array, json_t *value);

/* The same for TEXT, which this releases; a TEXT that failed is a failure. */
void pl_json_built(struct pl_json *json, const char *key, struct pl_strbuf *text);

/* Appends JSON, which it takes, and a newline; NULL is out of memory. FLAGS are jansson's. */
struct pl_error *pl_json_dump(json_t *json, size_t flags, struct pl_strbuf *ret) PL_MUST_CHECK;

/* What made the report. */
json_t *pl_json_tool(void);

/* Name, architecture, release, sources and the like. */
void pl_json_identity(struct pl_json *json, const struct pl_target *target);

/* What could not be told. */
json_t *pl_json_failures(const struct pl_report *report);

json_t *pl_json_record(const struct pl_record *record);
json_t *pl_json_overlay(const struct pl_target *target, const struct pl_overlay *overlay);

/* Just which overlay it is: enough to map it again. */
json_t *pl_json_overlay_name(const struct pl_overlay *overlay);
json_t *pl_json_byte_map(const struct pl_target *target);
json_t *pl_json_host_unused(const struct pl_target *target);
json_t *pl_json_pins(const struct pl_target *target);
json_t *pl_json_candidates(const struct pl_target *target);
json_t *pl_json_constants(const struct pl_target *target);
/* file, line, column, function, through; each null where it is not known. */
void pl_json_spot(struct pl_json *json, const struct pl_spot *spot);
/* Its spot, and record, field, kind, callee, bits. */
void pl_json_access(struct pl_json *json, const struct pl_access *access);
/*
 * "usage", "accesses" and "casts" of TARGET; nothing where its code was not
 * looked at. MAPPED: with the bits of the host that accesses are about.
 */
void pl_json_add_usage(struct pl_json *json, const struct pl_target *target, bool mapped);
/* The targets of all occurrences of MERGED, in the order of the report. */
json_t *pl_json_target_names(const struct pl_report *report,
			     const struct pl_merged_finding *merged);
json_t *pl_json_findings(const struct pl_report *report);
json_t *pl_json_rules(const struct pl_report *report);
json_t *pl_json_suppressions(const struct pl_report *report);
json_t *pl_json_baseline(const struct pl_report *report);
json_t *pl_json_summary(const struct pl_report *report);
/* Of a report that has answers. */
json_t *pl_json_answers(const struct pl_report *report);
json_t *pl_json_comparison(const struct pl_report *report);

#endif
