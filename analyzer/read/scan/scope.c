/* SPDX-License-Identifier: MIT */
#include "read/scan/scope.h"

static bool same_depth(const struct pl_scope_state *left, const struct pl_scope_state *right)
{
	return left->braces == right->braces && left->parens == right->parens &&
	       left->in_function == right->in_function;
}

static void begin_branch(struct pl_scope *scope)
{
	if (scope->n_branches < PL_SCOPE_BRANCHES)
		scope->branches[scope->n_branches] = (struct pl_scope_branch){.start = scope->now};
	else
		scope->unsure = true;
	scope->n_branches++;
}

static struct pl_scope_branch *innermost(struct pl_scope *scope)
{
	if (!scope->n_branches || scope->n_branches > PL_SCOPE_BRANCHES)
		return NULL;
	return &scope->branches[scope->n_branches - 1];
}

/* A function head may stand in each branch, with one body behind the #endif. */
static void next_branch(struct pl_scope *scope)
{
	struct pl_scope_branch *branch = innermost(scope);

	if (!branch)
		return;
	if (branch->ended && !same_depth(&branch->end, &scope->now))
		scope->unsure = true;
	if (!branch->ended)
		branch->end = scope->now;
	branch->ended = true;
	scope->now = branch->start;
}

static void end_branch(struct pl_scope *scope)
{
	struct pl_scope_branch *branch = innermost(scope);

	if (branch) {
		if (!same_depth(branch->ended ? &branch->end : &branch->start, &scope->now))
			scope->unsure = true;
		if (branch->ended)
			scope->now = branch->end;
	}
	if (scope->n_branches)
		scope->n_branches--;
}

static void end_declaration(struct pl_scope *scope)
{
	struct pl_scope_state *now = &scope->now;

	if (now->braces || now->parens)
		return;
	now->in_function = now->has_parens = now->is_record = false;
	scope->units++;
}

/*
 * Is the brace that follows that of a function's body? When in doubt it is
 * not: what is then taken to be at file scope is looked at once more, what is
 * taken to be in a function never is.
 */
static bool begins_body(const struct pl_scope_state *now)
{
	return !now->braces && !now->parens && now->has_parens && !now->is_record;
}

static void open_brace(struct pl_scope *scope)
{
	if (begins_body(&scope->now))
		scope->now.in_function = true;
	scope->now.braces++;
}

static void close_brace(struct pl_scope *scope)
{
	struct pl_scope_state *now = &scope->now;

	if (!now->braces) {
		scope->unsure = true;
		return;
	}
	now->braces--;
	if (now->in_function && !now->braces && now->parens) {
		scope->unsure = true;
		now->parens = 0;
	}
	end_declaration(scope);
}

static void close_paren(struct pl_scope *scope)
{
	if (scope->now.parens)
		scope->now.parens--;
	else
		scope->unsure = true;
}

/* Anything else. */
static void note(struct pl_scope_state *now, enum pl_token_kind kind)
{
	if (now->parens || now->braces)
		return;
	if (pl_is_record_word(kind) || kind == PL_TOKEN_ENUM)
		now->is_record = true;
	else if (!pl_is_name(kind))
		now->is_record = false;
}

void pl_scope_step(struct pl_scope *scope, const struct pl_lexed *lexed, size_t index)
{
	switch ((int)lexed->tokens[index].kind) {
	case PL_TOKEN_IF:
		begin_branch(scope);
		return;
	case PL_TOKEN_ELSE:
		next_branch(scope);
		return;
	case PL_TOKEN_ENDIF:
		end_branch(scope);
		return;
	case '(':
		scope->now.has_parens = true;
		scope->now.parens++;
		return;
	case ')':
		close_paren(scope);
		return;
	case '{':
		open_brace(scope);
		return;
	case '}':
		close_brace(scope);
		return;
	case ';':
		end_declaration(scope);
		return;
	case PL_TOKEN_LINE_END:
		return;
	default:
		note(&scope->now, lexed->tokens[index].kind);
	}
}

bool pl_scope_balanced(const struct pl_scope *scope)
{
	return !scope->unsure && !scope->now.braces && !scope->now.parens && !scope->n_branches;
}
