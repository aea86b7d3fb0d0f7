/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "report/sarif_internal.h"

/* What GitHub sorts by. */
static const char *const problem_severities[PL_SEVERITY_COUNT] = {
	[PL_SEVERITY_NONE] = "recommendation",
	[PL_SEVERITY_INFO] = "recommendation",
	[PL_SEVERITY_WARNING] = "warning",
	[PL_SEVERITY_ERROR] = "error",
};

static const struct pl_rule_info *find(const struct pl_sarif_rules *rules, const char *id)
{
	for (size_t i = 0; i < rules->count; i++)
		if (!strcmp(rules->list[i].id, id))
			return &rules->list[i];
	return NULL;
}

static struct pl_error *add(struct pl_sarif_rules *rules, struct pl_arena *arena,
			    const struct pl_rule_info *rule)
{
	struct pl_rule_info *list =
		pl_arena_grow(arena, rules->list, rules->count, &rules->capacity, sizeof(*list));

	if (!list)
		return pl_error_no_memory();
	rules->list = list;
	list[rules->count++] = *rule;
	return NULL;
}

/* Of a rule that no pack told about, its name is all there is to say. */
static struct pl_error *add_named(struct pl_sarif_rules *rules, struct pl_arena *arena,
				  const struct pl_finding *finding)
{
	const struct pl_rule_info rule = {
		.id = finding->rule,
		.title = finding->rule,
		.why = finding->rule,
		.severity = finding->severity,
	};

	return find(rules, rule.id) ? NULL : add(rules, arena, &rule);
}

struct pl_error *pl_sarif_rules_of(const struct pl_report *report, struct pl_arena *arena,
				   struct pl_sarif_rules *ret)
{
	for (size_t i = 0; i < report->n_rules; i++)
		PL_TRY(add(ret, arena, &report->rules[i]));
	for (size_t i = 0; i < report->n_merged; i++)
		PL_TRY(add_named(ret, arena, report->merged[i].occurrences[0].finding));
	return NULL;
}

size_t pl_sarif_rule_index(const struct pl_sarif_rules *rules, const char *id)
{
	return (size_t)(find(rules, id) - rules->list);
}

/* Whatever Markdown would take for markup stands for itself. */
static void add_escaped(struct pl_strbuf *out, const char *text)
{
	for (; *text; text++) {
		if (strchr("\\`*_[]<>|#~", *text))
			pl_strbuf_add_char(out, '\\');
		pl_strbuf_add_char(out, *text);
	}
}

static void add_part(struct pl_strbuf *text, struct pl_strbuf *markdown, const char *label,
		     const char *part)
{
	const char *between = text->length ? "\n\n" : "";

	if (!part)
		return;
	pl_strbuf_printf(text, "%s%s: %s", between, label, part);
	pl_strbuf_printf(markdown, "%s**%s:** ", between, label);
	add_escaped(markdown, part);
}

static json_t *help_json(const struct pl_rule_info *rule)
{
	struct pl_json json = pl_json_new();
	struct pl_strbuf text = PL_STRBUF_INIT, markdown = PL_STRBUF_INIT;

	add_part(&text, &markdown, "Why", rule->why);
	add_part(&text, &markdown, "Since", rule->since);
	add_part(&text, &markdown, "Fix", rule->fix);
	pl_json_built(&json, "text", &text);
	pl_json_built(&json, "markdown", &markdown);
	return pl_json_take(&json);
}

static json_t *configuration_json(const struct pl_rule_info *rule)
{
	struct pl_json json = pl_json_new();

	pl_json_text(&json, "level", pl_sarif_level(rule->severity));
	return pl_json_take(&json);
}

static json_t *properties_json(const struct pl_rule_info *rule)
{
	struct pl_json json = pl_json_new();
	json_t *tags = json_array();

	pl_json_append(&tags, json_string("data-layout"));
	pl_json_value(&json, "tags", tags);
	pl_json_text(&json, "problem.severity", problem_severities[rule->severity]);
	return pl_json_take(&json);
}

static json_t *rule_json(const struct pl_rule_info *rule)
{
	struct pl_json json = pl_json_new();

	pl_json_text(&json, "id", rule->id);
	pl_json_value(&json, "shortDescription", pl_sarif_message(rule->title));
	pl_json_value(&json, "fullDescription", pl_sarif_message(rule->why));
	pl_json_value(&json, "help", help_json(rule));
	pl_json_value(&json, "defaultConfiguration", configuration_json(rule));
	pl_json_value(&json, "properties", properties_json(rule));
	return pl_json_take(&json);
}

json_t *pl_sarif_rules(const struct pl_sarif_rules *rules)
{
	json_t *list = json_array();

	for (size_t i = 0; i < rules->count; i++)
		pl_json_append(&list, rule_json(&rules->list[i]));
	return list;
}
