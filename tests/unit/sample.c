/* SPDX-License-Identifier: MIT */
#include "sample.h"

#include "map/map.h"
#include "read/flatten.h"
#include "testing.h"

static const struct pl_type byte = {.kind = PL_TYPE_BASE, .name = "char", .size = 8};
static const struct pl_type integer = {.kind = PL_TYPE_BASE, .name = "int", .size = 32};
static const struct pl_type word = {.kind = PL_TYPE_BASE, .name = "long", .size = 64};
static const struct pl_type pointer = {.kind = PL_TYPE_POINTER, .size = 64};

static struct pl_type_member links[] = {MEMBER("next", &pointer, 0), MEMBER("prev", &pointer, 64)};
static const struct pl_type list = RECORD(PL_TYPE_STRUCT, "list_head", 128, links);

static struct pl_type_member buddy_members[] = {BITS("order", &integer, 0, 5),
						MEMBER("index", &integer, 32)};
static const struct pl_type buddy = RECORD(PL_TYPE_STRUCT, NULL, 64, buddy_members);
static struct pl_type_member either_members[] = {MEMBER("lru", &list, 0), MEMBER(NULL, &buddy, 0)};
static const struct pl_type either = RECORD(PL_TYPE_UNION, NULL, 128, either_members);

static struct pl_type_member page_members[] = {
	{.name = "flags", .type = &word, .place = {"mm_types.h", 70}},
	MEMBER(NULL, &either, 64),
	MEMBER("mapcount", &integer, 192),
	MEMBER("refs", &integer, 224),
};
static const struct pl_type page = {.kind = PL_TYPE_STRUCT,
				    .size = 256,
				    .align = 128,
				    .complete = true,
				    .members = page_members,
				    .n_members = COUNT(page_members),
				    .place = {"mm_types.h", 69}};

static const struct pl_type row = ARRAY(1, &word);
static struct pl_type_member folio_members[] = {
	MEMBER("flags", &word, 0),   MEMBER("lru", &list, 64),	   MEMBER("refs", &word, 192),
	MEMBER("_pad_2", &row, 256), MEMBER("second", &word, 384),
};
static const struct pl_type folio = RECORD(PL_TYPE_STRUCT, "folio", 448, folio_members);

static struct pl_type_member raw_members[] = {MEMBER("owner", &byte, 0), MEMBER("next", &byte, 16)};
static const struct pl_type raw = RECORD(PL_TYPE_STRUCT, "raw", 32, raw_members);
static const struct pl_type spinlock = {.kind = PL_TYPE_TYPEDEF, .name = "spinlock_t", .to = &raw};
static const struct pl_type four = ARRAY(4, &byte), two = ARRAY(2, &integer);
static struct pl_type_member slab_members[] = {
	MEMBER("flags", &word, 0),  MEMBER("cache", &pointer, 64), MEMBER("lock", &spinlock, 128),
	MEMBER("_pad", &four, 160), MEMBER("rest", &integer, 224), MEMBER("past", &two, 256),
};
static const struct pl_type slab = RECORD(PL_TYPE_STRUCT, "slab", 320, slab_members);

static struct pl_type_member ptdesc_members[] = {MEMBER("pt_flags", &word, 0),
						 MEMBER("half", &four, 0)};
static const struct pl_type ptdesc = RECORD(PL_TYPE_UNION, "ptdesc", 64, ptdesc_members);

static const struct pl_pack pack = {
	.classes =
		(struct pl_pack_class[]){
			{PL_CLASS_PADDING, NULL, 0, (const char *[]){"_pad*"}, 1},
			{PL_CLASS_LIST, (const char *[]){"struct list_head"}, 1, NULL, 0},
			{PL_CLASS_LOCK, (const char *[]){"spinlock_t"}, 1, NULL, 0},
		},
	.n_classes = 3,
};

static void add_record(struct pl_target *target, const char *name, const struct pl_type *type)
{
	struct pl_record *record;

	expect_ok(pl_flatten(target->arena, name, type, &record));
	expect_ok(pl_target_add_record(target, record));
}

/* All but the map and what comes after it. */
static struct pl_target *new_target(const char *name)
{
	struct pl_target *target = pl_target_new();

	assert_non_null(target);
	target->name = pl_arena_strdup(target->arena, name);
	target->arch = "x86_64";
	target->bits = 64;
	target->endian = PL_ENDIAN_LITTLE;
	target->release = "7.2.13";
	target->source = (struct pl_source){PL_SOURCE_DWARF, "vmlinux", "0123ab"};
	add_record(target, "page", &page);
	add_record(target, "folio", &folio);
	add_record(target, "slab", &slab);
	add_record(target, "ptdesc", &ptdesc);
	return target;
}

