/* SPDX-License-Identifier: MIT */
/* Reading BTF with libbpf: the only folder that includes its headers. */
#ifndef PAGELAP_READ_BTF_BTF_READ_H
#define PAGELAP_READ_BTF_BTF_READ_H

#include "read/read.h"
#include "support/cursor.h"

/* Whether BYTES begin like raw BTF of either byte order. */
bool pl_btf_detect(struct pl_bytes bytes);

/*
 * Adds the wanted records found in the raw BTF in BYTES to TARGET, and sets
 * its word size and byte order where they are not known yet. BASE is the raw
 * BTF that split BTF builds on; no bytes if there is none. Several different
 * definitions of one name become a finding. FILE names the source in messages.
 */
struct pl_error *pl_btf_read(const char *file, struct pl_bytes bytes, struct pl_bytes base,
			     const struct pl_read_request *request,
			     struct pl_target *target) PL_MUST_CHECK;

/* Whether the raw BTF in BYTES is split BTF, which means nothing without its base. */
bool pl_btf_is_split(struct pl_bytes bytes);

/*
 * Where raw BTF lies in BYTES (the image of an uncompressed kernel): the
 * largest stretch that begins with a BTF header which agrees with itself.
 * False if there is none.
 */
bool pl_btf_locate(struct pl_bytes bytes, struct pl_bytes *ret);

#endif
