/* SPDX-License-Identifier: MIT */
#include <assert.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "read/usage/place.h"
#include "read/usage/usage_internal.h"
#include "support/hash.h"

/*
 * With fewer units of an environment than LEAST compiling headers does not pay.
 * Of SAMPLE units that are spread over all of them, PERCENT have to include a
 * header, and be compiled with a flag. What is built in, and modules: more than
 * MOST environments do not have many units.
 */
enum { LEAST = 120, SAMPLE = 24, PERCENT = 80, MOST = 2, MOST_BYTES = 256 << 20 };
static_assert((int)MOST <= (int)PL_POOL_MOST_KEPT, "workers keep the headers of each open");

/* Moves the unit that waits at FROM to TO, before it. */
static void move_unit(struct pl_usage_run *run, size_t from, size_t to)
{
	size_t unit = run->waiting[from];

	memmove(&run->waiting[to + 1], &run->waiting[to], (from - to) * sizeof(*run->waiting));
	run->waiting[to] = unit;
}

/*
 * Moves units that are spread over all of ENVIRONMENT, of which there are COUNT,
 * to the front of those that wait.
 */
static void put_sample_first(struct pl_usage_run *run, uint64_t environment, size_t count)
{
	size_t taken = 0, seen = 0;

	for (size_t i = run->first; i < run->n_waiting && taken < SAMPLE; i++)
		if (run->settings[run->waiting[i]].environment == environment &&
		    seen++ == taken * count / SAMPLE)
			move_unit(run, i, run->first + taken++);
}

/* What the sample says of one file. */
struct seen {
	uint32_t input;
	size_t units;
	bool direct;
};

static const struct pl_gathered_unit *sample_at(const struct pl_usage_run *run,
						const struct pl_usage_compiled *compiled, size_t i)
{
	return &run->results[run->waiting[compiled->first + i]];
}

static struct pl_error *count_inputs(const struct pl_usage_run *run,
				     const struct pl_usage_compiled *compiled, struct seen **ret)
{
	size_t count = run->gathered.n_inputs;
	struct seen *seen = pl_arena_array(run->arena, count, sizeof(*seen));

	if (!seen)
		return pl_error_no_memory();
	for (size_t i = 0; i < SAMPLE; i++) {
		const struct pl_gathered_unit *unit = sample_at(run, compiled, i);

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
static const struct pl_gathered_unit *largest(const struct pl_usage_run *run,
					      const struct pl_usage_compiled *compiled)
{
	const struct pl_gathered_unit *best = sample_at(run, compiled, 0);

	for (size_t i = 1; i < SAMPLE; i++) {
		const struct pl_gathered_unit *unit = sample_at(run, compiled, i);

		if (unit->n_inputs > best->n_inputs)
			best = unit;
	}
	return best;
}

/* A header that some C file includes itself can stand alone; the others come with those. */
static struct pl_error *choose_headers(struct pl_usage_run *run, struct pl_usage_compiled *compiled)
{
	const struct pl_gathered_unit *order = largest(run, compiled);
	struct pl_precompiled *precompiled = &compiled->precompiled;
	struct seen *seen = NULL;

	PL_TRY(count_inputs(run, compiled, &seen));
	for (size_t i = 0; i < order->n_inputs; i++) {
		const struct seen *its = &seen[order->inputs[i]];
		const char *path = run->gathered.inputs[order->inputs[i]];

		/* What the flags include is there already. */
		if (its->direct && its->units * 100 >= SAMPLE * PERCENT &&
		    !pl_words_have(&precompiled->flags, path))
			PL_TRY(pl_words_add(run->arena, &precompiled->headers, path));
	}
	return NULL;
}

static struct pl_error *choose_flags(struct pl_usage_run *run, struct pl_usage_compiled *compiled)
{
	const struct pl_words *flags[SAMPLE];

	for (size_t i = 0; i < SAMPLE; i++)
		flags[i] = &run->units.list[run->waiting[compiled->first + i]].flags;
	return pl_precompiled_common(run->arena, flags, SAMPLE, PERCENT,
				     &compiled->precompiled.flags);
}

static struct pl_error *make_file(struct pl_usage_run *run, struct pl_usage_compiled *compiled)
{
	compiled->fd = memfd_create("pagelap-headers", MFD_CLOEXEC | MFD_ALLOW_SEALING);
	if (compiled->fd < 0)
		return NULL;
	compiled->precompiled.path = pl_arena_printf(run->arena, "/proc/self/fd/%d", compiled->fd);
	return compiled->precompiled.path ? NULL : pl_error_no_memory();
}

/* The headers that are being compiled. */
static struct pl_usage_compiled *newest(struct pl_usage_run *run)
{
	return &run->compiled[run->n_compiled - 1];
}

static struct pl_error *compile(void *context, size_t index, struct pl_strbuf *output)
{
	struct pl_usage_run *run = context;
	const struct pl_usage_compiled *compiled = newest(run);
	struct pl_scanner *scanner;

	(void)index;
	PL_TRY(pl_scanner_new(&run->plan, &scanner));
	return pl_scanner_precompile(scanner, &compiled->precompiled, run->place, compiled->fd,
				     output);
}

static struct pl_error *take_returned(struct pl_usage_run *run, struct pl_cursor *cursor,
				      struct pl_precompiled *precompiled)
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
		its->next = precompiled->returned;
		precompiled->returned = its;
	}
	return NULL;
}

