/* SPDX-License-Identifier: MIT */
/* Records written as C, and laid out as a compiler would. */
#ifndef PAGELAP_TESTS_LAYOUT_FIXTURE_H
#define PAGELAP_TESTS_LAYOUT_FIXTURE_H

#include "model/target.h"

/*
 * Adds the structs and unions declared in SOURCE to TARGET, for words of
 * target->bits; big-endian bit fields are in memory order like all others.
 * Known are char, short, int, long, llong, u128, double, callback (a pointer
 * to a function), enums, struct list_head, struct callback_head, atomic_t and
 * spinlock_t (two ints); typedefs that SOURCE makes, and pointers to anything.
 * A member may have "[N]", ":BITS" and "@BYTE" for where it lies; a record
 * without "aligned N" behind it does not say what it is aligned to.
 * Declarations are in kernel.h, by the line of SOURCE.
 */
void layout_records(struct pl_target *target, const char *source);

#endif
