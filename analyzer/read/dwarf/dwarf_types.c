/* SPDX-License-Identifier: MIT */
#include "read/dwarf/dwarf_types.h"

#include "read/dwarf/dwarf_die.h"

/* Longer chains of typedefs, qualifiers and pointers than any program has. */
enum { MAX_DEPTH = 4 * PL_TYPE_DEPTH };

/* A node, and how much of it has been made: a pointer needs only names behind it. */
struct node {
	struct pl_type type; /* first, so that a node is its type */
	Dwarf_Off offset;
	bool by_value;
};

struct demand {
	bool by_value;
	int depth;
};

static struct pl_error *convert(struct pl_dwarf_types *types, Dwarf_Off offset,
				struct demand demand, const struct pl_type **ret);

static bool kind_of(Dwarf_Half tag, enum pl_type_kind *ret)
{
	static const struct {
		Dwarf_Half tag;
		enum pl_type_kind kind;
	} kinds[] = {
		{DW_TAG_base_type, PL_TYPE_BASE},
		{DW_TAG_unspecified_type, PL_TYPE_VOID},
		{DW_TAG_enumeration_type, PL_TYPE_ENUM},
		{DW_TAG_pointer_type, PL_TYPE_POINTER},
		{DW_TAG_array_type, PL_TYPE_ARRAY},
		{DW_TAG_structure_type, PL_TYPE_STRUCT},
		{DW_TAG_union_type, PL_TYPE_UNION},
		{DW_TAG_subroutine_type, PL_TYPE_FUNCTION},
		{DW_TAG_typedef, PL_TYPE_TYPEDEF},
		{DW_TAG_const_type, PL_TYPE_CONST},
		{DW_TAG_volatile_type, PL_TYPE_VOLATILE},
		{DW_TAG_restrict_type, PL_TYPE_RESTRICT},
		{DW_TAG_atomic_type, PL_TYPE_ATOMIC},
	};

	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++) {
		if (kinds[i].tag == tag) {
			*ret = kinds[i].kind;
			return true;
		}
	}
	return false;
}

/* Where DIE is declared, which is at OFFSET, or below what is there. */
static struct pl_error *place_of(const struct pl_dwarf_types *types, Dwarf_Off offset,
				 const struct pl_die *die, struct pl_place *ret)
{
	*ret = (struct pl_place){0};
	if (die->line.known && die->line.value <= UINT32_MAX)
		ret->line = (unsigned)die->line.value;
	if (!types->places || !die->file.known)
		return NULL;
	return pl_dwarf_place_file(types->places, offset, die->file.value, &ret->file);
}

static struct pl_error *bits(struct pl_die_number bytes, uint64_t *ret)
{
	if (__builtin_mul_overflow(bytes.value, 8, ret))
		return pl_error_new(PL_ERROR_UNREADABLE, "a type of %ju bytes",
				    (uintmax_t)bytes.value);
	return NULL;
}

/*
 * Where a member lies. DWARF 4 and 5 count a bit field from the start of the
 * record (DW_AT_data_bit_offset), in memory order on either byte order. The
 * older DW_AT_bit_offset counts from the most significant bit of a storage
 * unit of DW_AT_byte_size, or of the declared type: DWARF 3 section 5.6.6.
 */
static struct pl_error *place_member(struct pl_dwarf_types *types, const struct pl_die *die,
				     struct pl_type_member *member)
{
	uint64_t storage;

	PL_TRY(bits(die->location, &member->offset));
	member->bit_field = die->bit_size.known;
	member->size = die->bit_size.value;
	if (!member->bit_field)
		return NULL;
	if (die->data_bit_offset.known) {
		member->offset += die->data_bit_offset.value;
		return NULL;
	}
	if (!die->bit_offset.known)
		return NULL;
	if (types->dwarf->elf->big_endian) {
		member->offset += die->bit_offset.value;
		return NULL;
	}
	if (die->byte_size.known)
		PL_TRY(bits(die->byte_size, &storage));
	else
		PL_TRY(pl_type_size(member->type, &storage));
	member->offset += storage - die->bit_offset.value - member->size;
	return NULL;
}

