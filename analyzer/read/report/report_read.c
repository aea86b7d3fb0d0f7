/* SPDX-License-Identifier: MIT */
#include "read/report/report_read.h"

#include <ctype.h>
#include <string.h>

#include "model/topic.h"
#include "read/naming.h"
#include "read/report/report_failures.h"
#include "read/report/report_findings.h"
#include "read/report/report_pins.h"
#include "read/report/report_record.h"
#include "read/report/report_usage.h"
#include "read/report/report_value.h"
#include "support/json.h"
#include "support/text.h"

enum { MAX_OVERLAYS = 1024, MAX_TARGETS = 4096 };

bool pl_report_detect(struct pl_bytes bytes)
{
	size_t i = 0;

	while (i < bytes.size && isspace(bytes.data[i]))
		i++;
	return i < bytes.size && bytes.data[i] == '{';
}

static void json_cleanup(json_t **json)
{
	json_decref(*json);
}

static struct pl_error *read_source(json_t *object, const char *key, struct pl_arena *arena,
				    struct pl_source *ret)
{
	json_t *source = json_object_get(object, key);
	const char *kind;

	if (!json_is_object(source))
		return pl_error_new(PL_ERROR_UNREADABLE, "%s: expected an object", key);
	PL_TRY(pl_value_text(source, "kind", arena, &kind));
	ret->kind = pl_source_kind_parse(kind);
	if (ret->kind == PL_SOURCE_UNKNOWN)
		return pl_error_new(PL_ERROR_UNREADABLE, "%s.kind: \"%s\" is not known", key, kind);
	PL_TRY(pl_value_text(source, "path", arena, &ret->path));
	return pl_value_optional_text(source, "build_id", arena, &ret->build_id);
}

static struct pl_error *read_sources(json_t *object, struct pl_target *target)
{
	json_t *pins_source = json_object_get(object, "pins_source");

	PL_TRY(read_source(object, "source", target->arena, &target->source));
	PL_TRY(pl_value_optional_text(object, "reader", target->arena, &target->reader));
	if (!pins_source || json_is_null(pins_source))
		return NULL;
	return read_source(object, "pins_source", target->arena, &target->pins_source);
}

static struct pl_error *read_identity(json_t *object, struct pl_target *target)
{
	const char *endian;
	uint64_t bits;

	PL_TRY(pl_value_text(object, "name", target->arena, &target->name));
	PL_TRY(pl_value_optional_text(object, "arch", target->arena, &target->arch));
	PL_TRY(pl_value_optional_number(object, "bits", 64, &bits));
	PL_TRY(pl_value_optional_text(object, "endian", target->arena, &endian));
	PL_TRY(pl_value_optional_text(object, "release", target->arena, &target->release));
	PL_TRY(pl_value_optional_text(object, "compiler", target->arena, &target->compiler));
	PL_TRY(pl_value_optional_text(object, "config_digest", target->arena,
				      &target->config_digest));
	if (bits && bits != 32 && bits != 64)
		return pl_error_new(PL_ERROR_UNREADABLE, "bits: expected 32, 64 or null");
	target->bits = (unsigned)bits;
	target->endian = pl_endian_parse(endian);
	return read_sources(object, target);
}

static struct pl_error *read_records(json_t *object, struct pl_target *target)
{
	json_t *array;

	PL_TRY(pl_value_array(object, "records", &array));
	for (size_t i = 0; i < json_array_size(array); i++) {
		struct pl_record *record;
		struct pl_error *error =
			pl_report_read_record(json_array_get(array, i), target->arena, &record);

		if (error)
			return pl_value_in(error, "records", i);
		if (pl_target_record(target, record->name))
			return pl_error_new(PL_ERROR_UNREADABLE, "records[%zu]: %s is there twice",
					    i, record->name);
		PL_TRY(pl_target_add_record(target, record));
	}
	return NULL;
}

static struct pl_error *read_overlay(json_t *object, struct pl_target *target)
{
	struct pl_wanted_overlay *wanted = &target->wanted[target->n_wanted];
	bool discovered = false;
	uint64_t pages;

