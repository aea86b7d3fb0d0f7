/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "diff/diff_internal.h"

/* Members of two records, or of two records in these. */
struct lists {
	struct pl_diff_record *old_record, *new_record;
	struct pl_unit *old, *new;
	size_t n_old, n_new;
	uint64_t old_base, new_base; /* movement counts from here */
};

static struct pl_error *compare(struct pl_differ *d, const struct lists *lists);

static struct pl_error *tell(struct pl_differ *d, const struct lists *lists,
			     enum pl_change_kind kind, const struct pl_unit *old,
			     const struct pl_unit *new)
{
	struct pl_change change = {.kind = kind, .record = lists->new_record->record->name};

	if (old)
		change.old = pl_diff_side(lists->old_record, old);
	if (new)
		change.new = pl_diff_side(lists->new_record, new);
	return pl_diff_add(d, &change);
}

/* Whether both begin at the same bit of the same host position, as seen from where they are in. */
static bool same_start(const struct lists *lists, const struct pl_unit *old,
		       const struct pl_unit *new)
{
	struct pl_bit_range from =
		pl_diff_range(lists->old_record, old->offset - lists->old_base, old->size);
	struct pl_bit_range to =
		pl_diff_range(lists->new_record, new->offset - lists->new_base, new->size);

	return from.page == to.page && from.offset == to.offset;
}

/* ".next" of "lru.next" in "lru". */
static const char *path_within(const struct pl_unit *unit, const struct pl_field *field)
{
	return field->path + strlen(unit->path);
}

/* Whether what is in a record is what it was; as to where, from the start of the record. */
static bool same_leaves(const struct pl_unit *old, const struct pl_unit *new)
{
	if (old->n_fields != new->n_fields)
		return false;
	for (size_t i = 0; i < old->n_fields; i++) {
		const struct pl_field *left = old->fields[i], *right = new->fields[i];

		if (strcmp(path_within(old, left), path_within(new, right)) ||
		    left->size != right->size ||
		    left->offset - old->offset != right->offset - new->offset ||
		    !pl_diff_same_type(left->type, right->type))
			return false;
	}
	return true;
}

/* A record of the same type that holds something else. */
static struct pl_error *compare_within(struct pl_differ *d, const struct lists *lists,
				       const struct pl_unit *old, const struct pl_unit *new)
{
	struct lists inner = *lists;

	if (old->fields[0]->container == PL_NONE || new->fields[0]->container == PL_NONE ||
	    (old->n_fields == 1 && !strcmp(old->fields[0]->path, old->path)) ||
	    same_leaves(old, new))
		return NULL;
	PL_TRY(pl_diff_leaves(d->diff->arena, old, &inner.old));
	PL_TRY(pl_diff_leaves(d->diff->arena, new, &inner.new));
	inner.n_old = old->n_fields;
	inner.n_new = new->n_fields;
	inner.old_base = old->offset;
	inner.new_base = new->offset;
	return compare(d, &inner);
}

static struct pl_error *compare_pair(struct pl_differ *d, const struct lists *lists,
				     const struct pl_unit *old, const struct pl_unit *new)
{
	if (!same_start(lists, old, new))
		PL_TRY(tell(d, lists, PL_CHANGE_MOVED, old, new));
	if (old->size != new->size)
		PL_TRY(tell(d, lists, PL_CHANGE_RESIZED, old, new));
	if (!pl_diff_same_type(old->type, new->type))
		return tell(d, lists, PL_CHANGE_RETYPED, old, new);
	return compare_within(d, lists, old, new);
}

/* How sure it is that OLD is called NEW now; 0: not at all. */
static size_t likeness(const struct lists *lists, const struct pl_unit *old,
		       const struct pl_unit *new)
{
	bool same_type = pl_diff_same_type(old->type, new->type);
	bool alone = !old->in_union && !new->in_union;
	size_t common;

	if (new->matched || !old->size || old->size != new->size || old->padding != new->padding ||
	    !same_start(lists, old, new))
		return 0;
	common = pl_diff_common_words(old->path, new->path, lists->new_record->record->name);
	if (common)
		return 2 * common + same_type;
	return same_type && alone;
}

static struct pl_error *note_rename(struct pl_differ *d, const char *record, const char *old,
				    const char *new)
{
	struct pl_rename *renames = pl_arena_grow(d->diff->arena, d->renames, d->n_renames,
						  &d->renames_capacity, sizeof(*renames));

	if (!renames)
		return pl_error_no_memory();
	d->renames = renames;
	renames[d->n_renames++] = (struct pl_rename){record, old, new};
	return NULL;
}

static struct pl_error *find_rename(struct pl_differ *d, const struct lists *lists,
				    struct pl_unit *old)
{
	struct pl_unit *best = NULL;
	size_t most = 0;

	for (size_t i = 0; i < lists->n_new; i++) {
		size_t likely = likeness(lists, old, &lists->new[i]);

		if (likely > most) {
			most = likely;
			best = &lists->new[i];
		}
	}
	if (!best)
		return NULL;
	old->matched = best->matched = true;
	PL_TRY(tell(d, lists, PL_CHANGE_RENAMED, old, best));
	PL_TRY(note_rename(d, lists->new_record->record->name, old->path, best->path));
	return compare_pair(d, lists, old, best);
}

/* Most stand where they stood, so that is looked at first. */
static struct pl_error *find_same(struct pl_differ *d, const struct lists *lists, size_t index)
{
	struct pl_unit *old = &lists->old[index];

	for (size_t i = 0; i < lists->n_new; i++) {
		struct pl_unit *new = &lists->new[(index + i) % lists->n_new];

		if (new->matched || strcmp(old->path, new->path))
			continue;
		old->matched = new->matched = true;
		return compare_pair(d, lists, old, new);
	}
	return NULL;
}

static struct pl_error *compare(struct pl_differ *d, const struct lists *lists)
{
	for (size_t i = 0; i < lists->n_old; i++)
		PL_TRY(find_same(d, lists, i));
	for (size_t i = 0; i < lists->n_old; i++)
		if (!lists->old[i].matched)
			PL_TRY(find_rename(d, lists, &lists->old[i]));
	for (size_t i = 0; i < lists->n_old; i++)
		if (!lists->old[i].matched)
			PL_TRY(tell(d, lists, PL_CHANGE_MEMBER_GONE, &lists->old[i], NULL));
	for (size_t i = 0; i < lists->n_new; i++)
		if (!lists->new[i].matched)
			PL_TRY(tell(d, lists, PL_CHANGE_MEMBER_NEW, NULL, &lists->new[i]));
	return NULL;
}

struct pl_error *pl_diff_members(struct pl_differ *d, struct pl_diff_record *old,
				 struct pl_diff_record *new)
{
	const struct lists lists = {old,	  new,		old->units, new->units,
				    old->n_units, new->n_units, 0,	    0};

	return compare(d, &lists);
}
