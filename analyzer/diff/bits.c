/* SPDX-License-Identifier: MIT */
/* Bits that some member used and none does, and the other way round. */
#include <stdlib.h>

#include "diff/diff_internal.h"

/*
 * Bits [start, end) of one host position, so that a host that grew moves none
 * of the next one. What is past the last position is counted from there.
 */
struct stretch {
	size_t page;
	uint64_t start, end;
};

struct stretches {
	struct stretch *list;
	size_t count;
};

/* One side of the record, and the last host position that either side has. */
struct side {
	const struct pl_diff_record *its;
	uint64_t host;
	size_t last;
};

static int by_start(const void *left, const void *right)
{
	const struct stretch *a = left, *b = right;

	if (a->page != b->page)
		return a->page < b->page ? -1 : 1;
	return (a->start > b->start) - (a->start < b->start);
}

/* Overlapping and touching ones become one. */
static void unite(struct stretches *used)
{
	size_t kept = 0;

	if (used->count)
		qsort(used->list, used->count, sizeof(*used->list), by_start);
	for (size_t i = 0; i < used->count; i++) {
		struct stretch *last = kept ? &used->list[kept - 1] : NULL;
		const struct stretch each = used->list[i];

		if (last && each.page == last->page && each.start <= last->end)
			last->end = each.end > last->end ? each.end : last->end;
		else
			used->list[kept++] = each;
	}
	used->count = kept;
}

/* Where bit AT of SIDE is. */
static size_t page_of(const struct side *side, uint64_t at)
{
	return at / side->host < side->last ? (size_t)(at / side->host) : side->last;
}

static bool is_used(const struct pl_field *field)
{
	return field->size && field->type_class != PL_CLASS_PADDING;
}

static size_t count_parts(const struct side *side, const struct pl_field *field)
{
	return page_of(side, field->offset + field->size - 1) - page_of(side, field->offset) + 1;
}

/* The bits of FIELD, one stretch for each host position that it is on. */
static void add_parts(const struct side *side, const struct pl_field *field, struct stretches *used)
{
	size_t first = page_of(side, field->offset), parts = count_parts(side, field);

	for (size_t i = 0; i < parts; i++) {
		uint64_t base = (first + i) * side->host;
		uint64_t start = i ? 0 : field->offset - base;
		uint64_t end = field->offset + field->size - base;

		used->list[used->count++] =
			(struct stretch){first + i, start, i + 1 < parts ? side->host : end};
	}
}

/* What leaves other than padding have. */
static struct pl_error *find_used(struct pl_arena *arena, const struct side *side,
				  struct stretches *ret)
{
	const struct pl_diff_record *its = side->its;
	struct stretches used = {0};
	size_t most = 0;

	for (size_t i = 0; i < its->n_units; i++)
		for (size_t j = 0; j < its->units[i].n_fields; j++)
			if (is_used(its->units[i].fields[j]))
				most += count_parts(side, its->units[i].fields[j]);
	used.list = pl_arena_array(arena, most, sizeof(*used.list));
	if (!used.list)
		return pl_error_no_memory();
	for (size_t i = 0; i < its->n_units; i++)
		for (size_t j = 0; j < its->units[i].n_fields; j++)
			if (is_used(its->units[i].fields[j]))
				add_parts(side, its->units[i].fields[j], &used);
	unite(&used);
	*ret = used;
	return NULL;
}

static bool has_bits(const struct pl_unit *unit, uint64_t start, uint64_t end)
{
	return !unit->padding && unit->offset < end && unit->offset + unit->size > start;
}

/* START and END count from the start of the record. */
static struct pl_error *name_members(struct pl_differ *d, const struct pl_diff_record *its,
				     uint64_t start, uint64_t end, struct pl_change *change)
{
	size_t count = 0;

	for (size_t i = 0; i < its->n_units; i++)
		count += has_bits(&its->units[i], start, end);
	change->members = pl_arena_array(d->diff->arena, count, sizeof(*change->members));
	if (!change->members)
		return pl_error_no_memory();
	for (size_t i = 0; i < its->n_units; i++)
		if (has_bits(&its->units[i], start, end))
			change->members[change->n_members++] = its->units[i].path;
	return NULL;
}

/* Bits from START to END of PAGE that SIDE has, and the other has not: KIND says which it is. */
static struct pl_error *tell(struct pl_differ *d, const struct side *side, enum pl_change_kind kind,
			     size_t page, uint64_t start, uint64_t end)
{
	struct pl_change change = {.kind = kind, .record = side->its->record->name};
	struct pl_change_side *told = kind == PL_CHANGE_FREED ? &change.old : &change.new;
	uint64_t base = page * side->host;

	if (start >= end)
		return NULL;
	told->range = pl_diff_range(side->its, base + start, end - start);
	PL_TRY(name_members(d, side->its, base + start, base + end, &change));
	return pl_diff_add(d, &change);
}

static bool is_before(const struct stretch *a, const struct stretch *b)
{
	return a->page < b->page || (a->page == b->page && a->end <= b->start);
}

/* What is in HAVE, which SIDE uses, and not in LACK. */
static struct pl_error *subtract(struct pl_differ *d, const struct side *side,
				 enum pl_change_kind kind, const struct stretches *have,
				 const struct stretches *lack)
{
	size_t at = 0;

	for (size_t i = 0; i < have->count; i++) {
		struct stretch rest = have->list[i];

		while (at < lack->count && is_before(&lack->list[at], &rest))
			at++;
		for (size_t j = at; j < lack->count && !is_before(&rest, &lack->list[j]); j++) {
			PL_TRY(tell(d, side, kind, rest.page, rest.start, lack->list[j].start));
			rest.start = lack->list[j].end;
		}
		PL_TRY(tell(d, side, kind, rest.page, rest.start, rest.end));
	}
	return NULL;
}

static size_t last_page(const struct pl_diff_record *its)
{
	return its->overlay ? its->overlay->pages - 1 : 0;
}

struct pl_error *pl_diff_bits(struct pl_differ *d, const struct pl_diff_record *old,
			      const struct pl_diff_record *new)
{
	size_t last = last_page(old) > last_page(new) ? last_page(old) : last_page(new);
	const struct side from = {old, pl_diff_host_size(old), last};
	const struct side to = {new, pl_diff_host_size(new), last};
	struct stretches before, after;

	PL_TRY(find_used(d->diff->arena, &from, &before));
	PL_TRY(find_used(d->diff->arena, &to, &after));
	PL_TRY(subtract(d, &from, PL_CHANGE_FREED, &before, &after));
	return subtract(d, &to, PL_CHANGE_TAKEN, &after, &before);
}
