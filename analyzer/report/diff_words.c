/* SPDX-License-Identifier: MIT */
#include "report/diff_words.h"

#include <inttypes.h>
#include <string.h>

#include "report/finding_words.h"

void pl_change_row_release(struct pl_change_row *row)
{
	pl_strbuf_release(&row->what);
	pl_strbuf_release(&row->old);
	pl_strbuf_release(&row->new);
}

static bool is_finding(const struct pl_change *change)
{
	return change->finding;
}

/* "byte 4 of page 1"; a host position is told only where there are several. */
static void add_bits(struct pl_strbuf *out, const struct pl_bit_range *range)
{
	pl_add_bits(out, range);
	if (range->page)
		pl_strbuf_printf(out, " of page %zu", range->page);
}

static void add_size(struct pl_strbuf *out, const struct pl_change_side *side, size_t pages)
{
	pl_strbuf_printf(out, "%" PRIu64 " bytes", side->range.size / 8);
	if (pages > 1)
		pl_strbuf_printf(out, " over %zu pages", pages);
}

static size_t pages_of(const struct pl_target *target, const char *record)
{
	for (size_t i = 0; i < target->n_overlays; i++)
		if (!strcmp(target->overlays[i].record->name, record))
			return target->overlays[i].pages;
	return 1;
}

static const struct pl_record *record_of(const struct pl_diff_target *target, const char *name)
{
	const struct pl_record *record = target->new ? pl_target_record(target->new, name) : NULL;

	return record || !target->old ? record : pl_target_record(target->old, name);
}

static void add_record(struct pl_strbuf *out, const struct pl_diff_target *target, const char *name)
{
	const struct pl_record *record = record_of(target, name);

	pl_strbuf_printf(out, "%s %s", record && record->is_union ? "union" : "struct", name);
}

/* A new or gone overlay: how large, and how much of it assertions pin. */
static void tell_overlay(const struct pl_diff_target *target, const struct pl_change *change,
			 struct pl_change_row *row)
{
	bool gone = change->kind == PL_CHANGE_OVERLAY_GONE;
	const struct pl_target *its = gone ? target->old : target->new;
	struct pl_strbuf *out = gone ? &row->old : &row->new;

	row->word = gone ? "gone" : "new";
	pl_strbuf_add(&row->what, "overlay");
	add_size(out, gone ? &change->old : &change->new, change->overlay->pages);
	pl_strbuf_printf(out, ", %zu members", change->overlay->used);
	if (pl_target_has_pins(its))
		pl_strbuf_printf(out, ", %zu of them pinned", change->overlay->pinned);
	if (change->overlay->discovered)
		pl_strbuf_add(out, gone ? ": no assertion speaks of it any more"
					: ": assertions speak of it");
}

static void tell_size(const struct pl_diff_target *target, const struct pl_change *change,
		      struct pl_change_row *row)
{
	bool host = !change->overlay;

	row->word = change->new.range.size > change->old.range.size ? "grown" : "shrunk";
	pl_strbuf_add(&row->what, host ? "host" : "overlay");
	add_size(&row->old, &change->old, host ? 1 : pages_of(target->old, change->record));
	add_size(&row->new, &change->new, host ? 1 : change->overlay->pages);
}

static void tell_alignment(const struct pl_change *change, struct pl_change_row *row)
{
	row->word = "realigned";
	pl_strbuf_add(&row->what, change->overlay ? "overlay" : "host");
	pl_strbuf_printf(&row->old, "to %" PRIu64 " bytes", change->old.align / 8);
	pl_strbuf_printf(&row->new, "to %" PRIu64 " bytes", change->new.align / 8);
}

/* A member that one side alone has. */
static void tell_member(const struct pl_change *change, struct pl_change_row *row)
{
	bool gone = change->kind == PL_CHANGE_MEMBER_GONE;
	const struct pl_change_side *side = gone ? &change->old : &change->new;
	struct pl_strbuf *out = gone ? &row->old : &row->new;

	row->word = gone ? "gone" : "new";
	pl_strbuf_add(&row->what, side->path);
	if (side->range.size)
		add_bits(out, &side->range);
	else
		pl_strbuf_add(out, "no bytes");
	pl_strbuf_printf(out, ", %s%s", side->type, side->padding ? ", padding" : "");
}

