/* SPDX-License-Identifier: MIT */
/*
 * Topics: what a target may have been read for besides the layout of records.
 * Whether a finding that is not there is gone, depends on them. As bits.
 */
#ifndef PAGELAP_MODEL_TOPIC_H
#define PAGELAP_MODEL_TOPIC_H

#include "model/pack.h"
#include "model/target.h"

enum pl_topic {
	PL_TOPIC_ASSERTIONS = 1 << 0,  /* of the source */
	PL_TOPIC_SOURCES = 1 << 1,     /* all of the tree: assertions and candidates in it */
	PL_TOPIC_CANDIDATES = 1 << 2,  /* overlays besides those that were asked for */
	PL_TOPIC_ACCESSES = 1 << 3,    /* what code does */
	PL_TOPIC_BUILD = 1 << 4,       /* all of the code, not a shard of it */
	PL_TOPIC_DEFINITIONS = 1 << 5, /* of a record, those of all units */
	PL_TOPIC_HEADERS = 1 << 6,     /* held against the kernel that was built from them */
	PL_TOPIC_RELEASES = 1 << 7,    /* of which release it is */
};

/* Those that TARGET was read for. */
unsigned pl_target_topics(const struct pl_target *target);

/*
 * Those that OTHER had to be read for to have FINDING, which some other target
 * has. PACK says what rules are about; of a rule that it does not have nothing
 * is known.
 */
unsigned pl_finding_topics(const struct pl_pack *pack, const struct pl_finding *finding,
			   const struct pl_target *other);

/* Whether RULE is one of those that reading finds, whatever the rule pack. */
bool pl_is_reading_rule(const char *rule);

/* Of several TOPICS, the one that says most. */
enum pl_topic pl_topic_first(unsigned topics);

/* "assertions", and what they were not: "were not read". */
const char *pl_topic_name(enum pl_topic topic);
const char *pl_topic_lack(enum pl_topic topic);

#endif
