/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "check/rules/check_internal.h"

/* Where OVERLAY has to end, in bits from its start, and the host field that begins there. */
static uint64_t window_of(const struct pl_checker *checker, const struct pl_overlay *overlay,
			  const char **before)
{
	const struct pl_overlay_facts *facts = pl_check_facts(checker, overlay->record->name);
	struct pl_bit_range word;

	*before = NULL;
	for (size_t i = 0; facts && i < facts->n_ends_before; i++) {
		const struct pl_field *field;

		if (!pl_check_word(checker, facts->ends_before[i], &word))
			continue;
		field = pl_check_word_field(checker, facts->ends_before[i]);
		*before = field ? field->path : facts->ends_before[i];
		return (overlay->pages - 1) * checker->host->size + word.offset;
	}
	return overlay->pages * checker->host->size;
}

/* A window is left by a member, not by the padding that aligns a record. */
static uint64_t end_of(const struct pl_overlay *overlay, bool window)
{
	uint64_t end = 0;

	for (size_t i = 0; window && i < overlay->record->n_fields; i++) {
		const struct pl_field *field = &overlay->record->fields[i];

		if (field->offset + field->size > end)
			end = field->offset + field->size;
	}
	return window ? end : overlay->record->size;
}

struct pl_error *pl_rule_size(struct pl_checker *checker)
{
	for (size_t i = 0; i < checker->target->n_overlays; i++) {
		const struct pl_overlay *overlay = &checker->target->overlays[i];
		const struct pl_record *record = overlay->record;
		const char *before;
		uint64_t window = window_of(checker, overlay, &before);
		uint64_t end = end_of(overlay, before);

		if (end <= window || !pl_check_applies_to(checker, record->name))
			continue;
		PL_TRY(pl_check_add_record(checker, record, NULL, before,
					   "%s is %ju bytes long, and has to end by byte %ju, %s%s",
					   record->name, (uintmax_t)record->size / 8,
					   (uintmax_t)window / 8,
					   before ? "where the host has " : "the end of its hosts",
					   before ? before : ""));
	}
	return NULL;
}

static const struct pl_overlay *overlay_of(const struct pl_checker *checker,
					   const struct pl_pin *pin)
{
	for (size_t i = 0; pin->overlay && i < checker->target->n_overlays; i++)
		if (!strcmp(checker->target->overlays[i].record->name, pin->overlay))
			return &checker->target->overlays[i];
	return NULL;
}

/* Whether the left side of PIN is the size of the record called NAME. */
static bool is_left(const struct pl_pin *pin, const char *name)
{
	static const char begin[] = "sizeof(";
	size_t length = strlen(name);
	const char *at = pin->expression + strlen(begin);

	return !strncmp(pin->expression, begin, strlen(begin)) && !strncmp(at, name, length) &&
	       !strncmp(at + length, ") ", 2);
}

/* Whether PIN says how many bytes OVERLAY, of its size now, may have at most. */
static bool limits(const struct pl_pin *pin, const struct pl_overlay *overlay, int64_t *ret)
{
	const char *comparison = pl_pin_comparison(pin), *name = overlay->record->name;
	bool left = is_left(pin, name);

	if (pin->kind != PL_PIN_SIZE || !pin->known || !pin->overlay ||
	    strcmp(pin->overlay, name) ||
	    (left ? pin->left : pin->right) != (int64_t)(overlay->record->size / 8))
		return false;
	if (*comparison != '=' && *comparison != (left ? '<' : '>'))
		return false;
	*ret = (left ? pin->right : pin->left) - !comparison[1];
	return true;
}

/* The size in bytes that the narrowest assertion about OVERLAY allows. */
static int64_t allowed(const struct pl_checker *checker, const struct pl_overlay *overlay)
{
	int64_t least = INT64_MAX;

	for (size_t i = 0; i < checker->target->n_pins; i++) {
		int64_t most;

		if (limits(&checker->target->pins[i], overlay, &most) && most < least)
			least = most;
	}
	return least;
}

struct pl_error *pl_rule_asserted(struct pl_checker *checker)
{
	for (size_t i = 0; i < checker->target->n_pins; i++) {
		const struct pl_pin *pin = &checker->target->pins[i];
		const struct pl_overlay *overlay = overlay_of(checker, pin);
		const char *before;
		uint64_t window;
		int64_t most;

		if (!overlay || !limits(pin, overlay, &most) ||
		    !pl_check_applies_to(checker, overlay->record->name))
			continue;
		window = window_of(checker, overlay, &before) / 8;
		if (!before || allowed(checker, overlay) <= (int64_t)window)
			continue;
		PL_TRY(pl_check_add_record(checker, overlay->record, NULL, before,
					   "%s: the assertion lets %s grow to %jd bytes; from byte "
					   "%ju on, %s is not its own",
					   pin->expression, overlay->record->name, (intmax_t)most,
					   (uintmax_t)window, before));
	}
	return NULL;
}

/* The first field of the host that has bits before END and behind it; NULL if there is none. */
static const struct pl_field *field_around(const struct pl_record *host, uint64_t end)
{
	for (size_t i = 0; i < host->n_fields; i++) {
		const struct pl_field *field = &host->fields[i];

		if (field->type_class != PL_CLASS_PADDING && field->offset < end &&
		    field->offset + field->size > end)
			return field;
	}
	return NULL;
}

/* One that ends past its hosts is for the rule of sizes. */
struct pl_error *pl_rule_end(struct pl_checker *checker)
{
	const struct pl_record *host = checker->host;

	for (size_t i = 0; i < checker->target->n_overlays; i++) {
		const struct pl_overlay *overlay = &checker->target->overlays[i];
		const struct pl_record *record = overlay->record;
		uint64_t page = record->size / host->size, end = record->size % host->size;
		const struct pl_field *field = field_around(host, end);
		const char *where = "";

		if (page >= overlay->pages || !field || !pl_check_applies_to(checker, record->name))
			continue;
		if (page)
			where = pl_arena_printf(checker->target->arena, " of page %ju",
						(uintmax_t)page);
		PL_TRY(pl_check_add_record(
			checker, record, NULL, field->path,
			"%s ends at byte %ju%s, inside of %s, which ends at byte %ju", record->name,
			(uintmax_t)end / 8, where, field->path,
			(uintmax_t)(field->offset + field->size) / 8));
	}
	return NULL;
}
