/* SPDX-License-Identifier: MIT */
#include "read/naming.h"

#include <stdlib.h>
#include <string.h>

#include "support/text.h"

static const char *base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash && slash[1] ? slash + 1 : path;
}

/* The number that comes after those of the targets called NAME#2, NAME#3 ... */
static size_t next_number(const struct pl_report *report, const char *name)
{
	size_t length = strlen(name), last = 1;

	for (size_t i = 0; i < report->n_targets; i++) {
		const char *its = report->targets[i]->name;
		size_t number;

		if (strncmp(its, name, length) || its[length] != '#')
			continue;
		number = strtoul(its + length + 1, NULL, 10);
		if (number > last && number <= report->n_targets)
			last = number;
	}
	return last + 1;
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
	if (!name || !pl_report_target(report, name))
		return name ? NULL : pl_error_no_memory();
	for (size_t i = next_number(report, name);
	     target->name && pl_report_target(report, target->name); i++)
		target->name = pl_arena_printf(target->arena, "%s#%zu", name, i);
	return target->name ? NULL : pl_error_no_memory();
}
