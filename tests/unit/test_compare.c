/* SPDX-License-Identifier: MIT */
/* The comparison over targets made by hand: what is the same, what is not, and for whom. */
#include "testing.h"

#include "map/compare.h"
#include "map/map.h"
#include "read/flatten.h"
#include "sample.h"

static const struct pl_type half = {.kind = PL_TYPE_BASE, .name = "short", .size = 16};
static const struct pl_type integer = {.kind = PL_TYPE_BASE, .name = "int", .size = 32};
static const struct pl_type word = {.kind = PL_TYPE_BASE, .name = "long", .size = 64};

/* struct page { long flags; union { long index; long share; }; long private; int refs; } */
static struct pl_type_member either_64[] = {MEMBER("index", &word, 0), MEMBER("share", &word, 0)};
static const struct pl_type union_64 = RECORD(PL_TYPE_UNION, NULL, 64, either_64);
static struct pl_type_member page_64_members[] = {
	MEMBER("flags", &word, 0), MEMBER(NULL, &union_64, 64), MEMBER("private", &word, 128),
	MEMBER("refs", &integer, 192)};
static const struct pl_type page_64 = RECORD(PL_TYPE_STRUCT, "page", 256, page_64_members);

/* The same where a long has 32 bits, with the union's members the other way round. */
static struct pl_type_member either_32[] = {MEMBER("share", &integer, 0),
					    MEMBER("index", &integer, 0)};
static const struct pl_type union_32 = RECORD(PL_TYPE_UNION, NULL, 32, either_32);
static struct pl_type_member page_32_members[] = {
	MEMBER("flags", &integer, 0), MEMBER(NULL, &union_32, 32), MEMBER("private", &integer, 64),
	MEMBER("refs", &integer, 96)};
static const struct pl_type page_32 = RECORD(PL_TYPE_STRUCT, "page", 128, page_32_members);

/* struct slab { long flags; long list; int count; } */
static struct pl_type_member slab_64_members[] = {
	MEMBER("flags", &word, 0), MEMBER("list", &word, 64), MEMBER("count", &integer, 128)};
static const struct pl_type slab_64 = RECORD(PL_TYPE_STRUCT, "slab", 192, slab_64_members);
static struct pl_type_member slab_32_members[] = {
	MEMBER("flags", &integer, 0), MEMBER("list", &integer, 32), MEMBER("count", &integer, 64)};
static const struct pl_type slab_32 = RECORD(PL_TYPE_STRUCT, "slab", 96, slab_32_members);

static struct pl_report *report;

static int set_up(void **state)
{
	(void)state;
	report = pl_report_new();
	return !report;
}

static int tear_down(void **state)
{
	(void)state;
	pl_report_free(report);
	return 0;
}

static void add_record(struct pl_target *target, const char *name, const struct pl_type *type)
{
	struct pl_record *record;

	expect_ok(pl_flatten(target->arena, name, type, &record));
	expect_ok(pl_target_add_record(target, record));
}

/* A target with HOST and one overlay, DESC, which is called NAME. */
static struct pl_target *add_target(const struct pl_type *host, const char *name,
				    const struct pl_type *desc)
{
	const struct pl_wanted_overlay wanted = {name, 1};
	struct pl_target *target = pl_target_new();

	assert_non_null(target);
	target->name = pl_arena_printf(target->arena, "t%zu", report->n_targets);
	add_record(target, "page", host);
	add_record(target, name, desc);
	expect_ok(pl_map_target(target, "page", &wanted, 1));
	expect_ok(pl_report_add_target(report, target));
	return target;
}

/* OVERLAY's only member called PATH. */
static const struct pl_compared_member *member_of(const struct pl_compared_overlay *overlay,
						  const char *path)
{
	const struct pl_compared_member *found = NULL;

	for (size_t i = 0; i < overlay->n_members; i++) {
		if (strcmp(overlay->members[i].path, path))
			continue;
		assert_null(found);
		found = &overlay->members[i];
	}
	assert_non_null(found);
	return found;
}

static void expect_list(const size_t *list, size_t count, const char *wanted)
{
	char text[200] = "";

	for (size_t i = 0; i < count; i++)
		snprintf(text + strlen(text), sizeof(text) - strlen(text), "%s%zu", i ? " " : "",
			 list[i]);
	assert_string_equal(text, wanted);
}

