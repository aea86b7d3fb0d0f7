/* SPDX-License-Identifier: MIT */
#include "diff/diff.h"

#include <string.h>

#include "diff/diff_internal.h"

/* A pin may be in any source. */
#define PIN_TOPICS (PL_TOPIC_ASSERTIONS | PL_TOPIC_SOURCES)

struct pl_error *pl_diff_add(struct pl_differ *d, const struct pl_change *change)
{
	struct pl_diff_target *target = d->target;
	struct pl_change *changes;

	d->diff->counts[change->kind]++;
	if (d->diff->ignored & 1U << change->kind)
		return NULL;
	changes = pl_arena_grow(d->diff->arena, target->changes, target->n_changes,
				&target->changes_capacity, sizeof(*changes));
	if (!changes)
		return pl_error_no_memory();
	target->changes = changes;
	changes[target->n_changes++] = *change;
	return NULL;
}

static const struct pl_overlay *find_overlay(const struct pl_target *target, const char *name)
{
	for (size_t i = 0; i < target->n_overlays; i++)
		if (!strcmp(target->overlays[i].record->name, name))
			return &target->overlays[i];
	return NULL;
}

static bool is_absent(const struct pl_target *target, const char *name)
{
	for (size_t i = 0; i < target->n_absent; i++)
		if (!strcmp(target->absent[i], name))
			return true;
	return false;
}

bool pl_diff_is_compared(const struct pl_differ *d, const char *name)
{
	for (size_t i = 0; i < d->target->n_uncompared; i++)
		if (d->target->uncompared[i].overlay &&
		    !strcmp(d->target->uncompared[i].overlay, name))
			return false;
	return true;
}

/* Whether FILE is below the same folder at the top of the tree as LIKE. */
static bool is_beside(const char *file, const char *like)
{
	size_t length = strcspn(like, "/");

	return file && !strncmp(file, like, length + 1);
}

/* Whether headers were read of the folder at the top of the tree that FILE is in. */
static bool knows_folder(const struct pl_target *target, const char *file)
{
	for (size_t i = 0; i < target->n_records; i++)
		if (is_beside(target->records[i]->place.file, file))
			return true;
	for (size_t i = 0; i < target->n_pins; i++)
		if (is_beside(target->pins[i].place.file, file))
			return true;
	for (size_t i = 0; i < target->n_candidates; i++)
		if (is_beside(target->candidates[i].place.file, file))
			return true;
	return false;
}

/* Why it says nothing that TARGET lacks an overlay that OTHER knows from assertions; or NULL. */
static const char *why_undiscovered(const struct pl_target *target, const struct pl_target *other)
{
	unsigned missed = pl_target_topics(other) & ~pl_target_topics(target);

	if (!pl_target_has_pins(target))
		return "is known from assertions, which are not read there";
	if (missed & PL_TOPIC_CANDIDATES)
		return "was not asked for there";
	if (missed & PL_TOPIC_SOURCES)
		return "is known from assertions, which are not all read there";
	return NULL;
}

/* Why it says nothing that TARGET lacks what OTHER has in OVERLAY; NULL: it is not there. */
static const char *why_unknown(const struct pl_target *target, const struct pl_target *other,
			       const struct pl_overlay *overlay)
{
	const char *file = overlay->record->place.file;

	if (!is_absent(target, overlay->record->name))
		return overlay->discovered ? why_undiscovered(target, other)
					   : "was not asked for there";
	if (target->source.kind != PL_SOURCE_HEADERS)
		return NULL;
	if (other->source.kind != PL_SOURCE_HEADERS)
		return "may be in sources that the headers there do not have";
	if (file && !knows_folder(target, file))
		return "is declared in a folder that the headers there do not have";
	return NULL;
}

static struct pl_error *note_uncompared(struct pl_differ *d, const char *topic, const char *overlay,
					const char *why)
{
	struct pl_diff_target *target = d->target;
	struct pl_uncompared *list =
		pl_arena_grow(d->diff->arena, target->uncompared, target->n_uncompared,
			      &target->uncompared_capacity, sizeof(*list));

	if (!list)
		return pl_error_no_memory();
	target->uncompared = list;
	list[target->n_uncompared++] = (struct pl_uncompared){topic, overlay, why};
	return NULL;
}

