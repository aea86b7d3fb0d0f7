/* SPDX-License-Identifier: MIT */
#include "check/rules/check_internal.h"

static struct pl_error *add(const struct pl_checker *checker, const struct pl_held *held,
			    const struct pl_constant *constant)
{
	const char *says = held->says ? held->says : checker->rule->info.title;

	if (!constant->left || !constant->right)
		return pl_check_add_text(checker, held->wanted.expression, &constant->place,
					 "%s does not hold: %s", held->wanted.expression, says);
	return pl_check_add_text(checker, held->wanted.expression, &constant->place,
				 "%s does not hold (%s and %s): %s", held->wanted.expression,
				 constant->left, constant->right, says);
}

/* What is not known, or was not asked for when the source was read, breaks no rule. */
struct pl_error *pl_rule_constant(struct pl_checker *checker)
{
	const struct pl_rule *rule = checker->rule;
	const char *host = checker->host->name;

	for (size_t i = 0; i < rule->n_held; i++) {
		const struct pl_held *held = &rule->held[i];
		const struct pl_constant *constant =
			pl_target_constant(checker->target, &held->wanted);

		if (!constant || !constant->known || constant->holds ||
		    !pl_matcher_fits_record(&held->where, checker, host) ||
		    !pl_check_applies_to_path(checker, host, held->wanted.expression))
			continue;
		PL_TRY(add(checker, held, constant));
	}
	return NULL;
}
