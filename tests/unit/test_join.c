/* SPDX-License-Identifier: MIT */
/* Headers and the kernel built from them, joined; and what pins make of the map. */
#include "testing.h"

#include "map/map.h"
#include "read/flatten.h"
#include "read/join.h"
#include "sample.h"

static struct pl_target *built, *headers;

static int set_up(void **state)
{
	(void)state;
	built = sample_target("built");
	headers = sample_target("headers");
	headers->source.kind = headers->pins_source.kind = PL_SOURCE_HEADERS;
	headers->pins_source.path = "tree";
	headers->n_findings = built->n_findings = 0;
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	pl_target_free(built);
	pl_target_free(headers);
	return 0;
}

static void add_pin(const char *overlay, const char *member, const char *host_field, size_t page,
		    bool holds)
{
	const struct pl_pin pin = {
		.kind = PL_PIN_OFFSET,
		.overlay = overlay,
		.member = member,
		.host_field = host_field,
		.page = page,
		.expression = "",
		.holds = holds,
	};

	expect_ok(pl_target_add_pin(headers, &pin));
}

static void agreement_gives_pins_and_places(void **state)
{
	const struct pl_wanted_overlay folio = {"folio", 2};

	(void)state;
	built->records[0]->fields[0].place = (struct pl_place){0};
	headers->records[0]->fields[0].place = (struct pl_place){"mm.h", 7};
	add_pin("folio", "flags", "flags", 0, true);
	expect_ok(pl_target_add_discovered(headers, &folio));
	expect_ok(pl_join(built, headers));
	assert_true(pl_target_has_pins(built));
	assert_int_equal(built->n_pins, 1);
	assert_int_equal(built->n_discovered, 1);
	assert_int_equal(built->n_findings, 0);
	assert_string_equal(built->records[0]->fields[0].place.file, "mm.h");
	assert_int_equal(built->records[0]->fields[0].place.line, 7);
}

static void a_moved_member_is_a_finding(void **state)
{
	(void)state;
	headers->records[0]->fields[1].offset += 64;
	expect_ok(pl_join(built, headers));
	assert_int_equal(built->n_findings, 1);
	assert_string_equal(built->findings[0].rule, "LAYOUT-DISAGREES");
	assert_string_equal(built->findings[0].overlay, headers->records[0]->name);
	assert_string_equal(built->findings[0].member, headers->records[0]->fields[1].path);
}

/* Clang 14 does not say that one as wide as its type is one. */
static void a_bit_field_that_fills_its_type_need_not_be_told_as_one(void **state)
{
	(void)state;
	headers->records[0]->fields[0].bit_field = true;
	expect_ok(pl_join(built, headers));
	assert_int_equal(built->n_findings, 0);
}

static struct pl_type_member pair_members[] = {MEMBER("a", &BASE("int", 32), 0),
					       MEMBER("b", &BASE("int", 32), 32)};
static const struct pl_type pair = RECORD(PL_TYPE_STRUCT, "pair", 64, pair_members);

/* A record "tags" of four pairs in an array of TYPE, in place of the first one of TARGET. */
static void set_tags(struct pl_target *target, const struct pl_type *type, struct pl_place place)
{
	struct pl_type_member members[] = {
		{.name = "stamp", .type = type, .place = place},
	};
	const struct pl_type tags = RECORD(PL_TYPE_STRUCT, "tags", 256, members);

	expect_ok(pl_flatten(target->arena, "tags", &tags, &target->records[0]));
}

/* pahole makes one dimension of all. */
static void dimensions_may_be_one_in_btf(void **state)
{
	const struct pl_type flat = ARRAY(4, &pair), rows = ARRAY(2, &pair);

	(void)state;
	set_tags(built, &flat, (struct pl_place){0});
	set_tags(headers, &ARRAY(2, &rows), (struct pl_place){"tags.h", 9});
	built->source.kind = PL_SOURCE_BTF;
	expect_ok(pl_join(built, headers));
	assert_int_equal(built->n_findings, 0);
	assert_string_equal(built->records[0]->containers[3].path, "stamp[3]");
	assert_string_equal(built->records[0]->containers[3].place.file, "tags.h");
}

static void dimensions_of_dwarf_have_to_agree(void **state)
{
	const struct pl_type flat = ARRAY(4, &pair), rows = ARRAY(2, &pair);

	(void)state;
	set_tags(built, &flat, (struct pl_place){0});
	set_tags(headers, &ARRAY(2, &rows), (struct pl_place){0});
	expect_ok(pl_join(built, headers));
	assert_int_equal(built->n_findings, 1);
}

static void another_size_alone_is_a_finding(void **state)
{
	(void)state;
	headers->records[1]->size += 64;
	expect_ok(pl_join(built, headers));
	assert_int_equal(built->n_findings, 1);
	assert_null(built->findings[0].member);
}

