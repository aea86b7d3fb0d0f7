/* SPDX-License-Identifier: MIT */
/* The parts of an answer, each made in a file of its own. */
#ifndef PAGELAP_USAGE_ANSWER_INTERNAL_H
#define PAGELAP_USAGE_ANSWER_INTERNAL_H

#include "model/report.h"

/* The uses that a question is about, in the order of accesses. */
struct pl_uses {
	struct pl_use *list;
	size_t count;
};

/* Collects the accesses of all targets that fit QUESTION; what several targets have is one use. */
struct pl_error *pl_usage_collect(const struct pl_question *question,
				  const struct pl_report *report,
				  struct pl_uses *ret) PL_MUST_CHECK;

/* Puts USES together as the question of ANSWERS says. */
struct pl_error *pl_usage_group(const struct pl_report *report, const struct pl_uses *uses,
				struct pl_answers *answers) PL_MUST_CHECK;

/* Finds bytes that a directory reaches under the names of several records. */
struct pl_error *pl_usage_names(const struct pl_report *report, const struct pl_uses *uses,
				struct pl_answers *answers) PL_MUST_CHECK;

/* Finds fields that one architecture only uses; none where there is only one. */
struct pl_error *pl_usage_singles(const struct pl_report *report, const struct pl_uses *uses,
				  struct pl_answers *answers) PL_MUST_CHECK;

/* Finds what the byte is called that the question is about. */
struct pl_error *pl_usage_bytes(const struct pl_report *report,
				struct pl_answers *answers) PL_MUST_CHECK;

/* "page.index", or "page" for the whole record; in ARENA. */
const char *pl_usage_field_name(struct pl_arena *arena, const char *record, const char *field);

/*
 * Where ACCESS stands among all fields: the host's before those of overlays,
 * in the order of the map, each by where it lies; records that are not mapped
 * are last. As the first target says that knows it.
 */
uint64_t pl_usage_rank(const struct pl_report *report, const struct pl_use *use);

/* The directory of FILE, "." where it has none or is not known; in ARENA. */
const char *pl_usage_directory(struct pl_arena *arena, const char *file);

/* The architecture of TARGET, or its name where that is not known. */
const char *pl_usage_arch(const struct pl_target *target);

#endif
