/* SPDX-License-Identifier: MIT */
/*
 * The front door of reading: a path in, targets with their records out. Readers
 * know formats; what to look for, and every kernel name, comes in the request.
 */
#ifndef PAGELAP_READ_READ_H
#define PAGELAP_READ_READ_H

#include "model/recipe.h"
#include "model/report.h"

struct pl_read_request {
	const char *path;
	const char *name;	    /* of the target; NULL: made from what is read */
	enum pl_source_kind force;  /* PL_SOURCE_UNKNOWN: found out from the content */
	const char *const *records; /* names of the records to look for, without duplicates */
	size_t n_records;
	const char *const *unit_order; /* globs: units whose path ends so are looked at first */
	size_t n_unit_order;
	/* For headers. */
	const char *host;	  /* name of the record that assertions are about */
	const char *const *probe; /* files of the source tree that bring the records in */
	size_t n_probe;
	const struct pl_wanted_constant *constants; /* to be evaluated over what probe includes */
	size_t n_constants;
	const struct pl_wanted_macro *macros; /* defined for them, in place of the source's own */
	size_t n_macros;
	const struct pl_recipe *recipe; /* how headers are compiled */
	const char *source_tree;	/* NULL: the build directory names it */
	bool no_scan;			/* do not look through the source tree */
	bool only_asked_for;		/* do not look for further overlays */
	bool only_pins;			/* the layout comes from elsewhere */
	const char *banner;		/* what the kernel's version string begins with */
	bool check_all_units;  /* compare the definitions of all units, do not stop early */
	const char *config;    /* the kernel's configuration; NULL: look for it */
	const char *btf_base;  /* what split BTF builds on; NULL: look for it */
	const char *debug_dir; /* where separate debug files are installed */
};

/*
 * Reads request->path and adds its target to REPORT; of a saved report, all
 * its targets and failures. Records that are not there are simply not in the
 * target: what that means is the caller's to say. A definition that differs
 * between the units of one source becomes a finding of the target. The name of
 * a target is made unique within REPORT.
 *
 * Errors: PL_ERROR_UNREADABLE when the file cannot be opened, is of no known
 * kind, or is broken; the message names the file and the section.
 */
struct pl_error *pl_read_source(const struct pl_read_request *request,
				struct pl_report *report) PL_MUST_CHECK;

#endif
