/* SPDX-License-Identifier: MIT */
/*
 * Headers in directories that only some units look in: a name that a header
 * includes may mean another file for them than for the unit that came first.
 */
#include <dirent.h>
#include <string.h>
#include <unistd.h>

#include "read/paths.h"
#include "read/usage/flag_item.h"
#include "read/usage/prefilter_internal.h"
#include "read/usage/text_internal.h"
#include "support/hash.h"

/* Names that are included in angle brackets, each once. */
struct asked {
	struct pl_words names;
	struct pl_idmap known;
};

static struct pl_error *find_asked(struct pl_prefilter *prefilter, struct asked *asked)
{
	for (size_t i = 0; i < prefilter->n_list; i++) {
		const struct pl_text_facts *facts = &prefilter->list[i]->facts;

		for (size_t j = 0; j < facts->n_includes; j++) {
			uint64_t hash = pl_hash_text(facts->includes[j].name);

			if (facts->includes[j].quoted || pl_idmap_get(&asked->known, hash))
				continue;
			PL_TRY(pl_text_put(&asked->known, hash));
			PL_TRY(pl_words_add(prefilter->arena, &asked->names,
					    facts->includes[j].name));
		}
	}
	return NULL;
}

/* The names of what is in the directory at PATH, as hashes. */
static struct pl_error *list_entries(const char *path, struct pl_idmap *ret)
{
	DIR *stream = opendir(path);
	const struct dirent *entry;
	struct pl_error *error = NULL;

	while (stream && !error && (entry = readdir(stream)))
		error = pl_text_put(ret, pl_hash_text(entry->d_name));
	if (stream)
		closedir(stream);
	return error;
}

/* The file that DIRECTORY has for NAME becomes one of its own. */
static struct pl_error *offer(struct pl_prefilter *prefilter, struct pl_prefilter_file *directory,
			      const char *name, const struct pl_code_unit *unit)
{
	PL_CLEANUP(pl_strbuf_release) struct pl_strbuf path = PL_STRBUF_INIT;
	size_t first = prefilter->n_list, capacity = directory->facts.capacity;
	struct pl_prefilter_file **list, *file;

	pl_path_join(directory->path, name, &path);
	if (pl_strbuf_failed(&path))
		return pl_error_no_memory();
	if (access(path.text, R_OK))
		return NULL;
	PL_TRY(pl_prefilter_open(prefilter, path.text, &file));
	PL_TRY(pl_prefilter_follow(prefilter, first, unit));
	list = pl_arena_grow(prefilter->arena, directory->includes, directory->facts.n_includes,
			     &capacity, sizeof(*list));
	if (!list)
		return pl_error_no_memory();
	directory->facts.capacity = capacity;
	directory->includes = list;
	list[directory->facts.n_includes++] = file;
	return NULL;
}

/* Reads what the directory at PATH has of what is ASKED for, once, the first time for UNIT. */
static struct pl_error *look_in(struct pl_prefilter *prefilter, const struct asked *asked,
				const char *path, const struct pl_code_unit *unit)
{
	PL_CLEANUP(pl_arena_cleanup) struct pl_arena *arena = pl_arena_new();
	struct pl_idmap entries = {.arena = arena};
	struct pl_prefilter_file *directory;

	if (!arena)
		return pl_error_no_memory();
	if (pl_prefilter_file(prefilter, path))
		return NULL;
	directory = pl_arena_alloc(prefilter->arena, sizeof(*directory));
	if (!directory)
		return pl_error_no_memory();
	directory->path = path;
	directory->is_directory = true;
	PL_TRY(pl_idmap_put(&prefilter->files, pl_hash_text(path), directory));
	PL_TRY(list_entries(path, &entries));
	for (size_t i = 0; i < asked->names.n; i++) {
		const char *name = asked->names.items[i];

		if (pl_idmap_get(&entries,
				 pl_text_hash((const unsigned char *)name, strcspn(name, "/"))))
			PL_TRY(offer(prefilter, directory, name, unit));
	}
	return NULL;
}

/* How many units look in each directory. */
static struct pl_error *count_units(const struct pl_code_units *units, const size_t *which,
				    size_t count, struct pl_idmap *ret)
{
	for (size_t i = 0; i < count; i++) {
		const struct pl_words *flags = &units->list[which[i]].flags;

		for (size_t j = 0; j < flags->n;) {
			struct pl_flag_item item = pl_flag_item_take(flags, &j);
			size_t *its;

			if (!pl_flag_item_is_directory(item))
				continue;
			its = pl_idmap_make(ret, pl_hash_text(item.argument), sizeof(*its));
			if (!its)
				return pl_error_no_memory();
			++*its;
		}
	}
	return NULL;
}

struct pl_error *pl_prefilter_offers(struct pl_prefilter *prefilter,
				     const struct pl_code_units *units, const size_t *which,
				     size_t count)
{
	struct pl_idmap users = {.arena = prefilter->arena};
	struct asked asked = {.known = {.arena = prefilter->arena}};

	PL_TRY(find_asked(prefilter, &asked));
	PL_TRY(count_units(units, which, count, &users));
	for (size_t i = 0; i < count; i++) {
		const struct pl_code_unit *unit = &units->list[which[i]];

		for (size_t j = 0; j < unit->flags.n;) {
			struct pl_flag_item item = pl_flag_item_take(&unit->flags, &j);

			if (pl_flag_item_is_directory(item) &&
			    *(size_t *)pl_idmap_get(&users, pl_hash_text(item.argument)) < count)
				PL_TRY(look_in(prefilter, &asked, item.argument, unit));
		}
	}
	return NULL;
}
