/* SPDX-License-Identifier: MIT */
#include "read/kbuild/makefile.h"

#include <ctype.h>
#include <string.h>

#include "support/strbuf.h"

/* How many names are looked up for one: parts of parts, each in all lines. */
enum { MOST_LOOKS = 64 };

struct look {
	struct pl_arena *arena;
	const char *makefile;
	const struct pl_kconfig *config;
	unsigned looks;
};

struct pl_error *pl_makefile_plain(struct pl_arena *arena, const char *text, const char **ret)
{
	PL_CLEANUP(pl_strbuf_release) struct pl_strbuf plain = PL_STRBUF_INIT;
	bool comment = false;

	for (; *text; text++) {
		if (*text == '\\' && text[1] == '\n') {
			pl_strbuf_add_char(&plain, ' ');
			text++;
			continue;
		}
		comment = *text != '\n' && (comment || *text == '#');
		if (!comment)
			pl_strbuf_add_char(&plain, *text);
	}
	*ret = pl_strbuf_failed(&plain) ? NULL : pl_arena_strdup(arena, plain.text);
	return *ret ? NULL : pl_error_no_memory();
}

static bool in_name(char c)
{
	return c && (isalnum((unsigned char)c) || strchr("_.+-/", c));
}

/* How a line names something: as one word of a list, or in some other way. */
enum mention { MENTION_NONE, MENTION_WORD, MENTION_OTHER };

static enum mention mention_in(const char *line, size_t length, const char *name)
{
	size_t size = strlen(name);
	enum mention found = MENTION_NONE;

	for (size_t i = 0; i + size <= length; i++) {
		char before = i ? line[i - 1] : ' ',
		     after = i + size < length ? line[i + size] : ' ';

		if (strncmp(line + i, name, size) || in_name(before) || in_name(after))
			continue;
		if ((!isspace((unsigned char)before) && before != '=') ||
		    !isspace((unsigned char)after))
			return MENTION_OTHER;
		found = MENTION_WORD;
	}
	return found;
}

/* What "LIST += ..." assigns to, of LENGTH bytes, without blanks; nothing if LINE is not that. */
static struct pl_bytes list_of(const char *line, size_t length)
{
	const char *equals = memchr(line, '=', length);
	size_t end = equals ? (size_t)(equals - line) : 0, start = 0;

	while (end && strchr("+:? \t", line[end - 1]))
		end--;
	while (start < end && isspace((unsigned char)line[start]))
		start++;
	return (struct pl_bytes){(const unsigned char *)line + start, end - start};
}

static bool is_text(struct pl_bytes bytes, const char *text)
{
	return bytes.size == strlen(text) && !memcmp(bytes.data, text, bytes.size);
}

/* The option in "$(CONFIG_X)" or "${CONFIG_X}"; nothing if TEXT is not just that. */
static struct pl_bytes option_in(struct pl_bytes text)
{
	static const char start[] = "CONFIG_";
	struct pl_bytes option;
	const char *brackets;

	if (text.size < strlen(start) + 3)
		return (struct pl_bytes){0};
	brackets = text.data[1] == '(' ? "$()" : "${}";
	option = (struct pl_bytes){text.data + 2, text.size - 3};
	if (memcmp(text.data, brackets, 2) || (char)text.data[text.size - 1] != brackets[2] ||
	    memcmp(option.data, start, strlen(start)))
		return (struct pl_bytes){0};
	for (size_t i = 0; i < option.size; i++)
		if (!isalnum(option.data[i]) && option.data[i] != '_')
			return (struct pl_bytes){0};
	return option;
}

static struct pl_error *is_set(const struct look *look, struct pl_bytes option, bool *ret)
{
	const char *name = pl_arena_strndup(look->arena, (const char *)option.data, option.size),
		   *value;

	if (!name)
		return pl_error_no_memory();
	value = pl_kconfig_get(look->config, name);
	*ret = value && (!strcmp(value, "y") || !strcmp(value, "m"));
	return NULL;
}

static struct pl_error *find(struct look *look, const char *target, enum pl_built *ret);

/* Of what is put together as NAME.o; of other lists, which are called in the same way, no more is
 * known. */
static struct pl_error *part_of(struct look *look, struct pl_bytes name, enum pl_built *ret)
{
	const char *whole =
		pl_arena_printf(look->arena, "%.*s.o", (int)name.size, (const char *)name.data);

	if (!whole)
		return pl_error_no_memory();
	PL_TRY(find(look, whole, ret));
	if (*ret == PL_BUILT_UNNAMED)
		*ret = PL_BUILT_MAYBE;
	return NULL;
}

/* What becomes of the members of LIST: "obj-y", "obj-$(CONFIG_X)", "name-objs", ... */
static struct pl_error *fate_of(struct look *look, struct pl_bytes list, enum pl_built *ret)
{
	struct pl_bytes name = list, how;
	bool set = true;

	*ret = PL_BUILT_MAYBE;
	while (name.size && name.data[name.size - 1] != '-')
		name.size--;
	if (!name.size)
		return NULL;
	how = (struct pl_bytes){list.data + name.size, list.size - name.size};
	name.size--;
	if (option_in(how).size)
		PL_TRY(is_set(look, option_in(how), &set));
	else if (!is_text(how, "y") && !is_text(how, "m") && !is_text(how, "objs"))
		return NULL;
	if (!set)
		*ret = PL_BUILT_NOT;
	return set && !is_text(name, "obj") ? part_of(look, name, ret) : NULL;
}

/* A file of a name that is not known may say anything. */
static bool is_include(const char *line, size_t length)
{
	static const char *const words[] = {"include", "-include", "sinclude"};

	while (length && isspace((unsigned char)*line)) {
		line++;
		length--;
	}
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (length > strlen(words[i]) && !strncmp(line, words[i], strlen(words[i])) &&
		    isspace((unsigned char)line[strlen(words[i])]))
			return true;
	return false;
}

static struct pl_error *look_at_line(struct look *look, const char *line, size_t length,
				     const char *target, enum pl_built *ret)
{
	struct pl_bytes list = list_of(line, length);

	switch (mention_in(line, length, target)) {
	case MENTION_NONE:
		*ret = is_include(line, length) ? PL_BUILT_MAYBE : PL_BUILT_UNNAMED;
		return NULL;
	case MENTION_WORD:
		if (list.size)
			return fate_of(look, list, ret);
		break;
	default:
		break;
	}
	*ret = PL_BUILT_MAYBE;
	return NULL;
}

/* What is named under several options is built if any of them is set. */
static struct pl_error *find(struct look *look, const char *target, enum pl_built *ret)
{
	*ret = PL_BUILT_MAYBE;
	if (look->looks++ == MOST_LOOKS)
		return NULL;
	*ret = PL_BUILT_UNNAMED;
	for (const char *line = look->makefile; *line && *ret != PL_BUILT_MAYBE;) {
		size_t length = strcspn(line, "\n");
		enum pl_built built;

		PL_TRY(look_at_line(look, line, length, target, &built));
		if (built != PL_BUILT_UNNAMED)
			*ret = built;
		line += length + (line[length] == '\n');
	}
	return NULL;
}

struct pl_error *pl_makefile_builds(struct pl_arena *arena, const char *makefile,
				    const char *target, const struct pl_kconfig *config,
				    enum pl_built *ret)
{
	struct look look = {.arena = arena, .makefile = makefile, .config = config};

	return find(&look, target, ret);
}
