/* SPDX-License-Identifier: MIT */
#include "gather.h"

#include <string.h>

#include "map/map.h"
#include "read/join.h"
#include "read/read.h"
#include "read/report/report_read.h"

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
struct pl_error *gatherer_init(struct gatherer *g)
{
	const struct settings *settings = g->settings;
	struct pl_arena *arena = g->report->arena;
	bool all = !settings->n_overlays;

	g->n_wanted = all ? g->pack->n_overlays : settings->n_overlays;
	g->n_records = g->n_wanted + 1;
	g->wanted = pl_arena_array(arena, g->n_wanted, sizeof(*g->wanted));
	g->records = pl_arena_array(arena, g->n_records, sizeof(*g->records));
	if (!g->wanted || !g->records)
		return pl_error_no_memory();
	g->records[0] = g->pack->host;
	for (size_t i = 0; i < g->n_wanted; i++) {
		const char *name = all ? g->pack->overlays[i].name : settings->overlays[i];

		if (!strcmp(name, g->pack->host))
			return pl_error_new(PL_ERROR_USAGE, "option --overlay: %s is the host",
					    name);
		g->wanted[i] = (struct pl_wanted_overlay){name, pages_in(g->pack, name)};
		g->records[i + 1] = name;
	}
	return NULL;
}

/* An overlay that was asked for by name and is not there, is an answer of its own. */
static struct pl_error *check_asked_for(struct gatherer *g, const struct pl_target *target)
{
	for (size_t i = 0; i < target->n_absent; i++) {
		if (!is_asked_for(g->settings, target->absent[i]))
			continue;
		PL_TRY(pl_report_note_error(g->report, target->name, target->source.path,
					    pl_error_new(PL_ERROR_MISSING,
							 "%s: there is no struct or union %s in it",
							 target->source.path, target->absent[i])));
	}
	return NULL;
}

/* Records that nobody asked for are left out, as they are when a kernel is read. */
static void keep_wanted_records(struct pl_target *target)
{
	size_t kept = 0;

	for (size_t i = 0; i < target->n_records; i++) {
		const char *name = target->records[i]->name;

		if (!strcmp(name, target->host) || pl_target_wants(target, name))
			target->records[kept++] = target->records[i];
	}
	target->n_records = kept;
}

/* Of what a saved report had mapped, the overlays that were asked for; then nobody asks for others.
 */
static struct pl_error *choose_saved(const struct gatherer *g, struct pl_target *target)
{
	const struct settings *settings = g->settings;
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
	target->only_asked_for = pl_target_has_pins(target);
	target->n_candidates = 0;
	keep_wanted_records(target);
	return NULL;
}

static bool was_wanted(const struct pl_target *target, const char *name)
{
	return pl_target_wants(target, name) || pl_target_record(target, name);
}

/* What nobody looked for when a report was saved, is neither there nor absent. */
static struct pl_error *note_not_looked_for(struct gatherer *g, const struct pl_target *target,
					    const char *name)
{
	return pl_report_note_error(g->report, target->name, target->source.path,
				    pl_error_new(PL_ERROR_MISSING,
						 "%s: it was saved without looking for %s",
						 target->source.path, name));
}

/* A saved report with the rule pack that is given, in place of its own. */
static struct pl_error *map_saved(struct gatherer *g, struct pl_target *target)
{
	struct pl_wanted_overlay *wanted =
		pl_arena_array(target->arena, g->n_wanted, sizeof(*wanted));
	size_t count = 0;

	if (!wanted)
		return pl_error_no_memory();
	for (size_t i = 0; i < g->n_wanted; i++) {
		if (was_wanted(target, g->wanted[i].name))
			wanted[count++] = g->wanted[i];
		else
			PL_TRY(note_not_looked_for(g, target, g->wanted[i].name));
	}
	pl_map_classify(g->pack, target);
	return pl_map_target(target, g->pack->host, wanted, count);
}

/* A saved report says itself what it maps, unless a rule pack is given. */
static struct pl_error *map_target(struct gatherer *g, struct pl_target *target)
{
	if (target->saved && g->settings->rules)
		return map_saved(g, target);
	if (target->saved) {
		PL_TRY(choose_saved(g, target));
		return pl_map_target(target, target->host, target->wanted, target->n_wanted);
	}
	pl_map_classify(g->pack, target);
	return pl_map_target(target, g->pack->host, g->wanted, g->n_wanted);
}

/* What mapping TARGET took is added to *EFFORT, of all targets of one source. */
static struct pl_error *add_effort(const struct pl_target *target, uint64_t *effort)
{
	*effort += target->map_effort;
	if (*effort <= PL_MAP_EFFORT)
		return NULL;
	return pl_error_new(PL_ERROR_UNREADABLE,
			    "%s: with the targets before it in this source, it is too large to be "
			    "mapped",
			    target->source.path);
}

static struct pl_error *map_from(struct gatherer *g, size_t first)
{
	uint64_t effort = 0;

	for (size_t i = first; i < g->report->n_targets; i++) {
		struct pl_target *target = g->report->targets[i];
		struct pl_error *error = map_target(g, target);

		if (!error)
			error = add_effort(target, &effort);
		if (!error) {
			PL_TRY(check_asked_for(g, target));
			continue;
		}
		PL_TRY(pl_report_note_error(g->report, target->name, target->source.path, error));
		pl_report_drop_target(g->report, i--);
	}
	return NULL;
}

