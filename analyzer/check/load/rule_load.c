/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "check/load/pack_internal.h"

/* Far beyond any host, in bytes or words; and any bit of a word. */
enum { MAX_SIZE = 1 << 20, MAX_WORDS = 64, MAX_BIT = 127, MAX_PAGE = 63 };

/* Keys that a rule of any kind has. */
static const char *const common_keys[] = {"id",	 "title", "kind",  "severity", "why",
					  "fix", "since", "where", "except",   NULL};

/* Keys that rules of one kind have besides. */
static const char *const kind_keys[PL_RULE_KIND_COUNT][5] = {
	[PL_RULE_PLACE] = {"twins", "names"},
	[PL_RULE_LISTED] = {"gone"},
	[PL_RULE_TOUCH] = {"on"},
	[PL_RULE_HOST_SIZE] = {"least", "most", "multiple", "power_of_two"},
	[PL_RULE_HOST_ALIGN] = {"words"},
	[PL_RULE_HOST_GAP] = {"on"},
	[PL_RULE_FIT] = {"classes", "words", "in_union"},
	[PL_RULE_ALIGNED] = {"words"},
	[PL_RULE_TOGETHER] = {"on"},
	[PL_RULE_APART] = {"classes"},
	[PL_RULE_ALIAS] = {"file_by_file"},
	[PL_RULE_OWNED] = {"on", "owners", "harmless"},
	[PL_RULE_CONSTANT] = {"holds"},
};

static bool is_among(const char *const *list, size_t count, const char *key)
{
	for (size_t i = 0; i < count && list[i]; i++)
		if (!strcmp(list[i], key))
			return true;
	return false;
}

static struct pl_error *check_keys(json_t *object, enum pl_rule_kind kind)
{
	const char *key;
	json_t *value;

	json_object_foreach(object, key, value)
	{
		if (!is_among(common_keys, sizeof(common_keys) / sizeof(*common_keys), key) &&
		    !is_among(kind_keys[kind], 5, key))
			return pl_error_new(PL_ERROR_USAGE,
					    "unknown key \"%s\" in a rule of kind \"%s\"", key,
					    pl_rule_kind_name(kind));
	}
	return NULL;
}

/* One or two integers in rising order, none above MOST, under KEY; *COUNT is how many. */
static struct pl_error *load_range(json_t *object, const char *key, uint64_t most,
				   uint64_t range[2], size_t *count)
{
	json_t *array = json_object_get(object, key);

	*count = json_array_size(array);
	if (!array)
		return NULL;
	if (!json_is_array(array) || *count < 1 || *count > 2)
		return pl_json_wrong(key, "an array of one or two integers");
	for (size_t i = 0; i < *count; i++) {
		json_t *value = json_array_get(array, i);
		json_int_t number = json_integer_value(value);

		if (!json_is_integer(value) || number < 0 || (uint64_t)number > most ||
		    (i && (uint64_t)number < range[0]))
			return pl_error_new(PL_ERROR_USAGE,
					    "\"%s\": expected integers up to %ju in rising order",
					    key, (uintmax_t)most);
		range[i] = (uint64_t)number;
	}
	return NULL;
}

/* The first host position, unless another is said; and from the one that stands alone on, all. */
static struct pl_error *load_clause_bits(json_t *object, struct pl_clause *clause)
{
	uint64_t bits[2] = {0, 0}, pages[2] = {0, 0};
	size_t n_bits, n_pages;

	PL_TRY(load_range(object, "value_bits", MAX_BIT, bits, &n_bits));
	PL_TRY(load_range(object, "pages", MAX_PAGE, pages, &n_pages));
	if (n_bits == 1)
		return pl_json_wrong("value_bits", "the lowest and the highest bit");
	clause->low_bit = (unsigned)bits[0];
	clause->n_bits = n_bits ? (unsigned)(bits[1] - bits[0] + 1) : 0;
	clause->first_page = (size_t)pages[0];
	clause->last_page = n_pages == 1 ? SIZE_MAX : (size_t)pages[1];
	return NULL;
}

static struct pl_error *load_clause(struct pl_arena *arena, json_t *object,
				    struct pl_clause *clause)
{
	static const char *const extra[] = {"word", "pages", "value_bits", "allow", "forbid", NULL};

