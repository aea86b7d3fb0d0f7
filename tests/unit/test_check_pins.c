/* SPDX-License-Identifier: MIT */
/* What assertions say of members: that they are in their places, here or on other targets. */
#include "testing.h"

#include "check/check.h"
#include "check/load/pack_load.h"
#include "check_fixture.h"

#define SLAB(members) PAGE "struct slab { long flags; " members " };"
#define HOME                                                                                       \
	"{'name': 'slab', 'pages': 2, 'members': [{'member': 'cache', 'on': 'word1', 'twin': "     \
	"true}]}"
#define TWINS RULE("place", ", 'twins': true, 'names': true")

/* An assertion about struct slab, which holds. */
#define PIN(its_member, field, at)                                                                 \
	{.kind = PL_PIN_OFFSET,                                                                    \
	 .overlay = "slab",                                                                        \
	 .member = its_member,                                                                     \
	 .host_field = field,                                                                      \
	 .page = at,                                                                               \
	 .expression = "e",                                                                        \
	 .holds = true}

static const struct pl_pin none[] = {{.expression = NULL}};
static const struct pl_pin cache_on_mapping[] = {PIN("cache", "mapping", 0), {0}};
static const struct pl_pin cache_on_index[] = {PIN("cache", "index", 0), {0}};

static void pins_come_before_homes(void **state)
{
	static const struct pl_pin broken[] = {{.kind = PL_PIN_OFFSET,
						.overlay = "slab",
						.member = "cache",
						.host_field = "mapping",
						.expression = "e"},
					       {0}};
	static const struct pl_pin of_another[] = {{.kind = PL_PIN_OFFSET,
						    .overlay = "folio",
						    .member = "cache",
						    .host_field = "mapping",
						    .expression = "e",
						    .holds = true},
						   {0}};
	static const struct pl_pin mapping[] = {PIN("mapping", "index", 0), {0}};
	static const char records[] = SLAB("void *cache @24;");
	static const char found[] =
		"R error slab.cache mapping 0:192+64: slab.cache is on bytes 24-31, and belongs on "
		"bytes 8-15, where lru.next is";

	(void)state;
	expect_cases(
		{{.records = records, .pins = cache_on_mapping}, HOME, TWINS, SILENT},
		{{.records = records}, HOME, TWINS, found},
		{{.records = records, .pins = none}, HOME, TWINS, found},
		{{.records = records, .pins = broken}, HOME, TWINS, found},
		{{.records = records, .pins = of_another}, HOME, TWINS, found},
		{{.records = SLAB("void *mapping @32;"), .pins = mapping}, NULL, TWINS, SILENT});
}

/* What the check of two kernels finds on the second. */
static void expect_second(const struct kernel *first, const struct kernel *second,
			  const char *overlays, const char *rules, const char *found)
{
	const struct kernel kernels[] = {*first, *second, {0}};
	struct pl_pack *pack = check_pack(overlays, rules);
	struct pl_report *report = check_report(pack, kernels);

	expect_ok(pl_check_report(pack, report));
	expect_findings(report->targets[0], NULL);
	expect_findings(report->targets[1], found);
	pl_report_free(report);
	pl_pack_free(pack);
}

static void pins_of_one_release_hold_for_all(void **state)
{
	static const struct {
		const char *first, *second;
		bool same;
	} cases[] = {
		{"6.12.9", "6.12.117+deb13", true},
		{"6.12", "6.12.1", true},
		{"6.12.1", "6.12", true},
		{"6.12-rc1", "6.12", true},
		{"6.1", "6.12", false},
		{"6.12", "6.1", false},
		{"6.12", "6.13", false},
		{"6.12", "5.12", false},
		{"6.12", NULL, false},
		{NULL, "6.12", false},
		{NULL, NULL, false},
		{"next-20250101", "next-20250101", false},
		{"next-20250101.1", "next-20250101.2", false},
		{".1", ".1", false},
		{"6.", "6.", false},
	};
	static const char found[] =
		"R error slab.cache index 0:256+64: slab.cache is on bytes 32-39, and belongs on "
		"bytes 24-31, where mapping is";

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		const struct kernel first = {.records = SLAB("void *cache @24;"),
					     .pins = cache_on_mapping,
					     .release = cases[i].first};
		const struct kernel second = {.records = SLAB("void *cache @32;"),
					      .release = cases[i].second};

		print_message("%zu\n", i);
		expect_second(&first, &second, NULL, TWINS, cases[i].same ? found : NULL);
	}
}

