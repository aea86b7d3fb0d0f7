/* SPDX-License-Identifier: MIT */
/* Shards of a usage scan, joined; and what must not be joined. */
#include "testing.h"

#include "sample.h"
#include "usage/usage_merge.h"

static void add_access(struct pl_target *target, const char *file, unsigned line,
		       enum pl_access_kind kind)
{
	const struct pl_access access = {.record = "page",
					 .field = "flags",
					 .kind = kind,
					 .spot = {{file, line}, 3, "f", NULL}};

	expect_ok(pl_target_add_access(target, &access));
}

/* Shard NUMBER of COUNT of the sample, with one access of its own and one that all have. */
static struct pl_target *shard(unsigned number, unsigned count)
{
	struct pl_target *target = sample_target("x");
	struct pl_usage *usage = pl_target_usage(target);
	char file[] = "mm/0.c";
	const struct pl_cast cast = {"page", "slab", {{"mm/slab.h", 9}, 1, "g", NULL}};
	const struct pl_lost_unit lost = {"fs/lost.c", "killed"};

	file[3] = (char)('0' + number);
	usage->shard = number;
	usage->shards = count;
	usage->units = 10 * number;
	usage->read = number;
	usage->skipped = 1;
	add_access(target, file, 5, PL_ACCESS_WRITE);
	add_access(target, "include/linux/mm.h", 7, PL_ACCESS_READ);
	expect_ok(pl_target_add_cast(target, &cast));
	if (number == 2)
		expect_ok(pl_target_add_lost(target, &lost));
	return target;
}

static void expect_access(const struct pl_access *access, const char *file, unsigned line)
{
	assert_string_equal(access->spot.place.file, file);
	assert_int_equal(access->spot.place.line, line);
}

static void shards_are_joined_in_any_order(void **state)
{
	struct pl_target *into = shard(2, 3), *first = shard(1, 3), *last = shard(3, 3);
	const struct pl_target *const others[] = {last, first};
	const struct pl_usage *usage = into->usage;

	(void)state;
	expect_ok(pl_usage_merge(into, others, COUNT(others)));
	assert_int_equal(usage->shard, 1);
	assert_int_equal(usage->shards, 1);
	assert_int_equal(usage->units, 60);
	assert_int_equal(usage->read, 6);
	assert_int_equal(usage->skipped, 3);
	assert_int_equal(usage->n_accesses, 4);
	expect_access(&usage->accesses[0], "include/linux/mm.h", 7);
	expect_access(&usage->accesses[1], "mm/1.c", 5);
	expect_access(&usage->accesses[3], "mm/3.c", 5);
	assert_int_equal(usage->n_casts, 1);
	assert_int_equal(usage->n_lost, 1);
	pl_target_free(first);
	pl_target_free(last);
	expect_access(&usage->accesses[1], "mm/1.c", 5);
	pl_target_free(into);
}

/* In a header that does different things in the units that include it. */
static void what_shards_say_of_one_place_is_combined(void **state)
{
	struct pl_target *into = shard(1, 2), *other = shard(2, 2);
	const struct pl_target *const others[] = {other};
	const struct pl_usage *usage = into->usage;
	const struct pl_cast cast = {"page", "slab", {{"mm/slab.h", 9}, 1, "g", "AS_SLAB"}};

	(void)state;
	add_access(other, "mm/1.c", 5, PL_ACCESS_READ);
	expect_ok(pl_target_add_cast(other, &cast));
	expect_ok(pl_usage_merge(into, others, COUNT(others)));
	pl_target_free(other);
	assert_int_equal(usage->n_accesses, 3);
	expect_access(&usage->accesses[1], "mm/1.c", 5);
	assert_int_equal(usage->accesses[1].kind, PL_ACCESS_READ_WRITE);
	assert_int_equal(usage->n_casts, 1);
	assert_string_equal(usage->casts[0].spot.through, "AS_SLAB");
	pl_target_free(into);
}

