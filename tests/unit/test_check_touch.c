/* SPDX-License-Identifier: MIT */
/* What may lie on which bits of the host. */
#include "testing.h"

#include "check_fixture.h"

#define TOUCH(clauses) RULE("touch", ", 'on': [" clauses "]")
#define SLAB(members) PAGE "struct slab { long flags; " members " };"
#define NO_INT "'forbid': [{'classes': ['integer']}]"
#define EXACT "'allow': [{'exact': true, 'classes': ['integer', 'flag_word', 'atomic']}]"
#define BIT_0 "{'word': 'word1', 'value_bits': [0, 0], " NO_INT "}"

static void what_is_forbidden_is_found(void **state)
{
	(void)state;
	expect_cases({{.records = SLAB("long hash;")},
		      .rules = TOUCH("{'word': 'word1', " NO_INT "}"),
		      .found = "R error slab.hash lru.next 0:64+64: "
			       "slab.hash (long) is on bytes 8-15, where lru.next is: T"},
		     {{.records = SLAB("void *cache;")},
		      .rules = TOUCH("{'word': 'word1', " NO_INT "}")},
		     /* Beside the word, on both sides. */
		     {{.records = SLAB("long hash; long more;")},
		      .rules = TOUCH("{'word': 'word2', " NO_INT "}"),
		      .found = "R error slab.more lru.prev 0:128+64: "
			       "slab.more (long) is on bytes 16-23, where lru.prev is: T"},
		     /* A name that is no word of the pack is a field of the host. */
		     {{.records = SLAB("int a @24; char b @31;")},
		      .rules = TOUCH("{'word': 'mapping', " NO_INT "}"),
		      .found = "R error slab.a mapping 0:192+32: "
			       "slab.a (int) is on bytes 24-27, where mapping is: T\n"
			       "R error slab.b mapping 0:248+8: "
			       "slab.b (char) is on byte 31, where mapping is: T"},
		     {{.records = SLAB("long hash;")},
		      .rules = TOUCH("{'word': 'nowhere', " NO_INT "}")},
		     {{.records = SLAB("long hash;")},
		      .rules = TOUCH("{'word': 'word1', 'forbid': [{'members': ['x']}, {}]}"),
		      .found = "R error slab.hash lru.next 0:64+64: "
			       "slab.hash (long) is on bytes 8-15, where lru.next is: T"});
}

static void what_is_not_allowed_is_found(void **state)
{
	(void)state;
	expect_cases(
		{{.records = SLAB("long hash;")}, .rules = TOUCH("{'word': 'word1', " EXACT "}")},
		{{.records = SLAB("void *cache;")},
		 .rules = TOUCH("{'word': 'word1', " EXACT "}"),
		 .found = "R error slab.cache lru.next 0:64+64: "
			  "slab.cache (void *) is on bytes 8-15, where lru.next is: T"},
		/* Not just the bits of the word: a half, more, and beside it. */
		{{.records = SLAB(
			  "int half; llong beside @12;") "struct folio { long a; u128 b @8; };"},
		 .overlays = "{'name': 'slab'}, {'name': 'folio'}",
		 .rules = TOUCH("{'word': 'word1', " EXACT "}"),
		 .found = "R error slab.half lru.next 0:64+32: "
			  "slab.half (int) is on bytes 8-11, where lru.next is: T\n"
			  "R error slab.beside lru.next 0:96+64: "
			  "slab.beside (llong) is on bytes 12-19, where lru.next is: T\n"
			  "R error folio.b lru.next 0:64+128: "
			  "folio.b (u128) is on bytes 8-23, where lru.next is: T"},
		/* One that allows is enough; what is forbidden is so in any case. */
		{{.records = SLAB("void *cache;")},
		 .rules = TOUCH(
			 "{'word': 'word1', 'allow': [{'members': ['x']}, {'exact': true}]}")},
		{{.records = SLAB("void *cache;")},
		 .rules = TOUCH("{'word': 'word1', 'allow': [{}], 'forbid': [{'types': ['v*']}]}"),
		 .found = "R error slab.cache lru.next 0:64+64: "
			  "slab.cache (void *) is on bytes 8-15, where lru.next is: T"},
		/* Exact is the record, not what is in it; a record of one member is both. */
		{{.records = SLAB("atomic_t count @52;")},
		 .rules = TOUCH("{'word': '_refcount', " EXACT "}")});
}

