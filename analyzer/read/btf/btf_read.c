/* SPDX-License-Identifier: MIT */
#include "read/btf/btf_read.h"

#include <bpf/btf.h>
#include <bpf/libbpf.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "read/btf/btf_raw.h"
#include "read/btf/btf_types.h"
#include "read/definitions.h"
#include "read/flatten.h"

/* No kernel has as many of one name; more are not looked at. */
enum { MAX_DEFINITIONS = 64 };

/* Where the definitions of one wanted record are. */
struct found {
	uint32_t ids[MAX_DEFINITIONS];
	size_t n;
};

struct reader {
	const char *file;
	const struct pl_read_request *request;
	struct pl_target *target;
	struct pl_arena *scratch;
	struct btf *btf;
	struct pl_btf_graph *graph;
	struct found *found;	 /* one for each of request->records */
	libbpf_print_fn_t print; /* what libbpf printed with before */
};

static void reader_release(struct reader *r)
{
	btf__free(r->btf);
	pl_arena_free(r->scratch);
	libbpf_set_print(r->print);
}

static struct pl_error *broken(const char *problem)
{
	return pl_error_new(PL_ERROR_UNREADABLE, "%s", problem);
}

/* What BTF of the byte order of ABOVE builds on. */
static struct pl_error *check_base(struct pl_bytes bytes, const struct pl_btf_raw *above,
				   struct pl_btf_raw *raw, struct pl_btf_extent *extent)
{
	const char *problem = pl_btf_header(bytes, raw);

	if (problem)
		return broken(problem);
	if (pl_btf_raw_is_split(raw))
		return broken("it is split BTF itself");
	if (raw->big_endian != above->big_endian)
		return broken("its byte order is not that of the BTF that builds on it");
	return pl_btf_check(raw, *extent, extent);
}

/*
 * BYTES, checked, in a form that any libbpf takes: joined with what it builds
 * on (btf__new_split() came late), under the header that all know.
 */
static struct pl_error *checked(struct reader *r, struct pl_bytes bytes, struct pl_bytes base,
				struct pl_bytes *ret)
{
	struct pl_btf_extent extent = {.types = 1};
	struct pl_btf_raw raw, below = {0};
	const char *problem = pl_btf_header(bytes, &raw);
	struct pl_error *error;

	if (problem)
		return broken(problem);
	if (pl_btf_raw_is_split(&raw)) {
		if (!base.size)
			return broken("split BTF, which means nothing without what it builds on: "
				      "`--btf-base FILE` is needed");
		error = check_base(base, &raw, &below, &extent);
		if (error)
			return pl_error_prefix(error, "base BTF");
	}
	PL_TRY(pl_btf_check(&raw, extent, &extent));
	if (below.size || raw.header_size != PL_BTF_HEADER_SIZE)
		return pl_btf_join(r->scratch, &below, &raw, ret);
	*ret = (struct pl_bytes){bytes.data, raw.size};
	return NULL;
}

/* libbpf trusts much of what it is handed: it gets nothing that has not been checked. */
static struct pl_error *open_btf(struct reader *r, struct pl_bytes bytes, struct pl_bytes base)
{
	PL_TRY(checked(r, bytes, base, &bytes));
	if (bytes.size > UINT32_MAX)
		return broken(strerror(EFBIG));
	r->btf = btf__new(bytes.data, (uint32_t)bytes.size);
	if (!r->btf && errno == ENOMEM)
		return pl_error_no_memory();
	if (!r->btf)
		return pl_error_new(PL_ERROR_UNREADABLE, "libbpf cannot read it: %s",
				    strerror(errno));
	return NULL;
}

static void describe_target(struct reader *r)
{
	struct pl_target *target = r->target;

	if (!target->bits)
		target->bits = (unsigned)btf__pointer_size(r->btf) * 8;
	if (target->endian == PL_ENDIAN_UNKNOWN)
		target->endian = btf__endianness(r->btf) == BTF_BIG_ENDIAN ? PL_ENDIAN_BIG
									   : PL_ENDIAN_LITTLE;
}

static void note_definition(struct reader *r, const char *name, uint32_t id)
{
	for (size_t i = 0; i < r->request->n_records; i++) {
		struct found *found = &r->found[i];

		if (found->n < MAX_DEFINITIONS && !strcmp(r->request->records[i], name))
			found->ids[found->n++] = id;
	}
}

static struct pl_error *find_definitions(struct reader *r)
{
	uint32_t count = btf__type_cnt(r->btf);

	r->found = pl_arena_array(r->scratch, r->request->n_records, sizeof(*r->found));
	if (!r->found)
		return pl_error_no_memory();
	for (uint32_t id = 1; id < count; id++) {
		const struct btf_type *type = btf__type_by_id(r->btf, id);
		const char *name;

		if (!type || !btf_is_composite(type) || !type->name_off)
			continue;
		name = btf__name_by_offset(r->btf, type->name_off);
		if (name)
			note_definition(r, name, id);
	}
	return NULL;
}

/* Adds the definition ID of the wanted record INDEX, flattened into ARENA. */
static struct pl_error *add_definition(struct reader *r, struct pl_definitions *definitions,
				       struct pl_arena *arena, size_t index, uint32_t id)
{
	const char *name = r->request->records[index];
	struct pl_record *record;
	const struct pl_type *type;
	struct pl_error *error;
	char origin[32];

	snprintf(origin, sizeof(origin), "type [%u]", id);
	error = pl_btf_graph_record(r->graph, id, &type);
	if (!error)
		error = pl_flatten(arena, name, type, &record);
	if (error)
		return pl_error_prefix(error, "%s, %s", name, origin);
	return pl_definitions_add(definitions, index, record, origin);
}

static struct pl_error *add_definitions(struct reader *r, struct pl_definitions *definitions,
					size_t index)
{
	const struct found *found = &r->found[index];

	for (size_t i = 0; i < found->n && (!i || r->request->check_all_units); i++) {
		PL_CLEANUP(pl_arena_cleanup) struct pl_arena *arena = i ? pl_arena_new() : NULL;

		if (i && !arena)
			return pl_error_no_memory();
		PL_TRY(add_definition(r, definitions, i ? arena : r->target->arena, index,
				      found->ids[i]));
	}
	return NULL;
}

static struct pl_error *add_records(struct reader *r)
{
	struct pl_definitions definitions;

	r->graph = pl_btf_graph_new(r->scratch, r->btf, r->target->bits);
	if (!r->graph)
		return pl_error_no_memory();
	PL_TRY(pl_definitions_init(&definitions, r->request, r->target));
	for (size_t i = 0; i < r->request->n_records; i++)
		PL_TRY(add_definitions(r, &definitions, i));
	return pl_definitions_finish(&definitions);
}

static struct pl_error *read_all(struct reader *r, struct pl_bytes bytes, struct pl_bytes base)
{
	PL_TRY(open_btf(r, bytes, base));
	describe_target(r);
	PL_TRY(find_definitions(r));
	return add_records(r);
}

struct pl_error *pl_btf_read(const char *file, struct pl_bytes bytes, struct pl_bytes base,
			     const struct pl_read_request *request, struct pl_target *target)
{
	PL_CLEANUP(reader_release)
	struct reader r = {
		.file = file,
		.request = request,
		.target = target,
		.scratch = pl_arena_new(),
		.print = libbpf_set_print(NULL),
	};
	struct pl_error *error = r.scratch ? read_all(&r, bytes, base) : pl_error_no_memory();

	return error ? pl_error_prefix(error, "%s: section .BTF", file) : NULL;
}
