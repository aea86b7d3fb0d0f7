/* SPDX-License-Identifier: MIT */
/* The part of a rule pack that checks are made of: words, members, rules. */
#include "rules_fixture.h"

#define WORD_FORMAT "'overlays': [], 'words': [%s]"
#define HOME_FORMAT "'overlays': [{'name': 'slab', 'members': [%s]}]"
#define HOME "{'member': 'a', 'on': 'flags'"

static void words_have_names_and_fields(void **state)
{
	(void)state;
	expect_ok(parse("'overlays': [], 'words': [{'name': 'flags', 'fields': ['flags']},"
			" {'name': 'first', 'fields': ['lru.next', 'head']}]"));
	assert_int_equal(pack->n_words, 2);
	assert_string_equal(pack->words[0].name, "flags");
	assert_string_equal(pack->words[1].name, "first");
	assert_int_equal(pack->words[1].n_fields, 2);
	assert_string_equal(pack->words[1].fields[0], "lru.next");
	assert_string_equal(pack->words[1].fields[1], "head");
	expect_ok(parse("'overlays': []"));
	assert_int_equal(pack->n_words, 0);
	assert_int_equal(pack->n_rules, 0);
}

static void words_are_checked(void **state)
{
	(void)state;
	expect_refused("'overlays': [], 'words': %s", "\"words\": ", {"{}", OBJECTS},
		       {"['flags']", OBJECTS});
	expect_refused(
		WORD_FORMAT, "words[0]: ", {"{'fields': ['a']}", "\"name\": " STRING},
		{"{'name': '', 'fields': ['a']}", "\"name\": " STRING},
		{"{'name': 'a'}", "\"fields\": expected an array of strings with one at least"},
		{"{'name': 'a', 'fields': []}",
		 "\"fields\": expected an array of strings with one at least"},
		{"{'name': 'a', 'fields': 'a'}", "\"fields\": " STRINGS},
		{"{'name': 'a', 'fields': [1]}", "\"fields\": " STRINGS " that are not empty"},
		{"{'name': 'a', 'field': ['a']}", "unknown key \"field\""});
	expect_refused(WORD_FORMAT, "words[1]: ",
		       {"{'name': 'a', 'fields': ['a']}, {'name': 'a', 'fields': ['b']}",
			"word \"a\" is listed twice"});
}

static void members_have_homes(void **state)
{
	const struct pl_home *home;

	(void)state;
	expect_ok(parse(
		"'overlays': [{'name': 'slab', 'ends_before': ['type', 'memcg'], 'members': ["
		"{'member': 'a', 'on': 'flags'},"
		"{'member': 'b.c', 'on': 'first', 'page': 63, 'at': 1048576, 'classes': ['list',"
		" 'lock', 'list'], 'size': '2 words', 'twin': true, 'always': true,"
		" 'releases': '6.2-6.10'}]}, {'name': 'folio'}]"));
	assert_int_equal(pack->n_overlays, 2);
	assert_string_equal(pack->facts[0].name, "slab");
	assert_int_equal(pack->facts[0].n_ends_before, 2);
	assert_string_equal(pack->facts[0].ends_before[1], "memcg");
	assert_int_equal(pack->facts[0].n_homes, 2);
	assert_string_equal(pack->facts[1].name, "folio");
	assert_int_equal(pack->facts[1].n_homes, 0);
	assert_int_equal(pack->facts[1].n_ends_before, 0);
	home = &pack->facts[0].homes[0];
	assert_string_equal(home->member, "a");
	assert_string_equal(home->word, "flags");
	assert_int_equal(home->page + home->at + home->classes + home->words + home->bits, 0);
	assert_false(home->twin || home->always || home->releases.from_major ||
		     home->releases.to_major);
	home = &pack->facts[0].homes[1];
	assert_string_equal(home->member, "b.c");
	assert_string_equal(home->word, "first");
	assert_int_equal(home->page, 63);
	assert_int_equal(home->at, 1 << 20);
	assert_int_equal(home->classes, 1 << PL_CLASS_LIST | 1 << PL_CLASS_LOCK);
	assert_int_equal(home->words, 2);
	assert_int_equal(home->bits, 0);
	assert_true(home->twin && home->always);
	assert_int_equal(home->releases.from_major, 6);
	assert_int_equal(home->releases.to_minor, 10);
}

static void sizes_are_words_bytes_or_bits(void **state)
{
	static const struct {
		const char *size;
		unsigned words;
		uint64_t bits;
	} cases[] = {
		{"word", 1, 0},
		{"1 words", 1, 0},
		{"1048576 words", 1 << 20, 0},
		{"4 bytes", 0, 32},
		{"15 bits", 0, 15},
		{"1 bits", 0, 1},
		{"1048576 bytes", 0, 8 << 20},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		char text[200];

		snprintf(text, sizeof(text),
			 "'overlays': [{'name': 'slab', 'members': [" HOME ", 'size': '%s'}]}]",
			 cases[i].size);
		expect_ok(parse(text));
		assert_int_equal(pack->facts[0].homes[0].words, cases[i].words);
		assert_int_equal(pack->facts[0].homes[0].bits, cases[i].bits);
	}
}

