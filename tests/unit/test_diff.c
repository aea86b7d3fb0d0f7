/* SPDX-License-Identifier: MIT */
/* What changed between two targets made by hand. */
#include "testing.h"

#include "diff/diff.h"
#include "diff/diff_internal.h"
#include "map/map.h"
#include "read/flatten.h"
#include "report/diff.h"

static const struct pl_type half = {.kind = PL_TYPE_BASE, .name = "int", .size = 32};
static const struct pl_type word = {.kind = PL_TYPE_BASE, .name = "long", .size = 64};
static const struct pl_type other = {.kind = PL_TYPE_BASE, .name = "size_t", .size = 64};

/* struct page { long flags; long one; long two; long three; } */
static struct pl_type_member page_members[] = {MEMBER("flags", &word, 0), MEMBER("one", &word, 64),
					       MEMBER("two", &word, 128),
					       MEMBER("three", &word, 192)};
static const struct pl_type page = RECORD(PL_TYPE_STRUCT, "page", 256, page_members);

static struct pl_rule rules[] = {
	{.info = {.id = "GAP"}, .kind = PL_RULE_PINNED},
	{.info = {.id = "PLACE"}, .kind = PL_RULE_PLACE},
	{.info = {.id = "FOUND"}, .kind = PL_RULE_CANDIDATE},
	{.info = {.id = "OLD"}, .kind = PL_RULE_SIZE, .where = {.releases = {.to_major = 6}}},
};
static const struct pl_pack pack = {.rules = rules, .n_rules = COUNT(rules)};

static struct pl_report *old, *new;
static struct pl_diff *diff;

static int set_up(void **state)
{
	(void)state;
	old = pl_report_new();
	new = pl_report_new();
	return !old || !new;
}

static int tear_down(void **state)
{
	(void)state;
	pl_diff_free(diff);
	diff = NULL;
	pl_report_free(old);
	pl_report_free(new);
	return 0;
}

static void add_record(struct pl_target *target, const char *name, const struct pl_type *type)
{
	struct pl_record *record;

	expect_ok(pl_flatten(target->arena, name, type, &record));
	expect_ok(pl_target_add_record(target, record));
}

/* A target with a host and one overlay, desc, which may be NULL. */
static struct pl_target *add_target(struct pl_report *report, const char *name,
				    const struct pl_type *host, const struct pl_type *desc)
{
	const struct pl_wanted_overlay wanted = {"desc", 2};
	struct pl_target *target = pl_target_new();

	assert_non_null(target);
	target->name = pl_arena_strdup(target->arena, name);
	target->source = (struct pl_source){PL_SOURCE_BTF, "some.btf", NULL};
	add_record(target, "page", host);
	if (desc)
		add_record(target, "desc", desc);
	expect_ok(pl_map_target(target, "page", &wanted, 1));
	expect_ok(pl_report_add_target(report, target));
	return target;
}

static void compare(unsigned ignored)
{
	expect_ok(pl_diff_reports(old, new, &pack, ignored, &diff));
}

static void compare_types(const struct pl_type *before, const struct pl_type *after)
{
	add_target(old, "t", &page, before);
	add_target(new, "t", &page, after);
	compare(0);
}

/* "moved desc.a 0+0:64 1+64:64": where it was and is, as far as there is such a side. */
static void describe(const struct pl_change *change, char *text, size_t size)
{
	const struct pl_change_side *sides[] = {&change->old, &change->new};

	snprintf(text, size, "%s %s", pl_change_kind_name(change->kind),
		 change->record ? change->record : "-");
	for (size_t i = 0; i < COUNT(sides); i++) {
		size_t length = strlen(text);

		if (sides[i]->range.size || sides[i]->path)
			snprintf(text + length, size - length, " %s %zu+%ju:%ju",
				 sides[i]->path ? sides[i]->path : "-", sides[i]->range.page,
				 (uintmax_t)sides[i]->range.offset,
				 (uintmax_t)sides[i]->range.size);
	}
}

static void expect_list(const char *const *wanted, size_t count)
{
	assert_int_equal(diff->n_targets, 1);
	for (size_t i = 0; i < diff->targets[0].n_changes; i++) {
		char text[200];

		describe(&diff->targets[0].changes[i], text, sizeof(text));
		if (i >= count)
			fail_msg("more: %s", text);
		assert_string_equal(text, wanted[i]);
	}
	assert_int_equal(diff->targets[0].n_changes, count);
}

