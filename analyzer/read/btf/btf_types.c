/* SPDX-License-Identifier: MIT */
#include "read/btf/btf_types.h"

#include <string.h>

/* The kernel takes no longer name either (KSYM_NAME_LEN). */
enum { NAME_MAX_LENGTH = 512 };

/* What is needed of a type: enough to spell it, or all that is in it. */
enum want { WANT_NOTHING, WANT_NAME, WANT_LAYOUT };

/*
 * Types refer to each other in any order and any depth, so nothing here calls
 * itself: a node that is wanted is queued, and filled when its turn comes.
 */
struct pl_btf_graph {
	const struct btf *btf;
	struct pl_arena *arena;
	unsigned pointer_bits;
	struct pl_type **nodes; /* by type id; NULL: not wanted so far */
	unsigned char *wants;	/* by type id */
	uint32_t *queue;
	size_t n_queue, queue_capacity;
};

struct pl_btf_graph *pl_btf_graph_new(struct pl_arena *arena, const struct btf *btf,
				      unsigned pointer_bits)
{
	struct pl_btf_graph *graph = pl_arena_alloc(arena, sizeof(*graph));
	size_t count = btf__type_cnt(btf);

	if (!graph)
		return NULL;
	graph->btf = btf;
	graph->arena = arena;
	graph->pointer_bits = pointer_bits;
	graph->nodes = pl_arena_array(arena, count, sizeof(struct pl_type *));
	graph->wants = pl_arena_alloc(arena, count);
	return graph->nodes && graph->wants ? graph : NULL;
}

static struct pl_error *raw_type(const struct pl_btf_graph *graph, uint32_t id,
				 const struct btf_type **ret)
{
	*ret = btf__type_by_id(graph->btf, id);
	if (!*ret)
		return pl_error_new(PL_ERROR_UNREADABLE, "there is no type [%u]", id);
	return NULL;
}

/* The name at OFFSET, NULL for none. */
static struct pl_error *name_at(const struct pl_btf_graph *graph, uint32_t offset, const char **ret)
{
	const char *name = btf__name_by_offset(graph->btf, offset);

	if (!name || strnlen(name, NAME_MAX_LENGTH) == NAME_MAX_LENGTH)
		return pl_error_new(PL_ERROR_UNREADABLE, "the name at %u is missing or absurd",
				    offset);
	*ret = *name ? name : NULL;
	return NULL;
}

/* Tags say something of a type to tools; in C there is nothing to see of them. */
static struct pl_error *skip_tags(const struct pl_btf_graph *graph, uint32_t *id)
{
	const struct btf_type *raw;

	for (int depth = 0; depth < PL_TYPE_DEPTH; depth++) {
		PL_TRY(raw_type(graph, *id, &raw));
		if (!btf_is_type_tag(raw))
			return NULL;
		*id = raw->type;
	}
	return pl_error_new(PL_ERROR_UNREADABLE, "type [%u] has more than %d tags", *id,
			    PL_TYPE_DEPTH);
}

static struct pl_error *want(struct pl_btf_graph *graph, uint32_t id, enum want how,
			     const struct pl_type **ret)
{
	uint32_t *queue;

	PL_TRY(skip_tags(graph, &id));
	if (!id) {
		*ret = NULL;
		return NULL;
	}
	if (!graph->nodes[id])
		graph->nodes[id] = pl_arena_alloc(graph->arena, sizeof(**graph->nodes));
	if (!graph->nodes[id])
		return pl_error_no_memory();
	*ret = graph->nodes[id];
	if (graph->wants[id] >= how)
		return NULL;
	graph->wants[id] = (unsigned char)how;
	queue = pl_arena_grow(graph->arena, graph->queue, graph->n_queue, &graph->queue_capacity,
			      sizeof(*queue));
	if (!queue)
		return pl_error_no_memory();
	graph->queue = queue;
	queue[graph->n_queue++] = id;
	return NULL;
}

/*
 * Before kind_flag, a bit field was a member of an integer type of its own,
 * which held less bits than its bytes do, or began at an odd bit.
 */
static struct pl_error *old_bit_field(const struct pl_btf_graph *graph, uint32_t id,
				      struct pl_type_member *member)
{
	const struct btf_type *raw;

	for (int depth = 0; depth < PL_TYPE_DEPTH; depth++) {
		PL_TRY(raw_type(graph, id, &raw));
		if (!btf_is_mod(raw) && !btf_is_typedef(raw))
			break;
		id = raw->type;
	}
	if (!btf_is_int(raw) ||
	    (btf_int_bits(raw) == raw->size * 8 && !btf_int_offset(raw) && member->offset % 8 == 0))
		return NULL;
	member->offset += btf_int_offset(raw);
	member->size = btf_int_bits(raw);
	member->bit_field = true;
	return NULL;
}

static struct pl_error *fill_member(struct pl_btf_graph *graph, const struct btf_type *raw,
				    uint32_t index, struct pl_type_member *member)
{
	const struct btf_member *from = &btf_members(raw)[index];

	PL_TRY(name_at(graph, from->name_off, &member->name));
	PL_TRY(want(graph, from->type, WANT_LAYOUT, &member->type));
	member->offset = btf_member_bit_offset(raw, index);
	member->size = btf_member_bitfield_size(raw, index);
	member->bit_field = member->size != 0;
	return btf_kflag(raw) ? NULL : old_bit_field(graph, from->type, member);
}