	PL_TRY(pl_pack_matcher(arena, object, extra, &clause->where));
	PL_TRY(pl_pack_no_word(&clause->where));
	PL_TRY(pl_json_copy_string(arena, object, "word", true, &clause->word));
	PL_TRY(load_clause_bits(object, clause));
	PL_TRY(pl_pack_matchers(arena, object, "allow", false, &clause->allow, &clause->n_allow));
	PL_TRY(pl_pack_matchers(arena, object, "forbid", false, &clause->forbid,
				&clause->n_forbid));
	if (!clause->n_allow && !clause->n_forbid)
		return pl_error_new(PL_ERROR_USAGE, "\"allow\" or \"forbid\" has to say something");
	return NULL;
}

static struct pl_error *load_clauses(struct pl_arena *arena, json_t *object, struct pl_rule *rule)
{
	json_t *array, *value;
	size_t index;

	PL_TRY(pl_json_objects(object, "on", true, &array));
	rule->clauses = pl_arena_array(arena, json_array_size(array), sizeof(*rule->clauses));
	if (!rule->clauses)
		return pl_error_no_memory();
	json_array_foreach(array, index, value)
	{
		struct pl_error *error = load_clause(arena, value, &rule->clauses[index]);

		if (error)
			return pl_pack_in(error, "on", index);
	}
	rule->n_clauses = json_array_size(array);
	return NULL;
}

/* Which code is meant. */
static struct pl_error *load_code(struct pl_arena *arena, json_t *object, struct pl_rule *rule)
{
	PL_TRY(pl_json_copy_globs(arena, object, "file_by_file", &rule->file_by_file,
				  &rule->n_file_by_file));
	PL_TRY(pl_json_copy_globs(arena, object, "owners", &rule->owners, &rule->n_owners));
	return pl_json_copy_globs(arena, object, "harmless", &rule->harmless, &rule->n_harmless);
}

static struct pl_error *load_parameters(struct pl_arena *arena, json_t *object,
					struct pl_rule *rule)
{
	uint64_t words = 0;

	PL_TRY(pl_pack_number(object, "least", 1, MAX_SIZE, &rule->least));
	PL_TRY(pl_pack_number(object, "most", 1, MAX_SIZE, &rule->most));
	PL_TRY(pl_pack_number(object, "multiple", 1, MAX_SIZE, &rule->multiple));
	PL_TRY(pl_pack_number(object, "words", 1, MAX_WORDS, &words));
	PL_TRY(pl_pack_flag(object, "power_of_two", &rule->power_of_two));
	PL_TRY(pl_pack_flag(object, "twins", &rule->twins));
	PL_TRY(pl_pack_flag(object, "names", &rule->names));
	PL_TRY(pl_pack_flag(object, "gone", &rule->gone));
	PL_TRY(pl_pack_flag(object, "in_union", &rule->in_union));
	PL_TRY(pl_pack_classes(object, &rule->classes));
	rule->words = (unsigned)words;
	if (rule->kind == PL_RULE_TOUCH)
		return load_clauses(arena, object, rule);
	if (rule->kind == PL_RULE_TOGETHER || rule->kind == PL_RULE_HOST_GAP ||
	    rule->kind == PL_RULE_OWNED)
		PL_TRY(pl_json_copy_strings(arena, object, "on", &rule->on, &rule->n_on));
	PL_TRY(load_code(arena, object, rule));
	if (rule->kind == PL_RULE_CONSTANT)
		return pl_pack_load_held(arena, object, rule);
	return NULL;
}

static const char *missing_parameter(const struct pl_rule *rule)
{
	bool host_size = rule->least || rule->most || rule->multiple || rule->power_of_two;

	switch (rule->kind) {
	case PL_RULE_HOST_SIZE:
		return host_size ? NULL : "least";
	case PL_RULE_HOST_ALIGN:
	case PL_RULE_ALIGNED:
		return rule->words ? NULL : "words";
	case PL_RULE_FIT:
		return !rule->classes ? "classes" : rule->words || rule->in_union ? NULL : "words";
	case PL_RULE_APART:
		return rule->classes ? NULL : "classes";
	case PL_RULE_TOUCH:
		return rule->n_clauses ? NULL : "on";
	case PL_RULE_HOST_GAP:
	case PL_RULE_TOGETHER:
		return rule->n_on ? NULL : "on";
	case PL_RULE_OWNED:
		return !rule->n_on ? "on" : rule->n_owners ? NULL : "owners";
	case PL_RULE_CONSTANT:
		return rule->n_held ? NULL : "holds";
	default:
		return NULL;
	}
}

/* Rules about records as a whole. */
static bool is_about_records(const struct pl_rule *rule)
{
	switch (rule->kind) {
	case PL_RULE_SIZE:
	case PL_RULE_HOST_SIZE:
	case PL_RULE_HOST_ALIGN:
	case PL_RULE_HOST_GAP:
	case PL_RULE_ASSERTED:
	case PL_RULE_CANDIDATE:
	case PL_RULE_HOLE:
	case PL_RULE_END:
		return true;
	default:
		return false;
	}
}

