/* SPDX-License-Identifier: MIT */
/* From one source, or two of one target, to mapped targets in a report. */
#ifndef PAGELAP_CMD_GATHER_H
#define PAGELAP_CMD_GATHER_H

#include "model/pack.h"
#include "model/recipe.h"
#include "model/report.h"
#include "settings.h"
#include "support/strbuf.h"

/* What is looked for, and how. */
struct gatherer {
	const struct settings *settings;
	const struct pl_pack *pack;
	const struct pl_recipe *recipe;
	struct pl_report *report;
	const char **records; /* to look for: the host, then the overlays */
	size_t n_records;
	struct pl_wanted_overlay *wanted;
	size_t n_wanted;
};

/* Fills the rest of G from its settings, pack and report. */
struct pl_error *gatherer_init(struct gatherer *g) PL_MUST_CHECK;

/* Reads and maps PATH into the report; what goes wrong becomes a failure in it. NAME may be NULL.
 */
struct pl_error *gather_source(struct gatherer *g, const char *name,
			       const char *path) PL_MUST_CHECK;

/* The same for the headers at HEADERS and the kernel at BUILT, as one target. */
struct pl_error *gather_pair(struct gatherer *g, const char *name, const char *headers,
			     const char *built) PL_MUST_CHECK;

/*
 * Adds what another process gathered of PATH and wrote as JSON, and maps it
 * again. If that is no report after all, it is a failure of NAME.
 */
struct pl_error *gather_written(struct gatherer *g, const char *name, const char *path,
				const struct pl_strbuf *written) PL_MUST_CHECK;

#endif
