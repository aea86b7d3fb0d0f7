/* SPDX-License-Identifier: MIT */
/* libclang and an arena for the tests of a file: set_up and tear_down go with them. */
#ifndef PAGELAP_TESTS_CLANG_FIXTURE_H
#define PAGELAP_TESTS_CLANG_FIXTURE_H

#include "read/headers/clang_unit.h"

static struct pl_arena *arena;
static const struct pl_clang *library;
static const struct pl_roots roots = {"/source", "/build"};

static int set_up(void **state)
{
	(void)state;
	arena = pl_arena_new();
	return !arena || pl_clang_open(arena, &library);
}

static int tear_down(void **state)
{
	(void)state;
	pl_arena_free(arena);
	return 0;
}

#endif