static void wrong_sizes_are_refused(void **state)
{
	static const char *const wrong[] = {
		"4",
		"true",
		"null",
		"'words'",
		"''",
		"'1 word'",
		"'word '",
		"'0 words'",
		"'1048577 words'",
		"'2'",
		"'2 bits of it'",
		"'-1 words'",
		"'+1 words'",
		"'1.5 words'",
		"'01 bits'",
		"'4294967297 bits'",
		"'-4294967295 bits'",
		"'2words'",
		"'2  words'",
		" ' 2 words'",
		"'2 nibbles'",
		"'2 bytesworth'",
		"'18446744073709551617 bits'",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(wrong); i++) {
		char fragment[100];

		snprintf(fragment, sizeof(fragment), HOME ", 'size': %s}", wrong[i]);
		expect_refused(HOME_FORMAT, "overlays[0]: members[0]: ",
			       {fragment, "\"size\": expected \"word\", \"2 words\", \"4 bytes\" "
					  "or \"15 bits\""});
	}
}

static void homes_are_checked(void **state)
{
	(void)state;
	expect_refused("'overlays': [{'name': 'slab', %s}]",
		       "overlays[0]: ", {"'members': {}", "\"members\": " OBJECTS},
		       {"'members': ['a']", "\"members\": " OBJECTS},
		       {"'ends_before': 'type'", "\"ends_before\": " STRINGS},
		       {"'ends_before': ['']", "\"ends_before\": " STRINGS " that are not empty"},
		       {"'homes': []", "unknown key \"homes\""});
	expect_refused(
		HOME_FORMAT,
		"overlays[0]: members[0]: ", {"{'on': 'flags'}", "\"member\": " STRING},
		{"{'member': 'a'}", "\"on\": " STRING},
		{HOME ", 'word': 'b'}", "unknown key \"word\""},
		{HOME ", 'page': 64}", "\"page\": expected an integer from 0 to 63"},
		{HOME ", 'page': -1}", "\"page\": expected an integer from 0 to 63"},
		{HOME ", 'page': '1'}", "\"page\": expected an integer from 0 to 63"},
		{HOME ", 'at': 1048577}", "\"at\": expected an integer from 0 to 1048576"},
		{HOME ", 'at': 1.0}", "\"at\": expected an integer from 0 to 1048576"},
		{HOME ", 'classes': []}", "\"classes\": expected an array of type classes"},
		{HOME ", 'classes': 'lock'}", "\"classes\": expected an array of type classes"},
		{HOME ", 'classes': ['lock', 'mutex']}",
		 "\"classes\": there is no type class \"mutex\""},
		{HOME ", 'classes': [1]}", "\"classes\": there is no type class \"\""},
		{HOME ", 'twin': 1}", "\"twin\": expected true or false"},
		{HOME ", 'always': 'yes'}", "\"always\": expected true or false"});
	expect_refused(HOME_FORMAT, "overlays[0]: members[1]: ",
		       {HOME "}, {'member': 'b', 'on': ''}", "\"on\": " STRING});
}

static void releases_have_one_end_or_two(void **state)
{
	static const struct {
		const char *text;
		struct pl_releases releases;
	} cases[] = {
		{"6.2-", {6, 2, 0, 0}},	  {"-6.1", {0, 0, 6, 1}},      {"6.2-6.10", {6, 2, 6, 10}},
		{"6.12", {6, 12, 6, 12}}, {"4.0-5.0", {4, 0, 5, 0}},   {"6.2-6.2", {6, 2, 6, 2}},
		{"1.0-", {1, 0, 0, 0}},	  {"5.19-6.0", {5, 19, 6, 0}},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		char text[200];

		snprintf(text, sizeof(text),
			 "'overlays': [{'name': 'slab', 'members': [" HOME ", 'releases': '%s'}]}]",
			 cases[i].text);
		expect_ok(parse(text));
		assert_memory_equal(&pack->facts[0].homes[0].releases, &cases[i].releases,
				    sizeof(cases[i].releases));
	}
}

static void wrong_releases_are_refused(void **state)
{
	static const char *const wrong[] = {
		"6.x",
		"6.2-6",
		"-",
		"",
		"6",
		"6.",
		".6",
		"x",
		"6.2.1",
		"6.2-6.3.1",
		"6.2 - 6.3",
		" 6.2",
		"6.2 ",
		"6. 2",
		"+6.2",
		"6.-2",
		"--6.1",
		"6.2--6.5",
		"-6.1-",
		"0.5",
		"-0.5",
		"0.0-",
		"6.2-0.0",
		"6,2",
		"6.10-6.2",
		"6.0-5.19",
		"4294967297.1",
		"6.4294967298",
		"06.2",
		"6.2-x",
		"-6",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(wrong); i++) {
		char fragment[100];

		snprintf(fragment, sizeof(fragment), HOME ", 'releases': '%s'}", wrong[i]);
		expect_refused(HOME_FORMAT, "overlays[0]: members[0]: ",
			       {fragment, "\"releases\": expected \"6.2-\", \"-6.1\", \"6.2-6.10\" "
					  "or \"6.12\""});
	}
	expect_refused(HOME_FORMAT, "overlays[0]: members[0]: ",
		       {HOME ", 'releases': 6.2}", "\"releases\": expected a string"});
}

