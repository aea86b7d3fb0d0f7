/* SPDX-License-Identifier: MIT */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "read/usage/place.h"
#include "read/usage/usage_internal.h"
#include "support/hash.h"

/*
 * With fewer units than LEAST compiling headers does not pay. Of SAMPLE units
 * that are spread over all, PERCENT have to include a header, and be compiled
 * with a flag.
 */
enum { LEAST = 120, SAMPLE = 24, PERCENT = 80, MOST_BYTES = 256 << 20 };

/* Moves units that are spread over all that wait to the front of them. */
static void put_sample_first(struct pl_usage_run *run)
{
	for (size_t i = 0; i < SAMPLE; i++) {
		size_t from = i * run->n_waiting / SAMPLE, unit = run->waiting[from];

		memmove(&run->waiting[i + 1], &run->waiting[i], (from - i) * sizeof(*run->waiting));
		run->waiting[i] = unit;
	}
}

/* What the sample says of one file. */
struct seen {
	uint32_t input;
	size_t units;
	bool direct;
};

static struct pl_error *count_inputs(const struct pl_usage_run *run, struct seen **ret)
{
	size_t count = run->gathered.n_inputs;
	struct seen *seen = pl_arena_array(run->arena, count, sizeof(*seen));

	if (!seen)
		return pl_error_no_memory();
	for (size_t i = 0; i < SAMPLE; i++) {
		const struct pl_gathered_unit *unit = &run->results[run->waiting[i]];

		for (size_t j = 0; j < unit->n_inputs; j++) {
			seen[unit->inputs[j]].units++;
			if (unit->direct && unit->direct[j])
				seen[unit->inputs[j]].direct = true;
		}
	}
	*ret = seen;
	return NULL;
}

/* The unit of the sample that reads the most files: their order is good for all of them. */
static const struct pl_gathered_unit *largest(const struct pl_usage_run *run)
{
	const struct pl_gathered_unit *best = &run->results[run->waiting[0]];

	for (size_t i = 1; i < SAMPLE; i++) {
		const struct pl_gathered_unit *unit = &run->results[run->waiting[i]];

		if (unit->n_inputs > best->n_inputs)
			best = unit;
	}
	return best;
}

/* A header that some C file includes itself can stand alone; the others come with those. */
static struct pl_error *choose_headers(struct pl_usage_run *run)
{
	const struct pl_gathered_unit *order = largest(run);
	struct seen *seen = NULL;

	PL_TRY(count_inputs(run, &seen));
	for (size_t i = 0; i < order->n_inputs; i++) {
		const struct seen *its = &seen[order->inputs[i]];
		const char *path = run->gathered.inputs[order->inputs[i]];

		/* What the flags include is there already. */
		if (its->direct && its->units * 100 >= SAMPLE * PERCENT &&
		    !pl_words_have(&run->precompiled.flags, path))
			PL_TRY(pl_words_add(run->arena, &run->precompiled.headers, path));
	}
	return NULL;
}

static struct pl_error *choose_flags(struct pl_usage_run *run)
{
	const struct pl_words *flags[SAMPLE];

	for (size_t i = 0; i < SAMPLE; i++)
		flags[i] = &run->units.list[run->waiting[i]].flags;
	return pl_precompiled_common(run->arena, flags, SAMPLE, PERCENT, &run->precompiled.flags);
}

static struct pl_error *make_file(struct pl_usage_run *run)
{
	run->precompiled_fd = memfd_create("pagelap-headers", MFD_CLOEXEC | MFD_ALLOW_SEALING);
	if (run->precompiled_fd < 0)
		return NULL;
	run->precompiled.path =
		pl_arena_printf(run->arena, "/proc/self/fd/%d", run->precompiled_fd);
	return run->precompiled.path ? NULL : pl_error_no_memory();
}

static struct pl_error *compile(void *context, size_t index, struct pl_strbuf *output)
{
	struct pl_usage_run *run = context;
	struct pl_scanner *scanner;

	(void)index;
	PL_TRY(pl_scanner_new(&run->plan, &scanner));
	return pl_scanner_precompile(scanner, &run->precompiled, run->place, run->precompiled_fd,
				     output);
}

static struct pl_error *take_returned(struct pl_usage_run *run, struct pl_cursor *cursor)
{
	uint64_t count = pl_wire_take(cursor);

	for (uint64_t i = 0; i < count && !cursor->failed; i++) {
		struct pl_precompiled_returned *its = pl_arena_alloc(run->arena, sizeof(*its));

		if (!its)
			return pl_error_no_memory();
		PL_TRY(pl_wire_take_text(run->arena, cursor, &its->function));
		PL_TRY(pl_wire_take_text(run->arena, cursor, &its->record));
		PL_TRY(pl_wire_take_text(run->arena, cursor, &its->field));
		if (!its->function || !its->record || !its->field)
			cursor->failed = true;
		its->next = run->precompiled.returned;
		run->precompiled.returned = its;
	}
	return NULL;
}

static struct pl_error *note_inputs(struct pl_usage_run *run)
{
	run->precompiled.inputs.arena = run->arena;
	for (size_t i = 0; i < run->common.n_inputs; i++) {
		const char *path = run->gathered.inputs[run->common.inputs[i]];
		uint64_t hash = pl_hash_text(path);

		if (!pl_idmap_get(&run->precompiled.inputs, hash))
			PL_TRY(pl_idmap_put(&run->precompiled.inputs, hash, (void *)path));
	}
	return NULL;
}

/* Headers that do not compile together are no reason not to go on without. */
static struct pl_error *take(void *context, size_t index, struct pl_worker_result *result)
{
	struct pl_usage_run *run = context;
	struct pl_cursor cursor =
		pl_cursor_init((struct pl_bytes){(const unsigned char *)result->output.text,
						 result->output.length},
			       false);

	(void)index;
	if (result->error)
		return NULL;
	PL_TRY(pl_gathered_take(&run->gathered, &cursor, &run->common));
	PL_TRY(take_returned(run, &cursor));
	PL_TRY(note_inputs(run));
	if (!cursor.failed)
		run->plan.precompiled = &run->precompiled;
	return NULL;
}

/* All workers have it open: what one of them could change, the others would read. */
static bool seal(int fd)
{
	return !fcntl(fd, F_ADD_SEALS, F_SEAL_WRITE | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL);
}

static struct pl_error *compile_headers(struct pl_usage_run *run)
{
	PL_CLEANUP(pl_place_remove) const char *place = NULL;
	struct pl_pool pool = {
		.job = compile,
		.job_context = run,
		.sink = take,
		.sink_context = run,
		.limits = pl_usage_limits(run),
		.kept = &run->precompiled_fd,
		.peak = &run->costs.resident,
	};

	PL_TRY(pl_place_make(run->arena, &place));
	if (!place)
		return NULL;
	run->place = place;
	pool.limits.file = MOST_BYTES;
	pool.limits.directory = place;
	PL_TRY(pl_pool_run(&pool, 1));
	if (!seal(run->precompiled_fd))
		run->plan.precompiled = NULL;
	return NULL;
}

struct pl_error *pl_usage_precompile(struct pl_usage_run *run)
{
	if (run->request->plain || run->n_waiting < LEAST)
		return NULL;
	put_sample_first(run);
	PL_TRY(pl_usage_scan_next(run, SAMPLE));
	PL_TRY(choose_flags(run));
	PL_TRY(choose_headers(run));
	PL_TRY(make_file(run));
	if (run->precompiled_fd < 0 || !run->precompiled.headers.n)
		return NULL;
	return compile_headers(run);
}
