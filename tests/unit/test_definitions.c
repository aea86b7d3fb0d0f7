/* SPDX-License-Identifier: MIT */
/* Several definitions of one record, and how targets and reports keep what they are given. */
#include "testing.h"

#include "read/definitions.h"
#include "read/naming.h"

static const char *const names[] = {"page", "slab"};
static const struct pl_read_request request = {.records = names, .n_records = 2};

static struct pl_target *target;
static struct pl_definitions definitions;

static int set_up(void **state)
{
	(void)state;
	target = pl_target_new();
	target->name = "x86_64";
	expect_ok(pl_definitions_init(&definitions, &request, target));
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	pl_target_free(target);
	return 0;
}

static struct pl_field fields[] = {
	{.path = "flags", .size = 64, .type = "long", .container = PL_NONE},
	{.path = "next", .offset = 64, .size = 64, .type = "void *", .container = PL_NONE},
};
static struct pl_union unions[] = {{.path = "", .size = 64, .alternatives = 2}};

/* A definition of "page" that differs in nothing from the first. */
static struct pl_record *new_page(void)
{
	struct pl_record *record = pl_arena_alloc(target->arena, sizeof(*record));

	*record = (struct pl_record){.name = "page",
				     .size = 128,
				     .fields = fields,
				     .n_fields = 2,
				     .unions = unions,
				     .n_unions = 1};
	return record;
}

static struct pl_record *new_page_with(struct pl_field second)
{
	struct pl_record *record = new_page();

	record->fields = pl_arena_array(target->arena, 2, sizeof(*record->fields));
	record->fields[0] = fields[0];
	record->fields[1] = second;
	return record;
}

static void add(struct pl_record *record, const char *origin)
{
	expect_ok(pl_definitions_add(&definitions, 0, record, origin));
}

#define expect_finding(text)                                                                       \
	do {                                                                                       \
		expect_ok(pl_definitions_finish(&definitions));                                    \
		assert_int_equal(target->n_findings, 1);                                           \
		assert_string_equal(target->findings[0].message, text);                            \
		assert_string_equal(target->findings[0].rule, "ONE-DEFINITION");                   \
		assert_int_equal(target->findings[0].severity, PL_SEVERITY_ERROR);                 \
		assert_string_equal(target->findings[0].fingerprint, "ONE-DEFINITION/page//");     \
	} while (0)

static void equal_definitions_are_no_finding(void **state)
{
	(void)state;
	assert_false(pl_definitions_known(&definitions, 0));
	add(new_page(), "a.c");
	assert_true(pl_definitions_known(&definitions, 0));
	assert_false(pl_definitions_known(&definitions, 1));
	add(new_page(), "b.c");
	add(new_page(), NULL);
	expect_ok(pl_definitions_finish(&definitions));
	assert_int_equal(target->n_findings, 0);
	assert_int_equal(target->n_records, 1);
	assert_string_equal(target->records[0]->name, "page");
}

static void a_bit_field_that_fills_its_type_is_no_finding(void **state)
{
	struct pl_field full = fields[1];

	(void)state;
	full.bit_field = true;
	add(new_page(), "a.c");
	add(new_page_with(full), "b.c");
	expect_ok(pl_definitions_finish(&definitions));
	assert_int_equal(target->n_findings, 0);
}

static void sizes_are_compared(void **state)
{
	struct pl_record *other = new_page();

	(void)state;
	other->size = 192;
	add(new_page(), "a.c");
	add(other, "b.c");
	expect_finding("struct page: 1 of its 2 definitions differ from the one that was read, "
		       "first between a.c and b.c: 128 bits in the one, 192 in the other");
}

