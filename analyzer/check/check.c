/* SPDX-License-Identifier: MIT */
#include "check/check.h"

#include <string.h>

#include "check/rules/homes.h"

/* What an earlier check found is found again, or is no longer there. */
static void drop_checked(struct pl_target *target)
{
	size_t kept = 0;

	for (size_t i = 0; i < target->n_findings; i++) {
		struct pl_finding finding = target->findings[i];

		if (finding.origin == PL_ORIGIN_CHECKING)
			continue;
		finding.state = PL_FINDING_OPEN;
		finding.reason = NULL;
		target->findings[kept++] = finding;
	}
	target->n_findings = kept;
}

static struct pl_error *evaluate(struct pl_checker *checker)
{
	static struct pl_error *(*const evaluators[PL_RULE_KIND_COUNT])(struct pl_checker *) = {
		[PL_RULE_READING] = pl_rule_reading,
		[PL_RULE_PLACE] = pl_rule_place,
		[PL_RULE_TYPE] = pl_rule_type,
		[PL_RULE_LISTED] = pl_rule_listed,
		[PL_RULE_TOUCH] = pl_rule_touch,
		[PL_RULE_SIZE] = pl_rule_size,
		[PL_RULE_HOST_SIZE] = pl_rule_host_size,
		[PL_RULE_HOST_ALIGN] = pl_rule_host_align,
		[PL_RULE_HOST_GAP] = pl_rule_host_gap,
		[PL_RULE_WIDE] = pl_rule_wide,
		[PL_RULE_FIT] = pl_rule_fit,
		[PL_RULE_ALIGNED] = pl_rule_aligned,
		[PL_RULE_TOGETHER] = pl_rule_together,
		[PL_RULE_APART] = pl_rule_apart,
		[PL_RULE_PINNED] = pl_rule_pinned,
		[PL_RULE_ASSERTED] = pl_rule_asserted,
		[PL_RULE_CANDIDATE] = pl_rule_candidate,
		[PL_RULE_PAD] = pl_rule_pad,
		[PL_RULE_HOLE] = pl_rule_hole,
		[PL_RULE_END] = pl_rule_end,
		[PL_RULE_ALIAS] = pl_rule_alias,
		[PL_RULE_OWNED] = pl_rule_owned,
		[PL_RULE_COLIVE] = pl_rule_colive,
		[PL_RULE_CONSTANT] = pl_rule_constant,
	};
	struct pl_error *(*evaluator)(struct pl_checker *) = evaluators[checker->rule->kind];

	/* What is off finds nothing; what reading has found has to go. */
	if (checker->rule->info.severity == PL_SEVERITY_NONE &&
	    checker->rule->kind != PL_RULE_READING)
		return NULL;
	return evaluator(checker);
}

static struct pl_error *check_target(const struct pl_pack *pack, struct pl_report *report,
				     struct pl_target *target)
{
	struct pl_checker checker = {
		.pack = pack,
		.report = report,
		.target = target,
		.host = pl_target_record(target, target->host),
	};

	PL_TRY(pl_check_subjects(&checker));
	PL_TRY(pl_check_lost_words(&checker, report));
	for (size_t i = 0; i < pack->n_rules; i++) {
		struct pl_error *error;

		checker.rule = &pack->rules[i];
		checker.looks = checker.told = 0;
		error = evaluate(&checker);
		if (error)
			PL_TRY(pl_report_note_error(report, target->name, target->source.path,
						    error));
	}
	/* Parts of messages are put together in it, and nobody looks at each. */
	return pl_arena_failed(target->arena) ? pl_error_no_memory() : NULL;
}

static struct pl_error *add_rules(const struct pl_pack *pack, struct pl_report *report)
{
	for (size_t i = 0; i < pack->n_rules; i++)
		PL_TRY(pl_report_add_rule(report, &pack->rules[i].info));
	return NULL;
}

static struct pl_error *prepare(const struct pl_pack *pack, struct pl_target *target)
{
	if (strcmp(target->host, pack->host))
		return pl_error_new(PL_ERROR_USAGE,
				    "%s: its host is %s, and the rule pack is about %s",
				    target->name, target->host, pack->host);
	drop_checked(target);
	target->checked = false;
	return NULL;
}

struct pl_error *pl_check_report(const struct pl_pack *pack, struct pl_report *report)
{
	for (size_t i = 0; i < report->n_targets; i++)
		PL_TRY(prepare(pack, report->targets[i]));
	report->n_rules = 0;
	PL_TRY(pl_check_rest(pack, report));
	return add_rules(pack, report);
}

struct pl_error *pl_check_rest(const struct pl_pack *pack, struct pl_report *report)
{
	bool any = false;

	for (size_t i = 0; i < report->n_targets; i++) {
		struct pl_target *target = report->targets[i];

		if (target->checked)
			continue;
		PL_TRY(prepare(pack, target));
		PL_TRY(check_target(pack, report, target));
		target->checked = pack->n_rules;
		any = true;
	}
	return any ? add_rules(pack, report) : NULL;
}
