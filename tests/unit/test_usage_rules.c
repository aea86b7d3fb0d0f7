/* SPDX-License-Identifier: MIT */
/* What functions do with addresses, from JSON. */
#include "check/load/usage_load.h"
#include "testing.h"

static struct pl_error *parse(const char *text, struct pl_usage_rules **ret)
{
	return pl_usage_rules_parse("rules", bytes_of_text(text), ret);
}

#define RULES(effects)                                                                             \
	"{\"schema\": \"pagelap-usage/1\", \"name\": \"n\", \"effects\": [" effects "]}"

static void the_first_effect_that_fits_counts(void **state)
{
	PL_CLEANUP(pl_usage_rules_cleanup) struct pl_usage_rules *rules = NULL;
	const struct pl_effect *effect;

	(void)state;
	expect_ok(parse(RULES("{\"callees\": [\"set_*\", \"flip\"], \"argument\": 1, \"does\": "
			      "\"read-write\", \"bit\": 0},"
			      "{\"callees\": [\"set_*\"], \"argument\": 1, \"does\": \"read\"},"
			      "{\"callees\": [\"swap\"], \"does\": \"write\", \"whole\": true}"),
			&rules));
	effect = pl_usage_effect(rules, "set_bit", 1);
	assert_int_equal(effect->does, PL_EFFECT_READ_WRITE);
	assert_int_equal(effect->bit, 0);
	assert_false(effect->whole);
	assert_ptr_equal(pl_usage_effect(rules, "flip", 1), effect);
	assert_null(pl_usage_effect(rules, "set_bit", 0));
	assert_null(pl_usage_effect(rules, "unset_bit", 1));
	/* Of a macro nothing is known that is said of one of its arguments. */
	assert_null(pl_usage_effect(rules, "set_bit", PL_EFFECT_ANY));
	effect = pl_usage_effect(rules, "swap", PL_EFFECT_ANY);
	assert_true(effect->whole);
	assert_ptr_equal(pl_usage_effect(rules, "swap", 3), effect);
}

static void mistakes_are_named(void **state)
{
	struct pl_usage_rules *rules;

	(void)state;
	expect_error(parse("{\"schema\": \"pagelap-rules/1\"}", &rules), PL_ERROR_USAGE,
		     "rules: \"schema\": expected \"pagelap-usage/1\"");
	expect_error(parse(RULES("{\"callees\": [], \"does\": \"read\"}"), &rules), PL_ERROR_USAGE,
		     "rules: \"callees\": expected an array of strings with one at least");
	expect_error(parse(RULES("{\"callees\": [\"a\"], \"does\": \"eat\"}"), &rules),
		     PL_ERROR_USAGE,
		     "rules: \"does\": expected read, write, read-write, nothing or unevaluated");
	expect_error(parse(RULES("{\"callees\": [\"a\"], \"does\": \"read\", \"argument\": -1}"),
			   &rules),
		     PL_ERROR_USAGE,
		     "rules: \"argument\": expected the number of an argument, from 0");
	expect_error(
		parse(RULES("{\"callees\": [\"a\"], \"does\": \"read\", \"whole\": 1}"), &rules),
		PL_ERROR_USAGE, "rules: \"whole\": expected true or false");
	expect_error(
		parse(RULES("{\"callees\": [\"a\"], \"does\": \"read\", \"bits\": 1}"), &rules),
		PL_ERROR_USAGE, "rules: unknown key \"bits\"");
	expect_error(parse("{\"schema\": \"pagelap-usage/1\", \"name\": \"n\", \"effects\": [], "
			   "\"harmless\": [1]}",
			   &rules),
		     PL_ERROR_USAGE,
		     "rules: \"harmless\": expected an array of strings that are not empty");
}

static void the_built_in_ones_are_good(void **state)
{
	PL_CLEANUP(pl_usage_rules_cleanup) struct pl_usage_rules *rules = NULL;

	(void)state;
	expect_ok(pl_usage_rules_builtin(&rules));
	assert_int_equal(pl_usage_effect(rules, "atomic_inc", 0)->does, PL_EFFECT_READ_WRITE);
	assert_int_equal(pl_usage_effect(rules, "atomic_read", 0)->does, PL_EFFECT_READ);
	assert_int_equal(pl_usage_effect(rules, "set_bit", 1)->bit, 0);
	assert_int_equal(pl_usage_effect(rules, "cmpxchg", PL_EFFECT_ANY)->does,
			 PL_EFFECT_READ_WRITE);
	assert_null(pl_usage_effect(rules, "kfree", 0));
	assert_true(rules->n_harmless > 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_first_effect_that_fits_counts),
		cmocka_unit_test(mistakes_are_named),
		cmocka_unit_test(the_built_in_ones_are_good),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
