/* SPDX-License-Identifier: MIT */
/* Rules about constants: as packs write them, as reports keep them, and what they find. */
#include "check/check.h"
#include "check_fixture.h"
#include "map/map.h"
#include "read/join.h"
#include "read/report/report_read.h"
#include "report/report.h"
#include "rules_fixture.h"

#define HOLDS_FORMAT "'overlays': [], 'rules': [{" INFO ", 'kind': 'constant', 'holds': [%s]}]"
#define MACROS_FORMAT "'overlays': [], 'macros': [%s]"
#define EXPRESSION                                                                                 \
	"\"expression\": expected a C expression on one line, of names, numbers and operators"
#define MACRO "\"define\": expected the name of a macro, and its parameters"

static void expressions_are_read(void **state)
{
	const struct pl_held *held;

	(void)state;
	expect_ok(parse(
		"'overlays': [], 'rules': [{" INFO ", 'kind': 'constant', 'holds': ["
		"{'expression': 'A == 1'},"
		"{'expression': '(B[1] & ~C) < sizeof(long) ? D : E, F', 'needs': ['B', '_1'],"
		" 'says': 'so', 'releases': '6.6-', 'archs': ['arm*'], 'bits': 32}]}],"
		" 'macros': [{'define': 'f', 'as': '1'}, {'define': 'g(a, b)', 'as': '(a)'},"
		" {'define': '_h()', 'as': '2'}]"));
	assert_int_equal(pack->rules[0].kind, PL_RULE_CONSTANT);
	assert_int_equal(pack->rules[0].n_held, 2);
	held = pack->rules[0].held;
	assert_string_equal(held[0].wanted.expression, "A == 1");
	assert_int_equal(held[0].wanted.n_needs, 0);
	assert_null(held[0].says);
	assert_string_equal(held[1].wanted.expression, "(B[1] & ~C) < sizeof(long) ? D : E, F");
	assert_int_equal(held[1].wanted.n_needs, 2);
	assert_string_equal(held[1].wanted.needs[1], "_1");
	assert_string_equal(held[1].says, "so");
	assert_int_equal(held[1].where.releases.from_minor, 6);
	assert_string_equal(held[1].where.archs[0], "arm*");
	assert_int_equal(held[1].where.bits, 32);
	assert_int_equal(pack->n_macros, 3);
	assert_string_equal(pack->macros[1].define, "g(a, b)");
	assert_string_equal(pack->macros[1].as, "(a)");
}

static void each_is_wanted_once(void **state)
{
	(void)state;
	expect_ok(parse(
		"'overlays': [], 'rules': ["
		"{'id': 'R', 'title': 'T', 'why': 'W', 'severity': 'error', 'kind': 'constant',"
		" 'holds': [{'expression': 'A'}, {'expression': 'A', 'needs': ['B']},"
		"  {'expression': 'A', 'says': 'x'}]},"
		"{'id': 'S', 'title': 'T', 'why': 'W', 'severity': 'none', 'kind': 'constant',"
		" 'holds': [{'expression': 'off'}]},"
		"{'id': 'Q', 'title': 'T', 'why': 'W', 'severity': 'info', 'kind': 'constant',"
		" 'holds': [{'expression': 'A', 'needs': ['B']}, {'expression': 'A', 'needs': "
		"['C']},"
		"  {'expression': 'A', 'needs': ['B', 'C']}]}]"));
	assert_int_equal(pack->n_constants, 4);
	assert_int_equal(pack->constants[0].n_needs, 0);
	assert_string_equal(pack->constants[1].needs[0], "B");
	assert_string_equal(pack->constants[2].needs[0], "C");
	assert_int_equal(pack->constants[3].n_needs, 2);
}

