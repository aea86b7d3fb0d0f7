/* SPDX-License-Identifier: MIT */
/* Questions about the code of targets, answered from their accesses and the byte map. */
#ifndef PAGELAP_USAGE_ANSWER_H
#define PAGELAP_USAGE_ANSWER_H

#include "model/report.h"

/*
 * Answers QUESTION, which is kept and not copied, from the targets of REPORT,
 * which are mapped, into report->answers. Targets whose code was not looked at
 * have no part in it.
 */
struct pl_error *pl_usage_answer(const struct pl_question *question,
				 struct pl_report *report) PL_MUST_CHECK;

#endif
