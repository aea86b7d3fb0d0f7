/* SPDX-License-Identifier: MIT */
/* What rules of each kind have to say: parameters, clauses, matchers. */
#include "rules_fixture.h"

#define RULE(rest) "{" INFO ", " rest "}"
#define KIND(kind) "'kind': '" kind "'"
#define NUMBER "expected an integer from "
#define FLAG "expected true or false"
#define CLAUSE_FORMAT "'overlays': [], 'rules': [" RULE(KIND("touch") ", 'on': [%s]") "]"
#define WHERE_FORMAT "'overlays': [], 'rules': [" RULE(KIND("wide") ", 'where': {%s}") "]"
#define EXCEPT_FORMAT "'overlays': [], 'rules': [" RULE(KIND("wide") ", 'except': [%s]") "]"
#define WORD "'word': 'flags', 'forbid': [{}]"

/* The one rule of a pack. */
static const struct pl_rule *rule(const char *fragment)
{
	char text[2048];

	snprintf(text, sizeof(text), "'overlays': [], 'rules': [%s]", fragment);
	expect_ok(parse(text));
	assert_int_equal(pack->n_rules, 1);
	return &pack->rules[0];
}

static void parameters_are_read(void **state)
{
	const struct pl_rule *its;

	(void)state;
	its = rule(RULE(KIND("place") ", 'twins': true, 'names': true"));
	assert_true(its->twins && its->names);
	its = rule(RULE(KIND("place") ", 'twins': false"));
	assert_false(its->twins || its->names);
	assert_true(rule(RULE(KIND("listed") ", 'gone': true"))->gone);
	its = rule(RULE(KIND("host-size") ", 'least': 1, 'most': 1048576, 'multiple': 8,"
					  " 'power_of_two': true"));
	assert_int_equal(its->least, 1);
	assert_int_equal(its->most, 1 << 20);
	assert_int_equal(its->multiple, 8);
	assert_true(its->power_of_two);
	assert_int_equal(rule(RULE(KIND("host-align") ", 'words': 1"))->words, 1);
	assert_int_equal(rule(RULE(KIND("aligned") ", 'words': 64"))->words, 64);
	its = rule(RULE(KIND("fit") ", 'classes': ['lock', 'atomic'], 'words': 2"));
	assert_int_equal(its->classes, 1 << PL_CLASS_LOCK | 1 << PL_CLASS_ATOMIC);
	assert_int_equal(its->words, 2);
	assert_true(rule(RULE(KIND("fit") ", 'classes': ['lock'], 'in_union': true"))->in_union);
	its = rule(RULE(KIND("apart") ", 'classes': ['rcu_head']"));
	assert_int_equal(its->classes, 1 << PL_CLASS_RCU_HEAD);
	its = rule(RULE(KIND("alias") ", 'file_by_file': ['mm', 'fs/*']"));
	assert_int_equal(its->n_file_by_file, 2);
	assert_string_equal(its->file_by_file[1], "fs/*");
	its = rule(RULE(KIND("owned") ", 'on': ['a'], 'owners': ['mm/*'], 'harmless': ['f', 'g']"));
	assert_int_equal(its->n_on, 1);
	assert_string_equal(its->owners[0], "mm/*");
	assert_int_equal(its->n_harmless, 2);
	assert_int_equal(rule(RULE(KIND("colive")))->kind, PL_RULE_COLIVE);
	its = rule(RULE(KIND("together") ", 'on': ['a', 'b']"));
	assert_int_equal(its->n_on, 2);
	assert_string_equal(its->on[1], "b");
}