static void expressions_are_checked(void **state)
{
	(void)state;
	expect_refused("'overlays': [], 'rules': [{" INFO ", 'kind': 'constant'%s}]",
		       "rule \"R\": ", {"", "\"holds\": " OBJECTS},
		       {", 'holds': []", "\"holds\": expected something"},
		       {", 'holds': ['A']", "\"holds\": " OBJECTS});
	expect_refused(
		HOLDS_FORMAT, "rule \"R\": holds[0]: ", {"{}", "\"expression\": " STRING},
		{"{'expression': ''}", "\"expression\": " STRING},
		{"{'expression': 'A', 'reason': 'x'}", "unknown key \"reason\""},
		{"{'expression': 'A', 'overlays': ['x']}", "unknown key \"overlays\""},
		{"{'expression': 'A\\nB'}", EXPRESSION}, {"{'expression': 'A; B'}", EXPRESSION},
		{"{'expression': '{1}'}", EXPRESSION}, {"{'expression': '#A'}", EXPRESSION},
		{"{'expression': 'A // B'}", EXPRESSION}, {"{'expression': '/* A'}", EXPRESSION},
		{"{'expression': 'A\\\\'}", EXPRESSION},
		{"{'expression': '(A'}", "\"expression\": parentheses do not match"},
		{"{'expression': 'A)('}", "\"expression\": parentheses do not match"},
		{"{'expression': '(A[1)]'}", "\"expression\": parentheses do not match"},
		{"{'expression': 'A', 'needs': 'B'}", "\"needs\": " STRINGS},
		{"{'expression': 'A', 'needs': ['B)']}", "\"needs\": expected names of macros"},
		{"{'expression': 'A', 'needs': ['1B']}", "\"needs\": expected names of macros"},
		{"{'expression': 'A', 'says': ''}", "\"says\": " STRING},
		{"{'expression': 'A', 'bits': 33}", "\"bits\": expected 32 or 64"});
}

static void macros_are_checked(void **state)
{
	(void)state;
	expect_refused("'overlays': [], 'macros': %s", "\"macros\": ", {"{}", OBJECTS});
	expect_refused(
		MACROS_FORMAT, "macros[0]: ", {"{'as': 'x'}", "\"define\": " STRING},
		{"{'define': 'f'}", "\"as\": " STRING}, {"{'define': '1', 'as': 'x'}", MACRO},
		{"{'define': 'f(', 'as': 'x'}", MACRO}, {"{'define': 'f(a,)', 'as': 'x'}", MACRO},
		{"{'define': 'f(1)', 'as': 'x'}", MACRO}, {"{'define': 'f[a)', 'as': 'x'}", MACRO},
		{"{'define': 'f(a) b', 'as': 'x'}", MACRO}, {"{'define': 'f b', 'as': 'x'}", MACRO},
		{"{'define': 'f', 'as': '(x'}", "\"as\": parentheses do not match"},
		{"{'define': 'f', 'as': 'x; y'}",
		 "\"as\": expected a C expression on one line, of names, numbers and operators"},
		{"{'define': 'f', 'as': 'x', 'is': 'y'}", "unknown key \"is\""});
}

/* What a source says of "A": see add_constants(). */
enum answer { NOT_ASKED, UNKNOWN, BROKEN, BROKEN_WITH_SIDES, HOLDS };

static void add_constant(struct pl_target *target, const char *expression, enum answer answer)
{
	const char *needs[] = {"N"};
	const struct pl_constant constant = {
		.wanted = {expression, needs, 1},
		.known = answer > UNKNOWN,
		.holds = answer == HOLDS,
		.left = answer == BROKEN_WITH_SIDES ? "5" : NULL,
		.right = answer == BROKEN_WITH_SIDES ? "0xdead000000000000" : NULL,
		.place = {answer == BROKEN_WITH_SIDES ? "flags.h" : NULL, 7},
	};

	if (answer != NOT_ASKED)
		expect_ok(pl_target_add_constant(target, &constant));
}

#define CONSTANT_RULE(rest)                                                                        \
	RULE("constant", ", 'holds': [{'expression': 'A == B', 'needs': ['N']" rest)