/* Rules about names, of what may not be there. */
static bool is_about_names(const struct pl_rule *rule)
{
	return rule->gone || rule->kind == PL_RULE_READING || rule->kind == PL_RULE_TOGETHER ||
	       rule->kind == PL_RULE_CONSTANT;
}

/* A key that MATCHER has would never fit, or be left aside, where there is no such member. */
static struct pl_error *check_matcher(const struct pl_rule *rule, const struct pl_matcher *matcher)
{
	bool records = is_about_records(rule), names = is_about_names(rule);
	const char *key = NULL;

	if (records && matcher->n_members)
		key = "members";
	else if ((records || names) && matcher->classes)
		key = "classes";
	else if ((records || names) && matcher->n_types)
		key = "types";
	return key ? pl_error_new(PL_ERROR_USAGE,
				  "\"%s\": there is no member here that it could fit", key)
		   : NULL;
}

static struct pl_error *check_matchers(const struct pl_rule *rule)
{
	PL_TRY(check_matcher(rule, &rule->where));
	for (size_t i = 0; i < rule->n_except; i++) {
		struct pl_error *error = check_matcher(rule, &rule->except[i]);

		if (error)
			return pl_pack_in(error, "except", i);
	}
	return NULL;
}

static struct pl_error *load_info(struct pl_arena *arena, json_t *object, struct pl_rule_info *info)
{
	const char *severity = json_string_value(json_object_get(object, "severity"));

	PL_TRY(pl_json_copy_string(arena, object, "title", true, &info->title));
	PL_TRY(pl_json_copy_string(arena, object, "why", true, &info->why));
	PL_TRY(pl_json_copy_string(arena, object, "fix", false, &info->fix));
	PL_TRY(pl_json_copy_string(arena, object, "since", false, &info->since));
	if (!severity || !pl_severity_parse(severity, &info->severity))
		return pl_json_wrong("severity", "\"error\", \"warning\", \"info\" or \"none\"");
	return NULL;
}

static struct pl_error *load_body(struct pl_arena *arena, json_t *object, struct pl_rule *rule)
{
	const char *kind = json_string_value(json_object_get(object, "kind"));
	json_t *where = json_object_get(object, "where");

	if (!kind || !pl_rule_kind_parse(kind, &rule->kind))
		return pl_error_new(PL_ERROR_USAGE, "\"kind\": there is no kind of rule \"%s\"",
				    kind ? kind : "");
	PL_TRY(check_keys(object, rule->kind));
	PL_TRY(load_info(arena, object, &rule->info));
	if (where && !json_is_object(where))
		return pl_json_wrong("where", "an object");
	if (where)
		PL_TRY(pl_pack_matcher(arena, where, NULL, &rule->where));
	PL_TRY(pl_pack_no_word(&rule->where));
	PL_TRY(pl_pack_matchers(arena, object, "except", true, &rule->except, &rule->n_except));
	PL_TRY(load_parameters(arena, object, rule));
	PL_TRY(check_matchers(rule));
	return missing_parameter(rule) ? pl_json_wrong(missing_parameter(rule), "something") : NULL;
}

static struct pl_error *load_rule(struct pl_pack *pack, json_t *object)
{
	struct pl_rule *rule = &pack->rules[pack->n_rules];
	struct pl_error *error;

	PL_TRY(pl_json_copy_string(pack->arena, object, "id", true, &rule->info.id));
	for (size_t i = 0; i < pack->n_rules; i++)
		if (!strcmp(pack->rules[i].info.id, rule->info.id))
			return pl_error_new(PL_ERROR_USAGE, "rule \"%s\" is listed twice",
					    rule->info.id);
	error = load_body(pack->arena, object, rule);
	if (error)
		return pl_error_prefix(error, "rule \"%s\"", rule->info.id);
	pack->n_rules++;
	return NULL;
}

struct pl_error *pl_pack_load_rules(struct pl_pack *pack, json_t *root)
{
	json_t *array, *value;
	size_t index;

	PL_TRY(pl_json_objects(root, "rules", false, &array));
	if (json_array_size(array) > PL_MAX_RULES)
		return pl_error_new(PL_ERROR_USAGE, "\"rules\": more than %d", PL_MAX_RULES);
	pack->rules = pl_arena_array(pack->arena, json_array_size(array), sizeof(*pack->rules));
	if (!pack->rules)
		return pl_error_no_memory();
	json_array_foreach(array, index, value) PL_TRY(load_rule(pack, value));
	return NULL;
}
