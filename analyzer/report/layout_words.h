/* SPDX-License-Identifier: MIT */
/* What tables of every format say of bits, members and what is unused, as plain text. */
#ifndef PAGELAP_REPORT_LAYOUT_WORDS_H
#define PAGELAP_REPORT_LAYOUT_WORDS_H

#include "model/target.h"
#include "support/strbuf.h"

/*
 * Adds the bits of RANGE in its page as numbers: "8-15" and "8" are bytes;
 * "42.0-43.6" goes from bit 0 of byte 42 to bit 6 of byte 43, in memory order.
 * RANGE is not empty.
 */
void pl_add_numbers(struct pl_strbuf *out, const struct pl_bit_range *range);

/* Where MEMBER lies: the same, or the byte alone where it has no size. */
void pl_add_member_numbers(struct pl_strbuf *out, const struct pl_member *member);

/*
 * Adds the alternatives for which bits of RECORD are unused, each by its first
 * member: "a, b"; nothing where they are always.
 */
void pl_add_condition(struct pl_strbuf *out, const struct pl_record *record,
		      const struct pl_unused *unused);

/* Adds the name of TARGET's host with "struct" or "union" before it. */
void pl_add_host_name(struct pl_strbuf *out, const struct pl_target *target);

/* Adds what is known of TARGET beside its name: release, architecture, bits, endianness. */
void pl_add_kind_of_target(struct pl_strbuf *out, const struct pl_target *target);

#endif