static struct pl_error *note_inputs(struct pl_usage_run *run, struct pl_usage_compiled *compiled)
{
	struct pl_idmap *inputs = &compiled->precompiled.inputs;

	inputs->arena = run->arena;
	for (size_t i = 0; i < compiled->common.n_inputs; i++) {
		const char *path = run->gathered.inputs[compiled->common.inputs[i]];

		PL_TRY(pl_idmap_keep(inputs, pl_hash_text(path), (void *)path));
	}
	return NULL;
}

/* Headers that do not compile together are no reason not to go on without. */
static struct pl_error *take(void *context, size_t index, struct pl_worker_result *result)
{
	struct pl_usage_run *run = context;
	struct pl_usage_compiled *compiled = newest(run);
	struct pl_cursor cursor =
		pl_cursor_init((struct pl_bytes){(const unsigned char *)result->output.text,
						 result->output.length},
			       false);

	(void)index;
	if (result->error)
		return NULL;
	PL_TRY(pl_gathered_take(&run->gathered, &cursor, &compiled->common));
	PL_TRY(take_returned(run, &cursor, &compiled->precompiled));
	PL_TRY(note_inputs(run, compiled));
	if (cursor.failed)
		return NULL;
	compiled->usable = true;
	compiled->precompiled.next = run->plan.precompiled;
	run->plan.precompiled = &compiled->precompiled;
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
	struct pl_usage_compiled *compiled = newest(run);
	struct pl_pool pool = {
		.job = compile,
		.job_context = run,
		.sink = take,
		.sink_context = run,
		.limits = pl_usage_limits(run),
		.kept = &compiled->fd,
		.n_kept = 1,
		.peak = &run->costs.resident,
	};

	PL_TRY(pl_place_make(run->arena, &place));
	if (!place)
		return NULL;
	run->place = place;
	pool.limits.file = MOST_BYTES;
	pool.limits.directory = place;
	PL_TRY(pl_pool_run(&pool, 1));
	if (compiled->usable && !seal(compiled->fd)) {
		compiled->usable = false;
		run->plan.precompiled = compiled->precompiled.next;
	}
	return NULL;
}

static bool has_headers(const struct pl_usage_run *run, uint64_t environment)
{
	for (size_t i = 0; i < run->n_compiled; i++)
		if (run->compiled[i].precompiled.environment == environment)
			return true;
	return false;
}

/* The environment that has most units, of those that wait and have no headers yet; *COUNT: 0: none.
 */
static struct pl_error *choose_environment(const struct pl_usage_run *run, uint64_t *ret,
					   size_t *count)
{
	PL_CLEANUP(pl_arena_cleanup) struct pl_arena *arena = pl_arena_new();
	struct pl_idmap counts = {.arena = arena};

	*count = 0;
	if (!arena)
		return pl_error_no_memory();
	for (size_t i = run->first; i < run->n_waiting; i++) {
		uint64_t environment = run->settings[run->waiting[i]].environment;
		size_t *its;

		if (!environment)
			continue;
		its = pl_idmap_make(&counts, environment, sizeof(*its));
		if (!its)
			return pl_error_no_memory();
		if (++*its <= *count || has_headers(run, environment))
			continue;
		*count = *its;
		*ret = environment;
	}
	return NULL;
}

static struct pl_error *precompile_for(struct pl_usage_run *run, uint64_t environment, size_t count)
{
	struct pl_usage_compiled *compiled = &run->compiled[run->n_compiled++];

	*compiled = (struct pl_usage_compiled){.fd = -1, .first = run->first};
	compiled->precompiled.environment = environment;
	put_sample_first(run, environment, count);
	PL_TRY(pl_usage_scan_next(run, SAMPLE));
	PL_TRY(choose_flags(run, compiled));
	PL_TRY(choose_headers(run, compiled));
	PL_TRY(make_file(run, compiled));
	if (compiled->fd < 0 || !compiled->precompiled.headers.n)
		return NULL;
	PL_TRY(compile_headers(run));
	return compiled->usable ? pl_prefilter_bear(&run->prefilter, &compiled->precompiled,
						    &run->units, run->settings)
				: NULL;
}

struct pl_error *pl_usage_precompile(struct pl_usage_run *run)
{
	if (run->request->plain)
		return NULL;
	run->compiled = pl_arena_array(run->arena, MOST, sizeof(*run->compiled));
	if (!run->compiled)
		return pl_error_no_memory();
	for (size_t i = 0; i < MOST; i++) {
		uint64_t environment = 0;
		size_t count;

		PL_TRY(choose_environment(run, &environment, &count));
		if (count < LEAST)
			break;
		PL_TRY(precompile_for(run, environment, count));
	}
	return NULL;
}

const struct pl_usage_compiled *pl_usage_compiled_for(const struct pl_usage_run *run, size_t unit)
{
	for (size_t i = 0; i < run->n_compiled; i++)
		if (run->compiled[i].usable && run->settings[unit].bears &&
		    run->compiled[i].precompiled.environment == run->settings[unit].environment)
			return &run->compiled[i];
	return NULL;
}

void pl_usage_compiled_release(struct pl_usage_run *run)
{
	for (size_t i = 0; i < run->n_compiled; i++)
		if (run->compiled[i].fd >= 0)
			close(run->compiled[i].fd);
}
