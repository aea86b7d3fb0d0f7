/* SPDX-License-Identifier: MIT */
#include "model/topic.h"

#include <string.h>

#define ALL_ASSERTIONS (PL_TOPIC_ASSERTIONS | PL_TOPIC_SOURCES)
#define ALL_ACCESSES (PL_TOPIC_ACCESSES | PL_TOPIC_BUILD)

static const struct {
	enum pl_topic topic;
	const char *name, *lack;
} words[] = {
	{PL_TOPIC_ASSERTIONS, "assertions", "were not read"},
	{PL_TOPIC_SOURCES, "sources", "were not looked through"},
	{PL_TOPIC_CANDIDATES, "candidates", "were not looked for"},
	{PL_TOPIC_ACCESSES, "accesses", "were not read"},
	{PL_TOPIC_BUILD, "accesses", "were not all read"},
	{PL_TOPIC_DEFINITIONS, "definitions", "were not all read"},
	{PL_TOPIC_HEADERS, "headers", "were not held against a kernel"},
	{PL_TOPIC_RELEASES, "releases", "are not known"},
};

/* What readers find, whatever the rule pack. */
static const struct {
	const char *rule;
	unsigned topics;
} readings[] = {
	{"ASSERTION", ALL_ASSERTIONS},
	{"ASSERTIONS-UNREAD", PL_TOPIC_SOURCES},
	{"LAYOUT-RANDOMISED", PL_TOPIC_ASSERTIONS},
	{"LAYOUT-DISAGREES", PL_TOPIC_HEADERS},
	{"ARCH-DISAGREES", PL_TOPIC_HEADERS},
	{"RELEASE-DISAGREES", PL_TOPIC_HEADERS},
	{"ONE-DEFINITION", PL_TOPIC_DEFINITIONS},
};

static const unsigned kinds[PL_RULE_KIND_COUNT] = {
	[PL_RULE_PINNED] = ALL_ASSERTIONS,
	[PL_RULE_ASSERTED] = ALL_ASSERTIONS,
	[PL_RULE_CONSTANT] = PL_TOPIC_ASSERTIONS,
	[PL_RULE_CANDIDATE] = PL_TOPIC_SOURCES | PL_TOPIC_CANDIDATES,
	[PL_RULE_ALIAS] = ALL_ACCESSES,
	[PL_RULE_OWNED] = ALL_ACCESSES,
	[PL_RULE_COLIVE] = ALL_ACCESSES,
};

/* Older reports do not say that all units were looked at. */
static bool has_all_definitions(const struct pl_target *target)
{
	for (size_t i = 0; i < target->n_findings; i++)
		if (!strcmp(target->findings[i].rule, "ONE-DEFINITION"))
			return true;
	return target->all_units;
}

unsigned pl_target_topics(const struct pl_target *target)
{
	unsigned topics = 0;

	if (pl_target_has_pins(target))
		topics |= PL_TOPIC_ASSERTIONS;
	if (pl_target_has_pins(target) && target->source.kind != PL_SOURCE_HEADERS)
		topics |= PL_TOPIC_HEADERS;
	if (pl_target_has_pins(target) && !target->only_asked_for)
		topics |= PL_TOPIC_CANDIDATES;
	if (target->scanned)
		topics |= PL_TOPIC_SOURCES;
	if (target->usage)
		topics |= PL_TOPIC_ACCESSES;
	if (pl_target_has_whole_usage(target))
		topics |= PL_TOPIC_BUILD;
	if (has_all_definitions(target))
		topics |= PL_TOPIC_DEFINITIONS;
	if (target->release)
		topics |= PL_TOPIC_RELEASES;
	return topics;
}

static unsigned reading_topics(const char *rule)
{
	for (size_t i = 0; i < sizeof(readings) / sizeof(*readings); i++)
		if (!strcmp(readings[i].rule, rule))
			return readings[i].topics;
	return 0;
}

bool pl_is_reading_rule(const char *rule)
{
	return reading_topics(rule);
}

static bool is_bounded(const struct pl_releases *releases)
{
	return releases->from_major || releases->to_major;
}

static bool any_bounded(const struct pl_matcher *list, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (is_bounded(&list[i].releases))
			return true;
	return false;
}

/* Whether RULE is for some releases only, or parts of it are. */
static bool rule_is_bounded(const struct pl_rule *rule)
{
	bool bounded =
		is_bounded(&rule->where.releases) || any_bounded(rule->except, rule->n_except);

	for (size_t i = 0; i < rule->n_clauses; i++)
		bounded |= is_bounded(&rule->clauses[i].where.releases) ||
			   any_bounded(rule->clauses[i].allow, rule->clauses[i].n_allow) ||
			   any_bounded(rule->clauses[i].forbid, rule->clauses[i].n_forbid);
	for (size_t i = 0; i < rule->n_held; i++)
		bounded |= is_bounded(&rule->held[i].where.releases);
	return bounded;
}

/* Whether it depends on the release where PACK has the member of FINDING. */
static bool home_is_bounded(const struct pl_pack *pack, const struct pl_finding *finding)
{
	for (size_t i = 0; finding->overlay && finding->member && i < pack->n_overlays; i++) {
		const struct pl_overlay_facts *facts = &pack->facts[i];

		for (size_t j = 0; !strcmp(facts->name, finding->overlay) && j < facts->n_homes;
		     j++)
			if (is_bounded(&facts->homes[j].releases) &&
			    (pl_path_is_within(finding->member, facts->homes[j].member) ||
			     pl_path_is_within(facts->homes[j].member, finding->member)))
				return true;
	}
	return false;
}

static unsigned rule_topics(const struct pl_pack *pack, const struct pl_finding *finding)
{
	for (size_t i = 0; i < pack->n_rules; i++) {
		const struct pl_rule *rule = &pack->rules[i];
		unsigned topics = kinds[rule->kind];

		if (rule->kind == PL_RULE_READING || strcmp(rule->info.id, finding->rule))
			continue;
		if (rule_is_bounded(rule) || home_is_bounded(pack, finding))
			topics |= PL_TOPIC_RELEASES;
		return topics;
	}
	return reading_topics(finding->rule);
}

unsigned pl_finding_topics(const struct pl_pack *pack, const struct pl_finding *finding,
			   const struct pl_target *other)
{
	unsigned topics = rule_topics(pack, finding);

	/* What nobody asks for is known from assertions, and from how code is written. */
	if (finding->overlay && !pl_target_wants(other, finding->overlay))
		topics |= ALL_ASSERTIONS | PL_TOPIC_CANDIDATES;
	return topics;
}

enum pl_topic pl_topic_first(unsigned topics)
{
	return (enum pl_topic)(topics & -topics);
}

static size_t index_of(enum pl_topic topic)
{
	size_t i = 0;

	while (words[i].topic != topic)
		i++;
	return i;
}

const char *pl_topic_name(enum pl_topic topic)
{
	return words[index_of(topic)].name;
}

const char *pl_topic_lack(enum pl_topic topic)
{
	return words[index_of(topic)].lack;
}
