/* SPDX-License-Identifier: MIT */
/* How large hosts and overlays are, where they end, and what room is left. */
#include "testing.h"

#include "check_fixture.h"

#define SLAB(members) PAGE "struct slab { long flags; " members " };"
#define SIZE RULE("size", "")
#define BEFORE(words) "{'name': 'slab', 'ends_before': [" words "]}"
#define TWO_BEFORE(words) "{'name': 'slab', 'pages': 2, 'ends_before': [" words "]}"
#define TOO_LONG(size, window, field, end)                                                         \
	"R error slab " field " -: slab is " size " bytes long, and has to end by byte " window    \
	", " end

static void overlays_end_with_their_hosts(void **state)
{
	static const char on_32[] = TOO_LONG("40", "36", "-", "the end of its hosts");

	(void)state;
	expect_cases(
		{{.records = SLAB("long a[7];")}, NULL, SIZE, SILENT},
		{{.records = SLAB("long a[8];")},
		 NULL,
		 SIZE,
		 TOO_LONG("72", "64", "-", "the end of its hosts")},
		{{.records = SLAB("long a[8];"), .bits = 32}, NULL, SIZE, SILENT},
		{{.records = SLAB("long a[9];"), .bits = 32}, NULL, SIZE, on_32},
		{{.records = SLAB("long a[15];")}, "{'name': 'slab', 'pages': 2}", SIZE, SILENT},
		{{.records = SLAB("long a[16];")},
		 "{'name': 'slab', 'pages': 2}",
		 SIZE,
		 TOO_LONG("136", "128", "-", "the end of its hosts")},
		{{.records = SLAB("long a; int rest[];")}, NULL, SIZE, SILENT},
		{{.records = SLAB("long a[9];"), .arch = "arm"},
		 NULL,
		 RULE("size", ", 'except': [{'overlays': ['slab'], 'archs': ['arm'],"
			      " 'reason': 'x'}]"),
		 SILENT});
}

static void overlays_end_before_a_word(void **state)
{
	(void)state;
	expect_cases({{.records = SLAB("long a[6];")}, BEFORE("'memcg_data'"), SIZE, SILENT},
		     {{.records = SLAB("long a[7];")},
		      BEFORE("'memcg_data'"),
		      SIZE,
		      TOO_LONG("64", "56", "memcg_data", "where the host has memcg_data")},
		     /* The first that the host has, by the name that it has there. */
		     {{.records = SLAB("long a[6];")},
		      BEFORE("'kmsan', 'type', 'word1'"),
		      SIZE,
		      TOO_LONG("56", "48", "page_type", "where the host has page_type")},
		     {{.records = SLAB("long a[7];")}, BEFORE("'kmsan'"), SIZE, SILENT},
		     {{.records = SLAB("long a[8];")},
		      BEFORE("'kmsan'"),
		      SIZE,
		      TOO_LONG("72", "64", "-", "the end of its hosts")},
		     /* Only of the last host. */
		     {{.records = SLAB("long a[14];")}, TWO_BEFORE("'memcg_data'"), SIZE, SILENT},
		     {{.records = SLAB("long a[15];")},
		      TWO_BEFORE("'memcg_data'"),
		      SIZE,
		      TOO_LONG("128", "120", "memcg_data", "where the host has memcg_data")},
		     /* It is a member that leaves the window. */
		     {{.records = SLAB("long a[5]; int b;")}, BEFORE("'_refcount'"), SIZE, SILENT},
		     {{.records = SLAB("long a[5]; int b; char c;")},
		      BEFORE("'_refcount'"),
		      SIZE,
		      TOO_LONG("56", "52", "_refcount.counter",
			       "where the host has _refcount.counter")});
}

#define HOST(rest) RULE("host-size", rest)
#define IS(size, what) "R error page - -: page is " size " bytes long, which is " what ": T"

