/* SPDX-License-Identifier: MIT */
/* The macros that units define themselves, and which of them headers speak of. */
#include <string.h>

#include "read/usage/flag_item.h"
#include "read/usage/prefilter_internal.h"
#include "read/usage/text_internal.h"
#include "support/file.h"
#include "support/hash.h"

/* How many files that a C file includes by a name in quotes, one in the other, are its own. */
enum { DEPTH = 8 };

/* What one unit defines, and where it matters. */
struct own {
	struct pl_prefilter *prefilter;
	struct pl_arena *arena;
	struct pl_idmap names;	/* to the file that defines it */
	struct pl_idmap flags;	/* names that flags define */
	struct pl_idmap spoken; /* of those: the ones that a header speaks of */
	size_t visit, owner;	/* the walks over all files, and over those that are its own */
};

static size_t name_length(const char *definition)
{
	return strcspn(definition, "=(");
}

/* The names that FILE defines before something else is included, MORE: also after it. */
static struct pl_error *take_defines(struct own *own, struct pl_prefilter_file *file, bool more,
				     unsigned depth)
{
	const struct pl_text_facts *facts = &file->facts;
	size_t count = more ? facts->defines.n : facts->n_early;

	if (file->owner == own->owner)
		return NULL;
	file->owner = own->owner;
	for (size_t i = 0; i < count; i++)
		if (!pl_idmap_get(&own->prefilter->harmless, facts->defines.list[i]))
			PL_TRY(pl_idmap_keep(&own->names, facts->defines.list[i], file));
	for (size_t i = 0; i < facts->n_includes && depth; i++)
		if (facts->includes[i].quoted && file->includes && file->includes[i])
			PL_TRY(take_defines(own, file->includes[i],
					    more || i + 1 < facts->n_includes, depth - 1));
	return NULL;
}

static struct pl_error *take_flags(struct own *own, const struct pl_words *flags)
{
	for (size_t i = 0; i < flags->n;) {
		struct pl_flag_item item = pl_flag_item_take(flags, &i);
		uint64_t name;

		if (!pl_flag_item_is_macro(item))
			continue;
		name = pl_text_hash((const unsigned char *)item.argument,
				    name_length(item.argument));
		if (!pl_idmap_get(&own->prefilter->harmless, name))
			PL_TRY(pl_idmap_keep(&own->flags, name, own));
	}
	return NULL;
}

static struct pl_error *own_of(struct pl_prefilter *prefilter, const struct pl_code_unit *unit,
			       struct pl_arena *arena, struct own *own)
{
	struct pl_prefilter_file *file = pl_prefilter_file(prefilter, unit->file);

	*own = (struct own){.prefilter = prefilter,
			    .arena = arena,
			    .names = {.arena = arena},
			    .flags = {.arena = arena},
			    .spoken = {.arena = arena},
			    .owner = ++prefilter->visits};
	PL_TRY(take_defines(own, file, false, DEPTH));
	return take_flags(own, &unit->flags);
}

/* Names, each to what defines it; where that is more than one place, it is one of several. */
static struct pl_error *add_all(const struct pl_idmap *from, void *definer, struct pl_idmap *to,
				struct pl_idmap *several)
{
	for (size_t i = 0; i < from->capacity; i++) {
		const struct pl_idmap_slot *slot = &from->slots[i];
		void *its = definer ? definer : slot->value;
		const void *known = pl_idmap_get(to, slot->id);

		if (!slot->value || known == its)
			continue;
		PL_TRY(known ? pl_text_put(several, slot->id) : pl_idmap_put(to, slot->id, its));
	}
	return NULL;
}

/* Names that any unit defines. */
static struct pl_error *find_names(struct pl_prefilter *prefilter,
				   const struct pl_code_units *units, const size_t *which,
				   size_t count, struct pl_idmap *ret)
{
	for (size_t i = 0; i < count; i++) {
		PL_CLEANUP(pl_arena_cleanup) struct pl_arena *arena = pl_arena_new();
		struct own own;

		if (!arena)
			return pl_error_no_memory();
		PL_TRY(own_of(prefilter, &units->list[which[i]], arena, &own));
		PL_TRY(add_all(&own.names, NULL, ret, &prefilter->several));
		PL_TRY(add_all(&own.flags, prefilter, ret, &prefilter->several));
	}
	return NULL;
}

