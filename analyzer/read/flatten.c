/* SPDX-License-Identifier: MIT */
#include "read/flatten.h"

#include <string.h>

#include "support/text.h"

struct flattener {
	struct pl_arena *arena;
	struct pl_record *record;
	size_t fields_capacity, unions_capacity, containers_capacity;
	struct pl_strbuf path;
	size_t visited;
	int depth;
};

/* Where in the record the walk stands. */
struct position {
	uint64_t base; /* bits from the start of the record */
	uint64_t size; /* of the record around, which members may not leave */
	size_t container;
	const struct position *outer; /* the position before the last union, for the branches */
	struct pl_branch branch;      /* taken to get here; union_index PL_NONE if none was */
	size_t n_branches;
};

static struct pl_error *flatten_record(struct flattener *f, const struct pl_type *type,
				       const struct position *at);

static void flattener_release(struct flattener *f)
{
	pl_strbuf_release(&f->path);
}

static struct pl_error *spelled(struct pl_arena *arena, const struct pl_type *type,
				const char **ret)
{
	PL_CLEANUP(pl_strbuf_release) struct pl_strbuf text = PL_STRBUF_INIT;

	pl_type_spell(type, &text);
	*ret = pl_strbuf_failed(&text) ? NULL : pl_text_copy(arena, text.text);
	return *ret ? NULL : pl_error_no_memory();
}

static const char *path_of(const struct flattener *f)
{
	return f->path.length ? f->path.text : "(unnamed)";
}

static struct pl_error *copy_path(struct flattener *f, const char **ret)
{
	*ret = pl_strbuf_failed(&f->path) ? NULL : pl_text_copy(f->arena, f->path.text);
	return *ret ? NULL : pl_error_no_memory();
}

static struct pl_error *copy_place(struct pl_arena *arena, struct pl_place place,
				   struct pl_place *ret)
{
	ret->line = place.line;
	ret->file = pl_text_copy(arena, place.file);
	return place.file && !ret->file ? pl_error_no_memory() : NULL;
}

static struct pl_error *copy_branches(struct flattener *f, const struct position *at,
				      struct pl_field *field)
{
	field->n_branches = at->n_branches;
	field->branches = pl_arena_array(f->arena, at->n_branches, sizeof(*field->branches));
	if (!field->branches)
		return pl_error_no_memory();
	for (size_t i = at->n_branches; at; at = at->outer)
		if (at->branch.union_index != PL_NONE)
			field->branches[--i] = at->branch;
	return NULL;
}

static enum pl_type_class class_of(const struct pl_type *type)
{
	const struct pl_type *plain = pl_type_strip(type);

	switch (plain ? plain->kind : PL_TYPE_VOID) {
	case PL_TYPE_POINTER:
		return PL_CLASS_POINTER;
	case PL_TYPE_ENUM:
		return PL_CLASS_ENUM;
	case PL_TYPE_FLOAT:
		return PL_CLASS_FLOAT;
	case PL_TYPE_ARRAY:
		return PL_CLASS_ARRAY;
	case PL_TYPE_STRUCT:
	case PL_TYPE_UNION:
		return PL_CLASS_RECORD;
	default:
		return PL_CLASS_INTEGER;
	}
}

static struct pl_error *add_leaf(struct flattener *f, const struct pl_type_member *member,
				 const struct pl_type *type, const struct position *at,
				 uint64_t size)
{
	struct pl_record *record = f->record;
	struct pl_field *fields = pl_arena_grow(f->arena, record->fields, record->n_fields,
						&f->fields_capacity, sizeof(*fields));
	struct pl_field *field;

	if (!fields)
		return pl_error_no_memory();
	record->fields = fields;
	field = &fields[record->n_fields];
	field->offset = at->base;
	field->size = size;
	field->bit_field = member->bit_field;
	field->container = at->container;
	field->own_class = class_of(type);
	field->type_class = field->own_class;
	PL_TRY(copy_path(f, &field->path));
	PL_TRY(spelled(f->arena, type, &field->type));
	PL_TRY(copy_branches(f, at, field));
	PL_TRY(copy_place(f->arena, member->place, &field->place));
	record->n_fields++;
	return NULL;
}

