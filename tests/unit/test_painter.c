/* SPDX-License-Identifier: MIT */
/*
 * The map against a painter that goes bit by bit: random hosts and overlays,
 * flattened, classified and mapped, must come out exactly as the painter says.
 */
#include "painter.h"

#include <stdlib.h>

#include "map/map.h"
#include "read/flatten.h"
#include "testing.h"

enum { SEEDS = 8000, MOST_OVERLAYS = 3, MOST_PAGES = 4 };

static const struct pl_pack_class classes[] = {
	{PL_CLASS_PADDING, NULL, 0, (const char *[]){"_pad*"}, 1},
	{PL_CLASS_LOCK, NULL, 0, (const char *[]){"lock*"}, 1},
	{PL_CLASS_LIST, NULL, 0, (const char *[]){"list*"}, 1},
};

struct scene {
	uint64_t seed;
	struct random random;
	struct pl_arena *arena;
	struct pl_target *target;
	struct pl_wanted_overlay wanted[MOST_OVERLAYS];
	size_t n_overlays;
	uint64_t host_bits;
	struct painting host, overlays[MOST_OVERLAYS];
};

static const char *const names[MOST_OVERLAYS] = {"one", "two", "three"};

#define expect(scene, condition)                                                                   \
	do {                                                                                       \
		if (!(condition))                                                                  \
			fail_msg("seed %ju: %s", (uintmax_t)(scene)->seed, #condition);            \
	} while (0)

static struct node *add_tree(struct scene *s, const char *name, uint64_t bits)
{
	struct node *tree = tree_new(&s->random, s->arena, bits);
	struct pl_record *record;

	expect_ok(pl_flatten(s->target->arena, name, tree_type(tree, name, s->arena), &record));
	expect_ok(pl_target_add_record(s->target, record));
	return tree;
}

static void set_scene(struct scene *s, uint64_t seed)
{
	struct node *host;

	s->seed = seed;
	s->random.state = seed;
	s->arena = pl_arena_new();
	s->target = pl_target_new();
	assert_non_null(s->arena);
	assert_non_null(s->target);
	s->target->source.path = "random";
	host = add_tree(s, "host", 128 + 8 * random_below(&s->random, 64));
	s->host_bits = host->size;
	paint_tree(host, host->size, 1, &s->host);
	s->n_overlays = 1 + (size_t)random_below(&s->random, MOST_OVERLAYS);
	for (size_t i = 0; i < s->n_overlays; i++) {
		size_t pages = 1 + (size_t)random_below(&s->random, MOST_PAGES);
		uint64_t bits = 8 + random_below(&s->random, pages * host->size + 64);

		s->wanted[i] = (struct pl_wanted_overlay){names[i], pages};
		paint_tree(add_tree(s, names[i], bits), host->size, pages, &s->overlays[i]);
	}
}

static void strike_scene(struct scene *s)
{
	pl_target_free(s->target);
	pl_arena_free(s->arena);
}

static bool same_branches(const struct pl_branch *branches, size_t count,
			  const struct painted_branches *painted)
{
	bool same = count == painted->count;

	for (size_t i = 0; same && i < count; i++)
		same = branches[i].union_index == painted->list[i].union_number &&
		       branches[i].alternative == painted->list[i].alternative;
	return same;
}

static void compare_fields(const struct scene *s, const struct pl_record *record,
			   const struct painting *painting)
{
	expect(s, record->size == painting->size);
	expect(s, record->n_fields == painting->n_leaves);
	for (size_t i = 0; i < record->n_fields; i++) {
		const struct pl_field *field = &record->fields[i];
		const struct painted_leaf *leaf = &painting->leaves[i];

		expect(s, !strcmp(field->path, leaf->path));
		expect(s, field->offset == leaf->offset && field->size == leaf->size);
		expect(s, (field->type_class == PL_CLASS_PADDING) == leaf->pad);
		expect(s, same_branches(field->branches, field->n_branches, &leaf->branches));
	}
}

static void compare_unused(const struct scene *s, const struct pl_overlay *overlay,
			   const struct painting *painting)
{
	static const enum painted_why whys[] = {
		[PL_UNUSED_HOLE] = PAINTED_HOLE,
		[PL_UNUSED_PAD] = PAINTED_PAD,
		[PL_UNUSED_TAIL] = PAINTED_TAIL,
	};

	expect(s, overlay->n_unused == painting->n_unused);
	for (size_t i = 0; i < overlay->n_unused; i++) {
		const struct pl_unused *unused = &overlay->unused[i];
		const struct painted_unused *painted = &painting->unused[i];

		expect(s, unused->range.page == painted->page);
		expect(s, unused->range.offset == painted->offset);
		expect(s, unused->range.size == painted->size);
		expect(s, whys[unused->why] == painted->why);
		expect(s, !unused->pad == !painted->pad);
		expect(s, !unused->pad || !strcmp(unused->pad->path, painted->pad->path));
		expect(s, same_branches(unused->branches, unused->n_branches, &painted->branches));
	}
}

/* The relation of MEMBER to HOST on host position PAGE, from the bits that each has alone. */
static enum pl_relation relate(const struct scene *s, const struct painted_leaf *member,
			       const struct painted_leaf *host, size_t page)
{
	uint64_t base = page * s->host_bits, shared = 0;

	for (uint64_t bit = 0; bit < host->size; bit++) {
		uint64_t at = base + host->offset + bit;

		shared += at >= member->offset && at < member->offset + member->size;
	}
	if (member->pad)
		return PL_RELATION_PAD;
	if (shared < host->size)
		return PL_RELATION_PARTIAL;
	return shared < member->size ? PL_RELATION_SPANNING : PL_RELATION_ALIGNED;
}

/* How many bits of MEMBER lie on HOST at position PAGE, and where the first of them is. */
static uint64_t shared_bits(const struct scene *s, const struct painted_leaf *member,
			    const struct painted_leaf *host, size_t page, uint64_t *first)
{
	uint64_t base = page * s->host_bits, shared = 0;

	for (uint64_t bit = host->offset; bit < host->offset + host->size; bit++) {
		if (base + bit < member->offset || base + bit >= member->offset + member->size)
			continue;
		if (!shared++)
			*first = bit;
	}
	return shared;
}

static void compare_touches(const struct scene *s, const struct pl_member *member,
			    const struct painted_leaf *leaf, size_t pages)
{
	uint64_t limit = pages * s->host_bits, first = 0, shared;
	const struct pl_touch *touch;
	size_t n = 0;

	for (size_t page = 0; page < pages; page++) {
		for (size_t h = 0; h < s->host.n_leaves; h++) {
			const struct painted_leaf *host = &s->host.leaves[h];

			shared = shared_bits(s, leaf, host, page, &first);
			if (!shared)
				continue;
			expect(s, n < member->n_touches);
			touch = &member->touches[n++];
			expect(s, !strcmp(touch->host_field->path, host->path));
			expect(s, touch->relation == relate(s, leaf, host, page));
			expect(s, touch->range.page == page);
			expect(s, touch->range.offset == first && touch->range.size == shared);
		}
	}
	if (leaf->size && leaf->offset + leaf->size > limit) {
		uint64_t from = leaf->offset > limit ? leaf->offset : limit;

		expect(s, n < member->n_touches);
		touch = &member->touches[n++];
		expect(s, !touch->host_field && touch->relation == PL_RELATION_BEYOND);
		expect(s, touch->range.page == pages - 1);
		expect(s, touch->range.offset == from - (pages - 1) * s->host_bits);
		expect(s, touch->range.size == leaf->offset + leaf->size - from);
	}
	expect(s, n == member->n_touches);
}

static void compare_overlay(const struct scene *s, const struct pl_overlay *overlay,
			    const struct painting *painting)
{
	size_t used = 0;

	expect(s, overlay->pages == painting->pages);
	expect(s, overlay->n_members == painting->n_leaves);
	for (size_t i = 0; i < overlay->n_members; i++) {
		const struct painted_leaf *leaf = &painting->leaves[i];

		used += !leaf->pad && leaf->size;
		expect(s, overlay->members[i].field == &overlay->record->fields[i]);
		compare_touches(s, &overlay->members[i], leaf, painting->pages);
	}
	expect(s, overlay->used == used);
	compare_unused(s, overlay, painting);
}

static bool is_used(const struct scene *s, size_t page, uint64_t bit)
{
	for (size_t i = 0; i < s->n_overlays; i++)
		if (page < s->overlays[i].pages && s->overlays[i].used[page * s->host_bits + bit])
			return true;
	return false;
}

static void compare_host_unused(const struct scene *s, size_t pages)
{
	const struct pl_bit_range *range;
	size_t n = 0;

	for (size_t page = 0; page < pages; page++) {
		for (uint64_t bit = 0, from; bit < s->host_bits; bit++) {
			for (from = bit; bit < s->host_bits && !is_used(s, page, bit);)
				bit++;
			if (bit == from)
				continue;
			expect(s, n < s->target->n_host_unused);
			range = &s->target->host_unused[n++];
			expect(s, range->page == page);
			expect(s, range->offset == from && range->size == bit - from);
		}
	}
	expect(s, n == s->target->n_host_unused);
}

static bool on_byte(const struct painted_leaf *leaf, uint64_t byte)
{
	return leaf->size && leaf->offset < byte * 8 + 8 && leaf->offset + leaf->size > byte * 8;
}

static void compare_byte(const struct scene *s, const struct pl_host_range *range, size_t page,
			 uint64_t byte)
{
	size_t n_fields = 0, n_users = 0;

	for (size_t i = 0; i < s->host.n_leaves; i++) {
		if (!on_byte(&s->host.leaves[i], byte))
			continue;
		expect(s, n_fields < range->n_host_fields);
		expect(s, !strcmp(range->host_fields[n_fields++]->path, s->host.leaves[i].path));
	}
	expect(s, n_fields == range->n_host_fields);
	for (size_t o = 0; o < s->n_overlays; o++) {
		const struct painting *overlay = &s->overlays[o];

		for (size_t i = 0; page < overlay->pages && i < overlay->n_leaves; i++) {
			const struct painted_leaf *leaf = &overlay->leaves[i];

			if (leaf->pad || !on_byte(leaf, page * s->host_bits / 8 + byte))
				continue;
			expect(s, n_users < range->n_users);
			expect(s, !strcmp(range->users[n_users].field->path, leaf->path));
			expect(s, range->users[n_users++].overlay == &s->target->overlays[o]);
		}
	}
	expect(s, n_users == range->n_users);
}

/* Ranges follow one another without gap or overlap, and each is right for each of its bytes. */
static void compare_byte_map(const struct scene *s, size_t pages)
{
	size_t page = 0;
	uint64_t byte = 0;

	for (size_t i = 0; i < s->target->n_byte_map; i++) {
		const struct pl_host_range *range = &s->target->byte_map[i];

		expect(s, range->range.page == page && range->range.offset == byte * 8);
		expect(s, range->range.size && range->range.size % 8 == 0);
		for (uint64_t end = byte + range->range.size / 8; byte < end; byte++)
			compare_byte(s, range, page, byte);
		expect(s, byte * 8 <= s->host_bits);
		if (byte * 8 == s->host_bits) {
			page++;
			byte = 0;
		}
	}
	expect(s, page == pages && !byte);
}

static void compare_scene(struct scene *s)
{
	const struct pl_pack pack = {.classes = (struct pl_pack_class *)classes,
				     .n_classes = COUNT(classes)};
	struct pl_target *target = s->target;
	size_t pages = 1;

	pl_map_classify(&pack, target);
	expect_ok(pl_map_target(target, "host", s->wanted, s->n_overlays));
	expect(s, target->n_overlays == s->n_overlays && !target->n_absent);
	compare_fields(s, target->records[0], &s->host);
	for (size_t i = 0; i < s->n_overlays; i++) {
		compare_fields(s, target->records[i + 1], &s->overlays[i]);
		compare_overlay(s, &target->overlays[i], &s->overlays[i]);
		if (s->overlays[i].pages > pages)
			pages = s->overlays[i].pages;
	}
	compare_host_unused(s, pages);
	compare_byte_map(s, pages);
}

static void map_equals_painting(void **state)
{
	const char *given = getenv("PAGELAP_SEEDS");
	uint64_t seeds = given ? strtoull(given, NULL, 10) : SEEDS;
	struct scene *scene = calloc(1, sizeof(*scene));

	(void)state;
	assert_non_null(scene);
	for (uint64_t seed = 1; seed <= seeds; seed++) {
		set_scene(scene, seed);
		compare_scene(scene);
		strike_scene(scene);
	}
	free(scene);
}

/* A test of random things is worth what it meets: each kind of answer has to occur. */
static void scenes_are_rich(void **state)
{
	struct scene *scene = calloc(1, sizeof(*scene));
	size_t n_whys[3] = {0}, n_deep = 0, n_pages[MOST_PAGES + 1] = {0};

	(void)state;
	assert_non_null(scene);
	for (uint64_t seed = 1; seed <= 200; seed++) {
		set_scene(scene, seed);
		for (size_t o = 0; o < scene->n_overlays; o++) {
			const struct painting *painting = &scene->overlays[o];

			n_pages[painting->pages]++;
			for (size_t i = 0; i < painting->n_unused; i++) {
				n_whys[painting->unused[i].why]++;
				n_deep += painting->unused[i].branches.count > 1;
			}
		}
		strike_scene(scene);
	}
	free(scene);
	for (size_t i = 0; i < COUNT(n_whys); i++)
		assert_true(n_whys[i] > 50);
	assert_true(n_deep > 50);
	for (size_t i = 1; i <= MOST_PAGES; i++)
		assert_true(n_pages[i] > 10);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(scenes_are_rich),
		cmocka_unit_test(map_equals_painting),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
