/* SPDX-License-Identifier: MIT */
/* Code of one subject that reaches the same bits as an overlay's and as the host's. */
#include <fnmatch.h>
#include <string.h>

#include "check/rules/check_internal.h"

/* How much of FILE's path names what it is about: a directory, or all where that has no one
 * subject. */
static size_t subject_length(const struct pl_rule *rule, const char *file)
{
	const char *slash = strrchr(file, '/');
	size_t length = slash ? (size_t)(slash - file) : 0;
	char directory[4096];

	if (length >= sizeof(directory))
		return strlen(file);
	memcpy(directory, file, length);
	directory[length] = '\0';
	for (size_t i = 0; i < rule->n_file_by_file; i++)
		if (!fnmatch(rule->file_by_file[i], directory, 0))
			return strlen(file);
	return length;
}

static bool same_subject(const struct pl_rule *rule, const struct pl_access *a,
			 const struct pl_access *b)
{
	const char *left = a->spot.place.file, *right = b->spot.place.file;
	size_t length;

	if (!left || !right)
		return false;
	length = subject_length(rule, left);
	return length == subject_length(rule, right) && !strncmp(left, right, length);
}

static bool same_name(const char *a, const char *b)
{
	size_t length = strcspn(a, ".[");

	return length == strcspn(b, ".[") && !strncmp(a, b, length);
}

/* The bits that both are about, in *RET; false if there are none. */
static bool overlap(const struct pl_checker *checker, const struct pl_access *a,
		    const struct pl_access *b, struct pl_bit_range *ret)
{
	struct pl_bit_range left, right;
	uint64_t from, to;

	if (!pl_target_access_range(checker->target, a, &left) ||
	    !pl_target_access_range(checker->target, b, &right) || left.page != right.page)
		return false;
	from = left.offset > right.offset ? left.offset : right.offset;
	to = left.offset + left.size < right.offset + right.size ? left.offset + left.size
								 : right.offset + right.size;
	*ret = (struct pl_bit_range){left.page, from, to > from ? to - from : 0};
	return to > from;
}

/* Whether ACCESS is to a member of an overlay that the rule is about. */
static bool is_ours(const struct pl_checker *checker, const struct pl_access *access)
{
	return access->field && strcmp(access->record, checker->host->name) != 0 &&
	       pl_check_applies_to_path(checker, access->record, access->field);
}

static bool is_hosts(const struct pl_checker *checker, const struct pl_access *access)
{
	return access->field && !strcmp(access->record, checker->host->name);
}

/* A member of an overlay, and a host field on the same bits. */
struct pair {
	const struct pl_access *ours, *hosts;
};

/* Those that were told. */
struct pairs {
	struct pair *list;
	size_t count, capacity;
};

static bool is_ours_in(const struct pair *pair, const struct pl_access *access)
{
	return access->field && !strcmp(access->record, pair->ours->record) &&
	       same_name(access->field, pair->ours->field);
}

static bool is_hosts_in(const struct pair *pair, const struct pl_access *access)
{
	return access->field && !strcmp(access->record, pair->hosts->record) &&
	       same_name(access->field, pair->hosts->field);
}

/* Whether ACCESS, by one name of PAIR, meets one by the other name in its subject. */
static bool meets(const struct pl_checker *checker, const struct pair *pair,
		  const struct pl_access *access)
{
	const struct pl_usage *usage = checker->target->usage;
	bool ours = is_ours_in(pair, access);
	struct pl_bit_range range;

	if (!ours && !is_hosts_in(pair, access))
		return false;
	for (size_t i = 0; i < usage->n_accesses; i++) {
		const struct pl_access *other = &usage->accesses[i];

		if ((ours ? is_hosts_in(pair, other) : is_ours_in(pair, other)) &&
		    same_subject(checker->rule, access, other) &&
		    overlap(checker, access, other, &range))
			return true;
	}
	return false;
}

static struct pl_error *report(struct pl_checker *checker, const struct pair *pair)
{
	const struct pl_usage *usage = checker->target->usage;
	struct pl_trail_about about = {
		.record = pl_target_record(checker->target, pair->ours->record),
		.member = pl_check_outermost(checker, pair->ours->field),
		.host_field = pl_check_outermost(checker, pair->hosts->field),
	};
	struct pl_access ours = *pair->ours, hosts = *pair->hosts;
	struct pl_trail trail = {0};

	if (!about.member || !about.host_field)
		return pl_error_no_memory();
	/* The same are the members as a whole, whatever part of them this access is about. */
	ours.field = about.member;
	hosts.field = about.host_field;
	overlap(checker, &ours, &hosts, &about.range);
	for (size_t i = 0; i < usage->n_accesses; i++)
		if (meets(checker, pair, &usage->accesses[i]))
			PL_TRY(pl_trail_add(checker, &usage->accesses[i], &trail));
	return pl_check_add_trail(
		checker, &about, &trail,
		"%s.%s and %s.%s are the same %s, and one subsystem uses both names",
		about.record->name, about.member, checker->host->name, about.host_field,
		pl_check_bytes(checker, &about.range));
}

static bool is_told(const struct pairs *told, const struct pair *pair)
{
	for (size_t i = 0; i < told->count; i++)
		if (is_ours_in(&told->list[i], pair->ours) &&
		    is_hosts_in(&told->list[i], pair->hosts))
			return true;
	return false;
}

static struct pl_error *tell(struct pl_checker *checker, const struct pair *pair,
			     struct pairs *told)
{
	struct pair *list;

	if (is_told(told, pair))
		return NULL;
	list = pl_arena_grow(checker->target->arena, told->list, told->count, &told->capacity,
			     sizeof(*list));
	if (!list)
		return pl_error_no_memory();
	told->list = list;
	list[told->count++] = *pair;
	return report(checker, pair);
}

static struct pl_error *check_access(struct pl_checker *checker, const struct pl_access *ours,
				     struct pairs *told)
{
	const struct pl_usage *usage = checker->target->usage;

	for (size_t i = 0; i < usage->n_accesses; i++) {
		const struct pair pair = {ours, &usage->accesses[i]};
		struct pl_bit_range range;

		if (is_hosts(checker, pair.hosts) &&
		    same_subject(checker->rule, ours, pair.hosts) &&
		    overlap(checker, ours, pair.hosts, &range))
			PL_TRY(tell(checker, &pair, told));
	}
	return NULL;
}

struct pl_error *pl_rule_alias(struct pl_checker *checker)
{
	const struct pl_usage *usage = checker->target->usage;
	struct pairs told = {0};

	for (size_t i = 0; usage && i < usage->n_accesses; i++)
		if (is_ours(checker, &usage->accesses[i]))
			PL_TRY(check_access(checker, &usage->accesses[i], &told));
	return NULL;
}