#define expect_changes(...)                                                                        \
	do {                                                                                       \
		const char *const wanted_[] = {__VA_ARGS__};                                       \
		expect_list(wanted_, COUNT(wanted_));                                              \
	} while (0)

static void what_is_the_same_is_no_change(void **state)
{
	struct pl_type_member members[] = {MEMBER("flags", &word, 0), MEMBER("a", &half, 64)};
	struct pl_type type = RECORD(PL_TYPE_STRUCT, "desc", 128, members);

	(void)state;
	compare_types(&type, &type);
	assert_int_equal(diff->targets[0].n_changes, 0);
	assert_int_equal(pl_diff_verdict(diff), PL_DIFF_SAME);
}

static void members_move_and_grow_and_change_type(void **state)
{
	struct pl_type_member before[] = {MEMBER("a", &half, 0), MEMBER("b", &word, 64),
					  MEMBER("c", &word, 128)};
	struct pl_type_member after[] = {MEMBER("a", &word, 0), MEMBER("c", &other, 128),
					 MEMBER("b", &word, 192)};
	struct pl_type left = RECORD(PL_TYPE_STRUCT, "desc", 192, before);
	struct pl_type right = RECORD(PL_TYPE_STRUCT, "desc", 256, after);

	(void)state;
	compare_types(&left, &right);
	expect_changes("size desc - 0+0:192 - 0+0:256", "resized desc a 0+0:32 a 0+0:64",
		       "retyped desc a 0+0:32 a 0+0:64", "moved desc b 0+64:64 b 0+192:64",
		       "retyped desc c 0+128:64 c 0+128:64", "freed desc - 0+64:64",
		       "taken desc - 0+32:32", "taken desc - 0+192:64");
	assert_int_equal(pl_diff_verdict(diff), PL_DIFF_DIFFERENT);
}

/* Where a source does not say what a record is aligned to, nothing is known of it. */
static void alignments_that_both_say_are_compared(void **state)
{
	struct pl_type_member members[] = {MEMBER("a", &word, 0)};
	struct pl_type type = RECORD(PL_TYPE_STRUCT, "desc", 64, members);
	struct pl_target *from = add_target(old, "t", &page, &type);
	struct pl_target *to = add_target(new, "t", &page, &type);

	(void)state;
	from->records[0]->align = 128;
	to->records[1]->align = 64;
	compare(0);
	assert_int_equal(pl_diff_verdict(diff), PL_DIFF_SAME);
	pl_diff_free(diff);
	to->records[0]->align = 64;
	compare(0);
	expect_changes("alignment page - 0+0:256 - 0+0:256");
	assert_int_equal(diff->targets[0].changes[0].old.align, 128);
	assert_int_equal(diff->targets[0].changes[0].new.align, 64);
}

/* Same bytes, other name: with a word in common, or where nothing else can be meant. */
static void renames_are_told_from_replacements(void **state)
{
	struct pl_type_member before[] = {MEMBER("compound_head", &word, 0),
					  MEMBER("list", &other, 0)};
	struct pl_type_member after[] = {MEMBER("fresh", &word, 0),
					 MEMBER("compound_info", &word, 0)};
	struct pl_type inner = RECORD(PL_TYPE_UNION, NULL, 64, before);
	struct pl_type outer = RECORD(PL_TYPE_UNION, NULL, 64, after);
	struct pl_type_member left_members[] = {MEMBER(NULL, &inner, 0), MEMBER("x", &word, 64),
						MEMBER("y", &word, 128)};
	struct pl_type_member right_members[] = {MEMBER(NULL, &outer, 0), MEMBER("z", &word, 64),
						 MEMBER("w", &other, 128)};
	struct pl_type left = RECORD(PL_TYPE_STRUCT, "desc", 192, left_members);
	struct pl_type right = RECORD(PL_TYPE_STRUCT, "desc", 192, right_members);

	(void)state;
	compare_types(&left, &right);
	expect_changes("renamed desc compound_head 0+0:64 compound_info 0+0:64",
		       "renamed desc x 0+64:64 z 0+64:64", "member-gone desc list 0+0:64",
		       "member-gone desc y 0+128:64", "member-new desc fresh 0+0:64",
		       "member-new desc w 0+128:64");
}

