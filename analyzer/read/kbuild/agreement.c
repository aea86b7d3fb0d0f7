/* SPDX-License-Identifier: MIT */
#include "read/kbuild/agreement.h"

#include <string.h>

#include "support/strbuf.h"

#define MODULE "_MODULE"

/* "#define CONFIG_X VALUE" lines as "CONFIG_X=VALUE" ones. */
static struct pl_error *parse_header(struct pl_arena *arena, const char *header,
				     struct pl_kconfig *ret)
{
	PL_CLEANUP(pl_strbuf_release) struct pl_strbuf text = PL_STRBUF_INIT;
	static const char define[] = "#define ", option[] = "CONFIG_";

	for (; *header; header += strcspn(header, "\n"), header += *header == '\n') {
		const char *name = header + strlen(define), *value;

		if (strncmp(header, define, strlen(define)) ||
		    strncmp(name, option, strlen(option)))
			continue;
		value = name + strcspn(name, " \n");
		pl_strbuf_printf(&text, "%.*s=", (int)(value - name), name);
		value += *value == ' ';
		pl_strbuf_printf(&text, "%.*s\n", (int)strcspn(value, "\n"), value);
	}
	if (pl_strbuf_failed(&text))
		return pl_error_no_memory();
	*ret = (struct pl_kconfig){0};
	if (!text.length)
		return NULL;
	return pl_kconfig_parse(
		arena, (struct pl_bytes){(const unsigned char *)text.text, text.length}, ret);
}

static bool has(const struct pl_kconfig *config, const char *name, const char *value)
{
	const char *is = pl_kconfig_get(config, name);

	return is && !strcmp(is, value);
}

/* Whether OPTION of the configuration is in HEADER. */
static struct pl_error *is_defined(struct pl_arena *arena, const struct pl_kconfig *header,
				   const struct pl_kconfig_option *option, bool *ret)
{
	const char *module;

	*ret = true;
	if (!strcmp(option->value, "y"))
		*ret = has(header, option->name, "1");
	if (strcmp(option->value, "m"))
		return NULL;
	module = pl_arena_printf(arena, "%s" MODULE, option->name);
	*ret = module && has(header, module, "1");
	return module ? NULL : pl_error_no_memory();
}

/* Whether what a header DEFINES is in CONFIG, where a number may be 1, too. */
static struct pl_error *is_configured(struct pl_arena *arena, const struct pl_kconfig *config,
				      const struct pl_kconfig_option *defined, bool *ret)
{
	size_t length = strlen(defined->name), module = strlen(MODULE);
	const char *name;

	*ret = strcmp(defined->value, "1") || has(config, defined->name, "y") ||
	       has(config, defined->name, "1");
	if (*ret || length <= module || strcmp(defined->name + length - module, MODULE))
		return NULL;
	name = pl_arena_strndup(arena, defined->name, length - module);
	*ret = name && has(config, name, "m");
	return name ? NULL : pl_error_no_memory();
}

struct pl_error *pl_kconfig_compare(struct pl_arena *arena, const struct pl_kconfig *config,
				    const char *header, const char **ret)
{
	struct pl_kconfig defined;
	bool same = true;

	*ret = NULL;
	PL_TRY(parse_header(arena, header, &defined));
	for (size_t i = 0; same && i < config->count; i++) {
		PL_TRY(is_defined(arena, &defined, &config->options[i], &same));
		*ret = same ? NULL : config->options[i].name;
	}
	for (size_t i = 0; same && i < defined.count; i++) {
		PL_TRY(is_configured(arena, config, &defined.options[i], &same));
		*ret = same ? NULL : defined.options[i].name;
	}
	return NULL;
}
