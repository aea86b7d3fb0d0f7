/* SPDX-License-Identifier: MIT */
#include "model/target.h"

#include <stdlib.h>
#include <string.h>

#include "support/text.h"

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

static struct pl_error *copy_evidence(struct pl_arena *arena, const struct pl_finding *finding,
				      struct pl_finding *ret)
{
	struct pl_evidence *list =
		pl_arena_array(arena, finding->n_evidence, sizeof(*finding->evidence));

	if (!list)
		return pl_error_no_memory();
	for (size_t i = 0; i < finding->n_evidence; i++) {
		const struct pl_evidence *evidence = &finding->evidence[i];

		list[i] = *evidence;
		PL_TRY(pl_text_set(arena, evidence->what, &list[i].what));
		PL_TRY(pl_text_set(arena, evidence->spot.place.file, &list[i].spot.place.file));
		PL_TRY(pl_text_set(arena, evidence->spot.function, &list[i].spot.function));
		PL_TRY(pl_text_set(arena, evidence->spot.through, &list[i].spot.through));
	}
	ret->evidence = list;
	return NULL;
}

struct pl_error *pl_target_add_finding(struct pl_target *target, const struct pl_finding *finding)
{
	struct pl_arena *arena = target->arena;
	struct pl_finding *findings = pl_arena_grow(arena, target->findings, target->n_findings,
						    &target->findings_capacity, sizeof(*findings));
	struct pl_finding *added;

	if (!findings)
		return pl_error_no_memory();
	target->findings = findings;
	added = &findings[target->n_findings];
	*added = *finding;
	PL_TRY(pl_text_set(arena, finding->rule, &added->rule));
	PL_TRY(pl_text_set(arena, finding->overlay, &added->overlay));
	PL_TRY(pl_text_set(arena, finding->member, &added->member));
	PL_TRY(pl_text_set(arena, finding->host_field, &added->host_field));
	PL_TRY(pl_text_set(arena, finding->place.file, &added->place.file));
	PL_TRY(pl_text_set(arena, finding->host_place.file, &added->host_place.file));
	PL_TRY(pl_text_set(arena, finding->message, &added->message));
	PL_TRY(pl_text_set(arena, finding->reason, &added->reason));
	PL_TRY(copy_evidence(arena, finding, added));
	added->fingerprint =
		pl_arena_printf(arena, "%s/%s/%s/%s", finding->rule, or_empty(finding->overlay),
				or_empty(finding->member), or_empty(finding->host_field));
	if (!added->fingerprint)
		return pl_error_no_memory();
	target->n_findings++;
	return NULL;
}

bool pl_target_wants(const struct pl_target *target, const char *overlay)
{
	for (size_t i = 0; i < target->n_wanted; i++)
		if (!strcmp(target->wanted[i].name, overlay))
			return true;
	return false;
}

bool pl_target_has_pins(const struct pl_target *target)
{
	return target->pins_source.kind != PL_SOURCE_UNKNOWN;
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
	PL_TRY(pl_text_set(target->arena, pin->overlay, &added->overlay));
	PL_TRY(pl_text_set(target->arena, pin->member, &added->member));
	PL_TRY(pl_text_set(target->arena, pin->host_field, &added->host_field));
	PL_TRY(pl_text_set(target->arena, pin->expression, &added->expression));
	PL_TRY(pl_text_set(target->arena, pin->place.file, &added->place.file));
	target->n_pins++;
	return NULL;
}

static struct pl_error *copy_wanted(struct pl_arena *arena, const struct pl_wanted_constant *wanted,
				    struct pl_wanted_constant *ret)
{
	ret->n_needs = wanted->n_needs;
	ret->needs = pl_arena_array(arena, wanted->n_needs, sizeof(*ret->needs));
	if (!ret->needs)
		return pl_error_no_memory();
	for (size_t i = 0; i < wanted->n_needs; i++)
		PL_TRY(pl_text_set(arena, wanted->needs[i], &ret->needs[i]));
	return pl_text_set(arena, wanted->expression, &ret->expression);
}

struct pl_error *pl_target_add_constant(struct pl_target *target,
					const struct pl_constant *constant)
{
	struct pl_constant *list =
		pl_arena_grow(target->arena, target->constants, target->n_constants,
			      &target->constants_capacity, sizeof(*list));
	struct pl_constant *added;

	if (!list)
		return pl_error_no_memory();
	target->constants = list;
	added = &list[target->n_constants];
	*added = *constant;
	PL_TRY(copy_wanted(target->arena, &constant->wanted, &added->wanted));
	PL_TRY(pl_text_set(target->arena, constant->left, &added->left));
	PL_TRY(pl_text_set(target->arena, constant->right, &added->right));
	PL_TRY(pl_text_set(target->arena, constant->place.file, &added->place.file));
	target->n_constants++;
	return NULL;
}

const struct pl_constant *pl_target_constant(const struct pl_target *target,
					     const struct pl_wanted_constant *wanted)
{
	for (size_t i = 0; i < target->n_constants; i++)
		if (pl_wanted_constant_same(&target->constants[i].wanted, wanted))
			return &target->constants[i];
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
	PL_TRY(pl_text_set(target->arena, candidate->record, &added->record));
	PL_TRY(pl_text_set(target->arena, candidate->place.file, &added->place.file));
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
	PL_TRY(pl_text_set(target->arena, overlay->name, &list[target->n_discovered].name));
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