static void rules_of_any_kind_are_read(void **state)
{
	static const char *const bare[] = {"reading",	"place", "type",   "listed",
					   "size",	"wide",	 "pinned", "asserted",
					   "candidate", "pad",	 "hole",   "end"};

	(void)state;
	for (size_t i = 0; i < COUNT(bare); i++) {
		const struct pl_rule *rule;
		char text[200];

		snprintf(text, sizeof(text), "'overlays': [], 'rules': [{" INFO ", 'kind': '%s'}]",
			 bare[i]);
		expect_ok(parse(text));
		assert_int_equal(pack->n_rules, 1);
		rule = &pack->rules[0];
		assert_string_equal(pl_rule_kind_name(rule->kind), bare[i]);
		assert_string_equal(rule->info.id, "R");
		assert_string_equal(rule->info.title, "T");
		assert_string_equal(rule->info.why, "W");
		assert_null(rule->info.fix);
		assert_null(rule->info.since);
		assert_int_equal(rule->info.severity, PL_SEVERITY_ERROR);
		assert_int_equal(rule->n_except, 0);
		assert_false(rule->twins || rule->names || rule->gone || rule->in_union);
	}
}

static void rules_have_a_head(void **state)
{
	(void)state;
	expect_refused("'overlays': [], 'rules': %s", "\"rules\": ", {"{}", OBJECTS},
		       {"['R']", OBJECTS});
	expect_refused(RULE_FORMAT, "", {"{}", "\"id\": " STRING},
		       {"{'id': ''}", "\"id\": " STRING},
		       {"{" INFO ", 'kind': 'hole'}, {" INFO ", 'kind': 'end'}",
			"rule \"R\" is listed twice"});
	expect_refused(
		RULE_FORMAT,
		"rule \"R\": ", {"{'id': 'R'}", "\"kind\": there is no kind of rule \"\""},
		{"{'id': 'R', 'kind': 1}", "\"kind\": there is no kind of rule \"\""},
		{"{'id': 'R', 'kind': 'Hole'}", "\"kind\": there is no kind of rule \"Hole\""},
		{"{'id': 'R', 'kind': 'hole'}", "\"title\": " STRING},
		{"{'id': 'R', 'kind': 'hole', 'title': 'T'}", "\"why\": " STRING},
		{"{'id': 'R', 'kind': 'hole', 'title': 'T', 'why': 'W'}",
		 "\"severity\": expected \"error\", \"warning\", \"info\" or \"none\""},
		{"{'id': 'R', 'kind': 'hole', 'title': 'T', 'why': 'W', 'severity': 'fatal'}",
		 "\"severity\": expected \"error\", \"warning\", \"info\" or \"none\""},
		{"{" INFO ", 'kind': 'hole', 'fix': ''}", "\"fix\": " STRING},
		{"{" INFO ", 'kind': 'hole', 'since': 6.2}", "\"since\": " STRING},
		{"{" INFO ", 'kind': 'hole', 'where': []}", "\"where\": expected an object"},
		{"{" INFO ", 'kind': 'hole', 'except': {}}", "\"except\": " OBJECTS});
	expect_ok(parse("'overlays': [], 'rules': [{'id': 'R', 'kind': 'hole', 'title': 'T',"
			" 'why': 'W', 'severity': 'none', 'fix': 'F', 'since': '6.2'}]"));
	assert_int_equal(pack->rules[0].info.severity, PL_SEVERITY_NONE);
	assert_string_equal(pack->rules[0].info.fix, "F");
	assert_string_equal(pack->rules[0].info.since, "6.2");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(words_have_names_and_fields, tear_down),
		cmocka_unit_test_teardown(words_are_checked, tear_down),
		cmocka_unit_test_teardown(members_have_homes, tear_down),
		cmocka_unit_test_teardown(sizes_are_words_bytes_or_bits, tear_down),
		cmocka_unit_test_teardown(wrong_sizes_are_refused, tear_down),
		cmocka_unit_test_teardown(homes_are_checked, tear_down),
		cmocka_unit_test_teardown(releases_have_one_end_or_two, tear_down),
		cmocka_unit_test_teardown(wrong_releases_are_refused, tear_down),
		cmocka_unit_test_teardown(rules_of_any_kind_are_read, tear_down),
		cmocka_unit_test_teardown(rules_have_a_head, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
