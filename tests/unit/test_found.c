/* SPDX-License-Identifier: MIT */
/* What a function does: said once of each place and field, in one order, and the same again out of
 * bytes. */
#include "arena_fixture.h"
#include "read/usage/found.h"
#include "testing.h"

static struct pl_access access_at(const char *file, unsigned line, unsigned column)
{
	return (struct pl_access){.record = "page",
				  .field = "flags",
				  .kind = PL_ACCESS_READ,
				  .spot = {.place = {file, line}, .column = column}};
}

/* A comes before B, and neither is the other. */
static void expect_order(const struct pl_access *a, const struct pl_access *b)
{
	assert_true(pl_access_place_order(a, b) < 0);
	assert_true(pl_access_place_order(b, a) > 0);
	assert_int_equal(pl_access_place_order(a, a), 0);
	assert_int_equal(pl_access_place_order(b, b), 0);
}

static void accesses_have_an_order(void **state)
{
	struct pl_access base = access_at("b.c", 5, 5), before = access_at("a.c", 9, 9), other;

	(void)state;
	expect_order(&before, &base);
	before = access_at("b.c", 4, 9);
	expect_order(&before, &base);
	before = access_at("b.c", 5, 4);
	expect_order(&before, &base);
	other = base;
	other.spot.function = "f"; /* no name comes before any */
	expect_order(&base, &other);
	before = other;
	other.spot.function = "g";
	expect_order(&before, &other);
	other = base;
	other.record = "slab";
	expect_order(&base, &other);
	other = base;
	other.field = "lru";
	expect_order(&base, &other);
	before = base;
	before.field = NULL;
	expect_order(&before, &base);
	other = base;
	other.kind = PL_ACCESS_WRITE;
	other.callee = "put";
	assert_int_equal(pl_access_place_order(&base, &other), 0);
}

static void casts_have_an_order(void **state)
{
	struct pl_cast base = {"page", "slab", {.place = {"a.c", 5}, .column = 1}}, other = base;

	(void)state;
	assert_int_equal(pl_cast_place_order(&base, &other), 0);
	other.to = "zpdesc";
	assert_true(pl_cast_place_order(&base, &other) < 0);
	other.from = "folio";
	assert_true(pl_cast_place_order(&base, &other) > 0);
	other.spot.column = 2;
	assert_true(pl_cast_place_order(&base, &other) < 0);
}

static void expect_together(enum pl_access_kind a, enum pl_access_kind b, enum pl_access_kind both)
{
	struct pl_access one = access_at("a.c", 1, 1), two = one;

	one.kind = a;
	two.kind = b;
	pl_access_combine(&one, &two);
	assert_int_equal(one.kind, both);
	one.kind = a;
	pl_access_combine(&two, &one);
	assert_int_equal(two.kind, both);
}

static void kinds_say_together(void **state)
{
	(void)state;
	for (int kind = 0; kind < PL_ACCESS_KIND_COUNT; kind++) {
		expect_together((enum pl_access_kind)kind, (enum pl_access_kind)kind,
				(enum pl_access_kind)kind);
		expect_together((enum pl_access_kind)kind, PL_ACCESS_ADDRESS,
				(enum pl_access_kind)kind);
		expect_together((enum pl_access_kind)kind, PL_ACCESS_READ_WRITE,
				PL_ACCESS_READ_WRITE);
	}
	expect_together(PL_ACCESS_READ, PL_ACCESS_WRITE, PL_ACCESS_READ_WRITE);
}

/* It may be written there: more than a read, and with a write both. */
static void an_address_that_is_handed_on_says_more_than_a_read(void **state)
{
	static const struct {
		enum pl_access_kind with, both;
	} kinds[] = {{PL_ACCESS_READ, PL_ACCESS_ADDRESS},
		     {PL_ACCESS_ADDRESS, PL_ACCESS_ADDRESS},
		     {PL_ACCESS_WRITE, PL_ACCESS_READ_WRITE},
		     {PL_ACCESS_READ_WRITE, PL_ACCESS_READ_WRITE}};

	(void)state;
	for (size_t i = 0; i < COUNT(kinds); i++) {
		struct pl_access handed = access_at("a.c", 1, 1), other = handed, again;

		handed.kind = PL_ACCESS_ADDRESS;
		handed.callee = "whatever";
		other.kind = kinds[i].with;
		again = other;
		pl_access_combine(&again, &handed);
		pl_access_combine(&handed, &other);
		assert_int_equal(handed.kind, kinds[i].both);
		assert_int_equal(again.kind, kinds[i].both);
	}
}

