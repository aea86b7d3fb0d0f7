/* SPDX-License-Identifier: MIT */
#include "read/usage/callees.h"

#include <string.h>

#include "support/hash.h"

static struct pl_error *make(struct pl_callees *callees, const char *name, struct pl_callee **ret)
{
	struct pl_callee *callee = pl_arena_alloc(callees->arena, sizeof(*callee));

	if (!callee)
		return pl_error_no_memory();
	callee->name = pl_arena_strdup(callees->arena, name);
	if (!callee->name)
		return pl_error_no_memory();
	for (int i = 0; i < PL_CALLEE_ARGUMENTS; i++)
		callee->effects[i] = pl_usage_effect(callees->rules, name, i);
	callee->any = pl_usage_effect(callees->rules, name, PL_EFFECT_ANY);
	*ret = callee;
	return NULL;
}

struct pl_error *pl_callees_find(struct pl_callees *callees, const char *name,
				 struct pl_callee **ret)
{
	uint64_t hash = pl_hash_text(name);
	struct pl_callee *first = pl_idmap_get(&callees->by_name, hash);

	for (*ret = first; *ret; *ret = (*ret)->next)
		if (!strcmp((*ret)->name, name))
			return NULL;
	PL_TRY(make(callees, name, ret));
	if (!first)
		return pl_idmap_put(&callees->by_name, hash, *ret);
	(*ret)->next = first->next;
	first->next = *ret;
	return NULL;
}

static struct pl_error *note(struct pl_callees *callees, struct pl_callee *callee,
			     struct pl_callee ***list, size_t *count, size_t *capacity)
{
	struct pl_callee **grown =
		pl_arena_grow(callees->arena, *list, *count, capacity, sizeof(*grown));

	if (!grown)
		return pl_error_no_memory();
	*list = grown;
	grown[(*count)++] = callee;
	return NULL;
}

static struct pl_error *note_in_list(struct pl_callees *callees, struct pl_callee *callee,
				     bool is_own)
{
	for (const struct pl_returned *its = callee->returned; its; its = its->next)
		if (its->is_own == is_own)
			return NULL;
	return is_own ? note(callees, callee, &callees->own, &callees->n_own,
			     &callees->own_capacity)
		      : note(callees, callee, &callees->shared, &callees->n_shared,
			     &callees->shared_capacity);
}

struct pl_error *pl_callees_returns(struct pl_callees *callees, struct pl_callee *callee,
				    const char *record, const char *field, bool of_header)
{
	struct pl_returned *returned;

	for (returned = callee->returned; returned; returned = returned->next)
		if (returned->is_own == !of_header && !strcmp(returned->record, record) &&
		    !strcmp(returned->field, field))
			return NULL;
	PL_TRY(note_in_list(callees, callee, !of_header));
	returned = pl_arena_alloc(callees->arena, sizeof(*returned));
	if (!returned)
		return pl_error_no_memory();
	returned->record = record;
	returned->field = pl_arena_strdup(callees->arena, field);
	if (!returned->field)
		return pl_error_no_memory();
	returned->is_own = !of_header;
	returned->next = callee->returned;
	callee->returned = returned;
	return NULL;
}

static void drop_own(struct pl_callee *callee)
{
	struct pl_returned **link = &callee->returned;

	while (*link) {
		if ((*link)->is_own)
			*link = (*link)->next;
		else
			link = &(*link)->next;
	}
}

void pl_callees_next_unit(struct pl_callees *callees)
{
	for (size_t i = 0; i < callees->n_own; i++)
		drop_own(callees->own[i]);
	callees->n_own = 0;
}