static void hosts_are_of_a_size(void **state)
{
	static const char records[] = PAGE;

	(void)state;
	expect_cases({{.records = records},
		      NULL,
		      HOST(", 'least': 64, 'most': 64, 'multiple': 64"),
		      SILENT},
		     {{.records = records}, NULL, HOST(", 'least': 65"), IS("64", "too small")},
		     {{.records = records}, NULL, HOST(", 'most': 63"), IS("64", "too large")},
		     {{.records = records},
		      NULL,
		      HOST(", 'multiple': 24"),
		      IS("64", "not a multiple of what it has to be")},
		     {{.records = records}, NULL, HOST(", 'power_of_two': true"), SILENT},
		     {{.records = "struct page { long a[7]; };"},
		      NULL,
		      HOST(", 'power_of_two': true"),
		      IS("56", "not a power of two")},
		     {{.records = "struct page { long a[7]; };"},
		      NULL,
		      HOST(", 'least': 64, 'power_of_two': true"),
		      IS("56", "too small")},
		     {{.records = records, .bits = 32},
		      NULL,
		      HOST(", 'power_of_two': true"),
		      IS("36", "not a power of two")},
		     {{.records = records, .bits = 32},
		      NULL,
		      HOST(", 'power_of_two': true, 'where': {'bits': 64}"),
		      SILENT},
		     {{.records = records},
		      NULL,
		      HOST(", 'most': 8, 'where': {'overlays': ['slab']}"),
		      SILENT},
		     {{.records = records},
		      NULL,
		      HOST(", 'most': 8, 'where': {'overlays': ['page']}"),
		      IS("64", "too large")});
}

static void hosts_are_aligned(void **state)
{
	static const char two[] = RULE("host-align", ", 'words': 2");
	static const char to_8[] = "struct page { long a[8]; } aligned 8;";
	static const char found[] = "R error page - -: page is aligned to 8 bytes, not to 16: T";
	static const char except[] =
		RULE("host-align", ", 'words': 2, 'except': [{'archs': ['m68k'], 'reason': 'x'}]");

	(void)state;
	expect_cases({{.records = "struct page { long a[8]; } aligned 16;"}, NULL, two, SILENT},
		     {{.records = "struct page { long a[8]; } aligned 32;"}, NULL, two, SILENT},
		     {{.records = to_8}, NULL, two, found},
		     {{.records = to_8, .bits = 32}, NULL, two, SILENT},
		     /* The source does not say. */
		     {{.records = "struct page { long a[8]; };"}, NULL, two, SILENT},
		     {{.records = to_8, .arch = "m68k"}, NULL, except, SILENT},
		     {{.records = to_8, .arch = "x86_64"}, NULL, except, found});
}

#define GAP RULE("host-gap", ", 'on': ['word1', 'type', 'tail']")
#define SHIFTED(flags)                                                                             \
	"struct page { " flags " struct list_head lru @8; int page_type; long tail @32; };"

static void words_follow_each_other(void **state)
{
	static const char tail[] =
		"R error page tail -: page has nothing on bytes 28-31, before tail: T";

	(void)state;
	expect_cases({{.records = PAGE}, NULL, GAP, SILENT},
		     {{.records = PAGE, .bits = 32}, NULL, GAP, SILENT},
		     {{.records = SHIFTED("long flags;")}, NULL, GAP, tail},
		     {{.records = SHIFTED("int flags;")},
		      NULL,
		      GAP,
		      "R error page lru.next -: page has nothing on bytes 4-7, before lru.next: "
		      "T\n"
		      "R error page tail -: page has nothing on bytes 28-31, before tail: T"},
		     /* One alternative of a union is enough. */
		     {{.records = SHIFTED("union { int flags; long wide @0; };")}, NULL, GAP, tail},
		     {{.records = SHIFTED("int flags;")},
		      NULL,
		      RULE("host-gap", ", 'on': ['word1'], 'where': {'bits': 32}"),
		      SILENT});
}

#define END RULE_OF("R", "end", "info", "")

