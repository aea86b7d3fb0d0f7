/* SPDX-License-Identifier: MIT */
#include "model/access.h"

#include <string.h>

static const char *const kind_names[PL_ACCESS_KIND_COUNT] = {
	[PL_ACCESS_READ] = "read",
	[PL_ACCESS_WRITE] = "write",
	[PL_ACCESS_READ_WRITE] = "read-write",
	[PL_ACCESS_ADDRESS] = "address",
};

const char *pl_access_kind_name(enum pl_access_kind kind)
{
	return kind_names[kind];
}

bool pl_access_kind_parse(const char *name, enum pl_access_kind *ret)
{
	for (int i = 0; i < PL_ACCESS_KIND_COUNT; i++) {
		if (!strcmp(kind_names[i], name)) {
			*ret = (enum pl_access_kind)i;
			return true;
		}
	}
	return false;
}

bool pl_access_may_read(enum pl_access_kind kind)
{
	return kind != PL_ACCESS_WRITE;
}

bool pl_access_may_write(enum pl_access_kind kind)
{
	return kind != PL_ACCESS_READ;
}
