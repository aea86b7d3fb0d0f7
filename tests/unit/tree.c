/* SPDX-License-Identifier: MIT */
#include "tree.h"

#include "testing.h"

enum { MOST_MEMBERS = 8, MOST_DEPTH = 4 };

struct grower {
	struct random *random;
	struct pl_arena *arena;
	unsigned names;
};

uint64_t random_below(struct random *random, uint64_t limit)
{
	uint64_t z = random->state += 0x9e3779b97f4a7c15u;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
	z = (z ^ z >> 27) * 0x94d049bb133111ebu;
	return (z ^ z >> 31) % limit;
}

static bool chance(struct grower *g, unsigned percent)
{
	return random_below(g->random, 100) < percent;
}

static uint64_t bytes_up(uint64_t bits)
{
	return (bits + 7) / 8 * 8;
}

static void grow(struct grower *g, struct node *node, uint64_t room, int depth, bool whole);

static enum node_kind pick_kind(struct grower *g, uint64_t room, int depth)
{
	unsigned roll = (unsigned)random_below(g->random, 100);

	if (depth < MOST_DEPTH && room >= 64 && roll < 30)
		return NODE_RECORD;
	if (depth < MOST_DEPTH && room >= 64 && roll < 40)
		return NODE_RECORDS;
	if (roll < 60)
		return NODE_BITS;
	return roll < 70 ? NODE_SCALARS : NODE_SCALAR;
}

static void name_node(struct grower *g, struct node *node, bool whole)
{
	bool record = node->kind == NODE_RECORD || node->kind == NODE_RECORDS;
	const char *stem = "m";

	if (!whole && chance(g, 15)) {
		node->pad = true;
		stem = "_pad";
	} else if (record && chance(g, 15)) {
		node->lock = true;
		stem = "lock";
	} else if (record && chance(g, 10)) {
		node->list = true;
		stem = "list";
	}
	node->name = pl_arena_printf(g->arena, "%s%u", stem, g->names++);
	assert_non_null(node->name);
}

/* What has no name is a record that is transparent, or a bit field that is a hole. */
static bool may_lack_name(const struct node *node)
{
	return node->kind == NODE_RECORD || node->kind == NODE_BITS;
}

static uint64_t scalar_size(struct grower *g, uint64_t room)
{
	uint64_t size = (uint64_t)8 << random_below(g->random, 4);

	while (size > 8 && size > room)
		size /= 2;
	return size;
}

static void grow_array(struct grower *g, struct node *node, uint64_t room, int depth, bool whole)
{
	node->count = 1 + random_below(g->random, 3);
	if (chance(g, 5))
		node->count = 65; /* too many to be taken apart */
	grow(g, node, room / node->count, depth, whole);
	node->element = node->size;
	node->size *= node->count;
}

static void size_node(struct grower *g, struct node *node, uint64_t room, int depth, bool whole)
{
	switch (node->kind) {
	case NODE_SCALAR:
		node->size = scalar_size(g, room);
		break;
	case NODE_BITS:
		node->size = 1 + random_below(g->random, room < 32 ? room : 32);
		break;
	case NODE_SCALARS:
		node->count = random_below(g->random, 4);
		node->element = scalar_size(g, node->count ? room / node->count : room);
		node->size = node->count * node->element;
		break;
	case NODE_RECORD:
		grow(g, node, room, depth, whole);
		break;
	case NODE_RECORDS:
		grow_array(g, node, room, depth, whole);
		break;
	}
}

/* Fills NODE at ROOM bits or fewer. The first member of a record always has a name. */
static void grow_member(struct grower *g, struct node *node, uint64_t room, int depth, bool whole,
			bool first)
{
	node->kind = first ? NODE_SCALAR : pick_kind(g, room, depth);
	node->spelling = (unsigned)random_below(g->random, 3);
	if (!may_lack_name(node) || chance(g, 60))
		name_node(g, node, whole);
	size_node(g, node, room, depth, whole || node->lock || node->list);
}

