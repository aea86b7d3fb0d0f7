/* SPDX-License-Identifier: MIT */
#include "read/dwarf/dwarf_index.h"

#include <string.h>

#include "read/dwarf/dwarf_shape.h"

/* More different definitions of the wanted records than any kernel has; others are not told apart
 * here. */
enum { MAX_SHAPES = 64 };

struct indexer {
	const struct pl_read_request *request;
	const struct pl_dwarf_units *units;
	struct pl_arena *arena;
	struct pl_raw raw;
	bool first_letters[256]; /* of wanted names */
	struct pl_dwarf_index *index;
	struct pl_strbuf shape; /* of the definition that was found last */
	struct {
		size_t record;
		struct pl_bytes bytes;
	} shapes[MAX_SHAPES];
	size_t n_shapes;
	bool shaping; /* until there is something without a shape */
};

/* One unit on its way through the indexer. */
struct unit {
	struct indexer *indexer;
	size_t number; /* in the units' list */
	struct pl_raw_unit raw;
	struct pl_cursor cursor;
};

static void indexer_release(struct indexer *in)
{
	pl_strbuf_release(&in->shape);
}

/* What matters of a DIE. */
struct seen {
	const char *name;
	bool declaration;
	uint64_t sibling; /* offset in .debug_info; 0 if it does not say */
};

/* Reads the attributes of a DIE; its name only where NAMED. */
static struct seen read_die(struct unit *unit, const struct pl_abbrev *abbrev, bool named)
{
	const struct pl_abbrev_attribute *attribute =
		unit->indexer->raw.table.attributes + abbrev->first;
	struct seen seen = {0};

	for (uint32_t i = 0; i < abbrev->count && !unit->cursor.failed; i++, attribute++) {
		if (attribute->name == DW_AT_name && named)
			seen.name = pl_raw_string(&unit->raw, &unit->cursor, attribute->form);
		else if (attribute->name == DW_AT_declaration && named)
			seen.declaration = pl_raw_flag(&unit->raw, &unit->cursor, attribute->form);
		else if (attribute->name == DW_AT_sibling)
			seen.sibling = pl_raw_reference(&unit->raw, &unit->cursor, attribute->form);
		else if (attribute->name == DW_AT_str_offsets_base &&
			 attribute->form == DW_FORM_sec_offset)
			unit->raw.string_base =
				pl_cursor_read(&unit->cursor, unit->raw.sizes.offset);
		else
			pl_abbrev_skip(&unit->cursor, attribute->form, unit->raw.sizes);
	}
	return seen;
}

/* The number of the shape that was made for RECORD. */
static struct pl_error *number_shape(struct indexer *in, size_t record, size_t *ret)
{
	const struct pl_strbuf *made = &in->shape;
	size_t i = 0;

	while (i < in->n_shapes &&
	       (in->shapes[i].record != record || in->shapes[i].bytes.size != made->length ||
		memcmp(in->shapes[i].bytes.data, made->text, made->length)))
		i++;
	if (i == MAX_SHAPES)
		return NULL;
	if (i == in->n_shapes) {
		unsigned char *copy = pl_arena_alloc(in->arena, made->length);

		if (!copy)
			return pl_error_no_memory();
		memcpy(copy, made->text, made->length);
		in->shapes[i].record = record;
		in->shapes[i].bytes = (struct pl_bytes){copy, made->length};
		in->n_shapes++;
	}
	*ret = i + 1;
	return NULL;
}

static struct pl_error *note(struct unit *unit, const struct seen *seen, uint64_t offset)
{
	struct indexer *in = unit->indexer;
	size_t count = in->index->count;

	if (!seen->name || seen->declaration || !in->first_letters[(unsigned char)*seen->name])
		return NULL;
	PL_TRY(pl_dwarf_index_note(in->index, in->arena, in->request, seen->name, unit->number,
				   offset));
	if (in->index->count == count || !in->shaping)
		return NULL;
	in->shaping = pl_dwarf_shape(&unit->raw, offset, &in->shape);
	if (pl_strbuf_failed(&in->shape))
		return pl_error_no_memory();
	return in->shaping ? number_shape(in, in->index->hits[count].record,
					  &in->index->hits[count].shape)
			   : NULL;
}