static void pins_of_others_need_a_member_and_a_field(void **state)
{
	const struct kernel first = {
		.records = SLAB("void *cache @24;"), .pins = cache_on_mapping, .release = "6.12"};
	struct kernel second = {.records = SLAB("void *cache @24;"), .release = "6.12"};

	(void)state;
	expect_second(&first, &second, NULL, TWINS, NULL);
	/* Only where twins are looked at. */
	second.records = SLAB("void *cache @32;");
	expect_second(&first, &second, NULL, RULE("place", ", 'names': true"), NULL);
	/* Its own assertion says otherwise. */
	second.pins = cache_on_index;
	expect_second(&first, &second, NULL, TWINS, NULL);
	second.pins = NULL;
	second.records = SLAB("void *cash;");
	expect_second(&first, &second, NULL, TWINS, NULL);
	second.records = "struct page { long flags; }; struct slab { void *cache; };";
	expect_second(&first, &second, NULL, TWINS, NULL);
	second.records = PAGE;
	expect_second(&first, &second, NULL, TWINS, NULL);
	/* Where it is on 32 bits, by the host there. */
	second =
		(struct kernel){.records = SLAB("void *cache @12;"), .release = "6.12", .bits = 32};
	expect_second(&first, &second, NULL, TWINS, NULL);
	second.records = SLAB("void *cache @16;");
	expect_second(&first, &second, NULL, TWINS,
		      "R error slab.cache index 0:128+32: slab.cache is on bytes 16-19, and "
		      "belongs on bytes 12-15, where mapping is");
}

/* Exempt here, or by a pin of the first kind that does not hold there. */
static void pins_of_others_may_not_count(void **state)
{
	static const struct pl_pin odd[] = {
		{.kind = PL_PIN_OFFSET,
		 .overlay = "slab",
		 .member = "cache",
		 .host_field = "mapping",
		 .expression = "e"},
		{.kind = PL_PIN_SIZE, .overlay = "slab", .expression = "e", .holds = true},
		{.kind = PL_PIN_OFFSET, .overlay = "slab", .expression = "e", .holds = true},
		{.kind = PL_PIN_OTHER, .expression = "e", .holds = true},
		{.kind = PL_PIN_OFFSET,
		 .overlay = "slab",
		 .member = "cache",
		 .expression = "e",
		 .holds = true},
		{.kind = PL_PIN_OFFSET,
		 .member = "cache",
		 .host_field = "mapping",
		 .expression = "e",
		 .holds = true},
		{0}};
	struct kernel first = {.records = SLAB("void *cache @24;"), .pins = odd, .release = "6.12"};
	const struct kernel second = {.records = SLAB("void *cache @32;"), .release = "6.12"};

	(void)state;
	expect_second(&first, &second, NULL, TWINS, NULL);
	first.pins = cache_on_mapping;
	expect_second(&first, &second, NULL,
		      RULE("place", ", 'twins': true, 'except': [{'members': ['cache'],"
				    " 'reason': 'because'}]"),
		      NULL);
}