/* The callee is that of the kind that says more; of two of one kind, the first by name. */
static void expect_callee(enum pl_access_kind a, const char *first, enum pl_access_kind b,
			  const char *second, const char *wanted)
{
	struct pl_access one = access_at("a.c", 1, 1), two = one;

	one.kind = a;
	one.callee = first;
	two.kind = b;
	two.callee = second;
	pl_access_combine(&one, &two);
	if (wanted)
		assert_string_equal(one.callee, wanted);
	else
		assert_null(one.callee);
}

static void names_do_not_depend_on_order(void **state)
{
	(void)state;
	expect_callee(PL_ACCESS_ADDRESS, NULL, PL_ACCESS_READ, "b", "b");
	expect_callee(PL_ACCESS_ADDRESS, "b", PL_ACCESS_READ, "a", "b");
	expect_callee(PL_ACCESS_READ, "a", PL_ACCESS_ADDRESS, "b", "b");
	expect_callee(PL_ACCESS_ADDRESS, "a", PL_ACCESS_WRITE, "b", "b");
	expect_callee(PL_ACCESS_READ, "a", PL_ACCESS_WRITE, "b", "b");
	expect_callee(PL_ACCESS_WRITE, "b", PL_ACCESS_READ, "a", "b");
	expect_callee(PL_ACCESS_WRITE, "a", PL_ACCESS_READ_WRITE, "b", "b");
	expect_callee(PL_ACCESS_READ_WRITE, "b", PL_ACCESS_WRITE, NULL, "b");
	expect_callee(PL_ACCESS_READ, "b", PL_ACCESS_READ, "a", "a");
	expect_callee(PL_ACCESS_READ, "a", PL_ACCESS_READ, "b", "a");
	expect_callee(PL_ACCESS_READ, NULL, PL_ACCESS_READ, "b", "b");
	expect_callee(PL_ACCESS_READ, "b", PL_ACCESS_READ, NULL, "b");
	expect_callee(PL_ACCESS_READ, "a", PL_ACCESS_WRITE, NULL, NULL);
}

static void what_is_there_is_combined(void **state)
{
	struct pl_found found = {.arena = arena};
	struct pl_access first = access_at("a.c", 1, 1), second = access_at("a.c", 2, 1);
	struct pl_cast cast = {"page", "slab", {.place = {"a.c", 1}, .through = "b"}};

	(void)state;
	expect_ok(pl_found_access(&found, &first));
	expect_ok(pl_found_access(&found, &second));
	first.kind = PL_ACCESS_WRITE;
	first.bits = "PG_a";
	first.spot.through = "M";
	expect_ok(pl_found_access(&found, &first));
	assert_int_equal(found.n_accesses, 2);
	assert_int_equal(found.accesses[0].kind, PL_ACCESS_READ_WRITE);
	assert_string_equal(found.accesses[0].bits, "PG_a");
	assert_string_equal(found.accesses[0].spot.through, "M");
	assert_int_equal(found.accesses[1].kind, PL_ACCESS_READ);
	expect_ok(pl_found_cast(&found, &cast));
	cast.spot.through = "a";
	expect_ok(pl_found_cast(&found, &cast));
	assert_int_equal(found.n_casts, 1);
	assert_string_equal(found.casts[0].spot.through, "a");
	cast.to = "folio";
	expect_ok(pl_found_cast(&found, &cast));
	assert_int_equal(found.n_casts, 2);
}

static const struct pl_access written = {
	.record = "page",
	.field = "lru.next",
	.kind = PL_ACCESS_ADDRESS,
	.spot = {.place = {"mm/a.c", 300}, .column = 17, .function = "f", .through = "M"},
	.callee = "put",
	.bits = "PG_a|PG_b"};
static const struct pl_access bare = {
	.record = "slab", .kind = PL_ACCESS_WRITE, .spot = {.place = {"mm/b.c", 0}}};
static const struct pl_cast turned = {
	"page", "slab", {.place = {"mm/c.c", 7}, .column = 3, .function = "g", .through = "N"}};

static void put(struct pl_strbuf *bytes)
{
	struct pl_found found = {.arena = arena};

	expect_ok(pl_found_access(&found, &written));
	expect_ok(pl_found_access(&found, &bare));
	expect_ok(pl_found_cast(&found, &turned));
	pl_found_put(&found, bytes);
}

