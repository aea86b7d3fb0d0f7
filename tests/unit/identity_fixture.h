/* SPDX-License-Identifier: MIT */
/* A target, a request, and a directory for the files that lie beside a kernel. */
#ifndef PAGELAP_TESTS_IDENTITY_FIXTURE_H
#define PAGELAP_TESTS_IDENTITY_FIXTURE_H

#include "read/identity/identity.h"

struct fixture {
	char directory[64];
	struct pl_target *target;
	struct pl_read_request request;
	char path[128]; /* of a kernel in the directory, which is not there */
};

int set_up(void **state);

int tear_down(void **state);

/* Makes NAME, with the directories on the way, hold TEXT. */
void write_file(const struct fixture *fixture, const char *name, const void *text, size_t size);

void write_text(const struct fixture *fixture, const char *name, const char *text);

struct pl_bytes bytes_of(const char *text, size_t size);

void assert_text(const char *text, const char *expected);

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

#endif