static void pins_of_others_are_about_pages_and_records(void **state)
{
	static const struct pl_pin pins[] = {
		PIN("list", "lru", 0), PIN("next", "lru.next", 1), PIN("all", "mapping", 0), {0}};
	static const char *const wide = "{'name': 'slab', 'pages': 2}";
	const struct kernel first = {
		.records = SLAB("struct list_head list @8; struct { int a; } all[2] @24;"
				" long next @72;"),
		.pins = pins,
		.release = "6.12"};
	struct kernel second = first;

	(void)state;
	second.pins = NULL;
	expect_second(&first, &second, wide, TWINS, NULL);
	second.records = SLAB("struct list_head list @16; struct { int a; } all[2] @32;"
			      " long next @80;");
	expect_second(&first, &second, wide, TWINS,
		      "R error slab.list lru.prev 0:128+128: slab.list is on bytes 16-31, and "
		      "belongs on bytes 8-23, where lru is\n"
		      "R error slab.next lru.prev 1:128+64: slab.next is on bytes 16-23 of page "
		      "1, and belongs on bytes 8-15 of page 1, where lru.next is\n"
		      "R error slab.all index 0:256+64: slab.all is on bytes 32-39, and belongs "
		      "on bytes 24-31, where mapping is");
	/* On another page than the pin says. */
	second.records = SLAB("struct list_head list @8; struct { int a; } all[2] @24;"
			      " long next @8; long end @72;");
	expect_second(&first, &second, wide, TWINS,
		      "R error slab.next lru.next 0:64+64: slab.next is on bytes 8-15, and "
		      "belongs on bytes 8-15 of page 1, where lru.next is");
}

#define PINNED RULE_OF("R", "pinned", "info", "")
#define UNPINNED(member, field, range, bytes)                                                      \
	"R info slab." member " " field " 0:" range ": no assertion says that slab." member        \
	" is on " bytes

static void what_no_assertion_pins_is_told(void **state)
{
	static const char records[] = SLAB("void *cache; long count; char _pad[8]; int none[0];");
	static const struct pl_pin cache[] = {PIN("cache", "lru.next", 0), {0}};
	static const struct pl_pin size[] = {
		{.kind = PL_PIN_SIZE, .overlay = "slab", .expression = "e", .holds = true}, {0}};
	static const char count[] = UNPINNED("count", "lru.prev", "128+64", "bytes 16-23");
	static const char all[] = UNPINNED("flags", "flags", "0+64", "bytes 0-7") "\n" UNPINNED(
		"cache", "lru.next", "64+64", "bytes 8-15") "\n" UNPINNED("count", "lru.prev",
									  "128+64", "bytes 16-23");
	static const char rest[] = UNPINNED("flags", "flags", "0+64", "bytes 0-7") "\n" UNPINNED(
		"count", "lru.prev", "128+64", "bytes 16-23");

	(void)state;
	expect_cases(
		{{.records = records, .pins = cache}, NULL, PINNED, rest},
		{{.records = records, .pins = cache},
		 NULL,
		 RULE_OF("R", "pinned", "info", ", 'where': {'classes': ['integer']}"),
		 count},
		/* No source, or one that was not looked through and says nothing of this one. */
		{{.records = records}, NULL, PINNED, SILENT},
		{{.records = records, .scanned = true}, NULL, PINNED, SILENT},
		{{.records = records, .pins = none}, NULL, PINNED, SILENT},
		{{.records = records, .pins = size}, NULL, PINNED, SILENT},
		{{.records = records, .pins = none, .scanned = true}, NULL, PINNED, all},
		{{.records = records, .pins = cache},
		 NULL,
		 RULE_OF("R", "pinned", "info",
			 ", 'except': [{'members': ['flags', 'count'],"
			 " 'reason': 'because'}]"),
		 SILENT},
		/* All of a lock is one member. */
		{{.records = PAGE "struct slab { spinlock_t lock; };",
		  .pins = none,
		  .scanned = true},
		 NULL,
		 PINNED,
		 UNPINNED("lock", "flags", "0+64", "bytes 0-7")});
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pins_come_before_homes),
		cmocka_unit_test(pins_of_one_release_hold_for_all),
		cmocka_unit_test(pins_of_others_need_a_member_and_a_field),
		cmocka_unit_test(pins_of_others_may_not_count),
		cmocka_unit_test(pins_of_others_are_about_pages_and_records),
		cmocka_unit_test(what_no_assertion_pins_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
