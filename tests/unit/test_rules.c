/* SPDX-License-Identifier: MIT */
/* What is told of rules, from a pack made by hand: lists, explanations, names that are near. */
#include "testing.h"

#include "report/rules.h"

static const char *slab_names[] = {"slab", "ptdesc", "zpdesc"}, *lock_names[] = {"ptl"},
		  *next_names[] = {"next", "slab_*"}, *arm_names[] = {"arm", "m68k"},
		  *type_names[] = {"char \\*"}, *word_fields[] = {"lru.next", "compound_head"},
		  *same_field[] = {"flags"}, *tail_words[] = {"word1", "flags"};

static struct pl_word words[] = {
	{"word1", word_fields, 2}, {"flags", same_field, 1}, {"unused", word_fields, 2}};

static struct pl_matcher integers[] = {
	{.classes = 1u << PL_CLASS_INTEGER | 1u << PL_CLASS_LOCK},
	{.types = type_names, .n_types = 1, .releases = {6, 2, 0, 0}},
};
static struct pl_matcher flag_words[] = {{.members = lock_names, .n_members = 1, .exact = true}};

static struct pl_clause clauses[] = {
	{.word = "word1", .n_bits = 1, .forbid = integers, .n_forbid = 2},
	{.word = "flags",
	 .low_bit = 2,
	 .n_bits = 3,
	 .first_page = 1,
	 .last_page = 1,
	 .where = {.overlays = slab_names, .n_overlays = 3},
	 .allow = flag_words,
	 .n_allow = 1},
	{.word = "mapping",
	 .first_page = 1,
	 .last_page = 3,
	 .allow = flag_words,
	 .n_allow = 1,
	 .forbid = integers,
	 .n_forbid = 1},
	{.word = "mapping",
	 .first_page = 2,
	 .last_page = SIZE_MAX,
	 .forbid = flag_words,
	 .n_forbid = 1},
};

static struct pl_matcher exempt[] = {
	{.members = next_names,
	 .n_members = 2,
	 .overlays = slab_names,
	 .n_overlays = 1,
	 .reason = "they are even"},
	{.archs = arm_names,
	 .n_archs = 2,
	 .bits = 32,
	 .releases = {6, 1, 6, 12},
	 .reason = "nobody looks"},
};

static struct pl_rule rules[] = {
	{.info = {"TAIL-BIT", "bit 0 marks tail pages", "Readers test it first.",
		  "Move the member.", "4.4 (1d798ca3f164)", PL_SEVERITY_ERROR},
	 .kind = PL_RULE_TOUCH,
	 .where = {.overlays = slab_names, .n_overlays = 3, .releases = {0, 0, 6, 1}},
	 .except = exempt,
	 .n_except = 2,
	 .clauses = clauses,
	 .n_clauses = COUNT(clauses)},
	{.info = {"HOST-SIZE", "the host is small", "It is everywhere.", NULL, NULL,
		  PL_SEVERITY_INFO},
	 .kind = PL_RULE_HOST_SIZE,
	 .least = 56,
	 .most = 96,
	 .multiple = 8,
	 .power_of_two = true},
	{.info = {"LOCK-FIT", "locks fit", "They grow.", NULL, NULL, PL_SEVERITY_WARNING},
	 .kind = PL_RULE_FIT,
	 .classes = 1u << PL_CLASS_LOCK,
	 .words = 1,
	 .in_union = true},
	{.info = {"TAIL", "tails stay together", "So.", NULL, NULL, PL_SEVERITY_NONE},
	 .kind = PL_RULE_TOGETHER,
	 .on = tail_words,
	 .n_on = 2,
	 .where = {.releases = {6, 11, 6, 11}}},
	{.info = {"TWINS", "twins are where they belong", "So.", NULL, NULL, PL_SEVERITY_ERROR},
	 .kind = PL_RULE_PLACE,
	 .twins = true,
	 .names = true},
	{.info = {"GONE", "members are there", "So.", NULL, NULL, PL_SEVERITY_INFO},
	 .kind = PL_RULE_LISTED,
	 .gone = true},
	{.info = {"ALIGNED", "double words are aligned", "So.", NULL, NULL, PL_SEVERITY_ERROR},
	 .kind = PL_RULE_ALIGNED,
	 .words = 2},
};

static const struct pl_pack pack = {
	.name = "few",
	.host = "page",
	.words = words,
	.n_words = COUNT(words),
	.rules = rules,
	.n_rules = COUNT(rules),
};

static void lists_are_in_columns(void **state)
{
	struct pl_strbuf text = PL_STRBUF_INIT;

	(void)state;
	expect_ok(pl_rules_text(&pack, &text));
	assert_string_equal(text.text,
			    "TAIL-BIT   error    touch      bit 0 marks tail pages\n"
			    "HOST-SIZE  info     host-size  the host is small\n"
			    "LOCK-FIT   warning  fit        locks fit\n"
			    "TAIL       none     together   tails stay together\n"
			    "TWINS      error    place      twins are where they belong\n"
			    "GONE       info     listed     members are there\n"
			    "ALIGNED    error    aligned    double words are aligned\n");
	pl_strbuf_release(&text);
}

