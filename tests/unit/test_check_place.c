/* SPDX-License-Identifier: MIT */
/* Where members belong: their homes in the pack, and their names. */
#include "testing.h"

#include "check/check.h"
#include "check/load/pack_load.h"
#include "check_fixture.h"
#include "support/strbuf.h"

#define SLAB(members) PAGE "struct slab { long flags; " members " };"
#define HOMES(homes) "{'name': 'slab', 'pages': 4, 'members': [" homes "]}"
#define HOME(member, word) "{'member': '" member "', 'on': '" word "'}"
#define PLACE RULE("place", "")
#define TWINS RULE("place", ", 'twins': true")
#define NAMES RULE("place", ", 'names': true")

static void members_are_at_home(void **state)
{
	(void)state;
	expect_cases(
		{{.records = SLAB("void *cache;")}, HOMES(HOME("cache", "word1")), PLACE, SILENT},
		{{.records = SLAB("void *cache @16;")},
		 HOMES(HOME("cache", "word1")),
		 PLACE,
		 "R error slab.cache lru.prev 0:128+64: slab.cache is on bytes 16-23, and belongs "
		 "on bytes 8-15, where lru.next is"},
		/* On 32 bits. */
		{{.records = SLAB("void *cache @16;"), .bits = 32},
		 HOMES(HOME("cache", "mapping")),
		 PLACE,
		 "R error slab.cache index 0:128+32: slab.cache is on bytes 16-19, and belongs on "
		 "bytes 12-15, where mapping is"},
		/* What is on half of the word begins where it begins. */
		{{.records = SLAB("int half @24; int other;")},
		 HOMES(HOME("half", "mapping") "," HOME("other", "mapping")),
		 PLACE,
		 "R error slab.other mapping 0:224+32: slab.other is on bytes 28-31, and belongs "
		 "on "
		 "bytes 24-27, where mapping is"},
		/* Neither a word of the pack nor a field of this host; no such member. */
		{{.records = SLAB("void *cache;")}, HOMES(HOME("cache", "kmsan")), PLACE, SILENT},
		{{.records = SLAB("void *cache;")}, HOMES(HOME("cash", "mapping")), PLACE, SILENT},
		{{.records = SLAB("void *cache[0];")},
		 HOMES(HOME("cache", "mapping")),
		 PLACE,
		 SILENT},
		{{.records = SLAB("void *_pad;")}, HOMES(HOME("_pad", "mapping")), PLACE, SILENT});
}

static void homes_have_pages_and_bits(void **state)
{
	static const char at[] = HOMES("{'member': 'order', 'on': 'word2', 'at': 8},"
				       "{'member': 'far', 'on': 'word2', 'at': 96},"
				       "{'member': 'next', 'on': 'word1', 'page': 1},"
				       "{'member': 'count', 'on': 'word2', 'page': 2, 'at': 32}");

	(void)state;
	expect_cases(
		{{.records = SLAB("char order @17; int far @28; long next @72; int count @148;")},
		 at,
		 PLACE,
		 SILENT},
		{{.records = SLAB("char order @16; int far @24; long next @136; int count @84;")},
		 at,
		 PLACE,
		 "R error slab.order lru.prev 0:128+8: slab.order is on byte 16, and belongs on "
		 "byte 17, where lru.prev is\n"
		 "R error slab.far mapping 0:192+32: slab.far is on bytes 24-27, and belongs on "
		 "bytes 28-31, where mapping is\n"
		 "R error slab.next lru.next 2:64+64: slab.next is on bytes 8-15 of page 2, and "
		 "belongs on bytes 8-15 of page 1, where lru.next is\n"
		 "R error slab.count lru.prev 1:160+32: slab.count is on bytes 20-23 of page 1, "
		 "and "
		 "belongs on bytes 20-23 of page 2, where lru.prev is"},
		/* The same bytes of the wrong page. */
		{{.records = SLAB("long a @8;")},
		 HOMES("{'member': 'a', 'on': 'word1', 'page': 1}"),
		 PLACE,
		 "R error slab.a lru.next 0:64+64: slab.a is on bytes 8-15, and belongs on "
		 "bytes 8-15 of page 1, where lru.next is"},
		/* Bit fields. */
		{{.records = SLAB("int inuse : 16 @40; int objects : 15; int frozen : 1;")},
		 HOMES("{'member': 'objects', 'on': 'private', 'at': 16},"
		       "{'member': 'frozen', 'on': 'private', 'at': 30}"),
		 PLACE,
		 "R error slab.frozen private 0:351+1: slab.frozen is on byte 43, bit 7, and "
		 "belongs on "
		 "byte 43, bit 6, where private is"});
}

