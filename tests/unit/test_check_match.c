/* SPDX-License-Identifier: MIT */
/* Which members a rule is about, and which are exempt. */
#include "testing.h"

#include "check/check.h"
#include "check/load/pack_load.h"
#include "check_fixture.h"
#include "support/strbuf.h"

/* Of 64 bits each are a, in.b, in.deep.c, both d, one.flags and page.e. */
static const char records[] =
	"typedef llong count_t; typedef struct { count_t flags; } flags_t;"
	"struct page { long fill[31]; llong e; };"
	"struct slab { llong a; struct { llong b; struct deep { llong c; } deep; } in;"
	" struct { llong d; } all[2]; flags_t one; };"
	"struct folio { llong a; };";

static const char all[] =
	"slab.a slab.in.b slab.in.deep.c slab.all[0].d slab.all[1].d slab.one.flags folio.a page.e";

/* The members about which a rule finds something, which has REST. */
static void expect_members(const struct kernel *kernel, const char *rest, const char *members)
{
	PL_CLEANUP(pl_strbuf_release)
	struct pl_strbuf rule = PL_STRBUF_INIT, found = PL_STRBUF_INIT;
	const struct kernel kernels[] = {*kernel, {0}};
	struct pl_report *report;
	struct pl_pack *pack;

	pl_strbuf_printf(&rule, RULE("wide", "%s"), rest);
	pack = check_pack("{'name': 'slab', 'pages': 4}, {'name': 'folio'}", rule.text);
	report = check_report(pack, kernels);
	expect_ok(pl_check_report(pack, report));
	for (size_t i = 0; i < report->targets[0]->n_findings; i++) {
		const struct pl_finding *finding = &report->targets[0]->findings[i];

		pl_strbuf_printf(&found, "%s%s.%s", i ? " " : "", finding->overlay,
				 finding->member);
	}
	if (strcmp(found.text, members))
		fail_msg("%s finds\n%s\nand not\n%s", rest, found.text, members);
	pl_report_free(report);
	pl_pack_free(pack);
}

static void matchers_fit(void **state)
{
	static const struct kernel kernel = {.records = records, .bits = 32};
	static const struct {
		const char *matcher, *members;
	} cases[] = {
		{"", all},
		{"'overlays': ['slab']",
		 "slab.a slab.in.b slab.in.deep.c slab.all[0].d slab.all[1].d slab.one.flags"},
		{"'overlays': ['f*', 'page']", "folio.a page.e"},
		{"'overlays': ['fol']", ""},
		/* Members as a whole, by their last part, by records around them. */
		{"'members': ['a']", "slab.a folio.a"},
		{"'members': ['b', 'x']", "slab.in.b"},
		{"'members': ['in.b']", "slab.in.b"},
		{"'members': ['in']", "slab.in.b slab.in.deep.c"},
		{"'members': ['i?']", "slab.in.b slab.in.deep.c"},
		{"'members': ['in.deep']", "slab.in.deep.c"},
		{"'members': ['deep']", ""},
		{"'members': ['in.*']", "slab.in.b slab.in.deep.c"},
		{"'members': ['*.c']", "slab.in.deep.c"},
		{"'members': ['all']", "slab.all[0].d slab.all[1].d"},
		{"'members': ['all[[]1]']", "slab.all[1].d"},
		{"'members': ['d']", "slab.all[0].d slab.all[1].d"},
		{"'members': ['one']", "slab.one.flags"},
		{"'members': ['al', 'n']", ""},
		/* Classes and types, also of records around them. */
		{"'classes': ['integer']",
		 "slab.a slab.in.b slab.in.deep.c slab.all[0].d slab.all[1].d folio.a page.e"},
		{"'classes': ['flag_word', 'lock']", "slab.one.flags"},
		{"'classes': ['record'], 'overlays': ['slab']",
		 "slab.in.b slab.in.deep.c slab.all[0].d slab.all[1].d slab.one.flags"},
		{"'types': ['count_t']", "slab.one.flags"},
		{"'types': ['flags_t']", "slab.one.flags"},
		{"'types': ['struct deep']", "slab.in.deep.c"},
		{"'types': ['llong'], 'members': ['a', 'b', 'flags']", "slab.a slab.in.b folio.a"},
		{"'types': ['llon']", ""},
		/* All that is given has to fit. */
		{"'overlays': ['slab'], 'members': ['a'], 'classes': ['integer'], 'bits': 32",
		 "slab.a"},
		{"'overlays': ['slab'], 'members': ['a'], 'classes': ['pointer']", ""},
		{"'bits': 64", ""},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		char where[200];

		snprintf(where, sizeof(where), ", 'where': {%s}", cases[i].matcher);
		expect_members(&kernel, where, cases[i].members);
	}
}

