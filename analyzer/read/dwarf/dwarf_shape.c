/* SPDX-License-Identifier: MIT */
#include "read/dwarf/dwarf_shape.h"

#include <string.h>

#include "read/types.h"

enum {
	MAX_DEPTH = 4 * PL_TYPE_DEPTH, /* as in dwarf_types.c */
	MAX_DIES = 1 << 13,	       /* a definition of a kernel's has some hundreds */
};

/* What stands where a tag could; none has these numbers. */
enum { NO_TYPE = 0xfff0, END = 0xfff1 };

/* What a shape has of a DIE beside its name and its type. */
enum number {
	BYTE_SIZE,
	BIT_SIZE,
	BIT_OFFSET,
	DATA_BIT_OFFSET,
	COUNT,
	UPPER_BOUND,
	ALIGNMENT,
	ENCODING,
	MEMBER_LOCATION,
	N_NUMBERS,
};

struct shaper {
	const struct pl_raw_unit *unit;
	struct pl_strbuf *out;
	int depth, dies;
};

struct die {
	const struct pl_abbrev *abbrev;
	const char *name;
	bool declaration, has_type;
	uint64_t type, sibling;
	unsigned known; /* a bit for each of the numbers */
	uint64_t values[N_NUMBERS];
};

static bool shape_at(struct shaper *s, uint64_t offset, bool by_value);

/* N_NUMBERS for an attribute that is none of them. */
static enum number number_of(unsigned attribute)
{
	switch (attribute) {
	case DW_AT_byte_size:
		return BYTE_SIZE;
	case DW_AT_bit_size:
		return BIT_SIZE;
	case DW_AT_bit_offset:
		return BIT_OFFSET;
	case DW_AT_data_bit_offset:
		return DATA_BIT_OFFSET;
	case DW_AT_count:
		return COUNT;
	case DW_AT_upper_bound:
		return UPPER_BOUND;
	case DW_AT_alignment:
		return ALIGNMENT;
	case DW_AT_encoding:
		return ENCODING;
	case DW_AT_data_member_location:
		return MEMBER_LOCATION;
	default:
		return N_NUMBERS;
	}
}

static void read_number(const struct shaper *s, struct pl_cursor *cursor,
			const struct pl_abbrev_attribute *attribute, struct die *die)
{
	enum number number = number_of(attribute->name);

	if (number == N_NUMBERS)
		pl_abbrev_skip(cursor, attribute->form, s->unit->sizes);
	else if (pl_raw_number(s->unit, cursor, attribute, &die->values[number]))
		die->known |= 1u << number;
	else if (number == MEMBER_LOCATION)
		cursor->failed = true; /* an expression, which has to be looked into */
}

/* Reads the attributes of the DIE whose code was read. */
static struct die read_die(struct shaper *s, struct pl_cursor *cursor,
			   const struct pl_abbrev *abbrev)
{
	const struct pl_abbrev_attribute *attribute =
		s->unit->raw->table.attributes + abbrev->first;
	struct die die = {.abbrev = abbrev};

	if (++s->dies > MAX_DIES)
		cursor->failed = true;
	for (uint32_t i = 0; i < abbrev->count && !cursor->failed; i++, attribute++) {
		switch (attribute->name) {
		case DW_AT_name:
			die.name = pl_raw_string(s->unit, cursor, attribute->form);
			break;
		case DW_AT_type:
			die.has_type = true;
			die.type = pl_raw_reference(s->unit, cursor, attribute->form);
			break;
		case DW_AT_sibling:
			die.sibling = pl_raw_reference(s->unit, cursor, attribute->form);
			break;
		case DW_AT_declaration:
			die.declaration = pl_raw_flag(s->unit, cursor, attribute->form);
			break;
		default:
			read_number(s, cursor, attribute, &die);
		}
	}
	return die;
}

/* Moves CURSOR, which is behind the attributes of DIE, behind all that is below it. */
static void skip_below(struct shaper *s, struct pl_cursor *cursor, const struct die *die)
{
	unsigned depth = die->abbrev->children;

	if (depth && die->sibling > cursor->position) {
		pl_cursor_seek(cursor, die->sibling);
		return;
	}
	while (depth && !cursor->failed) {
		const struct pl_abbrev *abbrev = pl_raw_abbrev(s->unit, cursor);

		if (abbrev) {
			read_die(s, cursor, abbrev);
			depth += abbrev->children;
		} else {
			depth--;
		}
	}
}

static void add_number(struct shaper *s, const void *number, size_t size)
{
	pl_strbuf_add_bytes(s->out, number, size);
}

