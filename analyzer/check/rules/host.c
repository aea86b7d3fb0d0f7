/* SPDX-License-Identifier: MIT */
#include "check/rules/check_internal.h"

struct pl_error *pl_rule_host_size(struct pl_checker *checker)
{
	const struct pl_rule *rule = checker->rule;
	const struct pl_record *host = checker->host;
	uint64_t size = host->size / 8;
	const char *is = NULL;

	if (!pl_check_applies_to(checker, host->name))
		return NULL;
	if (rule->least && size < rule->least)
		is = "is too small";
	else if (rule->most && size > rule->most)
		is = "is too large";
	else if (rule->multiple && size % rule->multiple)
		is = "is not a multiple of what it has to be";
	else if (rule->power_of_two && (size & (size - 1)))
		is = "is not a power of two";
	if (!is)
		return NULL;
	return pl_check_add_record(checker, host, NULL, NULL, "%s is %ju bytes long, which %s: %s",
				   host->name, (uintmax_t)size, is, rule->info.title);
}

struct pl_error *pl_rule_host_align(struct pl_checker *checker)
{
	const struct pl_record *host = checker->host;
	uint64_t wanted = checker->rule->words * pl_check_word_bits(checker->target);

	if (!host->align || host->align >= wanted || !pl_check_applies_to(checker, host->name))
		return NULL;
	return pl_check_add_record(
		checker, host, NULL, NULL, "%s is aligned to %ju bytes, not to %ju: %s", host->name,
		(uintmax_t)host->align / 8, (uintmax_t)wanted / 8, checker->rule->info.title);
}

/* Where the last of the host's fields that begin before OFFSET ends. */
static uint64_t end_before(const struct pl_record *host, uint64_t offset)
{
	uint64_t end = 0;

	for (size_t i = 0; i < host->n_fields; i++) {
		const struct pl_field *field = &host->fields[i];

		if (field->offset < offset && field->offset + field->size > end)
			end = field->offset + field->size;
	}
	return end;
}

struct pl_error *pl_rule_host_gap(struct pl_checker *checker)
{
	const struct pl_record *host = checker->host;

	if (!pl_check_applies_to(checker, host->name))
		return NULL;
	for (size_t i = 0; i < checker->rule->n_on; i++) {
		const struct pl_field *field;
		struct pl_bit_range word;
		uint64_t end;

		if (!pl_check_word(checker, checker->rule->on[i], &word))
			continue;
		end = end_before(host, word.offset);
		if (end >= word.offset)
			continue;
		field = pl_check_word_field(checker, checker->rule->on[i]);
		PL_TRY(pl_check_add_record(
			checker, host, NULL, field ? field->path : NULL,
			"%s has nothing on bytes %ju-%ju, before %s: %s", host->name,
			(uintmax_t)end / 8, (uintmax_t)word.offset / 8 - 1,
			field ? field->path : checker->rule->on[i], checker->rule->info.title));
	}
	return NULL;
}