static void add_place(struct pl_strbuf *out, const struct pl_change_side *side)
{
	add_bits(out, &side->range);
	if (side->host_field)
		pl_strbuf_printf(out, " (%s)", side->host_field);
}

static void tell_moved(const struct pl_change *change, struct pl_change_row *row)
{
	row->word = "moved";
	pl_strbuf_add(&row->what, change->new.path);
	add_place(&row->old, &change->old);
	add_place(&row->new, &change->new);
}

static void tell_resized(const struct pl_change *change, struct pl_change_row *row)
{
	row->word = change->new.range.size > change->old.range.size ? "grown" : "shrunk";
	pl_strbuf_add(&row->what, change->new.path);
	add_bits(&row->old, &change->old.range);
	add_bits(&row->new, &change->new.range);
}

static void tell_renamed(const struct pl_change *change, struct pl_change_row *row)
{
	row->word = "renamed";
	add_bits(&row->what, &change->new.range);
	pl_strbuf_add(&row->old, change->old.path);
	pl_strbuf_add(&row->new, change->new.path);
}

static void tell_retyped(const struct pl_change *change, struct pl_change_row *row)
{
	row->word = "retyped";
	pl_strbuf_add(&row->what, change->new.path);
	pl_strbuf_add(&row->old, change->old.type);
	pl_strbuf_add(&row->new, change->new.type);
}

static void tell_bits(const struct pl_change *change, struct pl_change_row *row)
{
	bool freed = change->kind == PL_CHANGE_FREED;
	struct pl_strbuf *out = freed ? &row->old : &row->new;

	row->word = freed ? "freed" : "taken";
	add_bits(&row->what, freed ? &change->old.range : &change->new.range);
	pl_strbuf_add(out, freed ? "was " : "by ");
	for (size_t i = 0; i < change->n_members; i++)
		pl_strbuf_printf(out, "%s%s", i ? ", " : "", change->members[i]);
}

static void tell_pin(const struct pl_diff_target *target, const struct pl_change *change,
		     struct pl_change_row *row)
{
	bool gone = change->kind == PL_CHANGE_PIN_GONE;
	const struct pl_pin *pin = change->pin;
	struct pl_strbuf *out = gone ? &row->old : &row->new;

	row->word = gone ? "unpinned" : "pinned";
	if (pin->kind != PL_PIN_OFFSET || !pin->member || !pin->host_field) {
		pl_strbuf_add(&row->what, pl_pin_kind_name(pin->kind));
		pl_strbuf_add(out, pin->expression);
		return;
	}
	pl_strbuf_add(&row->what, pin->member);
	pl_strbuf_printf(out, "%s %s.%s", gone ? "was on" : "on",
			 gone ? target->old->host : target->new->host, pin->host_field);
	if (pin->page)
		pl_strbuf_printf(out, " of page %zu", pin->page);
}

/* Whether B says of another member what A says. What reading finds may be about no member. */
static bool continues(const struct pl_change *a, const struct pl_change *b)
{
	const struct pl_finding *left = a->finding, *right = b->finding;

	return a->kind == b->kind && left->severity == right->severity &&
	       left->origin == PL_ORIGIN_CHECKING && left->member && right->member &&
	       !strcmp(left->rule, right->rule) && left->overlay && right->overlay &&
	       !strcmp(left->overlay, right->overlay);
}

/* Where the findings end that can be told in one line with the one at INDEX. */
static size_t end_of_findings(const struct pl_diff_target *target, size_t index)
{
	size_t end = index + 1;

	while (end < target->n_changes && continues(&target->changes[index], &target->changes[end]))
		end++;
	return end - index > 2 ? end : index + 1;
}

static size_t tell_findings(const struct pl_diff_target *target, size_t index,
			    struct pl_change_row *row)
{
	const struct pl_change *change = &target->changes[index];
	bool fixed = change->kind == PL_CHANGE_FINDING_FIXED;
	struct pl_strbuf *out = fixed ? &row->old : &row->new;
	size_t end = end_of_findings(target, index);

