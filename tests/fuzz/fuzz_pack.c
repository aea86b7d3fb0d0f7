/* SPDX-License-Identifier: MIT */
/* Rule packs: loaded, explained, and held against a small kernel. */
#include "fuzz.h"

#include "check/load/pack_load.h"
#include "map/map.h"
#include "report/report.h"
#include "report/rules.h"
#include "sample.h"

static void explain(const struct pl_pack *pack)
{
	PL_CLEANUP(pl_strbuf_release) struct pl_strbuf out = PL_STRBUF_INIT;
	const struct pl_text_options options = {.width = 80};

	for (size_t i = 0; i < pack->n_rules; i++)
		(void)fuzz_failed(pl_rule_explain(pack, &pack->rules[i], &options, &out));
	(void)fuzz_failed(pl_rules_text(pack, &out));
	(void)fuzz_failed(pl_rules_json(pack, &out));
	(void)fuzz_failed(pl_rules_near(pack, "TAIL-BITS", &out));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	PL_CLEANUP(pl_pack_cleanup) struct pl_pack *pack = NULL;
	PL_CLEANUP(pl_report_cleanup) struct pl_report *report = pl_report_new();
	struct pl_target *target;

	if (!report)
		abort();
	if (fuzz_failed(pl_pack_parse("pack", (struct pl_bytes){data, size}, &pack)))
		return 0;
	explain(pack);
	target = sample_pinned_target("sample");
	if (fuzz_failed(pl_report_add_target(report, target)))
		abort();
	pl_map_classify(pack, target);
	if (!fuzz_failed(pl_map_target(target, pack->host, pack->overlays, pack->n_overlays)))
		fuzz_report(pack, report);
	return 0;
}