static void padding_that_is_used_now_is_taken(void **state)
{
	struct pl_type_member before[] = {MEMBER("a", &half, 0), MEMBER("_pad", &half, 32)};
	struct pl_type_member after[] = {MEMBER("a", &half, 0), MEMBER("kind", &half, 32)};
	struct pl_type left = RECORD(PL_TYPE_STRUCT, "desc", 64, before);
	struct pl_type right = RECORD(PL_TYPE_STRUCT, "desc", 64, after);
	struct pl_target *target;

	(void)state;
	target = add_target(old, "t", &page, &left);
	pl_target_record(target, "desc")->fields[1].type_class = PL_CLASS_PADDING;
	add_target(new, "t", &page, &right);
	compare(0);
	expect_changes("member-gone desc _pad 0+32:32", "member-new desc kind 0+32:32",
		       "taken desc - 0+32:32");
	assert_true(diff->targets[0].changes[0].old.padding);
	assert_string_equal(diff->targets[0].changes[2].members[0], "kind");
}

/* A record moves as one; one that stays, and holds something else, says what. */
static void records_are_members(void **state)
{
	struct pl_type_member two[] = {MEMBER("next", &word, 0), MEMBER("prev", &word, 64)};
	struct pl_type_member swapped[] = {MEMBER("prev", &word, 0), MEMBER("next", &word, 64)};
	struct pl_type list = RECORD(PL_TYPE_STRUCT, "list", 128, two);
	struct pl_type turned = RECORD(PL_TYPE_STRUCT, "list", 128, swapped);
	struct pl_type_member before[] = {MEMBER("lru", &list, 0), MEMBER("own", &list, 192)};
	struct pl_type_member after[] = {MEMBER("lru", &list, 64), MEMBER("own", &turned, 192)};
	struct pl_type left = RECORD(PL_TYPE_STRUCT, "desc", 320, before);
	struct pl_type right = RECORD(PL_TYPE_STRUCT, "desc", 320, after);

	(void)state;
	compare_types(&left, &right);
	expect_changes("moved desc lru 0+0:128 lru 0+64:128",
		       "moved desc own.next 0+192:64 own.next 1+0:64",
		       "moved desc own.prev 1+0:64 own.prev 0+192:64", "freed desc - 0+0:64",
		       "taken desc - 0+128:64");
}

static void bits_are_told_by_host_position(void **state)
{
	struct pl_type_member before[] = {MEMBER("a", &word, 0)};
	struct pl_type_member after[] = {MEMBER("a", &word, 0), MEMBER("b", &word, 192),
					 MEMBER("c", &word, 256)};
	struct pl_type left = RECORD(PL_TYPE_STRUCT, "desc", 512, before);
	struct pl_type right = RECORD(PL_TYPE_STRUCT, "desc", 512, after);

	(void)state;
	compare_types(&left, &right);
	expect_changes("member-new desc b 0+192:64", "member-new desc c 1+0:64",
		       "taken desc - 0+192:64", "taken desc - 1+0:64");
}

/* A host that grew moves what is on its next position: no bit of that is new. */
static void bits_are_compared_by_host_position(void **state)
{
	struct pl_type_member host[] = {MEMBER("flags", &word, 0), MEMBER("one", &word, 64),
					MEMBER("two", &word, 128), MEMBER("three", &word, 192),
					MEMBER("memcg", &word, 256)};
	struct pl_type grown = RECORD(PL_TYPE_STRUCT, "page", 320, host);
	struct pl_type four = BASE("all", 256), five = BASE("all", 320);
	struct pl_type_member before[] = {MEMBER("a", &four, 0), MEMBER("b", &word, 256),
					  MEMBER("c", &word, 320)};
	struct pl_type_member after[] = {MEMBER("a", &five, 0), MEMBER("b", &word, 320),
					 MEMBER("d", &half, 448)};
	struct pl_type left = RECORD(PL_TYPE_STRUCT, "desc", 512, before);
	struct pl_type right = RECORD(PL_TYPE_STRUCT, "desc", 640, after);

	(void)state;
	add_target(old, "t", &page, &left);
	add_target(new, "t", &grown, &right);
	compare(0);
	expect_changes("size page - 0+0:256 - 0+0:320", "member-new page memcg 0+256:64",
		       "taken page - 0+256:64", "size desc - 0+0:512 - 0+0:640",
		       "resized desc a 0+0:256 a 0+0:320", "member-gone desc c 1+64:64",
		       "member-new desc d 1+128:32", "freed desc - 1+64:64",
		       "taken desc - 0+256:64", "taken desc - 1+128:32");
}

