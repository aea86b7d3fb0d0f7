/* SPDX-License-Identifier: MIT */
/*
 * What differs between two reports. Reads mapped targets with their findings,
 * as map/ and check/ leave them; writes nothing into them.
 */
#ifndef PAGELAP_DIFF_DIFF_H
#define PAGELAP_DIFF_DIFF_H

#include "model/diff.h"
#include "model/pack.h"

/*
 * Compares the targets of OLD and NEW that have one name; where each report is
 * of one target, without others that could not be read, these two, whatever
 * they are called. IGNORED holds the kinds of
 * changes that are counted and left out, as bits 1 << kind. Free *RET with
 * pl_diff_free(), before the reports.
 *
 * Members are what a person would name: `lru`, not lru.next and lru.prev; of a
 * record inside of a record that stayed where it was, what is in it is compared
 * too. Members of one record are the same by their names. One that is gone and
 * one that is new on the same bytes are one that was renamed if the names have
 * a word in common, or if the type is the same and no union leaves room for
 * doubt.
 *
 * What findings follow from besides the layout, and whether they can be compared
 * where only one side was read for that, PACK knows.
 */
struct pl_error *pl_diff_reports(const struct pl_report *old, const struct pl_report *new,
				 const struct pl_pack *pack, unsigned ignored,
				 struct pl_diff **ret) PL_MUST_CHECK;

#endif