static void exemptions_are_left_out(void **state)
{
	static const struct kernel kernel = {.records = records, .bits = 32};
	static const struct {
		const char *except, *members;
	} cases[] = {
		{"", all},
		{"{'reason': 'x'}", ""},
		{"{'overlays': ['slab'], 'reason': 'x'}", "folio.a page.e"},
		{"{'members': ['in', 'd'], 'reason': 'x'}", "slab.a slab.one.flags folio.a page.e"},
		{"{'overlays': ['folio'], 'members': ['a'], 'reason': 'x'},"
		 "{'classes': ['record'], 'reason': 'x'}",
		 "slab.a page.e"},
		{"{'types': ['llong'], 'reason': 'x'}", "slab.one.flags"},
		{"{'bits': 64, 'reason': 'x'}", all},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		char except[200];

		snprintf(except, sizeof(except), ", 'except': [%s]", cases[i].except);
		expect_members(&kernel, except, cases[i].members);
	}
	/* Within where. */
	expect_members(&kernel,
		       ", 'where': {'overlays': ['slab'], 'members': ['a', 'b']},"
		       " 'except': [{'members': ['a'], 'reason': 'x'}]",
		       "slab.in.b");
}

static void releases_and_architectures_may_be_unknown(void **state)
{
	static const char *const limits[] = {"'releases': '6.2-6.11'", "'archs': ['arm*', 'x86']",
					     "'releases': '6.2-6.11', 'archs': ['arm*', 'x86']"};
	static const struct {
		const char *release, *arch;
		bool is[3], is_exempt[3]; /* by limits */
	} cases[] = {
		{"6.11.9", "arm64", {true, true, true}, {true, true, true}},
		{"6.12", "arm", {false, true, false}, {false, true, false}},
		{"6.2", "s390x", {true, false, false}, {true, false, false}},
		{"6.1", "m68k", {false, false, false}, {false, false, false}},
		{NULL, "x86", {false, true, false}, {true, true, true}},
		{NULL, "s390x", {false, false, false}, {true, false, false}},
		{"next-20250101", "x86", {false, true, false}, {true, true, true}},
		{"6.3", NULL, {true, false, false}, {true, true, true}},
		{"6.1", NULL, {false, false, false}, {false, true, false}},
		{NULL, NULL, {false, false, false}, {true, true, true}},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		const struct kernel kernel = {.records = records,
					      .bits = 32,
					      .release = cases[i].release,
					      .arch = cases[i].arch};

		for (size_t j = 0; j < COUNT(limits); j++) {
			char rest[200];

			snprintf(rest, sizeof(rest), ", 'where': {%s}", limits[j]);
			expect_members(&kernel, rest, cases[i].is[j] ? all : "");
			snprintf(rest, sizeof(rest), ", 'except': [{%s, 'reason': 'x'}]",
				 limits[j]);
			expect_members(&kernel, rest, cases[i].is_exempt[j] ? "" : all);
		}
	}
}