static void add_member(struct grower *g, struct node *record, uint64_t room, int depth, bool whole)
{
	struct node *member = &record->members[record->n_members];
	uint64_t at = record->is_union ? 0 : record->size, left;

	if (!record->is_union && chance(g, 25))
		at += random_below(g->random, 24);
	left = bytes_up(at) + 8 > room ? 0 : room - bytes_up(at);
	if (!left && record->n_members)
		return;
	grow_member(g, member, left ? left : 8, depth + 1, whole, !record->n_members);
	member->offset = member->kind == NODE_BITS ? at : bytes_up(at);
	if (member->offset + member->size > record->size)
		record->size = member->offset + member->size;
	record->n_members++;
}

/* WHOLE: NODE is, or is in, a record that nobody can use a part of; no padding in there. */
static void grow(struct grower *g, struct node *node, uint64_t room, int depth, bool whole)
{
	size_t wanted = 1 + (size_t)random_below(g->random, MOST_MEMBERS);

	node->is_union = chance(g, 35);
	node->members = pl_arena_array(g->arena, wanted, sizeof(*node->members));
	assert_non_null(node->members);
	for (size_t i = 0; i < wanted; i++)
		add_member(g, node, room, depth, whole);
	node->size = bytes_up(node->size);
	if (chance(g, 20))
		node->size += 8 * random_below(g->random, 4);
}

struct node *tree_new(struct random *random, struct pl_arena *arena, uint64_t bits)
{
	struct grower g = {.random = random, .arena = arena};
	struct node *tree = pl_arena_alloc(arena, sizeof(*tree));

	assert_non_null(tree);
	tree->kind = NODE_RECORD;
	grow(&g, tree, bits, 0, false);
	return tree;
}

static struct pl_type *new_type(struct pl_arena *arena, enum pl_type_kind kind, const char *name)
{
	struct pl_type *type = pl_arena_alloc(arena, sizeof(*type));

	assert_non_null(type);
	type->kind = kind;
	type->name = name;
	return type;
}

static const struct pl_type *scalar_type(uint64_t bits, struct pl_arena *arena)
{
	struct pl_type *type = new_type(arena, PL_TYPE_BASE, "word");

	type->size = bits;
	return type;
}

static const struct pl_type *array_type(const struct pl_type *element, size_t count,
					struct pl_arena *arena)
{
	struct pl_type *type = new_type(arena, PL_TYPE_ARRAY, NULL);

	type->to = element;
	type->count = count;
	type->unbounded = !count;
	return type;
}

static const struct pl_type *member_type(const struct node *node, struct pl_arena *arena)
{
	const struct pl_type *type;

	switch (node->kind) {
	case NODE_SCALARS:
		type = array_type(scalar_type(node->element, arena), node->count, arena);
		break;
	case NODE_RECORD:
		type = tree_type(node, NULL, arena);
		break;
	case NODE_RECORDS:
		type = array_type(tree_type(node, NULL, arena), node->count, arena);
		break;
	case NODE_BITS:
		type = scalar_type(32, arena);
		break;
	default:
		type = scalar_type(node->size, arena);
	}
	for (unsigned i = 0; i < node->spelling; i++) {
		struct pl_type *outer = new_type(arena, i ? PL_TYPE_CONST : PL_TYPE_TYPEDEF, "t");

		outer->to = type;
		type = outer;
	}
	return type;
}

const struct pl_type *tree_type(const struct node *tree, const char *name, struct pl_arena *arena)
{
	struct pl_type *type =
		new_type(arena, tree->is_union ? PL_TYPE_UNION : PL_TYPE_STRUCT, name);

	type->size = tree->kind == NODE_RECORDS ? tree->element : tree->size;
	type->complete = true;
	type->members = pl_arena_array(arena, tree->n_members, sizeof(*type->members));
	assert_non_null(type->members);
	for (size_t i = 0; i < tree->n_members; i++) {
		const struct node *node = &tree->members[i];

		type->members[i] = (struct pl_type_member){
			.name = node->name,
			.type = member_type(node, arena),
			.offset = node->offset,
			.size = node->kind == NODE_BITS ? node->size : 0,
			.bit_field = node->kind == NODE_BITS,
		};
	}
	type->n_members = tree->n_members;
	return type;
}
