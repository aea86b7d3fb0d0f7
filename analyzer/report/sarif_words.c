/* SPDX-License-Identifier: MIT */
#include "report/sarif_internal.h"

static const char *const levels[PL_SEVERITY_COUNT] = {
	[PL_SEVERITY_NONE] = "none",
	[PL_SEVERITY_INFO] = "note",
	[PL_SEVERITY_WARNING] = "warning",
	[PL_SEVERITY_ERROR] = "error",
};

const char *pl_sarif_level(enum pl_severity severity)
{
	return levels[severity];
}

json_t *pl_sarif_message(const char *text)
{
	struct pl_json json = pl_json_new();

	pl_json_text(&json, "text", text);
	return pl_json_take(&json);
}