/* However long a record claims to be: what is past its last host position is one stretch. */
static void bits_past_the_last_position_are_one_stretch(void **state)
{
	struct pl_type huge = BASE("huge", 1 << 22);
	struct pl_type_member before[] = {MEMBER("a", &word, 0)};
	struct pl_type_member after[] = {MEMBER("a", &word, 0), MEMBER("b", &huge, 128)};
	struct pl_type left = RECORD(PL_TYPE_STRUCT, "desc", 64, before);
	struct pl_type right = RECORD(PL_TYPE_STRUCT, "desc", (1 << 22) + 128, after);

	(void)state;
	compare_types(&left, &right);
	expect_changes("size desc - 0+0:64 - 0+0:4194432", "member-new desc b 0+128:4194304",
		       "taken desc - 0+128:128", "taken desc - 1+0:4194176");
}

static void overlays_come_and_go(void **state)
{
	struct pl_type_member members[] = {MEMBER("a", &word, 0)};
	struct pl_type type = RECORD(PL_TYPE_STRUCT, "desc", 64, members);

	(void)state;
	compare_types(NULL, &type);
	expect_changes("overlay-new desc - 0+0:64");
	pl_diff_free(diff);
	expect_ok(pl_diff_reports(new, old, &pack, 0, &diff));
	expect_changes("overlay-gone desc - 0+0:64");
}

/* Headers without the folder where an overlay is declared cannot have shown it. */
static void what_headers_lack_is_not_compared(void **state)
{
	struct pl_type_member members[] = {MEMBER("a", &word, 0)};
	struct pl_type type = RECORD(PL_TYPE_STRUCT, "desc", 64, members);
	struct pl_target *before = add_target(old, "t", &page, NULL);
	struct pl_target *after = add_target(new, "t", &page, &type);

	(void)state;
	before->source.kind = after->source.kind = PL_SOURCE_HEADERS;
	before->records[0]->place.file = after->records[0]->place.file = "include/page.h";
	after->records[1]->place.file = "mm/desc.h";
	compare(0);
	assert_int_equal(diff->targets[0].n_changes, 0);
	assert_string_equal(diff->targets[0].uncompared[0].overlay, "desc");
	assert_int_equal(pl_diff_verdict(diff), PL_DIFF_COULD_NOT_TELL);
	pl_diff_free(diff);
	after->records[1]->place.file = "include/desc.h";
	compare(0);
	expect_changes("overlay-new desc - 0+0:64");
}

/* What nobody asked for on one side is no overlay that came. */
static void what_was_not_asked_for_is_not_compared(void **state)
{
	struct pl_type_member members[] = {MEMBER("a", &word, 0)};
	struct pl_type type = RECORD(PL_TYPE_STRUCT, "desc", 64, members);
	struct pl_target *before = add_target(old, "t", &page, NULL);

	(void)state;
	add_target(new, "t", &page, &type);
	before->n_absent = 0;
	compare(0);
	assert_int_equal(diff->targets[0].n_changes, 0);
	assert_int_equal(diff->targets[0].n_uncompared, 1);
	assert_string_equal(diff->targets[0].uncompared[0].overlay, "desc");
	assert_string_equal(diff->targets[0].uncompared[0].why, "was not asked for there");
}

static void pin(struct pl_target *target, const char *member, const char *host_field)
{
	struct pl_pin offset = {.kind = PL_PIN_OFFSET,
				.overlay = "desc",
				.member = member,
				.host_field = host_field,
				.expression = member};

	target->pins_source = (struct pl_source){PL_SOURCE_HEADERS, "tree", NULL};
	expect_ok(pl_target_add_pin(target, &offset));
}

