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

/* From now on allocation number NUMBER (the first is 0) fails, once. */
void allocation_fail(size_t number);

/* No allocation fails any more; how many there were since allocation_fail(). */
size_t allocation_stop(void);

/* Leaves allocations that a library called LIBRARY ("libdwarf.so") makes itself uncounted. */
void allocation_spare(const char *library);

#endif
