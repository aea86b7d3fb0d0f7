/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "map/map.h"
#include "support/glob.h"

/* A path fits as a whole, or by its last component: a pad is a pad at any depth. */
static bool path_matches(const struct pl_pack_class *class, const char *path)
{
	const char *dot = strrchr(path, '.');

	return pl_glob_any(class->fields, class->n_fields, path) ||
	       (dot && pl_glob_any(class->fields, class->n_fields, dot + 1));
}

static bool type_matches(const struct pl_pack_class *class, const char *type)
{
	return pl_glob_any(class->types, class->n_types, type);
}

/* A flag word is a number, whatever it is called; a pointer by its name is still a pointer. */
static bool can_be(const struct pl_pack_class *class, enum pl_type_class is)
{
	return class->type_class != PL_CLASS_FLAG_WORD || is != PL_CLASS_POINTER;
}

static void classify_container(const struct pl_pack *pack, struct pl_container *container)
{
	container->type_class = PL_CLASS_RECORD;
	for (size_t i = 0; i < pack->n_classes; i++) {
		const struct pl_pack_class *class = &pack->classes[i];

		if (path_matches(class, container->path) || type_matches(class, container->type)) {
			container->type_class = class->type_class;
			return;
		}
	}
}

/* What is inside of such a record is of its class; the pointers of a list stay pointers. */
static bool is_inherited(enum pl_type_class type_class)
{
	return type_class == PL_CLASS_PADDING || type_class == PL_CLASS_FLAG_WORD ||
	       type_class == PL_CLASS_ATOMIC || type_class == PL_CLASS_LOCK;
}

static void classify_field(const struct pl_pack *pack, const struct pl_record *record,
			   struct pl_field *field)
{
	size_t at = field->container;

	field->type_class = field->own_class;
	for (size_t i = 0; i < pack->n_classes; i++) {
		const struct pl_pack_class *class = &pack->classes[i];

		if (can_be(class, field->own_class) &&
		    (path_matches(class, field->path) || type_matches(class, field->type))) {
			field->type_class = class->type_class;
			break;
		}
	}
	for (; at != PL_NONE; at = record->containers[at].parent)
		if (is_inherited(record->containers[at].type_class))
			field->type_class = record->containers[at].type_class;
}

void pl_map_classify(const struct pl_pack *pack, struct pl_target *target)
{
	for (size_t r = 0; r < target->n_records; r++) {
		struct pl_record *record = target->records[r];

		for (size_t i = 0; i < record->n_containers; i++)
			classify_container(pack, &record->containers[i]);
		for (size_t i = 0; i < record->n_fields; i++)
			classify_field(pack, record, &record->fields[i]);
	}
}
