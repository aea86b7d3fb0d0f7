/* SPDX-License-Identifier: MIT */
#include "report/lanes.h"

#include <string.h>

/* What a row is cut out of. */
struct cut {
	const struct pl_record *host;
	size_t page;
	const struct pl_row *row;
	struct pl_arena *arena;
	struct pl_lanes *lanes;
};

static bool overlap(const struct pl_bit_range *a, const struct pl_bit_range *b)
{
	return a->offset < b->offset + b->size && b->offset < a->offset + a->size;
}

static bool is_alternative(const struct pl_piece *a, const struct pl_piece *b)
{
	return overlap(&a->range, &b->range) ||
	       pl_branches_exclude(a->branches, a->n_branches, b->branches, b->n_branches);
}

/* How far the ways to both through unions are one. */
static size_t shared_branches(const struct pl_piece *a, const struct pl_piece *b)
{
	size_t i = 0;

	while (i < a->n_branches && i < b->n_branches &&
	       a->branches[i].union_index == b->branches[i].union_index &&
	       a->branches[i].alternative == b->branches[i].alternative)
		i++;
	return i;
}

/* 0: PIECE cannot be in LANE; otherwise the more, the closer it is to what is there. */
static size_t closeness(const struct pl_lane *lane, const struct pl_piece *piece)
{
	size_t most = 0;

	for (size_t i = 0; i < lane->count; i++) {
		size_t shared = shared_branches(&lane->pieces[i], piece);

		if (is_alternative(&lane->pieces[i], piece))
			return 0;
		most = shared > most ? shared : most;
	}
	return most + 1;
}

static struct pl_error *new_lane(struct cut *cut, struct pl_lane **ret)
{
	struct pl_lanes *lanes = cut->lanes;
	struct pl_lane *list = pl_arena_grow(cut->arena, lanes->list, lanes->count,
					     &lanes->capacity, sizeof(*list));

	if (!list)
		return pl_error_no_memory();
	lanes->list = list;
	*ret = &list[lanes->count++];
	**ret = (struct pl_lane){0};
	return NULL;
}

static struct pl_error *insert(struct cut *cut, struct pl_lane *lane, const struct pl_piece *piece)
{
	struct pl_piece *pieces = pl_arena_grow(cut->arena, lane->pieces, lane->count,
						&lane->capacity, sizeof(*pieces));
	size_t at = lane->count;

	if (!pieces)
		return pl_error_no_memory();
	lane->pieces = pieces;
	for (; at && pieces[at - 1].range.offset > piece->range.offset; at--)
		pieces[at] = pieces[at - 1];
	pieces[at] = *piece;
	lane->count++;
	return NULL;
}

static struct pl_error *add_piece(struct cut *cut, const struct pl_piece *piece)
{
	struct pl_lane *best = NULL;
	size_t closest = 0;

	for (size_t i = 0; i < cut->lanes->count; i++) {
		size_t close = closeness(&cut->lanes->list[i], piece);

		if (close > closest)
			best = &cut->lanes->list[i];
		closest = close > closest ? close : closest;
	}
	if (!best)
		PL_TRY(new_lane(cut, &best));
	return insert(cut, best, piece);
}

/* Several leaves may be shown as one item. */
static bool is_there(const struct pl_lanes *lanes, const struct pl_item *item)
{
	for (size_t i = 0; i < lanes->count; i++)
		for (size_t j = 0; j < lanes->list[i].count; j++) {
			const struct pl_piece *piece = &lanes->list[i].pieces[j];

			if (piece->name && piece->item.offset == item->offset &&
			    piece->item.size == item->size && !strcmp(piece->name, item->name))
				return true;
		}
	return false;
}

/* The bits of SIZE from OFFSET on, from the start of the row's host position, that are on it. */
static struct pl_bit_range clip(const struct cut *cut, uint64_t offset, uint64_t size)
{
	uint64_t from = offset > cut->row->offset ? offset : cut->row->offset;
	uint64_t end = offset + size, row_end = cut->row->offset + cut->row->size;

	return (struct pl_bit_range){cut->page, from, (end < row_end ? end : row_end) - from};
}

/* ITEM counts from the start of its record, which lies on host position 0. */
static struct pl_error *add_item(struct cut *cut, enum pl_mark mark, struct pl_item item)
{
	uint64_t base = cut->page * cut->host->size;
	const struct pl_row absolute = {base + cut->row->offset, cut->row->size};
	struct pl_piece piece = {.mark = mark, .name = item.name, .item = item};

	if (!pl_item_is_on(&item, &absolute) || is_there(cut->lanes, &item))
		return NULL;
	if (item.offset < absolute.offset) {
		piece.mark = mark == PL_MARK_HOST ? mark : PL_MARK_CONTINUED;
		item.size -= absolute.offset - item.offset;
		item.offset = absolute.offset;
	}
	piece.range = clip(cut, item.offset - base, item.size);
	piece.branches = item.field->branches;
	piece.n_branches = item.field->n_branches;
	return add_piece(cut, &piece);
}

static struct pl_error *add_unused(struct cut *cut, const struct pl_unused *unused)
{
	const struct pl_bit_range *range = &unused->range;
	const struct pl_item item = {.offset = range->offset, .size = range->size};
	struct pl_piece piece = {.mark = PL_MARK_UNUSED,
				 .unused = unused,
				 .branches = unused->branches,
				 .n_branches = unused->n_branches};

	/* A pad is a member, and there already. */
	if (range->page != cut->page || unused->pad || !pl_item_is_on(&item, cut->row))
		return NULL;
	piece.range = clip(cut, range->offset, range->size);
	return add_piece(cut, &piece);
}

struct pl_error *pl_overlay_lanes(const struct pl_overlay *overlay, const struct pl_record *host,
				  size_t page, const struct pl_row *row, struct pl_arena *arena,
				  struct pl_lanes *ret)
{
	struct cut cut = {host, page, row, arena, ret};
	const struct pl_piece nothing = {.mark = PL_MARK_UNUSED,
					 .range = {page, row->offset, row->size}};

	for (size_t i = 0; i < overlay->n_members; i++)
		PL_TRY(add_item(&cut, pl_mark_of_member(&overlay->members[i]),
				pl_item_of(overlay->record, overlay->members[i].field)));
	for (size_t i = 0; i < overlay->n_unused; i++)
		PL_TRY(add_unused(&cut, &overlay->unused[i]));
	return ret->count ? NULL : add_piece(&cut, &nothing);
}

struct pl_error *pl_host_lanes(const struct pl_record *host, size_t page, const struct pl_row *row,
			       struct pl_arena *arena, struct pl_lanes *ret)
{
	struct cut cut = {host, page, row, arena, ret};

	for (size_t i = 0; i < host->n_fields; i++) {
		struct pl_item item = pl_item_of(host, &host->fields[i]);

		item.offset += page * host->size;
		PL_TRY(add_item(&cut, PL_MARK_HOST, item));
	}
	return NULL;
}
