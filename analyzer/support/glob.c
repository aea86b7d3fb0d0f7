/* SPDX-License-Identifier: MIT */
#include "support/glob.h"

#include <fnmatch.h>

/* Behind the set that begins at AT, or NULL if it does not end. */
static const char *skip_set(const char *at)
{
	at++;
	at += *at == '!' || *at == '^';
	at += *at == ']';
	while (*at && *at != ']')
		at += *at == '\\' && at[1] ? 2 : 1;
	return *at ? at + 1 : NULL;
}

bool pl_glob_is_whole(const char *glob)
{
	while (glob && *glob) {
		if (*glob == '\\' && !glob[1])
			return false;
		glob = *glob == '[' ? skip_set(glob) : glob + (*glob == '\\' ? 2 : 1);
	}
	return glob;
}

bool pl_glob_any(const char *const *globs, size_t count, const char *text)
{
	for (size_t i = 0; i < count; i++)
		if (!fnmatch(globs[i], text, 0))
			return true;
	return false;
}