static struct pl_error *add_container(struct flattener *f, const struct pl_type_member *member,
				      const struct pl_type *type, struct position *at,
				      uint64_t size)
{
	struct pl_record *record = f->record;
	struct pl_container *containers =
		pl_arena_grow(f->arena, record->containers, record->n_containers,
			      &f->containers_capacity, sizeof(*containers));
	struct pl_container *container;

	if (!containers)
		return pl_error_no_memory();
	record->containers = containers;
	container = &containers[record->n_containers];
	container->offset = at->base;
	container->size = size;
	container->parent = at->container;
	container->type_class = PL_CLASS_RECORD;
	PL_TRY(copy_path(f, &container->path));
	PL_TRY(spelled(f->arena, type, &container->type));
	PL_TRY(copy_place(f->arena, member->place, &container->place));
	at->container = record->n_containers++;
	return NULL;
}

static struct pl_error *add_union(struct flattener *f, const struct pl_type *type,
				  const struct position *at, size_t *ret)
{
	struct pl_record *record = f->record;
	struct pl_union *unions = pl_arena_grow(f->arena, record->unions, record->n_unions,
						&f->unions_capacity, sizeof(*unions));
	const struct position *taken = at;

	if (!unions)
		return pl_error_no_memory();
	while (taken->branch.union_index == PL_NONE && taken->outer)
		taken = taken->outer;
	record->unions = unions;
	unions[record->n_unions] = (struct pl_union){
		.offset = at->base,
		.size = type->size,
		.container = at->container,
		.alternatives = type->n_members,
		.parent = taken->branch.union_index == PL_NONE ? (struct pl_branch){PL_NONE, 0}
							       : taken->branch,
	};
	PL_TRY(copy_path(f, &unions[record->n_unions].path));
	*ret = record->n_unions++;
	return NULL;
}

/* The member of TYPE at AT, whose path is in f->path already. */
static struct pl_error *flatten_value(struct flattener *f, const struct pl_type_member *member,
				      const struct pl_type *type, const struct position *at,
				      bool named);

static struct pl_error *flatten_elements(struct flattener *f, const struct pl_type_member *member,
					 const struct pl_type *array, const struct position *at)
{
	size_t length = f->path.length;
	uint64_t size;

	PL_TRY(pl_type_size(array->to, &size));
	for (uint64_t i = 0; i < array->count; i++) {
		struct position element = *at;

		element.base += i * size;
		pl_strbuf_printf(&f->path, "[%ju]", (uintmax_t)i);
		PL_TRY(flatten_value(f, member, array->to, &element, true));
		pl_strbuf_truncate(&f->path, length);
	}
	return NULL;
}

static bool expands(const struct pl_type *type)
{
	uint64_t count = 1;

	for (int depth = 0; type && type->kind == PL_TYPE_ARRAY && depth < PL_TYPE_DEPTH; depth++) {
		if (__builtin_mul_overflow(count, type->count, &count))
			return false;
		type = pl_type_strip(type->to);
	}
	return type && (type->kind == PL_TYPE_STRUCT || type->kind == PL_TYPE_UNION) && count > 0 &&
	       count <= PL_EXPANDED_ELEMENTS;
}

static struct pl_error *flatten_value(struct flattener *f, const struct pl_type_member *member,
				      const struct pl_type *type, const struct position *at,
				      bool named)
{
	const struct pl_type *plain = pl_type_strip(type);
	struct position inside = *at;
	uint64_t size;

	if (member->bit_field)
		return add_leaf(f, member, type, at, member->size);
	PL_TRY(pl_type_size(type, &size));
	if (!expands(plain))
		return add_leaf(f, member, type, at, size);
	if (plain->kind == PL_TYPE_ARRAY)
		return flatten_elements(f, member, plain, at);
	if (plain->complete && !plain->n_members)
		return named ? add_leaf(f, member, type, at, size) : NULL;
	inside.size = size;
	if (named)
		PL_TRY(add_container(f, member, type, &inside, size));
	return flatten_record(f, plain, &inside);
}

