/* SPDX-License-Identifier: MIT */
/*
 * Units that a scan lost, for people: those that lack the same header are one
 * line, with the first of them. JSON has each with its own reason.
 */
#include <ctype.h>
#include <string.h>

#include "report/text_answers_internal.h"

enum { NAMED = 3 };

/* REASON without the place that it may begin with: "mm/slub.c:20: ". */
static const char *cause_of(const char *reason)
{
	const char *end = strstr(reason, ": ");

	return end && end > reason && isdigit((unsigned char)end[-1]) ? end + 2 : reason;
}

static bool same_cause(const struct pl_lost_unit *a, const struct pl_lost_unit *b)
{
	return !strcmp(cause_of(a->reason), cause_of(b->reason));
}

static size_t count_like(const struct pl_usage *usage, size_t index)
{
	size_t count = 0;

	for (size_t i = index; i < usage->n_lost; i++)
		count += same_cause(&usage->lost[i], &usage->lost[index]);
	return count;
}

static bool is_told(const struct pl_usage *usage, size_t index)
{
	for (size_t i = 0; i < index; i++)
		if (same_cause(&usage->lost[i], &usage->lost[index]))
			return true;
	return false;
}

static void add_several(const struct pl_usage *usage, size_t first, size_t count,
			struct pl_strbuf *out)
{
	size_t named = 0;

	pl_strbuf_printf(out, "  lost %zu, %s:", count, cause_of(usage->lost[first].reason));
	for (size_t i = first; i < usage->n_lost && named < NAMED; i++)
		if (same_cause(&usage->lost[i], &usage->lost[first]))
			pl_strbuf_printf(out, "%s %s", named++ ? "," : "", usage->lost[i].file);
	if (count > NAMED)
		pl_strbuf_printf(out, " and %zu more", count - NAMED);
	pl_strbuf_add_char(out, '\n');
}

void pl_answer_lost(const struct pl_usage *usage, struct pl_strbuf *out)
{
	for (size_t i = 0; i < usage->n_lost; i++) {
		size_t count;

		if (is_told(usage, i))
			continue;
		count = count_like(usage, i);
		if (count > 1)
			add_several(usage, i, count, out);
		else
			pl_strbuf_printf(out, "  lost %s: %s\n", usage->lost[i].file,
					 usage->lost[i].reason);
	}
}
