/* SPDX-License-Identifier: MIT */
/* Kernel trees in a directory of their own: just the files that say how to compile it. */
#ifndef PAGELAP_TESTS_KBUILD_FIXTURE_H
#define PAGELAP_TESTS_KBUILD_FIXTURE_H

#include "read/kbuild/kbuild.h"

struct fixture {
	char directory[64]; /* without symbolic links */
	struct pl_arena *arena;
	struct pl_recipe *recipe; /* the built-in one */
	struct pl_kbuild kbuild;  /* of the last tree that was opened */
};

int set_up(void **state);

int tear_down(void **state);

/* Makes NAME, with the directories on the way, hold TEXT. "@" stands for the directory in it. */
void write_text(const struct fixture *fixture, const char *name, const char *text);

/* A source tree of x86 sources, version 7.2.13. */
void write_source(const struct fixture *fixture, const char *name);

/* What configuring leaves in a build directory: CONFIG, and the headers of RELEASE. */
void configure(const struct fixture *fixture, const char *name, const char *config,
	       const char *release);

/* The path of NAME; "" is the directory. It is good until the next call but three. */
const char *path_of(const struct fixture *fixture, const char *name);

/* Opens the tree NAME, with the source tree SOURCE unless that is NULL. */
struct pl_error *open_tree(struct fixture *fixture, const char *name, const char *source);

/* The flags in one line; paths are those below the directory. */
const char *flags_of(const struct fixture *fixture);

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

#endif
