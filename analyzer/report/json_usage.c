/* SPDX-License-Identifier: MIT */
/* What code does with the fields of a target, as far as it was looked at. */
#include "report/json_internal.h"

void pl_json_spot(struct pl_json *json, const struct pl_spot *spot)
{
	pl_json_declaration(json, &spot->place);
	if (spot->column)
		pl_json_number(json, "column", spot->column);
	else
		pl_json_null(json, "column");
	pl_json_text(json, "function", spot->function);
	pl_json_text(json, "through", spot->through);
}

void pl_json_access(struct pl_json *json, const struct pl_access *access)
{
	pl_json_spot(json, &access->spot);
	pl_json_text(json, "record", access->record);
	pl_json_text(json, "field", access->field);
	pl_json_text(json, "kind", pl_access_kind_name(access->kind));
	pl_json_text(json, "callee", access->callee);
	pl_json_text(json, "bits", access->bits);
}

/* Which bits of the host it is about; null where that is not known. */
static void add_range(struct pl_json *json, const struct pl_target *target,
		      const struct pl_access *access)
{
	struct pl_bit_range range;

	if (pl_target_access_range(target, access, &range)) {
		pl_json_number(json, "page", range.page);
		pl_json_place(json, range.offset, range.size);
		return;
	}
	pl_json_null(json, "page");
	pl_json_null(json, "offset_bits");
	pl_json_null(json, "offset_bytes");
	pl_json_null(json, "size_bits");
}

static json_t *access_json(const struct pl_target *target, const struct pl_access *access,
			   bool mapped)
{
	struct pl_json json = pl_json_new();

	pl_json_access(&json, access);
	if (mapped)
		add_range(&json, target, access);
	return pl_json_take(&json);
}

static json_t *cast_json(const struct pl_cast *cast)
{
	struct pl_json json = pl_json_new();

	pl_json_spot(&json, &cast->spot);
	pl_json_text(&json, "from", cast->from);
	pl_json_text(&json, "to", cast->to);
	return pl_json_take(&json);
}

static json_t *lost_json(const struct pl_usage *usage)
{
	json_t *list = json_array();

	for (size_t i = 0; i < usage->n_lost; i++) {
		struct pl_json json = pl_json_new();

		pl_json_text(&json, "file", usage->lost[i].file);
		pl_json_text(&json, "reason", usage->lost[i].reason);
		pl_json_append(&list, pl_json_take(&json));
	}
	return list;
}

static json_t *scan_json(const struct pl_usage *usage)
{
	struct pl_json json = pl_json_new();

	pl_json_number(&json, "units", usage->units);
	pl_json_number(&json, "read", usage->read);
	pl_json_number(&json, "skipped", usage->skipped);
	pl_json_number(&json, "shard", usage->shard);
	pl_json_number(&json, "shards", usage->shards);
	pl_json_value(&json, "lost", lost_json(usage));
	return pl_json_take(&json);
}

void pl_json_add_usage(struct pl_json *json, const struct pl_target *target, bool mapped)
{
	const struct pl_usage *usage = target->usage;
	json_t *accesses, *casts;

	if (!usage)
		return;
	accesses = json_array();
	casts = json_array();
	for (size_t i = 0; i < usage->n_accesses; i++)
		pl_json_append(&accesses, access_json(target, &usage->accesses[i], mapped));
	for (size_t i = 0; i < usage->n_casts; i++)
		pl_json_append(&casts, cast_json(&usage->casts[i]));
	pl_json_value(json, "usage", scan_json(usage));
	pl_json_value(json, "accesses", accesses);
	pl_json_value(json, "casts", casts);
}