/* Bit 0 is in the first byte of a word, or in its last. */
static void bits_are_those_of_the_value(void **state)
{
	static const char low[] =
		"R error slab.low lru.next 0:64+8: "
		"slab.low (char) is on byte 8, where lru.next is, with bit 0 of its value: T";
	static const char high[] =
		"R error slab.high lru.next 0:120+8: "
		"slab.high (char) is on byte 15, where lru.next is, with bit 0 of its value: T";
	static const char records[] = SLAB("char low; char high @15;");

	(void)state;
	expect_cases({{.records = records}, .rules = TOUCH(BIT_0), .found = low},
		     {{.records = records, .big = true}, .rules = TOUCH(BIT_0), .found = high},
		     {{.records = SLAB("char a; char b @7;"), .bits = 32, .big = true},
		      .rules = TOUCH(BIT_0),
		      .found = "R error slab.b lru.next 0:56+8: slab.b (char) is on byte 7, where "
			       "lru.next is, with bit 0 of its value: T"},
		     {{.records = SLAB("char a; char b @7;"), .bits = 32},
		      .rules = TOUCH(BIT_0),
		      .found = "R error slab.a lru.next 0:32+8: slab.a (char) is on byte 4, where "
			       "lru.next is, with bit 0 of its value: T"});
}

#define TOP_BYTE "{'word': 'type', 'value_bits': [24, 31], 'forbid': [{}]}"

static void bits_of_the_value_may_be_several(void **state)
{
	static const char records[] = SLAB("char a @48; char b; char c; char d;");

	(void)state;
	expect_cases(
		{{.records = records},
		 .rules = TOUCH(TOP_BYTE),
		 .found = "R error slab.d page_type 0:408+8: slab.d (char) is on byte 51, where "
			  "page_type is, with bits 24-31 of its value: T"},
		{{.records = records, .big = true},
		 .rules = TOUCH(TOP_BYTE),
		 .found = "R error slab.a page_type 0:384+8: slab.a (char) is on byte 48, where "
			  "page_type is, with bits 24-31 of its value: T"},
		/* Bit fields: the highest 5 bits, and bit 1, which is next to bit 0. */
		{{.records = SLAB("int low : 27 @48; int high : 5;")},
		 .rules = TOUCH("{'word': 'type', 'value_bits': [27, 27], 'forbid': [{}]}"),
		 .found = "R error slab.high page_type 0:411+5: slab.high (int) is on byte 51, "
			  "bits 3-7, "
			  "where page_type is, with bit 27 of its value: T"},
		{{.records = SLAB("int high : 5 @48; int low : 27;"), .big = true},
		 .rules = TOUCH("{'word': 'type', 'value_bits': [27, 27], 'forbid': [{}]}"),
		 .found = "R error slab.high page_type 0:384+5: slab.high (int) is on byte 48, "
			  "bits 0-4, "
			  "where page_type is, with bit 27 of its value: T"});
}

/* A word has no more bits than it has. */
static void bits_that_the_word_lacks_are_not_touched(void **state)
{
	static const char records[] = SLAB("char a; char b; char c; char d;");
	static const char upper[] = "{'word': 'word1', 'value_bits': [32, 63], 'forbid': [{}]}";
	static const char around[] = "{'word': 'word1', 'value_bits': [24, 40], 'forbid': [{}]}";
	struct check_case none = {.kernel = {.records = records, .bits = 32}};
	char rules[400];

	(void)state;
	snprintf(rules, sizeof(rules), TOUCH("%s"), upper);
	none.rules = rules;
	expect_case_list(&none, 1);
	none.kernel.big = true;
	expect_case_list(&none, 1);
	snprintf(rules, sizeof(rules), TOUCH("%s"), around);
	expect_cases({{.records = records, .bits = 32},
		      .rules = rules,
		      .found = "R error slab.d lru.next 0:56+8: slab.d (char) is on byte 7, where "
			       "lru.next is, with bits 24-31 of its value: T"},
		     {{.records = records, .bits = 32, .big = true},
		      .rules = rules,
		      .found = "R error slab.a lru.next 0:32+8: slab.a (char) is on byte 4, where "
			       "lru.next is, with bits 24-31 of its value: T"});
}