static struct pl_target *map_target(struct pl_target *target)
{
	static const struct pl_wanted_overlay wanted[] = {
		{"folio", 2}, {"slab", 1}, {"ptdesc", 1}, {"zpdesc", 1}};
	const struct pl_finding finding = {.rule = "ONE-DEFINITION",
					   .severity = PL_SEVERITY_WARNING,
					   .overlay = "slab",
					   .message = "two of them"};

	pl_map_classify(&pack, target);
	expect_ok(pl_map_target(target, "page", wanted, COUNT(wanted)));
	expect_ok(pl_target_add_finding(target, &finding));
	return target;
}

struct pl_target *sample_target(const char *name)
{
	return map_target(new_target(name));
}

static void add_pins(struct pl_target *target)
{
	static const struct pl_pin pins[] = {
		{.kind = PL_PIN_OFFSET,
		 .overlay = "slab",
		 .member = "cache",
		 .host_field = "lru.next",
		 .expression = "offsetof(page, lru.next) == offsetof(slab, cache)",
		 .known = true,
		 .left = 8,
		 .right = 8,
		 .holds = true,
		 .place = {"slab.h", 12}},
		{.kind = PL_PIN_SIZE,
		 .overlay = "slab",
		 .expression = "sizeof(slab) <= sizeof(page)",
		 .known = true,
		 .left = 40,
		 .right = 32,
		 .place = {"slab.h", 14}},
		{.kind = PL_PIN_OFFSET,
		 .overlay = "folio",
		 .member = "second",
		 .host_field = "lru.prev",
		 .page = 1,
		 .expression = "offsetof(page, lru.prev) == offsetof(folio, second) - 32",
		 .known = true,
		 .left = 16,
		 .right = 16,
		 .holds = true,
		 .place = {"mm_types.h", 90}},
		{.kind = PL_PIN_OTHER,
		 .expression = "sizeof(page) >= -1",
		 .known = true,
		 .left = 32,
		 .right = -1,
		 .holds = true},
		{.kind = PL_PIN_ALIGNMENT,
		 .overlay = "ptdesc",
		 .expression = "is_aligned(ptdesc)",
		 .holds = true,
		 .place = {"mm_types.h", 0}},
	};
	static const struct pl_candidate candidates[] = {
		{"niu_page", true, PL_CANDIDATE_UNION, {"drivers/niu.c", 3312}, 1},
		{"zpage", false, PL_CANDIDATE_CAST, {NULL, 0}, 3},
	};
	const struct pl_wanted_overlay discovered = {"folio", 2};

	target->reader = "clang 19.1.7";
	target->pins_source = (struct pl_source){PL_SOURCE_HEADERS, "linux", NULL};
	target->scanned = true;
	for (size_t i = 0; i < COUNT(pins); i++)
		expect_ok(pl_target_add_pin(target, &pins[i]));
	for (size_t i = 0; i < COUNT(candidates); i++)
		expect_ok(pl_target_add_candidate(target, &candidates[i]));
	expect_ok(pl_target_add_discovered(target, &discovered));
}

struct pl_target *sample_pinned_target(const char *name)
{
	struct pl_target *target = new_target(name);

	add_pins(target);
	return map_target(target);
}

static const struct pl_access accesses[] = {
	{.record = "page",
	 .field = "flags",
	 .kind = PL_ACCESS_READ,
	 .spot = {{"include/linux/page-flags.h", 40}, 16, "test_flag", "PageLocked"},
	 .callee = "test_bit",
	 .bits = "PG_locked|PG_dirty"},
	{.record = "page",
	 .field = "lru",
	 .kind = PL_ACCESS_ADDRESS,
	 .spot = {{"mm/swap.c", 20}, 12, "add_page", NULL},
	 .callee = "list_add"},
	{.record = "page",
	 .field = "index",
	 .kind = PL_ACCESS_WRITE,
	 .spot = {{"mm/swap.c", 21}, 8, "add_page", NULL}},
	{.record = "page",
	 .field = "order",
	 .kind = PL_ACCESS_READ_WRITE,
	 .spot = {{"mm/swap.c", 30}, 8, "grow_page", NULL}},
	{.record = "slab",
	 .field = "cache",
	 .kind = PL_ACCESS_READ_WRITE,
	 .spot = {{"mm/slab.c", 7}, 0, NULL, NULL}},
	{.record = "slab",
	 .kind = PL_ACCESS_READ,
	 .spot = {{"mm/slab.c", 9}, 3, "copy_slab", NULL}},
	{.record = "folio",
	 .field = "second",
	 .kind = PL_ACCESS_READ,
	 .spot = {{NULL, 0}, 0, "folio_second", NULL}},
	{.record = "bio",
	 .field = "bi_next",
	 .kind = PL_ACCESS_READ,
	 .spot = {{"block/bio.c", 5}, 1, "bio_next", NULL}},
};

