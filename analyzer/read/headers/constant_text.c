/* SPDX-License-Identifier: MIT */
#include "read/headers/constant_text.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#define ENUM "enum " PL_PROBE_CONSTANT

static bool is_word(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

static void add_macro(const struct pl_wanted_macro *macro, struct pl_strbuf *ret)
{
	size_t name = 0;

	while (is_word(macro->define[name]))
		name++;
	pl_strbuf_printf(ret, "#undef %.*s\n#define %s %s\n", (int)name, macro->define,
			 macro->define, macro->as);
}

static void add_constant(const struct pl_wanted_constant *wanted, size_t index,
			 struct pl_strbuf *ret)
{
	pl_strbuf_add(ret, "#if 1");
	for (size_t i = 0; i < wanted->n_needs; i++)
		pl_strbuf_printf(ret, " && defined(%s)", wanted->needs[i]);
	pl_strbuf_printf(ret, "\n" ENUM "%zu { " PL_PROBE_CONSTANT "%zu_ = (%s) };\n#endif\n",
			 index, index, wanted->expression);
}

struct pl_error *pl_constant_text(const struct pl_wanted_constant *constants, size_t n_constants,
				  const struct pl_wanted_macro *macros, size_t n_macros,
				  struct pl_strbuf *ret)
{
	for (size_t i = 0; i < n_macros; i++)
		add_macro(&macros[i], ret);
	for (size_t i = 0; i < n_constants; i++)
		add_constant(&constants[i], i, ret);
	return pl_strbuf_failed(ret) ? pl_error_no_memory() : NULL;
}

bool pl_constant_index(const char *name, size_t *ret)
{
	size_t length = strlen(PL_PROBE_CONSTANT);

	if (strncmp(name, PL_PROBE_CONSTANT, length) || !isdigit((unsigned char)name[length]))
		return false;
	*ret = strtoul(name + length, NULL, 10);
	return true;
}

bool pl_constant_at(struct pl_bytes text, size_t offset, size_t *ret)
{
	size_t start = offset < text.size ? offset : text.size, length = strlen(ENUM);
	bool found = false;

	while (start && text.data[start - 1] != '\n')
		start--;
	if (text.size - start < length || memcmp(text.data + start, ENUM, length))
		return false;
	*ret = 0;
	for (start += length; start < text.size && isdigit(text.data[start]); start++) {
		*ret = *ret * 10 + (size_t)(text.data[start] - '0');
		found = true;
	}
	return found;
}