#define FOLIO(members) PAGE "struct folio { long flags; " members " };"
#define FOLIO_4 "{'name': 'folio', 'pages': 4}"
#define ON_PAGES(pages) TOUCH("{'word': 'word1', 'pages': " pages ", " NO_INT "}")

static void clauses_are_about_pages(void **state)
{
	static const char records[] = FOLIO("long a; long b @72; long c @136; long d @200;");
	static const char a[] = "R error folio.a lru.next 0:64+64: "
				"folio.a (long) is on bytes 8-15, where lru.next is: T";
	static const char bc[] = "R error folio.b lru.next 1:64+64: "
				 "folio.b (long) is on bytes 8-15 of page 1, where lru.next is: T\n"
				 "R error folio.c lru.next 2:64+64: "
				 "folio.c (long) is on bytes 8-15 of page 2, where lru.next is: T";
	static const char d[] = "R error folio.d lru.next 3:64+64: "
				"folio.d (long) is on bytes 8-15 of page 3, where lru.next is: T";

	(void)state;
	expect_cases(
		{{.records = records}, FOLIO_4, TOUCH("{'word': 'word1', " NO_INT "}"), .found = a},
		{{.records = records}, FOLIO_4, ON_PAGES("[0, 0]"), .found = a},
		{{.records = records}, FOLIO_4, ON_PAGES("[1, 2]"), .found = bc},
		{{.records = records}, FOLIO_4, ON_PAGES("[3]"), .found = d},
		{{.records = records}, FOLIO_4, ON_PAGES("[4]"), SILENT},
		/* On pages that are none of its, the overlay has nothing. */
		{{.records = records}, "{'name': 'folio', 'pages': 3}", ON_PAGES("[3]"), SILENT});
}

/* It begins on the last bytes of one page, and is on the first of the next. */
static void members_may_lie_on_two_pages(void **state)
{
	static const char records[] = FOLIO("int cross[3] @60;");
	static const char first[] = TOUCH("{'word': 'flags', 'pages': [1], 'forbid': [{}]}");
	static const char last[] = TOUCH("{'word': 'memcg_data', 'forbid': [{}]}");

	(void)state;
	expect_cases({{.records = records},
		      FOLIO_4,
		      first,
		      "R error folio.cross flags 1:0+64: "
		      "folio.cross (int[3]) is on bytes 0-7 of page 1, where flags is: T"},
		     {{.records = records},
		      FOLIO_4,
		      last,
		      "R error folio.cross memcg_data 0:480+32: "
		      "folio.cross (int[3]) is on bytes 60-63, where memcg_data is: T"},
		     {{.records = records}, "{'name': 'folio'}", first, SILENT});
}

static void each_word_of_a_wide_member_is_one_finding(void **state)
{
	(void)state;
	expect_cases(
		{{.records = SLAB("long wide[4];")},
		 .rules = TOUCH(
			 "{'word': 'index', 'forbid': [{}]},"
			 "{'word': 'word1', 'forbid': [{}]}, {'word': 'word1', 'forbid': [{}]}"),
		 .found = "R error slab.wide index 0:64+256: "
			  "slab.wide (long[4]) is on bytes 8-39, where index is: T\n"
			  "R error slab.wide lru.next 0:64+256: "
			  "slab.wide (long[4]) is on bytes 8-39, where lru.next is: T"},
		/* Of a lock it does not matter which leaf it is. */
		{{.records = SLAB("spinlock_t lock @16;")},
		 .rules = TOUCH("{'word': 'word2', 'forbid': [{'classes': ['lock']}]}"),
		 .found = "R error slab.lock lru.prev 0:128+64: "
			  "slab.lock (spinlock_t) is on bytes 16-23, where lru.prev is: T"},
		{{.records = SLAB("spinlock_t lock @12;")},
		 .rules = TOUCH("{'word': 'word2', 'forbid': [{'classes': ['lock']}]}"),
		 .found = "R error slab.lock lru.prev 0:96+64: "
			  "slab.lock (spinlock_t) is on bytes 12-19, where lru.prev is: T"});
}

