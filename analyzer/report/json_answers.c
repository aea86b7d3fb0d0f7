/* SPDX-License-Identifier: MIT */
/* What was asked about the code, and the answer. */
#include "report/json_internal.h"

static json_t *targets_json(const struct pl_report *report, const size_t *targets, size_t count)
{
	json_t *list = json_array();

	for (size_t i = 0; i < count; i++)
		pl_json_append(&list, pl_json_string(report->targets[targets[i]]->name));
	return list;
}

static json_t *texts_json(const char *const *texts, size_t count)
{
	json_t *list = json_array();

	for (size_t i = 0; i < count; i++)
		pl_json_append(&list, pl_json_string(texts[i]));
	return list;
}

static json_t *kinds_json(unsigned kinds)
{
	json_t *list = json_array();

	for (int i = 0; i < PL_ACCESS_KIND_COUNT; i++)
		if (kinds & 1U << i)
			pl_json_append(&list,
				       json_string(pl_access_kind_name((enum pl_access_kind)i)));
	return list;
}

static json_t *byte_json(const struct pl_question *question)
{
	struct pl_json json = pl_json_new();

	pl_json_number(&json, "page", question->page);
	pl_json_number(&json, "byte", question->byte);
	return pl_json_take(&json);
}

static json_t *question_json(const struct pl_question *question)
{
	struct pl_json json = pl_json_new();
	json_t *by = json_array(), *show = json_array();

	for (size_t i = 0; i < question->n_by; i++)
		pl_json_append(&by, json_string(pl_by_name(question->by[i])));
	for (int i = 0; i < PL_SHOW_COUNT; i++)
		if (question->show & 1U << i)
			pl_json_append(&show, json_string(pl_show_name((enum pl_show)i)));
	pl_json_value(&json, "by", by);
	pl_json_value(&json, "fields", texts_json(question->fields.list, question->fields.count));
	pl_json_value(&json, "records",
		      texts_json(question->records.list, question->records.count));
	pl_json_value(&json, "paths", texts_json(question->paths.list, question->paths.count));
	pl_json_value(&json, "functions",
		      texts_json(question->functions.list, question->functions.count));
	pl_json_value(&json, "kinds", kinds_json(question->kinds));
	pl_json_value(&json, "byte", question->of_byte ? byte_json(question) : json_null());
	pl_json_value(&json, "show", show);
	return pl_json_take(&json);
}

static json_t *use_json(const struct pl_report *report, const struct pl_use *use)
{
	struct pl_json json = pl_json_new();

	pl_json_access(&json, use->access);
	pl_json_value(&json, "targets", targets_json(report, use->targets, use->n_targets));
	return pl_json_take(&json);
}

static json_t *counts_json(const struct pl_use_group *group)
{
	struct pl_json json = pl_json_new();

	for (int i = 0; i < PL_ACCESS_KIND_COUNT; i++)
		pl_json_number(&json, pl_access_kind_name((enum pl_access_kind)i),
			       group->counts[i]);
	return pl_json_take(&json);
}

/* Divided as deep as there are things to divide by: five at the most. */
static json_t *group_json(const struct pl_report *report, const struct pl_use_group *group)
{
	bool with_uses = report->answers->question->show & 1U << PL_SHOW_USES;
	struct pl_json json = pl_json_new();
	json_t *list = json_array();

	pl_json_text(&json, "by", pl_by_name(group->by));
	pl_json_text(&json, "key", group->key);
	pl_json_value(&json, "counts", counts_json(group));
	pl_json_value(&json, "targets", targets_json(report, group->targets, group->n_targets));
	for (size_t i = 0; i < group->n_groups; i++)
		pl_json_append(&list, group_json(report, &group->groups[i]));
	if (group->n_groups) {
		pl_json_value(&json, "groups", list);
		return pl_json_take(&json);
	}
	for (size_t i = 0; with_uses && i < group->n_uses; i++)
		pl_json_append(&list, use_json(report, &group->uses[i]));
	pl_json_value(&json, "uses", list);
	return pl_json_take(&json);
}

