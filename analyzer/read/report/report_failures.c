/* SPDX-License-Identifier: MIT */
#include "read/report/report_failures.h"

#include <stdlib.h>

#include "read/report/report_value.h"
#include "support/order.h"
#include "support/text.h"

static int by_name(const void *left, const void *right)
{
	const struct pl_saved_name *a = left, *b = right;
	int order = strcmp(a->name, b->name);

	return order ? order : pl_order_numbers(a->target, b->target);
}

static int compare_name(const void *element, const void *key)
{
	return strcmp(((const struct pl_saved_name *)element)->name, key);
}

/* The target that was called NAME, by its name of now; NAME where there was none. */
static const char *name_now(const struct pl_saved_name *names, size_t count, const char *name,
			    const struct pl_report *report)
{
	size_t at = pl_count_before(name, names, count, sizeof(*names), compare_name);

	if (at == count || strcmp(names[at].name, name))
		return name;
	return pl_text_copy(report->arena, report->targets[names[at].target]->name);
}

static struct pl_error *read_failure(json_t *object, const struct pl_saved_name *names,
				     size_t count, struct pl_report *report)
{
	struct pl_failure failure;
	const char *kind;

	PL_TRY(pl_value_text(object, "target", report->arena, &failure.target));
	PL_TRY(pl_value_text(object, "path", report->arena, &failure.path));
	PL_TRY(pl_value_text(object, "kind", report->arena, &kind));
	if (!pl_failure_kind_parse(kind, &failure.kind))
		return pl_error_new(PL_ERROR_UNREADABLE, "kind: \"%s\" is not known", kind);
	PL_TRY(pl_value_text(object, "message", report->arena, &failure.message));
	failure.target = name_now(names, count, failure.target, report);
	return failure.target ? pl_report_add_failure(report, &failure) : pl_error_no_memory();
}

struct pl_error *pl_report_read_failures(json_t *array, struct pl_saved_name *names, size_t count,
					 struct pl_report *report)
{
	if (count)
		qsort(names, count, sizeof(*names), by_name);
	for (size_t i = 0; i < json_array_size(array); i++) {
		struct pl_error *error =
			read_failure(json_array_get(array, i), names, count, report);

		if (error)
			return pl_value_in(error, "failures", i);
	}
	return NULL;
}