static void padding_and_what_has_no_size_touch_nothing(void **state)
{
	(void)state;
	expect_cases({{.records = SLAB("char _pad[8]; struct { int a; int b; } rest_pad;"
				       "int none[0] @24; struct { } empty @32; long rest[] @40;")},
		      .rules = TOUCH("{'word': 'word1', 'forbid': [{}]},"
				     "{'word': 'word2', 'forbid': [{}]},"
				     "{'word': 'mapping', 'forbid': [{}]},"
				     "{'word': 'index', 'forbid': [{}]},"
				     "{'word': 'private', 'forbid': [{}]}")});
}

#define HOST(members)                                                                              \
	"struct page { long flags; union { struct list_head lru; " members " }; };"                \
	"struct slab { void *a; };"

/* Other names of the word are the word. */
static void fields_of_the_host_are_held_against_it(void **state)
{
	(void)state;
	expect_cases(
		{{.records = HOST("long head; long other;")},
		 .rules = TOUCH(BIT_0),
		 .found = "R error page.other - 0:64+64: page.other (long) is on bytes 8-15, where "
			  "lru.next is, with bit 0 of its value: T"},
		{{.records = HOST("long head; long other;")},
		 .rules = TOUCH("{'word': 'word1', 'overlays': ['slab'], " NO_INT "}")},
		{{.records = HOST("struct { long a; long b; };")},
		 .rules = TOUCH("{'word': 'lru', " NO_INT "}"),
		 .found =
			 "R error page.a - 0:64+64: page.a (long) is on bytes 8-15, where lru.next "
			 "is: T\n"
			 "R error page.b - 0:128+64: page.b (long) is on bytes 16-23, where "
			 "lru.next is: T"},
		/* The first name that the host has says where the word is. */
		{{.records = "struct page { long flags; long head; };"
			     "struct slab { long flags; long a; };"},
		 .rules = TOUCH(BIT_0),
		 .found = "R error slab.a head 0:64+64: slab.a (long) is on bytes 8-15, where head "
			  "is, with bit 0 of its value: T"});
}

static void clauses_and_rules_may_be_limited(void **state)
{
	static const char records[] = SLAB("long hash;") "struct folio { long flags; long hash; };";
	static const char both[] = "{'name': 'slab'}, {'name': 'folio'}";
	static const char folio[] = "R error folio.hash lru.next 0:64+64: "
				    "folio.hash (long) is on bytes 8-15, where lru.next is: T";

	(void)state;
	expect_cases(
		{{.records = records},
		 both,
		 TOUCH("{'word': 'word1', 'overlays': ['f*'], " NO_INT "}"),
		 folio},
		{{.records = records},
		 both,
		 RULE("touch", ", 'on': [{'word': 'word1', " NO_INT "}],"
			       " 'except': [{'overlays': ['slab'], 'members': ['hash'],"
			       " 'reason': 'it is even'}]"),
		 folio},
		{{.records = records},
		 both,
		 RULE("touch", ", 'on': [{'word': 'word1', " NO_INT "}], 'where': {'bits': 32}"),
		 SILENT},
		{{.records = records, .release = "6.11.3"},
		 both,
		 TOUCH("{'word': 'word1', 'releases': '6.12-', " NO_INT "}"),
		 SILENT},
		/* What is not known is no reason for a false alarm. */
		{{.records = records},
		 both,
		 TOUCH("{'word': 'word1', 'releases': '6.12-', " NO_INT "}"),
		 SILENT},
		{{.records = records},
		 both,
		 TOUCH("{'word': 'word1', 'forbid': [{'releases': '6.12-'}]}"),
		 SILENT},
		{{.records = records},
		 both,
		 TOUCH("{'word': 'word1', 'allow': [{'releases': '6.12-', 'archs': ['arm']}]}"),
		 SILENT},
		{{.records = SLAB("long hash;"), .release = "6.12", .arch = "x86_64"},
		 NULL,
		 TOUCH("{'word': 'word1', 'allow': [{'releases': '6.12-', 'archs': ['arm']}]}"),
		 "R error slab.hash lru.next 0:64+64: "
		 "slab.hash (long) is on bytes 8-15, where lru.next is: T"});
}

