/* SPDX-License-Identifier: MIT */
/* What members are aligned to and share with others, and what pads cover. */
#include "testing.h"

#include "check_fixture.h"

#define SLAB(members) PAGE "struct slab { long flags; " members " };"
#define HEAD "struct callback_head head;"
#define ALIGNED RULE("aligned", ", 'words': 2, 'where': {'members': ['pair', 'half']}")
#define HOST_ALIGNED(n)                                                                            \
	"struct page { long flags; struct list_head lru; long more[5]; } aligned " n ";"

#define HOST_OF(n) "struct page { long flags; struct list_head lru; long more[" n "]; };"

static void members_are_aligned(void **state)
{
	static const char odd[] =
		"R error slab.half lru.next 0:64+64: slab.half is at byte 8, which "
		"is not a multiple of 16: T";

	(void)state;
	expect_cases(
		/* The host says that it matters, or the member does. */
		{{.records = HOST_ALIGNED("16") "struct slab { long flags; long half; };"},
		 NULL,
		 ALIGNED,
		 odd},
		{{.records = HOST_ALIGNED("8") "struct slab { long flags; long half; };"},
		 NULL,
		 ALIGNED,
		 SILENT},
		{{.records = PAGE "struct slab { long flags; long half; };"},
		 NULL,
		 ALIGNED,
		 SILENT},
		{{.records = HOST_ALIGNED("16") "struct slab { long flags; long a; long half; };"},
		 NULL,
		 ALIGNED,
		 SILENT},
		{{.records = PAGE "struct slab { long flags; u128 pair @8; };"},
		 NULL,
		 ALIGNED,
		 "R error slab.pair lru.next 0:64+128: slab.pair is at byte 8, which is not a "
		 "multiple of 16: T"},
		{{.records = HOST_ALIGNED("16")}, NULL, ALIGNED, SILENT},
		{{.records = PAGE "struct slab { long flags; long a; u128 pair; };"},
		 NULL,
		 ALIGNED,
		 SILENT},
		{{.records = HOST_ALIGNED("8") "struct slab { long flags; long a; u128 pair; };"},
		 NULL,
		 ALIGNED,
		 "R error slab.pair lru.prev 0:128+128: slab.pair needs 16 bytes of alignment, and "
		 "page is aligned to 8: T"},
		/* An alignment that nobody states: the size says whether it can be. */
		{{.records = HOST_OF("6") "struct slab { long flags; long a; u128 pair; };"},
		 NULL,
		 ALIGNED,
		 "R error slab.pair lru.prev 0:128+128: slab.pair needs 16 bytes of alignment, and "
		 "of page, with 72 bytes, not every one has it: T"},
		{{.records = HOST_OF("6") "struct slab { long flags; long a; long half; };"},
		 NULL,
		 ALIGNED,
		 SILENT},
		{{.records = HOST_ALIGNED("8") "struct slab { long flags; long a; long pair[2]; };",
		  .bits = 32},
		 NULL,
		 ALIGNED,
		 SILENT},
		{{.records = HOST_ALIGNED("8") "struct slab { char pair[3] @9; };", .bits = 32},
		 NULL,
		 ALIGNED,
		 "R error slab.pair lru.prev 0:72+24: slab.pair is at byte 9, which is not a "
		 "multiple of 8: T"});
}

#define APART RULE("apart", ", 'classes': ['rcu_head'], 'where': {'members': ['cache', '_pad']}")

static void members_share_nothing(void **state)
{
	static const char *const wide = "{'name': 'slab', 'pages': 2}";

	(void)state;
	expect_cases(
		{{.records = SLAB("void *cache; union { struct list_head a; " HEAD " };")},
		 NULL,
		 APART,
		 SILENT},
		{{.records = SLAB("union { void *cache; " HEAD " };")},
		 NULL,
		 APART,
		 "R error slab.cache lru.next 0:64+64: slab.cache shares bytes 8-15 with "
		 "head.next: "
		 "T"},
		{{.records = SLAB("union { struct { long x; void *cache; }; " HEAD " };")},
		 NULL,
		 APART,
		 "R error slab.cache lru.prev 0:128+64: slab.cache shares bytes 16-23 with "
		 "head.func: T"},
		/* Only what both have. */
		{{.records = SLAB("union { struct { int x; int cache[6]; }; " HEAD " };")},
		 NULL,
		 APART,
		 "R error slab.cache lru.next 0:96+32: slab.cache shares bytes 12-15 with "
		 "head.next: "
		 "T"},
		{{.records = SLAB("union { char _pad[8]; " HEAD " };")}, NULL, APART, SILENT},
		/* The same bytes of another page are other bytes, but a member may reach there. */
		{{.records = SLAB(HEAD "void *cache @72;")}, wide, APART, SILENT},
		{{.records = SLAB("int cache[4] @56; struct callback_head head @64;")},
		 wide,
		 APART,
		 "R error slab.cache flags 1:0+64: slab.cache shares bytes 0-7 of page 1 with "
		 "head.next: T"},
		{{.records = SLAB("union { void *cache; " HEAD " };"), .release = "6.1"},
		 NULL,
		 RULE("apart", ", 'classes': ['rcu_head'], 'where': {'members': ['cache'],"
			       " 'releases': '6.2-'}"),
		 SILENT},
		/* Another overlay's bytes are shared by design. */
		{{.records = SLAB("void *cache;") "struct folio { long flags; " HEAD " };"},
		 "{'name': 'slab'}, {'name': 'folio'}",
		 APART,
		 SILENT});
}

