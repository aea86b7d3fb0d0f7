/* SPDX-License-Identifier: MIT */
#include "model/record.h"

#include <string.h>

static const char *const class_names[PL_CLASS_COUNT] = {
	[PL_CLASS_INTEGER] = "integer",	    [PL_CLASS_POINTER] = "pointer",
	[PL_CLASS_ENUM] = "enum",	    [PL_CLASS_FLOAT] = "float",
	[PL_CLASS_ARRAY] = "array",	    [PL_CLASS_RECORD] = "record",
	[PL_CLASS_FLAG_WORD] = "flag_word", [PL_CLASS_ATOMIC] = "atomic",
	[PL_CLASS_LOCK] = "lock",	    [PL_CLASS_LIST] = "list",
	[PL_CLASS_RCU_HEAD] = "rcu_head",   [PL_CLASS_PADDING] = "padding",
};

const char *pl_type_class_name(enum pl_type_class type_class)
{
	return class_names[type_class];
}

bool pl_type_class_parse(const char *name, enum pl_type_class *ret)
{
	for (size_t i = 0; i < PL_CLASS_COUNT; i++) {
		if (!strcmp(class_names[i], name)) {
			*ret = (enum pl_type_class)i;
			return true;
		}
	}
	return false;
}

struct pl_place pl_record_place(const struct pl_record *record, const struct pl_field *field)
{
	struct pl_place place = field->place;
	size_t at = field->container;

	for (; at != PL_NONE; at = record->containers[at].parent)
		if (record->containers[at].place.file)
			place = record->containers[at].place;
	return place;
}

bool pl_path_can_end(const char *rest)
{
	return !*rest || strchr(PL_PATH_PARTS, *rest);
}

size_t pl_path_outermost(const char *path)
{
	return strcspn(path, PL_PATH_PARTS);
}

bool pl_path_is_within(const char *path, const char *outer)
{
	size_t length = strlen(outer);

	return !strncmp(path, outer, length) && pl_path_can_end(path + length);
}