static void overlays_end_where_a_field_ends(void **state)
{
	(void)state;
	expect_cases(
		{{.records = PAGE "struct slab { long a[3]; };"}, NULL, END, SILENT},
		{{.records = PAGE "struct slab { long a[8]; };"}, NULL, END, SILENT},
		{{.records = PAGE "struct slab { int a[3]; };"},
		 NULL,
		 END,
		 "R info slab lru.next -: slab ends at byte 12, inside of lru.next, which ends at "
		 "byte 16"},
		{{.records = PAGE "struct slab { int a[19]; };"},
		 "{'name': 'slab', 'pages': 2}",
		 END,
		 "R info slab lru.next -: slab ends at byte 12 of page 1, inside of lru.next, "
		 "which "
		 "ends at byte 16"},
		/* It ends nowhere on its host, or in padding. */
		{{.records = PAGE "struct slab { int a[17]; };"}, NULL, END, SILENT},
		{{.records = "struct page { long flags; char _pad[8]; };"
			     "struct slab { int a[3]; };"},
		 NULL,
		 END,
		 SILENT},
		{{.records = "struct page { long flags; union { long a; struct { int b; int c; }; "
			     "}; };"
			     "struct slab { int a[3]; };"},
		 NULL,
		 END,
		 "R info slab a -: slab ends at byte 12, inside of a, which ends at byte 16"},
		{{.records = PAGE "struct slab { int a[3]; };"},
		 NULL,
		 RULE("end", ", 'except': [{'overlays': ['slab'], 'reason': 'x'}]"),
		 SILENT});
}

#define HOLE RULE_OF("R", "hole", "info", "")
#define UNUSED(field, range, bytes)                                                                \
	"R info slab " field " " range ": no member of slab uses " bytes                           \
	", whichever alternative is live"

static void room_that_is_left_is_told(void **state)
{
	(void)state;
	expect_cases(
		{{.records = SLAB("long a;")}, NULL, HOLE, SILENT},
		{{.records = SLAB("int a; long b;")},
		 NULL,
		 HOLE,
		 UNUSED("lru.next", "0:96+32", "bytes 12-15")},
		/* Two on one field, and of one field on two pages. */
		{{.records = SLAB("char a; char b @10; int c @12;")},
		 NULL,
		 HOLE,
		 UNUSED("lru.next", "0:72+8", "byte 9") "\n" UNUSED("lru.next", "0:88+8",
								    "byte 11")},
		{{.records = SLAB("long a[7]; long b[3]; long c[12] @96;")},
		 "{'name': 'slab', 'pages': 3}",
		 HOLE,
		 UNUSED("mapping", "1:192+64", "bytes 24-31 of page 1")},
		{{.records = SLAB("long a[9]; long b[7] @88; long c[6] @152;")},
		 "{'name': 'slab', 'pages': 4}",
		 HOLE,
		 UNUSED("lru.prev", "1:128+64", "bytes 16-23 of page 1") "\n" UNUSED(
			 "lru.prev", "2:128+64", "bytes 16-23 of page 2")},
		/* In a union, what no alternative has a member on: between, behind, and in nested
		   ones. */
		{{.records = SLAB("union { struct { long a; int b; }; struct { long c; int d; }; };"
				  " long e;")},
		 NULL,
		 HOLE,
		 UNUSED("lru.prev", "0:160+32", "bytes 20-23")},
		{{.records = SLAB("union { struct { char a; int b; }; struct { short c; union {"
				  " int d; struct { short f; char g; }; }; char h; }; };")},
		 NULL,
		 HOLE,
		 UNUSED("lru.next", "0:80+16", "bytes 10-11") "\n" UNUSED("lru.prev", "0:136+56",
									  "bytes 17-23")},
		{{.records = SLAB("union { struct { char a; long b; }; struct { char c[2]; long d;"
				  " }; struct { char f; spinlock_t g @4; }; };")},
		 NULL,
		 HOLE,
		 UNUSED("lru.next", "0:80+16", "bytes 10-11")},
		/* What padding keeps, and what a copy of the host has. */
		{{.records = SLAB("union { struct { int a; char _pad[4]; }; struct { int b; int c"
				  " @4; }; };")},
		 NULL,
		 HOLE,
		 SILENT},
		{{.records = "struct page { int flags; long lru; };"
			     "struct slab { union { struct { int a; int b @12; }; struct page c; "
			     "}; };"},
		 NULL,
		 HOLE,
		 SILENT},
		{{.records = "struct page { int flags; long lru; };"
			     "struct slab { struct page a; };"},
		 NULL,
		 HOLE,
		 SILENT},
		/* Bits; what is padded, locked, or used by some alternative; what is behind it. */
		{{.records = SLAB("int a : 3; int : 5; char b[7] @9;")},
		 NULL,
		 HOLE,
		 UNUSED("lru.next", "0:67+5", "byte 8, bits 3-7")},
		{{.records = SLAB("char _pad[8]; union { int a; long b; }; spinlock_t lock;")},
		 NULL,
		 HOLE,
		 SILENT},
		{{.records = SLAB("int a; long b;")},
		 NULL,
		 RULE("hole", ", 'where': {'overlays': ['folio']}"),
		 SILENT});
}

