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

bool pl_check_word(const struct pl_checker *checker, const char *name, struct pl_bit_range *ret)
{
	const struct pl_word *word = find(checker, name);
	struct pl_bit_range range = {0};

	if (!word && !pl_record_extent(checker->host, name, &range.offset, &range.size))
		return false;
	for (size_t i = 0; word && i < word->n_fields; i++)
		if (pl_record_extent(checker->host, word->fields[i], &range.offset, &range.size))
			break;
	if (!range.size)
		return false;
	*ret = range;
	return true;
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
