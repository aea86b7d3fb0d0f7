/* SPDX-License-Identifier: MIT */
#include "read/usage/prefilter_internal.h"

#include <string.h>
#include <unistd.h>

#include "read/paths.h"
#include "read/usage/flag_item.h"
#include "read/usage/missing.h"
#include "read/usage/text_internal.h"
#include "support/file.h"
#include "support/hash.h"

/* The directories that a unit's flags name, in order. */
struct places {
	const struct pl_words *flags;
	uint64_t hash; /* of all of them */
};

static struct places places_of(const struct pl_code_unit *unit)
{
	struct places places = {&unit->flags, 0};

	for (size_t i = 0; i < unit->flags.n;) {
		struct pl_flag_item item = pl_flag_item_take(&unit->flags, &i);

		if (pl_flag_item_is_directory(item))
			places.hash = (places.hash ^ pl_hash_text(item.flag) * 7 ^
				       pl_hash_text(item.argument)) *
				      1099511628211u;
	}
	return places;
}

/*
 * The first name in PATH, parts of a field being reached through it: those with
 * parts also where macros are given them. What is called like a record is
 * everywhere.
 */
static struct pl_error *add_field(struct pl_prefilter *prefilter, const char *path)
{
	size_t length = pl_path_outermost(path);
	char *name = pl_arena_strndup(prefilter->arena, path, length);
	struct pl_idmap *maps[] = {&prefilter->words.fields, &prefilter->words.lists};
	bool in_parts = path[length] == '.';
	uint64_t hash;

	if (!name)
		return pl_error_no_memory();
	hash = pl_hash_text(name);
	for (size_t i = 0; i < prefilter->words.n_records; i++)
		if (!strcmp(prefilter->words.records[i], name))
			in_parts = false;
	for (size_t i = 0; i < (in_parts ? 2 : 1); i++)
		PL_TRY(pl_idmap_keep(maps[i], hash, name));
	return NULL;
}

static struct pl_error *set_words(struct pl_prefilter *prefilter, const struct pl_target *target)
{
	struct pl_arena *arena = prefilter->arena;
	const char **records = pl_arena_array(arena, target->n_records, sizeof(*records));

	if (!records)
		return pl_error_no_memory();
	pl_text_words_begin(&prefilter->words, arena);
	prefilter->words.records = records;
	prefilter->words.n_records = target->n_records;
	prefilter->files.arena = prefilter->resolved.arena = prefilter->nowhere.arena = arena;
	prefilter->harmless.arena = prefilter->several.arena = arena;
	prefilter->knowing.arena = prefilter->covered.arena = arena;
	prefilter->claims.arena = arena;
	for (size_t i = 0; i < target->n_records; i++)
		records[i] = target->records[i]->name;
	for (size_t i = 0; i < target->n_records; i++) {
		const struct pl_record *record = target->records[i];

		for (size_t j = 0; j < record->n_fields; j++)
			PL_TRY(add_field(prefilter, record->fields[j].path));
	}
	return NULL;
}

/* Functions that are given all of what is at an address; of a glob, the name that it begins with.
 */
static struct pl_error *add_whole(struct pl_prefilter *prefilter,
				  const struct pl_usage_rules *rules)
{
	for (size_t i = 0; i < rules->n_effects; i++) {
		const struct pl_effect *effect = &rules->effects[i];

		for (size_t j = 0; j < effect->n_callees && effect->whole; j++)
			PL_TRY(pl_text_put(&prefilter->words.whole,
					   pl_text_hash((const unsigned char *)effect->callees[j],
							strcspn(effect->callees[j], "*?["))));
	}
	return NULL;
}

/* The file at PATH, read when it is first asked for; what cannot be read has nothing in it. */
struct pl_error *pl_prefilter_open(struct pl_prefilter *prefilter, const char *path,
				   struct pl_prefilter_file **ret)
{
	PL_CLEANUP(pl_file_close) struct pl_file content = {0};
	struct pl_prefilter_file *file, **list;
	uint64_t hash = pl_hash_text(path);
	struct pl_error *error;

	*ret = pl_idmap_get(&prefilter->files, hash);
	if (*ret)
		return NULL;
	file = pl_arena_alloc(prefilter->arena, sizeof(*file));
	list = pl_arena_grow(prefilter->arena, prefilter->list, prefilter->n_list,
			     &prefilter->capacity, sizeof(*list));
	if (!file || !list)
		return pl_error_no_memory();
	prefilter->list = list;
	list[prefilter->n_list++] = file;
	file->path = pl_arena_strdup(prefilter->arena, path);
	if (!file->path)
		return pl_error_no_memory();
	error = pl_file_open(path, &content);
	if (!error)
		error = pl_text_facts(&prefilter->words, content.bytes, &prefilter->bodies,
				      &file->facts);
	if (error && error->kind == PL_ERROR_MEMORY)
		return error;
	file->unreadable = error;
	pl_error_free(error);
	PL_TRY(pl_words_add(prefilter->arena,
			    file->unreadable ? &prefilter->absent : &prefilter->read, file->path));
	*ret = file;
	return pl_idmap_put(&prefilter->files, hash, file);
}

/* What includes itself means the next one of its name. */
static bool try_path(const char *directory, const char *name, const struct pl_prefilter_file *from,
		     struct pl_strbuf *path)
{
	pl_strbuf_truncate(path, 0);
	pl_path_join(directory, name, path);
	return !access(path->text, R_OK) && strcmp(path->text, from->path) != 0;
}