#define ASSERTED RULE_OF("R", "asserted", "info", "")
#define SIZE_PIN(of, is, most, is_known)                                                           \
	{                                                                                          \
		.kind = PL_PIN_SIZE, .overlay = of, .expression = "sizeof(slab) <= " #most,        \
		.known = is_known, .left = is, .right = most, .holds = true                        \
	}

static void assertions_are_as_narrow_as_the_window(void **state)
{
	static const struct pl_pin wide[] = {SIZE_PIN("slab", 56, 64, true), {0}};
	static const struct pl_pin narrow[] = {SIZE_PIN("slab", 56, 56, true), {0}};
	static const struct pl_pin both[] = {
		SIZE_PIN("slab", 56, 64, true), SIZE_PIN("slab", 56, 56, true), {0}};
	static const struct pl_pin two[] = {
		SIZE_PIN("slab", 56, 57, true), SIZE_PIN("slab", 56, 64, true), {0}};
	static const struct pl_pin others[] = {SIZE_PIN("slab", 56, 64, false),
					       SIZE_PIN("slab", 48, 64, true),
					       SIZE_PIN("folio", 56, 64, true),
					       SIZE_PIN(NULL, 56, 64, true),
					       {0}};
	static const char records[] = SLAB("long a[6];");
	static const char to_64[] =
		"R info slab memcg_data -: sizeof(slab) <= 64: the assertion "
		"lets slab grow to 64 bytes; from byte 56 on, memcg_data is not "
		"its own";
	static const char to_57[] =
		"R info slab memcg_data -: sizeof(slab) <= 57: the assertion "
		"lets slab grow to 57 bytes; from byte 56 on, memcg_data is not "
		"its own\n"
		"R info slab memcg_data -: sizeof(slab) <= 64: the assertion "
		"lets slab grow to 64 bytes; from byte 56 on, memcg_data is not "
		"its own";

	(void)state;
	expect_cases(
		{{.records = records, .pins = wide}, BEFORE("'memcg_data'"), ASSERTED, to_64},
		{{.records = records, .pins = narrow}, BEFORE("'memcg_data'"), ASSERTED, SILENT},
		{{.records = records, .pins = both}, BEFORE("'memcg_data'"), ASSERTED, SILENT},
		{{.records = records, .pins = two}, BEFORE("'memcg_data'"), ASSERTED, to_57},
		{{.records = records, .pins = others}, BEFORE("'memcg_data'"), ASSERTED, SILENT},
		{{.records = records, .pins = wide}, NULL, ASSERTED, SILENT},
		{{.records = records, .pins = wide}, BEFORE("'kmsan'"), ASSERTED, SILENT},
		{{.records = records}, BEFORE("'memcg_data'"), ASSERTED, SILENT},
		{{.records = records, .pins = wide},
		 BEFORE("'memcg_data'"),
		 RULE("asserted", ", 'except': [{'overlays': ['slab'], 'reason': 'x'}]"),
		 SILENT});
}

#define PIN(text, its_left, its_right)                                                             \
	{                                                                                          \
		.kind = PL_PIN_SIZE, .overlay = "slab", .expression = text, .known = true,         \
		.left = its_left, .right = its_right, .holds = true                                \
	}
#define GROWS(text, most)                                                                          \
	"R info slab memcg_data -: " text ": the assertion lets slab grow to " most                \
	" bytes; from byte 56 on, memcg_data is not its own"

