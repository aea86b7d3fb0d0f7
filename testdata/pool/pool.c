/* SPDX-License-Identifier: MIT */
/* What a compiler has to see to put all of it into DWARF. */
#include <pool/frame.h>
#include <pool/job.h>

struct block a_block;
struct frame a_frame;
struct job a_job;