static struct pl_change_side whole(const struct pl_record *record)
{
	return (struct pl_change_side){.range = {0, 0, record->size}};
}

/* An overlay that one side alone has. */
static struct pl_error *tell_overlay(struct pl_differ *d, const struct pl_target *target,
				     const struct pl_overlay *overlay)
{
	bool old = target == d->target->old;
	const struct pl_target *other = old ? d->target->new : d->target->old;
	const char *why = why_unknown(other, target, overlay);
	struct pl_change change = {
		.kind = old ? PL_CHANGE_OVERLAY_GONE : PL_CHANGE_OVERLAY_NEW,
		.record = overlay->record->name,
		.overlay = overlay,
	};

	if (why)
		return note_uncompared(d, "overlay", overlay->record->name, why);
	*(old ? &change.old : &change.new) = whole(overlay->record);
	return pl_diff_add(d, &change);
}

/* What becomes of a record as a whole. */
static struct pl_change whole_change(enum pl_change_kind kind, const struct pl_diff_record *before,
				     const struct pl_diff_record *after)
{
	return (struct pl_change){
		.kind = kind,
		.record = after->record->name,
		.overlay = after->overlay,
		.old = whole(before->record),
		.new = whole(after->record),
	};
}

static struct pl_error *compare_whole(struct pl_differ *d, const struct pl_diff_record *before,
				      const struct pl_diff_record *after)
{
	struct pl_change size = whole_change(PL_CHANGE_SIZE, before, after);
	struct pl_change alignment = whole_change(PL_CHANGE_ALIGNMENT, before, after);

	if (before->record->size != after->record->size)
		PL_TRY(pl_diff_add(d, &size));
	alignment.old.align = before->record->align;
	alignment.new.align = after->record->align;
	/* Not every source says it. */
	if (!alignment.old.align || !alignment.new.align ||
	    alignment.old.align == alignment.new.align)
		return NULL;
	return pl_diff_add(d, &alignment);
}

/* OLD and NEW are NULL for the host. */
static struct pl_error *compare_record(struct pl_differ *d, const struct pl_overlay *old,
				       const struct pl_overlay *new)
{
	struct pl_diff_record before, after;

	PL_TRY(pl_diff_record(d->diff->arena, d->target->old, old, &before));
	PL_TRY(pl_diff_record(d->diff->arena, d->target->new, new, &after));
	PL_TRY(compare_whole(d, &before, &after));
	PL_TRY(pl_diff_members(d, &before, &after));
	PL_TRY(pl_diff_bits(d, &before, &after));
	if (!(d->one_sided & PIN_TOPICS))
		PL_TRY(pl_diff_pins(d, after.record->name));
	return NULL;
}

static struct pl_error *compare_overlays(struct pl_differ *d)
{
	const struct pl_target *old = d->target->old, *new = d->target->new;

	for (size_t i = 0; i < new->n_overlays; i++) {
		const struct pl_overlay *overlay = &new->overlays[i];
		const struct pl_overlay *before = find_overlay(old, overlay->record->name);

		PL_TRY(before ? compare_record(d, before, overlay) : tell_overlay(d, new, overlay));
	}
	for (size_t i = 0; i < old->n_overlays; i++)
		if (!find_overlay(new, old->overlays[i].record->name))
			PL_TRY(tell_overlay(d, old, &old->overlays[i]));
	return NULL;
}

struct pl_error *pl_diff_note_topic(struct pl_differ *d, enum pl_topic topic)
{
	const struct pl_diff_target *target = d->target;
	const char *why;

	for (size_t i = 0; i < target->n_uncompared; i++)
		if (!strcmp(target->uncompared[i].topic, pl_topic_name(topic)))
			return NULL;
	why = pl_arena_printf(d->diff->arena, "%s on the %s side", pl_topic_lack(topic),
			      pl_target_topics(target->new) & topic ? "old" : "new");
	return why ? note_uncompared(d, pl_topic_name(topic), NULL, why) : pl_error_no_memory();
}

