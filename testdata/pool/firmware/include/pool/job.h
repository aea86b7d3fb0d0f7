/* SPDX-License-Identifier: MIT */
/* Work that is done later. Nobody has thought of assertions. */
#ifndef POOL_JOB_H
#define POOL_JOB_H

#include <pool/block.h>

struct job {
	uint32_t state;
	uint16_t refs;
	uint16_t priority;
	struct job *link;
	void (*run)(struct job *job);
};

#endif
