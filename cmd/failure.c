/* SPDX-License-Identifier: MIT */
#include "failure.h"

struct pl_error *failure_note(struct pl_report *report, const char *name, const char *path,
			      struct pl_error *error)
{
	struct pl_failure failure = {name, path, error->kind, error->message};
	struct pl_error *second;

	if (error->kind == PL_ERROR_MEMORY)
		return error;
	second = pl_report_add_failure(report, &failure);
	pl_error_free(error);
	return second;
}