/* What is compared itself, and not only findings about it: that is said in any case. */
static struct pl_error *note_one_sided(struct pl_differ *d)
{
	unsigned pins = d->one_sided & PIN_TOPICS;

	if (pins && (pl_target_has_pins(d->target->old) || pl_target_has_pins(d->target->new)))
		PL_TRY(pl_diff_note_topic(d, pl_topic_first(pins)));
	return d->one_sided & PL_TOPIC_ACCESSES ? pl_diff_note_topic(d, PL_TOPIC_ACCESSES) : NULL;
}

static struct pl_error *compare_target(struct pl_diff *diff, const struct pl_pack *pack,
				       struct pl_diff_target *target)
{
	struct pl_differ d = {.diff = diff, .pack = pack, .target = target};
	struct pl_change alone = {
		.kind = target->old ? PL_CHANGE_TARGET_GONE : PL_CHANGE_TARGET_NEW,
	};

	if (!target->old || !target->new)
		return pl_diff_add(&d, &alone);
	if (strcmp(target->old->host, target->new->host))
		return pl_error_new(PL_ERROR_USAGE, "%s: the host is %s, and was %s",
				    target->new->name, target->new->host, target->old->host);
	d.one_sided = pl_target_topics(target->old) ^ pl_target_topics(target->new);
	PL_TRY(note_one_sided(&d));
	PL_TRY(compare_record(&d, NULL, NULL));
	PL_TRY(compare_overlays(&d));
	return pl_diff_findings(&d);
}

/* A report that lacks something may lack any target; it is no news then that it does. */
static bool is_whole(const struct pl_report *report)
{
	return report->n_targets && !report->n_failures;
}

/* The only target that REPORT was made of, as far as it says; NULL: there are, or were to be, more.
 */
static const struct pl_target *only_target(const struct pl_report *report)
{
	const struct pl_target *target = report->n_targets == 1 ? report->targets[0] : NULL;

	for (size_t i = 0; target && i < report->n_failures; i++)
		if (strcmp(report->failures[i].target, target->name))
			return NULL;
	return target;
}

/* Those of one name; without one, single targets. */
static struct pl_error *pair_targets(struct pl_diff *diff)
{
	const struct pl_report *old = diff->old, *new = diff->new;
	const struct pl_target *only = only_target(new) ? only_target(old) : NULL;

	diff->targets = pl_arena_array(diff->arena, old->n_targets + new->n_targets,
				       sizeof(*diff->targets));
	if (!diff->targets)
		return pl_error_no_memory();
	for (size_t i = 0; i < new->n_targets; i++) {
		struct pl_diff_target pair = {.new = new->targets[i]};

		pair.old = only ? only : pl_report_target(old, pair.new->name);
		if (pair.old || is_whole(old))
			diff->targets[diff->n_targets++] = pair;
	}
	for (size_t i = 0; !only && is_whole(new) && i < old->n_targets; i++)
		if (!pl_report_target(new, old->targets[i]->name))
			diff->targets[diff->n_targets++].old = old->targets[i];
	return NULL;
}

struct pl_error *pl_diff_reports(const struct pl_report *old, const struct pl_report *new,
				 const struct pl_pack *pack, unsigned ignored, struct pl_diff **ret)
{
	struct pl_arena *arena = pl_arena_new();
	PL_CLEANUP(pl_diff_cleanup)
	struct pl_diff *diff = arena ? pl_arena_alloc(arena, sizeof(*diff)) : NULL;

	if (!diff) {
		pl_arena_free(arena);
		return pl_error_no_memory();
	}
	*diff = (struct pl_diff){.arena = arena, .old = old, .new = new, .ignored = ignored};
	PL_TRY(pair_targets(diff));
	for (size_t i = 0; i < diff->n_targets; i++)
		PL_TRY(compare_target(diff, pack, &diff->targets[i]));
	*ret = diff;
	diff = NULL;
	return NULL;
}