/* The size in bits of MEMBER, whose path is in f->path already. */
static struct pl_error *size_of(const struct flattener *f, const struct pl_type_member *member,
				uint64_t *ret)
{
	struct pl_error *error;

	*ret = member->size;
	error = member->bit_field ? NULL : pl_type_size(member->type, ret);
	return error ? pl_error_prefix(error, "member %s", path_of(f)) : NULL;
}

static struct pl_error *check_bounds(struct flattener *f, const struct pl_type_member *member,
				     const struct position *around)
{
	uint64_t size, end;

	if (++f->visited > PL_FLATTEN_MEMBERS)
		return pl_error_new(PL_ERROR_UNREADABLE, "more than %d members",
				    PL_FLATTEN_MEMBERS);
	PL_TRY(size_of(f, member, &size));
	if (__builtin_add_overflow(member->offset, size, &end) || end > around->size)
		return pl_error_new(PL_ERROR_UNREADABLE,
				    "member %s lies outside of the record around it", path_of(f));
	return NULL;
}

static struct pl_error *flatten_member(struct flattener *f, const struct pl_type_member *member,
				       const struct position *around)
{
	bool named = member->name && *member->name;
	const struct pl_type *plain = pl_type_strip(member->type);
	struct position at = *around;
	size_t length = f->path.length;

	if (named && length)
		pl_strbuf_add_char(&f->path, '.');
	if (named)
		pl_strbuf_add(&f->path, member->name);
	PL_TRY(check_bounds(f, member, around));
	at.base += member->offset;
	if (named || (plain && (plain->kind == PL_TYPE_STRUCT || plain->kind == PL_TYPE_UNION)))
		PL_TRY(flatten_value(f, member, member->type, &at, named));
	pl_strbuf_truncate(&f->path, length);
	return NULL;
}

static struct pl_error *flatten_record(struct flattener *f, const struct pl_type *type,
				       const struct position *at)
{
	struct position inside = *at;

	if (++f->depth > PL_TYPE_DEPTH)
		return pl_error_new(PL_ERROR_UNREADABLE, "records nest deeper than %d",
				    PL_TYPE_DEPTH);
	if (!type->complete)
		return pl_error_new(PL_ERROR_UNREADABLE, "the record is not defined");
	inside.branch.union_index = PL_NONE;
	inside.outer = at;
	if (type->kind == PL_TYPE_UNION) {
		PL_TRY(add_union(f, type, at, &inside.branch.union_index));
		inside.n_branches++;
	}
	for (size_t i = 0; i < type->n_members; i++) {
		inside.branch.alternative = i;
		PL_TRY(flatten_member(f, &type->members[i], &inside));
	}
	f->depth--;
	return NULL;
}

struct pl_error *pl_flatten(struct pl_arena *arena, const char *name, const struct pl_type *type,
			    struct pl_record **ret)
{
	PL_CLEANUP(flattener_release)
	struct flattener f = {
		.arena = arena,
		.record = pl_arena_alloc(arena, sizeof(*f.record)),
		.path = PL_STRBUF_INIT,
	};
	struct position start = {
		.size = type->size,
		.container = PL_NONE,
		.branch = {PL_NONE, 0},
	};
	struct pl_error *error;

	if (!f.record)
		return pl_error_no_memory();
	f.record->name = pl_text_copy(arena, name);
	if (!f.record->name)
		return pl_error_no_memory();
	f.record->is_union = type->kind == PL_TYPE_UNION;
	f.record->size = type->size;
	f.record->align = type->align;
	PL_TRY(copy_place(arena, type->place, &f.record->place));
	error = flatten_record(&f, type, &start);
	if (error)
		return pl_error_prefix(error, "%s %s", f.record->is_union ? "union" : "struct",
				       name);
	*ret = f.record;
	return NULL;
}
