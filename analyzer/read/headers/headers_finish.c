/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "read/headers/headers_internal.h"

static bool is_overlay(const struct pl_headers *headers, const char *name)
{
	for (size_t i = 0; i < headers->n_records; i++)
		if (!strcmp(headers->records[i].name, name))
			return strcmp(name, headers->request->host);
	return false;
}

/* About the host, or about an overlay of it; of the rest nothing is to be said here. */
static bool concerns(const struct pl_headers *headers, const struct pl_pin *pin)
{
	if (!pin->overlay || is_overlay(headers, pin->overlay))
		return true;
	return pin->host_field && !headers->request->only_asked_for;
}

/* Where clang's layout is not the kernel's, so are its values: what is asserted still counts. */
static bool is_untrusted(const struct pl_headers *headers)
{
	return headers->kbuild.arch && headers->kbuild.arch->untrusted;
}

/*
 * What a broken PIN is about. Of one record or member any number of things can
 * be asserted, and each that breaks is news: but for offsets it is the words.
 */
static const char *told_by(const struct pl_pin *pin)
{
	return pin->kind == PL_PIN_OFFSET ? pin->member : pin->expression;
}

static struct pl_error *report_broken(struct pl_headers *headers, const struct pl_pin *pin)
{
	const char *values =
		pin->known ? pl_arena_printf(headers->scratch, ": %" PRId64 " and %" PRId64,
					     pin->left, pin->right)
			   : "";
	struct pl_finding finding = {
		.rule = "ASSERTION",
		.severity = PL_SEVERITY_ERROR,
		.overlay = pin->overlay,
		.member = told_by(pin),
		.host_field = pin->host_field,
	};

	if (!values)
		return pl_error_no_memory();
	finding.message = pl_arena_printf(headers->scratch, "%s:%u: this does not hold: %s%s",
					  pin->place.file ? pin->place.file : "?", pin->place.line,
					  pin->expression, values);
	return finding.message ? pl_target_add_finding(headers->target, &finding)
			       : pl_error_no_memory();
}

static int compare_pins(const void *left, const void *right)
{
	const struct pl_pin *a = left, *b = right;
	int order = strcmp(a->place.file ? a->place.file : "", b->place.file ? b->place.file : "");

	if (order)
		return order;
	if (a->place.line != b->place.line)
		return a->place.line < b->place.line ? -1 : 1;
	return strcmp(a->expression, b->expression);
}

static struct pl_error *add_pins(struct pl_headers *headers)
{
	if (headers->n_pins)
		qsort(headers->pins, headers->n_pins, sizeof(*headers->pins), compare_pins);
	for (size_t i = 0; i < headers->n_pins; i++) {
		struct pl_pin *pin = &headers->pins[i];

		if (!concerns(headers, pin))
			continue;
		pin->holds |= is_untrusted(headers);
		pin->known &= !is_untrusted(headers);
		PL_TRY(pl_target_add_pin(headers->target, pin));
		if (!pin->holds)
			PL_TRY(report_broken(headers, pin));
	}
	return NULL;
}

/* Whether the assertion at PLACE has a pin, which says more than the compiler's error. */
static bool has_pin(const struct pl_headers *headers, const struct pl_place *place)
{
	for (size_t i = 0; i < headers->n_pins; i++)
		if (headers->pins[i].place.line == place->line && place->file &&
		    headers->pins[i].place.file &&
		    !strcmp(headers->pins[i].place.file, place->file) && !headers->pins[i].holds &&
		    concerns(headers, &headers->pins[i]))
			return true;
	return false;
}

/* What stands between the next two quotes of *TEXT, in ARENA; NULL if there is no more. */
static struct pl_error *next_quoted(struct pl_arena *arena, const char **text, const char **ret)
{
	const char *from = strchr(*text, '\''), *end = from ? strchr(from + 1, '\'') : NULL;

	*ret = NULL;
	if (!end)
		return NULL;
	*ret = pl_arena_strndup(arena, from + 1, (size_t)(end - from - 1));
	*text = end + 1;
	return *ret ? NULL : pl_error_no_memory();
}

/* "no member named 'x' in 'struct y'": which, of what; *RECORD is NULL if that is not what it says.
 */
static struct pl_error *find_missing(struct pl_headers *headers, const char *message,
				     const char **member, const char **record)
{
	static const char start[] = "no member named '";
	const char *space;

	*member = *record = NULL;
	if (strncmp(message, start, strlen(start)))
		return NULL;
	PL_TRY(next_quoted(headers->scratch, &message, member));
	PL_TRY(next_quoted(headers->scratch, &message, record));
	space = *record ? strrchr(*record, ' ') : NULL;
	if (space)
		*record = space + 1;
	return NULL;
}

