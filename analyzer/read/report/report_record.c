/* SPDX-License-Identifier: MIT */
#include "read/report/report_record.h"

#include "read/report/report_value.h"

/* Keeps sums of offsets and sizes far from overflowing. */
#define MAX_BITS ((uint64_t)1 << 48)

/* As many as a reader would make: see PL_FLATTEN_MEMBERS. */
enum { MAX_ENTRIES = 16384, MAX_ALTERNATIVES = 16384 };

struct record_reader {
	struct pl_arena *arena;
	struct pl_record *record;
	size_t alternatives; /* of all unions so far: each is a member that a reader visited */
};

static struct pl_error *read_range(struct record_reader *r, json_t *object, uint64_t *offset,
				   uint64_t *size)
{
	PL_TRY(pl_value_number(object, "offset_bits", MAX_BITS, offset));
	PL_TRY(pl_value_number(object, "size_bits", MAX_BITS, size));
	if (*offset + *size > r->record->size)
		return pl_error_new(PL_ERROR_UNREADABLE, "lies outside of the record");
	return NULL;
}

static struct pl_error *read_container(struct record_reader *r, json_t *object)
{
	struct pl_record *record = r->record;
	struct pl_container *container = &record->containers[record->n_containers];

	PL_TRY(pl_value_text(object, "path", r->arena, &container->path));
	PL_TRY(pl_value_text(object, "type", r->arena, &container->type));
	PL_TRY(pl_value_class(object, "type_class", &container->type_class));
	PL_TRY(read_range(r, object, &container->offset, &container->size));
	PL_TRY(pl_value_index(object, "parent", record->n_containers, &container->parent));
	PL_TRY(pl_value_place(object, r->arena, &container->place));
	record->n_containers++;
	return NULL;
}

static struct pl_error *read_union(struct record_reader *r, json_t *object)
{
	struct pl_record *record = r->record;
	struct pl_union *un = &record->unions[record->n_unions];
	uint64_t alternatives;

	PL_TRY(pl_value_text(object, "path", r->arena, &un->path));
	PL_TRY(read_range(r, object, &un->offset, &un->size));
	PL_TRY(pl_value_index(object, "container", record->n_containers, &un->container));
	PL_TRY(pl_value_number(object, "alternatives", MAX_ALTERNATIVES, &alternatives));
	un->alternatives = (size_t)alternatives;
	r->alternatives += un->alternatives;
	if (r->alternatives > MAX_ALTERNATIVES)
		return pl_error_new(PL_ERROR_UNREADABLE, "alternatives: more than %d of all unions",
				    MAX_ALTERNATIVES);
	PL_TRY(pl_value_index(object, "parent", record->n_unions, &un->parent.union_index));
	if (un->parent.union_index != PL_NONE)
		PL_TRY(pl_value_index(object, "parent_alternative",
				      record->unions[un->parent.union_index].alternatives,
				      &un->parent.alternative));
	if (un->parent.alternative == PL_NONE)
		return pl_error_new(PL_ERROR_UNREADABLE, "parent_alternative: expected a number");
	record->n_unions++;
	return NULL;
}

static struct pl_error *read_branch(struct record_reader *r, json_t *un, json_t *alternative,
				    struct pl_branch *branch)
{
	json_int_t index = json_integer_value(un), taken = json_integer_value(alternative);

	if (!json_is_integer(un) || index < 0 || (uint64_t)index >= r->record->n_unions)
		return pl_error_new(PL_ERROR_UNREADABLE, "unions: expected indices of unions");
	if (!json_is_integer(alternative) || taken < 0 ||
	    (uint64_t)taken >= r->record->unions[index].alternatives)
		return pl_error_new(PL_ERROR_UNREADABLE,
				    "alternatives: expected indices of alternatives");
	*branch = (struct pl_branch){(size_t)index, (size_t)taken};
	return NULL;
}

static struct pl_error *read_branches(struct record_reader *r, json_t *object,
				      struct pl_field *field)
{
	json_t *unions, *alternatives;
	size_t count;

