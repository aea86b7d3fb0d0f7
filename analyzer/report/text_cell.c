/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "report/text_internal.h"

/* The host's names stand side by side up to this many columns. */
enum { HOST_WIDTH = 30 };

static const char *const mark_colours[PL_MARK_COUNT] = {
	[PL_MARK_PINNED] = "\033[32m",	[PL_MARK_ALIGNED] = "",
	[PL_MARK_PARTIAL] = "\033[33m", [PL_MARK_SPANNING] = "\033[33m",
	[PL_MARK_BEYOND] = "\033[31m",	[PL_MARK_PAD] = "\033[2m",
	[PL_MARK_UNUSED] = "\033[36m",	[PL_MARK_CONTINUED] = "\033[2m",
	[PL_MARK_HOST] = "\033[1m",
};

const char *pl_mark_colour(enum pl_mark mark)
{
	return mark_colours[mark];
}

/* ":4" four bytes at the start of the row, "+4:4" at its fifth byte, "b" counts bits. */
static char *label(struct pl_arena *arena, const struct pl_item *item, const struct pl_row *row)
{
	uint64_t from = item->offset > row->offset ? item->offset - row->offset : 0;
	uint64_t end = item->offset + item->size - row->offset;
	uint64_t size = (end < row->size ? end : row->size) - from;
	bool bits = from % 8 || size % 8;
	uint64_t unit = bits ? 1 : 8;
	const char *suffix = bits ? "b" : "";

	if (!from && size == row->size)
		return pl_arena_strdup(arena, item->name);
	if (!from)
		return pl_arena_printf(arena, "%s:%ju%s", item->name, (uintmax_t)(size / unit),
				       suffix);
	return pl_arena_printf(arena, "%s+%ju%s:%ju%s", item->name, (uintmax_t)(from / unit),
			       suffix, (uintmax_t)(size / unit), suffix);
}

static struct pl_error *add_entry(struct pl_arena *arena, struct pl_cell *cell,
				  struct pl_entry entry)
{
	struct pl_entry *entries =
		pl_arena_grow(arena, cell->entries, cell->count, &cell->capacity, sizeof(*entries));

	if (!entries || !entry.text)
		return pl_error_no_memory();
	cell->entries = entries;
	for (size_t i = 0; i < cell->count; i++)
		if (!strcmp(entries[i].text, entry.text))
			return NULL;
	entries[cell->count++] = entry;
	cell->names++;
	return NULL;
}

/* Puts TEXT beside the last entry of CELL while the line stays short, else on a line of its own. */
static struct pl_error *add_beside(struct pl_arena *arena, struct pl_cell *cell, char *text)
{
	struct pl_entry *last = cell->count ? &cell->entries[cell->count - 1] : NULL;

	if (!text)
		return pl_error_no_memory();
	if (!last || strlen(last->text) + 1 + strlen(text) > HOST_WIDTH)
		return add_entry(arena, cell,
				 (struct pl_entry){.mark = PL_MARK_HOST, .text = text});
	last->text = pl_arena_printf(arena, "%s %s", last->text, text);
	cell->names++;
	return last->text ? NULL : pl_error_no_memory();
}

/* Whether a leaf of HOST before INDEX is shown as ITEM too, as the leaves of a lock are. */
static bool is_there(const struct pl_record *host, size_t index, const struct pl_item *item)
{
	for (size_t i = 0; i < index; i++) {
		struct pl_item before = pl_item_of(host, &host->fields[i]);

		if (before.offset == item->offset && before.size == item->size &&
		    !strcmp(before.name, item->name))
			return true;
	}
	return false;
}

struct pl_error *pl_text_host_cell(const struct pl_record *host, const struct pl_row *row,
				   struct pl_arena *arena, struct pl_cell *ret)
{
	for (size_t i = 0; i < host->n_fields; i++) {
		struct pl_item item = pl_item_of(host, &host->fields[i]);

		if (pl_item_is_on(&item, row) && !is_there(host, i, &item))
			PL_TRY(add_beside(arena, ret, label(arena, &item, row)));
	}
	return NULL;
}

static struct pl_error *add_unused(struct pl_arena *arena, struct pl_cell *cell)
{
	struct pl_entry entry = {.mark = PL_MARK_UNUSED, .text = pl_arena_strdup(arena, " unused")};

	return cell->count ? NULL : add_entry(arena, cell, entry);
}

/* Whether a member before INDEX that is on ROW, too, is in another alternative of a union. */
static bool is_alternative(const struct pl_overlay *overlay, size_t index, const struct pl_row *row)
{
	const struct pl_field *field = overlay->members[index].field;

	for (size_t i = 0; i < index; i++) {
		const struct pl_field *before = overlay->members[i].field;
		struct pl_item item = pl_item_of(overlay->record, before);

		if (pl_branches_exclude(before->branches, before->n_branches, field->branches,
					field->n_branches) &&
		    pl_item_is_on(&item, row))
			return true;
	}
	return false;
}

struct pl_error *pl_text_overlay_cell(const struct pl_overlay *overlay, uint64_t base,
				      const struct pl_row *row, struct pl_arena *arena,
				      struct pl_cell *ret)
{
	const struct pl_row absolute = {base + row->offset, row->size};

	for (size_t i = 0; i < overlay->n_members; i++) {
		const struct pl_member *member = &overlay->members[i];
		struct pl_item item = pl_item_of(overlay->record, member->field);
		struct pl_entry entry = {.mark = pl_mark_of_member(member)};

		if (!pl_item_is_on(&item, &absolute))
			continue;
		entry.alternative = is_alternative(overlay, i, &absolute);
		if (item.offset < absolute.offset)
			entry.mark = PL_MARK_CONTINUED;
		entry.text = label(arena, &item, &absolute);
		PL_TRY(add_entry(arena, ret, entry));
	}
	return add_unused(arena, ret);
}

struct pl_error *pl_text_shorten(struct pl_cell *cell, struct pl_arena *arena)
{
	char *text = cell->entries->text;

	cell->count = 1;
	if (cell->names < 2)
		return NULL;
	if (cell->entries->mark == PL_MARK_HOST)
		text[strcspn(text, " ")] = '\0';
	cell->entries->text = pl_arena_printf(arena, "%s +%zu", text, cell->names - 1);
	return cell->entries->text ? NULL : pl_error_no_memory();
}
