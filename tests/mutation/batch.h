/* SPDX-License-Identifier: MIT */
/* Cases that are done in a process of their own, many in each. */
#ifndef PAGELAP_TESTS_BATCH_H
#define PAGELAP_TESTS_BATCH_H

#include <stdint.h>
#include <sys/resource.h>

/* Does the cases from FROM up to TO. */
typedef void batch_cases(void *context, uint64_t from, uint64_t to);

/* Says WHAT cannot be done, as of errno, and ends the process. */
_Noreturn void die(const char *what);

/* Does CASES in this process, in so many bytes of MEMORY where that can be limited, and ends it. */
_Noreturn void end_with_batch(batch_cases *cases, void *context, uint64_t from, uint64_t to,
			      rlim_t memory);

/* The wait status of a child that does that. */
int run_batch(batch_cases *cases, void *context, uint64_t from, uint64_t to, rlim_t memory);

/* Prints how a child came to its end; HANGS is the signal of those that take too long. */
void tell_end(int status, int hangs);

#endif
