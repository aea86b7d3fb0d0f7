/* SPDX-License-Identifier: MIT */
/* Rule packs: what is taken from them, and what each mistake is called. */
#include "testing.h"

#include "check/load/pack_load.h"

static const char whole[] =
	"{\"schema\": \"pagelap-rules/1\", \"name\": \"mine\", \"title\": \"Mine\",\n"
	" \"host\": \"page\", \"overlays\": [{\"name\": \"folio\", \"pages\": 64}, {\"name\": "
	"\"slab\"}],\n"
	" \"padding\": [\"_pad*\", \"_unused\"], \"banner\": \"Linux version \",\n"
	" \"classes\": [{\"class\": \"lock\", \"types\": [\"spinlock_t\"], \"fields\": "
	"[\"ptl\"]},\n"
	"  {\"class\": \"list\"}], \"unit_order\": [\"mm/*.c\"]}\n";

static void packs_are_read_whole(void **state)
{
	struct pl_pack *pack = NULL;

	(void)state;
	expect_ok(pl_pack_parse("mine.json", bytes_of_text(whole), &pack));
	assert_string_equal(pack->name, "mine");
	assert_string_equal(pack->title, "Mine");
	assert_string_equal(pack->host, "page");
	assert_string_equal(pack->banner, "Linux version ");
	assert_int_equal(pack->n_overlays, 2);
	assert_string_equal(pack->overlays[0].name, "folio");
	assert_int_equal(pack->overlays[0].pages, 64);
	assert_string_equal(pack->overlays[1].name, "slab");
	assert_int_equal(pack->overlays[1].pages, 1);
	assert_int_equal(pack->n_classes, 3);
	assert_int_equal(pack->classes[0].type_class, PL_CLASS_PADDING);
	assert_int_equal(pack->classes[0].n_fields, 2);
	assert_string_equal(pack->classes[0].fields[1], "_unused");
	assert_int_equal(pack->classes[1].type_class, PL_CLASS_LOCK);
	assert_string_equal(pack->classes[1].types[0], "spinlock_t");
	assert_string_equal(pack->classes[1].fields[0], "ptl");
	assert_int_equal(pack->classes[2].type_class, PL_CLASS_LIST);
	assert_int_equal(pack->n_unit_order, 1);
	assert_string_equal(pack->unit_order[0], "mm/*.c");
	pl_pack_free(pack);
	pl_pack_free(NULL);
}

static void little_is_required(void **state)
{
	static const char text[] = "{\"schema\": \"pagelap-rules/1\", \"name\": \"n\", "
				   "\"host\": \"sk_buff\", \"overlays\": []}";
	struct pl_pack *pack = NULL;

	(void)state;
	expect_ok(pl_pack_parse("p", bytes_of_text(text), &pack));
	assert_null(pack->title);
	assert_null(pack->banner);
	assert_int_equal(pack->n_overlays, 0);
	assert_int_equal(pack->n_classes, 1);
	assert_int_equal(pack->classes[0].n_fields, 0);
	pl_pack_free(pack);
}

static void the_built_in_pack_is_sound(void **state)
{
	struct pl_pack *pack = NULL;

	(void)state;
	expect_ok(pl_pack_builtin(&pack));
	assert_string_equal(pack->name, "linux-struct-page");
	assert_string_equal(pack->host, "page");
	assert_string_equal(pack->overlays[0].name, "folio");
	assert_int_equal(pack->overlays[0].pages, 4);
	assert_true(pack->n_overlays >= 6);
	pl_pack_free(pack);
}

static void expect_refusal(const char *text, const char *message)
{
	struct pl_pack *pack = NULL;

	expect_error(pl_pack_parse("p.json", bytes_of_text(text), &pack), PL_ERROR_USAGE, message);
	assert_null(pack);
}

#define HEAD "{\"schema\": \"pagelap-rules/1\""
#define NAME HEAD ", \"name\": \"n\""
#define HOST NAME ", \"host\": \"page\""
#define LISTS HOST ", \"overlays\": []"

static void bad_json_is_placed(void **state)
{
	(void)state;
	expect_refusal("{\n  \"schema\": }", "p.json:2:13: unexpected token near '}'");
	expect_refusal("", "p.json:1:0: '[' or '{' expected near end of file");
	expect_refusal(HEAD, "p.json:1:28: '}' expected near end of file");
	expect_refusal("{\"a\": 1,\n\"a\": 2}", "p.json:2:3: duplicate object key near '\"a\"'");
	expect_refusal("[]", "p.json: expected an object");
}