static void several_homes_are_as_good(void **state)
{
	static const char two[] = HOMES("{'member': 'cache', 'on': 'word1', 'releases': '6.2-'},"
					"{'member': 'cache', 'on': 'mapping', 'releases': '-6.1'},"
					"{'member': 'cache', 'on': 'index', 'releases': '6.12'}");
	static const char wrong_6_11[] =
		"R error slab.cache mapping 0:192+64: slab.cache is on bytes 24-31, and belongs on "
		"bytes 8-15, where lru.next is";

	(void)state;
	expect_cases(
		{{.records = SLAB("void *cache @24;"), .release = "6.11"}, two, PLACE, wrong_6_11},
		{{.records = SLAB("void *cache @24;"), .release = "6.12"}, two, PLACE, wrong_6_11},
		{{.records = SLAB("void *cache @24;"), .release = "6.1"}, two, PLACE, SILENT},
		{{.records = SLAB("void *cache @8;"), .release = "6.12"}, two, PLACE, SILENT},
		{{.records = SLAB("void *cache @32;"), .release = "6.12"}, two, PLACE, SILENT},
		{{.records = SLAB("void *cache @32;"), .release = "6.1"},
		 two,
		 PLACE,
		 "R error slab.cache index 0:256+64: slab.cache is on bytes 32-39, and belongs on "
		 "bytes 24-31, where mapping is"},
		/* Of an unknown release any of them may be right; on none of them, one is told. */
		{{.records = SLAB("void *cache @24;")}, two, PLACE, SILENT},
		{{.records = SLAB("void *cache @32;"), .release = "next-20250101"},
		 two,
		 PLACE,
		 SILENT},
		{{.records = SLAB("void *cache @40;")},
		 two,
		 PLACE,
		 "R error slab.cache private 0:320+64: slab.cache is on bytes 40-47, and belongs "
		 "on "
		 "bytes 8-15, where lru.next is"},
		/* The same bits on two pages: only one of them is home. */
		{{.records = SLAB("long a @136;")},
		 HOMES("{'member': 'a', 'on': 'word1', 'page': 1},"
		       "{'member': 'a', 'on': 'word1', 'page': 2}"),
		 PLACE,
		 SILENT});
}

static void records_are_at_home_as_a_whole(void **state)
{
	(void)state;
	expect_cases(
		{{.records = SLAB("struct list_head list @8;")},
		 HOMES(HOME("list", "lru")),
		 PLACE,
		 SILENT},
		{{.records = SLAB("struct list_head list @16;")},
		 HOMES(HOME("list", "lru")),
		 PLACE,
		 "R error slab.list lru.prev 0:128+128: slab.list is on bytes 16-31, and belongs "
		 "on "
		 "bytes 8-23, where lru.next is"},
		/* It begins before its first named member does. */
		{{.records = SLAB("struct { int : 32; int x; } odd @8;")},
		 HOMES(HOME("odd", "word1")),
		 PLACE,
		 SILENT},
		{{.records = SLAB("struct { int : 32; int x; } odd @4;")},
		 HOMES(HOME("odd", "word1")),
		 PLACE,
		 "R error slab.odd flags 0:32+64: slab.odd is on bytes 4-11, and belongs on "
		 "bytes 8-15, where lru.next is"},
		{{.records = SLAB("struct { int a; } all[2] @16;")},
		 HOMES(HOME("all", "word1")),
		 PLACE,
		 "R error slab.all lru.prev 0:128+64: slab.all is on bytes 16-23, and belongs on "
		 "bytes 8-15, where lru.next is"},
		/* "lock" is not in "lock_count". */
		{{.records = SLAB("int lock_count @32; int lock @8;")},
		 HOMES(HOME("lock", "word1")),
		 PLACE,
		 SILENT});
}

