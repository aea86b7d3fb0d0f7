/* SPDX-License-Identifier: MIT */
/* What reporters have in common to say of a finding. */
#ifndef PAGELAP_REPORT_FINDING_WORDS_H
#define PAGELAP_REPORT_FINDING_WORDS_H

#include "model/report.h"
#include "support/strbuf.h"

/* Whether LEFT and RIGHT, whose files are known, are one place. */
bool pl_same_place(const struct pl_place *left, const struct pl_place *right);

/*
 * Where FINDING is shown: where its member or overlay is declared, or else the
 * host's field; NULL where neither is known.
 */
const struct pl_place *pl_finding_shown_at(const struct pl_finding *finding);

/*
 * The same for OCCURRENCE of REPORT, whatever is known: where its member or
 * overlay is declared, the host's field, the overlay's record, the host; else
 * the source itself, without a line. Files of a tree that was read are told
 * from its root.
 */
struct pl_place pl_occurrence_place(const struct pl_report *report,
				    const struct pl_occurrence *occurrence);

/* The next occurrence of MERGED from *AT on that is in STATE, or NULL; *AT is then behind it. */
const struct pl_occurrence *pl_next_in_state(const struct pl_merged_finding *merged,
					     enum pl_finding_state state, size_t *at);

/* The same of suppressed ones, only the first with each reason. */
const struct pl_occurrence *pl_next_reason(const struct pl_merged_finding *merged, size_t *at);

/* Whether LEFT and RIGHT are on the same targets. */
bool pl_same_targets(const struct pl_occurrence *left, const struct pl_occurrence *right);

/* What MERGED is as a whole: open if it is so on some target, else known if it is so on some. */
enum pl_finding_state pl_merged_state(const struct pl_merged_finding *merged);

/*
 * Adds what MERGED says where it is in STATE, as it is somewhere: the message,
 * on which targets if REPORT has several, and a line for every other
 * occurrence, with what differs.
 */
void pl_add_telling(struct pl_strbuf *out, const struct pl_report *report,
		    const struct pl_merged_finding *merged, enum pl_finding_state state);

/* The message of FINDING, without the place where it is shown if it begins with that. */
const char *pl_finding_words(const struct pl_finding *finding);

/*
 * Where the host's field of FINDING is declared, or the host if it is about
 * none of them; NULL where that is not known, or where FINDING is shown anyway.
 */
const struct pl_place *pl_finding_host_at(const struct pl_finding *finding);

/* Whether OTHER says what FIRST says, of other bits or not. */
bool pl_finding_rephrases(const struct pl_finding *first, const struct pl_finding *other);

/* Adds "FILE:LINE", or "FILE" where no line is known. */
void pl_add_place(struct pl_strbuf *out, const struct pl_place *place);

/* Adds "bytes 8-15", "byte 4, bits 3-7" or "byte 4 bit 7 to byte 5 bit 0", in memory order. */
void pl_add_bits(struct pl_strbuf *out, const struct pl_bit_range *range);

/* Adds the names of the targets of OCCURRENCE: "all 4 targets" if it is all of REPORT's. */
void pl_add_targets(struct pl_strbuf *out, const struct pl_report *report,
		    const struct pl_occurrence *occurrence);

#endif