static void parameters_are_checked(void **state)
{
	(void)state;
	expect_refused(
		RULE_FORMAT,
		"rule \"R\": ", {RULE(KIND("place") ", 'twins': 1"), "\"twins\": " FLAG},
		{RULE(KIND("place") ", 'names': null"), "\"names\": " FLAG},
		{RULE(KIND("listed") ", 'gone': 'yes'"), "\"gone\": " FLAG},
		{RULE(KIND("host-size") ", 'least': 0"), "\"least\": " NUMBER "1 to 1048576"},
		{RULE(KIND("host-size") ", 'most': 1048577"), "\"most\": " NUMBER "1 to 1048576"},
		{RULE(KIND("host-size") ", 'multiple': -8"),
		 "\"multiple\": " NUMBER "1 to 1048576"},
		{RULE(KIND("host-size") ", 'power_of_two': 2"), "\"power_of_two\": " FLAG},
		{RULE(KIND("aligned") ", 'words': 0"), "\"words\": " NUMBER "1 to 64"},
		{RULE(KIND("aligned") ", 'words': 65"), "\"words\": " NUMBER "1 to 64"},
		{RULE(KIND("fit") ", 'in_union': 1"), "\"in_union\": " FLAG},
		{RULE(KIND("apart") ", 'classes': ['x']"),
		 "\"classes\": there is no type class \"x\""},
		{RULE(KIND("alias") ", 'file_by_file': 'mm'"), "\"file_by_file\": " STRINGS},
		{RULE(KIND("alias") ", 'file_by_file': ['[a-']"),
		 "\"file_by_file\": \"[a-\" is no whole glob"},
		{RULE(KIND("owned") ", 'on': ['a'], 'owners': [1]"),
		 "\"owners\": " STRINGS " that are not empty"},
		{RULE(KIND("owned") ", 'on': ['a'], 'owners': ['b'], 'harmless': {}"),
		 "\"harmless\": " STRINGS},
		{RULE(KIND("together") ", 'on': 'a'"), "\"on\": " STRINGS},
		{RULE(KIND("together") ", 'on': [{}]"), "\"on\": " STRINGS " that are not empty"},
		{RULE(KIND("touch") ", 'on': ['a']"), "\"on\": " OBJECTS});
}

static void parameters_may_be_needed(void **state)
{
	(void)state;
	expect_refused(RULE_FORMAT,
		       "rule \"R\": ", {RULE(KIND("host-size")), "\"least\": expected something"},
		       {RULE(KIND("host-size") ", 'power_of_two': false"),
			"\"least\": expected something"},
		       {RULE(KIND("host-align")), "\"words\": expected something"},
		       {RULE(KIND("host-gap")), "\"on\": expected something"},
		       {RULE(KIND("aligned")), "\"words\": expected something"},
		       {RULE(KIND("fit") ", 'words': 1"), "\"classes\": expected something"},
		       {RULE(KIND("fit") ", 'classes': ['lock']"), "\"words\": expected something"},
		       {RULE(KIND("fit") ", 'classes': ['lock'], 'in_union': false"),
			"\"words\": expected something"},
		       {RULE(KIND("apart")), "\"classes\": expected something"},
		       {RULE(KIND("together")), "\"on\": expected something"},
		       {RULE(KIND("together") ", 'on': []"), "\"on\": expected something"},
		       {RULE(KIND("owned") ", 'owners': ['a']"), "\"on\": expected something"},
		       {RULE(KIND("owned") ", 'on': ['a']"), "\"owners\": expected something"},
		       {RULE(KIND("touch")), "\"on\": " OBJECTS},
		       {RULE(KIND("touch") ", 'on': []"), "\"on\": expected something"});
}

static void each_kind_has_its_own_keys(void **state)
{
	static const struct {
		const char *key, *value;
		const char *kinds[4]; /* that have it; of those the value is one for the first */
	} keys[] = {
		{"twins", "true", {"place"}},
		{"names", "true", {"place"}},
		{"gone", "true", {"listed"}},
		{"least", "8", {"host-size"}},
		{"most", "8", {"host-size"}},
		{"multiple", "8", {"host-size"}},
		{"power_of_two", "true", {"host-size"}},
		{"words", "1", {"host-align", "aligned", "fit"}},
		{"classes", "['lock']", {"apart", "fit"}},
		{"in_union", "true", {"fit"}},
		{"on", "['a']", {"together", "host-gap", "touch", "owned"}},
		{"file_by_file", "['a']", {"alias"}},
		{"owners", "['a']", {"owned"}},
		{"harmless", "['a']", {"owned"}},
		{"pages", "[0]", {NULL}},
		{"exept", "[]", {NULL}},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(keys); i++) {
		for (int kind = 0; kind < PL_RULE_KIND_COUNT; kind++) {
			const char *name = pl_rule_kind_name((enum pl_rule_kind)kind);
			char fragment[200], message[100];
			bool has = false;

			for (size_t j = 0; j < 4 && keys[i].kinds[j]; j++)
				has |= !strcmp(keys[i].kinds[j], name);
			if (has)
				continue;
			snprintf(fragment, sizeof(fragment), "{" INFO ", 'kind': '%s', '%s': %s}",
				 name, keys[i].key, keys[i].value);
			snprintf(message, sizeof(message),
				 "unknown key \"%s\" in a rule of kind \"%s\"", keys[i].key, name);
			expect_refused(RULE_FORMAT, "rule \"R\": ", {fragment, message});
		}
	}
}

