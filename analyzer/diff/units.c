/* SPDX-License-Identifier: MIT */
/* From leaves to members as a person names them. */
#include <string.h>

#include "diff/diff_internal.h"

static size_t outermost(const struct pl_record *record, const struct pl_field *field)
{
	size_t at = field->container;

	while (at != PL_NONE && record->containers[at].parent != PL_NONE)
		at = record->containers[at].parent;
	return at;
}

static struct pl_unit leaf_unit(const struct pl_field **field)
{
	return (struct pl_unit){
		.path = (*field)->path,
		.type = (*field)->type,
		.offset = (*field)->offset,
		.size = (*field)->size,
		.fields = field,
		.n_fields = 1,
		.padding = (*field)->type_class == PL_CLASS_PADDING,
		.in_union = (*field)->n_branches,
	};
}

static struct pl_unit record_unit(const struct pl_record *record, size_t container,
				  const struct pl_field **field)
{
	struct pl_unit unit = leaf_unit(field);
	const struct pl_container *its = &record->containers[container];

	unit.path = its->path;
	unit.type = its->type;
	unit.offset = its->offset;
	unit.size = its->size;
	return unit;
}

/* FIELDS stand in the order of declaration, so that those of one record follow each other. */
static void gather(struct pl_diff_record *its, const struct pl_field **fields, size_t count)
{
	size_t last = PL_NONE;

	for (size_t i = 0; i < count; i++) {
		size_t container = outermost(its->record, fields[i]);
		struct pl_unit *before = its->units + its->n_units - 1;

		if (container == PL_NONE) {
			its->units[its->n_units++] = leaf_unit(&fields[i]);
		} else if (container != last) {
			its->units[its->n_units++] =
				record_unit(its->record, container, &fields[i]);
		} else {
			before->n_fields++;
			before->padding &= fields[i]->type_class == PL_CLASS_PADDING;
		}
		last = container;
	}
}

struct pl_error *pl_diff_record(struct pl_arena *arena, const struct pl_target *target,
				const struct pl_overlay *overlay, struct pl_diff_record *ret)
{
	const struct pl_record *record =
		overlay ? overlay->record : pl_target_record(target, target->host);
	size_t count = overlay ? overlay->n_members : record->n_fields;
	const struct pl_field **fields = pl_arena_array(arena, count, sizeof(*fields));
	struct pl_diff_record its = {target, record, overlay, NULL, 0};

	its.units = pl_arena_array(arena, count, sizeof(*its.units));
	if (!fields || !its.units)
		return pl_error_no_memory();
	for (size_t i = 0; i < count; i++)
		fields[i] = overlay ? overlay->members[i].field : &record->fields[i];
	gather(&its, fields, count);
	*ret = its;
	return NULL;
}

struct pl_error *pl_diff_leaves(struct pl_arena *arena, const struct pl_unit *unit,
				struct pl_unit **ret)
{
	struct pl_unit *leaves = pl_arena_array(arena, unit->n_fields, sizeof(*leaves));

	if (!leaves)
		return pl_error_no_memory();
	for (size_t i = 0; i < unit->n_fields; i++)
		leaves[i] = leaf_unit(&unit->fields[i]);
	*ret = leaves;
	return NULL;
}

/* The touch that says where MEMBER lies: a pinned one, or the only one; NULL: none tells more than
 * bytes do. */
static const struct pl_touch *telling_touch(const struct pl_member *member)
{
	for (size_t i = 0; i < member->n_touches; i++)
		if (member->touches[i].relation == PL_RELATION_PINNED)
			return &member->touches[i];
	return member->n_touches == 1 && member->touches[0].host_field ? member->touches : NULL;
}

static const char *host_field_of(const struct pl_diff_record *its, const struct pl_unit *unit)
{
	const struct pl_record *host = pl_target_record(its->target, its->target->host);
	const struct pl_touch *touch = NULL;
	size_t container;

	for (size_t i = 0; its->overlay && i < its->overlay->n_members && !touch; i++)
		if (its->overlay->members[i].field == unit->fields[0])
			touch = telling_touch(&its->overlay->members[i]);
	if (!touch)
		return NULL;
	container = outermost(host, touch->host_field);
	return container == PL_NONE ? touch->host_field->path : host->containers[container].path;
}

uint64_t pl_diff_host_size(const struct pl_diff_record *its)
{
	return pl_target_record(its->target, its->target->host)->size;
}

struct pl_bit_range pl_diff_range(const struct pl_diff_record *its, uint64_t offset, uint64_t size)
{
	uint64_t host = pl_diff_host_size(its), page = offset / host;
	uint64_t last = its->overlay ? its->overlay->pages - 1 : 0;

	page = page < last ? page : last;
	return (struct pl_bit_range){(size_t)page, offset - page * host, size};
}

struct pl_change_side pl_diff_side(const struct pl_diff_record *its, const struct pl_unit *unit)
{
	return (struct pl_change_side){
		.path = unit->path,
		.type = unit->type,
		.host_field = host_field_of(its, unit),
		.range = pl_diff_range(its, unit->offset, unit->size),
		.padding = unit->padding,
	};
}
