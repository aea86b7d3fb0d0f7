/* SPDX-License-Identifier: MIT */
/*
 * One file, held in memory: whoever opens it by its path gets what is there, of which bytes can be
 * changed and put back. For programs that are linked with --wrap for pl_file_open, pl_file_close
 * and pl_file_forget.
 */
#ifndef PAGELAP_TESTS_HELD_H
#define PAGELAP_TESTS_HELD_H

#include "support/file.h"

struct held {
	const char *path;
	unsigned char *data; /* as much as the file has, up to the end of a page */
	size_t size;	     /* what is shown of it */
	size_t whole;	     /* what the file has */
};

/* Holds the file at PATH, in place of one that was held before. NULL and errno where that fails. */
struct held *held_open(const char *path);

/*
 * Calls WORK with CONTEXT, and finds the pages of the held file that are looked
 * at meanwhile: their numbers, ascending, into *RET, which is to be freed. How
 * many these are.
 */
size_t held_touched(void (*work)(void *context), void *context, size_t **ret);

enum { HELD_PAGE = 4096 };

#endif
