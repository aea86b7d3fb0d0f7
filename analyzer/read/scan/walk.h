/* SPDX-License-Identifier: MIT */
/* All C files of a tree, in no order. */
#ifndef PAGELAP_READ_SCAN_WALK_H
#define PAGELAP_READ_SCAN_WALK_H

#include "read/scan/scan.h"

/* PATH is from the tree. PATH and TEXT are good until it returns. */
typedef struct pl_error *pl_walk_visit(void *context, const char *path, struct pl_bytes text);

/*
 * Hands each file to VISIT and stops at its first error. What cannot be read
 * is passed over, but for the tree itself.
 */
struct pl_error *pl_walk_tree(const struct pl_scan_request *request, pl_walk_visit *visit,
			      void *context) PL_MUST_CHECK;

#endif
