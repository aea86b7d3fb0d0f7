/* SPDX-License-Identifier: MIT */
#include "read/definitions.h"

#include <string.h>

#include "support/text.h"

struct pl_error *pl_definitions_init(struct pl_definitions *definitions,
				     const struct pl_read_request *request,
				     struct pl_target *target)
{
	definitions->request = request;
	definitions->target = target;
	target->all_units = request->check_all_units;
	definitions->list =
		pl_arena_array(target->arena, request->n_records, sizeof(*definitions->list));
	return definitions->list ? NULL : pl_error_no_memory();
}

bool pl_definitions_known(const struct pl_definitions *definitions, size_t index)
{
	return definitions->list[index].record;
}

static bool same_branches(const struct pl_field *a, const struct pl_field *b)
{
	if (a->n_branches != b->n_branches)
		return false;
	for (size_t i = 0; i < a->n_branches; i++)
		if (a->branches[i].union_index != b->branches[i].union_index ||
		    a->branches[i].alternative != b->branches[i].alternative)
			return false;
	return true;
}

/* Not every compiler says of a bit field that fills its type that it is one. */
static bool same_leaf(const struct pl_field *a, const struct pl_field *b)
{
	return a->offset == b->offset && a->size == b->size && !strcmp(a->path, b->path) &&
	       !strcmp(a->type, b->type);
}

static bool same_field(const struct pl_field *a, const struct pl_field *b)
{
	return same_leaf(a, b) && same_branches(a, b);
}

static bool same_unions(const struct pl_record *a, const struct pl_record *b)
{
	if (a->n_unions != b->n_unions)
		return false;
	for (size_t i = 0; i < a->n_unions; i++)
		if (a->unions[i].offset != b->unions[i].offset ||
		    a->unions[i].size != b->unions[i].size ||
		    a->unions[i].alternatives != b->unions[i].alternatives)
			return false;
	return true;
}

static const char *describe_field(struct pl_arena *arena, const struct pl_field *a,
				  const struct pl_field *b)
{
	if (same_leaf(a, b))
		return pl_arena_printf(arena, "%s %s lies in other alternatives of its unions",
				       a->type, a->path);
	return pl_arena_printf(arena,
			       "%s %s is at bit %ju, %ju bits long, in the one, %s %s at bit %ju, "
			       "%ju bits long, in the other",
			       a->type, a->path, (uintmax_t)a->offset, (uintmax_t)a->size, b->type,
			       b->path, (uintmax_t)b->offset, (uintmax_t)b->size);
}

/* How B differs from A, in words in ARENA; *RET is NULL if it does not. */
static struct pl_error *compare(struct pl_arena *arena, const struct pl_record *a,
				const struct pl_record *b, const char **ret)
{
	const char *text = NULL;
	size_t i = 0;

	while (i < a->n_fields && i < b->n_fields && same_field(&a->fields[i], &b->fields[i]))
		i++;
	*ret = NULL;
	if (a->size == b->size && a->is_union == b->is_union && i == a->n_fields &&
	    i == b->n_fields && same_unions(a, b))
		return NULL;
	if (a->size != b->size)
		text = pl_arena_printf(arena, "%ju bits in the one, %ju in the other",
				       (uintmax_t)a->size, (uintmax_t)b->size);
	else if (i < a->n_fields && i < b->n_fields)
		text = describe_field(arena, &a->fields[i], &b->fields[i]);
	else if (i < a->n_fields || i < b->n_fields)
		text = pl_arena_printf(arena, "%zu fields in the one, %zu in the other",
				       a->n_fields, b->n_fields);
	else
		text = pl_arena_strdup(arena, "its unions differ");
	*ret = text;
	return text ? NULL : pl_error_no_memory();
}

static const char *known_origin(const char *origin)
{
	return origin ? origin : "an unnamed unit";
}

static struct pl_error *add_different(struct pl_definitions *definitions,
				      struct pl_definition *known, const char *difference,
				      const char *origin)
{
	if (known->different++)
		return NULL;
	known->difference =
		pl_arena_printf(definitions->target->arena, "between %s and %s: %s",
				known_origin(known->origin), known_origin(origin), difference);
	return known->difference ? NULL : pl_error_no_memory();
}

struct pl_error *pl_definitions_add(struct pl_definitions *definitions, size_t index,
				    struct pl_record *record, const char *origin)
{
	PL_CLEANUP(pl_arena_cleanup) struct pl_arena *scratch = NULL;
	struct pl_definition *known = &definitions->list[index];
	const char *difference;

	known->count++;
	if (!known->record) {
		known->record = record;
		known->origin = pl_text_copy(definitions->target->arena, origin);
		return origin && !known->origin ? pl_error_no_memory() : NULL;
	}
	scratch = pl_arena_new();
	if (!scratch)
		return pl_error_no_memory();
	PL_TRY(compare(scratch, known->record, record, &difference));
	return difference ? add_different(definitions, known, difference, origin) : NULL;
}

void pl_definitions_repeat(struct pl_definitions *definitions, size_t index)
{
	definitions->list[index].count++;
}

static struct pl_error *report(struct pl_definitions *definitions,
			       const struct pl_definition *known)
{
	struct pl_finding finding = {
		.rule = "ONE-DEFINITION",
		.severity = PL_SEVERITY_ERROR,
		.overlay = known->record->name,
		.message = pl_arena_printf(
			definitions->target->arena,
			"%s %s: %zu of its %zu definitions differ from the one that was read, "
			"first %s",
			known->record->is_union ? "union" : "struct", known->record->name,
			known->different, known->count, known->difference),
	};

	if (!finding.message)
		return pl_error_no_memory();
	return pl_target_add_finding(definitions->target, &finding);
}

struct pl_error *pl_definitions_finish(struct pl_definitions *definitions)
{
	for (size_t i = 0; i < definitions->request->n_records; i++) {
		const struct pl_definition *known = &definitions->list[i];

		if (!known->record)
			continue;
		PL_TRY(pl_target_add_record(definitions->target, known->record));
		if (known->different)
			PL_TRY(report(definitions, known));
	}
	return NULL;
}
