/* SPDX-License-Identifier: MIT */
/* What processes that read foreign input have in common, once they are forked off. */
#ifndef PAGELAP_SUPPORT_CHILD_H
#define PAGELAP_SUPPORT_CHILD_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "support/error.h"

/* What bounds a child; 0: no limit. */
struct pl_child_limits {
	pid_t parent; /* that has started it, and may be gone already */
	unsigned cpu_seconds;
	unsigned seconds;
	size_t memory;	       /* bytes of address space; not enforced under sanitizers */
	size_t file;	       /* bytes of any file it writes; 0: it writes none */
	const char *directory; /* where those files may be; NULL: nowhere */
};

/*
 * To be called first in a child: it dies with its parent, has no terminal,
 * writes no core, prints nothing, keeps within LIMITS, and is confined (confine.h). Of what
 * its parent had open it has the COUNT descriptors KEPT (-1: none); those that
 * were 0 to 2 have got other numbers there.
 */
void pl_child_restrict(const struct pl_child_limits *limits, int *kept, size_t count);

/* Writes all of BYTES to FD; false if that fails. */
bool pl_child_write(int fd, const void *bytes, size_t length);

/* The error that a child says it has met. One that something has got hold of may say any KIND. */
struct pl_error *pl_child_error(int kind, const char *message) PL_MUST_CHECK;

/* Ends the child without what its parent has registered for exit. DONE: it did its work. */
_Noreturn void pl_child_exit(bool done);

/* Bytes of memory that the process holds right now; 0 where that is not known. */
size_t pl_child_resident(void);

#endif
