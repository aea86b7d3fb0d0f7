/* SPDX-License-Identifier: MIT */
/* An arena for each test of the file that includes this: set_up and tear_down go with the test. */
#ifndef PAGELAP_TESTS_ARENA_FIXTURE_H
#define PAGELAP_TESTS_ARENA_FIXTURE_H

#include "support/arena.h"

static struct pl_arena *arena;

static int set_up(void **state)
{
	(void)state;
	arena = pl_arena_new();
	return !arena;
}

static int tear_down(void **state)
{
	(void)state;
	pl_arena_free(arena);
	return 0;
}

#endif
