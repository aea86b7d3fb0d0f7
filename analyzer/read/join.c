/* SPDX-License-Identifier: MIT */
#include "read/join.h"

#include <inttypes.h>
#include <string.h>

static struct pl_error *add_finding(struct pl_target *built, const char *rule,
				    enum pl_severity severity, const char *overlay,
				    const char *member, char *message)
{
	struct pl_finding finding = {
		.rule = rule,
		.severity = severity,
		.overlay = overlay,
		.member = member,
		.message = message,
	};

	return message ? pl_target_add_finding(built, &finding) : pl_error_no_memory();
}

static const char *past_indices(const char *path)
{
	while (*path == '[') {
		const char *end = strchr(path, ']');

		path = end ? end + 1 : path + strlen(path);
	}
	return path;
}

/* BTF made by pahole has the dimensions of an array as one: "[3]" for "[1][1]". */
static bool same_path(const char *a, const char *b, bool one_dimension)
{
	for (;; a++, b++) {
		if (one_dimension && *a == '[' && *b == '[') {
			a = past_indices(a);
			b = past_indices(b);
		}
		if (*a != *b || !*a)
			return *a == *b;
	}
}

/*
 * Types are spelled as each source likes, and a bit field that fills its type
 * need not be told as one (clang 14); what has to agree is what lies where.
 */
static bool same_place(const struct pl_field *a, const struct pl_field *b, bool one_dimension)
{
	return a->offset == b->offset && a->size == b->size &&
	       same_path(a->path, b->path, one_dimension);
}

static const char *describe_field(struct pl_arena *arena, const struct pl_field *field)
{
	return pl_arena_printf(arena, "%s at bit %" PRIu64 ", %" PRIu64 " bits long", field->path,
			       field->offset, field->size);
}

/* The first difference, in words, into *RET; NULL if there is none. *MEMBER is what it is about. */
static struct pl_error *find_difference(struct pl_arena *arena, const struct pl_record *built,
					const struct pl_record *headers, bool one_dimension,
					char **ret, const char **member)
{
	size_t i = 0;
	const char *a = "nothing", *b = "nothing";

	*ret = NULL;
	*member = NULL;
	while (i < built->n_fields && i < headers->n_fields &&
	       same_place(&built->fields[i], &headers->fields[i], one_dimension))
		i++;
	if (i == built->n_fields && i == headers->n_fields && built->size == headers->size)
		return NULL;
	if (i < built->n_fields)
		a = describe_field(arena, &built->fields[i]);
	if (i < headers->n_fields)
		b = describe_field(arena, &headers->fields[i]);
	if (!a || !b)
		return pl_error_no_memory();
	*member = i < built->n_fields	  ? built->fields[i].path
		  : i < headers->n_fields ? headers->fields[i].path
					  : NULL;
	if (*member)
		*ret = pl_arena_printf(arena,
				       "as built it has %s, by the headers %s (%" PRIu64
				       " and %" PRIu64 " bytes in all)",
				       a, b, built->size / 8, headers->size / 8);
	else
		*ret = pl_arena_printf(arena,
				       "as built it has %" PRIu64 " bytes, by the headers %" PRIu64,
				       built->size / 8, headers->size / 8);
	return *ret ? NULL : pl_error_no_memory();
}

/* What IS does not say, from THEIRS. */
static struct pl_error *copy_place(struct pl_arena *arena, struct pl_place *is,
				   const struct pl_place *theirs)
{
	if (is->file || !theirs->file)
		return NULL;
	is->line = theirs->line;
	is->file = pl_arena_strdup(arena, theirs->file);
	return is->file ? NULL : pl_error_no_memory();
}

/* Both have the same leaves; of what they are in, the one may know more than the other. */
static struct pl_error *copy_places(struct pl_arena *arena, struct pl_record *built,
				    const struct pl_record *headers, bool one_dimension)
{
	for (size_t i = 0; i < built->n_fields; i++)
		PL_TRY(copy_place(arena, &built->fields[i].place, &headers->fields[i].place));
	for (size_t i = 0; i < built->n_containers; i++)
		for (size_t j = 0; j < headers->n_containers; j++)
			if (built->containers[i].offset == headers->containers[j].offset &&
			    same_path(built->containers[i].path, headers->containers[j].path,
				      one_dimension))
				PL_TRY(copy_place(arena, &built->containers[i].place,
						  &headers->containers[j].place));
	return copy_place(arena, &built->place, &headers->place);
}

