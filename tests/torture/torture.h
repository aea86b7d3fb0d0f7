/* SPDX-License-Identifier: MIT */
/* What a run is made of whose allocations fail one by one. */
#ifndef PAGELAP_TESTS_TORTURE_H
#define PAGELAP_TESTS_TORTURE_H

#include "support/strbuf.h"

/*
 * A piece of work that succeeds: appends what came of it to RET. PATH is a
 * file or directory to work on; one that needs none is given "".
 */
typedef struct pl_error *torture_work(const char *path, struct pl_strbuf *ret);

/* Reads a kernel as a worker does, up to what it hands to its parent. */
torture_work torture_read;

/* Reads a saved report, maps, checks and compares it, and writes it in every format. */
torture_work torture_report;

/* Holds a saved report against all rules that are built in. */
torture_work torture_rules;

/* Loads the rule pack at PATH, lists it, and explains its rules. */
torture_work torture_pack;

torture_work torture_recipe;

/* Reads suppressions, and holds a report with findings against them and against a baseline. */
torture_work torture_findings;

/* Finds out how the kernel tree at PATH is compiled, and looks through its source. */
torture_work torture_tree;

/* Joins one target with another. */
torture_work torture_join;

/* Runs jobs in processes of their own. */
torture_work torture_workers;

/* Takes what workers found of code, and what is known of it from an earlier run, which it saves. */
torture_work torture_scanned;
torture_work torture_cache;

/* Takes usage over from a saved report, asks about it, and writes the answer. */
torture_work torture_usage;

#endif
