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

#include "identity_fixture.h"

int set_up(void **state)
{
	struct fixture *fixture = calloc(1, sizeof(*fixture));

	if (!fixture)
		return -1;
	snprintf(fixture->directory, sizeof(fixture->directory), "/tmp/identity-XXXXXX");
	if (!mkdtemp(fixture->directory))
		return -1;
	snprintf(fixture->path, sizeof(fixture->path), "%s/vmlinux", fixture->directory);
	fixture->target = pl_target_new();
	fixture->request.path = fixture->path;
	fixture->request.banner = "Kernel version ";
	*state = fixture;
	return fixture->target ? 0 : -1;
}

int tear_down(void **state)
{
	struct fixture *fixture = *state;
	char command[128];

	snprintf(command, sizeof(command), "rm -rf %s", fixture->directory);
	pl_target_free(fixture->target);
	free(fixture);
	return system(command);
}

void write_file(const struct fixture *fixture, const char *name, const void *text, size_t size)
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
	assert_int_equal(fwrite(text, 1, size, file), size);
	assert_int_equal(fclose(file), 0);
}

void write_text(const struct fixture *fixture, const char *name, const char *text)
{
	write_file(fixture, name, text, strlen(text));
}

struct pl_bytes bytes_of(const char *text, size_t size)
{
	return (struct pl_bytes){(const unsigned char *)text, size};
}

void assert_text(const char *text, const char *expected)
{
	if (!expected) {
		assert_null(text);
		return;
	}
	assert_non_null(text);
	assert_string_equal(text, expected);
}