static void found_by(const char *rule, struct pl_target *target, const char *member)
{
	struct pl_finding finding = {.rule = rule,
				     .severity = PL_SEVERITY_INFO,
				     .overlay = "desc",
				     .member = member,
				     .message = "not pinned"};

	expect_ok(pl_target_add_finding(target, &finding));
}

static void found(struct pl_target *target, const char *member)
{
	found_by("GAP", target, member);
}

/* A pin, or a finding, about a member under its new name is the one it was. */
static void pins_and_findings_follow_names(void **state)
{
	struct pl_type_member before[] = {MEMBER("first_word", &word, 0), MEMBER("b", &word, 64)};
	struct pl_type_member after[] = {MEMBER("word_1", &word, 0), MEMBER("b", &word, 64)};
	struct pl_type left = RECORD(PL_TYPE_STRUCT, "desc", 128, before);
	struct pl_type right = RECORD(PL_TYPE_STRUCT, "desc", 128, after);
	struct pl_target *from = add_target(old, "t", &page, &left);
	struct pl_target *to = add_target(new, "t", &page, &right);

	(void)state;
	pin(from, "first_word", "flags");
	pin(from, "b", "one");
	pin(to, "word_1", "flags");
	pin(to, "b", "two");
	found(from, "first_word");
	found(from, "b");
	found(to, "word_1");
	compare(0);
	expect_changes("renamed desc first_word 0+0:64 word_1 0+0:64", "pin-new desc",
		       "pin-gone desc", "finding-fixed desc");
	assert_string_equal(diff->targets[0].changes[1].pin->host_field, "two");
	assert_string_equal(diff->targets[0].changes[3].finding->member, "b");
}

/* An assertion that stands in two files, or twice in one, is one. */
static void repeated_pins_are_told_once(void **state)
{
	struct pl_type_member members[] = {MEMBER("a", &word, 0), MEMBER("b", &word, 64)};
	struct pl_type type = RECORD(PL_TYPE_STRUCT, "desc", 128, members);
	struct pl_target *from = add_target(old, "t", &page, &type);
	struct pl_target *to = add_target(new, "t", &page, &type);

	(void)state;
	pin(from, "a", "flags");
	pin(from, "a", "flags");
	pin(to, "b", "one");
	pin(to, "b", "one");
	pin(to, "a", "two");
	compare(0);
	expect_changes("pin-new desc", "pin-new desc", "pin-gone desc");
}

static void assertions_of_one_side_are_not_compared(void **state)
{
	struct pl_type_member members[] = {MEMBER("a", &word, 0)};
	struct pl_type type = RECORD(PL_TYPE_STRUCT, "desc", 64, members);

	(void)state;
	pin(add_target(old, "t", &page, &type), "a", "flags");
	found(add_target(new, "t", &page, &type), "a");
	compare(0);
	assert_int_equal(diff->targets[0].n_changes, 0);
	assert_string_equal(diff->targets[0].uncompared[0].topic, "assertions");
	assert_null(diff->targets[0].uncompared[0].overlay);
	assert_int_equal(pl_diff_verdict(diff), PL_DIFF_COULD_NOT_TELL);
}

static void expect_uncompared(const char *topic, const char *why)
{
	compare(0);
	assert_int_equal(diff->targets[0].n_changes, 0);
	assert_int_equal(diff->targets[0].n_uncompared, 1);
	assert_string_equal(diff->targets[0].uncompared[0].topic, topic);
	assert_string_equal(diff->targets[0].uncompared[0].why, why);
	pl_diff_free(diff);
	diff = NULL;
}

/* Findings that one side cannot have are neither new nor fixed, and that is told once. */
static void what_one_side_cannot_find_is_not_compared(void **state)
{
	struct pl_type_member members[] = {MEMBER("a", &word, 64)};
	struct pl_type type = RECORD(PL_TYPE_STRUCT, "desc", 128, members);
	struct pl_target *from = add_target(old, "t", &page, &type);
	struct pl_target *to = add_target(new, "t", &page, &type);

	(void)state;
	pin(from, "a", "one");
	found_by("ASSERTION", from, "a");
	found_by("GAP", from, "b");
	expect_uncompared("assertions", "were not read on the new side");
	from->n_findings = 0;
	pin(to, "a", "one");
	to->scanned = true;
	found_by("FOUND", to, "a");
	expect_uncompared("sources", "were not looked through on the old side");
	to->n_findings = 0;
	from->scanned = true;
	from->release = "6.1";
	compare(0);
	assert_int_equal(pl_diff_verdict(diff), PL_DIFF_SAME);
	pl_diff_free(diff);
	found_by("OLD", to, "b");
	found_by("OLD", from, "a");
	expect_uncompared("releases", "are not known on the new side");
}

