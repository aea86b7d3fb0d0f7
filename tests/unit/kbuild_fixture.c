/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "check/load/recipe_load.h"
#include "kbuild_fixture.h"

int set_up(void **state)
{
	struct fixture *fixture = calloc(1, sizeof(*fixture));
	char template[] = "/tmp/kbuild-XXXXXX", *real;

	if (!fixture || !mkdtemp(template))
		return -1;
	real = realpath(template, NULL);
	if (!real)
		return -1;
	snprintf(fixture->directory, sizeof(fixture->directory), "%s", real);
	free(real);
	fixture->arena = pl_arena_new();
	*state = fixture;
	return fixture->arena && !pl_recipe_builtin(&fixture->recipe) ? 0 : -1;
}

int tear_down(void **state)
{
	struct fixture *fixture = *state;
	char command[128];

	snprintf(command, sizeof(command), "rm -rf %s", fixture->directory);
	pl_recipe_free(fixture->recipe);
	pl_arena_free(fixture->arena);
	free(fixture);
	return system(command);
}

const char *path_of(const struct fixture *fixture, const char *name)
{
	static char paths[4][256];
	static size_t next;
	char *path = paths[next++ % 4];

	snprintf(path, sizeof(paths[0]), "%s%s%s", fixture->directory, *name ? "/" : "", name);
	return path;
}

static void put(const struct fixture *fixture, const char *text, FILE *file)
{
	for (; *text; text++) {
		if (*text == '@')
			fputs(fixture->directory, file);
		else
			fputc(*text, file);
	}
}

void write_text(const struct fixture *fixture, const char *name, const char *text)
{
	char path[256];
	FILE *file;

	snprintf(path, sizeof(path), "%s/%s", fixture->directory, name);
	for (char *slash = path + strlen(fixture->directory) + 1; (slash = strchr(slash, '/'));
	     slash++) {
		*slash = '\0';
		mkdir(path, 0700);
		*slash = '/';
	}
	file = fopen(path, "w");
	assert_non_null(file);
	put(fixture, text, file);
	assert_int_equal(fclose(file), 0);
}

static void write_in(const struct fixture *fixture, const char *tree, const char *name,
		     const char *text)
{
	char path[256];

	snprintf(path, sizeof(path), "%s%s%s", tree, *tree ? "/" : "", name);
	write_text(fixture, path, text);
}

void write_source(const struct fixture *fixture, const char *name)
{
	write_in(fixture, name, "Makefile",
		 "# SPDX-License-Identifier: GPL-2.0\nVERSION = 7\nPATCHLEVEL = 2\nSUBLEVEL = 13\n"
		 "EXTRAVERSION = -rc1\nNAME = Baby Opossum Posse\ninclude $(srctree)/scripts/x\n");
	write_in(fixture, name, "include/linux/kconfig.h", "\n");
	write_in(fixture, name, "include/linux/compiler_types.h", "\n");
	write_in(fixture, name, "arch/x86/include/asm/page.h", "\n");
}

/* What is made of CONFIG for the compiler. */
static void write_autoconf(const struct fixture *fixture, const char *name, const char *config)
{
	char text[1024] = "\n";

	for (const char *line = config; *line; line += strcspn(line, "\n"), line += *line == '\n') {
		int length = (int)strcspn(line, "=\n");

		if (!strncmp(line + length, "=y", 2) || !strncmp(line + length, "=m", 2))
			snprintf(text + strlen(text), sizeof(text) - strlen(text),
				 "#define %.*s%s 1\n", length, line,
				 line[length + 1] == 'm' ? "_MODULE" : "");
	}
	write_in(fixture, name, "include/generated/autoconf.h", text);
}

void configure(const struct fixture *fixture, const char *name, const char *config,
	       const char *release)
{
	char text[128];

	write_autoconf(fixture, name, config);
	write_in(fixture, name, "arch/x86/include/generated/asm/x.h", "\n");
	write_in(fixture, name, ".config", config);
	if (!release)
		return;
	snprintf(text, sizeof(text), "#define UTS_RELEASE \"%s\"\n", release);
	write_in(fixture, name, "include/generated/utsrelease.h", text);
}

struct pl_error *open_tree(struct fixture *fixture, const char *name, const char *source)
{
	return pl_kbuild_open(fixture->arena, path_of(fixture, name), source, "/resource",
			      fixture->recipe, &fixture->kbuild);
}

const char *flags_of(const struct fixture *fixture)
{
	static char text[4096];
	size_t length = strlen(fixture->directory);

	text[0] = '\0';
	for (size_t i = 0; i < fixture->kbuild.n_flags; i++) {
		const char *flag = fixture->kbuild.flags[i];

		if (!strncmp(flag, fixture->directory, length))
			flag += length + (flag[length] == '/');
		if (i)
			strncat(text, " ", sizeof(text) - strlen(text) - 1);
		strncat(text, flag, sizeof(text) - strlen(text) - 1);
	}
	return text;
}
