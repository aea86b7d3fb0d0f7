/* SPDX-License-Identifier: MIT */
/* Expressions over constants of a source, in the probe and as libclang sees them there. */
#include "testing.h"

#include "clang_fixture.h"
#include "read/headers/constant_text.h"
#include "read/headers/operator_text.h"
#include "read/headers/unit_read.h"

#define HEADERS                                                                                    \
	"enum flags {\n"                                                                           \
	"	FLAG_locked,\n"                                                                          \
	"	FLAG_head = 6,\n"                                                                        \
	"	FLAG_second = 5,\n"                                                                      \
	"};\n"                                                                                     \
	"#define MASK 0xdead000000000000UL\n"                                                      \
	"#define SIGNATURE (0x40 + MASK)\n"                                                        \
	"#define HEADED (FLAG_head + 1)\n"                                                         \
	"#define FLAG_heading FLAG_head\n"                                                         \
	"#define NEW_FLAG_head FLAG_head\n"                                                        \
	"#define POISON ((void *)0x100 + MASK)\n"                                                  \
	"#define CHECKED(x) ((x) + (int)sizeof(struct { int : -!!((x) > 9); }))\n"                 \
	"#define lowest(x) lowest_of(x)\n"                                                         \
	"static inline int lowest_of(unsigned long x) { return __builtin_ctzl(x); }\n"             \
	"extern int variable;\n"

static const char *const flags[] = {"--target=x86_64-linux-gnu", "-std=gnu11", "-nostdinc", "-w",
				    "-ferror-limit=0"};

static const struct pl_wanted_macro macros[] = {{"lowest(x)", "__builtin_ctzl(x)"}};

/* What WANTED of COUNT expressions come to, after TEXT. */
static struct pl_constant *evaluate(const char *text, const struct pl_wanted_constant *wanted,
				    size_t count)
{
	PL_CLEANUP(pl_unit_release) struct pl_unit unit = {0};
	PL_CLEANUP(pl_strbuf_release) struct pl_strbuf all = PL_STRBUF_INIT;
	struct pl_constant *constants = pl_arena_array(arena, count, sizeof(*constants));
	struct pl_unit_contents contents = {.constants = constants, .n_constants = count};

	assert_non_null(constants);
	for (size_t i = 0; i < count; i++)
		constants[i].wanted = wanted[i];
	pl_strbuf_add(&all, text);
	expect_ok(pl_constant_text(wanted, count, macros, COUNT(macros), &all));
	expect_ok(pl_unit_parse(library, arena, &roots, flags, COUNT(flags), "probe.c", all.text,
				&unit));
	expect_ok(pl_unit_read(&unit, &contents));
	return constants;
}

static void each_has_an_enumeration(void **state)
{
	PL_CLEANUP(pl_strbuf_release) struct pl_strbuf text = PL_STRBUF_INIT;
	const char *needs[] = {"CONFIG_A", "B"};
	const struct pl_wanted_constant wanted[] = {{"a == 1", NULL, 0}, {"b, c", needs, 2}};

	(void)state;
	expect_ok(pl_constant_text(wanted, COUNT(wanted), macros, COUNT(macros), &text));
	assert_string_equal(text.text,
			    "#undef lowest\n"
			    "#define lowest(x) __builtin_ctzl(x)\n"
			    "#if 1\n"
			    "enum pagelap_constant_0 { pagelap_constant_0_ = (a == 1) };\n"
			    "#endif\n"
			    "#if 1 && defined(CONFIG_A) && defined(B)\n"
			    "enum pagelap_constant_1 { pagelap_constant_1_ = (b, c) };\n"
			    "#endif\n");
}