#define NO_MEMBER(key) "\"" key "\": there is no member here that it could fit"
#define WHERE(key, value) ", 'where': {'" key "': ['" value "']}"
#define EXCEPT(key, value)                                                                         \
	", 'except': [{'reason': 'x'}, {'" key "': ['" value "'], 'reason': 'x'}]"

/* Of a rule about records, or about what need not be there, no key is left aside. */
static void matchers_need_members(void **state)
{
	static const char *const records[] = {"'kind': 'size'",
					      "'kind': 'host-size', 'least': 8",
					      "'kind': 'host-align', 'words': 1",
					      "'kind': 'host-gap', 'on': ['a']",
					      "'kind': 'asserted'",
					      "'kind': 'candidate'",
					      "'kind': 'hole'",
					      "'kind': 'end'"};
	static const char *const names[] = {"'kind': 'reading'", "'kind': 'listed', 'gone': true",
					    "'kind': 'together', 'on': ['a']",
					    "'kind': 'constant', 'holds': [{'expression': 'A'}]"};
	char text[300];

	(void)state;
	for (size_t i = 0; i < COUNT(records) + COUNT(names); i++) {
		bool is_record = i < COUNT(records);
		const char *kind = is_record ? records[i] : names[i - COUNT(records)];

		snprintf(text, sizeof(text), RULE("%s" WHERE("members", "a")), kind);
		if (is_record)
			expect_refused(RULE_FORMAT, "rule \"R\": ", {text, NO_MEMBER("members")});
		else
			assert_int_equal(rule(text)->where.n_members, 1);
		snprintf(text, sizeof(text), RULE("%s" WHERE("classes", "list")), kind);
		expect_refused(RULE_FORMAT, "rule \"R\": ", {text, NO_MEMBER("classes")});
		snprintf(text, sizeof(text), RULE("%s" EXCEPT("types", "int")), kind);
		expect_refused(RULE_FORMAT,
			       "rule \"R\": ", {text, "except[1]: " NO_MEMBER("types")});
		snprintf(text, sizeof(text), RULE("%s" EXCEPT("overlays", "slab")), kind);
		assert_int_equal(rule(text)->n_except, 2);
	}
}

static void matchers_are_read(void **state)
{
	const struct pl_matcher *where, *except;

	(void)state;
	where = &rule(RULE(KIND("wide") ", 'where': {'overlays': ['a', 'b*'], 'members': ['m'],"
					" 'classes': ['list'], 'types': ['t'], 'archs': ['x86'],"
					" 'bits': 32, 'releases': '6.2-'}, 'except': ["
					"{'bits': 64, 'reason': 'S'}, {'reason': 'all'}]"))
			 ->where;
	assert_int_equal(where->n_overlays, 2);
	assert_string_equal(where->overlays[1], "b*");
	assert_int_equal(where->n_members, 1);
	assert_string_equal(where->members[0], "m");
	assert_int_equal(where->classes, 1 << PL_CLASS_LIST);
	assert_int_equal(where->n_types, 1);
	assert_string_equal(where->types[0], "t");
	assert_int_equal(where->n_archs, 1);
	assert_string_equal(where->archs[0], "x86");
	assert_int_equal(where->bits, 32);
	assert_int_equal(where->releases.from_minor, 2);
	assert_null(where->reason);
	assert_int_equal(pack->rules[0].n_except, 2);
	except = pack->rules[0].except;
	assert_int_equal(except[0].bits, 64);
	assert_string_equal(except[0].reason, "S");
	assert_string_equal(except[1].reason, "all");
	assert_int_equal(except[1].n_overlays + except[1].n_members + except[1].classes, 0);
}

