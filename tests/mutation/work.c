/* SPDX-License-Identifier: MIT */
#include "work.h"
#include "mapped.h"

#include "read/read.h"
#include "report/report.h"

static struct pl_error *render(const struct pl_report *report, struct pl_strbuf *json)
{
	PL_CLEANUP(pl_strbuf_release) struct pl_strbuf text = PL_STRBUF_INIT;
	const struct pl_text_options options = {.width = 100, .colour = true};

	PL_TRY(pl_report_text(report, &options, &text));
	return pl_report_json(report, json);
}

struct pl_error *report_on(const struct pl_pack *pack, const char *path, bool all_units,
			   struct pl_strbuf *json)
{
	PL_CLEANUP(pl_report_cleanup) struct pl_report *report = pl_report_new();
	const char *records[64] = {pack->host};
	struct pl_read_request request = {
		.path = path,
		.records = records,
		.n_records = pack->n_overlays + 1,
		.unit_order = pack->unit_order,
		.n_unit_order = pack->n_unit_order,
		.banner = pack->banner,
		.check_all_units = all_units,
		.debug_dir = "/nonexistent",
	};

	if (!report)
		return pl_error_no_memory();
	for (size_t i = 0; i < pack->n_overlays; i++)
		records[i + 1] = pack->overlays[i].name;
	PL_TRY(pl_read_source(&request, report));
	PL_TRY(map_report(pack, report));
	return render(report, json);
}
