/* SPDX-License-Identifier: MIT */
/*
 * Which kernel it is: release, compiler, configuration, build-id, from
 * whatever of it a source carries. Everything here is best effort: what cannot
 * be known stays NULL in the target.
 */
#ifndef PAGELAP_READ_IDENTITY_IDENTITY_H
#define PAGELAP_READ_IDENTITY_IDENTITY_H

#include "read/elf/elf.h"
#include "read/read.h"

/*
 * Fills release and compiler of TARGET, where they are not known yet, from the
 * version string in BYTES (a kernel's data), which begins with
 * request->banner: "Linux version RELEASE (who@where) (COMPILER, LINKER) ...".
 */
struct pl_error *pl_identity_from_banner(const struct pl_read_request *request,
					 struct pl_bytes bytes,
					 struct pl_target *target) PL_MUST_CHECK;

/*
 * Fills what ELF says of TARGET: arch, bits, byte order, build-id; release and
 * compiler from the version string in its read-only data or, of a module, from
 * `vermagic=` in .modinfo; and release from include/config/kernel.release
 * beside the file, as a kernel build leaves it there.
 */
struct pl_error *pl_identity_from_elf(const struct pl_read_request *request,
				      const struct pl_elf *elf,
				      struct pl_target *target) PL_MUST_CHECK;

/*
 * The architecture of the kernel that calls its machine MACHINE ("armv7l",
 * uname(2)), as pl_elf_arch() calls it; MACHINE itself where the two agree.
 */
const char *pl_identity_machine_arch(const char *machine);

/* Fills what the running kernel says of itself: uname, /sys/kernel/notes. */
struct pl_error *pl_identity_from_running(const struct pl_read_request *request,
					  struct pl_target *target) PL_MUST_CHECK;

/*
 * Sets the configuration digest from the first of: request->config (an error
 * if it cannot be read or holds no option), the configuration embedded in
 * BYTES (IKCONFIG), `.config` or `config-RELEASE` beside the file,
 * /boot/config-RELEASE or /proc/config.gz when the source is the running
 * kernel (RUNNING). The digest is the SHA-256 of the sorted lines that set or
 * unset an option, each ended by a newline; comments and blank lines do not
 * count, so it is the same for `config-*` and for the embedded copy.
 */
struct pl_error *pl_identity_config(const struct pl_read_request *request, struct pl_bytes bytes,
				    bool running, struct pl_target *target) PL_MUST_CHECK;

#endif
