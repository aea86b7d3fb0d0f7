/* SPDX-License-Identifier: MIT */
/*
 * Allocations that fail when a test says so. Linking allocation.c puts malloc(),
 * calloc() and realloc() of the program's own before those of the C library, or
 * of the address sanitizer, for the program and every library in it.
 */
#ifndef PAGELAP_TESTS_ALLOCATION_H
#define PAGELAP_TESTS_ALLOCATION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* From now on allocation number NUMBER (the first is 0) fails, once. */
void allocation_fail(size_t number);

/*
 * From now on nothing fails; of the first COUNT allocations CALLS says through
 * which calls each came: a number that others have that came through the same.
 */
void allocation_watch(uint64_t *calls, size_t count);

/* No allocation fails any more; how many there were since then. */
size_t allocation_stop(void);

/* Leaves allocations that a library called LIBRARY ("libdwarf.so") makes itself uncounted. */
void allocation_spare(const char *library);

#endif