/* TOUCHES like "aligned index, beyond"; NULL: it is not there. */
static void expect_variant(const struct pl_variant *variant, const char *targets,
			   const char *touches)
{
	char text[200] = "";

	expect_list(variant->targets, variant->n_targets, targets);
	assert_int_equal(variant->present, !!touches);
	for (size_t i = 0; i < variant->n_touches; i++) {
		const struct pl_common_touch *touch = &variant->touches[i];

		snprintf(text + strlen(text), sizeof(text) - strlen(text), "%s%s%s%s",
			 i ? ", " : "", pl_relation_name(touch->relation),
			 touch->host_field ? " " : "", touch->host_field ? touch->host_field : "");
	}
	assert_string_equal(text, touches ? touches : "");
}

static void expect_alike(const char *const *wanted, size_t count)
{
	assert_int_equal(report->comparison->n_alike, count);
	for (size_t i = 0; i < count; i++)
		expect_list(report->comparison->alike[i].targets,
			    report->comparison->alike[i].n_targets, wanted[i]);
}

#define expect_groups(...)                                                                         \
	do {                                                                                       \
		const char *const wanted_[] = {__VA_ARGS__};                                       \
		expect_alike(wanted_, COUNT(wanted_));                                             \
	} while (0)

static void one_target_is_not_compared(void **state)
{
	(void)state;
	expect_ok(pl_compare_targets(report));
	assert_null(report->comparison);
	add_target(&page_64, "slab", &slab_64);
	expect_ok(pl_compare_targets(report));
	assert_null(report->comparison);
}

/* Neither offsets nor the order of the host's fields count. */
static void words_are_the_same_wherever_they_lie(void **state)
{
	const struct pl_compared_overlay *slab;

	(void)state;
	add_target(&page_64, "slab", &slab_64);
	add_target(&page_32, "slab", &slab_32);
	expect_ok(pl_compare_targets(report));
	assert_int_equal(report->comparison->n_overlays, 1);
	slab = &report->comparison->overlays[0];
	assert_string_equal(slab->name, "slab");
	expect_list(slab->targets, slab->n_targets, "0 1");
	assert_int_equal(slab->n_members, 3);
	assert_int_equal(slab->same, 2);
	expect_variant(&member_of(slab, "list")->variants[0], "0 1",
		       "aligned index, aligned share");
	assert_int_equal(member_of(slab, "count")->n_variants, 2);
	expect_variant(&member_of(slab, "count")->variants[0], "0", "partial private");
	expect_variant(&member_of(slab, "count")->variants[1], "1", "aligned private");
	expect_groups("0", "1");
}

static void what_is_alike_is_grouped(void **state)
{
	(void)state;
	add_target(&page_32, "slab", &slab_32);
	add_target(&page_64, "slab", &slab_64);
	add_target(&page_32, "slab", &slab_32);
	add_target(&page_64, "slab", &slab_64);
	expect_ok(pl_compare_targets(report));
	expect_groups("0 2", "1 3");
	expect_variant(&member_of(&report->comparison->overlays[0], "count")->variants[0], "0 2",
		       "aligned private");
	expect_variant(&member_of(&report->comparison->overlays[0], "count")->variants[1], "1 3",
		       "partial private");
}

/* Targets without the overlay are no variant of its members, but they are not like those with it.
 */
static void overlays_say_who_has_them(void **state)
{
	const struct pl_compared_overlay *overlays;

	(void)state;
	add_target(&page_64, "slab", &slab_64);
	add_target(&page_64, "desc", &slab_64);
	add_target(&page_64, "slab", &slab_64);
	expect_ok(pl_compare_targets(report));
	assert_int_equal(report->comparison->n_overlays, 2);
	overlays = report->comparison->overlays;
	assert_string_equal(overlays[0].name, "slab");
	expect_list(overlays[0].targets, overlays[0].n_targets, "0 2");
	assert_int_equal(overlays[0].same, 3);
	assert_string_equal(overlays[1].name, "desc");
	expect_list(overlays[1].targets, overlays[1].n_targets, "1");
	assert_int_equal(overlays[1].same, 3);
	expect_groups("0 2", "1");
}

