/* SPDX-License-Identifier: MIT */
#include "report/json_internal.h"
#include "support/strbuf.h"
#include "support/utf8.h"

struct pl_json pl_json_new(void)
{
	json_t *object = json_object();

	return (struct pl_json){object, !object};
}

json_t *pl_json_take(struct pl_json *json)
{
	if (json->failed) {
		json_decref(json->object);
		return NULL;
	}
	return json->object;
}

void pl_json_value(struct pl_json *json, const char *key, json_t *value)
{
	/* It takes the value also where there is no object to put it into. */
	if (json_object_set_new(json->object, key, value))
		json->failed = true;
}

void pl_json_null(struct pl_json *json, const char *key)
{
	pl_json_value(json, key, json_null());
}

static bool is_utf8(const char *text)
{
	size_t length;

	while ((length = pl_utf8_length(text)))
		text += length;
	return !*text;
}

json_t *pl_json_string(const char *text)
{
	PL_CLEANUP(pl_strbuf_release) struct pl_strbuf utf8 = PL_STRBUF_INIT;

	if (is_utf8(text))
		return json_string(text);
	for (const unsigned char *c = (const unsigned char *)text; *c; c++) {
		if (*c >= 0x80) {
			pl_strbuf_add_char(&utf8, (char)(0xc0 | *c >> 6));
			pl_strbuf_add_char(&utf8, (char)(0x80 | (*c & 0x3f)));
		} else {
			pl_strbuf_add_char(&utf8, (char)*c);
		}
	}
	return pl_strbuf_failed(&utf8) ? NULL : json_string(utf8.text);
}

void pl_json_text(struct pl_json *json, const char *key, const char *value)
{
	pl_json_value(json, key, value ? pl_json_string(value) : json_null());
}

void pl_json_number(struct pl_json *json, const char *key, uint64_t value)
{
	pl_json_value(json, key, json_integer((json_int_t)value));
}

void pl_json_index(struct pl_json *json, const char *key, size_t value)
{
	pl_json_value(json, key, value == PL_NONE ? json_null() : json_integer((json_int_t)value));
}

void pl_json_bool(struct pl_json *json, const char *key, bool value)
{
	pl_json_value(json, key, json_boolean(value));
}

void pl_json_place(struct pl_json *json, uint64_t offset, uint64_t size)
{
	pl_json_number(json, "offset_bits", offset);
	pl_json_number(json, "offset_bytes", offset / 8);
	pl_json_number(json, "size_bits", size);
}

void pl_json_declaration(struct pl_json *json, const struct pl_place *place)
{
	pl_json_text(json, "file", place->file);
	if (place->line)
		pl_json_number(json, "line", place->line);
	else
		pl_json_null(json, "line");
}

void pl_json_branches(struct pl_json *json, const struct pl_branch *branches, size_t count)
{
	json_t *unions = json_array(), *alternatives = json_array();

	for (size_t i = 0; i < count; i++) {
		pl_json_append(&unions, json_integer((json_int_t)branches[i].union_index));
		pl_json_append(&alternatives, json_integer((json_int_t)branches[i].alternative));
	}
	pl_json_value(json, "alternatives", alternatives);
	pl_json_value(json, "unions", unions);
}

void pl_json_append(json_t **array, json_t *value)
{
	if (!*array) {
		json_decref(value);
	} else if (json_array_append_new(*array, value)) {
		json_decref(*array);
		*array = NULL;
	}
}

static int append(const char *text, size_t length, void *buffer)
{
	pl_strbuf_add_bytes(buffer, text, length);
	return pl_strbuf_failed(buffer) ? -1 : 0;
}

struct pl_error *pl_json_dump(json_t *json, size_t flags, struct pl_strbuf *ret)
{
	int status = json ? json_dump_callback(json, append, ret, flags) : -1;

	json_decref(json);
	pl_strbuf_add_char(ret, '\n');
	return status || pl_strbuf_failed(ret) ? pl_error_no_memory() : NULL;
}

void pl_json_built(struct pl_json *json, const char *key, struct pl_strbuf *text)
{
	pl_json_value(json, key, pl_strbuf_failed(text) ? NULL : pl_json_string(text->text));
	pl_strbuf_release(text);
}
