/* SPDX-License-Identifier: MIT */
/* A kernel configuration: what Kconfig writes, as options to look up. */
#ifndef PAGELAP_READ_KBUILD_KCONFIG_H
#define PAGELAP_READ_KBUILD_KCONFIG_H

#include "support/arena.h"
#include "support/cursor.h"

struct pl_kconfig_option {
	const char *name;  /* "CONFIG_64BIT" */
	const char *value; /* "y", "m", "\"text\"", "12" */
};

struct pl_kconfig {
	/* Sorted by name; those that are not set are not there. */
	struct pl_kconfig_option *options;
	size_t count;
};

/* Parses TEXT, the content of `.config` or auto.conf; an error if there is no option in it. */
struct pl_error *pl_kconfig_parse(struct pl_arena *arena, struct pl_bytes text,
				  struct pl_kconfig *ret) PL_MUST_CHECK;

/* The value of the option NAME, or NULL. */
const char *pl_kconfig_get(const struct pl_kconfig *config, const char *name);

/* Whether CONDITION ("CONFIG_X": it is y, "!CONFIG_X": it is not) holds. */
bool pl_kconfig_holds(const struct pl_kconfig *config, const char *condition);

/* Whether each of the N CONDITIONS holds. */
bool pl_kconfig_holds_all(const struct pl_kconfig *config, const char *const *conditions, size_t n);

#endif