/* Passes over what is below a DIE: by its sibling's place, or one level deeper. */
static void descend(struct unit *unit, const struct seen *seen, unsigned *depth)
{
	if (!seen->sibling)
		++*depth;
	else if (seen->sibling <= unit->cursor.position)
		unit->cursor.failed = true; /* backwards: it would never end */
	else
		pl_cursor_seek(&unit->cursor, seen->sibling);
}

/* Walks the DIEs of a unit; the first is the unit's own, at depth 0. */
static struct pl_error *walk(struct unit *unit)
{
	struct pl_cursor *cursor = &unit->cursor;
	unsigned depth = 0;

	do {
		uint64_t offset = cursor->position;
		const struct pl_abbrev *abbrev = pl_raw_abbrev(&unit->raw, cursor);
		struct seen seen = {0};
		bool record;

		if (!abbrev) {
			depth -= depth > 0;
			continue;
		}
		record = depth == 1 &&
			 (abbrev->tag == DW_TAG_structure_type || abbrev->tag == DW_TAG_union_type);
		if (abbrev->fixed && !abbrev->children && !record)
			pl_cursor_skip(cursor, abbrev->size);
		else
			seen = read_die(unit, abbrev, record);
		if (record)
			PL_TRY(note(unit, &seen, offset));
		if (!abbrev->children)
			continue;
		if (depth)
			descend(unit, &seen, &depth);
		else
			depth = 1;
	} while (depth && !cursor->failed);
	return NULL;
}

/* *KNOWN is false when the unit is damaged or holds what is not known here. */
static struct pl_error *index_unit(struct indexer *in, size_t number, bool *known)
{
	struct unit unit = {.indexer = in, .number = number};

	PL_TRY(pl_raw_open_unit(&in->raw, &in->units->list[number], &unit.raw, known));
	if (!*known)
		return NULL;
	unit.cursor = pl_raw_cursor(&unit.raw, unit.raw.first);
	PL_TRY(walk(&unit));
	*known = !unit.cursor.failed;
	return NULL;
}

struct pl_error *pl_dwarf_index_note(struct pl_dwarf_index *index, struct pl_arena *arena,
				     const struct pl_read_request *request, const char *name,
				     size_t unit, Dwarf_Off die)
{
	struct pl_dwarf_hit *hits;
	size_t record = 0;

	while (record < request->n_records && strcmp(request->records[record], name))
		record++;
	if (record == request->n_records)
		return NULL;
	hits = pl_arena_grow(arena, index->hits, index->count, &index->capacity, sizeof(*hits));
	if (!hits)
		return pl_error_no_memory();
	index->hits = hits;
	hits[index->count++] = (struct pl_dwarf_hit){unit, record, die, 0};
	return NULL;
}

struct pl_error *pl_dwarf_index_read(struct pl_dwarf *dwarf, const struct pl_dwarf_units *units,
				     const struct pl_read_request *request, struct pl_arena *arena,
				     struct pl_dwarf_index *ret)
{
	PL_CLEANUP(indexer_release)
	struct indexer in = {
		.request = request,
		.units = units,
		.arena = arena,
		.index = ret,
		.shape = PL_STRBUF_INIT,
		.shaping = request->check_all_units,
	};

	*ret = (struct pl_dwarf_index){.whole = true};
	PL_TRY(pl_raw_open(dwarf, arena, &in.raw));
	for (size_t i = 0; i < request->n_records; i++)
		in.first_letters[(unsigned char)request->records[i][0]] = true;
	for (size_t i = 0; i < units->count && ret->whole; i++) {
		if (i % PL_DWARF_FORGET_UNITS == 0)
			pl_dwarf_forget(dwarf);
		if (units->list[i].c_language && !units->list[i].dwo_name) /* no skeletons */
			PL_TRY(index_unit(&in, i, &ret->whole));
	}
	return NULL;
}
