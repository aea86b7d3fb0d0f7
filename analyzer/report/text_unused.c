/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "report/coverage.h"
#include "report/layout_words.h"
#include "report/text_internal.h"
#include "report/text_wrap.h"

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
	else if (unused->n_branches)
		pl_strbuf_add(out, "  with ");
	if (!unused->pad)
		pl_add_condition(out, overlay->record, unused);
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
				 pl_item_name(overlay->record, member->field));
		out->failed |= where.failed;
	}
}

/*
 * The next name of OVERLAY from member *AT on of which not all is pinned, or
 * NULL. The members that go by one name follow each other.
 */
static const char *next_unpinned(const struct pl_overlay *overlay, size_t *at)
{
	while (*at < overlay->n_members) {
		const char *name = pl_item_name(overlay->record, overlay->members[*at].field);
		bool unpinned = false;

		for (; *at < overlay->n_members; ++*at) {
			const struct pl_member *member = &overlay->members[*at];

			if (strcmp(pl_item_name(overlay->record, member->field), name))
				break;
			unpinned |= pl_is_unpinned(member);
		}
		if (unpinned)
			return name;
	}
	return NULL;
}

static void add_unpinned(struct pl_strbuf *out, const struct pl_overlay *overlay,
			 const struct pl_text_options *options)
{
	struct pl_wrap wrap;
	size_t at = 0;
	const char *name = next_unpinned(overlay, &at), *next;

	if (!name)
		return;
	wrap = pl_wrap_new(out, options, 4, 6);
	pl_wrap_text(&wrap, "", "not pinned:");
	for (; name; name = next) {
		next = next_unpinned(overlay, &at);
		pl_wrap_word(&wrap, "", name, next ? "," : "");
	}
	pl_wrap_end(&wrap);
}

static void add_overlay(struct pl_strbuf *out, const struct pl_target *target,
			const struct pl_overlay *overlay, const struct pl_text_options *options)
{
	pl_strbuf_printf(out, "  %s: %ju bytes on %zu host%s, %zu members in use",
			 overlay->record->name, (uintmax_t)overlay->record->size / 8,
			 overlay->pages, overlay->pages == 1 ? "" : "s", overlay->used);
	if (pl_target_has_pins(target)) {
		pl_strbuf_printf(out, ", %zu pinned\n", overlay->pinned);
		add_unpinned(out, overlay, options);
	} else {
		pl_strbuf_add_char(out, '\n');
	}
	for (size_t i = 0; i < overlay->n_unused; i++)
		add_unused(out, overlay, &overlay->unused[i]);
	pl_text_idle(out, overlay->record, overlay->idle, overlay->n_idle, options);
	for (size_t i = 0; i < overlay->n_members; i++)
		add_beyond(out, overlay, &overlay->members[i]);
}

/* "  slab: 64 of 64 bytes, 4 of 11 pinned; unused 32-47": one line, wrapped. */
static void add_overlay_line(struct pl_strbuf *out, const struct pl_target *target,
			     const struct pl_overlay *overlay,
			     const struct pl_text_options *options)
{
	struct pl_wrap wrap = pl_wrap_new(out, options, 2, 6);
	PL_CLEANUP(pl_strbuf_release) struct pl_strbuf text = PL_STRBUF_INIT;

	pl_strbuf_printf(&text, "%s: %ju bytes, ", overlay->record->name,
			 (uintmax_t)overlay->record->size / 8);
	if (pl_target_has_pins(target))
		pl_strbuf_printf(&text, "%zu of %zu pinned", overlay->pinned, overlay->used);
	else
		pl_strbuf_printf(&text, "%zu members in use", overlay->used);
	pl_strbuf_add(&text, overlay->n_unused ? "; unused" : "; nothing unused");
	for (size_t i = 0; i < overlay->n_unused; i++) {
		const struct pl_unused *unused = &overlay->unused[i];

		pl_strbuf_add_char(&text, ' ');
		if (overlay->pages > 1)
			pl_strbuf_printf(&text, "%zu:", unused->range.page);
		pl_add_numbers(&text, &unused->range);
		if (unused->n_branches)
			pl_strbuf_add_char(&text, '?');
	}
	pl_wrap_text(&wrap, "", text.text);
	pl_wrap_end(&wrap);
	out->failed |= text.failed;
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

struct pl_error *pl_text_unused(const struct pl_target *target,
				const struct pl_text_options *options, struct pl_strbuf *ret)
{
	if (!options->compact)
		pl_strbuf_add(ret, "unused\n");
	for (size_t i = 0; i < target->n_overlays; i++) {
		if (options->compact)
			add_overlay_line(ret, target, &target->overlays[i], options);
		else
			add_overlay(ret, target, &target->overlays[i], options);
	}
	add_host(ret, target);
	return pl_strbuf_failed(ret) ? pl_error_no_memory() : NULL;
}