static struct pl_error *add_member(struct pl_dwarf_types *types, struct node *record,
				   size_t *capacity, const struct pl_die *die, int depth)
{
	struct pl_type *type = &record->type;
	struct pl_type_member *members = pl_arena_grow(types->arena, type->members, type->n_members,
						       capacity, sizeof(*members));
	struct pl_type_member *member;

	if (!members)
		return pl_error_no_memory();
	type->members = members;
	member = &members[type->n_members];
	member->name = die->name;
	PL_TRY(place_of(types, record->offset, die, &member->place));
	if (!die->has_type)
		return pl_error_new(PL_ERROR_UNREADABLE, "member %s has no type",
				    die->name ? die->name : "(unnamed)");
	PL_TRY(convert(types, die->type, (struct demand){true, depth + 1}, &member->type));
	PL_TRY(place_member(types, die, member));
	type->n_members++;
	return NULL;
}

/* Moves *CURSOR to the first child of DIE, or on to the next one; NULL after the last. */
static struct pl_error *read_child(struct pl_dwarf_types *types, Dwarf_Die *cursor, Dwarf_Die die,
				   struct pl_die *child)
{
	Dwarf_Die next = NULL;

	if (*cursor)
		PL_TRY(pl_die_sibling(types->dwarf, *cursor, &next));
	else
		PL_TRY(pl_die_child(types->dwarf, die, &next));
	pl_dwarf_die_cleanup(cursor);
	*cursor = next;
	return next ? pl_die_read(types->dwarf, next, child) : NULL;
}

static struct pl_error *fill_record(struct pl_dwarf_types *types, struct node *node, Dwarf_Die die,
				    const struct pl_die *attributes, int depth)
{
	PL_CLEANUP(pl_dwarf_die_cleanup) Dwarf_Die cursor = NULL;
	size_t capacity = 0;
	struct pl_die child;

	if (attributes->declaration)
		return NULL;
	node->type.complete = true;
	for (;;) {
		PL_TRY(read_child(types, &cursor, die, &child));
		if (!cursor)
			return NULL;
		if (child.tag == DW_TAG_member)
			PL_TRY(add_member(types, node, &capacity, &child, depth));
	}
}

/* GCC 3 gives arrays without elements, or without bounds, an upper bound of -1 in 32 or 64 bits. */
static uint64_t count_of(const struct pl_die *subrange, bool *unbounded)
{
	*unbounded = !subrange->count.known && !subrange->upper_bound.known;
	if (subrange->count.known)
		return subrange->count.value;
	if (!subrange->upper_bound.known || subrange->upper_bound.value == UINT32_MAX)
		return 0;
	return subrange->upper_bound.value + 1;
}

/* Each dimension after the first becomes an array of its own inside. */
static struct pl_error *fill_array(struct pl_dwarf_types *types, struct node *node, Dwarf_Die die)
{
	PL_CLEANUP(pl_dwarf_die_cleanup) Dwarf_Die cursor = NULL;
	const struct pl_type *element = node->type.to;
	struct pl_type *array = NULL;
	struct pl_die child;

	for (;;) {
		PL_TRY(read_child(types, &cursor, die, &child));
		if (!cursor)
			break;
		if (child.tag != DW_TAG_subrange_type)
			continue;
		if (array) {
			struct pl_type *inner = pl_arena_alloc(types->arena, sizeof(*inner));

			if (!inner)
				return pl_error_no_memory();
			*inner = (struct pl_type){.kind = PL_TYPE_ARRAY, .to = element};
			array->to = inner;
			array = inner;
		} else {
			array = &node->type;
		}
		array->count = count_of(&child, &array->unbounded);
	}
	if (!array)
		node->type.unbounded = true;
	return NULL;
}

static struct pl_error *fill_function(struct pl_dwarf_types *types, struct node *node,
				      Dwarf_Die die, int depth)
{
	PL_CLEANUP(pl_dwarf_die_cleanup) Dwarf_Die cursor = NULL;
	struct pl_type *type = &node->type;
	size_t capacity = 0;
	struct pl_die child;

	for (;;) {
		const struct pl_type **parameters;

		PL_TRY(read_child(types, &cursor, die, &child));
		if (!cursor)
			return NULL;
		if (child.tag != DW_TAG_formal_parameter &&
		    child.tag != DW_TAG_unspecified_parameters)
			continue;
		parameters = pl_arena_grow(types->arena, type->parameters, type->n_parameters,
					   &capacity, sizeof(*parameters));
		if (!parameters)
			return pl_error_no_memory();
		type->parameters = parameters;
		if (child.tag == DW_TAG_formal_parameter && child.has_type)
			PL_TRY(convert(types, child.type, (struct demand){false, depth + 1},
				       &parameters[type->n_parameters]));
		type->n_parameters++;
	}
}