	PL_TRY(pl_value_text(object, "name", target->arena, &wanted->name));
	PL_TRY(pl_value_number(object, "pages", PL_MOST_PAGES, &pages));
	if (!pages)
		return pl_error_new(PL_ERROR_UNREADABLE, "pages: expected at least 1");
	if (!pl_target_record(target, wanted->name))
		return pl_error_new(PL_ERROR_UNREADABLE, "%s is not among the records",
				    wanted->name);
	wanted->pages = (size_t)pages;
	target->n_wanted++;
	if (json_object_get(object, "discovered"))
		PL_TRY(pl_value_bool(object, "discovered", &discovered));
	return discovered ? pl_target_add_discovered(target, wanted) : NULL;
}

static struct pl_error *read_absent(json_t *value, struct pl_target *target)
{
	struct pl_wanted_overlay *wanted = &target->wanted[target->n_wanted];

	if (!json_is_string(value))
		return pl_error_new(PL_ERROR_UNREADABLE, "expected a string");
	wanted->name = pl_text_copy(target->arena, json_string_value(value));
	wanted->pages = 1;
	target->n_wanted++;
	return wanted->name ? NULL : pl_error_no_memory();
}

/* What was mapped, so that it can be mapped again. */
static struct pl_error *read_wanted(json_t *object, struct pl_target *target)
{
	json_t *overlays, *absent;
	size_t most;

	PL_TRY(pl_value_text(object, "host", target->arena, &target->host));
	PL_TRY(pl_value_array(object, "overlays", &overlays));
	PL_TRY(pl_value_array(object, "absent", &absent));
	most = json_array_size(overlays) + json_array_size(absent);
	if (most > MAX_OVERLAYS)
		return pl_error_new(PL_ERROR_UNREADABLE, "overlays: more than %d with those absent",
				    MAX_OVERLAYS);
	target->wanted = pl_arena_array(target->arena, most, sizeof(*target->wanted));
	if (!target->wanted)
		return pl_error_no_memory();
	for (size_t i = 0; i < json_array_size(overlays); i++) {
		struct pl_error *error = read_overlay(json_array_get(overlays, i), target);

		if (error)
			return pl_value_in(error, "overlays", i);
	}
	for (size_t i = 0; i < json_array_size(absent); i++) {
		struct pl_error *error = read_absent(json_array_get(absent, i), target);

		if (error)
			return pl_value_in(error, "absent", i);
	}
	return NULL;
}

static struct pl_error *read_manner(json_t *object, struct pl_target *target)
{
	if (json_object_get(object, "checked"))
		PL_TRY(pl_value_bool(object, "checked", &target->checked));
	if (json_object_get(object, "only_asked_for"))
		PL_TRY(pl_value_bool(object, "only_asked_for", &target->only_asked_for));
	if (json_object_get(object, "all_units"))
		PL_TRY(pl_value_bool(object, "all_units", &target->all_units));
	return NULL;
}

static struct pl_error *read_target(const struct pl_read_request *request, json_t *object,
				    const struct pl_saved_findings *findings,
				    struct pl_report *report, struct pl_saved_name *saved)
{
	PL_CLEANUP(pl_target_cleanup) struct pl_target *target = pl_target_new();

	if (!target)
		return pl_error_no_memory();
	target->saved = true;
	PL_TRY(read_identity(object, target));
	*saved = (struct pl_saved_name){target->name, report->n_targets};
	PL_TRY(pl_name_target(report, request->name, target));
	PL_TRY(read_records(object, target));
	PL_TRY(read_wanted(object, target));
	PL_TRY(pl_report_read_pins(object, target));
	PL_TRY(read_manner(object, target));
	PL_TRY(pl_report_read_usage(object, target));
	PL_TRY(pl_report_read_findings(findings, target, saved->name));
	PL_TRY(pl_report_add_target(report, target));
	target = NULL;
	return NULL;
}

