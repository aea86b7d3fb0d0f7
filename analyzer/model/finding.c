/* SPDX-License-Identifier: MIT */
#include "model/finding.h"

#include <string.h>

static const char *const severity_names[PL_SEVERITY_COUNT] = {
	[PL_SEVERITY_NONE] = "none",
	[PL_SEVERITY_INFO] = "info",
	[PL_SEVERITY_WARNING] = "warning",
	[PL_SEVERITY_ERROR] = "error",
};

const char *pl_severity_name(enum pl_severity severity)
{
	return severity_names[severity];
}

bool pl_severity_parse(const char *name, enum pl_severity *ret)
{
	for (int i = 0; i < PL_SEVERITY_COUNT; i++) {
		if (!strcmp(severity_names[i], name)) {
			*ret = (enum pl_severity)i;
			return true;
		}
	}
	return false;
}