static void lost_units_are_counted_one_by_one(void **state)
{
	struct pl_target *into = shard(1, 2), *other = shard(2, 2);
	const struct pl_target *const others[] = {other};

	(void)state;
	expect_ok(pl_target_add_lost(other, &other->usage->lost[0]));
	expect_ok(pl_usage_merge(into, others, COUNT(others)));
	assert_int_equal(into->usage->n_lost, 2);
	pl_target_free(other);
	pl_target_free(into);
}

static void a_shard_stays_one_when_it_is_copied(void **state)
{
	struct pl_target *from = shard(2, 3), *to = sample_target("x");

	(void)state;
	expect_ok(pl_usage_copy(to, from));
	assert_int_equal(to->usage->shard, 2);
	assert_int_equal(to->usage->shards, 3);
	assert_int_equal(to->usage->n_accesses, 2);
	assert_int_equal(to->usage->units, 20);
	pl_target_free(from);
	pl_target_free(to);
}

static void expect_refusal(struct pl_target *into, struct pl_target *other, const char *message)
{
	const struct pl_target *const others[] = {other};
	size_t before = into->usage ? into->usage->n_accesses : 0;

	expect_error(pl_usage_merge(into, others, 1), PL_ERROR_USAGE, message);
	assert_int_equal(into->usage ? into->usage->n_accesses : 0, before);
	pl_target_free(into);
	pl_target_free(other);
}

static void what_are_no_shards_of_one_scan_is_refused(void **state)
{
	struct pl_target *other = shard(2, 2);

	(void)state;
	expect_refusal(shard(1, 2), shard(1, 2), "x: shard 1 of 2 is there twice");
	expect_refusal(shard(1, 1), shard(1, 1), "x: shard 1 of 1 is there twice");
	expect_refusal(shard(1, 3), shard(2, 3), "x: there are 2 of 3 shards");
	expect_refusal(shard(1, 2), shard(2, 3),
		       "x: a shard of 2 and one of 3 are not of one scan");
	expect_refusal(shard(1, 2), shard(3, 2), "x: there is no shard 3 of 2");
	expect_refusal(shard(1, 2), sample_target("x"),
		       "x: the code of one of them was not looked at");
	expect_refusal(sample_target("x"), shard(1, 2), "x: its code was not looked at");
	other->arch = "s390x";
	expect_refusal(shard(1, 2), other,
		       "x: these are no shards of one scan: their architectures differ");
	other = shard(2, 2);
	other->release = NULL;
	expect_refusal(shard(1, 2), other,
		       "x: these are no shards of one scan: their releases differ");
	other = shard(2, 2);
	other->config_digest = "sha256:0";
	expect_refusal(shard(1, 2), other,
		       "x: these are no shards of one scan: their configurations differ");
}

static void shards_of_other_layouts_are_refused(void **state)
{
	struct pl_target *moved = shard(2, 2), *without = shard(2, 2), *more = shard(1, 2);

	(void)state;
	pl_target_record(moved, "slab")->fields[1].offset += 8;
	expect_refusal(shard(1, 2), moved,
		       "x: these are no shards of one scan: they lay out slab differently");
	without->n_records--;
	more->n_records--;
	expect_refusal(shard(1, 2), without,
		       "x: these are no shards of one scan: they lay out ptdesc differently");
	expect_refusal(more, shard(2, 2),
		       "x: these are no shards of one scan: they lay out ptdesc differently");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(shards_are_joined_in_any_order),
		cmocka_unit_test(what_shards_say_of_one_place_is_combined),
		cmocka_unit_test(lost_units_are_counted_one_by_one),
		cmocka_unit_test(a_shard_stays_one_when_it_is_copied),
		cmocka_unit_test(what_are_no_shards_of_one_scan_is_refused),
		cmocka_unit_test(shards_of_other_layouts_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