/* The findings of the one rule RULES on a target that says ANSWER of "A == B". */
static void expect_found(const char *rules, enum answer answer, const char *release,
			 const char *found)
{
	const struct kernel kernels[] = {{.records = PAGE, .release = release, .arch = "arm64"},
					 {0}};
	struct pl_pack *its = check_pack(NULL, rules);
	struct pl_report *report = check_report(its, kernels);

	add_constant(report->targets[0], "A == B", answer);
	expect_ok(pl_check_report(its, report));
	expect_findings(report->targets[0], found);
	pl_report_free(report);
	pl_pack_free(its);
}

#define FOUND(message) "R error -.A == B - -: A == B does not hold" message

static void what_does_not_hold_is_found(void **state)
{
	(void)state;
	expect_found(CONSTANT_RULE("}]"), BROKEN, NULL, FOUND(": T"));
	expect_found(CONSTANT_RULE("}]"), BROKEN_WITH_SIDES, NULL,
		     FOUND(" (5 and 0xdead000000000000): T"));
	expect_found(CONSTANT_RULE(", 'says': 'so it is'}]"), BROKEN, NULL, FOUND(": so it is"));
	expect_found(CONSTANT_RULE("}]"), HOLDS, NULL, SILENT);
	expect_found(CONSTANT_RULE("}]"), UNKNOWN, NULL, SILENT);
	expect_found(CONSTANT_RULE("}]"), NOT_ASKED, NULL, SILENT);
}

static void what_was_asked_otherwise_is_another(void **state)
{
	(void)state;
	expect_found(RULE("constant", ", 'holds': [{'expression': 'A == B'}]"), BROKEN, NULL,
		     SILENT);
	expect_found(RULE("constant", ", 'holds': [{'expression': 'A == B', 'needs': ['M']}]"),
		     BROKEN, NULL, SILENT);
	expect_found(RULE("constant", ", 'holds': [{'expression': 'A == C', 'needs': ['N']}]"),
		     BROKEN, NULL, SILENT);
}

static void targets_may_be_limited(void **state)
{
	(void)state;
	expect_found(CONSTANT_RULE(", 'releases': '6.6-'}]"), BROKEN, "6.6.1", FOUND(": T"));
	expect_found(CONSTANT_RULE(", 'releases': '6.6-'}]"), BROKEN, "6.5", SILENT);
	expect_found(CONSTANT_RULE(", 'releases': '6.6-'}]"), BROKEN, NULL, SILENT);
	expect_found(CONSTANT_RULE(", 'archs': ['arm*']}]"), BROKEN, NULL, FOUND(": T"));
	expect_found(CONSTANT_RULE(", 'archs': ['x86*']}]"), BROKEN, NULL, SILENT);
	expect_found(CONSTANT_RULE(", 'bits': 64}]"), BROKEN, NULL, FOUND(": T"));
	expect_found(CONSTANT_RULE(", 'bits': 32}]"), BROKEN, NULL, SILENT);
	expect_found(CONSTANT_RULE("}], 'where': {'bits': 32}"), BROKEN, NULL, SILENT);
	expect_found(CONSTANT_RULE("}], 'where': {'members': ['A == *']}"), BROKEN, NULL,
		     FOUND(": T"));
	expect_found(CONSTANT_RULE("}], 'except': [{'members': ['A*'], 'reason': 'x'}]"), BROKEN,
		     NULL, SILENT);
	expect_found(CONSTANT_RULE("}], 'except': [{'members': ['B*'], 'reason': 'x'}]"), BROKEN,
		     NULL, FOUND(": T"));
}

