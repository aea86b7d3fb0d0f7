/* SPDX-License-Identifier: MIT */
#include "read/report/report_findings.h"

#include <stdlib.h>
#include <string.h>

#include "read/report/report_value.h"
#include "support/order.h"

/* OBJECT is a finding or an occurrence of one. */
static bool names_target(json_t *object, const char *name)
{
	json_t *targets = json_object_get(object, "targets");

	for (size_t i = 0; i < json_array_size(targets); i++) {
		const char *its = json_string_value(json_array_get(targets, i));

		if (its && !strcmp(its, name))
			return true;
	}
	return false;
}

static struct pl_error *read_range(json_t *object, struct pl_bit_range *ret)
{
	json_t *range = json_object_get(object, "range");
	uint64_t page;

	if (!range || json_is_null(range))
		return NULL;
	PL_TRY(pl_value_number(range, "page", UINT32_MAX, &page));
	PL_TRY(pl_value_number(range, "offset_bits", INT64_MAX, &ret->offset));
	PL_TRY(pl_value_number(range, "size_bits", INT64_MAX, &ret->size));
	ret->page = (size_t)page;
	return NULL;
}

static struct pl_error *read_declared(json_t *object, const char *key, struct pl_arena *arena,
				      struct pl_place *ret)
{
	json_t *place = json_object_get(object, key);

	if (!json_is_object(place))
		return pl_error_new(PL_ERROR_UNREADABLE, "%s: expected an object", key);
	return pl_value_place(place, arena, ret);
}

static struct pl_error *read_evidence(json_t *object, struct pl_arena *arena,
				      struct pl_finding *finding)
{
	json_t *array = json_object_get(object, "evidence");
	struct pl_evidence *list;

	if (!array)
		return NULL;
	PL_TRY(pl_value_array(object, "evidence", &array));
	list = pl_arena_array(arena, json_array_size(array), sizeof(*list));
	if (!list)
		return pl_error_no_memory();
	for (size_t i = 0; i < json_array_size(array); i++) {
		json_t *each = json_array_get(array, i);
		struct pl_error *error = pl_value_spot(each, arena, &list[i].spot);

		if (!error)
			error = pl_value_text(each, "what", arena, &list[i].what);
		if (error)
			return pl_value_in(error, "evidence", i);
	}
	finding->evidence = list;
	finding->n_evidence = json_array_size(array);
	return NULL;
}

static struct pl_error *read_occurrence(json_t *object, struct pl_target *target,
					struct pl_finding finding)
{
	struct pl_arena *arena = target->arena;
	const char *state;

	PL_TRY(pl_value_text(object, "message", arena, &finding.message));
	PL_TRY(read_range(object, &finding.range));
	PL_TRY(read_declared(object, "declared", arena, &finding.place));
	PL_TRY(read_declared(object, "host_declared", arena, &finding.host_place));
	PL_TRY(read_evidence(object, arena, &finding));
	PL_TRY(pl_value_text(object, "state", arena, &state));
	if (!pl_finding_state_parse(state, &finding.state))
		return pl_error_new(PL_ERROR_UNREADABLE, "state: \"%s\" is not known", state);
	PL_TRY(pl_value_optional_text(object, "reason", arena, &finding.reason));
	return pl_target_add_finding(target, &finding);
}

/* Reports of before there were rules do not say who found it: reading did. */
static struct pl_error *read_origin(json_t *object, struct pl_arena *arena,
				    enum pl_finding_origin *ret)
{
	const char *origin;

	PL_TRY(pl_value_optional_text(object, "origin", arena, &origin));
	if (origin && !pl_finding_origin_parse(origin, ret))
		return pl_error_new(PL_ERROR_UNREADABLE, "origin: \"%s\" is not known", origin);
	return NULL;
}

/* What all occurrences have in common. */
static struct pl_error *read_common(json_t *object, struct pl_arena *arena, struct pl_finding *ret)
{
	const char *severity;

	PL_TRY(pl_value_text(object, "rule", arena, &ret->rule));
	PL_TRY(pl_value_text(object, "severity", arena, &severity));
	if (!pl_severity_parse(severity, &ret->severity))
		return pl_error_new(PL_ERROR_UNREADABLE, "severity: \"%s\" is not known", severity);
	PL_TRY(read_origin(object, arena, &ret->origin));
	PL_TRY(pl_value_optional_text(object, "overlay", arena, &ret->overlay));
	PL_TRY(pl_value_optional_text(object, "member", arena, &ret->member));
	return pl_value_optional_text(object, "host_field", arena, &ret->host_field);
}

/* Of a report of before there were occurrences: its message is all there is. */
static struct pl_error *read_plain(json_t *object, struct pl_target *target)
{
	struct pl_finding finding = {0};

