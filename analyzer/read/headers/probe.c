/* SPDX-License-Identifier: MIT */
#include "read/headers/probe.h"

#include <string.h>
#include <unistd.h>

struct pl_error *pl_probe_include(const char *path, struct pl_strbuf *ret)
{
	if (strpbrk(path, "\"\n\\"))
		return pl_error_new(PL_ERROR_UNREADABLE,
				    "%s: C cannot include a file of such a name", path);
	pl_strbuf_printf(ret, "#include \"%s\"\n", path);
	return NULL;
}

static void add_measurements(const struct pl_recipe *recipe, struct pl_strbuf *ret)
{
	for (size_t i = 0; i < recipe->n_sizes; i++)
		pl_strbuf_printf(ret, "extern char " PL_PROBE_SIZE "%zu[sizeof(%s)];\n", i,
				 recipe->sizes[i].type);
	pl_strbuf_add(ret, "extern char " PL_PROBE_ENDIAN
			   "[1 + (__BYTE_ORDER__ == __ORDER_BIG_ENDIAN__)];\n");
}

struct pl_error *pl_probe_text(const char *source, const char *const *list, size_t count,
			       const struct pl_recipe *recipe, struct pl_strbuf *ret)
{
	size_t found = 0;

	for (size_t i = 0; i < count; i++) {
		PL_CLEANUP(pl_strbuf_release) struct pl_strbuf path = PL_STRBUF_INIT;

		pl_strbuf_printf(&path, "%s/%s", source, list[i]);
		if (pl_strbuf_failed(&path))
			return pl_error_no_memory();
		if (access(path.text, F_OK))
			continue;
		found++;
		PL_TRY(pl_probe_include(path.text, ret));
	}
	if (!found)
		return pl_error_new(PL_ERROR_MISSING,
				    "%s: none of the headers that the rule pack names is in it",
				    source);
	add_measurements(recipe, ret);
	return pl_strbuf_failed(ret) ? pl_error_no_memory() : NULL;
}