#define PAD RULE_OF("R", "pad", "info", "")
#define PAD_HOME(member, rest)                                                                     \
	"{'name': 'slab', 'members': [{'member': '" member "', 'on': 'mapping'" rest "}]}"

static void pads_cover_what_their_names_say(void **state)
{
	static const char half[] =
		"R info slab._mapping_pad mapping 0:192+32: slab._mapping_pad is "
		"on bytes 24-27, and not over mapping on bytes 24-31, of which "
		"its name speaks";
	static const char two[] = SLAB("struct { long a; long b; } _mapping_pad @24;");

	(void)state;
	expect_cases(
		{{.records = SLAB("void *_mapping_pad @24; char _pad[8];")}, NULL, PAD, SILENT},
		{{.records = SLAB("int _mapping_pad @24;")}, NULL, PAD, half},
		{{.records = SLAB("long _mapping_pad @32;")},
		 NULL,
		 PAD,
		 "R info slab._mapping_pad index 0:256+64: slab._mapping_pad is on bytes 32-39, "
		 "and "
		 "not over mapping on bytes 24-31, of which its name speaks"},
		{{.records = SLAB("long _pad_mapping[2] @24;")}, NULL, PAD, SILENT},
		/* Of several fields, all together are the pad. */
		{{.records = two}, NULL, PAD, SILENT},
		/* As a whole name, not as a part; short ones and other members say nothing. */
		{{.records = SLAB("long _pad_mappings @32; long _pad_unmapping; long _pad_lru;"
				  " long mapping_of @8;")},
		 NULL,
		 PAD,
		 SILENT},
		{{.records = SLAB("struct { int a; char _pad[4]; } index @32;")},
		 NULL,
		 PAD,
		 SILENT},
		/* The longest name, which is not that of a pad of the host. */
		{{.records = "struct page { long page_type; long page; long _pad_page_type_of; };"
			     "struct slab { char _pad_page_type_of[8]; };"},
		 NULL,
		 PAD,
		 SILENT},
		{{.records = "struct page { long flags; int mapping[0]; long rest; };"
			     "struct slab { char _pad_mapping[8]; };"},
		 NULL,
		 PAD,
		 SILENT},
		/* On later pages it is the field there. */
		{{.records = SLAB("long _pad_mapping @88;")},
		 "{'name': 'slab', 'pages': 2}",
		 PAD,
		 SILENT},
		{{.records = SLAB("int _mapping_pad @24;")},
		 NULL,
		 RULE("pad", ", 'except': [{'members': ['_mapping_pad'], 'reason': 'x'}]"),
		 SILENT});
}

static void pads_cover_their_homes(void **state)
{
	static const char on_two[] =
		"{'name': 'slab', 'members': [{'member': '_pad_1', 'on': 'mapping'},"
		"{'member': '_pad_1', 'on': 'index', 'releases': '6.2-'}]}";

	(void)state;
	expect_cases(
		{{.records = SLAB("char _pad_1[8] @24;")}, PAD_HOME("_pad_1", ""), PAD, SILENT},
		{{.records = SLAB("char _pad_1[4] @24;")},
		 PAD_HOME("_pad_1", ""),
		 PAD,
		 "R info slab._pad_1 mapping 0:192+32: slab._pad_1 is on bytes 24-27, and not over "
		 "mapping on bytes 24-31"},
		/* At one of several places, of those that its release has. */
		{{.records = SLAB("char _pad_1[8] @24;")}, on_two, PAD, SILENT},
		{{.records = SLAB("char _pad_1[8] @32;")}, on_two, PAD, SILENT},
		{{.records = SLAB("char _pad_1[8] @32;"), .release = "6.1"},
		 on_two,
		 PAD,
		 "R info slab._pad_1 index 0:256+64: slab._pad_1 is on bytes 32-39, and not over "
		 "mapping on bytes 24-31"},
		{{.records = SLAB("char _pad_1[8] @40;")},
		 on_two,
		 PAD,
		 "R info slab._pad_1 private 0:320+64: slab._pad_1 is on bytes 40-47, and not over "
		 "mapping on bytes 24-31"},
		/* From some bit of the word on, to its end. */
		{{.records = SLAB("char _pad_1[4] @28;")},
		 PAD_HOME("_pad_1", ", 'at': 32"),
		 PAD,
		 SILENT},
		{{.records = SLAB("char _pad_1[4] @24;")},
		 PAD_HOME("_pad_1", ", 'at': 32"),
		 PAD,
		 "R info slab._pad_1 mapping 0:192+32: slab._pad_1 is on bytes 24-27, and not over "
		 "mapping on bytes 28-31"},
		{{.records = SLAB("char _pad_1[8] @24;")},
		 PAD_HOME("_pad_1", ", 'page': 1"),
		 PAD,
		 "R info slab._pad_1 mapping 0:192+64: slab._pad_1 is on bytes 24-31, and not over "
		 "mapping on bytes 24-31 of page 1"},
		/* A home comes before a name. */
		{{.records = SLAB("char _index_pad[8] @24;")},
		 PAD_HOME("_index_pad", ""),
		 PAD,
		 SILENT},
		{{.records = SLAB("char _pad_1[4] @24;"), .release = "6.1"},
		 PAD_HOME("_pad_1", ", 'releases': '6.2-'"),
		 PAD,
		 SILENT},
		/* What is no pad is at home elsewhere. */
		{{.records = SLAB("int a @32;")}, PAD_HOME("a", ""), PAD, SILENT});
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(members_are_aligned),
		cmocka_unit_test(members_share_nothing),
		cmocka_unit_test(pads_cover_what_their_names_say),
		cmocka_unit_test(pads_cover_their_homes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