static void fields_are_compared(void **state)
{
	struct pl_field moved = fields[1];

	(void)state;
	moved.offset = 32;
	add(new_page(), "a.c");
	add(new_page_with(moved), NULL);
	add(new_page(), "c.c");
	add(new_page_with(moved), "d.c");
	expect_finding("struct page: 2 of its 4 definitions differ from the one that was read, "
		       "first between a.c and an unnamed unit: void * next is at bit 64, 64 bits "
		       "long, in the one, void * next at bit 32, 64 bits long, in the other");
}

static void names_and_types_are_compared(void **state)
{
	struct pl_field renamed = fields[1];

	(void)state;
	renamed.path = "link";
	renamed.type = "long";
	add(new_page(), NULL);
	add(new_page_with(renamed), "b.c");
	expect_finding("struct page: 1 of its 2 definitions differ from the one that was read, "
		       "first between an unnamed unit and b.c: void * next is at bit 64, 64 bits "
		       "long, in the one, long link at bit 64, 64 bits long, in the other");
}

static void counts_are_compared(void **state)
{
	struct pl_record *other = new_page();

	(void)state;
	other->n_fields = 1;
	add(new_page(), "a.c");
	add(other, "b.c");
	expect_finding("struct page: 1 of its 2 definitions differ from the one that was read, "
		       "first between a.c and b.c: 2 fields in the one, 1 in the other");
}

static void unions_are_compared(void **state)
{
	struct pl_union other_unions[] = {{.path = "", .size = 64, .alternatives = 3}};
	struct pl_record *other = new_page();

	(void)state;
	other->unions = other_unions;
	add(new_page(), "a.c");
	add(other, "b.c");
	expect_finding("struct page: 1 of its 2 definitions differ from the one that was read, "
		       "first between a.c and b.c: its unions differ");
}

static void alternatives_are_compared(void **state)
{
	struct pl_branch branch = {0, 1}, other = {0, 0};
	struct pl_field field = fields[1], moved;

	(void)state;
	field.branches = &branch;
	field.n_branches = 1;
	moved = field;
	moved.branches = &other;
	add(new_page_with(field), "a.c");
	add(new_page_with(moved), "b.c");
	expect_ok(pl_definitions_finish(&definitions));
	assert_int_equal(target->n_findings, 1);
}

static void records_keep_the_order_of_the_request(void **state)
{
	struct pl_record slab = {.name = "slab", .size = 64};

	(void)state;
	expect_ok(pl_definitions_add(&definitions, 1, &slab, NULL));
	add(new_page(), NULL);
	expect_ok(pl_definitions_finish(&definitions));
	assert_string_equal(target->records[0]->name, "page");
	assert_string_equal(target->records[1]->name, "slab");
}

static struct pl_target *new_target(const char *arch, const char *release, const char *path)
{
	struct pl_target *made = pl_target_new();

	made->arch = arch;
	made->release = release;
	made->source.path = path;
	return made;
}

static void expect_name(struct pl_report *report, const char *wanted, struct pl_target *made,
			const char *name)
{
	expect_ok(pl_name_target(report, wanted, made));
	assert_string_equal(made->name, name);
	expect_ok(pl_report_add_target(report, made));
}

static void targets_get_names_of_their_own(void **state)
{
	struct pl_report *report = pl_report_new();

	(void)state;
	expect_name(report, NULL, new_target("arm64", "6.1", "a"), "arm64");
	expect_name(report, NULL, new_target("arm64", "7.2", "a"), "arm64-7.2");
	expect_name(report, NULL, new_target("arm64", "7.2", "a"), "arm64-7.2#2");
	expect_name(report, NULL, new_target("arm64", NULL, "a"), "arm64#2");
	expect_name(report, NULL, new_target(NULL, NULL, "out/page.o"), "page.o");
	expect_name(report, NULL, new_target(NULL, NULL, "page.o"), "page.o#2");
	expect_name(report, NULL, new_target(NULL, NULL, "out/"), "out/");
	expect_name(report, "mine", new_target("arm64", "6.1", "a"), "mine");
	expect_name(report, "mine", new_target("arm64", "6.1", "a"), "mine#2");
	assert_ptr_equal(pl_report_target(report, "mine#2"), report->targets[8]);
	pl_report_drop_target(report, 0);
	assert_null(pl_report_target(report, "arm64"));
	assert_int_equal(report->n_targets, 8);
	assert_string_equal(report->targets[0]->name, "arm64-7.2");
	pl_report_free(report);
}

