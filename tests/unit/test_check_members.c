/* SPDX-License-Identifier: MIT */
/* What members are, and which of them are there. */
#include "testing.h"

#include "check_fixture.h"

#define SLAB(members) PAGE "struct slab { long flags; " members " };"
#define HOMES(homes) "{'name': 'slab', 'members': [" homes "]}"
#define HOME(member, rest) HOMES("{'member': '" member "', 'on': 'word1'" rest "}")
#define TYPE RULE("type", "")
#define ON_WORD1(type, found) "R error slab.a lru.next 0:64+" type ": slab.a is " found

static void members_are_of_a_class(void **state)
{
	(void)state;
	expect_cases(
		{{.records = SLAB("void *a;")},
		 HOME("a", ", 'classes': ['pointer']"),
		 TYPE,
		 SILENT},
		{{.records = SLAB("void *a;")},
		 HOME("a", ", 'classes': ['list', 'pointer']"),
		 TYPE,
		 SILENT},
		{{.records = SLAB("long a;")},
		 HOME("a", ", 'classes': ['list', 'pointer']"),
		 TYPE,
		 ON_WORD1("64", "of class integer (long), not pointer or list as this release has "
				"it")},
		/* The class is that of the record, wherever the home is. */
		{{.records = SLAB("struct list_head a;")},
		 HOME("a", ", 'classes': ['list']"),
		 TYPE,
		 SILENT},
		{{.records = SLAB("struct list_head a;")},
		 HOME("a", ", 'classes': ['rcu_head']"),
		 TYPE,
		 ON_WORD1("128", "of class list (struct list_head), not rcu_head as this release "
				 "has it")},
		{{.records = SLAB("struct list_head a;")},
		 HOME("a.next", ", 'classes': ['list']"),
		 TYPE,
		 "R error slab.a.next lru.next 0:64+64: slab.a.next is of class pointer (struct "
		 "list_head *), not list as this release has it"},
		{{.records = SLAB("spinlock_t a;")},
		 HOME("a", ", 'classes': ['lock']"),
		 TYPE,
		 SILENT},
		{{.records = SLAB("spinlock_t a;")},
		 HOME("a", ", 'classes': ['atomic']"),
		 TYPE,
		 ON_WORD1("64", "of class lock (spinlock_t), not atomic as this release has it")},
		{{.records = SLAB("atomic_t a;")},
		 HOME("a.counter", ", 'classes': ['atomic']"),
		 TYPE,
		 SILENT},
		{{.records = SLAB("enum kind a;")},
		 HOME("a", ", 'classes': ['enum']"),
		 TYPE,
		 SILENT},
		{{.records = SLAB("double a;")}, HOME("a", ", 'classes': ['float']"), TYPE, SILENT},
		{{.records = SLAB("char a[3];")},
		 HOME("a", ", 'classes': ['array']"),
		 TYPE,
		 SILENT},
		{{.records = SLAB("struct { int x; } a;")},
		 HOME("a", ", 'classes': ['record']"),
		 TYPE,
		 SILENT},
		{{.records = SLAB("long b;")},
		 HOME("a", ", 'classes': ['pointer']"),
		 TYPE,
		 SILENT});
}