static void a_missing_member_is_a_finding(void **state)
{
	(void)state;
	built->records[0]->n_fields--;
	expect_ok(pl_join(built, headers));
	assert_int_equal(built->n_findings, 1);
}

static void another_release_is_a_finding(void **state)
{
	(void)state;
	built->release = "7.2.1";
	headers->release = "7.2.2";
	expect_ok(pl_join(built, headers));
	assert_int_equal(built->n_findings, 1);
	assert_string_equal(built->findings[0].rule, "RELEASE-DISAGREES");
}

static void another_architecture_is_a_finding(void **state)
{
	(void)state;
	built->arch = "x86_64";
	headers->arch = "um";
	expect_ok(pl_join(built, headers));
	assert_int_equal(built->n_findings, 1);
	assert_string_equal(built->findings[0].rule, "ARCH-DISAGREES");
	assert_int_equal(built->findings[0].severity, PL_SEVERITY_WARNING);
}

static void another_byte_order_is_an_error(void **state)
{
	(void)state;
	built->endian = PL_ENDIAN_LITTLE;
	headers->endian = PL_ENDIAN_BIG;
	expect_ok(pl_join(built, headers));
	assert_int_equal(built->n_findings, 1);
	assert_int_equal(built->findings[0].severity, PL_SEVERITY_ERROR);
}

static void another_word_is_an_error(void **state)
{
	(void)state;
	built->bits = 64;
	headers->bits = 32;
	expect_ok(pl_join(built, headers));
	assert_int_equal(built->n_findings, 1);
	assert_int_equal(built->findings[0].severity, PL_SEVERITY_ERROR);
}

static const struct pl_member *member(const char *overlay, const char *path)
{
	for (size_t i = 0; i < headers->n_overlays; i++) {
		const struct pl_overlay *each = &headers->overlays[i];

		for (size_t j = 0; j < each->n_members && !strcmp(each->record->name, overlay); j++)
			if (!strcmp(each->members[j].field->path, path))
				return &each->members[j];
	}
	fail_msg("no member %s", path);
	return NULL;
}

static void map_headers(void)
{
	static const struct pl_wanted_overlay wanted[] = {{"folio", 2}, {"slab", 1}};

	expect_ok(pl_map_target(headers, "page", wanted, COUNT(wanted)));
}

/* A pin of two lists pins what is in them; one of a list's first word pins no field on the second.
 */
static void pins_mark_members_and_touches(void **state)
{
	(void)state;
	add_pin("folio", "lru", "lru", 0, true);
	add_pin("folio", "flags", "flags", 0, false);
	add_pin("slab", "flags", "flags", 1, true);
	map_headers();
	assert_true(member("folio", "lru.next")->pinned);
	assert_int_equal(member("folio", "lru.next")->touches[0].relation, PL_RELATION_PINNED);
	assert_true(member("folio", "lru.prev")->pinned);
	assert_false(member("folio", "flags")->pinned);
	assert_int_equal(member("folio", "flags")->touches[0].relation, PL_RELATION_ALIGNED);
	assert_false(member("slab", "flags")->pinned);
	assert_int_equal(headers->overlays[0].pinned, 2);
	assert_int_equal(headers->overlays[1].pinned, 0);
}

static void what_is_discovered_is_mapped(void **state)
{
	const struct pl_wanted_overlay found = {"ptdesc", 1}, gone = {"gone", 1};

	(void)state;
	expect_ok(pl_target_add_discovered(headers, &found));
	expect_ok(pl_target_add_discovered(headers, &gone));
	map_headers();
	assert_int_equal(headers->n_overlays, 3);
	assert_true(headers->overlays[2].discovered);
	assert_false(headers->overlays[0].discovered);
	assert_int_equal(headers->n_absent, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(agreement_gives_pins_and_places, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_moved_member_is_a_finding, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			a_bit_field_that_fills_its_type_need_not_be_told_as_one, set_up, tear_down),
		cmocka_unit_test_setup_teardown(dimensions_may_be_one_in_btf, set_up, tear_down),
		cmocka_unit_test_setup_teardown(dimensions_of_dwarf_have_to_agree, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(another_size_alone_is_a_finding, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_missing_member_is_a_finding, set_up, tear_down),
		cmocka_unit_test_setup_teardown(another_release_is_a_finding, set_up, tear_down),
		cmocka_unit_test_setup_teardown(another_architecture_is_a_finding, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(another_byte_order_is_an_error, set_up, tear_down),
		cmocka_unit_test_setup_teardown(another_word_is_an_error, set_up, tear_down),
		cmocka_unit_test_setup_teardown(pins_mark_members_and_touches, set_up, tear_down),
		cmocka_unit_test_setup_teardown(what_is_discovered_is_mapped, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
