/* SPDX-License-Identifier: MIT */
/*
 * unused SOURCE: the bytes of struct page that no overlay of a kernel uses,
 * with libpagelap and nothing of its command line.
 *
 *	cc -o unused unused.c $(pkg-config --cflags --libs pagelap)
 */
#include <inttypes.h>
#include <stdio.h>

#include <check/load/pack_load.h>
#include <map/map.h>
#include <model/report.h>
#include <read/read.h>

/* The names of the records that PACK is about: its host, then its overlays. */
static const char **record_names(const struct pl_pack *pack)
{
	const char **names = pl_arena_array(pack->arena, pack->n_overlays + 1, sizeof(*names));

	if (!names)
		return NULL;
	names[0] = pack->host;
	for (size_t i = 0; i < pack->n_overlays; i++)
		names[i + 1] = pack->overlays[i].name;
	return names;
}

/* Everything that can go wrong is an error that the caller frees. */
static struct pl_error *read_kernel(const struct pl_pack *pack, const char *path,
				    struct pl_report *report)
{
	const struct pl_read_request request = {
		.path = path,
		.records = record_names(pack),
		.n_records = pack->n_overlays + 1,
		.unit_order = pack->unit_order,
		.n_unit_order = pack->n_unit_order,
		.host = pack->host,
	};

	if (!request.records)
		return pl_error_no_memory();
	PL_TRY(pl_read_source(&request, report));
	for (size_t i = 0; i < report->n_targets; i++) {
		pl_map_classify(pack, report->targets[i]);
		PL_TRY(pl_map_target(report->targets[i], pack->host, pack->overlays,
				     pack->n_overlays));
	}
	return NULL;
}

static void print_unused(const struct pl_target *target)
{
	for (size_t i = 0; i < target->n_host_unused; i++) {
		const struct pl_bit_range *range = &target->host_unused[i];

		printf("%s: page %zu, bit %" PRIu64 ": %" PRIu64 " bits\n", target->name,
		       range->page, range->offset, range->size);
	}
	printf("%s: %zu overlays, %zu ranges that none of them uses\n", target->name,
	       target->n_overlays, target->n_host_unused);
}

static struct pl_error *run(const char *path)
{
	PL_CLEANUP(pl_pack_cleanup) struct pl_pack *pack = NULL;
	PL_CLEANUP(pl_report_cleanup) struct pl_report *report = pl_report_new();

	if (!report)
		return pl_error_no_memory();
	PL_TRY(pl_pack_builtin(&pack));
	PL_TRY(read_kernel(pack, path, report));
	for (size_t i = 0; i < report->n_targets; i++)
		print_unused(report->targets[i]);
	return NULL;
}

int main(int argc, char **argv)
{
	struct pl_error *error = run(argc > 1 ? argv[1] : "/sys/kernel/btf/vmlinux");

	if (!error)
		return 0;
	fprintf(stderr, "unused: %s\n", error->message);
	pl_error_free(error);
	return 2;
}
