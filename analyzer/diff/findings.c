/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "diff/diff_internal.h"

static bool same_text(const char *a, const char *b)
{
	return a == b || (a && b && !strcmp(a, b));
}

/* As baselines have it, but that names may have changed, and that a member may be elsewhere if
 * what is said of it has nothing to do with that. */
static bool is_same(const struct pl_differ *d, const struct pl_finding *old,
		    const struct pl_finding *new)
{
	if (old->severity != new->severity || strcmp(old->rule, new->rule) ||
	    !same_text(old->overlay, new->overlay) ||
	    !pl_diff_same_path(d, old->overlay, old->member, new->member))
		return false;
	return pl_diff_same_path(d, d->target->new->host, old->host_field, new->host_field) ||
	       !strcmp(old->message, new->message);
}

static bool is_repeated(const struct pl_target *target, size_t index)
{
	const struct pl_finding *finding = &target->findings[index];

	for (size_t i = 0; i < index; i++)
		if (target->findings[i].severity == finding->severity &&
		    !strcmp(target->findings[i].fingerprint, finding->fingerprint))
			return true;
	return false;
}

static bool has_finding(const struct pl_differ *d, const struct pl_finding *old,
			const struct pl_finding *new)
{
	const struct pl_target *other = old ? d->target->new : d->target->old;

	for (size_t i = 0; i < other->n_findings; i++)
		if (is_same(d, old ? old : &other->findings[i], new ? new : &other->findings[i]))
			return true;
	return false;
}

/* Whether the rule of FINDING looks at what only source code says. */
static bool is_of_source(const struct pl_differ *d, const struct pl_finding *finding)
{
	for (size_t i = 0; i < d->pack->n_rules; i++) {
		const struct pl_rule *rule = &d->pack->rules[i];

		if (!strcmp(rule->info.id, finding->rule))
			return rule->kind == PL_RULE_PINNED || rule->kind == PL_RULE_ASSERTED ||
			       rule->kind == PL_RULE_CANDIDATE || rule->kind == PL_RULE_CONSTANT;
	}
	return false;
}

static bool is_compared(const struct pl_differ *d, const struct pl_finding *finding)
{
	if (finding->overlay && !pl_diff_is_compared(d, finding->overlay))
		return false;
	return pl_diff_is_compared(d, NULL) || !is_of_source(d, finding);
}

/* Of TARGET, one of both sides, those of SEVERITY that the other does not have. */
static struct pl_error *tell_missing(struct pl_differ *d, const struct pl_target *target,
				     enum pl_severity severity)
{
	bool old = target == d->target->old;

	for (size_t i = 0; i < target->n_findings; i++) {
		const struct pl_finding *finding = &target->findings[i];
		struct pl_change change = {
			.kind = old ? PL_CHANGE_FINDING_FIXED : PL_CHANGE_FINDING_NEW,
			.record = finding->overlay,
			.finding = finding,
		};

		if (finding->severity != severity || is_repeated(target, i) ||
		    !is_compared(d, finding) ||
		    has_finding(d, old ? finding : NULL, old ? NULL : finding))
			continue;
		PL_TRY(pl_diff_add(d, &change));
	}
	return NULL;
}

/* Errors first. */
static struct pl_error *tell_all(struct pl_differ *d, const struct pl_target *target)
{
	for (int severity = PL_SEVERITY_ERROR; severity > PL_SEVERITY_NONE; severity--)
		PL_TRY(tell_missing(d, target, (enum pl_severity)severity));
	return NULL;
}

struct pl_error *pl_diff_findings(struct pl_differ *d)
{
	PL_TRY(tell_all(d, d->target->new));
	return tell_all(d, d->target->old);
}
