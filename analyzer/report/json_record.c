/* SPDX-License-Identifier: MIT */
#include "report/json_internal.h"

static json_t *union_json(const struct pl_union *un)
{
	struct pl_json json = pl_json_new();
	bool top = un->parent.union_index == PL_NONE;

	pl_json_text(&json, "path", un->path);
	pl_json_place(&json, un->offset, un->size);
	pl_json_number(&json, "alternatives", un->alternatives);
	pl_json_index(&json, "container", un->container);
	pl_json_index(&json, "parent", un->parent.union_index);
	pl_json_index(&json, "parent_alternative", top ? PL_NONE : un->parent.alternative);
	return pl_json_take(&json);
}

static json_t *container_json(const struct pl_container *container)
{
	struct pl_json json = pl_json_new();

	pl_json_text(&json, "path", container->path);
	pl_json_place(&json, container->offset, container->size);
	pl_json_text(&json, "type", container->type);
	pl_json_text(&json, "type_class", pl_type_class_name(container->type_class));
	pl_json_index(&json, "parent", container->parent);
	pl_json_declaration(&json, &container->place);
	return pl_json_take(&json);
}

static json_t *field_json(const struct pl_field *field)
{
	struct pl_json json = pl_json_new();

	pl_json_text(&json, "path", field->path);
	pl_json_place(&json, field->offset, field->size);
	pl_json_bool(&json, "bit_field", field->bit_field);
	pl_json_text(&json, "type", field->type);
	pl_json_text(&json, "type_class", pl_type_class_name(field->type_class));
	if (field->own_class != field->type_class)
		pl_json_text(&json, "own_class", pl_type_class_name(field->own_class));
	pl_json_branches(&json, field->branches, field->n_branches);
	pl_json_index(&json, "container", field->container);
	pl_json_declaration(&json, &field->place);
	return pl_json_take(&json);
}

json_t *pl_json_record(const struct pl_record *record)
{
	struct pl_json json = pl_json_new();
	json_t *unions = json_array(), *containers = json_array(), *fields = json_array();

	for (size_t i = 0; i < record->n_unions; i++)
		pl_json_append(&unions, union_json(&record->unions[i]));
	for (size_t i = 0; i < record->n_containers; i++)
		pl_json_append(&containers, container_json(&record->containers[i]));
	for (size_t i = 0; i < record->n_fields; i++)
		pl_json_append(&fields, field_json(&record->fields[i]));
	pl_json_text(&json, "name", record->name);
	pl_json_text(&json, "kind", record->is_union ? "union" : "struct");
	pl_json_number(&json, "size_bits", record->size);
	pl_json_number(&json, "size_bytes", record->size / 8);
	if (record->align)
		pl_json_number(&json, "align_bits", record->align);
	else
		pl_json_null(&json, "align_bits");
	pl_json_declaration(&json, &record->place);
	pl_json_value(&json, "unions", unions);
	pl_json_value(&json, "containers", containers);
	pl_json_value(&json, "fields", fields);
	return pl_json_take(&json);
}