/* An assertion says where a member belongs; only the other side knows that. */
static void places_that_one_side_knows_are_not_compared(void **state)
{
	struct pl_type_member members[] = {MEMBER("a", &word, 64), MEMBER("b", &word, 128)};
	struct pl_type type = RECORD(PL_TYPE_STRUCT, "desc", 192, members);
	struct pl_target *from = add_target(old, "t", &page, &type);
	struct pl_target *to = add_target(new, "t", &page, &type);

	(void)state;
	pin(from, "a", "one");
	from->overlays[0].members[0].pinned = true;
	found_by("PLACE", to, "a");
	expect_uncompared("assertions", "were not read on the new side");
	found_by("PLACE", to, "b");
	compare(0);
	expect_changes("finding-new desc");
	assert_string_equal(diff->targets[0].changes[0].finding->member, "b");
}

static void targets_are_matched_by_name_or_alone(void **state)
{
	(void)state;
	add_target(old, "a", &page, NULL);
	add_target(new, "b", &page, NULL);
	compare(0);
	assert_int_equal(diff->n_targets, 1);
	assert_int_equal(pl_diff_verdict(diff), PL_DIFF_SAME);
	pl_diff_free(diff);
	add_target(new, "a", &page, NULL);
	compare(0);
	assert_int_equal(diff->n_targets, 2);
	assert_int_equal(diff->targets[0].changes[0].kind, PL_CHANGE_TARGET_NEW);
	assert_string_equal(diff->targets[1].old->name, "a");
	assert_int_equal(diff->targets[1].n_changes, 0);
}

/* Where something could not be read, nobody knows whether it is gone. */
static void a_failure_is_no_gone_target(void **state)
{
	const struct pl_failure failure = {"a", "some.btf", PL_ERROR_UNREADABLE, "no"};

	(void)state;
	add_target(old, "a", &page, NULL);
	add_target(old, "b", &page, NULL);
	add_target(new, "b", &page, NULL);
	expect_ok(pl_report_add_failure(new, &failure));
	compare(0);
	assert_int_equal(diff->n_targets, 1);
	assert_int_equal(pl_diff_verdict(diff), PL_DIFF_COULD_NOT_TELL);
}

/* One that is left when others could not be read is not the only one there is. */
static void what_is_left_is_no_pair(void **state)
{
	const struct pl_failure failure = {"b", "some.btf", PL_ERROR_UNREADABLE, "no"};
	const struct pl_failure own = {"c", "other.btf", PL_ERROR_MISSING, "no such overlay"};

	(void)state;
	add_target(old, "a", &page, NULL);
	add_target(new, "c", &page, NULL);
	expect_ok(pl_report_add_failure(new, &own));
	compare(0);
	assert_int_equal(diff->n_targets, 1);
	assert_non_null(diff->targets[0].old);
	pl_diff_free(diff);
	expect_ok(pl_report_add_failure(old, &failure));
	compare(0);
	assert_int_equal(diff->n_targets, 0);
	assert_int_equal(pl_diff_verdict(diff), PL_DIFF_COULD_NOT_TELL);
}

static void ignored_kinds_are_counted_only(void **state)
{
	struct pl_type_member before[] = {MEMBER("a", &word, 0)};
	struct pl_type_member after[] = {MEMBER("a", &other, 0)};
	struct pl_type left = RECORD(PL_TYPE_STRUCT, "desc", 64, before);
	struct pl_type right = RECORD(PL_TYPE_STRUCT, "desc", 64, after);
	unsigned kinds;

	(void)state;
	add_target(old, "t", &page, &left);
	add_target(new, "t", &page, &right);
	assert_true(pl_change_kinds_parse("retyped", &kinds));
	compare(kinds);
	assert_int_equal(diff->targets[0].n_changes, 0);
	assert_int_equal(diff->counts[PL_CHANGE_RETYPED], 1);
	assert_int_equal(pl_diff_verdict(diff), PL_DIFF_SAME);
}

