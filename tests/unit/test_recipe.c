/* SPDX-License-Identifier: MIT */
/* Recipes: what is taken from them, and what each mistake is called. */
#include "testing.h"

#include "check/load/recipe_load.h"

static const char whole[] =
	"{\"schema\": \"pagelap-recipe/1\", \"name\": \"mine\", \"title\": \"Mine\",\n"
	" \"configured\": \"done.h\", \"config\": [\".config\", \"auto.conf\"],\n"
	" \"source\": {\"directory\": \"include\", \"makefile\": \"Makefile\",\n"
	"  \"version\": [\"MAJOR\", \"MINOR\"], \"extra\": \"EXTRA\", \"link\": \"source\"},\n"
	" \"release\": [{\"file\": \"r.h\", \"macro\": \"RELEASE\"}, {\"file\": \"r\"}],\n"
	" \"commands\": [\"*.cmd\"], \"database\": {\"file\": \"db.json\", \"units\": [\"a.c\"]},\n"
	" \"flags\": [\"-w\"], \"include\": [\"{source}/i\", \"{build}/i\"], \"forced\": "
	"[\"f.h\"],\n"
	" \"architectures\": [{\"name\": \"x\", \"srcarch\": \"s\", \"when\": [\"X\", \"!Y\"],\n"
	"  \"bits\": 64, \"target\": \"x-linux\"}, {\"name\": \"y\", \"srcarch\": \"s\",\n"
	"  \"when\": [\"Y\"], \"bits\": 32, \"untrusted\": \"unheard of\"}],\n"
	" \"adjustments\": [{\"srcarch\": \"s\", \"when\": [\"Z\"], \"flags\": [\"-DZ\"]},\n"
	"  {\"flags\": [\"-DALL\"]}],\n"
	" \"clang\": \"CLANG\", \"word\": \"WIDE\", \"randomised\": [\"RANDOM\"],\n"
	" \"sizes\": [{\"file\": \"b.h\", \"macro\": \"SIZE\", \"type\": \"struct t\"}],\n"
	" \"scan_skip\": [\"doc\", \"tools\"]}\n";

static void trees_are_described(void **state)
{
	struct pl_recipe *recipe = NULL;

	(void)state;
	expect_ok(pl_recipe_parse("mine.json", bytes_of_text(whole), &recipe));
	assert_string_equal(recipe->name, "mine");
	assert_string_equal(recipe->title, "Mine");
	assert_string_equal(recipe->configured, "done.h");
	assert_int_equal(recipe->n_config, 2);
	assert_string_equal(recipe->config[1], "auto.conf");
	assert_string_equal(recipe->source.directory, "include");
	assert_string_equal(recipe->source.makefile, "Makefile");
	assert_int_equal(recipe->source.n_version, 2);
	assert_string_equal(recipe->source.version[1], "MINOR");
	assert_string_equal(recipe->source.extra, "EXTRA");
	assert_string_equal(recipe->source.link, "source");
	assert_int_equal(recipe->n_release, 2);
	assert_string_equal(recipe->release[0].file, "r.h");
	assert_string_equal(recipe->release[0].macro, "RELEASE");
	assert_string_equal(recipe->release[1].file, "r");
	assert_null(recipe->release[1].macro);
	pl_recipe_free(recipe);
	pl_recipe_free(NULL);
}

static void flags_are_described(void **state)
{
	struct pl_recipe *recipe = NULL;

	(void)state;
	expect_ok(pl_recipe_parse("mine.json", bytes_of_text(whole), &recipe));
	assert_int_equal(recipe->n_commands, 1);
	assert_string_equal(recipe->commands[0], "*.cmd");
	assert_string_equal(recipe->database, "db.json");
	assert_int_equal(recipe->n_units, 1);
	assert_string_equal(recipe->units[0], "a.c");
	assert_int_equal(recipe->n_flags, 1);
	assert_string_equal(recipe->flags[0], "-w");
	assert_int_equal(recipe->n_include, 2);
	assert_string_equal(recipe->include[1], "{build}/i");
	assert_int_equal(recipe->n_forced, 1);
	assert_string_equal(recipe->forced[0], "f.h");
	assert_int_equal(recipe->n_adjustments, 2);
	assert_string_equal(recipe->adjustments[0].srcarch, "s");
	assert_int_equal(recipe->adjustments[0].n_when, 1);
	assert_string_equal(recipe->adjustments[0].when[0], "Z");
	assert_string_equal(recipe->adjustments[0].flags[0], "-DZ");
	assert_null(recipe->adjustments[1].srcarch);
	assert_int_equal(recipe->adjustments[1].n_when, 0);
	assert_int_equal(recipe->adjustments[1].n_flags, 1);
	pl_recipe_free(recipe);
}