/* A host with another name first for everything. */
#define RENAMED                                                                                    \
	"struct page { union { long f; long flags; }; union { void *memdesc; struct list_head "    \
	"lru; };"                                                                                  \
	" union { void *x; void *mapping; }; union { int none; int y; int page_type; };"           \
	" int _unused; };"

static void findings_go_by_the_name_of_the_word(void **state)
{
	static const char homes[] =
		"{'name': 'slab', 'members': [{'member': 'gone', 'on': 'word1', 'always': true},"
		" {'member': 'low', 'on': 'mapping', 'at': 32, 'always': true},"
		" {'member': 'past', 'on': 'type', 'at': 32, 'always': true}]}";
	static const char records[] = RENAMED "struct slab { long flags; long hash; };";

	(void)state;
	expect_cases(
		{{.records = records},
		 NULL,
		 TOUCH("{'word': 'word1', " NO_INT "}"),
		 "R error slab.hash lru.next 0:64+64: "
		 "slab.hash (long) is on bytes 8-15, where lru.next is: T"},
		{{.records = RENAMED "struct slab { int a @24; };"},
		 NULL,
		 TOUCH("{'word': 'mapping', " NO_INT "}"),
		 "R error slab.a mapping 0:192+32: "
		 "slab.a (int) is on bytes 24-27, where mapping is: T"},
		/* Whatever the rule, as far as the pack has a word for it. */
		{{.records = records},
		 homes,
		 RULE("listed", ""),
		 "R error slab.flags flags 0:0+64: "
		 "slab.flags (long) on bytes 0-7 is a member that the rule pack does not know\n"
		 "R error slab.hash lru.next 0:64+64: "
		 "slab.hash (long) on bytes 8-15 is a member that the rule pack does not know"},
		{{.records = records},
		 homes,
		 RULE("listed", ", 'gone': true"),
		 "R error slab.gone lru.next -: slab has no gone, which the rule pack knows on "
		 "lru.next\n"
		 "R error slab.low mapping -: slab has no low, which the rule pack knows on "
		 "mapping\n"
		 "R error slab.past _unused -: slab has no past, which the rule pack knows on "
		 "_unused"},
		{{.records = records},
		 "{'name': 'slab', 'ends_before': ['word1']}",
		 RULE("size", ""),
		 "R error slab lru.next -: slab is 16 bytes long, and has to end by byte 8, where "
		 "the host has lru.next"});
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_forbidden_is_found),
		cmocka_unit_test(what_is_not_allowed_is_found),
		cmocka_unit_test(bits_are_those_of_the_value),
		cmocka_unit_test(bits_of_the_value_may_be_several),
		cmocka_unit_test(bits_that_the_word_lacks_are_not_touched),
		cmocka_unit_test(clauses_are_about_pages),
		cmocka_unit_test(members_may_lie_on_two_pages),
		cmocka_unit_test(each_word_of_a_wide_member_is_one_finding),
		cmocka_unit_test(padding_and_what_has_no_size_touch_nothing),
		cmocka_unit_test(fields_of_the_host_are_held_against_it),
		cmocka_unit_test(clauses_and_rules_may_be_limited),
		cmocka_unit_test(findings_go_by_the_name_of_the_word),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
