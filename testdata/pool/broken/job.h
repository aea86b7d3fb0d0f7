/* SPDX-License-Identifier: MIT */
/* Work that is done later, after somebody wanted a deadline. */
#ifndef POOL_JOB_H
#define POOL_JOB_H

#include <pool/block.h>

struct job {
	uint32_t state;
	uint16_t priority;
	uint16_t refs;
	uint64_t deadline;
	void (*run)(struct job *job);
	struct job *link;
};

#endif
