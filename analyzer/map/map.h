/* SPDX-License-Identifier: MIT */
/*
 * The map: which bits of the host each overlay touches, which it leaves
 * unused, and who uses each byte of the host. Reads records, writes the
 * target's overlays, absent, byte_map and host_unused.
 */
#ifndef PAGELAP_MAP_MAP_H
#define PAGELAP_MAP_MAP_H

#include "model/pack.h"
#include "model/target.h"

/*
 * As much work as mapping, and all that looks at the map, may be: rows of the
 * byte map times what may be on one, which are members, findings and accesses;
 * members times each other; and names times how long they are. Of Linux 7.2's
 * struct page it is some 350,000 for a target; this is some seconds.
 */
#define PL_MAP_EFFORT ((uint64_t)1 << 28)

/*
 * Gives the fields and containers of every record of TARGET the type classes of PACK, in place
 * of those that another one gave them.
 */
void pl_map_classify(const struct pl_pack *pack, struct pl_target *target);

/*
 * Maps the COUNT overlays in WANTED onto HOST; both are copied. Overlays that
 * TARGET does not have are listed as absent. PL_ERROR_MISSING when it does not
 * have the host, PL_ERROR_UNREADABLE when a record is too absurd to be mapped, or
 * the effort is larger than PL_MAP_EFFORT; what it is, is left in the target.
 *
 * Members that are copies of the host itself (folio's `page`) are left out.
 */
struct pl_error *pl_map_target(struct pl_target *target, const char *host,
			       const struct pl_wanted_overlay *wanted, size_t count) PL_MUST_CHECK;

/*
 * Finds the members, and the host's fields, that the code of TARGET, which is
 * mapped, does not make full use of; none where not all of its build was looked
 * at. pl_map_target() does so; to be called again when the usage has changed.
 */
struct pl_error *pl_map_idle(struct pl_target *target) PL_MUST_CHECK;

#endif