void sample_usage(struct pl_target *target)
{
	const struct pl_cast cast = {"page", "slab", {{"mm/slab.h", 9}, 2, "page_slab", "CAST"}};
	const struct pl_lost_unit lost = {"fs/lost.c", "generated/odd.h: not found"};
	struct pl_usage *usage = pl_target_usage(target);

	assert_non_null(usage);
	usage->units = 12;
	usage->read = 8;
	usage->skipped = 3;
	for (size_t i = 0; i < COUNT(accesses); i++)
		expect_ok(pl_target_add_access(target, &accesses[i]));
	expect_ok(pl_target_add_cast(target, &cast));
	expect_ok(pl_target_add_lost(target, &lost));
	pl_usage_sort(usage);
	expect_ok(pl_map_idle(target));
}

struct pl_report *sample_report(void)
{
	const struct pl_failure failure = {"third", "out/vmlinux", PL_ERROR_UNREADABLE,
					   "out/vmlinux: the file is empty"};
	struct pl_report *report = pl_report_new();

	assert_non_null(report);
	expect_ok(pl_report_add_target(report, sample_target("first")));
	expect_ok(pl_report_add_target(report, sample_target("second")));
	expect_ok(pl_report_add_failure(report, &failure));
	return report;
}

static const struct pl_rule_info rules[] = {
	{"TAIL-BIT", "The lowest bit of the second word marks tail pages",
	 "Whoever finds it set takes the page for the tail of a larger one.",
	 "Move the member to another word.", "4.4 (1d798ca3f164)", PL_SEVERITY_ERROR},
	{"PINNED", "Members are pinned by assertions", "Nothing else notices when one moves.", NULL,
	 NULL, PL_SEVERITY_WARNING},
	{"HOLE", "Room that is left", "Somebody may want it.", NULL, NULL, PL_SEVERITY_INFO},
};

/* What both targets have, "second" in other words. */
static const struct pl_finding tail_bit = {
	.rule = "TAIL-BIT",
	.severity = PL_SEVERITY_ERROR,
	.origin = PL_ORIGIN_CHECKING,
	.overlay = "slab",
	.member = "cache",
	.host_field = "lru.next",
	.range = {0, 64, 64},
	.place = {"mm/slab.h", 31},
	.host_place = {"include/linux/mm_types.h", 91},
	.message = "slab.cache may have bit 0 of lru.next set",
};

static const struct pl_finding on_first[] = {
	{.rule = "PINNED",
	 .severity = PL_SEVERITY_WARNING,
	 .origin = PL_ORIGIN_CHECKING,
	 .overlay = "slab",
	 .member = "rest",
	 .range = {0, 224, 32},
	 .place = {"mm/slab.h", 36},
	 .message = "no assertion pins slab.rest",
	 .state = PL_FINDING_SUPPRESSED,
	 .reason = "to be moved, \"soon\""},
	{.rule = "HOLE",
	 .severity = PL_SEVERITY_INFO,
	 .origin = PL_ORIGIN_CHECKING,
	 .overlay = "slab",
	 .range = {0, 192, 32},
	 .message = "slab leaves room",
	 .state = PL_FINDING_KNOWN},
};

static const struct pl_finding on_second[] = {
	{.rule = "SPLIT",
	 .severity = PL_SEVERITY_ERROR,
	 .message = "two \\ halves",
	 .host_place = {"a b/c%.h", 7}},
	{.rule = "PINNED",
	 .severity = PL_SEVERITY_WARNING,
	 .origin = PL_ORIGIN_CHECKING,
	 .overlay = "folio",
	 .member = "second",
	 .range = {1, 128, 64},
	 .place = {"./include/linux/mm_types.h", 0},
	 .message = "no assertion pins folio.second"},
	{.rule = "HOLE",
	 .severity = PL_SEVERITY_INFO,
	 .origin = PL_ORIGIN_CHECKING,
	 .overlay = "slab",
	 .range = {0, 192, 32},
	 .message = "slab leaves room"},
};

static void add_findings(struct pl_target *target, const struct pl_finding *findings, size_t count)
{
	for (size_t i = 0; i < count; i++)
		expect_ok(pl_target_add_finding(target, &findings[i]));
}

void sample_findings(struct pl_report *report)
{
	struct pl_finding in_other_words = tail_bit;
	struct pl_target *first = report->targets[0], *second = report->targets[1];

	in_other_words.range = (struct pl_bit_range){0, 67, 5};
	in_other_words.place.line = 33;
	in_other_words.message = "slab.cache is an integer on lru.next";
	first->n_findings = second->n_findings = 0;
	add_findings(first, &tail_bit, 1);
	add_findings(first, on_first, COUNT(on_first));
	add_findings(second, &in_other_words, 1);
	add_findings(second, on_second, COUNT(on_second));
	for (size_t i = 0; i < COUNT(rules); i++)
		expect_ok(pl_report_add_rule(report, &rules[i]));
	expect_ok(pl_report_merge(report));
}
