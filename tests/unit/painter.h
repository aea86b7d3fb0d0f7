/* SPDX-License-Identifier: MIT */
/*
 * What the map must say of a tree, found out bit by bit from the tree itself:
 * slow, simple, and without a line of the analyzer.
 */
#ifndef PAGELAP_TESTS_PAINTER_H
#define PAGELAP_TESTS_PAINTER_H

#include "tree.h"

enum {
	PAINTER_BITS = 1 << 15, /* more than any tree has */
	PAINTER_LEAVES = 2048,
	PAINTER_UNUSED = 8192,
	PAINTER_DEPTH = 8,
	PAINTER_PATH = 96,
};

struct painted_branch {
	size_t union_number, alternative; /* unions are counted as they are met */
};

struct painted_branches {
	struct painted_branch list[PAINTER_DEPTH];
	size_t count;
};

struct painted_leaf {
	char path[PAINTER_PATH];
	uint64_t offset, size;
	bool pad;
	struct painted_branches branches;
};

enum painted_why { PAINTED_HOLE, PAINTED_PAD, PAINTED_TAIL };

struct painted_unused {
	size_t page;
	uint64_t offset, size;
	enum painted_why why;
	const struct painted_leaf *pad;
	struct painted_branches branches;
};

struct painting {
	uint64_t size; /* of the record */
	size_t pages;
	struct painted_leaf leaves[PAINTER_LEAVES];
	size_t n_leaves;
	struct painted_unused unused[PAINTER_UNUSED]; /* by page, offset, then branches */
	size_t n_unused;
	unsigned char used[PAINTER_BITS]; /* per bit: by anything but padding */
};

/* Paints TREE over hosts of HOST_BITS, MOST_PAGES of them at the most. */
void paint_tree(const struct node *tree, uint64_t host_bits, size_t most_pages,
		struct painting *ret);

#endif
