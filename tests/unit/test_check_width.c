/* SPDX-License-Identifier: MIT */
/* How wide members are. */
#include "testing.h"

#include "check_fixture.h"

#define SLAB(members) PAGE "struct slab { long flags; " members " };"
#define WIDE RULE("wide", "")

static void scalars_are_no_wider_than_a_word(void **state)
{
	static const char wide[] =
		"R error slab.a lru.prev 0:64+64: slab.a (llong) is 64 bits long, "
		"and a word has 32: T";

	(void)state;
	expect_cases(
		{{.records = SLAB("llong a; long b; void *c;")}, NULL, WIDE, SILENT},
		{{.records = SLAB("llong a @8;"), .bits = 32}, NULL, WIDE, wide},
		{{.records = SLAB("llong a @8;"), .bits = 32, .big = true}, NULL, WIDE, wide},
		{{.records = SLAB("u128 a @8;")},
		 NULL,
		 WIDE,
		 "R error slab.a lru.next 0:64+128: slab.a (u128) is 128 bits long, and a word has "
		 "64: T"},
		{{.records = SLAB("double a @8; struct list_head list; long b[4]; spinlock_t lock;"
				  " struct { long x; long y; } record;"),
		  .bits = 32},
		 NULL,
		 WIDE,
		 "R error slab.a lru.prev 0:64+64: slab.a (double) is 64 bits long, and a word has "
		 "32: T"},
		/* Padding is none; a bit field is as wide as it is. */
		{{.records = SLAB("llong _pad @8; llong bits : 33 @16; llong few : 31;"),
		  .bits = 32},
		 NULL,
		 WIDE,
		 "R error slab.bits index 0:128+33: slab.bits (llong) is 33 bits long, and a word "
		 "has 32: T"},
		/* Fields of the host. */
		{{.records = "struct page { long flags; union { llong a @0; long b; }; };"
			     "struct slab { long a; };",
		  .bits = 32},
		 NULL,
		 WIDE,
		 "R error page.a - 0:64+64: page.a (llong) is 64 bits long, and a word has 32: T"},
		{{.records = SLAB("llong a @8;"), .bits = 32, .arch = "i386"},
		 NULL,
		 RULE("wide", ", 'except': [{'archs': ['i386', 'x86'], 'reason': 'x'}]"),
		 SILENT},
		{{.records = SLAB("llong a @8;"), .bits = 32},
		 NULL,
		 RULE("wide", ", 'except': [{'archs': ['i386', 'x86'], 'reason': 'x'}]"),
		 SILENT},
		{{.records = SLAB("llong a @8;"), .bits = 32, .arch = "arm"},
		 NULL,
		 RULE("wide", ", 'except': [{'archs': ['i386', 'x86'], 'reason': 'x'}]"),
		 wide},
		{{.records = SLAB("llong a @8;"), .bits = 32},
		 NULL,
		 RULE("wide", ", 'where': {'bits': 64}"),
		 SILENT});
}

#define FIT RULE("fit", ", 'classes': ['lock'], 'words': 1")