/* Findings of one rule are told apart by what does not hold. */
static void each_expression_is_a_finding(void **state)
{
	const struct kernel kernels[] = {{.records = PAGE}, {0}};
	struct pl_pack *its =
		check_pack(NULL, CONSTANT_RULE("}, {'expression': 'C', 'needs': ['N']},"
					       " {'expression': 'C', 'needs': ['N']}]"));
	struct pl_report *report = check_report(its, kernels);
	struct pl_target *target = report->targets[0];

	(void)state;
	add_constant(target, "A == B", BROKEN_WITH_SIDES);
	add_constant(target, "C", BROKEN);
	expect_ok(pl_check_report(its, report));
	assert_int_equal(target->n_findings, 2);
	assert_string_equal(target->findings[0].fingerprint, "R//A == B/");
	assert_string_equal(target->findings[0].place.file, "flags.h");
	assert_int_equal(target->findings[0].place.line, 7);
	assert_string_equal(target->findings[1].fingerprint, "R//C/");
	assert_null(target->findings[1].place.file);
	assert_null(target->findings[1].overlay);
	pl_report_free(report);
	pl_pack_free(its);
}

/* REPORT, written and read again. */
static struct pl_report *again(struct pl_report *report)
{
	PL_CLEANUP(pl_strbuf_release) struct pl_strbuf text = PL_STRBUF_INIT;
	const struct pl_read_request request = {.path = "saved.json"};
	struct pl_report *ret = pl_report_new();

	assert_non_null(ret);
	expect_ok(pl_report_merge(report));
	expect_ok(pl_report_json(report, &text));
	expect_ok(pl_report_read(&request, bytes_of_text(text.text), ret));
	return ret;
}

static void a_saved_report_is_checked_alike(void **state)
{
	const struct kernel kernels[] = {{.records = PAGE, .arch = "arm64"}, {0}};
	struct pl_pack *its = check_pack(NULL, CONSTANT_RULE("}]"));
	struct pl_report *report = check_report(its, kernels), *saved;
	const struct pl_constant *constants;

	(void)state;
	report->targets[0]->source = (struct pl_source){PL_SOURCE_HEADERS, "tree", NULL};
	add_constant(report->targets[0], "unknown", UNKNOWN);
	add_constant(report->targets[0], "A == B", BROKEN_WITH_SIDES);
	add_constant(report->targets[0], "held", HOLDS);
	saved = again(report);
	assert_int_equal(saved->targets[0]->n_constants, 3);
	constants = saved->targets[0]->constants;
	assert_string_equal(constants[0].wanted.expression, "unknown");
	assert_false(constants[0].known);
	assert_null(constants[0].left);
	assert_null(constants[0].place.file);
	assert_int_equal(constants[1].wanted.n_needs, 1);
	assert_string_equal(constants[1].wanted.needs[0], "N");
	assert_string_equal(constants[1].left, "5");
	assert_string_equal(constants[1].right, "0xdead000000000000");
	assert_int_equal(constants[1].place.line, 7);
	assert_true(constants[2].known && constants[2].holds);
	expect_ok(pl_map_target(saved->targets[0], "page", its->overlays, its->n_overlays));
	expect_ok(pl_check_report(its, saved));
	expect_findings(saved->targets[0], FOUND(" (5 and 0xdead000000000000): T"));
	pl_report_free(saved);
	pl_report_free(report);
	pl_pack_free(its);
}

/* REPORT with BY in place of the last TEXT of what is written of it. */
static struct pl_error *read_edited(struct pl_report *report, const char *text, const char *by)
{
	PL_CLEANUP(pl_strbuf_release)
	struct pl_strbuf json = PL_STRBUF_INIT, edited = PL_STRBUF_INIT;
	PL_CLEANUP(pl_report_cleanup) struct pl_report *ret = pl_report_new();
	const struct pl_read_request request = {.path = "saved.json"};
	const char *at = NULL, *next;

