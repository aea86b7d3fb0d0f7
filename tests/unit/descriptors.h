/* SPDX-License-Identifier: MIT */
/* What is open in a process, for tests of those that have little. */
#ifndef PAGELAP_TESTS_DESCRIPTORS_H
#define PAGELAP_TESTS_DESCRIPTORS_H

#include "support/worker.h"

/* Standard input, output and error, while they are closed. */
struct closed_streams {
	int kept[3];
};

/* A job: says how many descriptors above those of the standard streams are open. */
struct pl_error *count_open(void *context, size_t index, struct pl_strbuf *output);

/* Closes the standard streams, and opens them again. */
struct closed_streams close_streams(void);
void reopen_streams(const struct closed_streams *closed);

#endif