static void add_mark(struct shaper *s, uint16_t mark)
{
	add_number(s, &mark, sizeof(mark));
}

static void add_name(struct shaper *s, const struct die *die)
{
	uint16_t tag = die->abbrev->tag;

	add_number(s, &tag, sizeof(tag));
	pl_strbuf_add_char(s->out, die->name ? '+' : '-');
	if (die->name)
		pl_strbuf_add_bytes(s->out, die->name, strlen(die->name) + 1);
}

static void add_die(struct shaper *s, const struct die *die)
{
	add_name(s, die);
	add_number(s, &die->known, sizeof(die->known));
	for (unsigned i = 0; i < N_NUMBERS; i++)
		if (die->known & 1u << i)
			add_number(s, &die->values[i], sizeof(die->values[i]));
}

static bool shape_type_of(struct shaper *s, const struct die *die, bool by_value)
{
	if (die->has_type)
		return shape_at(s, die->type, by_value);
	add_mark(s, NO_TYPE);
	return true;
}

static bool is_part(const struct die *parent, const struct die *die)
{
	switch (parent->abbrev->tag) {
	case DW_TAG_array_type:
		return die->abbrev->tag == DW_TAG_subrange_type;
	case DW_TAG_subroutine_type:
		return die->abbrev->tag == DW_TAG_formal_parameter ||
		       die->abbrev->tag == DW_TAG_unspecified_parameters;
	default:
		return die->abbrev->tag == DW_TAG_member;
	}
}

/* The members of a record, the bounds of an array, the parameters of a function. */
static bool shape_parts(struct shaper *s, struct pl_cursor *cursor, const struct die *parent)
{
	bool record = parent->abbrev->tag != DW_TAG_array_type &&
		      parent->abbrev->tag != DW_TAG_subroutine_type;
	const struct pl_abbrev *abbrev = NULL;

	while (parent->abbrev->children && !cursor->failed &&
	       (abbrev = pl_raw_abbrev(s->unit, cursor))) {
		struct die part = read_die(s, cursor, abbrev);

		skip_below(s, cursor, &part);
		if (cursor->failed || !is_part(parent, &part))
			continue;
		add_die(s, &part);
		if (parent->abbrev->tag == DW_TAG_array_type)
			continue;
		if ((record && !part.has_type) || !shape_type_of(s, &part, record))
			return false;
	}
	add_mark(s, END);
	return !cursor->failed;
}

static bool shape_die(struct shaper *s, struct pl_cursor *cursor, const struct die *die,
		      bool by_value)
{
	switch (die->abbrev->tag) {
	case DW_TAG_structure_type:
	case DW_TAG_union_type:
		if (!by_value) {
			add_name(s, die);
			return true;
		}
		add_die(s, die);
		return !die->declaration && shape_parts(s, cursor, die);
	case DW_TAG_typedef:
		add_name(s, die);
		return !by_value || shape_type_of(s, die, true);
	case DW_TAG_base_type:
	case DW_TAG_unspecified_type:
	case DW_TAG_enumeration_type:
		add_die(s, die);
		return true;
	case DW_TAG_const_type:
	case DW_TAG_volatile_type:
	case DW_TAG_restrict_type:
	case DW_TAG_atomic_type:
		add_die(s, die);
		return shape_type_of(s, die, by_value);
	case DW_TAG_pointer_type:
		add_die(s, die);
		return shape_type_of(s, die, false);
	case DW_TAG_array_type:
		add_die(s, die);
		return shape_type_of(s, die, by_value) && shape_parts(s, cursor, die);
	case DW_TAG_subroutine_type:
		add_die(s, die);
		return shape_type_of(s, die, false) && shape_parts(s, cursor, die);
	default:
		return false;
	}
}

static bool shape_at(struct shaper *s, uint64_t offset, bool by_value)
{
	struct pl_cursor cursor = pl_raw_cursor(s->unit, offset);
	const struct pl_abbrev *abbrev;
	struct die die;
	bool known = false;

	if (offset < s->unit->first || s->depth == MAX_DEPTH)
		return false;
	abbrev = pl_raw_abbrev(s->unit, &cursor);
	if (!abbrev)
		return false;
	s->depth++;
	die = read_die(s, &cursor, abbrev);
	if (!cursor.failed)
		known = shape_die(s, &cursor, &die, by_value);
	s->depth--;
	return known;
}

bool pl_dwarf_shape(const struct pl_raw_unit *unit, uint64_t offset, struct pl_strbuf *ret)
{
	struct shaper shaper = {.unit = unit, .out = ret};

	pl_strbuf_truncate(ret, 0);
	return shape_at(&shaper, offset, true) && !pl_strbuf_failed(ret);
}
