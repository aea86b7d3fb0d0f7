/* SPDX-License-Identifier: MIT */
#include "read/naming.h"

#include <string.h>

#include "support/text.h"

static const char *base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash && slash[1] ? slash + 1 : path;
}

struct pl_error *pl_name_target(const struct pl_report *report, const char *wanted,
				struct pl_target *target)
{
	const char *name = wanted	  ? wanted
			   : target->name ? target->name
			   : target->arch ? target->arch
					  : base_name(target->source.path);

	target->name = pl_text_copy(target->arena, name);
	if (target->name && !wanted && target->release && pl_report_target(report, target->name))
		target->name = pl_arena_printf(target->arena, "%s-%s", name, target->release);
	name = target->name;
	for (unsigned i = 2; target->name && pl_report_target(report, target->name); i++)
		target->name = pl_arena_printf(target->arena, "%s#%u", name, i);
	return target->name ? NULL : pl_error_no_memory();
}