static struct pl_error *fill(struct pl_dwarf_types *types, struct node *node, Dwarf_Die die,
			     const struct pl_die *attributes, struct demand demand)
{
	struct pl_type *type = &node->type;
	bool inner_by_value =
		demand.by_value && type->kind != PL_TYPE_POINTER && type->kind != PL_TYPE_FUNCTION;

	node->by_value = demand.by_value;
	if (type->kind == PL_TYPE_STRUCT || type->kind == PL_TYPE_UNION)
		return demand.by_value ? fill_record(types, node, die, attributes, demand.depth)
				       : NULL;
	/* A name is all that a pointer to a typedef needs, and ends every cycle. */
	if (type->kind == PL_TYPE_TYPEDEF && !demand.by_value)
		return NULL;
	if (attributes->has_type && type->kind != PL_TYPE_ENUM)
		PL_TRY(convert(types, attributes->type,
			       (struct demand){inner_by_value, demand.depth + 1}, &type->to));
	if (type->kind == PL_TYPE_ARRAY)
		return fill_array(types, node, die);
	if (type->kind == PL_TYPE_FUNCTION && !type->n_parameters)
		return fill_function(types, node, die, demand.depth);
	return NULL;
}

static struct pl_error *start_node(struct pl_dwarf_types *types, Dwarf_Off offset,
				   const struct pl_die *attributes, struct node **ret)
{
	struct node *node = pl_arena_alloc(types->arena, sizeof(*node));
	struct pl_type *type;

	if (!node)
		return pl_error_no_memory();
	type = &node->type;
	if (!kind_of(attributes->tag, &type->kind))
		return pl_error_new(PL_ERROR_UNREADABLE, "a type with tag 0x%x", attributes->tag);
	if (type->kind == PL_TYPE_BASE && attributes->encoding.value == DW_ATE_float)
		type->kind = PL_TYPE_FLOAT;
	type->name = attributes->name;
	node->offset = offset;
	PL_TRY(place_of(types, offset, attributes, &type->place));
	PL_TRY(bits(attributes->byte_size, &type->size));
	PL_TRY(bits(attributes->alignment, &type->align));
	if (type->kind == PL_TYPE_POINTER && !type->size)
		type->size = types->dwarf->elf->bits;
	PL_TRY(pl_idmap_put(&types->nodes, offset, node));
	*ret = node;
	return NULL;
}

static struct pl_error *make(struct pl_dwarf_types *types, Dwarf_Off offset, Dwarf_Die die,
			     struct demand demand, struct node **node)
{
	struct pl_die attributes;

	if (demand.depth > MAX_DEPTH)
		return pl_error_new(PL_ERROR_UNREADABLE, "types nest deeper than %d", MAX_DEPTH);
	PL_TRY(pl_die_read(types->dwarf, die, &attributes));
	if (!*node)
		PL_TRY(start_node(types, offset, &attributes, node));
	return fill(types, *node, die, &attributes, demand);
}

static struct pl_error *convert(struct pl_dwarf_types *types, Dwarf_Off offset,
				struct demand demand, const struct pl_type **ret)
{
	PL_CLEANUP(pl_dwarf_die_cleanup) Dwarf_Die die = NULL;
	struct node *node = pl_idmap_get(&types->nodes, offset);
	Dwarf_Error error = NULL;

	if (!node || (demand.by_value && !node->by_value)) {
		if (dwarf_offdie_b(types->dwarf->debug, offset, true, &die, &error) != DW_DLV_OK)
			return pl_dwarf_error(types->dwarf, error);
		PL_TRY(make(types, offset, die, demand, &node));
	}
	*ret = &node->type;
	return NULL;
}

struct pl_error *pl_dwarf_type(struct pl_dwarf_types *types, Dwarf_Off offset,
			       const struct pl_type **ret)
{
	return convert(types, offset, (struct demand){true, 0}, ret);
}