static struct pl_error *join_record(struct pl_target *built, struct pl_record *record,
				    const struct pl_record *headers)
{
	bool one_dimension = built->source.kind == PL_SOURCE_BTF;
	const char *member;
	char *difference;

	PL_TRY(find_difference(built->arena, record, headers, one_dimension, &difference, &member));
	if (!difference)
		return copy_places(built->arena, record, headers, one_dimension);
	return add_finding(built, "LAYOUT-DISAGREES", PL_SEVERITY_ERROR, record->name, member,
			   pl_arena_printf(built->arena, "%s %s is not what the headers say: %s",
					   record->is_union ? "union" : "struct", record->name,
					   difference));
}

/* A record that only the headers have, was compiled out or is not in the debug information. */
static struct pl_error *join_records(struct pl_target *built, const struct pl_target *headers)
{
	for (size_t i = 0; i < headers->n_records; i++) {
		struct pl_record *record = pl_target_record(built, headers->records[i]->name);

		if (record)
			PL_TRY(join_record(built, record, headers->records[i]));
	}
	return NULL;
}

/* "s390x (64-bit, big-endian)", as far as it is known. */
static const char *describe_arch(struct pl_arena *arena, const struct pl_target *target)
{
	const char *arch = target->arch ? target->arch : "an unknown architecture";
	const char *endian = pl_endian_name(target->endian), *text;

	if (!target->bits || !endian)
		return arch;
	text = pl_arena_printf(arena, "%s (%u-bit, %s-endian)", arch, target->bits, endian);
	return text ? text : arch;
}

static bool differ(const char *a, const char *b)
{
	return a && b && strcmp(a, b) != 0;
}

/*
 * Headers of another architecture say nothing of this kernel. By its name alone
 * that is not sure: user-mode Linux is an x86 program.
 */
static struct pl_error *check_arch(struct pl_target *built, const struct pl_target *headers)
{
	bool other_word = built->bits && headers->bits && built->bits != headers->bits;
	bool other_order = built->endian && headers->endian && built->endian != headers->endian;

	if (!other_word && !other_order && !differ(built->arch, headers->arch))
		return NULL;
	return add_finding(
		built, "ARCH-DISAGREES",
		other_word || other_order ? PL_SEVERITY_ERROR : PL_SEVERITY_WARNING, NULL, NULL,
		pl_arena_printf(built->arena, "the kernel is for %s, the headers are for %s",
				describe_arch(built->arena, built),
				describe_arch(built->arena, headers)));
}

static struct pl_error *join_identity(struct pl_target *built, const struct pl_target *headers)
{
	struct pl_arena *arena = built->arena;

	built->pins_source = headers->pins_source;
	built->scanned = headers->scanned;
	built->only_asked_for = headers->only_asked_for;
	built->pins_source.path = pl_arena_strdup(arena, headers->pins_source.path);
	built->reader = pl_arena_strdup(arena, headers->reader);
	if (!built->config_digest)
		built->config_digest = pl_arena_strdup(arena, headers->config_digest);
	if (!built->pins_source.path || (headers->reader && !built->reader) ||
	    (headers->config_digest && !built->config_digest))
		return pl_error_no_memory();
	PL_TRY(check_arch(built, headers));
	if (!differ(built->release, headers->release))
		return NULL;
	return add_finding(built, "RELEASE-DISAGREES", PL_SEVERITY_WARNING, NULL, NULL,
			   pl_arena_printf(arena, "the kernel is %s, the headers are of %s",
					   built->release, headers->release));
}

struct pl_error *pl_join(struct pl_target *built, const struct pl_target *headers)
{
	PL_TRY(join_identity(built, headers));
	PL_TRY(join_records(built, headers));
	for (size_t i = 0; i < headers->n_pins; i++)
		PL_TRY(pl_target_add_pin(built, &headers->pins[i]));
	for (size_t i = 0; i < headers->n_constants; i++)
		PL_TRY(pl_target_add_constant(built, &headers->constants[i]));
	for (size_t i = 0; i < headers->n_candidates; i++)
		PL_TRY(pl_target_add_candidate(built, &headers->candidates[i]));
	for (size_t i = 0; i < headers->n_discovered; i++)
		PL_TRY(pl_target_add_discovered(built, &headers->discovered[i]));
	for (size_t i = 0; i < headers->n_findings; i++)
		PL_TRY(pl_target_add_finding(built, &headers->findings[i]));
	return pl_arena_failed(built->arena) ? pl_error_no_memory() : NULL;
}
