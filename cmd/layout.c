/* SPDX-License-Identifier: MIT */
#include "analysis.h"
#include "collect.h"
#include "report_options.h"
#include "source_options.h"

static const struct option_group *const groups[] = {&source_options, &report_options,
						    &manner_options};

const struct option_table layout_table = {
	.usage = "pagelap layout [OPTION...] [[NAME=]SOURCE...]",
	.about =
		"Maps which bytes of the host record (struct page) each overlay uses. SOURCE is "
		"a\n"
		"configured kernel tree or headers package, an ELF file with DWARF or BTF\n"
		"(vmlinux, .o, .ko, separate debug file), raw BTF, a kernel image (vmlinuz), or a\n"
		"saved JSON report; without one, the running kernel.\n",
	.groups = groups,
	.count = sizeof(groups) / sizeof(*groups),
};

static struct pl_error *layout(const struct settings *settings, char **sources, size_t count,
			       enum exit_code *ret)
{
	PL_CLEANUP(analysis_release) struct analysis a = {0};

	PL_TRY(analysis_init(settings, &a));
	PL_TRY(collect(settings, a.pack, a.recipe, sources, count, a.report));
	return analysis_finish(settings, a.report, ret);
}

enum exit_code layout_run(int argc, char **argv)
{
	struct settings settings = SETTINGS_INIT;

	return analysis_main(&layout_table, argc, argv, &settings, layout);
}
