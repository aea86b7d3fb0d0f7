/* SPDX-License-Identifier: MIT */
/* Bits that some member used and none does, and the other way round. */
#include <stdlib.h>

#include "diff/diff_internal.h"

/* Bits [start, end) from the start of the record. */
struct stretch {
	uint64_t start, end;
};

struct stretches {
	struct stretch *list;
	size_t count;
};

static int by_start(const void *left, const void *right)
{
	const struct stretch *a = left, *b = right;

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

		if (last && each.start <= last->end)
			last->end = each.end > last->end ? each.end : last->end;
		else
			used->list[kept++] = each;
	}
	used->count = kept;
}

/* What leaves other than padding have. */
static struct pl_error *find_used(struct pl_arena *arena, const struct pl_diff_record *its,
				  struct stretches *ret)
{
	struct stretches used = {0};
	size_t most = 0;

	for (size_t i = 0; i < its->n_units; i++)
		most += its->units[i].n_fields;
	used.list = pl_arena_array(arena, most, sizeof(*used.list));
	if (!used.list)
		return pl_error_no_memory();
	for (size_t i = 0; i < its->n_units; i++) {
		for (size_t j = 0; j < its->units[i].n_fields; j++) {
			const struct pl_field *field = its->units[i].fields[j];

			if (field->size && field->type_class != PL_CLASS_PADDING)
				used.list[used.count++] = (struct stretch){
					field->offset, field->offset + field->size};
		}
	}
	unite(&used);
	*ret = used;
	return NULL;
}

static bool has_bits(const struct pl_unit *unit, const struct stretch *bits)
{
	return !unit->padding && unit->offset < bits->end &&
	       unit->offset + unit->size > bits->start;
}

static struct pl_error *name_members(struct pl_differ *d, const struct pl_diff_record *its,
				     const struct stretch *bits, struct pl_change *change)
{
	size_t count = 0;

	for (size_t i = 0; i < its->n_units; i++)
		count += has_bits(&its->units[i], bits);
	change->members = pl_arena_array(d->diff->arena, count, sizeof(*change->members));
	if (!change->members)
		return pl_error_no_memory();
	for (size_t i = 0; i < its->n_units; i++)
		if (has_bits(&its->units[i], bits))
			change->members[change->n_members++] = its->units[i].path;
	return NULL;
}

/* BITS of one host position, or past the last one. ITS is the side that has them, and says which
 * KIND it is. */
static struct pl_error *tell(struct pl_differ *d, const struct pl_diff_record *its,
			     enum pl_change_kind kind, const struct stretch *bits)
{
	struct pl_change change = {.kind = kind, .record = its->record->name};
	struct pl_change_side *side = kind == PL_CHANGE_FREED ? &change.old : &change.new;

	side->range = pl_diff_range(its, bits->start, bits->end - bits->start);
	PL_TRY(name_members(d, its, bits, &change));
	return pl_diff_add(d, &change);
}

static struct pl_error *tell_by_page(struct pl_differ *d, const struct pl_diff_record *its,
				     enum pl_change_kind kind, struct stretch bits)
{
	uint64_t host = pl_diff_host_size(its);
	uint64_t last = its->overlay ? (its->overlay->pages - 1) * host : 0;

	while (bits.start < bits.end) {
		uint64_t end = bits.start < last ? (bits.start / host + 1) * host : bits.end;
		struct stretch part = {bits.start, end < bits.end ? end : bits.end};

		PL_TRY(tell(d, its, kind, &part));
		bits.start = part.end;
	}
	return NULL;
}

/* What is in HAVE, which ITS uses, and not in LACK. */
static struct pl_error *subtract(struct pl_differ *d, const struct pl_diff_record *its,
				 enum pl_change_kind kind, const struct stretches *have,
				 const struct stretches *lack)
{
	size_t at = 0;

	for (size_t i = 0; i < have->count; i++) {
		struct stretch rest = have->list[i];

		while (at < lack->count && lack->list[at].end <= rest.start)
			at++;
		for (size_t j = at; j < lack->count && lack->list[j].start < rest.end; j++) {
			struct stretch gap = {rest.start, lack->list[j].start};

			PL_TRY(tell_by_page(d, its, kind, gap));
			rest.start = lack->list[j].end;
		}
		PL_TRY(tell_by_page(d, its, kind, rest));
	}
	return NULL;
}

struct pl_error *pl_diff_bits(struct pl_differ *d, const struct pl_diff_record *old,
			      const struct pl_diff_record *new)
{
	struct stretches before, after;

	PL_TRY(find_used(d->diff->arena, old, &before));
	PL_TRY(find_used(d->diff->arena, new, &after));
	PL_TRY(subtract(d, old, PL_CHANGE_FREED, &before, &after));
	return subtract(d, new, PL_CHANGE_TAKEN, &after, &before);
}