	assert_non_null(ret);
	expect_ok(pl_report_merge(report));
	expect_ok(pl_report_json_unmapped(report, &json));
	for (next = strstr(json.text, text); next; next = strstr(next + 1, text))
		at = next;
	assert_non_null(at);
	pl_strbuf_add_bytes(&edited, json.text, (size_t)(at - json.text));
	pl_strbuf_printf(&edited, "%s%s", by, at + strlen(text));
	return pl_report_read(&request, bytes_of_text(edited.text), ret);
}

static void broken_constants_are_placed(void **state)
{
	static const struct {
		const char *text, *by, *message;
	} cases[] = {
		{"\"constants\":[", "\"constants\":{},\"x\":[", "constants: expected an array"},
		{"\"expression\":\"A", "\"expression\":1,\"x\":\"",
		 "constants[0]: expression: expected a string"},
		{"\"needs\":[\"N\"]", "\"needs\":null", "constants[0]: needs: expected an array"},
		{"\"needs\":[\"N\"]", "\"needs\":[1]", "constants[0]: needs: expected strings"},
		{"\"holds\":false", "\"holds\":0",
		 "constants[0]: holds: expected a boolean or null"},
		{"\"holds\":false,", "", "constants[0]: holds: expected a boolean or null"},
		{"\"left\":\"5\"", "\"left\":5", "constants[0]: left: expected a string"},
		{"\"right\":\"0xdead000000000000\"", "\"right\":0",
		 "constants[0]: right: expected a string"},
		{"\"line\":7", "\"line\":-7",
		 "constants[0]: line: expected an integer from 0 to 4294967295"},
	};
	const struct kernel kernels[] = {{.records = PAGE, .arch = "arm64"}, {0}};
	struct pl_pack *its = check_pack(NULL, CONSTANT_RULE("}]"));
	struct pl_report *report = check_report(its, kernels);

	(void)state;
	report->targets[0]->source = (struct pl_source){PL_SOURCE_HEADERS, "tree", NULL};
	add_constant(report->targets[0], "A == B", BROKEN_WITH_SIDES);
	for (size_t i = 0; i < COUNT(cases); i++) {
		char message[200];

		snprintf(message, sizeof(message), "saved.json: targets[0]: %s", cases[i].message);
		expect_unreadable(read_edited(report, cases[i].text, cases[i].by), message);
	}
	/* Reports of before there were constants, and of sources that know none. */
	expect_ok(read_edited(report, "\"constants\":", "\"x\":"));
	pl_report_free(report);
	pl_pack_free(its);
}

static void headers_bring_constants_along(void **state)
{
	const struct kernel kernel = {.records = PAGE};
	struct pl_pack *its = check_pack(NULL, CONSTANT_RULE("}]"));
	struct pl_target *built = check_target(its, &kernel), *headers = check_target(its, &kernel);

	(void)state;
	headers->pins_source = (struct pl_source){PL_SOURCE_HEADERS, "tree", NULL};
	add_constant(headers, "A == B", BROKEN);
	expect_ok(pl_join(built, headers));
	assert_int_equal(built->n_constants, 1);
	assert_true(built->constants[0].known);
	assert_ptr_not_equal(built->constants[0].wanted.expression,
			     headers->constants[0].wanted.expression);
	pl_target_free(headers);
	assert_string_equal(built->constants[0].wanted.expression, "A == B");
	pl_target_free(built);
	pl_pack_free(its);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(expressions_are_read, tear_down),
		cmocka_unit_test_teardown(each_is_wanted_once, tear_down),
		cmocka_unit_test_teardown(expressions_are_checked, tear_down),
		cmocka_unit_test_teardown(macros_are_checked, tear_down),
		cmocka_unit_test(what_does_not_hold_is_found),
		cmocka_unit_test(what_was_asked_otherwise_is_another),
		cmocka_unit_test(targets_may_be_limited),
		cmocka_unit_test(each_expression_is_a_finding),
		cmocka_unit_test(a_saved_report_is_checked_alike),
		cmocka_unit_test(broken_constants_are_placed),
		cmocka_unit_test(headers_bring_constants_along),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