static void machines_are_described(void **state)
{
	struct pl_recipe *recipe = NULL;

	(void)state;
	expect_ok(pl_recipe_parse("mine.json", bytes_of_text(whole), &recipe));
	assert_int_equal(recipe->n_archs, 2);
	assert_string_equal(recipe->archs[0].name, "x");
	assert_string_equal(recipe->archs[0].srcarch, "s");
	assert_int_equal(recipe->archs[0].n_when, 2);
	assert_string_equal(recipe->archs[0].when[1], "!Y");
	assert_int_equal(recipe->archs[0].bits, 64);
	assert_string_equal(recipe->archs[0].target, "x-linux");
	assert_null(recipe->archs[0].untrusted);
	assert_int_equal(recipe->archs[1].bits, 32);
	assert_null(recipe->archs[1].target);
	assert_string_equal(recipe->archs[1].untrusted, "unheard of");
	assert_string_equal(recipe->clang, "CLANG");
	assert_string_equal(recipe->word, "WIDE");
	assert_int_equal(recipe->n_randomised, 1);
	assert_string_equal(recipe->randomised[0], "RANDOM");
	assert_int_equal(recipe->n_sizes, 1);
	assert_string_equal(recipe->sizes[0].file, "b.h");
	assert_string_equal(recipe->sizes[0].macro, "SIZE");
	assert_string_equal(recipe->sizes[0].type, "struct t");
	assert_int_equal(recipe->n_scan_skip, 2);
	assert_string_equal(recipe->scan_skip[1], "tools");
	pl_recipe_free(recipe);
}

#define HEAD "{\"schema\": \"pagelap-recipe/1\""
#define DONE HEAD ", \"name\": \"n\", \"configured\": \"c\""
#define TREE "\"directory\": \"d\", \"makefile\": \"m\""
#define SOURCE DONE ", \"source\": {" TREE ", \"version\": [\"V\"]}"
#define CONFIG SOURCE ", \"config\": [\"c\"]"
#define ARCHS CONFIG ", \"architectures\": []"

static void little_is_required(void **state)
{
	struct pl_recipe *recipe = NULL;

	(void)state;
	expect_ok(pl_recipe_parse("p", bytes_of_text(ARCHS "}"), &recipe));
	assert_null(recipe->title);
	assert_null(recipe->database);
	assert_null(recipe->word);
	assert_null(recipe->source.link);
	assert_int_equal(recipe->n_archs, 0);
	assert_int_equal(recipe->n_release, 0);
	assert_int_equal(recipe->n_flags, 0);
	pl_recipe_free(recipe);
}

static void expect_refusal(const char *text, const char *message)
{
	struct pl_recipe *recipe = NULL;

	expect_error(pl_recipe_parse("p", bytes_of_text(text), &recipe), PL_ERROR_USAGE, message);
	assert_null(recipe);
}

static void heads_are_checked(void **state)
{
	(void)state;
	expect_refusal("{\n  \"schema\": }", "p:2:13: unexpected token near '}'");
	expect_refusal("[]", "p: expected an object");
	expect_refusal("{\"schema\": \"pagelap-rules/1\"}",
		       "p: \"schema\": expected \"pagelap-recipe/1\"");
	expect_refusal(HEAD ", \"flag\": []}", "p: unknown key \"flag\"");
	expect_refusal(HEAD "}", "p: \"name\": expected a string that is not empty");
	expect_refusal(HEAD ", \"name\": \"n\"}",
		       "p: \"configured\": expected a string that is not empty");
}