static void records_of_a_class_fit(void **state)
{
	static const char lock[] =
		"R error slab.lock lru.next 0:32+64: slab.lock (spinlock_t) is 8 "
		"bytes long where there is room for 4: T";

	(void)state;
	expect_cases(
		{{.records = SLAB("spinlock_t lock;")}, NULL, FIT, SILENT},
		{{.records = SLAB("spinlock_t lock;"), .bits = 32}, NULL, FIT, lock},
		{{.records = SLAB("spinlock_t lock;"), .bits = 32},
		 NULL,
		 RULE("fit", ", 'classes': ['lock'], 'words': 2"),
		 SILENT},
		{{.records = SLAB("spinlock_t lock;"), .bits = 32},
		 NULL,
		 RULE("fit", ", 'classes': ['atomic', 'record'], 'words': 1"),
		 SILENT},
		/* Of locks in a lock it is the outermost; of an array, each. */
		{{.records = SLAB("struct { spinlock_t lock; long x; } a; spinlock_t b[2];"),
		  .bits = 32},
		 NULL,
		 FIT,
		 "R error slab.a.lock lru.next 0:32+64: slab.a.lock (spinlock_t) is 8 bytes long "
		 "where there is room for 4: T\n"
		 "R error slab.b[0] index 0:128+64: slab.b[0] (spinlock_t) is 8 bytes long where "
		 "there is room for 4: T\n"
		 "R error slab.b[1] page_type 0:192+64: slab.b[1] (spinlock_t) is 8 bytes long "
		 "where there is room for 4: T"},
		/* It need not be a record. */
		{{.records = SLAB("int leaf_lock[4];")},
		 NULL,
		 FIT,
		 "R error slab.leaf_lock lru.next 0:64+128: slab.leaf_lock (int[4]) is 16 bytes "
		 "long where there is room for 8: T"},
		{{.records = SLAB("int leaf_lock[2];")}, NULL, FIT, SILENT},
		{{.records = SLAB("int leaf_lock[0];")}, NULL, FIT, SILENT},
		/* The host's own. */
		{{.records =
			  "struct page { long flags; spinlock_t ptl; }; struct slab { long a; };",
		  .bits = 32},
		 NULL,
		 FIT,
		 "R error page.ptl - 0:32+64: page.ptl (spinlock_t) is 8 bytes long where there is "
		 "room for 4: T"},
		/* On the second page; its first named member is further on. */
		{{.records = SLAB("struct { spinlock_t x @8; } lock @64;")},
		 "{'name': 'slab', 'pages': 2}",
		 RULE("fit", ", 'classes': ['record'], 'words': 1"),
		 "R error slab.lock flags 1:0+128: slab.lock (struct {...}) is 16 bytes long where "
		 "there is room for 8: T"},
		{{.records = SLAB("spinlock_t lock;"), .bits = 32},
		 NULL,
		 RULE("fit", ", 'classes': ['lock'], 'words': 1, 'except': [{'members': ['lock'],"
			     " 'reason': 'x'}]"),
		 SILENT});
}

#define IN_UNION RULE("fit", ", 'classes': ['rcu_head'], 'in_union': true")
#define HEAD "struct callback_head head;"

static void records_fit_into_their_union(void **state)
{
	static const char too_long[] =
		"R error slab.head lru.next 0:64+128: slab.head (struct callback_head) is 16 bytes "
		"long where there is room for 8: T";
	static const char behind[] =
		"R error slab.head lru.prev 0:128+128: slab.head (struct callback_head) is 16 "
		"bytes long where there is room for 0: T";

	(void)state;
	expect_cases(
		{{.records = SLAB("union { struct list_head a; " HEAD " };")},
		 NULL,
		 IN_UNION,
		 SILENT},
		{{.records = SLAB("union { long a; " HEAD " };")}, NULL, IN_UNION, too_long},
		{{.records = SLAB("union { struct { long a; int b; }; long c; " HEAD " };")},
		 NULL,
		 IN_UNION,
		 "R error slab.head lru.next 0:64+128: slab.head (struct callback_head) is 16 "
		 "bytes "
		 "long where there is room for 12: T"},
		/* The innermost union around it counts, and none that is in it. */
		{{.records =
			  SLAB("union { long all[4]; struct { union { long a; " HEAD " }; }; };")},
		 NULL,
		 IN_UNION,
		 too_long},
		{{.records =
			  "struct callback_head { union { void *next; void *n; }; callback func; };"
			  "struct page { long flags[4]; };"
			  "struct slab { long flags; union { long a; " HEAD " }; };"},
		 NULL,
		 IN_UNION,
		 "R error slab.head flags 0:64+128: slab.head (struct callback_head) is 16 bytes "
		 "long where there is room for 8: T"},
		/* In a struct of an alternative, behind something else. */
		{{.records = SLAB("union { long a[2]; struct { long b; " HEAD " }; };")},
		 NULL,
		 IN_UNION,
		 "R error slab.head lru.prev 0:128+128: slab.head (struct callback_head) is 16 "
		 "bytes long where there is room for 8: T"},
		/* The others end before it begins, or right there. */
		{{.records = SLAB("union { int a; struct { long b; " HEAD " }; };")},
		 NULL,
		 IN_UNION,
		 behind},
		{{.records = SLAB("union { long a; struct { long b; " HEAD " }; };")},
		 NULL,
		 IN_UNION,
		 behind},
		/* Alone, or beside nothing. */
		{{.records = SLAB(HEAD)}, NULL, IN_UNION, SILENT},
		{{.records = SLAB("union { " HEAD " };")}, NULL, IN_UNION, SILENT},
		{{.records = SLAB("union { " HEAD " int none[0]; };")}, NULL, IN_UNION, SILENT});
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(scalars_are_no_wider_than_a_word),
		cmocka_unit_test(records_of_a_class_fit),
		cmocka_unit_test(records_fit_into_their_union),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
