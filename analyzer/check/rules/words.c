/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "check/rules/check_internal.h"
#include "model/extent.h"

uint64_t pl_check_word_bits(const struct pl_target *target)
{
	return target->bits ? target->bits : 64;
}

bool pl_check_has(const struct pl_record *record, const char *path)
{
	for (size_t i = 0; i < record->n_fields; i++)
		if (pl_path_is_within(record->fields[i].path, path))
			return true;
	for (size_t i = 0; i < record->n_containers; i++)
		if (pl_path_is_within(record->containers[i].path, path))
			return true;
	return false;
}

static const struct pl_word *find(const struct pl_checker *checker, const char *name)
{
	for (size_t i = 0; i < checker->pack->n_words; i++)
		if (!strcmp(checker->pack->words[i].name, name))
			return &checker->pack->words[i];
	return NULL;
}

/* The path by which the host has the word called NAME, or NULL. */
static const char *find_path(const struct pl_checker *checker, const char *name,
			     struct pl_bit_range *ret)
{
	const struct pl_word *word = find(checker, name);

	*ret = (struct pl_bit_range){0};
	if (!word)
		return pl_record_extent(checker->host, name, &ret->offset, &ret->size) ? name
										       : NULL;
	for (size_t i = 0; i < word->n_fields; i++)
		if (pl_record_extent(checker->host, word->fields[i], &ret->offset, &ret->size))
			return word->fields[i];
	return NULL;
}

bool pl_check_word(const struct pl_checker *checker, const char *name, struct pl_bit_range *ret)
{
	struct pl_bit_range range;

	if (!find_path(checker, name, &range) || !range.size)
		return false;
	*ret = range;
	return true;
}

const struct pl_field *pl_check_word_field(const struct pl_checker *checker, const char *name)
{
	struct pl_bit_range range;
	const char *path = find_path(checker, name, &range);

	for (size_t i = 0; path && i < checker->host->n_fields; i++) {
		const struct pl_field *field = &checker->host->fields[i];

		if (field->size && field->type_class != PL_CLASS_PADDING &&
		    pl_path_is_within(field->path, path))
			return field;
	}
	return NULL;
}

const struct pl_field *pl_check_word_at(const struct pl_checker *checker,
					const struct pl_bit_range *range)
{
	const struct pl_field *field = NULL;

	for (size_t i = 0; !field && i < checker->pack->n_words; i++) {
		const char *name = checker->pack->words[i].name;
		struct pl_bit_range word;

		if (pl_check_word(checker, name, &word) && word.offset == range->offset &&
		    word.size == range->size)
			field = pl_check_word_field(checker, name);
	}
	return field;
}

bool pl_check_names_word(const struct pl_checker *checker, const char *name, const char *path)
{
	const struct pl_word *word = find(checker, name);

	if (!word)
		return pl_path_is_within(path, name);
	for (size_t i = 0; i < word->n_fields; i++)
		if (pl_path_is_within(path, word->fields[i]))
			return true;
	return false;
}