static void trees_are_checked(void **state)
{
	(void)state;
	expect_refusal(DONE "}", "p: \"source\": expected an object");
	expect_refusal(DONE ", \"source\": {\"dir\": \"d\"}}", "p: unknown key \"dir\"");
	expect_refusal(DONE ", \"source\": {\"directory\": \"d\"}}",
		       "p: \"makefile\": expected a string that is not empty");
	expect_refusal(DONE ", \"source\": {" TREE ", \"version\": []}}",
		       "p: \"version\": expected an array of strings with one at least");
	expect_refusal(SOURCE "}", "p: \"config\": expected an array of strings with one at least");
	expect_refusal(CONFIG ", \"release\": [\"r\"]}",
		       "p: \"release\": expected an array of objects");
	expect_refusal(CONFIG ", \"release\": [{\"macro\": \"M\"}]}",
		       "p: \"file\": expected a string that is not empty");
	expect_refusal(CONFIG ", \"database\": \"db.json\"}",
		       "p: \"database\": expected an object");
	expect_refusal(CONFIG ", \"database\": {\"units\": []}}",
		       "p: \"file\": expected a string that is not empty");
	expect_refusal(CONFIG "}", "p: \"architectures\": expected an array of objects");
}

#define ARCH CONFIG ", \"architectures\": [{\"name\": \"a\", \"srcarch\": \"s\""

static void architectures_are_checked(void **state)
{
	(void)state;
	expect_refusal(CONFIG ", \"architectures\": [{\"name\": \"a\"}]}",
		       "p: \"srcarch\": expected a string that is not empty");
	expect_refusal(ARCH "}]}", "p: \"when\": expected an array of strings with one at least");
	expect_refusal(ARCH ", \"when\": [\"A\"]}]}", "p: \"bits\": expected 32 or 64");
	expect_refusal(ARCH ", \"when\": [\"A\"], \"bits\": \"64\"}]}",
		       "p: \"bits\": expected 32 or 64");
	expect_refusal(ARCH ", \"when\": [\"A\"], \"bits\": 64}]}",
		       "p: architecture \"a\": without a \"target\", \"untrusted\" has to say why");
	expect_refusal(ARCH ", \"big\": true}]}", "p: unknown key \"big\"");
}

static void the_rest_is_checked(void **state)
{
	(void)state;
	expect_refusal(ARCHS ", \"adjustments\": [{\"when\": [\"A\"]}]}",
		       "p: \"flags\": expected an array of strings with one at least");
	expect_refusal(ARCHS ", \"adjustments\": [{\"arch\": \"s\"}]}", "p: unknown key \"arch\"");
	expect_refusal(ARCHS ", \"sizes\": [{\"file\": \"f\", \"macro\": \"M\"}]}",
		       "p: \"type\": expected a string that is not empty");
	expect_refusal(ARCHS ", \"sizes\": [{\"macros\": \"M\"}]}", "p: unknown key \"macros\"");
	expect_refusal(ARCHS ", \"flags\": \"-w\"}", "p: \"flags\": expected an array of strings");
	expect_refusal(ARCHS ", \"forced\": [\"\"]}",
		       "p: \"forced\": expected an array of strings that are not empty");
	expect_refusal(ARCHS ", \"word\": 64}", "p: \"word\": expected a string that is not empty");
}

static void the_built_in_recipe_is_sound(void **state)
{
	struct pl_recipe *recipe = NULL;

	(void)state;
	expect_ok(pl_recipe_builtin(&recipe));
	assert_string_equal(recipe->name, "linux-headers");
	assert_true(recipe->n_archs > 20);
	for (size_t i = 0; i < recipe->n_archs; i++)
		assert_true(recipe->archs[i].target || recipe->archs[i].untrusted);
	pl_recipe_free(recipe);
}

static void files_that_cannot_be_read_are_usage_errors(void **state)
{
	struct pl_recipe *recipe = NULL;

	(void)state;
	expect_error(pl_recipe_load("/nonexistent/r.json", &recipe), PL_ERROR_USAGE,
		     "/nonexistent/r.json: No such file or directory");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(trees_are_described),
		cmocka_unit_test(flags_are_described),
		cmocka_unit_test(machines_are_described),
		cmocka_unit_test(little_is_required),
		cmocka_unit_test(heads_are_checked),
		cmocka_unit_test(trees_are_checked),
		cmocka_unit_test(architectures_are_checked),
		cmocka_unit_test(the_rest_is_checked),
		cmocka_unit_test(the_built_in_recipe_is_sound),
		cmocka_unit_test(files_that_cannot_be_read_are_usage_errors),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
