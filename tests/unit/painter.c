/* SPDX-License-Identifier: MIT */
#include "painter.h"

#include <stdio.h>
#include <stdlib.h>

#include "testing.h"

/* The record itself, or one alternative of a union: what it leaves is its holes. */
struct region {
	uint64_t offset, size;
	struct painted_branches branches;
	unsigned char bits[PAINTER_BITS];
};

/* Where the walk stands. */
struct stand {
	char path[PAINTER_PATH];
	uint64_t base;
	struct painted_branches branches;
	struct region *region; /* NULL within a lock or a list: nobody can use a part of it */
	bool pad;
};

struct painter {
	struct painting *out;
	uint64_t host_bits;
	size_t n_unions;
};

static void visit_members(struct painter *p, const struct node *record, const struct stand *at);

static void set_bits(unsigned char *bits, uint64_t offset, uint64_t size)
{
	assert_true(offset + size <= PAINTER_BITS);
	for (uint64_t i = 0; i < size; i++)
		bits[offset + i] = 1;
}

/* Adds a run of bits, one bit after the other, to see where a page ends. */
static void add_unused(struct painter *p, uint64_t offset, uint64_t size,
		       struct painted_unused unused)
{
	struct painting *out = p->out;

	for (uint64_t bit = offset; bit < offset + size; bit++) {
		size_t page = (size_t)(bit / p->host_bits);

		if (page >= out->pages)
			return;
		if (bit == offset || bit % p->host_bits == 0) {
			assert_true(out->n_unused < PAINTER_UNUSED);
			unused.page = page;
			unused.offset = bit % p->host_bits;
			unused.size = 0;
			out->unused[out->n_unused++] = unused;
		}
		out->unused[out->n_unused - 1].size++;
	}
}

static void add_holes(struct painter *p, const struct region *region)
{
	struct painted_unused unused = {.why = PAINTED_HOLE, .branches = region->branches};
	uint64_t end = region->offset + region->size;

	for (uint64_t bit = region->offset; bit < end; bit++) {
		uint64_t from = bit;

		while (bit < end && !region->bits[bit])
			bit++;
		add_unused(p, from, bit - from, unused);
	}
}

static void visit_leaf(struct painter *p, const struct node *node, const struct stand *at)
{
	struct painting *out = p->out;
	struct painted_leaf *leaf = &out->leaves[out->n_leaves++];
	struct painted_unused pad = {.why = PAINTED_PAD, .pad = leaf, .branches = at->branches};

	assert_true(out->n_leaves < PAINTER_LEAVES);
	*leaf = (struct painted_leaf){
		.offset = at->base, .size = node->size, .pad = at->pad, .branches = at->branches};
	strcpy(leaf->path, at->path);
	if (at->region)
		set_bits(at->region->bits, at->base, node->size);
	if (at->pad)
		add_unused(p, at->base, node->size, pad);
	else
		set_bits(out->used, at->base, node->size);
}

static void visit_union(struct painter *p, const struct node *node, uint64_t size,
			const struct stand *at)
{
	size_t number = p->n_unions++;

	for (size_t i = 0; i < node->n_members; i++) {
		struct node alternative = *node;
		struct region *region = at->region ? calloc(1, sizeof(*region)) : NULL;
		struct stand inside = *at;

		inside.branches.list[inside.branches.count++] = (struct painted_branch){number, i};
		assert_true(inside.branches.count <= PAINTER_DEPTH);
		inside.region = region;
		alternative.members = &node->members[i];
		alternative.n_members = 1;
		if (region) {
			region->offset = at->base;
			region->size = size;
			region->branches = inside.branches;
		}
		visit_members(p, &alternative, &inside);
		if (region)
			add_holes(p, region);
		free(region);
	}
}

static void visit_record(struct painter *p, const struct node *node, uint64_t size,
			 const struct stand *at)
{
	struct stand inside = *at;
	bool whole = (node->lock || node->list) && !at->pad;

	if (at->region && (whole || node->is_union))
		set_bits(at->region->bits, at->base, size);
	if (whole) {
		set_bits(p->out->used, at->base, size);
		inside.region = NULL;
	}
	if (node->is_union)
		visit_union(p, node, size, &inside);
	else
		visit_members(p, node, &inside);
}

static void visit_member(struct painter *p, const struct node *node, const struct stand *around)
{
	struct stand at = *around;
	size_t length = strlen(at.path);

	if (!node->name && node->kind == NODE_BITS)
		return;
	if (node->name)
		snprintf(at.path + length, sizeof(at.path) - length, "%s%s", length ? "." : "",
			 node->name);
	length = strlen(at.path);
	assert_true(length + 8 < sizeof(at.path));
	at.base += node->offset;
	at.pad |= node->pad;
	if (node->kind == NODE_RECORD) {
		visit_record(p, node, node->size, &at);
		return;
	}
	if (node->kind != NODE_RECORDS || node->count > 64) {
		visit_leaf(p, node, &at);
		return;
	}
	for (size_t i = 0; i < node->count; i++) {
		snprintf(at.path + length, sizeof(at.path) - length, "[%zu]", i);
		visit_record(p, node, node->element, &at);
		at.base += node->element;
	}
}

static void visit_members(struct painter *p, const struct node *record, const struct stand *at)
{
	for (size_t i = 0; i < record->n_members; i++)
		visit_member(p, &record->members[i], at);
}

static int in_order(const void *left, const void *right)
{
	const struct painted_unused *a = left, *b = right;
	const struct painted_branches *x = &a->branches, *y = &b->branches;

	if (a->page != b->page)
		return a->page < b->page ? -1 : 1;
	if (a->offset != b->offset)
		return a->offset < b->offset ? -1 : 1;
	for (size_t i = 0; i < x->count && i < y->count; i++) {
		int order = memcmp(&x->list[i], &y->list[i], sizeof(x->list[i]));

		if (order && x->list[i].union_number != y->list[i].union_number)
			return x->list[i].union_number < y->list[i].union_number ? -1 : 1;
		if (order)
			return x->list[i].alternative < y->list[i].alternative ? -1 : 1;
	}
	return (x->count > y->count) - (x->count < y->count);
}

void paint_tree(const struct node *tree, uint64_t host_bits, size_t most_pages,
		struct painting *ret)
{
	struct painter p = {.out = ret, .host_bits = host_bits};
	struct region *whole = calloc(1, sizeof(*whole));
	struct stand at = {.region = whole};
	struct painted_unused tail = {.why = PAINTED_TAIL};

	assert_non_null(whole);
	memset(ret->used, 0, sizeof(ret->used));
	ret->n_leaves = ret->n_unused = 0;
	ret->size = whole->size = tree->size;
	for (ret->pages = 1; ret->pages * host_bits < tree->size && ret->pages < most_pages;)
		ret->pages++;
	visit_record(&p, tree, tree->size, &at);
	add_holes(&p, whole);
	if (tree->size < ret->pages * host_bits)
		add_unused(&p, tree->size, ret->pages * host_bits - tree->size, tail);
	qsort(ret->unused, ret->n_unused, sizeof(*ret->unused), in_order);
	free(whole);
}
