/* SPDX-License-Identifier: MIT */
#include "read/paths.h"

#include <string.h>

/* Takes the last component off; the slash of "/" stays. */
static void pop(struct pl_strbuf *path)
{
	const char *slash = strrchr(path->text, '/');
	size_t length = slash ? (size_t)(slash - path->text) : 0;

	pl_strbuf_truncate(path, length || !slash ? length : 1);
}

static void push(struct pl_strbuf *path, const char *component, size_t length)
{
	if (!length || (length == 1 && component[0] == '.'))
		return;
	if (length == 2 && !memcmp(component, "..", 2)) {
		pop(path);
		return;
	}
	if (path->length && path->text[path->length - 1] != '/')
		pl_strbuf_add_char(path, '/');
	pl_strbuf_add_bytes(path, component, length);
}

static void push_all(struct pl_strbuf *path, const char *name)
{
	while (*name) {
		size_t length = strcspn(name, "/");

		push(path, name, length);
		name += length;
		name += *name == '/';
	}
}

void pl_path_join(const char *directory, const char *name, struct pl_strbuf *ret)
{
	bool absolute = name[0] == '/';

	pl_strbuf_truncate(ret, 0);
	if (absolute || (directory && directory[0] == '/'))
		pl_strbuf_add_char(ret, '/');
	if (!absolute && directory)
		push_all(ret, directory);
	push_all(ret, name);
}

void pl_path_common(struct pl_strbuf *root, const char *path)
{
	size_t same = 0, end = 0;

	while (root->text[same] && root->text[same] == path[same]) {
		if (root->text[same] == '/')
			end = same;
		same++;
	}
	if ((!root->text[same] || root->text[same] == '/') && (!path[same] || path[same] == '/'))
		end = same;
	pl_strbuf_truncate(root, end);
}

const char *pl_path_below(const char *root, const char *path)
{
	size_t length = strlen(root);

	if (!length || strncmp(path, root, length) || path[length] != '/')
		return path;
	return path + length + 1;
}

char *pl_path_beside(struct pl_arena *arena, const char *path, const char *name)
{
	const char *slash = strrchr(path, '/');

	return pl_arena_printf(arena, "%.*s%s", slash ? (int)(slash + 1 - path) : 0, path, name);
}