	PL_TRY(read_common(object, target->arena, &finding));
	PL_TRY(pl_value_text(object, "message", target->arena, &finding.message));
	return pl_target_add_finding(target, &finding);
}

static struct pl_error *read_finding(json_t *object, struct pl_target *target, const char *name)
{
	struct pl_finding finding = {0};
	json_t *array;

	if (!json_object_get(object, "occurrences"))
		return read_plain(object, target);
	PL_TRY(read_common(object, target->arena, &finding));
	PL_TRY(pl_value_array(object, "occurrences", &array));
	for (size_t i = 0; i < json_array_size(array); i++) {
		json_t *occurrence = json_array_get(array, i);
		struct pl_error *error;

		if (!names_target(occurrence, name))
			continue;
		error = read_occurrence(occurrence, target, finding);
		if (error)
			return pl_value_in(error, "occurrences", i);
	}
	return NULL;
}

static int by_name(const void *left, const void *right)
{
	const struct pl_named_finding *a = left, *b = right;
	int order = strcmp(a->target, b->target);

	return order ? order : (a->index > b->index) - (a->index < b->index);
}

/* Adds what names the targets of finding INDEX. */
static void list_names(json_t *array, size_t index, struct pl_saved_findings *ret)
{
	json_t *targets = json_object_get(json_array_get(array, index), "targets");

	for (size_t i = 0; i < json_array_size(targets); i++) {
		const char *name = json_string_value(json_array_get(targets, i));

		if (name)
			ret->names[ret->count++] = (struct pl_named_finding){name, index};
	}
}

struct pl_error *pl_report_list_findings(json_t *root, struct pl_arena *arena,
					 struct pl_saved_findings *ret)
{
	size_t most = 0;

	*ret = (struct pl_saved_findings){0};
	PL_TRY(pl_value_array(root, "findings", &ret->array));
	for (size_t i = 0; i < json_array_size(ret->array); i++)
		most += json_array_size(json_object_get(json_array_get(ret->array, i), "targets"));
	ret->names = pl_arena_array(arena, most, sizeof(*ret->names));
	if (!ret->names)
		return pl_error_no_memory();
	for (size_t i = 0; i < json_array_size(ret->array); i++)
		list_names(ret->array, i, ret);
	qsort(ret->names, ret->count, sizeof(*ret->names), by_name);
	return NULL;
}

static int compare_target(const void *element, const void *key)
{
	return strcmp(((const struct pl_named_finding *)element)->target, key);
}

/* Where those of the target called NAME begin, if there are any. */
static size_t find_name(const struct pl_saved_findings *findings, const char *name)
{
	return pl_count_before(name, findings->names, findings->count, sizeof(*findings->names),
			       compare_target);
}

struct pl_error *pl_report_read_findings(const struct pl_saved_findings *findings,
					 struct pl_target *target, const char *name)
{
	const struct pl_named_finding *last = NULL;

	for (size_t i = find_name(findings, name); i < findings->count; i++) {
		const struct pl_named_finding *its = &findings->names[i];
		struct pl_error *error;

		if (strcmp(its->target, name))
			break;
		if (last && last->index == its->index)
			continue;
		last = its;
		error = read_finding(json_array_get(findings->array, its->index), target, name);
		if (error)
			return pl_value_in(error, "findings", its->index);
	}
	return NULL;
}

static struct pl_error *read_rule(json_t *object, struct pl_report *report)
{
	struct pl_arena *arena = report->arena;
	struct pl_rule_info rule = {0};
	const char *severity;

	PL_TRY(pl_value_text(object, "id", arena, &rule.id));
	PL_TRY(pl_value_text(object, "title", arena, &rule.title));
	PL_TRY(pl_value_text(object, "severity", arena, &severity));
	if (!pl_severity_parse(severity, &rule.severity))
		return pl_error_new(PL_ERROR_UNREADABLE, "severity: \"%s\" is not known", severity);
	PL_TRY(pl_value_text(object, "why", arena, &rule.why));
	PL_TRY(pl_value_optional_text(object, "fix", arena, &rule.fix));
	PL_TRY(pl_value_optional_text(object, "since", arena, &rule.since));
	return pl_report_add_rule(report, &rule);
}

struct pl_error *pl_report_read_rules(json_t *root, struct pl_report *report)
{
	json_t *array;

	if (!json_object_get(root, "rules"))
		return NULL;
	PL_TRY(pl_value_array(root, "rules", &array));
	if (json_array_size(array) > PL_MAX_RULES)
		return pl_error_new(PL_ERROR_UNREADABLE, "rules: more than %d", PL_MAX_RULES);
	for (size_t i = 0; i < json_array_size(array); i++) {
		struct pl_error *error = read_rule(json_array_get(array, i), report);

		if (error)
			return pl_value_in(error, "rules", i);
	}
	return NULL;
}