static json_t *names_json(const struct pl_report *report, const struct pl_shared_bytes *shared)
{
	struct pl_json json = pl_json_new();

	pl_json_text(&json, "directory", shared->directory);
	pl_json_number(&json, "page", shared->range.page);
	pl_json_place(&json, shared->range.offset, shared->range.size);
	pl_json_value(&json, "names", texts_json(shared->names, shared->n_names));
	pl_json_value(&json, "targets", targets_json(report, shared->targets, shared->n_targets));
	return pl_json_take(&json);
}

static json_t *single_json(const struct pl_single_use *single)
{
	struct pl_json json = pl_json_new();

	pl_json_text(&json, "arch", single->arch);
	pl_json_text(&json, "name", single->name);
	pl_json_number(&json, "uses", single->uses);
	return pl_json_take(&json);
}

static json_t *byte_names_json(const struct pl_report *report, const struct pl_byte_names *names)
{
	struct pl_json json = pl_json_new();

	pl_json_value(&json, "names", texts_json(names->names, names->n_names));
	pl_json_value(&json, "targets", targets_json(report, names->targets, names->n_targets));
	return pl_json_take(&json);
}

static json_t *idle_json(const struct pl_idle *idle)
{
	struct pl_json json = pl_json_new();

	pl_json_text(&json, "field", idle->field->path);
	pl_json_text(&json, "why", pl_idle_why_name(idle->why));
	return pl_json_take(&json);
}

static void add_idle(json_t **list, const struct pl_target *target, const char *record,
		     const struct pl_idle *idle, size_t count)
{
	struct pl_json json = pl_json_new();
	json_t *members = json_array();

	for (size_t i = 0; i < count; i++)
		pl_json_append(&members, idle_json(&idle[i]));
	pl_json_text(&json, "target", target->name);
	pl_json_text(&json, "record", record);
	pl_json_value(&json, "members", members);
	pl_json_append(list, pl_json_take(&json));
}

/* Nothing of a target of which only a part was looked at. */
static json_t *all_idle_json(const struct pl_report *report)
{
	const struct pl_answers *answers = report->answers;
	json_t *list = json_array();

	for (size_t i = 0; i < answers->n_asked; i++) {
		const struct pl_target *target = report->targets[answers->asked[i]];

		if (!pl_target_has_whole_usage(target))
			continue;
		add_idle(&list, target, target->host, target->host_idle, target->n_host_idle);
		for (size_t j = 0; j < target->n_overlays; j++)
			add_idle(&list, target, target->overlays[j].record->name,
				 target->overlays[j].idle, target->overlays[j].n_idle);
	}
	return list;
}

json_t *pl_json_answers(const struct pl_report *report)
{
	const struct pl_answers *answers = report->answers;
	struct pl_json json = pl_json_new();
	json_t *groups = json_array(), *names = json_array(), *singles = json_array();
	json_t *bytes = json_array();
	bool idle = answers->question->show & 1U << PL_SHOW_IDLE;

	for (size_t i = 0; i < answers->n_groups; i++)
		pl_json_append(&groups, group_json(report, &answers->groups[i]));
	for (size_t i = 0; i < answers->n_names; i++)
		pl_json_append(&names, names_json(report, &answers->names[i]));
	for (size_t i = 0; i < answers->n_singles; i++)
		pl_json_append(&singles, single_json(&answers->singles[i]));
	for (size_t i = 0; i < answers->n_bytes; i++)
		pl_json_append(&bytes, byte_names_json(report, &answers->bytes[i]));
	pl_json_value(&json, "question", question_json(answers->question));
	pl_json_value(&json, "targets", targets_json(report, answers->asked, answers->n_asked));
	pl_json_value(&json, "byte", bytes);
	pl_json_value(&json, "groups", groups);
	pl_json_value(&json, "idle", idle ? all_idle_json(report) : json_array());
	pl_json_value(&json, "names", names);
	pl_json_value(&json, "single", singles);
	return pl_json_take(&json);
}
