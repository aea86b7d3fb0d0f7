/* SPDX-License-Identifier: MIT */
#include "read/headers/assertion.h"

#include <string.h>

#include "model/overlay.h"
#include "read/headers/operator_text.h"

enum { MAX_DEPTH = 64 };

static struct pl_error *read_condition(const struct pl_unit *unit, CXCursor cursor, int depth,
				       const struct pl_assertion *blank, struct pl_assertions *ret);

static struct pl_error *add(const struct pl_unit *unit, const struct pl_assertion *assertion,
			    struct pl_assertions *ret)
{
	struct pl_assertion *list;

	if (!assertion->left.record && !assertion->right.record)
		return NULL;
	list = pl_arena_grow(unit->arena, ret->list, ret->count, &ret->capacity, sizeof(*list));
	if (!list)
		return pl_error_no_memory();
	ret->list = list;
	list[ret->count++] = *assertion;
	return NULL;
}

/* Whether MASK is n - 1 for some power of two. */
static bool is_low_mask(int64_t mask)
{
	return mask >= 0 && mask < INT64_MAX && !(mask & (mask + 1));
}

/* "(offset & (n - 1)) == 0" and "offset % n == 0": what is aligned, and to what. */
static struct pl_error *read_multiple(const struct pl_unit *unit, CXCursor left,
				      struct pl_assertion *assertion)
{
	struct pl_children children;
	struct pl_term multiple, of;
	const char *operator;

	left = pl_expr_strip(unit->clang, left);
	PL_TRY(pl_expr_operator(unit, left, &operator));
	pl_expr_children(unit->clang, left, &children);
	if ((strcmp(operator, "&") && strcmp(operator, "%")) || children.count != 2)
		return NULL;
	PL_TRY(pl_expr_term(unit, children.list[0], &multiple));
	PL_TRY(pl_expr_term(unit, children.list[1], &of));
	if (!multiple.record || multiple.form == PL_TERM_OTHER || !of.known ||
	    (*operator== '&' && !is_low_mask(of.value)))
		return NULL;
	assertion->left = multiple;
	of.value += *operator== '&';
	assertion->right =
		(struct pl_term){.known = true, .is_unsigned = of.is_unsigned, .value = of.value};
	assertion->operator= "%";
	return NULL;
}

static struct pl_error *read_comparison(const struct pl_unit *unit, CXCursor left, CXCursor right,
					struct pl_assertion *assertion)
{
	PL_TRY(pl_expr_term(unit, left, &assertion->left));
	PL_TRY(pl_expr_term(unit, right, &assertion->right));
	if (!strcmp(assertion->operator, "==") && assertion->left.form == PL_TERM_OTHER &&
	    assertion->right.form == PL_TERM_NUMBER && assertion->right.known &&
	    !assertion->right.value)
		return read_multiple(unit, left, assertion);
	return NULL;
}

/* What is neither a comparison nor joined by &&. */
static struct pl_error *read_other(const struct pl_unit *unit, CXCursor cursor,
				   struct pl_assertion *assertion)
{
	PL_TRY(pl_expr_term(unit, cursor, &assertion->left));
	assertion->operator= "";
	return NULL;
}

static struct pl_error *read_condition(const struct pl_unit *unit, CXCursor cursor, int depth,
				       const struct pl_assertion *blank, struct pl_assertions *ret)
{
	CXCursor plain = pl_expr_strip(unit->clang, cursor);
	struct pl_assertion assertion = *blank;
	struct pl_children children;
	int64_t value;

	PL_TRY(pl_expr_operator(unit, plain, &assertion.operator));
	pl_expr_children(unit->clang, plain, &children);
	if (!strcmp(assertion.operator, "&&") && children.count == 2 && depth < MAX_DEPTH) {
		PL_TRY(read_condition(unit, children.list[0], depth + 1, blank, ret));
		return read_condition(unit, children.list[1], depth + 1, blank, ret);
	}
	if (pl_operator_compares(assertion.operator) && children.count == 2)
		PL_TRY(read_comparison(unit, children.list[0], children.list[1], &assertion));
	else
		PL_TRY(read_other(unit, plain, &assertion));
	/* What libclang cannot tell, the compiler has: a failed assertion is an error of the unit.
	 */
	assertion.holds = !pl_expr_value(unit->clang, cursor, &value) || value;
	return add(unit, &assertion, ret);
}

/* "static_assert(EXPRESSION, "TEXT")" without what is around the expression. */
static struct pl_error *copy_expression(const struct pl_unit *unit, CXCursor cursor,
					const char **ret)
{
	const char *text = pl_clang_text(unit->clang, unit->arena,
					 unit->clang->clang_getCursorPrettyPrinted(cursor, NULL));
	const char *from = text ? strchr(text, '(') : NULL, *message;

	if (!text)
		return pl_error_no_memory();
	if (!from) {
		*ret = text;
		return NULL;
	}
	message = strstr(from, ", \"");
	from++;
	*ret = pl_arena_strndup(unit->arena, from,
				message ? (size_t)(message - from)
					: strlen(from) - (from[0] != '\0'));
	return *ret ? NULL : pl_error_no_memory();
}

struct pl_error *pl_assertion_read(const struct pl_unit *unit, CXCursor cursor,
				   struct pl_assertions *ret)
{
	const struct pl_clang *clang = unit->clang;
	struct pl_assertion blank = {0};
	struct pl_unit looking = *unit;
	struct pl_children children;

	pl_expr_children(clang, cursor, &children);
	if (!children.count || !pl_expr_names_record(clang, children.list[0]))
		return NULL;
	PL_TRY(pl_unit_place(unit, clang->clang_getCursorLocation(cursor), &blank.place));
	PL_TRY(copy_expression(unit, cursor, &blank.text));
	looking.expression = children.list[0];
	looking.expression_text = blank.text;
	return read_condition(&looking, children.list[0], 0, &blank, ret);
}

