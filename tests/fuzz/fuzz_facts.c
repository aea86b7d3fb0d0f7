/* SPDX-License-Identifier: MIT */
/* Source code, as text: what it could be about, what is an assertion in it, what its operators are.
 */
#include "fuzz.h"

#include "read/headers/assertion_text.h"
#include "read/headers/constant_text.h"
#include "read/headers/operator_text.h"
#include "read/usage/text_facts.h"
#include "support/hash.h"

static void put(struct pl_idmap *map, const char *name)
{
	if (fuzz_failed(pl_idmap_put(map, pl_hash_text(name), map)))
		abort();
}

static void take_facts(struct pl_arena *arena, struct pl_bytes text)
{
	static const char *const records[] = {"page", "slab"};
	struct pl_text_words words;
	struct pl_text_body *bodies = NULL;
	struct pl_text_facts facts = {0};

	pl_text_words_begin(&words, arena);
	words.records = records;
	words.n_records = sizeof(records) / sizeof(*records);
	put(&words.fields, "index");
	put(&words.whole, "memset");
	put(&words.fields, "lru");
	put(&words.lists, "lru");
	if (fuzz_failed(pl_text_facts(&words, text, &bodies, &facts)) ||
	    fuzz_failed(pl_text_reach(&words, bodies)))
		return;
	pl_text_look_again(&words, text, &facts);
	(void)fuzz_failed(pl_text_mentions(text, &words.fields, &words.reaching));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	PL_CLEANUP(pl_arena_cleanup) struct pl_arena *arena = fuzz_arena();
	struct pl_bytes text = {data, size}, right;
	size_t index;

	take_facts(arena, text);
	for (size_t i = 1; i <= 4; i++) {
		(void)pl_text_is_assertion(text, size * i / 4);
		(void)pl_constant_at(text, size * i / 4, &index);
	}
	(void)pl_operator_on_top(text, &right);
	return 0;
}