static void kinds_have_names_and_families(void **state)
{
	unsigned kinds;

	(void)state;
	assert_true(pl_change_kinds_parse("pin", &kinds));
	assert_int_equal(kinds, 1U << PL_CHANGE_PIN_NEW | 1U << PL_CHANGE_PIN_GONE);
	assert_true(pl_change_kinds_parse("pin-new", &kinds));
	assert_int_equal(kinds, 1U << PL_CHANGE_PIN_NEW);
	assert_false(pl_change_kinds_parse("p", &kinds));
	assert_false(pl_change_kinds_parse("", &kinds));
	assert_false(pl_change_kinds_parse("pin-", &kinds));
}

static void types_are_the_same_however_spelt(void **state)
{
	(void)state;
	assert_true(pl_diff_same_type("long unsigned int", "unsigned long"));
	assert_true(pl_diff_same_type("short int *", "short *"));
	assert_true(pl_diff_same_type("unsigned", "unsigned int"));
	assert_true(pl_diff_same_type("void (*)(long unsigned int, char)",
				      "void (*)(unsigned long, char)"));
	assert_true(pl_diff_same_type("unsigned char[4]", "unsigned char[4]"));
	assert_false(pl_diff_same_type("unsigned long", "long"));
	assert_false(pl_diff_same_type("long long", "long"));
	assert_false(pl_diff_same_type("int", "intptr_t"));
	assert_false(pl_diff_same_type("struct a *", "struct ab *"));
	assert_false(pl_diff_same_type("char", "signed char"));
	assert_false(pl_diff_same_type("int", "int *"));
}

static void words_in_common(void **state)
{
	(void)state;
	assert_int_equal(pl_diff_common_words("compound_head", "compound_info", "page"), 8);
	assert_int_equal(pl_diff_common_words("pp_frag_count", "pp_ref_count", "page"), 5);
	assert_int_equal(pl_diff_common_words("page_pool", "page_type", "page"), 0);
	assert_int_equal(pl_diff_common_words("pt_mm", "pt_index", "page"), 0);
}

static void other_hosts_are_an_error(void **state)
{
	(void)state;
	add_target(old, "t", &page, NULL);
	add_target(new, "t", &page, NULL)->host = "bio";
	expect_error(pl_diff_reports(old, new, &pack, 0, &diff), PL_ERROR_USAGE,
		     "t: the host is bio, and was page");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(what_is_the_same_is_no_change, set_up, tear_down),
		cmocka_unit_test_setup_teardown(members_move_and_grow_and_change_type, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(alignments_that_both_say_are_compared, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(renames_are_told_from_replacements, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(padding_that_is_used_now_is_taken, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(records_are_members, set_up, tear_down),
		cmocka_unit_test_setup_teardown(bits_are_told_by_host_position, set_up, tear_down),
		cmocka_unit_test_setup_teardown(bits_are_compared_by_host_position, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(bits_past_the_last_position_are_one_stretch, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(overlays_come_and_go, set_up, tear_down),
		cmocka_unit_test_setup_teardown(what_headers_lack_is_not_compared, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(pins_and_findings_follow_names, set_up, tear_down),
		cmocka_unit_test_setup_teardown(what_was_not_asked_for_is_not_compared, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(repeated_pins_are_told_once, set_up, tear_down),
		cmocka_unit_test_setup_teardown(assertions_of_one_side_are_not_compared, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(what_one_side_cannot_find_is_not_compared, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(places_that_one_side_knows_are_not_compared, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(targets_are_matched_by_name_or_alone, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(a_failure_is_no_gone_target, set_up, tear_down),
		cmocka_unit_test_setup_teardown(what_is_left_is_no_pair, set_up, tear_down),
		cmocka_unit_test_setup_teardown(ignored_kinds_are_counted_only, set_up, tear_down),
		cmocka_unit_test_setup_teardown(other_hosts_are_an_error, set_up, tear_down),
		cmocka_unit_test(kinds_have_names_and_families),
		cmocka_unit_test(types_are_the_same_however_spelt),
		cmocka_unit_test(words_in_common),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
