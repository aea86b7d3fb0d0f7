/* SPDX-License-Identifier: MIT */
#include "check/rules/check_internal.h"

/*
 * Looks from one thing to another, and what is told as evidence. The code of a
 * whole x86_64 takes some thousands of both.
 */
enum { MAX_LOOKS = 1 << 27, MAX_TOLD = 1 << 18 };

static struct pl_error *count_up(const struct pl_checker *checker, size_t *count, size_t most)
{
	if (++*count <= most)
		return NULL;
	return pl_error_new(PL_ERROR_UNREADABLE, "%s: there is too much code in it for %s",
			    checker->target->source.path, checker->rule->info.id);
}

struct pl_error *pl_check_look(struct pl_checker *checker)
{
	return count_up(checker, &checker->looks, MAX_LOOKS);
}

struct pl_error *pl_check_tell(struct pl_checker *checker)
{
	return count_up(checker, &checker->told, MAX_TOLD);
}
