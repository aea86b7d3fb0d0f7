/* SPDX-License-Identifier: MIT */
/* From sources to a report: read each, map it, and keep what could not be told. */
#ifndef PAGELAP_CMD_COLLECT_H
#define PAGELAP_CMD_COLLECT_H

#include "model/pack.h"
#include "model/recipe.h"
#include "model/report.h"
#include "settings.h"

/*
 * Splits SOURCE, [NAME=]PATH: what stands before the first '=' is a name if it
 * holds no '/'; *NAME is otherwise NULL. In ARENA, or SOURCE itself.
 */
struct pl_error *collect_split(struct pl_arena *arena, const char *source, const char **name,
			       const char **path) PL_MUST_CHECK;

/*
 * Reads and maps the COUNT sources, each [NAME=]PATH, into REPORT; without
 * any, the running kernel. Two of one name become one target if one of them is
 * a tree of headers: layout from the other, assertions from it. Each is read in a process of its
 * own, within limits, settings->jobs at a time. What goes wrong with one source, be it that its
 * process dies, becomes a failure in the report and leaves the others alone; an error is returned
 * only when nothing can go on.
 */
struct pl_error *collect(const struct settings *settings, const struct pl_pack *pack,
			 const struct pl_recipe *recipe, char **sources, size_t count,
			 struct pl_report *report) PL_MUST_CHECK;

#endif
