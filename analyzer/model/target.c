/* SPDX-License-Identifier: MIT */
#include "model/target.h"

#include <stdlib.h>
#include <string.h>

static const char *const source_names[PL_SOURCE_COUNT] = {
	[PL_SOURCE_DWARF] = "dwarf",
	[PL_SOURCE_BTF] = "btf",
	[PL_SOURCE_HEADERS] = "headers",
};

static const char *const endian_names[] = {
	[PL_ENDIAN_LITTLE] = "little",
	[PL_ENDIAN_BIG] = "big",
};

struct pl_target *pl_target_new(void)
{
	struct pl_target *target = calloc(1, sizeof(*target));

	if (target)
		target->arena = pl_arena_new();
	if (target && !target->arena) {
		free(target);
		return NULL;
	}
	return target;
}

void pl_target_free(struct pl_target *target)
{
	if (!target)
		return;
	pl_arena_free(target->arena);
	free(target);
}

void pl_target_cleanup(struct pl_target **target)
{
	pl_target_free(*target);
}

struct pl_record *pl_target_record(const struct pl_target *target, const char *name)
{
	for (size_t i = 0; i < target->n_records; i++)
		if (!strcmp(target->records[i]->name, name))
			return target->records[i];
	return NULL;
}

struct pl_error *pl_target_add_record(struct pl_target *target, struct pl_record *record)
{
	struct pl_record **records =
		pl_arena_grow(target->arena, target->records, target->n_records,
			      &target->records_capacity, sizeof(struct pl_record *));

	if (!records)
		return pl_error_no_memory();
	target->records = records;
	target->records[target->n_records++] = record;
	return NULL;
}

static const char *or_empty(const char *text)
{
	return text ? text : "";
}

struct pl_error *pl_target_add_finding(struct pl_target *target, const struct pl_finding *finding)
{
	struct pl_arena *arena = target->arena;
	struct pl_finding *findings = pl_arena_grow(arena, target->findings, target->n_findings,
						    &target->findings_capacity, sizeof(*findings));
	struct pl_finding copy = {
		.rule = pl_arena_strdup(arena, finding->rule),
		.severity = finding->severity,
		.overlay = pl_arena_strdup(arena, finding->overlay),
		.member = pl_arena_strdup(arena, finding->member),
		.host_field = pl_arena_strdup(arena, finding->host_field),
		.message = pl_arena_strdup(arena, finding->message),
		.fingerprint = pl_arena_printf(
			arena, "%s/%s/%s/%s/%s", finding->rule, or_empty(finding->overlay),
			or_empty(finding->member), or_empty(finding->host_field), target->name),
	};

	if (!findings || !copy.rule || !copy.message || !copy.fingerprint ||
	    !copy.overlay != !finding->overlay || !copy.member != !finding->member ||
	    !copy.host_field != !finding->host_field)
		return pl_error_no_memory();
	target->findings = findings;
	target->findings[target->n_findings++] = copy;
	return NULL;
}

bool pl_target_has_pins(const struct pl_target *target)
{
	return target->pins_source.kind != PL_SOURCE_UNKNOWN;
}

/* A copy of TEXT into *RET; NULL stays NULL. */
static struct pl_error *copy(struct pl_arena *arena, const char *text, const char **ret)
{
	*ret = pl_arena_strdup(arena, text);
	return text && !*ret ? pl_error_no_memory() : NULL;
}

struct pl_error *pl_target_add_pin(struct pl_target *target, const struct pl_pin *pin)
{
	struct pl_pin *pins = pl_arena_grow(target->arena, target->pins, target->n_pins,
					    &target->pins_capacity, sizeof(*pins));
	struct pl_pin *added;

	if (!pins)
		return pl_error_no_memory();
	target->pins = pins;
	added = &pins[target->n_pins];
	*added = *pin;
	PL_TRY(copy(target->arena, pin->overlay, &added->overlay));
	PL_TRY(copy(target->arena, pin->member, &added->member));
	PL_TRY(copy(target->arena, pin->host_field, &added->host_field));
	PL_TRY(copy(target->arena, pin->expression, &added->expression));
	PL_TRY(copy(target->arena, pin->place.file, &added->place.file));
	target->n_pins++;
	return NULL;
}

struct pl_error *pl_target_add_candidate(struct pl_target *target,
					 const struct pl_candidate *candidate)
{
	struct pl_candidate *list =
		pl_arena_grow(target->arena, target->candidates, target->n_candidates,
			      &target->candidates_capacity, sizeof(*list));
	struct pl_candidate *added;

	if (!list)
		return pl_error_no_memory();
	target->candidates = list;
	added = &list[target->n_candidates];
	*added = *candidate;
	PL_TRY(copy(target->arena, candidate->record, &added->record));
	PL_TRY(copy(target->arena, candidate->place.file, &added->place.file));
	target->n_candidates++;
	return NULL;
}

struct pl_error *pl_target_add_discovered(struct pl_target *target,
					  const struct pl_wanted_overlay *overlay)
{
	struct pl_wanted_overlay *list =
		pl_arena_grow(target->arena, target->discovered, target->n_discovered,
			      &target->discovered_capacity, sizeof(*list));

	if (!list)
		return pl_error_no_memory();
	target->discovered = list;
	list[target->n_discovered] = *overlay;
	PL_TRY(copy(target->arena, overlay->name, &list[target->n_discovered].name));
	target->n_discovered++;
	return NULL;
}

const char *pl_source_kind_name(enum pl_source_kind kind)
{
	return source_names[kind];
}

enum pl_source_kind pl_source_kind_parse(const char *name)
{
	for (int i = 0; name && i < PL_SOURCE_COUNT; i++)
		if (source_names[i] && !strcmp(source_names[i], name))
			return (enum pl_source_kind)i;
	return PL_SOURCE_UNKNOWN;
}

const char *pl_endian_name(enum pl_endian endian)
{
	return endian_names[endian];
}

enum pl_endian pl_endian_parse(const char *name)
{
	for (int i = PL_ENDIAN_LITTLE; name && i <= PL_ENDIAN_BIG; i++)
		if (!strcmp(endian_names[i], name))
			return (enum pl_endian)i;
	return PL_ENDIAN_UNKNOWN;
}