static void members_are_of_a_size(void **state)
{
	(void)state;
	expect_cases(
		{{.records = SLAB("long a;")}, HOME("a", ", 'size': 'word'"), TYPE, SILENT},
		{{.records = SLAB("long a;"), .bits = 32},
		 HOME("a", ", 'size': 'word'"),
		 TYPE,
		 SILENT},
		{{.records = SLAB("int a;")},
		 HOME("a", ", 'size': 'word'"),
		 TYPE,
		 ON_WORD1("32", "32 bits long, not 64 as this release has it")},
		{{.records = SLAB("struct list_head a;"), .bits = 32},
		 HOME("a", ", 'size': '2 words'"),
		 TYPE,
		 SILENT},
		{{.records = SLAB("long a;")},
		 HOME("a", ", 'size': '4 bytes'"),
		 TYPE,
		 ON_WORD1("64", "64 bits long, not 32 as this release has it")},
		{{.records = SLAB("long a;"), .bits = 32},
		 HOME("a", ", 'size': '4 bytes'"),
		 TYPE,
		 SILENT},
		{{.records = SLAB("int a : 15;")}, HOME("a", ", 'size': '15 bits'"), TYPE, SILENT},
		{{.records = SLAB("int a : 16;")},
		 HOME("a", ", 'size': '15 bits'"),
		 TYPE,
		 ON_WORD1("16", "16 bits long, not 15 as this release has it")},
		/* The class is told before the size; padding has a size. */
		{{.records = SLAB("int a;")},
		 HOME("a", ", 'size': 'word', 'classes': ['pointer']"),
		 TYPE,
		 ON_WORD1("32", "of class integer (int), not pointer as this release has it")},
		{{.records = SLAB("char _pad[4];")},
		 HOME("_pad", ", 'size': 'word'"),
		 TYPE,
		 "R error slab._pad lru.next 0:64+32: slab._pad is 32 bits long, not 64 as this "
		 "release has it"},
		/* A record is as long as it is, with what it has no name for. */
		{{.records = SLAB("struct { int : 32; int x; int : 32; } a;")},
		 HOME("a", ", 'size': '12 bytes'"),
		 TYPE,
		 SILENT},
		{{.records = SLAB("struct { long x; char y; } a[2];")},
		 HOME("a", ", 'size': '4 words'"),
		 TYPE,
		 SILENT});
}

static void kinds_of_members_may_differ_by_release(void **state)
{
	static const char by_release[] =
		HOMES("{'member': 'a', 'on': 'word1', 'classes': ['pointer'], 'releases': '6.2-'},"
		      "{'member': 'a', 'on': 'word1', 'size': '4 bytes', 'releases': '-6.1'}");
	static const char integer[] =
		ON_WORD1("32", "of class integer (int), not pointer as this release has it");
	static const char except[] =
		RULE("type", ", 'except': [{'members': ['a'], 'reason': 'because'}]");

	(void)state;
	expect_cases(
		{{.records = SLAB("void *a;"), .release = "6.2"}, by_release, TYPE, SILENT},
		{{.records = SLAB("int a;"), .release = "6.1"}, by_release, TYPE, SILENT},
		{{.records = SLAB("int a;"), .release = "6.2"}, by_release, TYPE, integer},
		{{.records = SLAB("void *a;"), .release = "6.1"},
		 by_release,
		 TYPE,
		 ON_WORD1("64", "64 bits long, not 32 as this release has it")},
		/* Of an unknown release, it is one of them. */
		{{.records = SLAB("void *a;")}, by_release, TYPE, SILENT},
		{{.records = SLAB("int a;")}, by_release, TYPE, SILENT},
		{{.records = SLAB("long a;")},
		 by_release,
		 TYPE,
		 ON_WORD1("64", "of class integer (long), not pointer as this release has it")},
		{{.records = SLAB("int a;"), .release = "6.2"}, by_release, except, SILENT});
}

#define LISTED RULE_OF("R", "listed", "info", "")
#define UNKNOWN(what) "R info slab." what " is a member that the rule pack does not know"