static struct pl_read_request request_for(const struct gatherer *g, const char *name,
					  const char *path)
{
	const struct settings *settings = g->settings;

	return (struct pl_read_request){
		.path = path,
		.name = name,
		.force = settings->from,
		.records = g->records,
		.n_records = g->n_records,
		.unit_order = g->pack->unit_order,
		.n_unit_order = g->pack->n_unit_order,
		.host = g->pack->host,
		.probe = g->pack->probe,
		.n_probe = g->pack->n_probe,
		.constants = g->pack->constants,
		.n_constants = g->pack->n_constants,
		.macros = g->pack->macros,
		.n_macros = g->pack->n_macros,
		.recipe = g->recipe,
		.source_tree = settings->source_tree,
		.no_scan = settings->no_scan,
		.only_asked_for = settings->n_overlays,
		.banner = g->pack->banner,
		.check_all_units = settings->check_all_units,
		.config = settings->config,
		.btf_base = settings->btf_base,
		.debug_dir = settings->debug_dir,
	};
}

/* A saved report may have no target; one that does not say why is not one where all is well. */
static struct pl_error *check_something(const struct pl_report *report, size_t before,
					const char *path)
{
	if (report->n_targets + report->n_failures > before)
		return NULL;
	return pl_error_new(PL_ERROR_MISSING, "%s: there is no target in it", path);
}

static struct pl_error *read_source(const struct pl_read_request *request, struct pl_report *report)
{
	size_t before = report->n_targets + report->n_failures;

	PL_TRY(pl_read_source(request, report));
	return check_something(report, before, request->path);
}

struct pl_error *gather_source(struct gatherer *g, const char *name, const char *path)
{
	const struct pl_read_request request = request_for(g, name, path);
	size_t first = g->report->n_targets;
	struct pl_error *error = read_source(&request, g->report);

	if (error)
		PL_TRY(pl_report_note_error(g->report, name ? name : path, path, error));
	return map_from(g, first);
}

/* The records of the request, and those that the headers show to be overlays. */
static struct pl_error *add_discovered(struct gatherer *g, const struct pl_target *headers,
				       struct pl_read_request *request)
{
	const char **records = pl_arena_array(
		g->report->arena, g->n_records + headers->n_discovered, sizeof(*records));

	if (!records)
		return pl_error_no_memory();
	memcpy(records, g->records, g->n_records * sizeof(*records));
	for (size_t i = 0; i < headers->n_discovered; i++)
		records[g->n_records + i] = headers->discovered[i].name;
	request->records = records;
	request->n_records = g->n_records + headers->n_discovered;
	return NULL;
}

/* READ holds the headers' target; adds the built one to the report, joined with it. */
static struct pl_error *read_built(struct gatherer *g, const struct pl_report *read,
				   const char *name, const char *built)
{
	const struct pl_target *headers = read->targets[0];
	struct pl_read_request request = request_for(g, name, built);
	struct pl_error *error;

	PL_TRY(add_discovered(g, headers, &request));
	error = read_source(&request, g->report);
	if (error)
		return pl_report_note_error(g->report, name, built, error);
	if (!g->report->n_targets || g->report->targets[0]->saved)
		return pl_error_new(PL_ERROR_UNREADABLE,
				    "a saved report cannot be joined with headers");
	return pl_join(g->report->targets[0], headers);
}

struct pl_error *gather_pair(struct gatherer *g, const char *name, const char *headers,
			     const char *built)
{
	PL_CLEANUP(pl_report_cleanup) struct pl_report *read = pl_report_new();
	struct pl_read_request request = request_for(g, name, headers);
	struct pl_error *error;

	if (!read)
		return pl_error_no_memory();
	request.force = PL_SOURCE_UNKNOWN; /* what is forced is how the kernel is read */
	request.only_pins = true;
	error = read_source(&request, read);
	if (error)
		return pl_report_note_error(g->report, name, headers, error);
	PL_TRY(read_built(g, read, name, built));
	return map_from(g, 0);
}

/* What was written says itself what it maps: whoever wrote it knew what was asked for. */
static struct pl_error *read_written(struct gatherer *g, const char *path,
				     const struct pl_strbuf *written)
{
	const struct pl_read_request request = {.path = path};
	struct pl_bytes bytes = {(const unsigned char *)written->text, written->length};
	size_t first = g->report->n_targets, before = first + g->report->n_failures;
	uint64_t effort = 0;

	PL_TRY(pl_report_read(&request, bytes, g->report));
	PL_TRY(check_something(g->report, before, path));
	for (size_t i = first; i < g->report->n_targets; i++) {
		struct pl_target *target = g->report->targets[i];

		PL_TRY(pl_map_target(target, target->host, target->wanted, target->n_wanted));
		PL_TRY(add_effort(target, &effort));
	}
	return NULL;
}

struct pl_error *gather_written(struct gatherer *g, const char *name, const char *path,
				const struct pl_strbuf *written)
{
	size_t first = g->report->n_targets;
	struct pl_error *error = read_written(g, path, written);

	if (!error)
		return NULL;
	while (g->report->n_targets > first)
		pl_report_drop_target(g->report, g->report->n_targets - 1);
	return pl_report_note_error(g->report, name, path, error);
}
