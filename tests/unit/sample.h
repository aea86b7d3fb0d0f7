/* SPDX-License-Identifier: MIT */
/* A small target made by hand: a host, three overlays, one that is absent, a finding. */
#ifndef PAGELAP_TESTS_SAMPLE_H
#define PAGELAP_TESTS_SAMPLE_H

#include "model/report.h"

/*
 * struct page { long flags; union { struct list_head lru; struct { int order:5; int index; }; };
 *               int mapcount; int refs; }                                        of 32 bytes
 * struct folio { long flags; struct list_head lru; long pad[1]; long second; ... } on two hosts
 * struct slab { long flags; void *cache; spinlock_t lock; char _pad[4]; int rest; int past[2]; }
 * union ptdesc { long pt_flags; char half[4]; }
 */
struct pl_target *sample_target(const char *name);

/*
 * The same with what its source says: five assertions, of which one is broken and two pin
 * slab.cache and folio.second, and two candidates. Folio was discovered.
 */
struct pl_target *sample_pinned_target(const char *name);

/*
 * Gives TARGET, a sample, what its code does: page.flags is read, page.lru's address taken,
 * page.index written, page.order and slab.cache read and written, slab copied as a whole,
 * folio.second read, bio.bi_next, of a record that is not mapped, read. One cast, one lost unit.
 */
void sample_usage(struct pl_target *target);

/* Two of them, mapped, and one failure. */
struct pl_report *sample_report(void);

/*
 * Gives REPORT, of sample_report(), other findings: open, suppressed and known ones, errors first
 * on each target, with the rules they break; and merges them.
 */
void sample_findings(struct pl_report *report);

#endif