static void lines_are_told_by_their_beginning(void **state)
{
	static const char text[] = "enum pagelap_constant_x { a };\n"
				   " enum pagelap_constant_2 { a };\n"
				   "enum pagelap_constant_12 { pagelap_constant_12_ = (1) };\n"
				   "enum pagelap_constant_";
	struct pl_bytes bytes = bytes_of_text(text);
	size_t third = (size_t)(strstr(text, "enum pagelap_constant_12") - text), index = 99;

	(void)state;
	assert_false(pl_constant_at(bytes, 0, &index));
	assert_false(pl_constant_at(bytes, third - 1, &index));
	assert_true(pl_constant_at(bytes, third, &index));
	assert_int_equal(index, 12);
	assert_true(pl_constant_at(bytes, third + 40, &index));
	assert_false(pl_constant_at(bytes, bytes.size, &index));
	assert_false(pl_constant_at(bytes, bytes.size + 100, &index));
	assert_false(pl_constant_at((struct pl_bytes){0}, 0, &index));
	assert_true(pl_constant_index("pagelap_constant_7", &index));
	assert_int_equal(index, 7);
	assert_false(pl_constant_index("pagelap_constant_", &index));
	assert_false(pl_constant_index("pagelap_size_7", &index));
}

struct expectation {
	const char *expression;
	enum { UNKNOWN, BROKEN, HOLDS } is;
	const char *left, *right;
	unsigned line; /* of probe.c, which is the only file here; 0: nowhere */
};

static const struct expectation expectations[] = {
	{"FLAG_head == 6", HOLDS, "6", "6", 3},
	{"FLAG_second >= 8", BROKEN, "5", "8", 4},
	{"FLAG_head != FLAG_second", HOLDS, "6", "5", 3},
	{"(FLAG_second < (FLAG_head))", HOLDS, "5", "6", 4},
	{"-FLAG_head > -3", BROKEN, "-6", "-3", 3},
	/* without a comparison on top */
	{"FLAG_head", HOLDS, NULL, NULL, 3},
	{"FLAG_head - 6", BROKEN, NULL, NULL, 3},
	{"FLAG_head == 6 && FLAG_second == 6", BROKEN, NULL, NULL, 3},
	{"!(FLAG_head == 6)", BROKEN, NULL, NULL, 3},
	/* of alternatives, the last says why they do not hold */
	{"FLAG_head == 5 || FLAG_second > FLAG_head", BROKEN, "5", "6", 3},
	/* wide ones, through macros and casts */
	{"(MASK & SIGNATURE) == SIGNATURE", BROKEN, "0xdead000000000000", "0xdead000000000040", 0},
	{"(SIGNATURE & 3) == 0", HOLDS, "0", "0", 0},
	{"SIGNATURE > 9999", HOLDS, "0xdead000000000040", "9999", 0},
	{"10000 == -10000", BROKEN, "0x2710", "-10000", 0},
	{"((unsigned long)POISON & 1) == 0", HOLDS, "0", "0", 0},
	{"-1 < sizeof(long)", BROKEN, "0xffffffffffffffff", "8", 0},
	{"FLAG_head < 6.5", HOLDS, NULL, NULL, 3},
	/* what declares something inside */
	{"CHECKED(8) == 8", HOLDS, "8", "8", 0},
	/* an enumerator that only a macro names */
	{"HEADED == 7", HOLDS, "7", "7", 0},
	{"FLAG_heading == 6", HOLDS, "6", "6", 0},
	{"NEW_FLAG_head == 6", HOLDS, "6", "6", 0},
	{"HEADED > FLAG_second", HOLDS, "7", "5", 4},
	/* a macro in place of a function */
	{"lowest(MASK) == 48", HOLDS, "48", "48", 0},
	/* no constants */
	{"lowest_of(MASK) == 48", UNKNOWN, NULL, NULL, 0},
	{"CHECKED(10) == 10", UNKNOWN, NULL, NULL, 0},
	{"variable == 0", UNKNOWN, NULL, NULL, 0},
	{"FLAG_heads == 6", UNKNOWN, NULL, NULL, 0},
	{"1 / 0 == 0", UNKNOWN, NULL, NULL, 0},
	{"sizeof(struct nothing) == 8", UNKNOWN, NULL, NULL, 0},
	{"== 6", UNKNOWN, NULL, NULL, 0},
	{"CHECKED(1, 2) == 3", UNKNOWN, NULL, NULL, 0},
	{"FLAG_head == 6", HOLDS, "6", "6", 3},
};

static void assert_text(const char *is, const char *wanted)
{
	assert_int_equal(!is, !wanted);
	if (is)
		assert_string_equal(is, wanted);
}