/* Longer than any path that is looked at in parts. */
static void paths_may_be_long(void **state)
{
	static const char letters[] = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
	PL_CLEANUP(pl_strbuf_release) struct pl_strbuf text = PL_STRBUF_INIT, path = PL_STRBUF_INIT;
	struct kernel kernel = {.bits = 32};

	(void)state;
	pl_strbuf_add(&text, "struct page { llong e[9]; }; struct slab { ");
	pl_strbuf_add(&path, "slab.");
	for (int i = 0; i < 5; i++) {
		pl_strbuf_add(&text, "struct { ");
		pl_strbuf_printf(&path, "%s.", letters);
	}
	pl_strbuf_add(&text, "llong last; ");
	pl_strbuf_add(&path, "last");
	for (int i = 0; i < 5; i++)
		pl_strbuf_printf(&text, "} %s; ", letters);
	pl_strbuf_add(&text, "};");
	kernel.records = text.text;
	expect_members(&kernel, ", 'where': {'members': ['last']}", path.text);
	expect_members(&kernel, ", 'where': {'members': ['aaa*']}", path.text);
	expect_members(&kernel, ", 'where': {'members': ['b*']}", "");
}

#define READING(severity, rest) RULE_OF("ASSERTION", "reading", severity, rest)
#define EXEMPT(matcher) READING("error", ", 'except': [{" matcher ", 'reason': 'x'}]")

/* What reading has found, of RULE, which is "error", is SEVERITY now; PL_SEVERITY_NONE: gone. */
static void expect_read(const struct pl_finding *found, const char *rule, enum pl_severity severity)
{
	const struct kernel kernels[] = {{.records = records, .arch = "arm", .own = found}, {0}};
	struct pl_pack *pack = check_pack("{'name': 'slab', 'pages': 4}", rule);
	struct pl_report *report = check_report(pack, kernels);

	expect_ok(pl_check_report(pack, report));
	assert_int_equal(report->targets[0]->n_findings, severity != PL_SEVERITY_NONE);
	if (severity != PL_SEVERITY_NONE)
		assert_int_equal(report->targets[0]->findings[0].severity, severity);
	pl_report_free(report);
	pl_pack_free(pack);
}

static void what_reading_finds_is_told_as_the_pack_has_it(void **state)
{
	static const struct pl_finding overlay = {.rule = "ASSERTION",
						  .severity = PL_SEVERITY_ERROR,
						  .overlay = "slab",
						  .member = "a",
						  .host_field = "e",
						  .message = "broken"},
				       host = {.rule = "ASSERTION",
					       .severity = PL_SEVERITY_ERROR,
					       .host_field = "e",
					       .message = "broken"},
				       none = {.rule = "ASSERTION",
					       .severity = PL_SEVERITY_WARNING,
					       .message = "broken"};

	(void)state;
	expect_read(&overlay, READING("error", ""), PL_SEVERITY_ERROR);
	expect_read(&overlay, READING("info", ""), PL_SEVERITY_INFO);
	expect_read(&overlay, READING("none", ""), PL_SEVERITY_NONE);
	expect_read(&overlay, RULE_OF("OTHER", "reading", "none", ""), PL_SEVERITY_ERROR);
	expect_read(&none, READING("error", ""), PL_SEVERITY_WARNING);
	expect_read(&overlay, READING("error", ", 'where': {'archs': ['x86']}"), PL_SEVERITY_NONE);
	expect_read(&overlay, READING("warning", ", 'where': {'archs': ['arm']}"),
		    PL_SEVERITY_WARNING);
	expect_read(&overlay, EXEMPT("'overlays': ['slab'], 'members': ['a']"), PL_SEVERITY_NONE);
	expect_read(&overlay, EXEMPT("'members': ['e']"), PL_SEVERITY_ERROR);
	expect_read(&overlay, EXEMPT("'overlays': ['page']"), PL_SEVERITY_ERROR);
	expect_read(&host, EXEMPT("'overlays': ['page'], 'members': ['e']"), PL_SEVERITY_NONE);
	expect_read(&host, EXEMPT("'overlays': ['slab']"), PL_SEVERITY_ERROR);
	expect_read(&none, EXEMPT("'members': ['*']"), PL_SEVERITY_WARNING);
	expect_read(&none, EXEMPT("'archs': ['arm']"), PL_SEVERITY_NONE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(matchers_fit),
		cmocka_unit_test(exemptions_are_left_out),
		cmocka_unit_test(releases_and_architectures_may_be_unknown),
		cmocka_unit_test(paths_may_be_long),
		cmocka_unit_test(what_reading_finds_is_told_as_the_pack_has_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