static void members_that_the_pack_does_not_know_are_told(void **state)
{
	static const char a[] = HOMES("{'member': 'a', 'on': 'x', 'releases': '5.0'},"
				      "{'member': 'flags', 'on': 'flags'}");

	(void)state;
	expect_cases(
		{{.records = SLAB("int a;"), .release = "6.1"}, a, LISTED, SILENT},
		{{.records = SLAB("struct { int x; int y; } a;")}, a, LISTED, SILENT},
		{{.records = SLAB("struct { int x; } a[2];")}, a, LISTED, SILENT},
		{{.records = SLAB("int a; int b;")},
		 a,
		 LISTED,
		 UNKNOWN("b lru.next 0:96+32: slab.b (int) on bytes 12-15")},
		{{.records = SLAB("int ab;")},
		 a,
		 LISTED,
		 UNKNOWN("ab lru.next 0:64+32: slab.ab (int) on bytes 8-11")},
		{{.records = SLAB("struct { int y; } b; spinlock_t c;")},
		 a,
		 LISTED,
		 UNKNOWN("b.y lru.next 0:64+32: slab.b.y (int) on bytes 8-11") "\n" UNKNOWN(
			 "c lru.next 0:96+64: slab.c (spinlock_t) on bytes 12-19")},
		/* Padding, what has no size, and overlays of which the pack knows no member. */
		{{.records = SLAB("char _pad[8]; int none[0];")}, a, LISTED, SILENT},
		{{.records = SLAB("int b;")}, NULL, LISTED, SILENT},
		{{.records = SLAB("int b;")},
		 a,
		 RULE("listed", ", 'except': [{'members': ['b'], 'reason': 'new'}]"),
		 SILENT});
}

#define GONE RULE_OF("R", "listed", "info", ", 'gone': true")

static void members_that_are_gone_are_told(void **state)
{
	static const char both[] =
		HOMES("{'member': 'a', 'on': 'word1', 'always': true},"
		      "{'member': 'b', 'on': 'word1'}, {'member': 'c', 'on': 'kmsan',"
		      " 'page': 1, 'always': true, 'releases': '6.2-'}");
	static const char no_a[] =
		"R info slab.a lru.next -: slab has no a, which the rule pack knows on lru.next";
	static const char no_a_no_c[] =
		"R info slab.a lru.next -: slab has no a, which the rule pack knows on lru.next\n"
		"R info slab.c - -: slab has no c, which the rule pack knows on kmsan";

	(void)state;
	expect_cases(
		{{.records = SLAB("long a;")}, both, GONE, SILENT},
		{{.records = SLAB("struct { int x; } a;")}, both, GONE, SILENT},
		{{.records = SLAB("struct { int x; } a[2];")}, both, GONE, SILENT},
		{{.records = SLAB("long d;")}, both, GONE, no_a},
		{{.records = SLAB("long ab;"), .release = "6.1"}, both, GONE, no_a},
		{{.records = SLAB("long d;"), .release = "6.2"}, both, GONE, no_a_no_c},
		/* It is there, though it has no size. */
		{{.records = SLAB("struct { } a; int c[0];"), .release = "6.2"},
		 both,
		 GONE,
		 SILENT},
		{{.records = SLAB("long d; struct { int : 32; } a;")}, both, GONE, SILENT},
		/* An overlay that is not there has no members that are gone. */
		{{.records = PAGE}, both, GONE, SILENT},
		{{.records = SLAB("long d;")},
		 both,
		 LISTED,
		 "R info slab.flags flags 0:0+64: slab.flags (long) on bytes 0-7 is a member that "
		 "the rule pack does not know\n"
		 "R info slab.d lru.next 0:64+64: slab.d (long) on bytes 8-15 is a member that the "
		 "rule pack does not know"},
		{{.records = SLAB("long d;")},
		 both,
		 RULE("listed", ", 'gone': true, 'except': [{'members': ['a'], 'reason': 'x'}]"),
		 SILENT},
		{{.records = SLAB("long d;")},
		 both,
		 RULE("listed", ", 'gone': true, 'where': {'members': ['c*']}"),
		 SILENT});
}

#define TOGETHER(words) RULE("together", ", 'on': [" words "]")
#define NO_MEMCG                                                                                   \
	"struct page { long flags; struct list_head lru; void *mapping; long index; long private;" \
	" int page_type; atomic_t _refcount; };"
#define FIELDS "long flags; long rest[6]; "