/* All in one unit: what is wrong with one of them is nothing to the others. */
static void each_is_evaluated_by_itself(void **state)
{
	struct pl_wanted_constant wanted[COUNT(expectations)] = {{0}};
	struct pl_constant *constants;

	(void)state;
	for (size_t i = 0; i < COUNT(expectations); i++)
		wanted[i].expression = expectations[i].expression;
	constants = evaluate(HEADERS, wanted, COUNT(wanted));
	for (size_t i = 0; i < COUNT(expectations); i++) {
		const struct expectation *its = &expectations[i];

		print_message("%s\n", its->expression);
		assert_int_equal(constants[i].known, its->is != UNKNOWN);
		assert_int_equal(constants[i].holds, its->is == HOLDS);
		assert_text(constants[i].left, its->left);
		assert_text(constants[i].right, its->right);
		assert_text(constants[i].place.file, its->line ? "probe.c" : NULL);
		assert_int_equal(constants[i].place.line, its->line);
	}
}

static void what_is_needed_has_to_be_defined(void **state)
{
	const char *has[] = {"MASK"}, *lacks[] = {"MASK", "FLAG_head"};
	const struct pl_wanted_constant wanted[] = {{"1 == 1", has, 1}, {"2 == 2", lacks, 2}};
	struct pl_constant *constants;

	(void)state;
	constants = evaluate(HEADERS, wanted, COUNT(wanted));
	assert_true(constants[0].known && constants[0].holds);
	assert_false(constants[1].known);
}

/* An error anywhere else is one, as ever. */
static void only_their_own_lines_are_theirs(void **state)
{
	PL_CLEANUP(pl_unit_release) struct pl_unit unit = {0};
	const char *text = "enum pagelap_constant_0 { pagelap_constant_0_ = (nothing) };\n"
			   "extern char size[nothing];\n";

	(void)state;
	expect_unreadable(
		pl_unit_parse(library, arena, &roots, flags, COUNT(flags), "probe.c", text, &unit),
		"probe.c:2: use of undeclared identifier 'nothing'");
	assert_int_equal(unit.n_spoiled, 1);
	assert_int_equal(unit.spoiled[0], 0);
}

static void the_loosest_operator_is_on_top(void **state)
{
	static const struct {
		const char *text, *operator, * right;
	} cases[] = {
		{"a == b", "==", " b"},
		{"a<b", "<", "b"},
		{"a << 2 <= b >> 1", "<=", " b >> 1"},
		{"a < b == c > d", "==", " c > d"},
		{"a == b == c", "==", " c"},
		{"a == b || c < d || e", "||", " e"},
		{"a || b && c", "||", " b && c"},
		{"a && b == c", "&&", " b == c"},
		{"a & b == c", "&", " b == c"},
		{"(a & b) == c", "==", " c"},
		{"a | b ^ c & d", "|", " b ^ c & d"},
		{" ( (a == b) ) ", "==", " b"},
		{"(a) == (b)", "==", " (b)"},
		{"f(a == b, c[d < e]) != g", "!=", " g"},
		{"-a < -b", "<", " -b"},
		{"a >= ~-b", ">=", " ~-b"},
		/* nothing that could be compared */
		{"a + b * c", "", ""},
		{"a ? b == c : d", "", ""},
		{"(a == b) + 1", "", ""},
		{"!(a == b)", "", ""},
		{"&a", "", ""},
		{"a", "", ""},
		{"", "", ""},
		{"()", "", ""},
		{"(", "", ""},
		{"a == ", "==", ""},
		{")) == b", "", ""},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct pl_bytes right = {0};

		print_message("%s\n", cases[i].text);
		assert_string_equal(pl_operator_on_top(bytes_of_text(cases[i].text), &right),
				    cases[i].operator);
		assert_int_equal(right.size, strlen(cases[i].right));
		if (right.size)
			assert_memory_equal(right.data, cases[i].right, right.size);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_has_an_enumeration),
		cmocka_unit_test(lines_are_told_by_their_beginning),
		cmocka_unit_test(the_loosest_operator_is_on_top),
		cmocka_unit_test(each_is_evaluated_by_itself),
		cmocka_unit_test(what_is_needed_has_to_be_defined),
		cmocka_unit_test(only_their_own_lines_are_theirs),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
