/* SPDX-License-Identifier: MIT */
/* Kernel configurations: what is an option, and when a condition holds. */
#include "testing.h"

#include "arena_fixture.h"
#include "read/kbuild/kconfig.h"

static struct pl_kconfig parse(const char *text)
{
	struct pl_kconfig config = {0};

	expect_ok(pl_kconfig_parse(arena, bytes_of_text(text), &config));
	return config;
}

static void options_are_looked_up(void **state)
{
	struct pl_kconfig config = parse("#\n# Automatically generated file; DO NOT EDIT.\n#\n"
					 "CONFIG_SMP=y\n"
					 "CONFIG_BTRFS_FS=m\n"
					 "# CONFIG_PREEMPT is not set\n"
					 "CONFIG_CC_VERSION_TEXT=\"gcc (a=b) 12\"\n"
					 "\n"
					 "CONFIG_HZ=250\n"
					 "CONFIG_64BIT=y");

	(void)state;
	assert_int_equal(config.count, 5);
	assert_string_equal(pl_kconfig_get(&config, "CONFIG_SMP"), "y");
	assert_string_equal(pl_kconfig_get(&config, "CONFIG_BTRFS_FS"), "m");
	assert_string_equal(pl_kconfig_get(&config, "CONFIG_CC_VERSION_TEXT"), "\"gcc (a=b) 12\"");
	assert_string_equal(pl_kconfig_get(&config, "CONFIG_HZ"), "250");
	assert_string_equal(pl_kconfig_get(&config, "CONFIG_64BIT"), "y");
	assert_null(pl_kconfig_get(&config, "CONFIG_PREEMPT"));
	assert_null(pl_kconfig_get(&config, "CONFIG_SM"));
	assert_null(pl_kconfig_get(&config, "CONFIG_SMPX"));
	assert_null(pl_kconfig_get(&config, ""));
}

static void options_are_sorted(void **state)
{
	struct pl_kconfig config = parse("CONFIG_B=y\nCONFIG_C=y\nCONFIG_A=y\nCONFIG_AA=y\n");

	(void)state;
	for (size_t i = 1; i < config.count; i++)
		assert_true(strcmp(config.options[i - 1].name, config.options[i].name) < 0);
}

static void the_last_of_two_counts(void **state)
{
	struct pl_kconfig config =
		parse("CONFIG_A=m\nCONFIG_B=1\nCONFIG_A=y\nCONFIG_B=2\nCONFIG_A=n\n");

	(void)state;
	assert_int_equal(config.count, 2);
	assert_string_equal(pl_kconfig_get(&config, "CONFIG_A"), "n");
	assert_string_equal(pl_kconfig_get(&config, "CONFIG_B"), "2");
}

static void what_is_no_option_is_passed_over(void **state)
{
	struct pl_kconfig config = parse("=y\nCONFIG A=y\n CONFIG_B=y\nCONFIG_C\nCONFIG_D=\n"
					 "CONFIG-E=y\n");

	(void)state;
	assert_int_equal(config.count, 1);
	assert_string_equal(pl_kconfig_get(&config, "CONFIG_D"), "");
}

static void conditions_hold_or_not(void **state)
{
	struct pl_kconfig config = parse("CONFIG_Y=y\nCONFIG_M=m\nCONFIG_S=\"y\"\n");
	static const char *const both[] = {"CONFIG_Y", "!CONFIG_N"};
	static const char *const neither[] = {"CONFIG_Y", "CONFIG_N"};

	(void)state;
	assert_true(pl_kconfig_holds(&config, "CONFIG_Y"));
	assert_false(pl_kconfig_holds(&config, "!CONFIG_Y"));
	assert_false(pl_kconfig_holds(&config, "CONFIG_M"));
	assert_true(pl_kconfig_holds(&config, "!CONFIG_M"));
	assert_false(pl_kconfig_holds(&config, "CONFIG_S"));
	assert_false(pl_kconfig_holds(&config, "CONFIG_N"));
	assert_true(pl_kconfig_holds(&config, "!CONFIG_N"));
	assert_true(pl_kconfig_holds_all(&config, both, COUNT(both)));
	assert_false(pl_kconfig_holds_all(&config, neither, COUNT(neither)));
	assert_true(pl_kconfig_holds_all(&config, NULL, 0));
}

static void a_text_without_options_is_refused(void **state)
{
	static const char *const texts[] = {"", "# CONFIG_A is not set\n", "a picture\n"};
	struct pl_kconfig config = {0};

	(void)state;
	for (size_t i = 0; i < COUNT(texts); i++)
		expect_unreadable(pl_kconfig_parse(arena, bytes_of_text(texts[i]), &config),
				  "no option is set in it");
	assert_null(pl_kconfig_get(&config, "CONFIG_A"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(options_are_looked_up),
		cmocka_unit_test(options_are_sorted),
		cmocka_unit_test(the_last_of_two_counts),
		cmocka_unit_test(what_is_no_option_is_passed_over),
		cmocka_unit_test(conditions_hold_or_not),
		cmocka_unit_test(a_text_without_options_is_refused),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