static bool names(const struct pl_term *term, const char *record)
{
	return term->record && !strcmp(term->record, record);
}

/* HOST's side of "offsetof(host, x) + n * sizeof(host) == offsetof(y, z)", or NULL. */
static const struct pl_term *host_side(const struct pl_assertion *assertion, const char *host)
{
	const struct pl_term *side =
		names(&assertion->left, host) ? &assertion->left : &assertion->right;
	const struct pl_term *other =
		side == &assertion->left ? &assertion->right : &assertion->left;

	if (strcmp(assertion->operator, "==") || side->form != PL_TERM_OFFSET ||
	    other->form != PL_TERM_OFFSET || !names(side, host) || names(other, host) ||
	    other->added ||
	    (side->added && (strcmp(side->added, host) || side->times >= PL_MOST_PAGES)))
		return NULL;
	return side;
}

const struct pl_term *pl_assertion_overlay(const struct pl_assertion *assertion, const char *host)
{
	const struct pl_term *left = &assertion->left, *right = &assertion->right;
	const struct pl_term *side = host_side(assertion, host);
	bool less = !strcmp(assertion->operator, "<=") || !strcmp(assertion->operator, "<");
	bool more = !strcmp(assertion->operator, ">=") || !strcmp(assertion->operator, ">");

	if (side)
		return side == left ? right : left;
	if (!strcmp(assertion->operator, "=="))
		less = more = true;
	if (less && left->form == PL_TERM_SIZE && !names(left, host) && names(right, host) &&
	    (right->form == PL_TERM_SIZE || right->form == PL_TERM_OFFSET))
		return left;
	if (more && right->form == PL_TERM_SIZE && !names(right, host) && names(left, host) &&
	    (left->form == PL_TERM_SIZE || left->form == PL_TERM_OFFSET))
		return right;
	return NULL;
}

/* How many hosts begin before the end of what TERM, about HOST, measures. */
static uint64_t hosts_in(const struct pl_term *term, const char *host)
{
	if (term->form == PL_TERM_SIZE)
		return term->times;
	return term->added && !strcmp(term->added, host) ? term->times + 1 : 1;
}

size_t pl_assertion_pages(const struct pl_assertion *assertion, const char *host)
{
	const struct pl_term *side =
		names(&assertion->left, host) ? &assertion->left : &assertion->right;
	uint64_t pages = names(side, host) ? hosts_in(side, host) : 1;

	if (!pages)
		return 1;
	return pages < PL_MOST_PAGES ? (size_t)pages : PL_MOST_PAGES;
}

static struct pl_error *spell(const struct pl_unit *unit, const struct pl_assertion *assertion,
			      const char **ret)
{
	PL_CLEANUP(pl_strbuf_release) struct pl_strbuf text = PL_STRBUF_INIT;

	pl_term_spell(&assertion->left, &text);
	pl_strbuf_printf(&text, " %s ", assertion->operator);
	pl_term_spell(&assertion->right, &text);
	if (!strcmp(assertion->operator, "%"))
		pl_strbuf_add(&text, " == 0");
	*ret = pl_strbuf_failed(&text) ? NULL : pl_arena_strdup(unit->arena, text.text);
	return *ret ? NULL : pl_error_no_memory();
}

/* The side that is not about HOST, if only one is; else the left one that names a record. */
static const struct pl_term *subject(const struct pl_assertion *assertion, const char *host)
{
	if (assertion->left.record && !names(&assertion->left, host))
		return &assertion->left;
	if (assertion->right.record && !names(&assertion->right, host))
		return &assertion->right;
	return assertion->left.record ? &assertion->left : &assertion->right;
}

static enum pl_pin_kind kind_of(const struct pl_assertion *assertion, const struct pl_term *about)
{
	const struct pl_term *other =
		about == &assertion->left ? &assertion->right : &assertion->left;

	if (!strcmp(assertion->operator, "%") || about->form == PL_TERM_ALIGN)
		return PL_PIN_ALIGNMENT;
	if (*assertion->operator&& about->form == PL_TERM_SIZE && other->form != PL_TERM_OTHER)
		return PL_PIN_SIZE;
	return PL_PIN_OTHER;
}

struct pl_error *pl_assertion_pin(const struct pl_unit *unit, const struct pl_assertion *assertion,
				  const char *host, struct pl_pin *ret)
{
	const struct pl_term *side = host_side(assertion, host);
	const struct pl_term *about = side == &assertion->left	  ? &assertion->right
				      : side == &assertion->right ? &assertion->left
								  : subject(assertion, host);
	const struct pl_term *other =
		about == &assertion->left ? &assertion->right : &assertion->left;
	bool compared = *assertion->operator&& assertion->left.form != PL_TERM_OTHER &&
			 assertion->right.form != PL_TERM_OTHER;

	*ret = (struct pl_pin){
		.kind = side ? PL_PIN_OFFSET : kind_of(assertion, about),
		.overlay = names(about, host) ? NULL : about->record,
		.member = names(about, host) ? NULL : about->path,
		.host_field = names(other, host)   ? other->path
			      : names(about, host) ? about->path
						   : NULL,
		.page = side && side->added ? (size_t)side->times : 0,
		.expression = assertion->text,
		.known = compared && pl_term_fits(&assertion->left) &&
			 pl_term_fits(&assertion->right),
		.holds = assertion->holds,
		.place = assertion->place,
	};
	if (ret->known) {
		ret->left = assertion->left.value;
		ret->right = assertion->right.value;
	}
	return compared ? spell(unit, assertion, &ret->expression) : NULL;
}