static void twins_are_for_another_rule(void **state)
{
	static const char twin[] = HOMES(
		"{'member': '_refs', 'on': '_refcount', 'twin': true}," HOME("cache", "word1"));
	static const char refs[] =
		"R error slab._refs page_type 0:384+32: slab._refs is on bytes 48-51, and belongs "
		"on bytes 52-55, where _refcount.counter is";
	static const char cache[] = "R error slab.cache lru.prev 0:128+64: slab.cache is on bytes "
				    "16-23, and belongs on "
				    "bytes 8-15, where lru.next is";
	static const char records[] = SLAB("void *cache @16; atomic_t _refs @48;");

	(void)state;
	expect_cases({{.records = records}, twin, TWINS, refs},
		     {{.records = records}, twin, PLACE, cache});
}

static void members_may_be_called_like_host_fields(void **state)
{
	(void)state;
	expect_cases(
		{{.records = SLAB("void *mapping @24; atomic_t _refcount @52;")},
		 NULL,
		 NAMES,
		 SILENT},
		{{.records = SLAB("void *mapping @32;")},
		 NULL,
		 NAMES,
		 "R error slab.mapping index 0:256+64: slab.mapping is on bytes 32-39, and belongs "
		 "on bytes 24-31, where mapping is"},
		/* Only a rule that speaks of names looks at them; a home comes first. */
		{{.records = SLAB("void *mapping @32;")}, NULL, PLACE, SILENT},
		{{.records = SLAB("void *mapping @32;")},
		 HOMES(HOME("mapping", "index")),
		 NAMES,
		 SILENT},
		{{.records = SLAB("struct { int a; } private[2] @32;") "struct other { long a; };"},
		 HOMES(HOME("private", "index")),
		 NAMES,
		 SILENT},
		/* A pad keeps others off; a copy of the host is the host. */
		{{.records = SLAB("void *mapping_pad @32; struct { long a; } _pad;")},
		 NULL,
		 NAMES,
		 SILENT},
		{{.records = PAGE "struct slab { struct page page; struct page last; };"},
		 HOMES(""),
		 NAMES,
		 SILENT},
		/* On the next page, it is the same field of another host. */
		{{.records = SLAB("void *mapping @88; long index @88;")},
		 HOMES(HOME("nothing", "word1")),
		 NAMES,
		 "R error slab.index mapping 1:192+64: slab.index is on bytes 24-31 of page 1, and "
		 "belongs on bytes 32-39 of page 1, where index is"},
		{{.records = SLAB("struct list_head lru @16;")},
		 NULL,
		 NAMES,
		 "R error slab.lru.next lru.prev 0:128+64: slab.lru.next is on bytes 16-23, and "
		 "belongs on bytes 8-15, where lru.next is\n"
		 "R error slab.lru.prev mapping 0:192+64: slab.lru.prev is on bytes 24-31, and "
		 "belongs on bytes 16-23, where lru.prev is"});
}

static void places_may_be_exempt(void **state)
{
	static const char except[] =
		RULE("place", ", 'names': true, 'except': [{'members': ['cache', 'mapping'],"
			      " 'releases': '6.2-', 'reason': 'moved for good'}]");
	static const char records[] = SLAB("void *cache @16; void *mapping @32;");

	(void)state;
	expect_cases({{.records = records, .release = "6.2"},
		      HOMES(HOME("cache", "word1")),
		      except,
		      SILENT},
		     {{.records = records}, HOMES(HOME("cache", "word1")), except, SILENT},
		     {{.records = records, .release = "6.1"},
		      HOMES(HOME("cache", "word1")),
		      except,
		      "R error slab.cache lru.prev 0:128+64: slab.cache is on bytes 16-23, and "
		      "belongs on bytes 8-15, where lru.next is\n"
		      "R error slab.mapping index 0:256+64: slab.mapping is on bytes 32-39, and "
		      "belongs on bytes 24-31, where mapping is"});
}

