/* SPDX-License-Identifier: MIT */
/* Parts of a rule pack as JSON, for each test of the file that includes this; see tear_down. */
#ifndef PAGELAP_TESTS_RULES_FIXTURE_H
#define PAGELAP_TESTS_RULES_FIXTURE_H

#include "testing.h"

#include "check/load/pack_load.h"

/* JSON with ' for ". What is loaded last is freed by the next one, or with the test. */
static struct pl_pack *pack;

static int tear_down(void **state)
{
	(void)state;
	pl_pack_free(pack);
	pack = NULL;
	return 0;
}

static struct pl_error *parse(const char *fragment)
{
	char text[2048];
	int length;

	length = snprintf(text, sizeof(text),
			  "{'schema': 'pagelap-rules/1', 'name': 'n', 'host': 'page', %s}",
			  fragment);
	assert_in_range(length, 1, sizeof(text) - 1);
	for (char *c = text; *c; c++)
		*c = *c == '\'' ? '"' : *c;
	tear_down(NULL);
	return pl_pack_parse("p", bytes_of_text(text), &pack);
}

struct refusal {
	const char *fragment, *message;
};

/* FORMAT takes the fragment of each case, and the message begins with PREFIX. */
static void expect_refusals(const char *format, const char *prefix, const struct refusal *cases,
			    size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const char *hole = strstr(format, "%s");
		char text[2048], message[512];

		assert_non_null(hole);
		snprintf(text, sizeof(text), "%.*s%s%s", (int)(hole - format), format,
			 cases[i].fragment, hole + 2);
		snprintf(message, sizeof(message), "p: %s%s", prefix, cases[i].message);
		expect_error(parse(text), PL_ERROR_USAGE, message);
		assert_null(pack);
	}
}

#define expect_refused(format, prefix, ...)                                                        \
	do {                                                                                       \
		const struct refusal cases_[] = {__VA_ARGS__};                                     \
		expect_refusals(format, prefix, cases_, COUNT(cases_));                            \
	} while (0)

#define STRING "expected a string that is not empty"
#define STRINGS "expected an array of strings"
#define OBJECTS "expected an array of objects"
#define RULE_FORMAT "'overlays': [], 'rules': [%s]"
#define INFO "'id': 'R', 'title': 'T', 'why': 'W', 'severity': 'error'"

#endif
