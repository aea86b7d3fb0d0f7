/* SPDX-License-Identifier: MIT */
#include "answer.h"

#include "usage/answer.h"

static bool has_filter(const struct pl_question *question)
{
	return question->fields.count || question->records.count || question->paths.count ||
	       question->functions.count || question->kinds || question->of_byte;
}

bool answer_is_particular(const struct settings *settings)
{
	const struct pl_question *question = &settings->question;

	return question->n_by || question->show || has_filter(question);
}

/*
 * Who asks nothing in particular gets an overview; who does, gets places:
 * of each field by function, unless it is to be put together otherwise.
 */
static void complete(struct settings *settings)
{
	struct pl_question *question = &settings->question;
	bool particular = question->n_by || has_filter(question);

	for (size_t i = 0; i < settings->n_overlays && !question->records.count; i++)
		settings->record_globs[i] = settings->overlays[i];
	if (settings->n_overlays && !question->records.count)
		question->records = (struct pl_globs){settings->record_globs, settings->n_overlays};
	if (!question->show && particular)
		question->show = 1U << PL_SHOW_USES;
	if (!question->show)
		question->show = 1U << PL_SHOW_COUNTS | 1U << PL_SHOW_IDLE | 1U << PL_SHOW_NAMES |
				 1U << PL_SHOW_SINGLE;
	if (question->n_by)
		return;
	question->by[question->n_by++] = PL_BY_FIELD;
	if (question->show & 1U << PL_SHOW_USES)
		question->by[question->n_by++] = PL_BY_FUNCTION;
}

static struct pl_error *note_silent(struct pl_report *report, const struct pl_target *target)
{
	return pl_report_note_error(
		report, target->name, target->source.path,
		pl_error_new(PL_ERROR_MISSING, "%s: it does not say which code touches which field",
			     target->name));
}

struct pl_error *answer_question(struct settings *settings, struct pl_report *report)
{
	for (size_t i = 0; i < report->n_targets; i++)
		if (!report->targets[i]->usage)
			PL_TRY(note_silent(report, report->targets[i]));
	complete(settings);
	return pl_usage_answer(&settings->question, report);
}
