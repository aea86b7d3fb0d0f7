/* SPDX-License-Identifier: MIT */
/* What a rule pack says, for people and programs. */
#ifndef PAGELAP_REPORT_RULES_H
#define PAGELAP_REPORT_RULES_H

#include "model/pack.h"
#include "report/report.h"

#define PL_RULE_LIST_SCHEMA "pagelap-rule-list/1"

/* Appends one line per rule of PACK, in its order: id, severity, kind, title. */
struct pl_error *pl_rules_text(const struct pl_pack *pack, struct pl_strbuf *ret) PL_MUST_CHECK;

/* Appends the rules of PACK as one JSON object, ended by a newline. */
struct pl_error *pl_rules_json(const struct pl_pack *pack, struct pl_strbuf *ret) PL_MUST_CHECK;

/* The rule of PACK called ID, or NULL. */
const struct pl_rule *pl_pack_rule(const struct pl_pack *pack, const char *id);

/* Appends all that PACK says of RULE: why it is one, what it is applied to, what is exempt. */
struct pl_error *pl_rule_explain(const struct pl_pack *pack, const struct pl_rule *rule,
				 const struct pl_text_options *options,
				 struct pl_strbuf *ret) PL_MUST_CHECK;

/* Adds the names of the rules of PACK that somebody who wrote ID may mean, best first; or nothing.
 */
struct pl_error *pl_rules_near(const struct pl_pack *pack, const char *id,
			       struct pl_strbuf *ret) PL_MUST_CHECK;

#endif