/* An overlay may be nothing but a copy of the host, which has no members to compare. */
static void overlays_without_members_count_too(void **state)
{
	const struct pl_compared_overlay *desc;

	(void)state;
	add_target(&page_64, "desc", &slab_64)->overlays[0].n_members = 0;
	add_target(&page_64, "desc", &slab_64)->n_overlays = 0;
	expect_ok(pl_compare_targets(report));
	assert_int_equal(report->comparison->n_overlays, 1);
	desc = &report->comparison->overlays[0];
	expect_list(desc->targets, desc->n_targets, "0");
	assert_int_equal(desc->n_members, 0);
	expect_groups("0", "1");
}

/* Members that only later targets have stand behind what they follow there. */
static void members_are_merged_in_order(void **state)
{
	static const char *const wanted[] = {"first", "flags", "new", "newer",
					     "list",  "count", "last"};
	struct pl_type_member members[] = {
		MEMBER("first", &half, 0),     MEMBER("flags", &half, 16),
		MEMBER("new", &half, 32),      MEMBER("newer", &half, 48),
		MEMBER("count", &integer, 64), MEMBER("last", &half, 96),
	};
	const struct pl_type later = RECORD(PL_TYPE_STRUCT, "slab", 128, members);
	const struct pl_compared_overlay *slab;

	(void)state;
	add_target(&page_64, "slab", &slab_64);
	add_target(&page_64, "slab", &later);
	expect_ok(pl_compare_targets(report));
	slab = &report->comparison->overlays[0];
	assert_int_equal(slab->n_members, COUNT(wanted));
	for (size_t i = 0; i < COUNT(wanted); i++)
		assert_string_equal(slab->members[i].path, wanted[i]);
	assert_int_equal(slab->same, 0);
	expect_variant(&member_of(slab, "list")->variants[0], "0", "aligned index, aligned share");
	expect_variant(&member_of(slab, "list")->variants[1], "1", NULL);
	expect_variant(&member_of(slab, "last")->variants[0], "0", NULL);
	expect_variant(&member_of(slab, "last")->variants[1], "1", "partial index, partial share");
}

/* A member that touches nothing is there all the same; past the end there is no host field. */
static void touches_of_every_kind_are_told_apart(void **state)
{
	struct pl_type_member members[] = {
		MEMBER("flags", &ARRAY(2, &word), 0),
		MEMBER("list", &FLEXIBLE(&word), 128),
		MEMBER("count", &word, 256),
	};
	const struct pl_type odd = RECORD(PL_TYPE_STRUCT, "slab", 320, members);
	const struct pl_compared_overlay *slab;

	(void)state;
	add_target(&page_64, "slab", &odd);
	add_target(&page_64, "slab", &slab_64);
	expect_ok(pl_compare_targets(report));
	slab = &report->comparison->overlays[0];
	expect_variant(&member_of(slab, "flags")->variants[0], "0",
		       "spanning flags, spanning index, spanning share");
	expect_variant(&member_of(slab, "list")->variants[0], "0", "");
	expect_variant(&member_of(slab, "count")->variants[0], "0", "beyond");
	expect_variant(&member_of(slab, "count")->variants[1], "1", "partial private");
}

/* That one target has a pin says nothing against one whose pins nobody knows. */
static void pins_count_only_if_all_are_known(void **state)
{
	struct pl_target *pinned = add_target(&page_64, "slab", &slab_64);
	struct pl_target *other = add_target(&page_64, "slab", &slab_64);
	const struct pl_compared_member *list;

	(void)state;
	pinned->pins_source.kind = PL_SOURCE_HEADERS;
	pinned->overlays[0].members[1].touches[0].relation = PL_RELATION_PINNED;
	expect_ok(pl_compare_targets(report));
	list = member_of(&report->comparison->overlays[0], "list");
	assert_int_equal(list->n_variants, 1);
	expect_variant(&list->variants[0], "0 1", "aligned index, aligned share");
	other->pins_source.kind = PL_SOURCE_HEADERS;
	expect_ok(pl_compare_targets(report));
	list = member_of(&report->comparison->overlays[0], "list");
	assert_int_equal(list->n_variants, 2);
	expect_variant(&list->variants[0], "0", "pinned index, aligned share");
	expect_variant(&list->variants[1], "1", "aligned index, aligned share");
}