/* What they are called there into *NAMES, in SCRATCH. */
static struct pl_error *read_targets(const struct pl_read_request *request, json_t *array,
				     const struct pl_saved_findings *findings,
				     struct pl_report *report, struct pl_arena *scratch,
				     struct pl_saved_name **names)
{
	*names = pl_arena_array(scratch, json_array_size(array), sizeof(**names));
	if (!*names)
		return pl_error_no_memory();
	for (size_t i = 0; i < json_array_size(array); i++) {
		struct pl_error *error = read_target(request, json_array_get(array, i), findings,
						     report, &(*names)[i]);

		if (error)
			return pl_value_in(error, "targets", i);
	}
	return NULL;
}

/* Reports that do not say of targets that they were checked have the rules that were looked at. */
static bool was_checked(json_t *root)
{
	json_t *rules = json_object_get(root, "rules");

	for (size_t i = 0; i < json_array_size(rules); i++) {
		json_t *id = json_object_get(json_array_get(rules, i), "id");

		if (json_is_string(id) && !pl_is_reading_rule(json_string_value(id)))
			return true;
	}
	return false;
}

/* Of the targets from FIRST on, which are those of ROOT. */
static void take_checked(json_t *root, struct pl_report *report, size_t first)
{
	bool said = false, checked = was_checked(root);

	for (size_t i = first; i < report->n_targets; i++)
		said |= report->targets[i]->checked;
	for (size_t i = first; !said && i < report->n_targets; i++)
		report->targets[i]->checked = checked;
}

static struct pl_error *read_root(const struct pl_read_request *request, json_t *root,
				  struct pl_report *report)
{
	PL_CLEANUP(pl_arena_cleanup) struct pl_arena *scratch = pl_arena_new();
	const char *schema = json_string_value(json_object_get(root, "schema"));
	struct pl_saved_findings findings;
	struct pl_saved_name *names;
	size_t first = report->n_targets;
	json_t *targets, *failures;

	if (!scratch)
		return pl_error_no_memory();
	if (!schema || strcmp(schema, PL_REPORT_SCHEMA))
		return pl_error_new(PL_ERROR_UNREADABLE, "schema: expected \"%s\"",
				    PL_REPORT_SCHEMA);
	PL_TRY(pl_value_array(root, "targets", &targets));
	if (json_array_size(targets) > MAX_TARGETS)
		return pl_error_new(PL_ERROR_UNREADABLE, "targets: more than %d", MAX_TARGETS);
	PL_TRY(pl_value_array(root, "failures", &failures));
	PL_TRY(pl_report_list_findings(root, scratch, &findings));
	PL_TRY(pl_report_read_rules(root, report));
	PL_TRY(read_targets(request, targets, &findings, report, scratch, &names));
	take_checked(root, report, first);
	return pl_report_read_failures(failures, names, json_array_size(targets), report);
}

/* What can only be done to a kernel, and would be done silently to nothing. */
static struct pl_error *check_request(const struct pl_read_request *request)
{
	const char *what = request->config	      ? "its configuration"
			   : request->check_all_units ? "whether all units agree"
						      : NULL;

	if (!what)
		return NULL;
	return pl_error_new(PL_ERROR_UNREADABLE, "%s: a saved report cannot be asked for %s",
			    request->path, what);
}

struct pl_error *pl_report_read(const struct pl_read_request *request, struct pl_bytes bytes,
				struct pl_report *report)
{
	PL_CLEANUP(json_cleanup) json_t *root = NULL;
	json_error_t where;
	struct pl_error *error;

	PL_TRY(check_request(request));
	PL_TRY(pl_json_decode(bytes, JSON_REJECT_DUPLICATES, &root, &where));
	if (!root)
		return pl_error_new(PL_ERROR_UNREADABLE, "%s:%d:%d: %s", request->path, where.line,
				    where.column, where.text);
	error = read_root(request, root, report);
	return error ? pl_error_prefix(error, "%s", request->path) : NULL;
}
