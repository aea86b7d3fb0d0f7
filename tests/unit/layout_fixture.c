/* SPDX-License-Identifier: MIT */
#include "layout_fixture.h"

#include <ctype.h>
#include <stdlib.h>

#include "read/flatten.h"
#include "testing.h"

enum { MOST_TYPES = 32, MOST_MEMBERS = 64, LONGEST_TOKEN = 63 };

struct parser {
	struct pl_target *target;
	const char *at;
	unsigned line; /* 0: places are not known */
	char token[LONGEST_TOKEN + 1];
	const struct pl_type *known[MOST_TYPES]; /* typedefs and records, by their names */
	size_t n_known;
};

static struct pl_type *parse_type(struct parser *p);

static bool is_part(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

/* The next token into p->token, "" at the end. */
static void advance(struct parser *p)
{
	size_t length = 0;

	for (; isspace((unsigned char)*p->at); p->at++)
		p->line += *p->at == '\n' && p->line;
	while (is_part(*p->at) && length < LONGEST_TOKEN)
		p->token[length++] = *p->at++;
	if (!length && *p->at)
		p->token[length++] = *p->at++;
	p->token[length] = '\0';
}

static bool is(const struct parser *p, const char *token)
{
	return !strcmp(p->token, token);
}

static bool take(struct parser *p, const char *token)
{
	if (!is(p, token))
		return false;
	advance(p);
	return true;
}

static void need(struct parser *p, const char *token)
{
	if (!take(p, token))
		fail_msg("expected \"%s\" before \"%s%.20s\"", token, p->token, p->at);
}

static const char *take_name(struct parser *p)
{
	const char *name = pl_arena_strdup(p->target->arena, p->token);

	if (!is_part(*name) || isdigit((unsigned char)*name))
		fail_msg("expected a name before \"%s%.20s\"", name, p->at);
	advance(p);
	return name;
}

static uint64_t take_number(struct parser *p)
{
	uint64_t number = strtoull(p->token, NULL, 10);

	if (!isdigit((unsigned char)*p->token))
		fail_msg("expected a number before \"%s%.20s\"", p->token, p->at);
	advance(p);
	return number;
}

static struct pl_type *new_type(struct parser *p, enum pl_type_kind kind, const char *name,
				uint64_t bits)
{
	struct pl_type *type = pl_arena_alloc(p->target->arena, sizeof(*type));

	assert_non_null(type);
	*type = (struct pl_type){.kind = kind, .name = name, .size = bits};
	return type;
}

static uint64_t align_of(const struct pl_type *type)
{
	uint64_t align = 8;

	type = pl_type_strip(type);
	if (type->kind == PL_TYPE_ARRAY)
		return align_of(type->to);
	if (type->kind != PL_TYPE_STRUCT && type->kind != PL_TYPE_UNION)
		return type->size;
	for (size_t i = 0; i < type->n_members; i++) {
		uint64_t its = align_of(type->members[i].type);

		align = its > align ? its : align;
	}
	return type->align > align ? type->align : align;
}

static uint64_t size_of(const struct pl_type_member *member)
{
	uint64_t size;

	if (member->bit_field)
		return member->size;
	expect_ok(pl_type_size(member->type, &size));
	return size;
}

static uint64_t align_up(uint64_t offset, uint64_t align)
{
	return (offset + align - 1) / align * align;
}

/* A bit field follows the one before as long as it stays in one unit of its type. */
static uint64_t place_of(const struct pl_type *record, const struct pl_type_member *member)
{
	uint64_t align = align_of(member->type), end = record->size;

	if (record->kind == PL_TYPE_UNION)
		return 0;
	if (!member->bit_field || end / align != (end + member->size - 1) / align)
		return align_up(end, align);
	return end;
}

static void parse_declarator(struct parser *p, const struct pl_type *record,
			     struct pl_type_member *member)
{
	if (!is(p, ";") && !is(p, ":"))
		member->name = take_name(p);
	if (take(p, "[")) {
		struct pl_type *array = new_type(p, PL_TYPE_ARRAY, NULL, 0);

		array->to = member->type;
		array->unbounded = is(p, "]");
		array->count = array->unbounded ? 0 : take_number(p);
		member->type = array;
		need(p, "]");
	}
	if (take(p, ":")) {
		member->bit_field = true;
		member->size = take_number(p);
	}
	member->offset = take(p, "@") ? take_number(p) * 8 : place_of(record, member);
	need(p, ";");
}

static void parse_members(struct parser *p, struct pl_type *record)
{
	record->members = pl_arena_array(p->target->arena, MOST_MEMBERS, sizeof(*record->members));
	assert_non_null(record->members);
	record->complete = true;
	while (!take(p, "}")) {
		struct pl_type_member *member = &record->members[record->n_members];
		uint64_t end;

		assert_true(record->n_members < MOST_MEMBERS);
		*member = (struct pl_type_member){
			.place = {p->line ? "kernel.h" : NULL, p->line},
		};
		member->type = parse_type(p);
		parse_declarator(p, record, member);
		end = member->offset + size_of(member);
		record->size = end > record->size ? end : record->size;
		/* An unnamed bit field only takes room. */
		record->n_members += member->name || !member->bit_field;
	}
	record->align = take(p, "aligned") ? 8 * take_number(p) : 0;
	record->size = align_up(record->size, align_of(record));
}

/* The last one called so. */
static const struct pl_type *find(const struct parser *p, const char *name, bool is_typedef)
{
	for (size_t i = p->n_known; i-- > 0;)
		if (!strcmp(p->known[i]->name, name) &&
		    (p->known[i]->kind == PL_TYPE_TYPEDEF) == is_typedef)
			return p->known[i];
	return NULL;
}

static void know(struct parser *p, const struct pl_type *type)
{
	assert_true(p->n_known < MOST_TYPES);
	p->known[p->n_known++] = type;
}

/* After "struct" or "union". One that is not declared may only be pointed at. */
static struct pl_type *parse_record(struct parser *p, enum pl_type_kind kind)
{
	const struct pl_place place = {p->line ? "kernel.h" : NULL, p->line};
	const char *name = is(p, "{") ? NULL : take_name(p);
	const struct pl_type *known = name ? find(p, name, false) : NULL;
	struct pl_type *record = new_type(p, kind, name, 0);

	if (!take(p, "{")) {
		if (known)
			*record = *known;
		return record;
	}
	record->place = place;
	parse_members(p, record);
	if (name)
		know(p, record);
	return record;
}

static struct pl_type *parse_name(struct parser *p)
{
	const struct {
		const char *name;
		enum pl_type_kind kind;
		uint64_t bits;
	} base[] = {{"char", PL_TYPE_BASE, 8},
		    {"short", PL_TYPE_BASE, 16},
		    {"int", PL_TYPE_BASE, 32},
		    {"long", PL_TYPE_BASE, p->target->bits},
		    {"llong", PL_TYPE_BASE, 64},
		    {"u128", PL_TYPE_BASE, 128},
		    {"void", PL_TYPE_VOID, 0},
		    {"double", PL_TYPE_FLOAT, 64},
		    {"callback", PL_TYPE_POINTER, p->target->bits}};
	const char *name = take_name(p);
	struct pl_type *type;

	for (size_t i = 0; i < COUNT(base); i++) {
		if (strcmp(base[i].name, name))
			continue;
		type = new_type(p, base[i].kind, name, base[i].bits);
		if (!strcmp(name, "callback"))
			type->to = new_type(p, PL_TYPE_FUNCTION, NULL, 0);
		return type;
	}
	if (!find(p, name, true))
		fail_msg("unknown type \"%s\"", name);
	type = new_type(p, PL_TYPE_TYPEDEF, name, 0);
	*type = *find(p, name, true);
	return type;
}

static struct pl_type *parse_type(struct parser *p)
{
	struct pl_type *type;

	if (take(p, "struct"))
		type = parse_record(p, PL_TYPE_STRUCT);
	else if (take(p, "union"))
		type = parse_record(p, PL_TYPE_UNION);
	else if (take(p, "enum"))
		type = new_type(p, PL_TYPE_ENUM, take_name(p), 32);
	else
		type = parse_name(p);
	while (take(p, "*")) {
		struct pl_type *pointer = new_type(p, PL_TYPE_POINTER, NULL, p->target->bits);

		pointer->to = type->kind == PL_TYPE_VOID ? NULL : type;
		type = pointer;
	}
	return type;
}

static void parse_declaration(struct parser *p, bool add)
{
	bool is_typedef = take(p, "typedef");
	struct pl_type *type = parse_type(p);
	struct pl_record *record;

	if (is_typedef) {
		struct pl_type *name = new_type(p, PL_TYPE_TYPEDEF, take_name(p), 0);

		name->to = type;
		know(p, name);
	} else if (add) {
		expect_ok(pl_flatten(p->target->arena, type->name, type, &record));
		expect_ok(pl_target_add_record(p->target, record));
	}
	need(p, ";");
}

static void parse(struct parser *p, const char *source, bool add)
{
	p->at = source;
	p->line = add;
	for (advance(p); *p->token;)
		parse_declaration(p, add);
}

void layout_records(struct pl_target *target, const char *source)
{
	struct parser parser = {.target = target};

	parse(&parser,
	      "struct list_head { struct list_head *next; struct list_head *prev; };"
	      "struct callback_head { struct callback_head *next; callback func; };"
	      "typedef struct { int counter; } atomic_t;"
	      "typedef struct { atomic_t val; int owner; } spinlock_t;",
	      false);
	parse(&parser, source, true);
}
