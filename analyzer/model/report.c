/* SPDX-License-Identifier: MIT */
#include "model/report.h"

#include <stdlib.h>
#include <string.h>

#include "support/text.h"

static const char *const verdict_names[] = {
	[PL_VERDICT_CLEAN] = "clean",
	[PL_VERDICT_GATE_FAILED] = "gate-failed",
	[PL_VERDICT_COULD_NOT_TELL] = "could-not-tell",
};

static const char *const failure_names[] = {
	[PL_ERROR_UNREADABLE] = "unreadable",
	[PL_ERROR_MISSING] = "missing",
	[PL_ERROR_USAGE] = "usage",
	[PL_ERROR_MEMORY] = "memory",
};

struct pl_report *pl_report_new(void)
{
	struct pl_report *report = calloc(1, sizeof(*report));

	if (!report)
		return NULL;
	report->fail_on = PL_SEVERITY_ERROR;
	report->arena = pl_arena_new();
	if (!report->arena) {
		free(report);
		return NULL;
	}
	return report;
}

void pl_report_free(struct pl_report *report)
{
	if (!report)
		return;
	for (size_t i = 0; i < report->n_targets; i++)
		pl_target_free(report->targets[i]);
	pl_arena_free(report->arena);
	free(report);
}

void pl_report_cleanup(struct pl_report **report)
{
	pl_report_free(*report);
}

struct pl_error *pl_report_add_target(struct pl_report *report, struct pl_target *target)
{
	struct pl_target **targets =
		pl_arena_grow(report->arena, report->targets, report->n_targets,
			      &report->targets_capacity, sizeof(struct pl_target *));

	if (!targets)
		return pl_error_no_memory();
	report->targets = targets;
	targets[report->n_targets++] = target;
	return NULL;
}

void pl_report_drop_target(struct pl_report *report, size_t index)
{
	pl_target_free(report->targets[index]);
	report->n_targets--;
	memmove(&report->targets[index], &report->targets[index + 1],
		(report->n_targets - index) * sizeof(*report->targets));
}

struct pl_error *pl_report_add_failure(struct pl_report *report, const struct pl_failure *failure)
{
	struct pl_failure *failures =
		pl_arena_grow(report->arena, report->failures, report->n_failures,
			      &report->failures_capacity, sizeof(*failures));
	struct pl_failure copy = {
		.target = pl_text_copy(report->arena, failure->target),
		.path = pl_text_copy(report->arena, failure->path),
		.kind = failure->kind,
		.message = pl_text_copy(report->arena, failure->message),
	};

	if (!failures || !copy.target || !copy.path || !copy.message)
		return pl_error_no_memory();
	report->failures = failures;
	failures[report->n_failures++] = copy;
	return NULL;
}

struct pl_error *pl_report_note_error(struct pl_report *report, const char *name, const char *path,
				      struct pl_error *error)
{
	struct pl_failure failure = {name, path, error->kind, error->message};
	struct pl_error *second;

	if (error->kind == PL_ERROR_MEMORY)
		return error;
	second = pl_report_add_failure(report, &failure);
	pl_error_free(error);
	return second;
}

const struct pl_target *pl_report_target(const struct pl_report *report, const char *name)
{
	for (size_t i = 0; i < report->n_targets; i++)
		if (!strcmp(report->targets[i]->name, name))
			return report->targets[i];
	return NULL;
}

const struct pl_rule_info *pl_report_rule(const struct pl_report *report, const char *id)
{
	for (size_t i = 0; i < report->n_rules; i++)
		if (!strcmp(report->rules[i].id, id))
			return &report->rules[i];
	return NULL;
}

static struct pl_error *copy(struct pl_arena *arena, const char *text, const char **ret)
{
	*ret = pl_arena_strdup(arena, text);
	return text && !*ret ? pl_error_no_memory() : NULL;
}

struct pl_error *pl_report_add_rule(struct pl_report *report, const struct pl_rule_info *rule)
{
	struct pl_rule_info *rules, *added;

	if (pl_report_rule(report, rule->id))
		return NULL;
	rules = pl_arena_grow(report->arena, report->rules, report->n_rules,
			      &report->rules_capacity, sizeof(*rules));
	if (!rules)
		return pl_error_no_memory();
	report->rules = rules;
	added = &rules[report->n_rules];
	*added = *rule;
	PL_TRY(copy(report->arena, rule->id, &added->id));
	PL_TRY(copy(report->arena, rule->title, &added->title));
	PL_TRY(copy(report->arena, rule->why, &added->why));
	PL_TRY(copy(report->arena, rule->fix, &added->fix));
	PL_TRY(copy(report->arena, rule->since, &added->since));
	report->n_rules++;
	return NULL;
}

static bool gates(const struct pl_report *report, const struct pl_finding *finding)
{
	return report->fail_on != PL_SEVERITY_NONE && finding->severity >= report->fail_on &&
	       finding->state == PL_FINDING_OPEN;
}

enum pl_verdict pl_report_verdict(const struct pl_report *report)
{
	for (size_t i = 0; i < report->n_targets; i++)
		for (size_t j = 0; j < report->targets[i]->n_findings; j++)
			if (gates(report, &report->targets[i]->findings[j]))
				return PL_VERDICT_GATE_FAILED;
	if (report->n_failures || !report->n_targets)
		return PL_VERDICT_COULD_NOT_TELL;
	return PL_VERDICT_CLEAN;
}

const char *pl_verdict_name(enum pl_verdict verdict)
{
	return verdict_names[verdict];
}

const char *pl_failure_kind_name(enum pl_error_kind kind)
{
	return failure_names[kind];
}

bool pl_failure_kind_parse(const char *name, enum pl_error_kind *ret)
{
	for (size_t i = 0; i < sizeof(failure_names) / sizeof(*failure_names); i++) {
		if (!strcmp(failure_names[i], name)) {
			*ret = (enum pl_error_kind)i;
			return true;
		}
	}
	return false;
}
