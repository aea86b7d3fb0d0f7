/* SPDX-License-Identifier: MIT */
/* What an earlier run has left in the cache: taken, asked, and written anew. */
#include "fuzz.h"
#include "gathered_report.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "read/usage/cache_file.h"

/* Where no other process writes. */
static const char *place(void)
{
	static char path[64];

	snprintf(path, sizeof(path), "/dev/shm/pagelap-fuzz-cache.%ld", (long)getpid());
	return path;
}

/* DATA with the digest that makes what follows it count, which nobody hits by chance. */
static struct pl_bytes with_digest(struct pl_arena *arena, const uint8_t *data, size_t size)
{
	const size_t magic = strlen(PL_CACHE_MAGIC), head = magic + PL_DIGEST_SIZE;
	unsigned char *copy = pl_arena_alloc(arena, size ? size : 1);
	struct pl_digest digest;

	if (!copy)
		abort();
	if (size)
		memcpy(copy, data, size);
	if (size >= head) {
		digest = pl_digest(data + head, size - head);
		memcpy(copy + magic, digest.bytes, PL_DIGEST_SIZE);
	}
	return (struct pl_bytes){copy, size};
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	PL_CLEANUP(pl_arena_cleanup) struct pl_arena *arena = fuzz_arena();
	struct pl_gathered gathered = {
		.arena = arena, .by_digest = {.arena = arena}, .by_path = {.arena = arena}};
	struct pl_usage_cache cache = {.arena = arena,
				       .gathered = &gathered,
				       .path = place(),
				       .began = INT64_MAX,
				       .by_key = {.arena = arena}};
	struct pl_gathered_unit unit;

	/* One that makes no sense is used as far as it did. */
	(void)fuzz_failed(pl_cache_file_take(&cache, with_digest(arena, data, size)));
	for (size_t i = 0; i < cache.n_units; i++) {
		if (pl_usage_cache_find(&cache, &cache.units[i]->key, &unit))
			pl_gathered_want(&gathered, &unit);
		else
			pl_gathered_want(&gathered, &cache.units[i]->unit);
	}
	gathered_report(&gathered);
	if (fuzz_failed(pl_usage_cache_save(&cache)))
		abort();
	unlink(cache.path);
	return 0;
}
