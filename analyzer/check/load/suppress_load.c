/* SPDX-License-Identifier: MIT */
#include "check/load/suppress_load.h"

#include <string.h>

#include "check/load/json_load.h"
#include "support/text.h"

#define SUPPRESSIONS_SCHEMA "pagelap-suppressions/1"

static int days_in(int year, int month)
{
	static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	bool leap = (year % 4 == 0 && year % 100) || year % 400 == 0;

	return days[month - 1] + (month == 2 && leap);
}

/* The number that LENGTH digits at TEXT write; -1 if they are not digits. */
static int digits(const char *text, size_t length)
{
	int number = 0;

	for (size_t i = 0; i < length; i++) {
		if (text[i] < '0' || text[i] > '9')
			return -1;
		number = 10 * number + (text[i] - '0');
	}
	return number;
}

/* Of this one form days can be compared as text. */
static bool is_day(const char *text)
{
	int year, month, day;

	if (strlen(text) != strlen("YYYY-MM-DD") || text[4] != '-' || text[7] != '-')
		return false;
	year = digits(text, 4);
	month = digits(text + 5, 2);
	day = digits(text + 8, 2);
	return year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= days_in(year, month);
}

static bool is_blank(const char *text)
{
	return !text[strspn(text, " \t\r\n")];
}

static struct pl_error *load_what(struct pl_arena *arena, json_t *object,
				  struct pl_suppression *its)
{
	PL_TRY(pl_json_copy_string(arena, object, "rule", true, &its->rule));
	PL_TRY(pl_json_copy_string(arena, object, "overlay", false, &its->overlay));
	PL_TRY(pl_json_copy_string(arena, object, "member", false, &its->member));
	PL_TRY(pl_json_copy_string(arena, object, "host_field", false, &its->host_field));
	return pl_json_copy_string(arena, object, "target", false, &its->target);
}

static struct pl_error *load_one(struct pl_arena *arena, json_t *object, struct pl_suppression *its)
{
	static const char *const known[] = {"rule",   "overlay", "member",  "host_field",
					    "target", "reason",	 "expires", NULL};

	PL_TRY(pl_json_check_keys(object, known));
	PL_TRY(load_what(arena, object, its));
	PL_TRY(pl_json_copy_string(arena, object, "reason", true, &its->reason));
	if (is_blank(json_string_value(json_object_get(object, "reason"))))
		return pl_json_wrong("reason", "a string that is not blank");
	PL_TRY(pl_json_copy_string(arena, object, "expires", false, &its->expires));
	if (its->expires && !is_day(its->expires))
		return pl_json_wrong("expires", "a day of the calendar, as \"2027-03-31\"");
	its->state = PL_SUPPRESSION_UNUSED;
	return NULL;
}

/* Those of REPORT, and room for MORE. */
static struct pl_suppression *with_room(const struct pl_report *report, size_t more)
{
	struct pl_suppression *list =
		pl_arena_array(report->arena, report->n_suppressions + more, sizeof(*list));

	if (list && report->n_suppressions)
		memcpy(list, report->suppressions, report->n_suppressions * sizeof(*list));
	return list;
}

static struct pl_error *load_root(const char *origin, json_t *root, struct pl_report *report)
{
	static const char *const known[] = {"schema", "suppressions", NULL};
	struct pl_suppression *list;
	json_t *array, *object;
	size_t index, count = report->n_suppressions;

	PL_TRY(pl_json_check_keys(root, known));
	PL_TRY(pl_json_objects(root, "suppressions", true, &array));
	list = with_room(report, json_array_size(array));
	origin = pl_text_copy(report->arena, origin);
	if (!list || !origin)
		return pl_error_no_memory();
	json_array_foreach(array, index, object)
	{
		struct pl_error *error = load_one(report->arena, object, &list[count]);

		if (error)
			return pl_error_prefix(error, "suppressions[%zu]", index);
		list[count++].file = origin;
	}
	report->suppressions = list;
	report->n_suppressions = count;
	return NULL;
}

struct pl_error *pl_suppressions_parse(const char *origin, struct pl_bytes text,
				       struct pl_report *report)
{
	PL_CLEANUP(pl_json_cleanup) json_t *root = NULL;
	struct pl_error *error;

	PL_TRY(pl_json_parse(origin, text, SUPPRESSIONS_SCHEMA, &root));
	error = load_root(origin, root, report);
	return error ? pl_error_prefix(error, "%s", origin) : NULL;
}

struct pl_error *pl_suppressions_load(const char *path, struct pl_report *report)
{
	PL_CLEANUP(pl_file_close) struct pl_file file = {0};

	PL_TRY(pl_json_open(path, &file));
	return pl_suppressions_parse(path, file.bytes, report);
}