/* What was asserted, of "static assertion failed due to requirement 'X': ..."; else all of MESSAGE.
 */
static const char *requirement_in(struct pl_arena *arena, const char *message)
{
	static const char start[] = "requirement '";
	const char *from = strstr(message, start), *end;

	if (!from)
		return message;
	from += strlen(start);
	end = strstr(from, "': ");
	if (!end)
		end = strrchr(from, '\'');
	return end ? pl_arena_strndup(arena, from, (size_t)(end - from)) : message;
}

/* An assertion that names what is not there leaves nothing behind but an error. */
static struct pl_error *report_failure(struct pl_headers *headers,
				       const struct pl_unit_failure *failure)
{
	struct pl_finding finding = {.rule = "ASSERTION", .severity = PL_SEVERITY_ERROR};
	const char *member, *record;

	PL_TRY(find_missing(headers, failure->message, &member, &record));
	if (record && !strcmp(record, headers->request->host)) {
		finding.host_field = member;
	} else if (record) {
		finding.overlay = record;
		finding.member = member;
	} else {
		finding.member = requirement_in(headers->scratch, failure->message);
		if (!finding.member)
			return pl_error_no_memory();
	}
	finding.message = pl_arena_printf(headers->scratch, "%s:%u: %s",
					  failure->place.file ? failure->place.file : "?",
					  failure->place.line, failure->message);
	return finding.message ? pl_target_add_finding(headers->target, &finding)
			       : pl_error_no_memory();
}

static struct pl_error *add_failures(struct pl_headers *headers)
{
	for (size_t i = 0; i < headers->n_failures && !is_untrusted(headers); i++)
		if (!has_pin(headers, &headers->failures[i].place))
			PL_TRY(report_failure(headers, &headers->failures[i]));
	return NULL;
}

static struct pl_error *add_randomised(struct pl_headers *headers)
{
	const struct pl_recipe *recipe = headers->request->recipe;
	struct pl_finding finding = {
		.rule = "LAYOUT-RANDOMISED",
		.severity = PL_SEVERITY_WARNING,
	};

	for (size_t i = 0; i < recipe->n_randomised; i++) {
		if (!pl_kconfig_holds(&headers->kbuild.config, recipe->randomised[i]))
			continue;
		finding.message = pl_arena_printf(
			headers->scratch,
			"%s is set: the compiler shuffles the members of marked structures, which "
			"headers cannot show; read the kernel that was built, or both",
			recipe->randomised[i]);
		return finding.message ? pl_target_add_finding(headers->target, &finding)
				       : pl_error_no_memory();
	}
	return NULL;
}

static struct pl_error *add_records(struct pl_headers *headers)
{
	for (size_t i = 0; i < headers->n_records; i++) {
		const struct pl_headers_record *record = &headers->records[i];
		struct pl_wanted_overlay overlay = {record->name, record->pages};

		if (!record->record)
			continue;
		if (!is_untrusted(headers))
			PL_TRY(pl_target_add_record(headers->target, record->record));
		if (record->discovered)
			PL_TRY(pl_target_add_discovered(headers->target, &overlay));
	}
	return NULL;
}

static struct pl_error *add_candidates(struct pl_headers *headers)
{
	for (size_t i = 0; i < headers->scan.n_candidates && !headers->request->only_asked_for; i++)
		if (!is_overlay(headers, headers->scan.candidates[i].record))
			PL_TRY(pl_target_add_candidate(headers->target,
						       &headers->scan.candidates[i]));
	return NULL;
}

static struct pl_error *add_constants(struct pl_headers *headers)
{
	for (size_t i = 0; i < headers->request->n_constants; i++) {
		struct pl_constant *constant = &headers->constants[i];

		if (is_untrusted(headers))
			*constant = (struct pl_constant){.wanted = constant->wanted};
		PL_TRY(pl_target_add_constant(headers->target, constant));
	}
	return NULL;
}

struct pl_error *pl_headers_finish(struct pl_headers *headers)
{
	PL_TRY(add_records(headers));
	PL_TRY(add_pins(headers));
	PL_TRY(add_failures(headers));
	PL_TRY(add_randomised(headers));
	PL_TRY(add_constants(headers));
	return add_candidates(headers);
}