static void lists_are_json_too(void **state)
{
	struct pl_pack one = pack;
	struct pl_strbuf text = PL_STRBUF_INIT;

	(void)state;
	one.n_rules = 1;
	expect_ok(pl_rules_json(&one, &text));
	assert_string_equal(text.text, "{\n"
				       " \"schema\": \"pagelap-rule-list/1\",\n"
				       " \"name\": \"few\",\n"
				       " \"title\": null,\n"
				       " \"host\": \"page\",\n"
				       " \"rules\": [\n"
				       "  {\n"
				       "   \"id\": \"TAIL-BIT\",\n"
				       "   \"severity\": \"error\",\n"
				       "   \"kind\": \"touch\",\n"
				       "   \"title\": \"bit 0 marks tail pages\",\n"
				       "   \"why\": \"Readers test it first.\",\n"
				       "   \"fix\": \"Move the member.\",\n"
				       "   \"since\": \"4.4 (1d798ca3f164)\",\n"
				       "   \"exemptions\": [\n"
				       "    \"they are even\",\n"
				       "    \"nobody looks\"\n"
				       "   ]\n"
				       "  }\n"
				       " ]\n"
				       "}\n");
	pl_strbuf_release(&text);
}

static void expect_explanation(const char *id, size_t width, const char *wanted)
{
	const struct pl_text_options options = {.width = width, .colour = false};
	struct pl_strbuf text = PL_STRBUF_INIT;

	expect_ok(pl_rule_explain(&pack, pl_pack_rule(&pack, id), &options, &text));
	assert_string_equal(text.text, wanted);
	pl_strbuf_release(&text);
}

static void clauses_are_explained(void **state)
{
	(void)state;
	expect_explanation("TAIL-BIT", 70,
			   "TAIL-BIT: bit 0 marks tail pages (error, of kind touch)\n"
			   "    why: Readers test it first.\n"
			   "    since: 4.4 (1d798ca3f164)\n"
			   "    fix: Move the member.\n"
			   "    applies to: anything in slab, ptdesc or zpdesc up to 6.1\n"
			   "    on: word1, bit 0 of its value: never anything of class integer or\n"
			   "        lock; anything of type char \\* from 6.2 on\n"
			   "    on: flags of page 1, bits 2 to 4 of its value, for anything in\n"
			   "        slab, ptdesc or zpdesc: only ptl that is just these bits\n"
			   "    on: mapping of pages 1 to 3: only ptl that is just these bits;\n"
			   "        never anything of class integer or lock\n"
			   "    on: mapping of page 2 and those behind it: never ptl that is just\n"
			   "        these bits\n"
			   "    word: word1 is lru.next or compound_head\n"
			   "    except: next or slab_* in slab: they are even\n"
			   "    except: anything on arm or m68k on 32 bits in 6.1 to 6.12: nobody\n"
			   "        looks\n");
}

static void limits_are_explained(void **state)
{
	(void)state;
	expect_explanation("HOST-SIZE", 60,
			   "HOST-SIZE: the host is small (info, of kind host-size)\n"
			   "    why: It is everywhere.\n"
			   "    is about: at least 56 bytes, at most 96 bytes, a\n"
			   "        multiple of 8 bytes, a power of two\n");
	expect_explanation(
		"LOCK-FIT", 100,
		"LOCK-FIT: locks fit (warning, of kind fit)\n"
		"    why: They grow.\n"
		"    is about: class lock, 1 word, no larger than the rest of its union\n");
	expect_explanation("TAIL", 100,
			   "TAIL: tails stay together (none, of kind together)\n"
			   "    why: So.\n"
			   "    applies to: anything in 6.11\n"
			   "    is about: words word1 or flags\n"
			   "    word: word1 is lru.next or compound_head\n");
	expect_explanation("TWINS", 100,
			   "TWINS: twins are where they belong (error, of kind place)\n"
			   "    why: So.\n"
			   "    is about: members that stand for a host field, also by their "
			   "name\n");
	expect_explanation("GONE", 100,
			   "GONE: members are there (info, of kind listed)\n"
			   "    why: So.\n"
			   "    is about: members that are missing\n");
	expect_explanation("ALIGNED", 100,
			   "ALIGNED: double words are aligned (error, of kind aligned)\n"
			   "    why: So.\n"
			   "    is about: 2 words\n");
}

static void rules_go_by_their_names(void **state)
{
	(void)state;
	assert_ptr_equal(pl_pack_rule(&pack, "HOST-SIZE"), &rules[1]);
	assert_null(pl_pack_rule(&pack, "host-size"));
	assert_null(pl_pack_rule(&pack, "HOST"));
}

static void near_names_are_found(void **state)
{
	static const struct {
		const char *id, *wanted;
	} cases[] = {
		{"tail-bit", "TAIL-BIT"},
		{"tal-bits", "TAIL-BIT"},
		{"TAIL-BITS", "TAIL-BIT"},
		{"TIAL", "TAIL"},
		{"TAI", "TAIL, TAIL-BIT"},
		{"SIZE", "HOST-SIZE"},
		{"fit", "LOCK-FIT"},
		{"GNE", "GONE, ALIGNED"},
		{"IT", ""},
		{"", ""},
		{"NOTHING-LIKE-IT", ""},
		{"A-NAME-THAT-IS-LONGER-THAN-ANY-RULE-WOULD-EVER-BE", ""},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct pl_strbuf text = PL_STRBUF_INIT;

		expect_ok(pl_rules_near(&pack, cases[i].id, &text));
		assert_string_equal(text.text, cases[i].wanted);
		pl_strbuf_release(&text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lists_are_in_columns),	   cmocka_unit_test(lists_are_json_too),
		cmocka_unit_test(clauses_are_explained),   cmocka_unit_test(limits_are_explained),
		cmocka_unit_test(rules_go_by_their_names), cmocka_unit_test(near_names_are_found),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