/* What counts is how large a record may be at most, on whichever side it stands. */
static void assertions_say_at_most_how_long(void **state)
{
	static const struct pl_pin less[] = {PIN("sizeof(slab) < 64", 56, 64), {0}};
	static const struct pl_pin tight[] = {PIN("sizeof(slab) < 57", 56, 57), {0}};
	static const struct pl_pin equal[] = {PIN("sizeof(slab) == 56", 56, 56), {0}};
	static const struct pl_pin host[] = {PIN("sizeof(page) >= sizeof(slab)", 64, 56), {0}};
	static const struct pl_pin more[] = {PIN("64 > sizeof(slab)", 64, 56), {0}};
	static const struct pl_pin right[] = {PIN("56 == sizeof(slab)", 56, 56), {0}};
	static const struct pl_pin least[] = {PIN("sizeof(slab) >= 16", 56, 16),
					      PIN("sizeof(slab) > 16", 56, 16),
					      PIN("16 <= sizeof(slab)", 16, 56),
					      PIN("sizeof(slab) <= 64", 56, 64),
					      {0}};
	static const struct pl_pin none[] = {PIN("sizeof(slab) != 63", 56, 63),
					     PIN("sizeof(slab) > 55 || 64 < sizeof(slab)", 56, 64),
					     PIN("sizeof(slab) >= 56", 56, 56),
					     PIN("2 * sizeof(slab) <= 128", 112, 128),
					     PIN("128 >= 2 * sizeof(slab)", 128, 112),
					     {0}};
	static const char records[] = SLAB("long a[6];");

	(void)state;
	expect_cases(
		{{.records = records, .pins = less},
		 BEFORE("'memcg_data'"),
		 ASSERTED,
		 GROWS("sizeof(slab) < 64", "63")},
		{{.records = records, .pins = tight}, BEFORE("'memcg_data'"), ASSERTED, SILENT},
		{{.records = records, .pins = equal}, BEFORE("'memcg_data'"), ASSERTED, SILENT},
		{{.records = records, .pins = host},
		 BEFORE("'memcg_data'"),
		 ASSERTED,
		 GROWS("sizeof(page) >= sizeof(slab)", "64")},
		{{.records = records, .pins = more},
		 BEFORE("'memcg_data'"),
		 ASSERTED,
		 GROWS("64 > sizeof(slab)", "63")},
		{{.records = records, .pins = right}, BEFORE("'memcg_data'"), ASSERTED, SILENT},
		{{.records = records, .pins = least},
		 BEFORE("'memcg_data'"),
		 ASSERTED,
		 GROWS("sizeof(slab) <= 64", "64")},
		{{.records = records, .pins = none}, BEFORE("'memcg_data'"), ASSERTED, SILENT});
}

#define CANDIDATE RULE_OF("R", "candidate", "warning", "")

static void records_that_nobody_speaks_of_are_told(void **state)
{
	static const struct kernel cast = {
		.records = SLAB(""), .candidate = "zpage", .how = PL_CANDIDATE_CAST, .places = 3};
	static const struct kernel holder = {.records = SLAB(""),
					     .candidate = "niu_page",
					     .how = PL_CANDIDATE_UNION,
					     .places = 1};
	static const struct kernel known = {
		.records = SLAB(""), .candidate = "slab", .how = PL_CANDIDATE_CAST, .places = 1};

	(void)state;
	expect_cases(
		{cast, NULL, CANDIDATE,
		 "R warning zpage - -: struct zpage is cast to or from page, in 3 places, and no "
		 "assertion or rule pack speaks of it"},
		{holder, NULL, CANDIDATE,
		 "R warning niu_page - -: struct niu_page holds a page, in 1 place, and no "
		 "assertion or rule pack speaks of it"},
		{holder, NULL,
		 RULE("candidate", ", 'except': [{'overlays': ['niu_*'], 'reason': 'x'}]"), SILENT},
		/* The pack speaks of it, whether or not this kernel has it. */
		{known, NULL, CANDIDATE, SILENT}, {cast, "{'name': 'zpage'}", CANDIDATE, SILENT},
		{{.records = SLAB("")}, NULL, CANDIDATE, SILENT});
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(overlays_end_with_their_hosts),
		cmocka_unit_test(overlays_end_before_a_word),
		cmocka_unit_test(hosts_are_of_a_size),
		cmocka_unit_test(hosts_are_aligned),
		cmocka_unit_test(words_follow_each_other),
		cmocka_unit_test(overlays_end_where_a_field_ends),
		cmocka_unit_test(room_that_is_left_is_told),
		cmocka_unit_test(assertions_are_as_narrow_as_the_window),
		cmocka_unit_test(assertions_say_at_most_how_long),
		cmocka_unit_test(records_that_nobody_speaks_of_are_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