static struct pl_error *find_mentions(struct pl_prefilter *prefilter, const struct pl_idmap *names)
{
	for (size_t i = 0; i < prefilter->n_list; i++) {
		PL_CLEANUP(pl_file_close) struct pl_file content = {0};
		struct pl_prefilter_file *file = prefilter->list[i];
		struct pl_error *error;

		if (file->is_unit || file->unreadable)
			continue;
		file->mentions.arena = file->tested.arena = prefilter->arena;
		for (size_t j = 0; j < file->facts.tests.n; j++)
			if (pl_idmap_get(names, file->facts.tests.list[j]))
				PL_TRY(pl_text_put(&file->tested, file->facts.tests.list[j]));
		error = pl_file_open(file->path, &content);
		if (!error)
			error = pl_text_mentions(content.bytes, names, &file->mentions);
		if (error && error->kind == PL_ERROR_MEMORY)
			return error;
		pl_error_free(error);
	}
	return NULL;
}

static bool leads_to(struct pl_prefilter_file *from, const struct pl_prefilter_file *to,
		     size_t visit)
{
	from->search = visit;
	for (size_t i = 0; i < from->facts.n_includes && from->includes; i++) {
		struct pl_prefilter_file *file = from->includes[i];

		if (file && (file == to || (file->search != visit && leads_to(file, to, visit))))
			return true;
	}
	return false;
}

/* Whether HEADER is sure to see what FILE defines: it is that file, or includes it. */
static struct pl_error *knows(struct own *own, struct pl_prefilter_file *header,
			      struct pl_prefilter_file *file, bool *ret)
{
	struct pl_idmap *known = &own->prefilter->knowing;
	uint64_t key = pl_hash_text(header->path) * 5 ^ pl_hash_text(file->path);
	const void *answer = pl_idmap_get(known, key);

	if (answer) {
		*ret = answer == header;
		return NULL;
	}
	*ret = header == file || leads_to(header, file, ++own->prefilter->searches);
	return pl_idmap_put(known, key, *ret ? (void *)header : (void *)own->prefilter);
}

static struct pl_error *add_doubted(struct pl_prefilter *prefilter, struct pl_unit_setting *setting,
				    struct pl_prefilter_file *header)
{
	struct pl_prefilter_file **list =
		pl_arena_grow(prefilter->arena, setting->doubted, setting->n_doubted,
			      &setting->capacity, sizeof(*list));

	if (!list)
		return pl_error_no_memory();
	setting->doubted = list;
	list[setting->n_doubted++] = header;
	return NULL;
}

/*
 * Whether HEADER may be another one for NAME, which FILE defines. What a C file
 * defines, it may define otherwise than the next one. A header of its own is
 * the same for all that have it: there it matters whether they do, and headers
 * of a kind are included together.
 */
static struct pl_error *is_in_doubt(struct own *own, struct pl_prefilter_file *header,
				    uint64_t name, struct pl_prefilter_file *file, bool *ret)
{
	bool is_known;

	*ret = file && file->is_unit;
	if (!file || file->is_unit || header->owner == own->owner ||
	    !(pl_idmap_get(&header->tested, name) || pl_idmap_get(&own->prefilter->several, name)))
		return NULL;
	PL_TRY(knows(own, header, file, &is_known));
	*ret = !is_known;
	return NULL;
}

/* What HEADER, of the unit, says of its names. */
static struct pl_error *ask_header(struct own *own, struct pl_prefilter_file *header,
				   struct pl_unit_setting *setting)
{
	bool in_doubt = false;

	for (size_t i = 0; i < header->mentions.capacity; i++) {
		const struct pl_idmap_slot *slot = &header->mentions.slots[i];
		bool its = false;

		if (!slot->value)
			continue;
		if (pl_idmap_get(&own->flags, slot->id))
			PL_TRY(pl_text_put(&own->spoken, slot->id));
		PL_TRY(is_in_doubt(own, header, slot->id, pl_idmap_get(&own->names, slot->id),
				   &its));
		in_doubt = in_doubt || its;
	}
	return in_doubt ? add_doubted(own->prefilter, setting, header) : NULL;
}

