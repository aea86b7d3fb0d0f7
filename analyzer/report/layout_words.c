/* SPDX-License-Identifier: MIT */
#include "report/layout_words.h"

#include <inttypes.h>
#include <string.h>

#include "report/item.h"

void pl_add_numbers(struct pl_strbuf *out, const struct pl_bit_range *range)
{
	uint64_t first = range->offset, last = range->offset + range->size - 1;

	if (first % 8 == 0 && last % 8 == 7) {
		pl_strbuf_printf(out, "%" PRIu64, first / 8);
		if (first / 8 != last / 8)
			pl_strbuf_printf(out, "-%" PRIu64, last / 8);
		return;
	}
	pl_strbuf_printf(out, "%" PRIu64 ".%" PRIu64, first / 8, first % 8);
	if (first != last)
		pl_strbuf_printf(out, "-%" PRIu64 ".%" PRIu64, last / 8, last % 8);
}

void pl_add_member_numbers(struct pl_strbuf *out, const struct pl_member *member)
{
	if (member->range.size)
		pl_add_numbers(out, &member->range);
	else
		pl_strbuf_printf(out, "%" PRIu64, member->range.offset / 8);
}

/* The first named member of the alternative that BRANCH takes, to call it by. */
static const char *alternative_name(const struct pl_record *record, struct pl_branch branch)
{
	for (size_t i = 0; i < record->n_fields; i++) {
		const struct pl_field *field = &record->fields[i];

		for (size_t j = 0; j < field->n_branches; j++)
			if (field->branches[j].union_index == branch.union_index &&
			    field->branches[j].alternative == branch.alternative)
				return pl_item_name(record, field);
	}
	return NULL;
}

void pl_add_condition(struct pl_strbuf *out, const struct pl_record *record,
		      const struct pl_unused *unused)
{
	const char *before = NULL;

	for (size_t i = 0; i < unused->n_branches; i++) {
		const char *name = alternative_name(record, unused->branches[i]);

		if (name && before && !strcmp(name, before))
			continue;
		pl_strbuf_add(out, before ? ", " : "");
		if (name)
			pl_strbuf_add(out, name);
		else
			pl_strbuf_printf(
				out, "alternative %zu of %zu", unused->branches[i].alternative + 1,
				record->unions[unused->branches[i].union_index].alternatives);
		before = name ? name : "";
	}
}

void pl_add_host_name(struct pl_strbuf *out, const struct pl_target *target)
{
	const struct pl_record *host = pl_target_record(target, target->host);

	pl_strbuf_printf(out, "%s %s", host && host->is_union ? "union" : "struct", target->host);
}

static void add_part(struct pl_strbuf *out, const char **between, const char *text)
{
	if (!text)
		return;
	pl_strbuf_printf(out, "%s%s", *between, text);
	*between = ", ";
}

void pl_add_kind_of_target(struct pl_strbuf *out, const struct pl_target *target)
{
	const char *between = "", *endian = pl_endian_name(target->endian);

	add_part(out, &between, target->release);
	add_part(out, &between, target->arch);
	if (target->bits)
		add_part(out, &between, target->bits == 32 ? "32-bit" : "64-bit");
	if (endian) {
		add_part(out, &between, endian);
		pl_strbuf_add(out, "-endian");
	}
}