#define ON_HEAD                                                                                    \
	"{'name': 'slab', 'members': ["                                                            \
	"{'member': 'a', 'on': 'word1', 'always': true, 'releases': '6.2-'},"                      \
	"{'member': 'b', 'on': 'word1', 'always': true},"                                          \
	"{'member': 'b', 'on': 'mapping', 'releases': '-6.1'},"                                    \
	"{'member': 'c', 'on': 'tail'}]}, {'name': 'folio', 'members': ["                          \
	"{'member': 'd', 'on': 'flags', 'always': true, 'twin': true}]}"
/* The failures of KERNEL, one in a line; "" if there is none. */
static void expect_failures(const struct kernel *kernel, const char *rules, const char *wanted)
{
	PL_CLEANUP(pl_strbuf_release) struct pl_strbuf text = PL_STRBUF_INIT;
	const struct kernel kernels[] = {*kernel, {0}};
	struct pl_pack *pack = check_pack(ON_HEAD, rules);
	struct pl_report *report = check_report(pack, kernels);

	report->targets[0]->source.path = "vmlinux";
	expect_ok(pl_check_report(pack, report));
	for (size_t i = 0; i < report->n_failures; i++)
		pl_strbuf_printf(&text, "%s%s", i ? "\n" : "", report->failures[i].message);
	assert_string_equal(text.text, wanted);
	pl_report_free(report);
	pl_pack_free(pack);
}

/* A host that has renamed what the pack knows. */
#define NEW_PAGE "struct page { long flags_; struct list_head lru_; void *mapping; };"

static void words_that_are_lost_cannot_be_told(void **state)
{
	static const char all[] =
		RULE_OF("HOME", "place", "error", "") "," RULE_OF(
			"TWIN", "place", "error",
			", 'twins': true") "," RULE_OF("TOUCH", "touch", "error",
						       ", 'on': [{'word': 'word1', 'forbid': "
						       "[{}]}]") "," RULE_OF("OFF", "touch", "none",
									     ", 'on': [{'word': "
									     "'word1', 'forbid': "
									     "[{}]}]") "," RULE_OF("GAP",
												   "host-gap",
												   "error",
												   ", 'on': ['word1']");
	static const char slab[] = NEW_PAGE "struct slab { long a; long b; };";
	static const char word1[] =
		"vmlinux: page has no word1 by any name that the rule pack knows (lru.next, head), "
		"and slab.a belongs there: nothing can be said of HOME, TOUCH, GAP";

	(void)state;
	expect_failures(&(struct kernel){.records = slab, .release = "6.2"}, all, word1);
	expect_failures(
		&(struct kernel){.records = NEW_PAGE "struct slab { long a; long b; };"
						     "struct folio { long d; };",
				 .release = "6.2"},
		all,
		"vmlinux: page has no word1 by any name that the rule pack knows (lru.next, "
		"head), and slab.a belongs there: nothing can be said of HOME, TOUCH, GAP\n"
		"vmlinux: page has no flags by any name that the rule pack knows (flags), and "
		"folio.d belongs there: nothing can be said of TWIN");
	/* Another release, one that is not known; no overlay; the word; and no rule about it. */
	expect_failures(&(struct kernel){.records = slab, .release = "6.1"}, all, "");
	expect_failures(&(struct kernel){.records = slab}, all, "");
	expect_failures(&(struct kernel){.records = NEW_PAGE, .release = "6.2"}, all, "");
	expect_failures(
		&(struct kernel){.records = PAGE "struct slab { long a; };", .release = "6.2"}, all,
		"");
	expect_failures(&(struct kernel){.records = slab, .release = "6.2"}, RULE("wide", ""), "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(members_are_at_home),
		cmocka_unit_test(homes_have_pages_and_bits),
		cmocka_unit_test(several_homes_are_as_good),
		cmocka_unit_test(records_are_at_home_as_a_whole),
		cmocka_unit_test(twins_are_for_another_rule),
		cmocka_unit_test(members_may_be_called_like_host_fields),
		cmocka_unit_test(places_may_be_exempt),
		cmocka_unit_test(words_that_are_lost_cannot_be_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
