/* SPDX-License-Identifier: MIT */
/* Releases, and the names of the kinds of rules. */
#include "testing.h"

#include "model/rule.h"

static const struct pl_releases any = {0};
static const struct pl_releases from_6_2 = {.from_major = 6, .from_minor = 2};
static const struct pl_releases to_6_1 = {.to_major = 6, .to_minor = 1};
static const struct pl_releases between = {6, 2, 6, 10};
static const struct pl_releases only = {6, 12, 6, 12};
static const struct pl_releases over_a_major = {5, 19, 6, 0};
static const struct pl_releases from_6_0 = {.from_major = 6};
static const struct pl_releases to_6_0 = {.to_major = 6};

static const struct {
	const struct pl_releases *releases;
	const char *release;
	bool has;
} releases[] = {
	{&any, "2.6.39", true},
	{&any, "next-20250101", true},
	{&from_6_2, "6.2", true},
	{&from_6_2, "6.2.0", true},
	{&from_6_2, "6.1.99", false},
	{&from_6_2, "5.19", false},
	{&from_6_2, "6.10", true},
	{&from_6_2, "7.0", true},
	{&from_6_2, "6.2-rc1", true},
	{&to_6_1, "6.1", true},
	{&to_6_1, "6.1.117", true},
	{&to_6_1, "6.2", false},
	{&to_6_1, "6.10", false},
	{&to_6_1, "5.19", true},
	{&to_6_1, "7.0", false},
	{&between, "6.1", false},
	{&between, "6.2", true},
	{&between, "6.10.3-200.fc40.x86_64", true},
	{&between, "6.11", false},
	{&only, "6.12.117+deb13-amd64", true},
	{&only, "6.1", false},
	{&only, "6.120", false},
	{&only, "5.12", false},
	{&only, "7.12", false},
	{&over_a_major, "5.19.17", true},
	{&over_a_major, "6.0.1", true},
	{&over_a_major, "6.1", false},
	{&over_a_major, "5.18", false},
	{&from_6_0, "6.0", true},
	{&from_6_0, "5.255", false},
	{&to_6_0, "6.0", true},
	{&to_6_0, "6.1", false},
};

static void releases_have_ends(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(releases); i++)
		for (int unknown = 0; unknown < 2; unknown++)
			if (pl_releases_have(releases[i].releases, releases[i].release, unknown) !=
			    releases[i].has)
				fail_msg("%s: not %d", releases[i].release, releases[i].has);
}

static void what_is_not_known_is_for_the_caller(void **state)
{
	static const char *const unknown[] = {NULL,   "",      "next-20250101", "6",	"6.",
					      "6.x",  "v6.12", "-6.2",		"6. 2", "6.-2",
					      " 6.2", "6-2",   "99999999999.1"};
	static const struct pl_releases *const limited[] = {&from_6_2, &to_6_1, &between, &only};

	(void)state;
	for (size_t i = 0; i < COUNT(unknown); i++) {
		assert_true(pl_releases_have(&any, unknown[i], false));
		for (size_t j = 0; j < COUNT(limited); j++) {
			if (!pl_releases_have(limited[j], unknown[i], true) ||
			    pl_releases_have(limited[j], unknown[i], false))
				fail_msg("\"%s\" is known", unknown[i] ? unknown[i] : "NULL");
		}
	}
}

static void kinds_have_names(void **state)
{
	static const char *const names[PL_RULE_KIND_COUNT] = {
		"reading",   "place",	   "type",     "listed",   "touch",	"size",
		"host-size", "host-align", "host-gap", "wide",	   "fit",	"aligned",
		"together",  "apart",	   "pinned",   "asserted", "candidate", "pad",
		"hole",	     "end",	   "alias",    "owned",	   "colive",	"constant"};
	enum pl_rule_kind kind;

	(void)state;
	for (int i = 0; i < PL_RULE_KIND_COUNT; i++) {
		assert_string_equal(pl_rule_kind_name((enum pl_rule_kind)i), names[i]);
		kind = PL_RULE_KIND_COUNT;
		assert_true(pl_rule_kind_parse(names[i], &kind));
		assert_int_equal(kind, i);
	}
	assert_false(pl_rule_kind_parse("", &kind));
	assert_false(pl_rule_kind_parse("Place", &kind));
	assert_false(pl_rule_kind_parse("host", &kind));
	assert_false(pl_rule_kind_parse("holes", &kind));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(releases_have_ends),
		cmocka_unit_test(what_is_not_known_is_for_the_caller),
		cmocka_unit_test(kinds_have_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
