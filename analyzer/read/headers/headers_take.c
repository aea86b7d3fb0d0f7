/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "read/flatten.h"
#include "read/headers/clang_types.h"
#include "read/headers/headers_internal.h"

static struct pl_headers_record *find_record(struct pl_headers *headers, const char *name)
{
	for (size_t i = 0; i < headers->n_records; i++)
		if (!strcmp(headers->records[i].name, name))
			return &headers->records[i];
	return NULL;
}

static bool same_text(const char *a, const char *b)
{
	return a == b || (a && b && !strcmp(a, b));
}

/* A header that several units include says the same in each. */
static bool is_known_pin(const struct pl_headers *headers, const struct pl_pin *pin)
{
	for (size_t i = 0; i < headers->n_pins; i++)
		if (headers->pins[i].place.line == pin->place.line &&
		    same_text(headers->pins[i].place.file, pin->place.file) &&
		    !strcmp(headers->pins[i].expression, pin->expression))
			return true;
	return false;
}

static struct pl_error *take_pin(struct pl_headers *headers, const struct pl_pin *pin)
{
	struct pl_pin *pins;

	if (is_known_pin(headers, pin))
		return NULL;
	pins = pl_arena_grow(headers->scratch, headers->pins, headers->n_pins,
			     &headers->pins_capacity, sizeof(*pins));
	if (!pins)
		return pl_error_no_memory();
	headers->pins = pins;
	pins[headers->n_pins++] = *pin;
	return NULL;
}

static struct pl_error *take_failure(struct pl_headers *headers,
				     const struct pl_unit_failure *failure)
{
	struct pl_unit_failure *failures;

	for (size_t i = 0; i < headers->n_failures; i++)
		if (headers->failures[i].place.line == failure->place.line &&
		    same_text(headers->failures[i].place.file, failure->place.file) &&
		    !strcmp(headers->failures[i].message, failure->message))
			return NULL;
	failures = pl_arena_grow(headers->scratch, headers->failures, headers->n_failures,
				 &headers->failures_capacity, sizeof(*failures));
	if (!failures)
		return pl_error_no_memory();
	headers->failures = failures;
	failures[headers->n_failures++] = *failure;
	return NULL;
}

/* The definition of a record that an assertion names, by keyword or by typedef; none of an enum. */
static CXCursor definition_of(const struct pl_clang *clang, CXCursor declaration)
{
	CXType type = clang->clang_getCanonicalType(clang->clang_getCursorType(declaration));

	if (type.kind != CXType_Record)
		return clang->clang_getNullCursor();
	return clang->clang_getCursorDefinition(clang->clang_getTypeDeclaration(type));
}

static struct pl_error *discover(struct pl_headers *headers, const struct pl_term *term,
				 struct pl_headers_record **ret)
{
	struct pl_headers_record *records =
		pl_arena_grow(headers->scratch, headers->records, headers->n_records,
			      &headers->records_capacity, sizeof(*records));

	if (!records)
		return pl_error_no_memory();
	headers->records = records;
	*ret = &records[headers->n_records++];
	**ret = (struct pl_headers_record){.name = term->record, .discovered = true, .pages = 1};
	return NULL;
}

static struct pl_error *flatten(struct pl_headers *headers, const struct pl_unit *unit,
				CXCursor definition, struct pl_headers_record *record)
{
	struct pl_clang_graph graph = pl_clang_graph_init(unit, headers->scratch);
	const struct pl_type *type;
	struct pl_error *error = pl_clang_graph_record(&graph, definition, &type);

	if (error)
		return pl_error_prefix(error, "%s", record->name);
	return pl_flatten(headers->target->arena, record->name, type, &record->record);
}

/* An assertion that says that something is an overlay makes it one. */
static struct pl_error *take_overlay(struct pl_headers *headers, const struct pl_unit *unit,
				     const struct pl_assertion *assertion)
{
	const struct pl_term *term = pl_assertion_overlay(assertion, headers->request->host);
	struct pl_headers_record *record = term ? find_record(headers, term->record) : NULL;
	size_t pages = pl_assertion_pages(assertion, headers->request->host);
	CXCursor definition;

	if (!term || (!record && headers->request->only_asked_for))
		return NULL;
	definition = definition_of(unit->clang, term->declaration);
	if (unit->clang->clang_Cursor_isNull(definition))
		return NULL;
	if (!record)
		PL_TRY(discover(headers, term, &record));
	if (pages > record->pages)
		record->pages = pages;
	return record->record ? NULL : flatten(headers, unit, definition, record);
}

static struct pl_error *take_assertions(struct pl_headers *headers, const struct pl_unit *unit,
					const struct pl_assertions *assertions)
{
	for (size_t i = 0; i < assertions->count; i++) {
		const struct pl_assertion *assertion = &assertions->list[i];
		struct pl_pin pin;

		PL_TRY(pl_assertion_pin(unit, assertion, headers->request->host, &pin));
		PL_TRY(take_overlay(headers, unit, assertion));
		PL_TRY(take_pin(headers, &pin));
	}
	return NULL;
}

static struct pl_error *take_records(struct pl_headers *headers, const struct pl_unit *unit,
				     const struct pl_unit_contents *contents)
{
	for (size_t i = 0; i < contents->n_records; i++) {
		struct pl_headers_record *record = find_record(headers, contents->records[i].name);

		if (contents->records[i].found && !record->record)
			PL_TRY(flatten(headers, unit, contents->records[i].cursor, record));
	}
	return NULL;
}

struct pl_error *pl_headers_take_unit(struct pl_headers *headers, const struct pl_unit *unit,
				      struct pl_unit_contents *contents)
{
	contents->n_records = headers->n_records;
	contents->records =
		pl_arena_array(headers->scratch, headers->n_records, sizeof(*contents->records));
	if (!contents->records)
		return pl_error_no_memory();
	for (size_t i = 0; i < headers->n_records; i++)
		contents->records[i].name = headers->records[i].name;
	PL_TRY(pl_unit_read(unit, contents));
	PL_TRY(take_records(headers, unit, contents));
	for (size_t i = 0; i < unit->n_failures; i++)
		PL_TRY(take_failure(headers, &unit->failures[i]));
	return take_assertions(headers, unit, &contents->assertions);
}
