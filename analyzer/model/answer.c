/* SPDX-License-Identifier: MIT */
#include "model/answer.h"

#include <string.h>

static const char *const by_names[PL_BY_COUNT] = {
	[PL_BY_FIELD] = "field",	 [PL_BY_FUNCTION] = "function", [PL_BY_FILE] = "file",
	[PL_BY_DIRECTORY] = "directory", [PL_BY_ARCH] = "arch",
};

static const char *const show_names[PL_SHOW_COUNT] = {
	[PL_SHOW_USES] = "uses",   [PL_SHOW_COUNTS] = "counts", [PL_SHOW_IDLE] = "idle",
	[PL_SHOW_NAMES] = "names", [PL_SHOW_SINGLE] = "single",
};

static bool find(const char *const *names, int count, const char *name, int *ret)
{
	for (int i = 0; i < count; i++) {
		if (!strcmp(names[i], name)) {
			*ret = i;
			return true;
		}
	}
	return false;
}

const char *pl_by_name(enum pl_by by)
{
	return by_names[by];
}

bool pl_by_parse(const char *name, enum pl_by *ret)
{
	int index = 0;
	bool found = find(by_names, PL_BY_COUNT, name, &index);

	if (found)
		*ret = (enum pl_by)index;
	return found;
}

const char *pl_show_name(enum pl_show show)
{
	return show_names[show];
}

bool pl_show_parse(const char *name, enum pl_show *ret)
{
	int index = 0;
	bool found = find(show_names, PL_SHOW_COUNT, name, &index);

	if (found)
		*ret = (enum pl_show)index;
	return found;
}