static struct pl_error *fill_record(struct pl_btf_graph *graph, uint32_t id,
				    const struct btf_type *raw)
{
	struct pl_type *node = graph->nodes[id];

	node->kind = btf_is_union(raw) ? PL_TYPE_UNION : PL_TYPE_STRUCT;
	node->size = (uint64_t)raw->size * 8;
	if (graph->wants[id] < WANT_LAYOUT)
		return NULL;
	node->n_members = btf_vlen(raw);
	node->members = pl_arena_array(graph->arena, node->n_members, sizeof(*node->members));
	if (!node->members)
		return pl_error_no_memory();
	for (uint32_t i = 0; i < node->n_members; i++)
		PL_TRY(fill_member(graph, raw, i, &node->members[i]));
	node->complete = true;
	return NULL;
}

static struct pl_error *fill_pointer(struct pl_btf_graph *graph, uint32_t id,
				     const struct btf_type *raw)
{
	struct pl_type *node = graph->nodes[id];

	if (graph->wants[id] == WANT_LAYOUT && !graph->pointer_bits)
		return pl_error_new(PL_ERROR_UNREADABLE,
				    "nothing says how large a pointer is: there is no type `long`");
	node->kind = PL_TYPE_POINTER;
	node->size = graph->pointer_bits;
	return want(graph, raw->type, WANT_NAME, &node->to);
}

static struct pl_error *fill_array(struct pl_btf_graph *graph, uint32_t id,
				   const struct btf_type *raw)
{
	struct pl_type *node = graph->nodes[id];

	node->kind = PL_TYPE_ARRAY;
	node->count = btf_array(raw)->nelems;
	node->unbounded = !node->count; /* [0] and [] look alike */
	return want(graph, btf_array(raw)->type, graph->wants[id], &node->to);
}

/* The "..." of a function is a parameter of type void, which becomes NULL. */
static struct pl_error *fill_function(struct pl_btf_graph *graph, uint32_t id,
				      const struct btf_type *raw)
{
	struct pl_type *node = graph->nodes[id];

	node->kind = PL_TYPE_FUNCTION;
	node->n_parameters = btf_vlen(raw);
	node->parameters =
		pl_arena_array(graph->arena, node->n_parameters, sizeof(const struct pl_type *));
	if (!node->parameters)
		return pl_error_no_memory();
	for (size_t i = 0; i < node->n_parameters; i++)
		PL_TRY(want(graph, btf_params(raw)[i].type, WANT_NAME, &node->parameters[i]));
	return want(graph, raw->type, WANT_NAME, &node->to);
}

static struct pl_error *fill_sized(struct pl_type *node, enum pl_type_kind kind,
				   const struct btf_type *raw)
{
	node->kind = kind;
	node->size = (uint64_t)raw->size * 8;
	return NULL;
}

static struct pl_error *fill_forward(struct pl_type *node, const struct btf_type *raw)
{
	node->kind = btf_kflag(raw) ? PL_TYPE_UNION : PL_TYPE_STRUCT;
	return NULL;
}

static struct pl_error *fill_alias(struct pl_btf_graph *graph, uint32_t id, enum pl_type_kind kind,
				   const struct btf_type *raw)
{
	graph->nodes[id]->kind = kind;
	return want(graph, raw->type, graph->wants[id], &graph->nodes[id]->to);
}

static struct pl_error *fill(struct pl_btf_graph *graph, uint32_t id)
{
	struct pl_type *node = graph->nodes[id];
	const struct btf_type *raw;

	PL_TRY(raw_type(graph, id, &raw));
	PL_TRY(name_at(graph, raw->name_off, &node->name));
	switch (btf_kind(raw)) {
	case BTF_KIND_INT:
		return fill_sized(node, PL_TYPE_BASE, raw);
	case BTF_KIND_FLOAT:
		return fill_sized(node, PL_TYPE_FLOAT, raw);
	case BTF_KIND_ENUM:
	case BTF_KIND_ENUM64:
		return fill_sized(node, PL_TYPE_ENUM, raw);
	case BTF_KIND_STRUCT:
	case BTF_KIND_UNION:
		return fill_record(graph, id, raw);
	case BTF_KIND_FWD:
		return fill_forward(node, raw);
	case BTF_KIND_PTR:
		return fill_pointer(graph, id, raw);
	case BTF_KIND_ARRAY:
		return fill_array(graph, id, raw);
	case BTF_KIND_FUNC_PROTO:
		return fill_function(graph, id, raw);
	case BTF_KIND_TYPEDEF:
		return fill_alias(graph, id, PL_TYPE_TYPEDEF, raw);
	case BTF_KIND_CONST:
		return fill_alias(graph, id, PL_TYPE_CONST, raw);
	case BTF_KIND_VOLATILE:
		return fill_alias(graph, id, PL_TYPE_VOLATILE, raw);
	case BTF_KIND_RESTRICT:
		return fill_alias(graph, id, PL_TYPE_RESTRICT, raw);
	default: /* functions, variables, sections and declaration tags are no types */
		return pl_error_new(PL_ERROR_UNREADABLE, "type [%u] is used but is no type", id);
	}
}

struct pl_error *pl_btf_graph_record(struct pl_btf_graph *graph, uint32_t id,
				     const struct pl_type **ret)
{
	const struct pl_type *type;

	PL_TRY(want(graph, id, WANT_LAYOUT, &type));
	while (graph->n_queue)
		PL_TRY(fill(graph, graph->queue[--graph->n_queue]));
	*ret = type;
	return NULL;
}