static struct pl_error *ask_headers(struct own *own, struct pl_prefilter_file *file,
				    struct pl_unit_setting *setting)
{
	file->visit = own->visit;
	if (!file->is_unit)
		PL_TRY(ask_header(own, file, setting));
	for (size_t i = 0; i < file->facts.n_includes && file->includes; i++)
		if (file->includes[i] && file->includes[i]->visit != own->visit)
			PL_TRY(ask_headers(own, file->includes[i], setting));
	return NULL;
}

/* All flags but directories, and macros that no header of the unit speaks of. */
static uint64_t environment_of(const struct own *own, const struct pl_words *flags)
{
	uint64_t hash = pl_hash_text("");

	for (size_t i = 0; i < flags->n;) {
		struct pl_flag_item item = pl_flag_item_take(flags, &i);

		if (pl_flag_item_is_directory(item) ||
		    (pl_flag_item_is_macro(item) &&
		     !pl_idmap_get(&own->spoken, pl_text_hash((const unsigned char *)item.argument,
							      name_length(item.argument)))))
			continue;
		hash = (hash * 31 ^ pl_hash_text(item.flag)) * 31;
		hash ^= item.argument ? pl_hash_text(item.argument) : 0;
	}
	return hash ? hash : 1;
}

static bool defines(const struct pl_prefilter_file *file, uint64_t name)
{
	for (size_t i = 0; i < file->facts.defines.n; i++)
		if (file->facts.defines.list[i] == name)
			return true;
	return false;
}

/* Whether the unit, a flag, a header of its own or one that the flags include defines NAME. */
static bool speaks_of(const struct own *own, const struct pl_code_unit *unit, const char *name)
{
	uint64_t hash = pl_hash_text(name);

	if (pl_idmap_get(&own->names, hash) || pl_idmap_get(&own->flags, hash))
		return true;
	for (size_t i = 0; i < unit->flags.n;) {
		struct pl_flag_item item = pl_flag_item_take(&unit->flags, &i);

		if (pl_flag_item_is_forced(item) &&
		    defines(pl_prefilter_file(own->prefilter, item.argument), hash))
			return true;
	}
	return false;
}

static uint64_t shortcuts_of(const struct own *own, const struct pl_code_unit *unit,
			     const struct pl_usage_rules *rules)
{
	uint64_t speaks = 0;

	for (size_t i = 0; i < rules->n_shortcuts && i < 64; i++)
		if (rules->shortcuts[i].unless && speaks_of(own, unit, rules->shortcuts[i].unless))
			speaks |= (uint64_t)1 << i;
	return speaks;
}

static struct pl_error *find_setting(struct pl_prefilter *prefilter,
				     const struct pl_usage_rules *rules,
				     const struct pl_code_unit *unit,
				     struct pl_unit_setting *setting)
{
	PL_CLEANUP(pl_arena_cleanup) struct pl_arena *arena = pl_arena_new();
	struct pl_prefilter_file *file;
	struct own own;

	if (!arena)
		return pl_error_no_memory();
	PL_TRY(own_of(prefilter, unit, arena, &own));
	setting->speaks = shortcuts_of(&own, unit, rules);
	own.visit = ++prefilter->visits;
	for (size_t i = 0; (file = pl_prefilter_root(prefilter, unit, &i));)
		PL_TRY(ask_headers(&own, file, setting));
	if (!setting->n_doubted)
		setting->environment = environment_of(&own, &unit->flags);
	return NULL;
}

struct pl_error *pl_prefilter_settings(struct pl_prefilter *prefilter,
				       const struct pl_usage_rules *rules,
				       const struct pl_code_units *units, const size_t *which,
				       size_t count, struct pl_unit_setting *ret)
{
	struct pl_idmap names = {.arena = prefilter->arena};

	for (size_t i = 0; i < rules->n_harmless; i++)
		PL_TRY(pl_text_put(&prefilter->harmless, pl_hash_text(rules->harmless[i])));
	PL_TRY(find_names(prefilter, units, which, count, &names));
	PL_TRY(find_mentions(prefilter, &names));
	for (size_t i = 0; i < count; i++)
		PL_TRY(find_setting(prefilter, rules, &units->list[which[i]], &ret[which[i]]));
	return NULL;
}