static void matchers_are_checked(void **state)
{
	(void)state;
	assert_int_equal(rule(RULE(KIND("wide") ", 'where': {'types': ['char[8]', '[]x]*', '[!a]',"
						" 'a]', '[[:alpha:]]', '\\\\[']}"))
				 ->where.n_types,
			 6);
	expect_refused(WHERE_FORMAT, "rule \"R\": ", {"'reason': 'S'", "unknown key \"reason\""},
		       {"'overlay': ['a']", "unknown key \"overlay\""},
		       {"'overlays': 'a'", "\"overlays\": " STRINGS},
		       {"'members': [1]", "\"members\": " STRINGS " that are not empty"},
		       {"'types': ['']", "\"types\": " STRINGS " that are not empty"},
		       {"'archs': {}", "\"archs\": " STRINGS},
		       {"'overlays': []", "\"overlays\": " STRINGS " with one at least"},
		       {"'members': []", "\"members\": " STRINGS " with one at least"},
		       {"'types': []", "\"types\": " STRINGS " with one at least"},
		       {"'archs': []", "\"archs\": " STRINGS " with one at least"},
		       {"'members': ['a', '[b']", "\"members\": \"[b\" is no whole glob"},
		       {"'types': ['x[!]']", "\"types\": \"x[!]\" is no whole glob"},
		       {"'overlays': ['s*\\\\']", "\"overlays\": \"s*\\\" is no whole glob"},
		       {"'classes': []", "\"classes\": expected an array of type classes"},
		       {"'bits': 31", "\"bits\": expected 32 or 64"},
		       {"'bits': 33", "\"bits\": expected 32 or 64"},
		       {"'bits': 0", "\"bits\": expected 32 or 64"},
		       {"'bits': '64'", "\"bits\": expected 32 or 64"},
		       {"'exact': true", "\"exact\": there is no word here that a member could be"},
		       {"'exact': 1", "\"exact\": " FLAG},
		       {"'releases': '-'",
			"\"releases\": expected \"6.2-\", \"-6.1\", \"6.2-6.10\" or \"6.12\""});
	expect_refused(EXCEPT_FORMAT,
		       "rule \"R\": except[1]: ", {"{'reason': 'S'}, {}", "\"reason\": " STRING},
		       {"{'reason': 'S'}, {'reason': ''}", "\"reason\": " STRING},
		       {"{'reason': 'S'}, {'reason': 'S', 'why': 'W'}", "unknown key \"why\""},
		       {"{'reason': 'S'}, {'reason': 'S', 'exact': true}",
			"\"exact\": there is no word here that a member could be"});
}

static void clauses_are_read(void **state)
{
	static const char *const text =
		RULE(KIND("touch") ", 'on': [{" WORD "},"
				   "{" WORD ", 'pages': [0], 'value_bits': [0, 0]},"
				   "{" WORD ", 'pages': [63, 63], 'value_bits': [0, 127]},"
				   "{'word': 'a', 'overlays': ['slab'], 'pages': [1, 3],"
				   " 'value_bits': [24, 31],"
				   " 'allow': [{'exact': true}, {'exact': false}]}]");
	static const struct {
		size_t first, last;
		unsigned low, count;
	} wanted[] = {{0, 0, 0, 0}, {0, SIZE_MAX, 0, 1}, {63, 63, 0, 128}, {1, 3, 24, 8}};
	const struct pl_clause *clauses = rule(text)->clauses;

	(void)state;
	assert_int_equal(pack->rules[0].n_clauses, COUNT(wanted));
	for (size_t i = 0; i < COUNT(wanted); i++) {
		assert_int_equal(clauses[i].first_page, wanted[i].first);
		assert_int_equal(clauses[i].last_page, wanted[i].last);
		assert_int_equal(clauses[i].low_bit, wanted[i].low);
		assert_int_equal(clauses[i].n_bits, wanted[i].count);
		assert_int_equal(clauses[i].n_forbid, i < 3);
		assert_int_equal(clauses[i].n_allow, i < 3 ? 0 : 2);
	}
	assert_string_equal(clauses[3].word, "a");
	assert_string_equal(clauses[3].where.overlays[0], "slab");
	assert_true(clauses[3].allow[0].exact);
	assert_false(clauses[3].allow[1].exact);
}

