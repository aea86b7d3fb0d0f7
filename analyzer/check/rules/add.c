/* SPDX-License-Identifier: MIT */
#include <stdarg.h>
#include <string.h>

#include "check/rules/check_internal.h"
#include "support/strbuf.h"

static bool same_text(const char *a, const char *b)
{
	return a == b || (a && b && !strcmp(a, b));
}

/*
 * What is about a record as a whole may be said of several of its bytes. What
 * one rule found is side by side, that of the rule at work at the end.
 */
static bool is_there(const struct pl_target *target, const struct pl_finding *finding)
{
	for (size_t i = target->n_findings; i-- > 0;) {
		const struct pl_finding *its = &target->findings[i];

		if (strcmp(its->rule, finding->rule))
			return false;
		if (same_text(its->overlay, finding->overlay) &&
		    same_text(its->member, finding->member) &&
		    same_text(its->host_field, finding->host_field) &&
		    (finding->member || !strcmp(its->message, finding->message)))
			return true;
	}
	return false;
}

PL_PRINTF(3, 0)
static struct pl_error *add(const struct pl_checker *checker, struct pl_finding *finding,
			    const char *format, va_list arguments)
{
	PL_CLEANUP(pl_strbuf_release) struct pl_strbuf message = PL_STRBUF_INIT;

	finding->rule = checker->rule->info.id;
	finding->severity = checker->rule->info.severity;
	finding->origin = PL_ORIGIN_CHECKING;
	pl_strbuf_vprintf(&message, format, arguments);
	if (pl_strbuf_failed(&message))
		return pl_error_no_memory();
	finding->message = message.text;
	return is_there(checker->target, finding) ? NULL
						  : pl_target_add_finding(checker->target, finding);
}

PL_PRINTF(3, 0)
static struct pl_error *add_about(const struct pl_checker *checker, const struct pl_about *about,
				  const char *format, va_list arguments)
{
	const struct pl_subject *subject = about->subject;
	struct pl_finding finding = {
		.overlay = subject->record->name,
		.member = about->member,
		.range = about->range,
		.place = pl_record_place(subject->record, subject->field),
	};

	/* A field of the host is what the finding is about, not what it is on. */
	if (subject->overlay && about->host_field) {
		finding.host_field = about->host_field->path;
		finding.host_place = pl_record_place(checker->host, about->host_field);
	}
	return add(checker, &finding, format, arguments);
}

const struct pl_field *pl_check_host_field(const struct pl_checker *checker,
					   const struct pl_bit_range *range)
{
	const struct pl_field *part = NULL, *known = pl_check_word_at(checker, range);

	for (size_t i = 0; !known && i < checker->host->n_fields; i++) {
		const struct pl_field *field = &checker->host->fields[i];

		if (!field->size || field->type_class == PL_CLASS_PADDING ||
		    field->offset >= range->offset + range->size ||
		    field->offset + field->size <= range->offset)
			continue;
		if (field->offset == range->offset && field->size == range->size)
			return field;
		part = part ? part : field;
	}
	return known ? known : part;
}

struct pl_error *pl_check_add(const struct pl_checker *checker, const struct pl_subject *subject,
			      struct pl_bit_range range, const char *format, ...)
{
	const struct pl_about about = {subject, pl_check_name(subject), range,
				       pl_check_host_field(checker, &range)};
	struct pl_error *error;
	va_list arguments;

	va_start(arguments, format);
	error = add_about(checker, &about, format, arguments);
	va_end(arguments);
	return error;
}

struct pl_error *pl_check_add_about(const struct pl_checker *checker, const struct pl_about *about,
				    const char *format, ...)
{
	struct pl_error *error;
	va_list arguments;

	va_start(arguments, format);
	error = add_about(checker, about, format, arguments);
	va_end(arguments);
	return error;
}

struct pl_error *pl_check_add_range(const struct pl_checker *checker,
				    const struct pl_record *record,
				    const struct pl_bit_range *range, const char *format, ...)
{
	const struct pl_field *host_field = pl_check_host_field(checker, range);
	struct pl_finding finding = {
		.overlay = record->name,
		.host_field = host_field ? host_field->path : NULL,
		.range = *range,
		.place = record->place,
		.host_place = checker->host->place,
	};
	struct pl_error *error;
	va_list arguments;

	if (host_field)
		finding.host_place = pl_record_place(checker->host, host_field);
	va_start(arguments, format);
	error = add(checker, &finding, format, arguments);
	va_end(arguments);
	return error;
}

struct pl_error *pl_check_add_record(const struct pl_checker *checker,
				     const struct pl_record *record, const char *member,
				     const char *host_field, const char *format, ...)
{
	struct pl_finding finding = {
		.overlay = record->name,
		.member = member,
		.host_field = host_field,
		.place = record->place,
		.host_place = checker->host->place,
	};
	struct pl_error *error;
	va_list arguments;

	va_start(arguments, format);
	error = add(checker, &finding, format, arguments);
	va_end(arguments);
	return error;
}

static struct pl_place place_of(const struct pl_record *record, const char *member)
{
	for (size_t i = 0; i < record->n_fields; i++)
		if (pl_path_is_within(record->fields[i].path, member))
			return pl_record_place(record, &record->fields[i]);
	return record->place;
}

struct pl_error *pl_check_add_trail(const struct pl_checker *checker,
				    const struct pl_trail_about *about, struct pl_trail *trail,
				    const char *format, ...)
{
	struct pl_finding finding = {
		.overlay = about->record->name,
		.member = about->member,
		.host_field = about->host_field,
		.range = about->range,
		.place = place_of(about->record, about->member),
	};
	struct pl_error *error;
	va_list arguments;

	pl_trail_sort(trail);
	finding.evidence = trail->list;
	finding.n_evidence = trail->count;
	if (about->host_field)
		finding.host_place = place_of(checker->host, about->host_field);
	va_start(arguments, format);
	error = add(checker, &finding, format, arguments);
	va_end(arguments);
	return error;
}

struct pl_error *pl_check_add_text(const struct pl_checker *checker, const char *text,
				   const struct pl_place *place, const char *format, ...)
{
	struct pl_finding finding = {.member = text, .place = *place};
	struct pl_error *error;
	va_list arguments;

	va_start(arguments, format);
	error = add(checker, &finding, format, arguments);
	va_end(arguments);
	return error;
}

const char *pl_check_bytes(const struct pl_checker *checker, const struct pl_bit_range *range)
{
	struct pl_arena *arena = checker->target->arena;
	const char *page = range->page ? pl_arena_printf(arena, " of page %zu", range->page) : "";
	char text[PL_BITS_TEXT];

	if (!page)
		return "?";
	pl_write_bits(text, range);
	return pl_arena_printf(arena, "%s%s", text, page);
}