static void expect_spot(const struct pl_spot *spot, const struct pl_spot *wanted)
{
	assert_string_equal(spot->place.file, wanted->place.file);
	assert_int_equal(spot->place.line, wanted->place.line);
	assert_int_equal(spot->column, wanted->column);
	if (!wanted->function) {
		assert_null(spot->function);
		assert_null(spot->through);
		return;
	}
	assert_string_equal(spot->function, wanted->function);
	assert_string_equal(spot->through, wanted->through);
}

static void bytes_say_the_same(void **state)
{
	struct pl_strbuf bytes = PL_STRBUF_INIT;
	struct pl_found found = {.arena = arena};
	struct pl_cursor cursor;

	(void)state;
	put(&bytes);
	cursor = pl_cursor_init((struct pl_bytes){(const unsigned char *)bytes.text, bytes.length},
				false);
	expect_ok(pl_found_take(&cursor, &found));
	pl_strbuf_release(&bytes);
	assert_int_equal(cursor.position, cursor.bytes.size);
	assert_int_equal(found.n_accesses, 2);
	expect_spot(&found.accesses[0].spot, &written.spot);
	assert_string_equal(found.accesses[0].record, "page");
	assert_string_equal(found.accesses[0].field, "lru.next");
	assert_int_equal(found.accesses[0].kind, PL_ACCESS_ADDRESS);
	assert_string_equal(found.accesses[0].callee, "put");
	assert_string_equal(found.accesses[0].bits, "PG_a|PG_b");
	expect_spot(&found.accesses[1].spot, &bare.spot);
	assert_null(found.accesses[1].field);
	assert_null(found.accesses[1].callee);
	assert_null(found.accesses[1].bits);
	assert_int_equal(found.n_casts, 1);
	expect_spot(&found.casts[0].spot, &turned.spot);
	assert_string_equal(found.casts[0].from, "page");
	assert_string_equal(found.casts[0].to, "slab");
}

/* Whatever is cut off. */
static void cut_bytes_make_no_sense(void **state)
{
	struct pl_strbuf bytes = PL_STRBUF_INIT;

	(void)state;
	put(&bytes);
	for (size_t size = 0; size < bytes.length; size++) {
		struct pl_found found = {.arena = arena};
		struct pl_cursor cursor = pl_cursor_init(
			(struct pl_bytes){(const unsigned char *)bytes.text, size}, false);

		expect_unreadable(pl_found_take(&cursor, &found),
				  "what a worker has said makes no sense");
	}
	pl_strbuf_release(&bytes);
}

/* One access, and what is not to be missing in it, or one cast. */
static void expect_nonsense(const struct pl_found *found)
{
	struct pl_strbuf bytes = PL_STRBUF_INIT;
	struct pl_found taken = {.arena = arena};
	struct pl_cursor cursor;

	pl_found_put(found, &bytes);
	cursor = pl_cursor_init((struct pl_bytes){(const unsigned char *)bytes.text, bytes.length},
				false);
	expect_unreadable(pl_found_take(&cursor, &taken), "what a worker has said makes no sense");
	pl_strbuf_release(&bytes);
}

static void what_must_be_there_is_missed(void **state)
{
	struct pl_access access = written;
	struct pl_cast cast = turned;
	struct pl_found found = {.accesses = &access, .n_accesses = 1};

	(void)state;
	access.kind = PL_ACCESS_KIND_COUNT;
	expect_nonsense(&found);
	access = written;
	access.record = NULL;
	expect_nonsense(&found);
	access = written;
	access.spot.place.file = NULL;
	expect_nonsense(&found);
	found = (struct pl_found){.casts = &cast, .n_casts = 1};
	cast.from = NULL;
	expect_nonsense(&found);
	cast = turned;
	cast.to = NULL;
	expect_nonsense(&found);
	cast = turned;
	cast.spot.place.file = NULL;
	expect_nonsense(&found);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(accesses_have_an_order),
		cmocka_unit_test(casts_have_an_order),
		cmocka_unit_test(kinds_say_together),
		cmocka_unit_test(an_address_that_is_handed_on_says_more_than_a_read),
		cmocka_unit_test(names_do_not_depend_on_order),
		cmocka_unit_test_setup_teardown(what_is_there_is_combined, set_up, tear_down),
		cmocka_unit_test_setup_teardown(bytes_say_the_same, set_up, tear_down),
		cmocka_unit_test_setup_teardown(cut_bytes_make_no_sense, set_up, tear_down),
		cmocka_unit_test_setup_teardown(what_must_be_there_is_missed, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
