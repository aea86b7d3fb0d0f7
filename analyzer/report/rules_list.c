/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "report/json_internal.h"
#include "report/rules.h"

static void widen(int *width, const char *text)
{
	int length = (int)strlen(text);

	if (length > *width)
		*width = length;
}

struct pl_error *pl_rules_text(const struct pl_pack *pack, struct pl_strbuf *ret)
{
	int id = 0, severity = 0, kind = 0;

	for (size_t i = 0; i < pack->n_rules; i++) {
		widen(&id, pack->rules[i].info.id);
		widen(&severity, pl_severity_name(pack->rules[i].info.severity));
		widen(&kind, pl_rule_kind_name(pack->rules[i].kind));
	}
	for (size_t i = 0; i < pack->n_rules; i++) {
		const struct pl_rule *rule = &pack->rules[i];

		pl_strbuf_printf(ret, "%-*s  %-*s  %-*s  %s\n", id, rule->info.id, severity,
				 pl_severity_name(rule->info.severity), kind,
				 pl_rule_kind_name(rule->kind), rule->info.title);
	}
	return pl_strbuf_failed(ret) ? pl_error_no_memory() : NULL;
}

static json_t *exemptions_json(const struct pl_rule *rule)
{
	json_t *list = json_array();

	for (size_t i = 0; i < rule->n_except; i++)
		pl_json_append(&list, pl_json_string(rule->except[i].reason));
	return list;
}

static json_t *rule_json(const struct pl_rule *rule)
{
	struct pl_json json = pl_json_new();

	pl_json_text(&json, "id", rule->info.id);
	pl_json_text(&json, "severity", pl_severity_name(rule->info.severity));
	pl_json_text(&json, "kind", pl_rule_kind_name(rule->kind));
	pl_json_text(&json, "title", rule->info.title);
	pl_json_text(&json, "why", rule->info.why);
	pl_json_text(&json, "fix", rule->info.fix);
	pl_json_text(&json, "since", rule->info.since);
	pl_json_value(&json, "exemptions", exemptions_json(rule));
	return pl_json_take(&json);
}

struct pl_error *pl_rules_json(const struct pl_pack *pack, struct pl_strbuf *ret)
{
	struct pl_json json = pl_json_new();
	json_t *rules = json_array();

	for (size_t i = 0; i < pack->n_rules; i++)
		pl_json_append(&rules, rule_json(&pack->rules[i]));
	pl_json_text(&json, "schema", PL_RULE_LIST_SCHEMA);
	pl_json_text(&json, "name", pack->name);
	pl_json_text(&json, "title", pack->title);
	pl_json_text(&json, "host", pack->host);
	pl_json_value(&json, "rules", rules);
	return pl_json_dump(pl_json_take(&json), JSON_INDENT(1), ret);
}

const struct pl_rule *pl_pack_rule(const struct pl_pack *pack, const char *id)
{
	for (size_t i = 0; i < pack->n_rules; i++)
		if (!strcmp(pack->rules[i].info.id, id))
			return &pack->rules[i];
	return NULL;
}

/* Longer than any name; what is longer is like none. */
enum { MAX_NAME = 40, MAX_DISTANCE = 2 };

static size_t least_of(size_t a, size_t b, size_t c)
{
	size_t least = a < b ? a : b;

	return least < c ? least : c;
}

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* How many letters have to be put in, taken out or changed to come from LEFT to RIGHT. */
static size_t distance(const char *left, const char *right)
{
	size_t row[MAX_NAME + 1], length = strlen(right);

	if (strlen(left) > MAX_NAME || length > MAX_NAME)
		return SIZE_MAX;
	for (size_t j = 0; j <= length; j++)
		row[j] = j;
	for (; *left; left++) {
		size_t before = row[0]++;

		for (size_t j = 0; j < length; j++) {
			size_t changed = before + (lower(*left) != lower(right[j]));

			before = row[j + 1];
			row[j + 1] = least_of(before + 1, row[j] + 1, changed);
		}
	}
	return row[length];
}

/* 0 is nearest; SIZE_MAX: not near. Parts of a name are near it, too. */
static size_t remoteness(const char *id, const char *name)
{
	size_t letters = distance(id, name);

	if (letters <= MAX_DISTANCE)
		return letters;
	return strlen(id) > MAX_DISTANCE && strcasestr(name, id) ? MAX_DISTANCE + 1 : SIZE_MAX;
}

struct pl_error *pl_rules_near(const struct pl_pack *pack, const char *id, struct pl_strbuf *ret)
{
	const char *between = "";

	for (size_t wanted = 0; wanted <= MAX_DISTANCE + 1; wanted++) {
		for (size_t i = 0; i < pack->n_rules; i++) {
			const char *name = pack->rules[i].info.id;

			if (remoteness(id, name) != wanted)
				continue;
			pl_strbuf_printf(ret, "%s%s", between, name);
			between = ", ";
		}
	}
	return pl_strbuf_failed(ret) ? pl_error_no_memory() : NULL;
}
