/* SPDX-License-Identifier: MIT */
/* What a user asked for, by the options of all commands. */
#ifndef PAGELAP_CMD_SETTINGS_H
#define PAGELAP_CMD_SETTINGS_H

#include "model/answer.h"
#include "model/finding.h"
#include "model/target.h"

enum format {
	FORMAT_TEXT,
	FORMAT_JSON,
	FORMAT_PLAIN,
	FORMAT_RDJSONL,
	FORMAT_SARIF,
	FORMAT_HTML,
	FORMAT_MARKDOWN,
	FORMAT_RST,
	FORMAT_COUNT
};

enum diff_format { DIFF_FORMAT_TEXT, DIFF_FORMAT_JSON, DIFF_FORMAT_MARKDOWN, DIFF_FORMAT_COUNT };

enum colour {
	COLOUR_AUTO,
	COLOUR_ALWAYS,
	COLOUR_NEVER,
};

/* One report to write: --format=FORMAT[:FILE]. */
struct output {
	enum format format;
	const char *file; /* NULL: standard output */
};

/* More than anybody asks for; each is a fixed place in the command line. */
enum {
	MAX_OUTPUTS = 16,
	MAX_OVERLAYS = 64,
	MAX_SUPPRESSIONS = 64,
	MAX_GLOBS = 64,
	MAX_USAGES = 64
};

/* The most columns of text; wider than any table. */
enum { MAX_WIDTH = 10000 };

struct settings {
	enum pl_source_kind from; /* PL_SOURCE_UNKNOWN: found out */
	struct output outputs[MAX_OUTPUTS];
	size_t n_outputs;
	const char *overlays[MAX_OVERLAYS];
	size_t n_overlays;
	const char *rules;  /* NULL: the built-in pack */
	const char *recipe; /* NULL: the built-in one */
	const char *source_tree;
	const char *config, *btf_base, *debug_dir;
	enum pl_severity fail_on;
	enum colour colour;
	size_t width; /* 0: the terminal's, or 100 */
	size_t jobs;  /* workers at a time; 0: one per processor */
	bool compact;
	bool no_scan, check_all_units, quiet;

	/* Of check alone. */
	bool findings_only; /* in text: no tables */
	const char *suppressions[MAX_SUPPRESSIONS];
	size_t n_suppressions;
	const char *baseline;		/* NULL: none */
	const char *update_baseline;	/* where to write the next one; NULL: nowhere */
	bool accept_new;		/* with what is new in it */
	const char *usages[MAX_USAGES]; /* reports that know what code does */
	size_t n_usages;

	/* Of usage alone; a question's lists are in the arrays. */
	struct pl_question question;
	const char *field_globs[MAX_GLOBS], *record_globs[MAX_GLOBS];
	const char *path_globs[MAX_GLOBS], *function_globs[MAX_GLOBS];
	const char *make_logs[MAX_USAGES]; /* [NAME=]FILE; of others the directory says it all */
	size_t n_make_logs;
	const char *usage_rules; /* NULL: the built-in ones */
	const char *cache;	 /* NULL: where the user's caches are */
	unsigned shard, shards;	 /* 0: all of the build */
	bool no_cache, no_shortcuts;
	bool costs; /* say what the scan has taken */

	/* Of diff alone. */
	unsigned ignored;			    /* kinds of changes, bits 1 << kind */
	enum diff_format diff_formats[MAX_OUTPUTS]; /* of the outputs */
};

/* What holds where no option says otherwise. */
#define SETTINGS_INIT                                                                              \
	{                                                                                          \
		.debug_dir = "/usr/lib/debug", .fail_on = PL_SEVERITY_ERROR                        \
	}

#endif
