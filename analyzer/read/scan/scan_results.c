/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "read/scan/scan_internal.h"

struct pl_error *pl_scan_add_asserting(struct pl_scanner *scanner)
{
	struct pl_scan *scan = scanner->ret;
	const char **list = pl_arena_grow(scanner->arena, scan->asserting, scan->n_asserting,
					  &scan->asserting_capacity, sizeof(*list));

	if (!list)
		return pl_error_no_memory();
	scan->asserting = list;
	list[scan->n_asserting] = pl_arena_strdup(scanner->arena, scanner->path);
	return list[scan->n_asserting++] ? NULL : pl_error_no_memory();
}

/* One for each time; pl_scan_settle() makes one of them. */
struct pl_error *pl_scan_found(struct pl_scanner *scanner, enum pl_candidate_how how,
			       const struct pl_sighting *sighting)
{
	const struct pl_symbol *symbol = &scanner->lexed.symbols.list[sighting->symbol];
	struct pl_scan *scan = scanner->ret;
	struct pl_candidate *list, *candidate;

	if (symbol->kind == PL_TOKEN_HOST && sighting->is_union == scanner->request->host_is_union)
		return NULL;
	list = pl_arena_grow(scanner->arena, scan->candidates, scan->n_candidates,
			     &scan->candidates_capacity, sizeof(*list));
	if (!list)
		return pl_error_no_memory();
	scan->candidates = list;
	candidate = &list[scan->n_candidates++];
	*candidate = (struct pl_candidate){
		.record = pl_arena_strndup(scanner->arena, (const char *)symbol->text,
					   symbol->length),
		.is_union = sighting->is_union,
		.how = how,
		.place = {.file = pl_arena_strdup(scanner->arena, scanner->path),
			  .line = sighting->line},
		.places = 1,
	};
	return candidate->record && candidate->place.file ? NULL : pl_error_no_memory();
}

static int compare_paths(const void *left, const void *right)
{
	return strcmp(*(const char *const *)left, *(const char *const *)right);
}

static int compare_records(const struct pl_candidate *left, const struct pl_candidate *right)
{
	int order = strcmp(left->record, right->record);

	if (!order)
		order = left->is_union - right->is_union;
	return order ? order : (int)left->how - (int)right->how;
}

static int compare_candidates(const void *left, const void *right)
{
	const struct pl_candidate *a = left, *b = right;
	int order = compare_records(a, b);

	if (!order)
		order = strcmp(a->place.file, b->place.file);
	return order ? order : (a->place.line > b->place.line) - (a->place.line < b->place.line);
}

/* Sorts what was found, and counts what was found several times. */
void pl_scan_settle(struct pl_scan *scan)
{
	struct pl_candidate *list = scan->candidates;
	size_t kept = 0;

	if (scan->n_asserting)
		qsort(scan->asserting, scan->n_asserting, sizeof(*scan->asserting), compare_paths);
	if (!scan->n_candidates)
		return;
	qsort(list, scan->n_candidates, sizeof(*list), compare_candidates);
	for (size_t i = 1; i < scan->n_candidates; i++) {
		if (compare_records(&list[kept], &list[i]))
			list[++kept] = list[i];
		else
			list[kept].places += list[i].places;
	}
	scan->n_candidates = kept + 1;
}
