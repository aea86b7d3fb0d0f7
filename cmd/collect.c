/* SPDX-License-Identifier: MIT */
#include "collect.h"

#include <string.h>

#include "map/map.h"
#include "read/read.h"

#define RUNNING_KERNEL "/sys/kernel/btf/vmlinux"

struct collector {
	const struct settings *settings;
	const struct pl_pack *pack;
	struct pl_report *report;
	const char **records; /* to look for: the host, then the overlays */
	size_t n_records;
	struct pl_wanted_overlay *wanted;
	size_t n_wanted;
};

static bool is_asked_for(const struct settings *settings, const char *name)
{
	for (size_t i = 0; i < settings->n_overlays; i++)
		if (!strcmp(settings->overlays[i], name))
			return true;
	return false;
}

static size_t pages_in(const struct pl_pack *pack, const char *name)
{
	for (size_t i = 0; i < pack->n_overlays; i++)
		if (!strcmp(pack->overlays[i].name, name))
			return pack->overlays[i].pages;
	return 1;
}

/* All overlays of the pack, or the ones that were asked for. */
static struct pl_error *choose_overlays(struct collector *c)
{
	const struct settings *settings = c->settings;
	struct pl_arena *arena = c->report->arena;
	bool all = !settings->n_overlays;

	c->n_wanted = all ? c->pack->n_overlays : settings->n_overlays;
	c->n_records = c->n_wanted + 1;
	c->wanted = pl_arena_array(arena, c->n_wanted, sizeof(*c->wanted));
	c->records = pl_arena_array(arena, c->n_records, sizeof(*c->records));
	if (!c->wanted || !c->records)
		return pl_error_no_memory();
	c->records[0] = c->pack->host;
	for (size_t i = 0; i < c->n_wanted; i++) {
		const char *name = all ? c->pack->overlays[i].name : settings->overlays[i];

		if (!strcmp(name, c->pack->host))
			return pl_error_new(PL_ERROR_USAGE, "option --overlay: %s is the host",
					    name);
		c->wanted[i] = (struct pl_wanted_overlay){name, pages_in(c->pack, name)};
		c->records[i + 1] = name;
	}
	return NULL;
}

static struct pl_error *note_failure(struct collector *c, const char *name, const char *path,
				     struct pl_error *error)
{
	struct pl_failure failure = {name, path, error->kind, error->message};
	struct pl_error *second = NULL;

	if (error->kind == PL_ERROR_MEMORY)
		return error;
	second = pl_report_add_failure(c->report, &failure);
	pl_error_free(error);
	return second;
}

/* An overlay that was asked for by name and is not there, is an answer of its own. */
static struct pl_error *check_asked_for(struct collector *c, const struct pl_target *target)
{
	for (size_t i = 0; i < target->n_absent; i++) {
		if (!is_asked_for(c->settings, target->absent[i]))
			continue;
		PL_TRY(note_failure(c, target->name, target->source.path,
				    pl_error_new(PL_ERROR_MISSING,
						 "%s: there is no struct or union %s in it",
						 target->source.path, target->absent[i])));
	}
	return NULL;
}

/* Of what a saved report had mapped, the overlays that were asked for. */
static struct pl_error *choose_saved(const struct collector *c, struct pl_target *target)
{
	const struct settings *settings = c->settings;
	struct pl_wanted_overlay *wanted;

	if (!settings->n_overlays)
		return NULL;
	wanted = pl_arena_array(target->arena, settings->n_overlays, sizeof(*wanted));
	if (!wanted)
		return pl_error_no_memory();
	for (size_t i = 0; i < settings->n_overlays; i++) {
		wanted[i] = (struct pl_wanted_overlay){settings->overlays[i], 1};
		for (size_t j = 0; j < target->n_wanted; j++)
			if (!strcmp(target->wanted[j].name, settings->overlays[i]))
				wanted[i].pages = target->wanted[j].pages;
	}
	target->wanted = wanted;
	target->n_wanted = settings->n_overlays;
	return NULL;
}

/* A saved report says itself what it maps, unless a rule pack is given. */
static struct pl_error *map_target(struct collector *c, struct pl_target *target)
{
	if (target->saved && !c->settings->rules) {
		PL_TRY(choose_saved(c, target));
		return pl_map_target(target, target->host, target->wanted, target->n_wanted);
	}
	pl_map_classify(c->pack, target);
	return pl_map_target(target, c->pack->host, c->wanted, c->n_wanted);
}

static struct pl_error *map_from(struct collector *c, size_t first)
{
	for (size_t i = first; i < c->report->n_targets; i++) {
		struct pl_target *target = c->report->targets[i];
		struct pl_error *error = map_target(c, target);

		if (!error) {
			PL_TRY(check_asked_for(c, target));
			continue;
		}
		PL_TRY(note_failure(c, target->name, target->source.path, error));
		pl_report_drop_target(c->report, i--);
	}
	return NULL;
}

static struct pl_error *collect_one(struct collector *c, const char *name, const char *path)
{
	const struct settings *settings = c->settings;
	const struct pl_read_request request = {
		.path = path,
		.name = name,
		.force = settings->from,
		.records = c->records,
		.n_records = c->n_records,
		.unit_order = c->pack->unit_order,
		.n_unit_order = c->pack->n_unit_order,
		.banner = c->pack->banner,
		.check_all_units = settings->check_all_units,
		.config = settings->config,
		.btf_base = settings->btf_base,
		.debug_dir = settings->debug_dir,
	};
	size_t first = c->report->n_targets;
	struct pl_error *error = pl_read_source(&request, c->report);

	if (error)
		PL_TRY(note_failure(c, name ? name : path, path, error));
	return map_from(c, first);
}

/* SOURCE is [NAME=]PATH: what stands before the first '=' is a name if it holds no '/'. */
static struct pl_error *collect_source(struct collector *c, const char *source)
{
	size_t length = strcspn(source, "=/");
	const char *name = NULL;

	if (source[length] == '=' && length) {
		name = pl_arena_strndup(c->report->arena, source, length);
		if (!name)
			return pl_error_no_memory();
		source += length + 1;
	}
	return collect_one(c, name, source);
}

struct pl_error *collect(const struct settings *settings, const struct pl_pack *pack,
			 char **sources, size_t count, struct pl_report *report)
{
	struct collector c = {.settings = settings, .pack = pack, .report = report};

	if (settings->config && count > 1)
		return pl_error_new(PL_ERROR_USAGE,
				    "option --config: it belongs to one source, not to %zu", count);
	report->fail_on = settings->fail_on;
	PL_TRY(choose_overlays(&c));
	if (!count)
		return collect_one(&c, NULL, RUNNING_KERNEL);
	for (size_t i = 0; i < count; i++)
		PL_TRY(collect_source(&c, sources[i]));
	return NULL;
}
