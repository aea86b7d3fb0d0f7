/* SPDX-License-Identifier: MIT */
#include "support/glob.h"

#include <fnmatch.h>

bool pl_glob_any(const char *const *globs, size_t count, const char *text)
{
	for (size_t i = 0; i < count; i++)
		if (!fnmatch(globs[i], text, 0))
			return true;
	return false;
}