static void clauses_are_checked(void **state)
{
	(void)state;
	expect_refused(CLAUSE_FORMAT,
		       "rule \"R\": on[0]: ", {"{'forbid': [{}]}", "\"word\": " STRING},
		       {"{'word': 'flags'}", "\"allow\" or \"forbid\" has to say something"},
		       {"{'word': 'flags', 'allow': [], 'forbid': []}",
			"\"allow\" or \"forbid\" has to say something"},
		       {"{" WORD ", 'fields': []}", "unknown key \"fields\""},
		       {"{" WORD ", 'reason': 'S'}", "unknown key \"reason\""},
		       {"{" WORD ", 'exact': true}",
			"\"exact\": there is no word here that a member could be"},
		       {"{'word': 'flags', 'allow': {}}", "\"allow\": " OBJECTS},
		       {"{'word': 'flags', 'allow': [{}, {'bits': 16}]}",
			"allow[1]: \"bits\": expected 32 or 64"},
		       {"{'word': 'flags', 'forbid': [{'reason': 'S'}]}",
			"forbid[0]: unknown key \"reason\""});
	expect_refused(CLAUSE_FORMAT,
		       "rule \"R\": on[1]: ", {"{" WORD "}, {'word': ''}", "\"word\": " STRING});
}

/* VALUE of KEY in a clause must be refused, for it is not WANTED. */
static void expect_wrong(const char *key, const char *value, const char *wanted)
{
	char fragment[100], message[100];

	snprintf(fragment, sizeof(fragment), "{" WORD ", '%s': %s}", key, value);
	snprintf(message, sizeof(message), "\"%s\": expected %s", key, wanted);
	expect_refused(CLAUSE_FORMAT, "rule \"R\": on[0]: ", {fragment, message});
}

static void bits_and_pages_are_checked(void **state)
{
	static const char *const no_arrays[] = {"0", "[]", "[0, 1, 2]", "{}", "null"};
	static const char *const bits[] = {"[1, 0]",   "[0, 128]", "[-1, 0]",	"[0, -1]",
					   "[0, 1.5]", "['0', 1]", "[0, null]", "[128]"};
	static const char *const pages[] = {"[1, 0]", "[64]",	"[0, 64]",  "[-1]", "[0, -1]",
					    "['1']",  "[null]", "[0, '3']", "[0.5]"};

	(void)state;
	for (size_t i = 0; i < COUNT(no_arrays); i++) {
		expect_wrong("value_bits", no_arrays[i], "an array of one or two integers");
		expect_wrong("pages", no_arrays[i], "an array of one or two integers");
	}
	for (size_t i = 0; i < COUNT(bits); i++)
		expect_wrong("value_bits", bits[i], "integers up to 127 in rising order");
	for (size_t i = 0; i < COUNT(pages); i++)
		expect_wrong("pages", pages[i], "integers up to 63 in rising order");
	expect_wrong("value_bits", "[0]", "the lowest and the highest bit");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(parameters_are_read, tear_down),
		cmocka_unit_test_teardown(parameters_are_checked, tear_down),
		cmocka_unit_test_teardown(parameters_may_be_needed, tear_down),
		cmocka_unit_test_teardown(each_kind_has_its_own_keys, tear_down),
		cmocka_unit_test_teardown(matchers_need_members, tear_down),
		cmocka_unit_test_teardown(matchers_are_read, tear_down),
		cmocka_unit_test_teardown(matchers_are_checked, tear_down),
		cmocka_unit_test_teardown(clauses_are_read, tear_down),
		cmocka_unit_test_teardown(clauses_are_checked, tear_down),
		cmocka_unit_test_teardown(bits_and_pages_are_checked, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
