/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "report/text_internal.h"

/* "bytes 44-47", "bits 350-351" where the ends are not on bytes. */
static void add_range(struct pl_strbuf *out, const struct pl_bit_range *range)
{
	uint64_t first = range->offset, last = range->offset + range->size;

	if (first % 8 || last % 8)
		pl_strbuf_printf(out, "bits %ju-%ju", (uintmax_t)first, (uintmax_t)last - 1);
	else
		pl_strbuf_printf(out, "bytes %ju-%ju", (uintmax_t)first / 8,
				 (uintmax_t)last / 8 - 1);
}

/* The first named member of the alternative that BRANCH takes, to call it by. */
static const char *alternative_name(const struct pl_record *record, struct pl_branch branch)
{
	for (size_t i = 0; i < record->n_fields; i++) {
		const struct pl_field *field = &record->fields[i];

		for (size_t j = 0; j < field->n_branches; j++)
			if (field->branches[j].union_index == branch.union_index &&
			    field->branches[j].alternative == branch.alternative)
				return pl_text_name(record, field);
	}
	return NULL;
}

/* Where it is unused: under which alternatives, each named by its first member. */
static void add_condition(struct pl_strbuf *out, const struct pl_record *record,
			  const struct pl_unused *unused)
{
	const char *before = NULL;

	for (size_t i = 0; i < unused->n_branches; i++) {
		const char *name = alternative_name(record, unused->branches[i]);

		if (name && before && !strcmp(name, before))
			continue;
		pl_strbuf_add(out, before ? ", " : "  with ");
		if (name)
			pl_strbuf_add(out, name);
		else
			pl_strbuf_printf(
				out, "alternative %zu of %zu", unused->branches[i].alternative + 1,
				record->unions[unused->branches[i].union_index].alternatives);
		before = name ? name : "";
	}
}

static void add_unused(struct pl_strbuf *out, const struct pl_overlay *overlay,
		       const struct pl_unused *unused)
{
	PL_CLEANUP(pl_strbuf_release) struct pl_strbuf where = PL_STRBUF_INIT;

	if (overlay->pages > 1)
		pl_strbuf_printf(&where, "page %zu ", unused->range.page);
	add_range(&where, &unused->range);
	pl_strbuf_printf(out, "    %-22s  %s", where.text, pl_unused_why_name(unused->why));
	if (unused->pad)
		pl_strbuf_printf(out, " %s", unused->pad->path);
	else
		add_condition(out, overlay->record, unused);
	pl_strbuf_add_char(out, '\n');
	out->failed |= where.failed;
}

/* Members past the end of the last host have no row in the table. */
static void add_beyond(struct pl_strbuf *out, const struct pl_overlay *overlay,
		       const struct pl_member *member)
{
	for (size_t i = 0; i < member->n_touches; i++) {
		const struct pl_touch *touch = &member->touches[i];
		PL_CLEANUP(pl_strbuf_release) struct pl_strbuf where = PL_STRBUF_INIT;

		if (touch->relation != PL_RELATION_BEYOND)
			continue;
		add_range(&where, &touch->range);
		pl_strbuf_printf(out, "    %-22s  beyond the host's end: %s\n", where.text,
				 pl_text_name(overlay->record, member->field));
		out->failed |= where.failed;
	}
}

static void add_overlay(struct pl_strbuf *out, const struct pl_overlay *overlay)
{
	pl_strbuf_printf(out, "  %s: %ju bytes on %zu host%s, %zu members in use\n",
			 overlay->record->name, (uintmax_t)overlay->record->size / 8,
			 overlay->pages, overlay->pages == 1 ? "" : "s", overlay->used);
	for (size_t i = 0; i < overlay->n_unused; i++)
		add_unused(out, overlay, &overlay->unused[i]);
	for (size_t i = 0; i < overlay->n_members; i++)
		add_beyond(out, overlay, &overlay->members[i]);
}

static void add_host(struct pl_strbuf *out, const struct pl_target *target)
{
	pl_strbuf_printf(out, "  %s, no overlay uses:", target->host);
	if (!target->n_host_unused)
		pl_strbuf_add(out, " nothing is left");
	for (size_t i = 0; i < target->n_host_unused; i++) {
		const struct pl_bit_range *range = &target->host_unused[i];

		pl_strbuf_printf(out, "%s page %zu ", i ? "," : "", range->page);
		add_range(out, range);
	}
	pl_strbuf_add_char(out, '\n');
}

struct pl_error *pl_text_unused(const struct pl_target *target, struct pl_strbuf *ret)
{
	pl_strbuf_add(ret, "unused\n");
	for (size_t i = 0; i < target->n_overlays; i++)
		add_overlay(ret, &target->overlays[i]);
	add_host(ret, target);
	return pl_strbuf_failed(ret) ? pl_error_no_memory() : NULL;
}
