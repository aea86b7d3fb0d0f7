/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "diff/diff_internal.h"

static bool same_text(const char *a, const char *b)
{
	return a == b || (a && b && !strcmp(a, b));
}

/* As baselines have it, but that names may have changed, and that a member may be elsewhere if
 * what is said of it has nothing to do with that. */
static bool is_same(const struct pl_finding *old, const struct pl_about_now *now,
		    const struct pl_finding *new)
{
	if (old->severity != new->severity || strcmp(old->rule, new->rule) ||
	    !same_text(old->overlay, new->overlay) || !pl_diff_same_path(now->member, new->member))
		return false;
	return pl_diff_same_path(now->host_field, new->host_field) ||
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

/* What both sides found. */
struct findings {
	const struct pl_target *old, *new;
	struct pl_about_now *now; /* of the old ones */
};

static bool has_old(const struct findings *findings, const struct pl_finding *new)
{
	for (size_t i = 0; i < findings->old->n_findings; i++)
		if (is_same(&findings->old->findings[i], &findings->now[i], new))
			return true;
	return false;
}

static bool has_new(const struct findings *findings, size_t old)
{
	for (size_t i = 0; i < findings->new->n_findings; i++)
		if (is_same(&findings->old->findings[old], &findings->now[old],
			    &findings->new->findings[i]))
			return true;
	return false;
}

static bool is_place_rule(const struct pl_pack *pack, const char *id)
{
	for (size_t i = 0; i < pack->n_rules; i++)
		if (pack->rules[i].kind == PL_RULE_PLACE && !strcmp(pack->rules[i].info.id, id))
			return true;
	return false;
}

/* Whether an assertion that only OTHER knows says where the member of FINDING is: then that is
 * where it belongs. */
static bool is_pinned(const struct pl_differ *d, const struct pl_target *other,
		      const struct pl_finding *finding)
{
	if (!finding->overlay || !finding->member || !is_place_rule(d->pack, finding->rule))
		return false;
	for (size_t i = 0; i < other->n_overlays; i++) {
		const struct pl_overlay *overlay = &other->overlays[i];

		for (size_t j = 0;
		     !strcmp(overlay->record->name, finding->overlay) && j < overlay->n_members;
		     j++)
			if (overlay->members[j].pinned &&
			    pl_diff_same_path(overlay->members[j].field->path, finding->member))
				return true;
	}
	return false;
}

/* Of FINDING, which OTHER does not have, what only one side was read for. */
static unsigned one_sided(const struct pl_differ *d, const struct pl_target *other,
			  const struct pl_finding *finding)
{
	unsigned topics;

	if (!d->one_sided)
		return 0;
	topics = pl_finding_topics(d->pack, finding, other);
	if (is_pinned(d, other, finding))
		topics |= PL_TOPIC_ASSERTIONS | PL_TOPIC_SOURCES;
	return topics & d->one_sided;
}

/* CHANGE is about a finding that OTHER does not have; or it is one that is not compared. */
static struct pl_error *tell(struct pl_differ *d, const struct pl_target *other,
			     const struct pl_change *change)
{
	const struct pl_finding *finding = change->finding;
	unsigned topics = one_sided(d, other, finding);

	if (finding->overlay && !pl_diff_is_compared(d, finding->overlay))
		return NULL;
	return topics ? pl_diff_note_topic(d, pl_topic_first(topics)) : pl_diff_add(d, change);
}

/* Of TARGET, one of both sides, those of SEVERITY that the other does not have. */
static struct pl_error *tell_missing(struct pl_differ *d, const struct findings *findings,
				     const struct pl_target *target, enum pl_severity severity)
{
	bool old = target == findings->old;
	const struct pl_target *other = old ? findings->new : findings->old;

	for (size_t i = 0; i < target->n_findings; i++) {
		const struct pl_finding *finding = &target->findings[i];
		struct pl_change change = {
			.kind = old ? PL_CHANGE_FINDING_FIXED : PL_CHANGE_FINDING_NEW,
			.record = finding->overlay,
			.finding = finding,
		};

		if (finding->severity != severity || is_repeated(target, i) ||
		    (old ? has_new(findings, i) : has_old(findings, finding)))
			continue;
		PL_TRY(tell(d, other, &change));
	}
	return NULL;
}

/* Errors first. */
static struct pl_error *tell_all(struct pl_differ *d, const struct findings *findings,
				 const struct pl_target *target)
{
	for (int severity = PL_SEVERITY_ERROR; severity > PL_SEVERITY_NONE; severity--)
		PL_TRY(tell_missing(d, findings, target, (enum pl_severity)severity));
	return NULL;
}

struct pl_error *pl_diff_findings(struct pl_differ *d)
{
	struct findings findings = {d->target->old, d->target->new, NULL};

	findings.now =
		pl_arena_array(d->diff->arena, findings.old->n_findings, sizeof(*findings.now));
	if (!findings.now)
		return pl_error_no_memory();
	for (size_t i = 0; i < findings.old->n_findings; i++) {
		const struct pl_finding *finding = &findings.old->findings[i];

		PL_TRY(pl_diff_new_path(d, finding->overlay, finding->member,
					&findings.now[i].member));
		PL_TRY(pl_diff_new_path(d, findings.new->host, finding->host_field,
					&findings.now[i].host_field));
	}
	PL_TRY(tell_all(d, &findings, findings.new));
	return tell_all(d, &findings, findings.old);
}
