/* SPDX-License-Identifier: MIT */
/* The cells of the text table, where several leaves are one name or exclude each other. */
#include "testing.h"

#include "layout_fixture.h"
#include "map/map.h"
#include "model/pack.h"
#include "report/text_internal.h"

static const struct pl_pack locks = {
	.classes =
		(struct pl_pack_class[]){
			{PL_CLASS_LOCK, (const char *[]){"spinlock_t"}, 1, NULL, 0},
		},
	.n_classes = 1,
};

/* The table of RECORDS, in which slab lies on page. */
static void expect_table(const char *records, struct pl_text_options options, const char *wanted)
{
	static const struct pl_wanted_overlay slab = {"slab", 1};
	struct pl_target *target = pl_target_new();
	struct pl_strbuf text = PL_STRBUF_INIT;

	assert_non_null(target);
	target->name = "x";
	target->bits = 64;
	target->endian = PL_ENDIAN_LITTLE;
	layout_records(target, records);
	pl_map_classify(&locks, target);
	expect_ok(pl_map_target(target, "page", &slab, 1));
	options.width = 100;
	expect_ok(pl_text_table(target, 0, &options, &text));
	assert_string_equal(text.text, wanted);
	pl_strbuf_release(&text);
	pl_target_free(target);
}

#define LOCKED                                                                                     \
	"struct page { union { long private; spinlock_t ptl; int first; }; };"                     \
	"struct slab { long flags; };"

/* The leaves of a lock stand for the lock, which is there once. */
static void locks_of_the_host_are_named_once(void **state)
{
	(void)state;
	expect_table(LOCKED, (struct pl_text_options){0},
		     "byte  page                 slab\n"
		     "   0  private ptl first:4  ~flags\n");
	expect_table(LOCKED, (struct pl_text_options){.compact = true},
		     "byte  page        slab\n"
		     "   0  private +2  ~flags\n");
}

/* Whatever stands above: a member that is there in any case, or an alternative. */
static void alternatives_of_any_entry_before_have_a_bar(void **state)
{
	(void)state;
	expect_table("struct page { long flags; };"
		     "struct slab { int one; union { short two; int three; }; };",
		     (struct pl_text_options){0},
		     "byte  page   slab\n"
		     "   0  flags  <one:4\n"
		     "             <two+4:2\n"
		     "             |<three+4:4\n");
	expect_table("struct page { long flags; };"
		     "struct slab { union { short a; struct { char b; char c; }; }; int one; };",
		     (struct pl_text_options){0},
		     "byte  page   slab\n"
		     "   0  flags  <a:2\n"
		     "             |<b:1\n"
		     "             |<c+1:1\n"
		     "             <one+4:4\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(locks_of_the_host_are_named_once),
		cmocka_unit_test(alternatives_of_any_entry_before_have_a_bar),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