	PL_TRY(pl_value_array(object, "unions", &unions));
	PL_TRY(pl_value_array(object, "alternatives", &alternatives));
	count = json_array_size(unions);
	if (count != json_array_size(alternatives) || count > r->record->n_unions)
		return pl_error_new(PL_ERROR_UNREADABLE,
				    "unions, alternatives: expected as many of the one as of the "
				    "other");
	field->branches = pl_arena_array(r->arena, count, sizeof(*field->branches));
	if (!field->branches)
		return pl_error_no_memory();
	for (size_t i = 0; i < count; i++)
		PL_TRY(read_branch(r, json_array_get(unions, i), json_array_get(alternatives, i),
				   &field->branches[i]));
	field->n_branches = count;
	return NULL;
}

static struct pl_error *read_field(struct record_reader *r, json_t *object)
{
	struct pl_record *record = r->record;
	struct pl_field *field = &record->fields[record->n_fields];

	PL_TRY(pl_value_text(object, "path", r->arena, &field->path));
	PL_TRY(read_range(r, object, &field->offset, &field->size));
	PL_TRY(pl_value_bool(object, "bit_field", &field->bit_field));
	PL_TRY(pl_value_text(object, "type", r->arena, &field->type));
	PL_TRY(pl_value_class(object, "type_class", &field->type_class));
	field->own_class = field->type_class;
	if (json_object_get(object, "own_class"))
		PL_TRY(pl_value_class(object, "own_class", &field->own_class));
	PL_TRY(pl_value_index(object, "container", record->n_containers, &field->container));
	PL_TRY(read_branches(r, object, field));
	PL_TRY(pl_value_place(object, r->arena, &field->place));
	record->n_fields++;
	return NULL;
}

/* Room for the elements of the array at KEY, of SIZE bytes each. */
static struct pl_error *make_room(struct record_reader *r, json_t *object, const char *key,
				  size_t size, void **ret)
{
	json_t *array;

	PL_TRY(pl_value_array(object, key, &array));
	if (json_array_size(array) > MAX_ENTRIES)
		return pl_error_new(PL_ERROR_UNREADABLE, "%s: more than %d", key, MAX_ENTRIES);
	*ret = pl_arena_array(r->arena, json_array_size(array), size);
	return *ret ? NULL : pl_error_no_memory();
}

static struct pl_error *read_each(struct record_reader *r, json_t *object, const char *key,
				  struct pl_error *(*read)(struct record_reader *, json_t *))
{
	json_t *array = json_object_get(object, key);

	for (size_t i = 0; i < json_array_size(array); i++) {
		struct pl_error *error = read(r, json_array_get(array, i));

		if (error)
			return pl_value_in(error, key, i);
	}
	return NULL;
}

static struct pl_error *read_parts(struct record_reader *r, json_t *object)
{
	struct pl_record *record = r->record;
	void *containers, *unions, *fields;

	PL_TRY(make_room(r, object, "containers", sizeof(*record->containers), &containers));
	PL_TRY(make_room(r, object, "unions", sizeof(*record->unions), &unions));
	PL_TRY(make_room(r, object, "fields", sizeof(*record->fields), &fields));
	record->containers = containers;
	record->unions = unions;
	record->fields = fields;
	PL_TRY(read_each(r, object, "containers", read_container));
	PL_TRY(read_each(r, object, "unions", read_union));
	return read_each(r, object, "fields", read_field);
}

struct pl_error *pl_report_read_record(json_t *object, struct pl_arena *arena,
				       struct pl_record **ret)
{
	struct pl_record *record = pl_arena_alloc(arena, sizeof(*record));
	struct record_reader r = {arena, record, 0};

	if (!record)
		return pl_error_no_memory();
	PL_TRY(pl_value_text(object, "name", arena, &record->name));
	PL_TRY(pl_value_record_kind(object, arena, &record->is_union));
	PL_TRY(pl_value_number(object, "size_bits", MAX_BITS, &record->size));
	PL_TRY(pl_value_optional_number(object, "align_bits", MAX_BITS, &record->align));
	PL_TRY(pl_value_place(object, arena, &record->place));
	PL_TRY(read_parts(&r, object));
	*ret = record;
	return NULL;
}
