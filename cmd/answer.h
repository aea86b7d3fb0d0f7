/* SPDX-License-Identifier: MIT */
/* From targets whose code was looked at to answers about it. */
#ifndef PAGELAP_CMD_ANSWER_H
#define PAGELAP_CMD_ANSWER_H

#include "model/report.h"
#include "settings.h"

/* Whether SETTINGS ask for something in particular: which accesses, put together how, what parts.
 */
bool answer_is_particular(const struct settings *settings);

/*
 * Answers the question of SETTINGS, completed by what is usual, from REPORT,
 * which is mapped. A target whose code was not looked at becomes a failure.
 */
struct pl_error *answer_question(struct settings *settings, struct pl_report *report) PL_MUST_CHECK;

#endif