static bool search(const struct pl_prefilter_file *from, const struct pl_text_include *include,
		   const struct places *places, struct pl_strbuf *path)
{
	/* In this order; those for quotes alone first, those that come after all others last. */
	static const char *const kinds[] = {"-iquote", "-I", "-isystem", "-idirafter"};
	PL_CLEANUP(pl_strbuf_release) struct pl_strbuf own = PL_STRBUF_INIT;

	pl_path_join(from->path, "..", &own);
	if (include->quoted && try_path(own.text, include->name, from, path))
		return true;
	for (size_t kind = include->quoted ? 0 : 1; kind < 4; kind++) {
		for (size_t i = 0; i < places->flags->n;) {
			struct pl_flag_item item = pl_flag_item_take(places->flags, &i);

			if (item.argument && !strcmp(item.flag, kinds[kind]) &&
			    try_path(item.argument, include->name, from, path))
				return true;
		}
	}
	return false;
}

/* The file that INCLUDE means in FROM, or NULL where there is none. */
static struct pl_error *resolve(struct pl_prefilter *prefilter,
				const struct pl_prefilter_file *from,
				const struct pl_text_include *include, const struct places *places,
				struct pl_prefilter_file **ret)
{
	PL_CLEANUP(pl_strbuf_release) struct pl_strbuf path = PL_STRBUF_INIT;
	uint64_t key = pl_hash_text(include->name) ^ (places->hash * 3);

	if (include->quoted)
		key ^= pl_hash_text(from->path) * 5;
	*ret = pl_idmap_get(&prefilter->resolved, key);
	if (*ret)
		return NULL;
	if (pl_idmap_get(&prefilter->nowhere, key))
		return NULL;
	if (!search(from, include, places, &path)) {
		const struct pl_missing missing = {include->name,
						   include->quoted ? from->path : NULL};

		PL_TRY(pl_idmap_put(&prefilter->nowhere, key, prefilter));
		return pl_missing_places(prefilter->arena, &missing, places->flags,
					 &prefilter->absent);
	}
	PL_TRY(pl_prefilter_open(prefilter, path.text, ret));
	return pl_idmap_put(&prefilter->resolved, key, *ret);
}

/* Finds what FILE includes, once: the places of the unit that comes first are good for all. */
static struct pl_error *follow(struct pl_prefilter *prefilter, struct pl_prefilter_file *file,
			       const struct pl_code_unit *unit)
{
	struct places places;

	if (file->includes)
		return NULL;
	places = places_of(unit);
	file->includes = pl_arena_array(prefilter->arena, file->facts.n_includes + 1,
					sizeof(*file->includes));
	if (!file->includes)
		return pl_error_no_memory();
	for (size_t i = 0; i < file->facts.n_includes; i++)
		PL_TRY(resolve(prefilter, file, &file->facts.includes[i], &places,
			       &file->includes[i]));
	return NULL;
}

struct pl_error *pl_prefilter_follow(struct pl_prefilter *prefilter, size_t first,
				     const struct pl_code_unit *unit)
{
	for (size_t i = first; i < prefilter->n_list; i++)
		PL_TRY(follow(prefilter, prefilter->list[i], unit));
	return NULL;
}

struct pl_prefilter_file *pl_prefilter_file(const struct pl_prefilter *prefilter, const char *path)
{
	return pl_idmap_get(&prefilter->files, pl_hash_text(path));
}

struct pl_prefilter_file *pl_prefilter_root(const struct pl_prefilter *prefilter,
					    const struct pl_code_unit *unit, size_t *index)
{
	struct pl_prefilter_file *file = NULL;

	if (!*index) {
		++*index;
		return pl_prefilter_file(prefilter, unit->file);
	}
	for (size_t i = *index - 1; i < unit->flags.n;) {
		struct pl_flag_item item = pl_flag_item_take(&unit->flags, &i);

		*index = i + 1;
		if (pl_flag_item_is_forced(item) || pl_flag_item_is_directory(item))
			file = pl_prefilter_file(prefilter, item.argument);
		if (file)
			return file;
	}
	return NULL;
}

static struct pl_error *read_unit(struct pl_prefilter *prefilter, const struct pl_code_unit *unit)
{
	size_t first = prefilter->n_list;
	struct pl_prefilter_file *file;

	prefilter->words.is_unit = true;
	PL_TRY(pl_prefilter_open(prefilter, unit->file, &file));
	prefilter->words.is_unit = false;
	file->is_unit = true;
	PL_TRY(follow(prefilter, file, unit));
	for (size_t i = 0; i < unit->flags.n;) {
		struct pl_flag_item item = pl_flag_item_take(&unit->flags, &i);

		if (pl_flag_item_is_forced(item))
			PL_TRY(pl_prefilter_open(prefilter, item.argument, &file));
	}
	/* Those that this unit is the first to bring in. */
	return pl_prefilter_follow(prefilter, first, unit);
}

struct pl_error *pl_prefilter_read(struct pl_prefilter *prefilter, const struct pl_target *target,
				   const struct pl_usage_rules *rules,
				   const struct pl_code_units *units, const size_t *which,
				   size_t count)
{
	PL_TRY(set_words(prefilter, target));
	PL_TRY(add_whole(prefilter, rules));
	for (size_t i = 0; i < count; i++)
		PL_TRY(read_unit(prefilter, &units->list[which[i]]));
	PL_TRY(pl_prefilter_offers(prefilter, units, which, count));
	return pl_text_reach(&prefilter->words, prefilter->bodies);
}