static void heads_are_checked(void **state)
{
	(void)state;
	expect_refusal("{}", "p.json: \"schema\": expected \"pagelap-rules/1\"");
	expect_refusal("{\"schema\": \"pagelap-rules/2\"}",
		       "p.json: \"schema\": expected \"pagelap-rules/1\"");
	expect_refusal(HEAD ", \"hots\": \"page\"}", "p.json: unknown key \"hots\"");
	expect_refusal(HEAD "}", "p.json: \"name\": expected a string that is not empty");
	expect_refusal(HEAD ", \"name\": \"\"}",
		       "p.json: \"name\": expected a string that is not empty");
	expect_refusal(NAME "}", "p.json: \"host\": expected a string that is not empty");
	expect_refusal(NAME ", \"title\": 1}",
		       "p.json: \"title\": expected a string that is not empty");
	expect_refusal(HOST ", \"banner\": []}",
		       "p.json: \"banner\": expected a string that is not empty");
}

static void overlays_are_checked(void **state)
{
	(void)state;
	expect_refusal(HOST "}", "p.json: \"overlays\": expected an array of objects");
	expect_refusal(HOST ", \"overlays\": [1]}",
		       "p.json: \"overlays\": expected an array of objects");
	expect_refusal(HOST ", \"overlays\": [{\"nmae\": \"x\"}]}",
		       "p.json: overlays[0]: unknown key \"nmae\"");
	expect_refusal(HOST ", \"overlays\": [{\"pages\": 2}]}",
		       "p.json: overlays[0]: \"name\": expected a string that is not empty");
	expect_refusal(HOST ", \"overlays\": [{\"name\": \"a\"}, {\"name\": \"a\"}]}",
		       "p.json: overlays[1]: overlay \"a\" is listed twice");
	expect_refusal(HOST ", \"overlays\": [{\"name\": \"page\"}]}",
		       "p.json: overlays[0]: the host \"page\" cannot be an overlay of itself");
}

static void pages_are_checked(void **state)
{
	static const char *const wrong[] = {"0", "65", "-1", "1.5", "\"4\"", "null"};

	(void)state;
	for (size_t i = 0; i < COUNT(wrong); i++) {
		char text[200];

		snprintf(text, sizeof(text),
			 HOST ", \"overlays\": [{\"name\": \"a\", \"pages\": %s}]}", wrong[i]);
		expect_refusal(text,
			       "p.json: overlays[0]: \"pages\": expected an integer from 1 to 64");
	}
}

static void classes_are_checked(void **state)
{
	(void)state;
	expect_refusal(LISTS ", \"classes\": {}}",
		       "p.json: \"classes\": expected an array of objects");
	expect_refusal(LISTS ", \"classes\": [\"lock\"]}",
		       "p.json: \"classes\": expected an array of objects");
	expect_refusal(LISTS ", \"classes\": [{\"kind\": \"lock\"}]}",
		       "p.json: unknown key \"kind\"");
	expect_refusal(LISTS ", \"classes\": [{}]}",
		       "p.json: \"class\": expected a string that is not empty");
	expect_refusal(LISTS ", \"classes\": [{\"class\": \"mutex\"}]}",
		       "p.json: \"class\": there is no type class \"mutex\"");
	expect_refusal(LISTS ", \"classes\": [{\"class\": \"lock\", \"types\": \"x\"}]}",
		       "p.json: \"types\": expected an array of strings");
	expect_refusal(LISTS ", \"classes\": [{\"class\": \"lock\", \"fields\": [1]}]}",
		       "p.json: \"fields\": expected an array of strings that are not empty");
}

static void lists_of_names_are_checked(void **state)
{
	(void)state;
	expect_refusal(LISTS ", \"padding\": \"_pad\"}",
		       "p.json: \"padding\": expected an array of strings");
	expect_refusal(LISTS ", \"padding\": [\"\"]}",
		       "p.json: \"padding\": expected an array of strings that are not empty");
	expect_refusal(LISTS ", \"unit_order\": [null]}",
		       "p.json: \"unit_order\": expected an array of strings that are not empty");
}

static void files_that_cannot_be_read_are_usage_errors(void **state)
{
	struct pl_pack *pack = NULL;

	(void)state;
	expect_error(pl_pack_load("/nonexistent/p.json", &pack), PL_ERROR_USAGE,
		     "/nonexistent/p.json: No such file or directory");
	expect_error(pl_pack_load("/proc/self/comm", &pack), PL_ERROR_USAGE,
		     "/proc/self/comm:1:4: '[' or '{' expected near 'test'");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(packs_are_read_whole),
		cmocka_unit_test(little_is_required),
		cmocka_unit_test(the_built_in_pack_is_sound),
		cmocka_unit_test(bad_json_is_placed),
		cmocka_unit_test(heads_are_checked),
		cmocka_unit_test(overlays_are_checked),
		cmocka_unit_test(pages_are_checked),
		cmocka_unit_test(classes_are_checked),
		cmocka_unit_test(lists_of_names_are_checked),
		cmocka_unit_test(files_that_cannot_be_read_are_usage_errors),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