/* No reader makes this; a damaged report can. */
static void paths_that_are_there_twice_count_once(void **state)
{
	struct pl_target *target = add_target(&page_64, "slab", &slab_64);
	const struct pl_compared_overlay *slab;

	(void)state;
	add_target(&page_64, "slab", &slab_64);
	target->overlays[0].record->fields[2].path = "flags";
	expect_ok(pl_compare_targets(report));
	slab = &report->comparison->overlays[0];
	assert_int_equal(slab->n_members, 3);
	assert_int_equal(member_of(slab, "flags")->n_variants, 1);
	expect_variant(&member_of(slab, "flags")->variants[0], "0 1", "aligned flags");
	expect_variant(&member_of(slab, "count")->variants[0], "0", NULL);
}

static void overlays_over_several_hosts_name_the_page(void **state)
{
	struct pl_report *samples = sample_report();
	const struct pl_compared_member *second;

	(void)state;
	expect_ok(pl_compare_targets(samples));
	assert_int_equal(samples->comparison->n_alike, 1);
	assert_int_equal(samples->comparison->n_overlays, 3);
	second = member_of(&samples->comparison->overlays[0], "second");
	assert_int_equal(second->n_variants, 1);
	assert_int_equal(second->variants[0].touches[0].page, 1);
	pl_report_free(samples);
}

enum { MANY_TARGETS = 40, MANY_MEMBERS = 800 };

/* As many as 8 overlays have in 40 kernels, in one; each target lacks a member of its own. */
static void many_targets_are_no_trouble(void **state)
{
	static char names[MANY_MEMBERS][16];
	static struct pl_type_member members[MANY_MEMBERS];
	struct pl_type host_members[] = {ARRAY(MANY_MEMBERS, &half)};
	struct pl_type_member all[] = {MEMBER("all", &host_members[0], 0)};
	const struct pl_type host = RECORD(PL_TYPE_STRUCT, "page", MANY_MEMBERS * 16, all);
	const struct pl_compared_overlay *slab;

	(void)state;
	for (size_t i = 0; i < MANY_MEMBERS; i++) {
		snprintf(names[i], sizeof(names[i]), "m%zu", i);
		members[i] = (struct pl_type_member)MEMBER(names[i], &half, i * 16);
	}
	for (size_t i = 0; i < MANY_TARGETS; i++) {
		struct pl_type desc = RECORD(PL_TYPE_STRUCT, "slab", MANY_MEMBERS * 16, members);
		char name[16];

		snprintf(name, sizeof(name), "only%zu", i);
		members[i].name = name;
		add_target(&host, "slab", &desc);
		members[i].name = names[i];
	}
	expect_ok(pl_compare_targets(report));
	slab = &report->comparison->overlays[0];
	assert_int_equal(slab->n_members, MANY_MEMBERS + MANY_TARGETS);
	assert_int_equal(slab->same, MANY_MEMBERS - MANY_TARGETS);
	assert_int_equal(report->comparison->n_alike, MANY_TARGETS);
	assert_string_equal(slab->members[0].path, "m0");
	expect_variant(&member_of(slab, "m3")->variants[1], "3", NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(one_target_is_not_compared, set_up, tear_down),
		cmocka_unit_test_setup_teardown(words_are_the_same_wherever_they_lie, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(what_is_alike_is_grouped, set_up, tear_down),
		cmocka_unit_test_setup_teardown(overlays_say_who_has_them, set_up, tear_down),
		cmocka_unit_test_setup_teardown(overlays_without_members_count_too, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(members_are_merged_in_order, set_up, tear_down),
		cmocka_unit_test_setup_teardown(touches_of_every_kind_are_told_apart, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(pins_count_only_if_all_are_known, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(paths_that_are_there_twice_count_once, set_up,
						tear_down),
		cmocka_unit_test(overlays_over_several_hosts_name_the_page),
		cmocka_unit_test_setup_teardown(many_targets_are_no_trouble, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
