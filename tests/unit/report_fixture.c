/* SPDX-License-Identifier: MIT */
#include "report_fixture.h"

#include <stdlib.h>

#include "map/map.h"
#include "read/report/report_read.h"
#include "report/report.h"
#include "testing.h"

static const struct pl_read_request request = {.path = "saved.json"};

struct pl_strbuf text_of(struct pl_report *report)
{
	struct pl_strbuf text = PL_STRBUF_INIT;

	expect_ok(pl_report_merge(report));
	expect_ok(pl_report_json(report, &text));
	return text;
}

struct pl_bytes bytes_of(const struct pl_strbuf *text)
{
	return (struct pl_bytes){(const unsigned char *)text->text, text->length};
}

void map_all(struct pl_report *report)
{
	for (size_t i = 0; i < report->n_targets; i++) {
		struct pl_target *target = report->targets[i];

		assert_true(target->saved);
		expect_ok(pl_map_target(target, target->host, target->wanted, target->n_wanted));
	}
}

void expect_same_text(const char *left, const char *right)
{
	assert_int_equal(!left, !right);
	if (left)
		assert_string_equal(left, right);
}

json_t *value_at(json_t *root, const char *path)
{
	while (root && *path) {
		size_t length = strcspn(path, ".[");
		char key[40];

		if (*path == '[') {
			root = json_array_get(root, (size_t)strtoul(path + 1, NULL, 10));
			path += strcspn(path, "]") + 1;
		} else {
			snprintf(key, sizeof(key), "%.*s", (int)length, path);
			root = json_object_get(root, key);
			path += length;
		}
		path += *path == '.';
	}
	assert_non_null(root);
	return root;
}

void expect_refusal_of(struct pl_report *report, const char *path, const char *key,
		       const char *value, const char *message)
{
	struct pl_report *again = pl_report_new();
	struct pl_strbuf text = text_of(report);
	json_t *root = json_loads(text.text, 0, NULL), *place = value_at(root, path);
	json_t *wrong = value ? json_loads(value, JSON_DECODE_ANY, NULL) : NULL;
	char *broken;

	if (wrong)
		assert_int_equal(json_object_set_new(place, key, wrong), 0);
	else
		assert_int_equal(json_object_del(place, key), 0);
	broken = json_dumps(root, 0);
	expect_unreadable(pl_report_read(&request, bytes_of_text(broken), again), message);
	free(broken);
	json_decref(root);
	pl_report_free(report);
	pl_report_free(again);
	pl_strbuf_release(&text);
}