/* Whatever numbers there are: those of others, absurd ones, none at all. */
static void numbers_go_on_from_the_last(void **state)
{
	struct pl_report *report = pl_report_new();

	(void)state;
	expect_name(report, "a", new_target(NULL, NULL, "a"), "a");
	expect_name(report, "a#18446744073709551615", new_target(NULL, NULL, "a"),
		    "a#18446744073709551615");
	expect_name(report, "a#b", new_target(NULL, NULL, "a"), "a#b");
	expect_name(report, "ab#3", new_target(NULL, NULL, "a"), "ab#3");
	expect_name(report, "a", new_target(NULL, NULL, "a"), "a#2");
	expect_name(report, "a#4", new_target(NULL, NULL, "a"), "a#4");
	expect_name(report, "a", new_target(NULL, NULL, "a"), "a#5");
	expect_name(report, "a#8", new_target(NULL, NULL, "a"), "a#8");
	expect_name(report, "a#9", new_target(NULL, NULL, "a"), "a#9");
	expect_name(report, "a#11", new_target(NULL, NULL, "a"), "a#11");
	expect_name(report, "a", new_target(NULL, NULL, "a"), "a#10");
	pl_report_free(report);
}

static void verdicts_follow_findings_and_failures(void **state)
{
	const struct pl_finding finding = {
		.rule = "R", .severity = PL_SEVERITY_WARNING, .message = "m"};
	const struct pl_failure failure = {"t", "p", PL_ERROR_MISSING, "m"};
	struct pl_report *report = pl_report_new();
	struct pl_target *made = new_target("arm64", NULL, "a");

	(void)state;
	assert_int_equal(pl_report_verdict(report), PL_VERDICT_COULD_NOT_TELL);
	expect_name(report, NULL, made, "arm64");
	assert_int_equal(pl_report_verdict(report), PL_VERDICT_CLEAN);
	expect_ok(pl_target_add_finding(made, &finding));
	assert_int_equal(pl_report_verdict(report), PL_VERDICT_CLEAN);
	report->fail_on = PL_SEVERITY_WARNING;
	assert_int_equal(pl_report_verdict(report), PL_VERDICT_GATE_FAILED);
	made->findings[0].state = PL_FINDING_SUPPRESSED;
	assert_int_equal(pl_report_verdict(report), PL_VERDICT_CLEAN);
	made->findings[0].state = PL_FINDING_KNOWN;
	assert_int_equal(pl_report_verdict(report), PL_VERDICT_CLEAN);
	made->findings[0].state = PL_FINDING_OPEN;
	expect_ok(pl_report_add_failure(report, &failure));
	assert_int_equal(pl_report_verdict(report), PL_VERDICT_GATE_FAILED);
	report->fail_on = PL_SEVERITY_NONE;
	assert_int_equal(pl_report_verdict(report), PL_VERDICT_COULD_NOT_TELL);
	assert_string_equal(made->findings[0].fingerprint, "R///");
	pl_report_free(report);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(equal_definitions_are_no_finding),
		TEST(a_bit_field_that_fills_its_type_is_no_finding),
		TEST(sizes_are_compared),
		TEST(fields_are_compared),
		TEST(names_and_types_are_compared),
		TEST(counts_are_compared),
		TEST(unions_are_compared),
		TEST(alternatives_are_compared),
		TEST(records_keep_the_order_of_the_request),
		cmocka_unit_test(targets_get_names_of_their_own),
		cmocka_unit_test(numbers_go_on_from_the_last),
		cmocka_unit_test(verdicts_follow_findings_and_failures),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