	row->word = fixed ? "fixed" : "found";
	pl_strbuf_add(&row->what, change->finding->rule);
	pl_strbuf_printf(out, "%s: ", pl_severity_name(change->finding->severity));
	if (end == index + 1)
		pl_strbuf_add(out, change->finding->message);
	else
		pl_strbuf_printf(out, "%zu members of %s: ", end - index, change->record);
	for (size_t i = index; i < end && end != index + 1; i++)
		pl_strbuf_printf(out, "%s%s", i > index ? ", " : "",
				 target->changes[i].finding->member);
	return end;
}

static void tell_change(const struct pl_diff_target *target, const struct pl_change *change,
			struct pl_change_row *row)
{
	switch (change->kind) {
	case PL_CHANGE_OVERLAY_NEW:
	case PL_CHANGE_OVERLAY_GONE:
		tell_overlay(target, change, row);
		break;
	case PL_CHANGE_SIZE:
		tell_size(target, change, row);
		break;
	case PL_CHANGE_ALIGNMENT:
		tell_alignment(change, row);
		break;
	case PL_CHANGE_MEMBER_NEW:
	case PL_CHANGE_MEMBER_GONE:
		tell_member(change, row);
		break;
	case PL_CHANGE_MOVED:
		tell_moved(change, row);
		break;
	case PL_CHANGE_RESIZED:
		tell_resized(change, row);
		break;
	case PL_CHANGE_RENAMED:
		tell_renamed(change, row);
		break;
	case PL_CHANGE_RETYPED:
		tell_retyped(change, row);
		break;
	case PL_CHANGE_FREED:
	case PL_CHANGE_TAKEN:
		tell_bits(change, row);
		break;
	case PL_CHANGE_PIN_NEW:
	case PL_CHANGE_PIN_GONE:
		tell_pin(target, change, row);
		break;
	default:
		row->word = change->kind == PL_CHANGE_TARGET_NEW ? "new" : "gone";
		pl_strbuf_add(&row->what, "target");
		pl_strbuf_add(change->kind == PL_CHANGE_TARGET_NEW ? &row->new : &row->old,
			      "on one side only");
	}
}

size_t pl_change_row(const struct pl_diff_target *target, size_t index, struct pl_change_row *row)
{
	if (is_finding(&target->changes[index]))
		return tell_findings(target, index, row);
	tell_change(target, &target->changes[index], row);
	return index + 1;
}

static bool same_group(const struct pl_change *a, const struct pl_change *b)
{
	if (is_finding(a) || is_finding(b))
		return is_finding(a) && is_finding(b);
	return a->record && b->record && !strcmp(a->record, b->record);
}

size_t pl_change_group(const struct pl_diff_target *target, size_t first)
{
	size_t end = first + 1;

	while (end < target->n_changes &&
	       same_group(&target->changes[first], &target->changes[end]))
		end++;
	return end;
}

void pl_add_change_group(struct pl_strbuf *out, const struct pl_diff_target *target, size_t first)
{
	const struct pl_change *change = &target->changes[first];

	if (is_finding(change))
		pl_strbuf_add(out, "findings");
	else if (change->record)
		add_record(out, target, change->record);
}

void pl_add_target_identity(struct pl_strbuf *out, const struct pl_target *target)
{
	const char *kind = pl_source_kind_name(target->source.kind);

	pl_strbuf_printf(out, "%s, %s, %s%s%s",
			 target->release ? target->release : "release unknown",
			 target->arch ? target->arch : "architecture unknown", kind ? kind : "",
			 kind ? " " : "", target->source.path);
}

void pl_add_diff_summary(struct pl_strbuf *out, const struct pl_diff *diff)
{
	size_t changes = 0, ignored = 0;
	const char *between = ": ";

	for (int i = 0; i < PL_CHANGE_KIND_COUNT; i++)
		*(diff->ignored & 1U << i ? &ignored : &changes) += diff->counts[i];
	pl_strbuf_printf(out, changes ? "%zu change%s" : "no change", changes,
			 changes == 1 ? "" : "s");
	for (int i = 0; i < PL_CHANGE_KIND_COUNT; i++) {
		if (diff->ignored & 1U << i || !diff->counts[i])
			continue;
		pl_strbuf_printf(out, "%s%zu %s", between, diff->counts[i],
				 pl_change_kind_name((enum pl_change_kind)i));
		between = ", ";
	}
	if (ignored)
		pl_strbuf_printf(out, "; %zu ignored", ignored);
}
