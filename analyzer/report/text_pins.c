/* SPDX-License-Identifier: MIT */
/* What the source asserts beside offsets that hold, which the table shows; and the candidates. */
#include "report/text_internal.h"
#include "report/text_wrap.h"

/* Of an alignment the expression says what it is to be; the left value is what it is. */
static void add_values(struct pl_strbuf *out, const struct pl_pin *pin)
{
	const char *comparison = pl_pin_comparison(pin);

	if (!pin->known)
		return;
	if (pin->kind == PL_PIN_ALIGNMENT) {
		pl_strbuf_printf(out, ": %jd", (intmax_t)pin->left);
		return;
	}
	pl_strbuf_printf(out, ": %jd %s %jd", (intmax_t)pin->left, *comparison ? comparison : "and",
			 (intmax_t)pin->right);
}

/* "include/linux/mm_types.h:12", as far as it is known. */
static void add_place(struct pl_strbuf *out, const struct pl_place *place)
{
	pl_strbuf_add(out, place->file);
	if (place->line)
		pl_strbuf_printf(out, ":%u", place->line);
}

static void add_pin(struct pl_strbuf *out, const struct pl_target *target, const struct pl_pin *pin,
		    const struct pl_text_options *options)
{
	PL_CLEANUP(pl_strbuf_release) struct pl_strbuf text = PL_STRBUF_INIT;
	struct pl_wrap wrap = pl_wrap_new(out, options, 2, 4);
	const char *colour = pin->holds ? "" : pl_mark_colour(PL_MARK_BEYOND);

	pl_strbuf_printf(&text, "%s%s: %s",
			 pin->holds ? "" : "broken: ", pin->overlay ? pin->overlay : target->host,
			 pin->expression);
	add_values(&text, pin);
	if (!pin->holds && pin->place.file) {
		pl_strbuf_add(&text, " (");
		add_place(&text, &pin->place);
		pl_strbuf_add_char(&text, ')');
	}
	pl_wrap_text(&wrap, colour, text.text);
	pl_wrap_end(&wrap);
	out->failed |= text.failed;
}

static void add_pins(struct pl_strbuf *out, const struct pl_target *target,
		     const struct pl_text_options *options)
{
	size_t broken = 0;

	for (size_t i = 0; i < target->n_pins; i++)
		broken += !target->pins[i].holds;
	pl_strbuf_printf(out, "assertions: %zu about %s and its overlays", target->n_pins,
			 target->host);
	if (broken)
		pl_strbuf_printf(out, ", %zu broken", broken);
	if (!target->scanned)
		pl_strbuf_add(out, "; the tree was not looked through for more");
	pl_strbuf_add_char(out, '\n');
	for (size_t i = 0; i < target->n_pins; i++)
		if (target->pins[i].kind != PL_PIN_OFFSET || !target->pins[i].holds)
			add_pin(out, target, &target->pins[i], options);
}

static void add_candidate(struct pl_strbuf *out, const struct pl_candidate *candidate,
			  const char *host)
{
	bool is_union = candidate->how == PL_CANDIDATE_UNION;

	pl_strbuf_printf(out, "  %s %s %s %s", candidate->is_union ? "union" : "struct",
			 candidate->record,
			 is_union ? "holds a" : "is converted from or to a pointer to", host);
	if (candidate->place.file) {
		pl_strbuf_add(out, "  ");
		add_place(out, &candidate->place);
	}
	if (candidate->places > 1)
		pl_strbuf_printf(out, " and %zu more", candidate->places - 1);
	pl_strbuf_add_char(out, '\n');
}

struct pl_error *pl_text_pins(const struct pl_target *target, const struct pl_text_options *options,
			      struct pl_strbuf *ret)
{
	if (target->n_pins)
		add_pins(ret, target, options);
	if (target->n_candidates)
		pl_strbuf_add(ret, "candidates (no assertion speaks of them)\n");
	for (size_t i = 0; i < target->n_candidates; i++)
		add_candidate(ret, &target->candidates[i], target->host);
	return pl_strbuf_failed(ret) ? pl_error_no_memory() : NULL;
}