static void members_and_words_exist_together(void **state)
{
	static const char home[] =
		HOMES("{'member': 'data', 'on': 'memcg_data', 'releases': '6.2-'},"
		      "{'member': 'cache', 'on': 'word1'}");
	static const char on_two[] =
		HOMES("{'member': 'data', 'on': 'memcg_data'},"
		      "{'member': 'data', 'on': 'private', 'releases': '6.2-'}");
	static const char lacks[] =
		"R error slab.data memcg_data -: the host has memcg_data in this "
		"configuration, and slab has no data for it";
	static const char has[] = "R error slab.data - -: slab has data, and the host has no "
				  "memcg_data in this configuration";
	static const char with[] = PAGE "struct slab { " FIELDS "long data; };";
	static const char without[] = PAGE "struct slab { " FIELDS "long end; };";

	(void)state;
	expect_cases(
		{{.records = with, .release = "6.2"}, home, TOGETHER("'memcg_data'"), SILENT},
		{{.records = without, .release = "6.2"}, home, TOGETHER("'memcg_data'"), lacks},
		{{.records = NO_MEMCG "struct slab { " FIELDS "long data; };", .release = "6.2"},
		 home,
		 TOGETHER("'memcg_data'"),
		 has},
		{{.records = NO_MEMCG "struct slab { " FIELDS "};", .release = "6.2"},
		 home,
		 TOGETHER("'memcg_data'"),
		 SILENT},
		/* It ends before the word. */
		{{.records = PAGE "struct slab { " FIELDS "};", .release = "6.2"},
		 home,
		 TOGETHER("'memcg_data'"),
		 SILENT},
		/* Over several hosts it goes on, whatever it says of the first. */
		{{.records = PAGE "struct slab { " FIELDS "};", .release = "6.2"},
		 "{'name': 'slab', 'pages': 2, 'members': [{'member': 'data', 'on': "
		 "'memcg_data'}]}",
		 TOGETHER("'memcg_data'"),
		 lacks},
		/* Another word, another release, and one that is not known. */
		{{.records = without, .release = "6.2"},
		 home,
		 TOGETHER("'word2', 'index'"),
		 SILENT},
		{{.records = without, .release = "6.1"}, home, TOGETHER("'memcg_data'"), SILENT},
		{{.records = without}, home, TOGETHER("'memcg_data'"), SILENT},
		{{.records = without, .release = "6.2"},
		 home,
		 TOGETHER("'word1', 'memcg_data'"),
		 "R error slab.data memcg_data -: the host has memcg_data in this configuration, "
		 "and slab has no data for it\n"
		 "R error slab.cache lru.next -: the host has lru.next in this configuration, and "
		 "slab has no cache for it"},
		{{.records = without, .release = "6.2"},
		 home,
		 RULE("together", ", 'on': ['memcg_data'], 'except': [{'overlays': ['slab'],"
				  " 'members': ['data'], 'reason': 'x'}]"),
		 SILENT},
		/* One of several words is enough, of those that its release has. */
		{{.records = NO_MEMCG "struct slab { " FIELDS "long data; };", .release = "6.2"},
		 on_two,
		 TOGETHER("'memcg_data'"),
		 SILENT},
		{{.records = NO_MEMCG "struct slab { " FIELDS "long data; };", .release = "6.1"},
		 on_two,
		 TOGETHER("'memcg_data'"),
		 has},
		{{.records = "struct page { long flags; };"
			     "struct slab { " FIELDS "long data; };",
		  .release = "6.2"},
		 on_two,
		 TOGETHER("'memcg_data'"),
		 has},
		{{.records = without, .release = "6.2"}, on_two, TOGETHER("'memcg_data'"), lacks},
		/* Later pages have words of their own. */
		{{.records = without},
		 HOMES("{'member': 'data', 'on': 'memcg_data', 'page': 1}"),
		 TOGETHER("'memcg_data'"),
		 SILENT});
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(members_are_of_a_class),
		cmocka_unit_test(members_are_of_a_size),
		cmocka_unit_test(kinds_of_members_may_differ_by_release),
		cmocka_unit_test(members_that_the_pack_does_not_know_are_told),
		cmocka_unit_test(members_that_are_gone_are_told),
		cmocka_unit_test(members_and_words_exist_together),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
