/* SPDX-License-Identifier: MIT */
/* The text scan of a source tree: assertions at file scope, unions, casts, and the way there. */
#include "testing.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "arena_fixture.h"
#include "read/scan/scan.h"

static const struct pl_scan_request plain = {.source = "", .host = "page"};

static struct pl_scan scan_bytes(const void *text, size_t size)
{
	struct pl_scan scan = {0};

	expect_ok(pl_scan_file(arena, &plain, "a.h", (struct pl_bytes){text, size}, &scan));
	return scan;
}

static struct pl_scan scan_text(const char *text)
{
	return scan_bytes(text, strlen(text));
}

static void expect_asserting(const char *text, bool wanted)
{
	struct pl_scan scan = scan_text(text);

	if (scan.n_asserting != wanted)
		fail_msg("%s: %s", wanted ? "not listed" : "listed", text);
}

#define HOST_ASSERT "static_assert(sizeof(struct slab) <= sizeof(struct page));\n"

static void assertions_at_file_scope_are_found(void **state)
{
	static const char *const texts[] = {
		HOST_ASSERT,
		"_Static_assert(offsetof(struct page, lru) == 8, \"no\");",
		"static_assert(sizeof(struct\tpage) == 64);",
		"static_assert(sizeof(struct  page)==64);",
		"static_assert(sizeof(struct\n\tpage) == 64);",
		"static_assert(sizeof(struct /* the */ page) == 64);",
		"static_assert(sizeof(struct \\\n page) == 64);",
		"static_assert (sizeof(((struct page *)0)->private) == 8);",
		"# define X static_assert(sizeof(struct page) == 64)\n",
		"struct s {\n\tint i;\n\t" HOST_ASSERT "};",
		"int f(void)\n{\n\treturn '{';\n}\n" HOST_ASSERT,
		"int f(void)\n{\n\treturn \"{\\\"{\"[0];\n}\n" HOST_ASSERT,
		"int f(void)\n{\n\t// {\n\t/* { */\n}\n" HOST_ASSERT,
		"int a[] = { 1, 2 };\n" HOST_ASSERT,
		"extern \"C\" {\n" HOST_ASSERT "}",
		"struct __attribute__((packed)) s {\n" HOST_ASSERT "};",
		"#error don't\n" HOST_ASSERT,
		"\r\n" HOST_ASSERT,
		"int a = b / 2; " HOST_ASSERT,
		"int a[] = { f(1), (struct s){ 2 } };\n" HOST_ASSERT,
		/* No newline, no semicolon, nothing closed. */
		"static_assert(sizeof(struct page)",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(texts); i++)
		expect_asserting(texts[i], true);
}

static void assertions_in_macros_are_found(void **state)
{
	static const char *const texts[] = {
		"#define SLAB_MATCH(pg, sl)\t\t\\\n"
		"\tstatic_assert(offsetof(struct page, pg) == offsetof(struct slab, sl))\n"
		"SLAB_MATCH(flags, flags);",
		"#define M(pg, sl) \\\r\n static_assert(offsetof(struct page, pg) == 8)\r\n",
		"#define M(pg) /* a\ncomment */ static_assert(offsetof(struct page, pg) == 8)\n",
		/* By way of another macro, in either direction. */
		"#define A(x) static_assert(x)\n#define M(pg) A(offsetof(struct page, pg) == 8)\n",
		"#define A(x) static_assert(x)\nA(sizeof(struct page) == 64);",
		"#define P sizeof(struct page)\nstatic_assert(P == 64);",
		("#define M(a, b) static_assert(sizeof(struct a) <= sizeof(struct b))\n"
		 "M(slab, page); /* struct page */"),
		/* A macro of another file: what else is the size of the host for? */
		"ASSERT_SIZE(struct page, 64);",
		"CHECK_SIZE(64, struct page)",
		"CHECK_SIZE(struct page /* x */, 64)",
		"#include <x.h>\nASSERT_OFFSET(struct page, lru, 8)\n",
		"#define M(pg) FOREIGN(offsetof(struct page, pg) == 8)\nM(lru);",
		/* A macro is defined in a function, and used wherever. */
		"int f(void)\n{\n#define M static_assert(sizeof(struct page) == 64)\n}\n",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(texts); i++)
		expect_asserting(texts[i], true);
}

static void what_does_not_assert_is_not_listed(void **state)
{
	static const char *const texts[] = {
		"",
		"struct page;",
		"static_assert(sizeof(struct slab) == 64); struct page;",
		"static_assert(sizeof(struct page_pool) == 64); struct page *a;",
		"static_assert(sizeof(struct mypage) == 64); struct page *a;",
		"static_assert(sizeof(union page) == 64); struct page *a;",
		"static_assert(sizeof(mystruct page) == 64);",
		"/* static_assert(sizeof(struct page) == 64); */",
		"// a \\\nstatic_assert(sizeof(struct page) == 64);\n",
		"char *s = \"static_assert(sizeof(struct page) == 64)\";",
		"char *s = \"\\\\\\\"static_assert(sizeof(struct page) == 64)\";",
		"int f(void)\n{\n\t" HOST_ASSERT "}\n",
		"int f(void)\n{\n\tg(\"ab}\", '}', \"\\\"}\", '\\'', L\"}\", "
		"'\\\\');\n\t" HOST_ASSERT "}\n",
		"int f(void)\n{\n\tg(\"ab\\\n}\", \"ab\\\r\n}\");\n\t" HOST_ASSERT "}\n",
		"int f(void)\n{\n\t/* * } / } */\n\t" HOST_ASSERT "}\n",
		"struct slab *f(struct page *page)\n{\n\tif (page) {\n\t}\n\t" HOST_ASSERT "}\n",
		"#ifdef A\nint f(int a)\n#else\nint f(void)\n#endif\n{\n\t" HOST_ASSERT "}\n",
		"#ifdef A\nint f(int a) {\n#else\nint f(void) {\n#endif\n\t" HOST_ASSERT "}\n",
		"static_assert(1);\nvoid f(struct page *page);",
		"TRACE_EVENT(x, TP_PROTO(struct page *page), TP_ARGS(page));",
		"int f(void)\n{\n\tmemset(p, 0, sizeof(struct page));\n}\n",
		"int f(void)\n{\n\tg();\n\tASSERT_SIZE(struct page, 64);\n}\n",
		"int i = SIZE(struct page, 64);\n",
		"#define A(x) static_assert(x)\nA(sizeof(int) == 4);\nstruct page;",
		"int f(enum e x)\n{\n\t" HOST_ASSERT "}\n",
		"#if A\n\n#elif B\nint f(int a) {\n}\n#else\nint a;\n#endif\nint "
		"f(void)\n{\n" HOST_ASSERT "}\n",
		"#define SIZE(n) ((n) * sizeof(struct page))\nint x;",
		"#define SIZE(n) ((n) * sizeof(struct page))\nint x[SIZE(3)];",
		"#define FUNC(n) static int n(struct page *page) { return 0; }\nFUNC(a)\n",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(texts); i++)
		expect_asserting(texts[i], false);
}

/* TEXT between TIMES of BEFORE and as many of AFTER. */
static char *wrapped(const char *before, const char *text, const char *after, int times)
{
	char *wrap = pl_arena_strdup(arena, text);

	for (int i = 0; i < times; i++)
		wrap = pl_arena_printf(arena, "%s%s%s", before, wrap, after);
	return wrap;
}

static void where_braces_do_not_tell_the_file_is_listed(void **state)
{
	static const char *const texts[] = {
		"#ifdef A\nint f(void) {\n#endif\n" HOST_ASSERT "}\n",
		"#ifdef A\nint f(void) {\n#else\nint f(void) { {\n#endif\n" HOST_ASSERT "}\n",
		"#if A\nif {\n#elif B\n#else\n}\n#endif\nint f(void)\n{\n" HOST_ASSERT "}\n",
		"#if A\n#elif B\nif {\n#else\n#endif\nint f(void)\n{\n" HOST_ASSERT "}\n",
		"}\nint f(void)\n{\n" HOST_ASSERT "}\n",
		"int f(void)\n{\n\tCLOSE)\n" HOST_ASSERT "}\n",
		"int f(void)\n{\n" HOST_ASSERT,
		"#ifdef A\nint f(void)\n{\n" HOST_ASSERT "}\n",
		"int f(void)\n{\n\tOPEN_PAREN(\n}\nint g(void)\n{\n" HOST_ASSERT "}\n",
		"int f(a)\nint a;\n{\n" HOST_ASSERT "}\n",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(texts); i++)
		expect_asserting(texts[i], true);
	expect_asserting(wrapped("#if A\n", "int f(void)\n{\n" HOST_ASSERT "}\n", "#endif\n", 32),
			 false);
	expect_asserting(wrapped("#if A\n", "int f(void)\n{\n" HOST_ASSERT "}\n", "#endif\n", 33),
			 true);
}

/* TEXT holds one candidate, RECORD, in PLACES places, the first of them on LINE; none if NULL. */
static void expect_candidate(enum pl_candidate_how how, const char *text, const char *record,
			     unsigned line, size_t places)
{
	struct pl_scan scan = scan_text(text);
	const struct pl_candidate *found = scan.candidates;

	if (scan.n_candidates != (record ? 1 : 0))
		fail_msg("%zu candidates, first %s: %s", scan.n_candidates,
			 found ? found->record : "none", text);
	if (!record)
		return;
	if (strcmp(found->record, record) != 0 || found->how != how || found->places != places ||
	    found->place.line != line)
		fail_msg("%s %s, line %u, %zu places: %s", pl_candidate_how_name(found->how),
			 found->record, found->place.line, found->places, text);
	assert_string_equal(found->place.file, "a.h");
}

static void expect_union(const char *text, const char *record, unsigned line)
{
	expect_candidate(PL_CANDIDATE_UNION, text, record, line, 1);
}

static void unions_that_hold_a_host_are_candidates(void **state)
{
	(void)state;
	expect_union("\nunion niu_page {\n\tstruct page page;\n\tstruct {\n\t\tlong flags;\n"
		     "\t\tstruct page *next;\n\t};\n};\n",
		     "niu_page", 2);
	assert_true(scan_text("union u { struct page p; int i; };").candidates[0].is_union);
	assert_false(
		scan_text("struct s { union { struct page p; int i; }; };").candidates[0].is_union);
	expect_union("struct s {\n\tint i;\n\tunion {\n\t\tlong l;\n\t\tstruct page p;\n\t};\n};",
		     "s", 1);
	expect_union("union u { struct { int i; struct page p; }; long l; };", "u", 1);
	expect_union("union u { union { struct page p; }; long l; };", "u", 1);
	expect_union("struct s { union { struct page p; int i; } a;\n"
		     "union { struct page q; int j; } b; };",
		     "s", 1);
	expect_union("struct s {\nunion u { struct page p; int i; } a; };", "u", 2);
	expect_union("union __attribute__((packed)) u { const struct page p[2]; int i; };", "u", 1);
	expect_union("union u __attribute__((packed)) { struct page p; int i; };", "u", 1);
	expect_union("union u { struct page p; struct slab { int i; } s; };", "u", 1);
	expect_union("union u { struct page __aligned(8) p; int i; };", "u", 1);
	expect_union("union u { struct page __a(8) __attribute__((packed)) p; int i; };", "u", 1);
	expect_union("union u { struct page __packed p; int i; };", "u", 1);
	expect_union("void f(void)\n{\n\tunion u { struct page p; int i; } x;\n}\n", "u", 3);
	expect_union("union u {\n#ifdef A\nstruct page p;\n#endif\nint (*f)(int a; int b);\n"
		     "int i;\n};",
		     "u", 1);
}

static void lines_are_counted(void **state)
{
	(void)state;
	expect_union("/*\n\n*/ // \\\n\nunion u { struct page p; int i; };", "u", 5);
	expect_union("#define A \\\n\\\r\n1\nunion u { struct page p; int i; };", "u", 4);
	expect_union("char *s = \"\\\n\";\r\n\r\nunion u { struct page p; int i; };", "u", 4);
	expect_union("#error don't\nunion\n\nu { struct page p; int i; };", "u", 4);
}

static void other_records_are_no_unions_of_a_host(void **state)
{
	(void)state;
	expect_union("struct s { struct page p; int i; };", NULL, 0);
	expect_union("union u { struct page *p; int i; };", NULL, 0);
	expect_union("union u { struct page p; };", NULL, 0);
	expect_union("union u { struct page *f(int); struct page g(int); int i; };", NULL, 0);
	expect_union("union u { struct page __aligned(8) *p; int i; };", NULL, 0);
	expect_union("union u { struct page g(int) __aligned(8); int i; };", NULL, 0);
	expect_union("union u { struct page g(", NULL, 0);
	expect_union("struct s { struct page p; union { int i; long l; }; };", NULL, 0);
	expect_union("struct s { union { struct page p; } u; int i; };", NULL, 0);
	expect_union("union { struct page p; int i; } x;", NULL, 0);
	expect_union("struct page { union { struct page p; int i; }; };", NULL, 0);
	expect_union("union u { union page p; int i; }; struct page *q;", NULL, 0);
	expect_union("/* union u { struct page p; int i; }; */", NULL, 0);
	expect_union("#define U union u { struct page p; int i; }\n", NULL, 0);
	expect_union("union u *f(void) { struct page p; int i; }", NULL, 0);
	expect_union("union u f(union u x), g; int h(void) { struct page p; int i; }", NULL, 0);
}

/* CODE is what a function does that has these parameters. */
static char *in_function(const char *code)
{
	char *text = pl_arena_printf(
		arena,
		"int f(struct page *page, const struct page *cpage, struct page **pages,\n"
		"struct slab *slab, union tag *tag, struct slab **slabs, void *any, long n)\n"
		"{\nstruct page object, *next = call(n, *any), list[2];\n%s\n}\n",
		code);

	assert_non_null(text);
	return text;
}

static void expect_cast(const char *code, const char *record)
{
	expect_candidate(PL_CANDIDATE_CAST, in_function(code), record, 5, 1);
}

static void casts_of_a_host_pointer_are_candidates(void **state)
{
	static const char *const casts[] = {
		"return (struct slab *)page;",
		"return (const struct slab *)cpage;",
		"return (struct slab const *)cpage;",
		"return (__force struct slab __rcu *)page;",
		"return (struct\tslab*)( page );",
		"return (struct slab *)((page));",
		"return ((struct slab *)page)->next;",
		"return (struct slab *)(page - 1);",
		"return (struct slab *)(page + 1);",
		"return (struct slab *)&object;",
		"return (struct slab *)*pages;",
		"return (struct slab *)*(pages);",
		"return (struct slab *)list;",
		"return (struct slab *)next;",
		"call(n, (struct slab *)page, n);",
		"if (n) (void)(struct slab *)page;",
		"struct page *own = any; return (struct slab *)own;",
		"for (struct page *p = any, *q = any; p; p++) call((struct slab *)q);",
		"struct page *page; return (struct slab *)page;",
		"struct page *own __annotated; return (struct slab *)own;",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(casts); i++)
		expect_cast(casts[i], "slab");
	expect_cast("union tag *a, *b; return (struct page *)b;", "tag");
	assert_true(scan_text(in_function("union tag *a, *b; (struct page *)b;"))
			    .candidates[0]
			    .is_union);
	expect_cast("return (union tag *)page;", "tag");
	assert_true(scan_text(in_function("return (union tag *)page;")).candidates[0].is_union);
}

static void casts_to_a_host_pointer_are_candidates(void **state)
{
	(void)state;
	expect_cast("return (struct page *)slab;", "slab");
	expect_cast("return (const struct page *)(slab);", "slab");
	expect_cast("return (struct page *)tag;", "tag");
	expect_cast("return (struct page *)*slabs;", "slab");
	expect_cast("return (struct page *)any;", NULL);
	expect_cast("return (struct page *)page;", NULL);
	expect_cast("return (struct page *)n;", NULL);
	expect_cast("return (struct page *)slab->page;", NULL);
	expect_cast("return (struct page *)slabs;", NULL);
}

static void casts_of_something_else_are_not(void **state)
{
	static const char *const casts[] = {
		"return (struct slab *)page->private;",
		"return (struct slab *)(page)->private;",
		"return (struct slab *)(page->private);",
		"return (struct slab *)&page->private;",
		"return (struct slab *)object.private;",
		"return (struct slab *)page_private(page);",
		"return (struct slab *)page(n);",
		"return (struct slab *)page[0];",
		"return (struct slab *)pages;",
		"return (struct slab *)&page;",
		"return (struct slab *)object;",
		"return (struct slab *)(page + n);",
		"return (struct slab *)(page & 1);",
		"return (struct slab *)unknown;",
		"return (struct slab *)any;",
		"return (struct slab *)slab;",
		"return (struct slab **)page;",
		"return (struct slab)page;",
		"return (slab_t *)page;",
		"return (struct slab *)(long)page;",
		"return sizeof(struct slab *) page;",
		"int (*g)(struct slab *), page;",
		"void *page = any; return (struct slab *)page;",
		"unsigned long page = n; return (struct slab *)page;",
		"struct other *page; return (struct slab *)page;",
		"page_t page; return (struct slab *)page;",
		"__be32 page; return (struct slab *)page;",
		"struct page *p; n++, *own; return (struct slab *)own;",
		"if (n) { struct page *p } n++, *own; return (struct slab *)own;",
		"union page *page; return (struct slab *)page;",
		"/* (struct slab *)page */",
		"call(\"(struct slab *)page\");",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(casts); i++)
		expect_cast(casts[i], NULL);
}

static void a_declaration_is_known_where_it_is_seen(void **state)
{
	(void)state;
	expect_candidate(
		PL_CANDIDATE_CAST,
		"static struct page *zero;\nvoid *f(void)\n{\n\treturn (struct slab *)zero;"
		"\n}\nstruct slab *x = (struct slab *)zero;\n",
		"slab", 4, 2);
	/* Not in the next function, nor behind a prototype or a struct. */
	expect_cast("}\nvoid *g(void)\n{\n\treturn (struct slab *)page;", NULL);
	expect_cast("}\nvoid g(struct page *other);\nvoid *h(void)\n{ return (struct slab *)other;",
		    NULL);
	expect_cast("}\nstruct s { struct page *other; };\nvoid *h(void)\n"
		    "{ return (struct slab *)other;",
		    NULL);
	/* A macro's parameter is anything; what the macro declares itself is known. */
	expect_cast("\n#define M(page) ((struct slab *)(page))\n", NULL);
	expect_candidate(PL_CANDIDATE_CAST,
			 "#define M(x) ({ struct page *_x = (x); \\\n\t(struct slab *)_x; })\n"
			 "void *f(void) { return (struct slab *)_x; }\n",
			 "slab", 2, 1);
	expect_cast("\n#define A struct page *_x;\n#define B ((struct slab *)_x)\n", NULL);
	expect_cast("\n#define A struct page *_x\n, *_y; return (struct slab *)_y;", NULL);
	/* Braces that differ between branches: the nearest declaration in the text. */
	expect_candidate(PL_CANDIDATE_CAST,
			 "#ifdef A\nvoid *f(struct page *page) {\n#else\n"
			 "void *f(struct page *page, int i) {\n#endif\n"
			 "return (struct slab *)page; }\n",
			 "slab", 6, 1);
}

static void generic_selections_convert(void **state)
{
	(void)state;
	expect_candidate(PL_CANDIDATE_CAST,
			 "#define page_slab(p)\t(_Generic((p),\t\t\\\n"
			 "\tconst struct page *:\t(const struct slab *)(p),\t\\\n"
			 "\tstruct page *:\t\t(struct slab *)(p)))\n",
			 "slab", 2, 2);
	expect_candidate(PL_CANDIDATE_CAST,
			 "#define slab_page(s) (_Generic((s), \\\n"
			 "struct slab const *: (const struct page *)s, \\\n"
			 "struct slab *: (struct page *)s))\n",
			 "slab", 2, 2);
	expect_candidate(PL_CANDIDATE_CAST,
			 "#define a(p) _Generic((p), struct page *: (struct slab *)(p)->private)\n"
			 "#define b(p) _Generic((p), struct page *: (struct slab *)head(p))\n"
			 "#define c(p) _Generic((p), struct page **: (struct slab *)(p))\n"
			 "#define d(p) _Generic((p), struct page *: (struct page *)(p))\n"
			 "#define e(p) _Generic((p), void *: (struct slab *)(p))\n"
			 "#define g(p, q) ((p) ? (struct slab *)(q) : (struct slab *)(q))\n",
			 NULL, 0, 0);
}

static void records_are_counted_once_for_each_how(void **state)
{
	struct pl_scan scan = {0};
	struct pl_bytes casts = bytes_of_text(
		in_function("call((struct b *)page);\ncall((struct a *)page, (struct b *)page);"));
	struct pl_bytes unions = bytes_of_text("\nunion b { struct page p; int i; };\n"
					       "struct b { union { struct page p; int i; }; };\n");

	(void)state;
	expect_ok(pl_scan_file(arena, &plain, "z.c", casts, &scan));
	expect_ok(pl_scan_file(arena, &plain, "m.c", casts, &scan));
	expect_ok(pl_scan_file(arena, &plain, "n.c", unions, &scan));
	assert_int_equal(scan.n_candidates, 4);
	assert_string_equal(scan.candidates[0].record, "a");
	assert_string_equal(scan.candidates[0].place.file, "m.c");
	assert_int_equal(scan.candidates[0].place.line, 6);
	assert_int_equal(scan.candidates[0].places, 2);
	assert_int_equal(scan.candidates[1].how, PL_CANDIDATE_UNION);
	assert_int_equal(scan.candidates[1].place.line, 3);
	assert_int_equal(scan.candidates[2].how, PL_CANDIDATE_CAST);
	assert_int_equal(scan.candidates[2].place.line, 5);
	assert_int_equal(scan.candidates[2].places, 4);
	assert_string_equal(scan.candidates[2].place.file, "m.c");
	assert_true(scan.candidates[3].is_union);
}

static void the_host_may_be_a_union_or_called_otherwise(void **state)
{
	struct pl_scan_request request = {.source = "", .host = "frame", .host_is_union = true};
	struct pl_scan scan = {0};

	(void)state;
	expect_ok(
		pl_scan_file(arena, &request, "a.c",
			     bytes_of_text("static_assert(sizeof(union frame) == 64);\n"
					   "struct slab *f(union frame *frame, struct frame *g)\n"
					   "{ return n ? (struct slab *)frame : (struct no *)g; }"),
			     &scan));
	expect_ok(pl_scan_file(
		arena, &request, "b.c",
		bytes_of_text("static_assert(sizeof(struct frame) == 64); union frame;"), &scan));
	assert_int_equal(scan.n_asserting, 1);
	assert_string_equal(scan.asserting[0], "a.c");
	assert_int_equal(scan.n_candidates, 1);
	assert_string_equal(scan.candidates[0].record, "slab");
}

/* Repeats PIECE until there are SIZE bytes, which begin with something that names the host. */
static char *repeated(const char *piece, size_t size)
{
	char *text = pl_arena_alloc(arena, size + strlen(piece) + 1);
	size_t length = (size_t)sprintf(text, "struct page;\n");

	for (; length < size; length += strlen(piece))
		memcpy(text + length, piece, strlen(piece));
	return text;
}

static void no_text_takes_long_or_goes_astray(void **state)
{
	static const char *const pieces[] = {
		"(",
		"{",
		"union {",
		"union u { struct page p; ",
		"}",
		")",
		"static_assert(",
		"FOO(struct page, ",
		"#if ",
		"#if 1\n",
		"#else\n",
		"#endif\n",
		"#define X ",
		"__a ",
		"*",
		"(__a ",
		"(struct page *)(",
		"(struct slab *)page ",
		"struct page *page, ",
		"_Generic(a, const ",
		"\\\n",
		"\\",
		"\"",
		"'",
		"/*",
		"//",
		"struct\n",
		"page ",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(pieces); i++)
		scan_text(repeated(pieces[i], 300000));
}

static void garbage_is_no_error(void **state)
{
	unsigned char garbage[5000];
	unsigned seed = 1;

	(void)state;
	for (int round = 0; round < 200; round++) {
		for (size_t i = 0; i < sizeof(garbage); i++) {
			seed = seed * 1103515245 + 12345;
			garbage[i] = (unsigned char)(seed >> 16);
			if (round % 2) /* all of it is punctuation */
				garbage[i] =
					(unsigned char)("(){};*&#\\\"'/,:=-> \na"[garbage[i] % 20]);
		}
		memcpy(garbage + 100, "\nstruct page\n", 13);
		memcpy(garbage + 400, "static_assert", 13);
		memcpy(garbage + 700, "union u { struct page a", 23);
		scan_bytes(garbage, sizeof(garbage));
		/* A copy of its own, so that a read behind its end is seen. */
		for (size_t size = 0; size < 800; size += 7) {
			unsigned char *copy = malloc(size ? size : 1);

			memcpy(copy, garbage + sizeof(garbage) - 5000 + 90, size);
			scan_bytes(copy, size);
			free(copy);
		}
	}
}

/* A directory of its own for each test that needs one. */
static struct tree {
	char root[32];
	struct pl_scan_request request;
} tree;

static int set_up_tree(void **state)
{
	tree = (struct tree){.root = "/tmp/scan-XXXXXX", .request = {.host = "page"}};
	tree.request.source = tree.root;
	return mkdtemp(tree.root) ? set_up(state) : -1;
}

static int tear_down_tree(void **state)
{
	char command[128];

	snprintf(command, sizeof(command), "chmod -R u+rwX %s; rm -rf %s", tree.root, tree.root);
	return system(command) ? -1 : tear_down(state);
}

static char *path_in_tree(const char *name)
{
	return pl_arena_printf(arena, "%s/%s", tree.root, name);
}

static void write_file(const char *name, const char *text)
{
	char *path = path_in_tree(name);
	FILE *file;

	for (char *slash = path + strlen(tree.root) + 1; (slash = strchr(slash, '/')); slash++) {
		*slash = '\0';
		mkdir(path, 0700);
		*slash = '/';
	}
	file = fopen(path, "w");
	assert_non_null(file);
	assert_int_equal(fwrite(text, 1, strlen(text), file), strlen(text));
	assert_int_equal(fclose(file), 0);
}

/* The files of the tree in which an assertion was found, with commas. */
static const char *asserting_files(void)
{
	struct pl_scan scan;
	char *list = pl_arena_strdup(arena, "");

	expect_ok(pl_scan_tree(arena, &tree.request, &scan));
	for (size_t i = 0; i < scan.n_asserting; i++)
		list = pl_arena_printf(arena, "%s%s%s", list, i ? "," : "", scan.asserting[i]);
	return list;
}

static void all_sources_of_a_tree_are_looked_at(void **state)
{
	(void)state;
	write_file("mm/slab.h", HOST_ASSERT);
	write_file("mm/a/b.c", HOST_ASSERT);
	write_file("mm-x/a.h", HOST_ASSERT);
	write_file("a.c", HOST_ASSERT);
	write_file("z.c", "struct page *page;\n");
	write_file("empty.c", "");
	write_file("a.S", HOST_ASSERT);
	write_file("a.cc", HOST_ASSERT);
	write_file("c", HOST_ASSERT);
	write_file(".c", HOST_ASSERT);
	write_file(".hidden/a.c", HOST_ASSERT);
	assert_string_equal(asserting_files(), "a.c,mm-x/a.h,mm/a/b.c,mm/slab.h");
}

static void directories_are_skipped(void **state)
{
	static const char *const skip[] = {"tools", "arch/*/boot", "drivers/*"};
	(void)state;
	write_file("tools/a.c", HOST_ASSERT);
	write_file("mm/tools/a.c", HOST_ASSERT);
	write_file("arch/a.h", HOST_ASSERT);
	write_file("arch/x86/mm/a.c", HOST_ASSERT);
	write_file("arch/x86/boot/a.c", HOST_ASSERT);
	write_file("arch/arm/mm/a.c", HOST_ASSERT);
	write_file("drivers/a.c", HOST_ASSERT);
	write_file("drivers/a/a.c", HOST_ASSERT);
	assert_string_equal(asserting_files(),
			    "arch/a.h,arch/arm/mm/a.c,arch/x86/boot/a.c,arch/x86/mm/a.c,"
			    "drivers/a.c,drivers/a/a.c,mm/tools/a.c,tools/a.c");
	tree.request.srcarch = "x86";
	tree.request.skip = skip;
	tree.request.n_skip = COUNT(skip);
	assert_string_equal(asserting_files(), "arch/a.h,arch/x86/mm/a.c,drivers/a.c,mm/tools/a.c");
}

static void what_is_no_file_is_passed_over(void **state)
{
	(void)state;
	write_file("a/real.c", HOST_ASSERT);
	write_file("b/locked.c", HOST_ASSERT);
	write_file("locked/a.c", "");
	assert_int_equal(symlink("real.c", path_in_tree("a/link.c")), 0);
	assert_int_equal(symlink("..", path_in_tree("a/loop")), 0);
	assert_int_equal(symlink("self.c", path_in_tree("a/self.c")), 0);
	assert_int_equal(symlink("nothing", path_in_tree("a/gone.c")), 0);
	assert_int_equal(mkfifo(path_in_tree("a/fifo.c"), 0600), 0);
	assert_int_equal(mkdir(path_in_tree("a/directory.c"), 0700), 0);
	/* Whoever may read anything, reads these too. */
	assert_int_equal(chmod(path_in_tree("b/locked.c"), 0), 0);
	assert_int_equal(chmod(path_in_tree("locked"), 0), 0);
	assert_string_equal(asserting_files(), access(path_in_tree("b/locked.c"), R_OK)
						       ? "a/link.c,a/real.c"
						       : "a/link.c,a/real.c,b/locked.c");
}

/* A header's macro that asserts something of the host does so in every file that calls it. */
static void macros_of_headers_are_known_in_other_files(void **state)
{
	(void)state;
	write_file("b/match.h", "#define MATCH(m) static_assert(offsetof(struct page, m) == 8)\n"
				"#define GONE(m) static_assert(offsetof(struct page, m) == 8)\n"
				"#undef GONE\n"
				"#define SIZE sizeof(struct page)\n");
	write_file("b/local.c", "#define LOCAL(m) static_assert(offsetof(struct page, m) == 8)\n");
	write_file("a/calls.c", "MATCH(lru);\n");
	write_file("c/calls.c", "#define M2(x) MATCH(x)\nM2(lru);\n");
	write_file("c/names.c", "int MATCH; int MATCHES(int); long x = SIZE;\n");
	write_file("c/in_function.c", "int f(void)\n{\n\tMATCH(lru);\n}\n");
	write_file("c/gone.c", "GONE(lru);\nLOCAL(lru);\n");
	assert_string_equal(asserting_files(), "a/calls.c,b/local.c,b/match.h,c/calls.c");
}

/* What is known of one file must not be taken for the next, and each directory is one deep. */
static void many_files_are_looked_at(void **state)
{
	struct pl_scan scan;

	(void)state;
	for (int i = 10; i < 90; i++)
		write_file(pl_arena_printf(arena, "d%d/a.c", i),
			   in_function(pl_arena_printf(
				   arena, "int a%d, b; (struct r%d *)page; (struct r%d *)b;", i, i,
				   i + 1)));
	expect_ok(pl_scan_tree(arena, &tree.request, &scan));
	assert_int_equal(scan.n_candidates, 80);
	for (int i = 10; i < 90; i++) {
		const struct pl_candidate *found = &scan.candidates[i - 10];

		assert_string_equal(found->record, pl_arena_printf(arena, "r%d", i));
		assert_string_equal(found->place.file, pl_arena_printf(arena, "d%d/a.c", i));
		assert_int_equal(found->places, 1);
	}
}

static void depth_and_size_are_bounded(void **state)
{
	char *deep = pl_arena_strdup(arena, "a.c"), *large = pl_arena_alloc(arena, (5 << 20) + 1);

	(void)state;
	for (int i = 0; i < 100; i++) {
		deep = pl_arena_printf(arena, "d/%s", deep);
		if (i == 20 || i == 99)
			write_file(deep, HOST_ASSERT);
	}
	memset(large, '\n', 5 << 20);
	memcpy(large, HOST_ASSERT, strlen(HOST_ASSERT));
	write_file("large.c", large);
	large[1 << 20] = '\0';
	write_file("not-so-large.c", large);
	assert_string_equal(asserting_files(),
			    "d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/a.c,not-so-large.c");
}

static void a_tree_that_cannot_be_read_is_an_error(void **state)
{
	struct pl_scan_request request = {.source = "/nonexistent/tree", .host = "page"};
	struct pl_scan scan = {.n_asserting = 7};

	(void)state;
	expect_unreadable(pl_scan_tree(arena, &request, &scan),
			  "/nonexistent/tree: No such file or directory");
	assert_int_equal(scan.n_asserting, 7);
}

static void candidates_of_a_tree_are_in_order(void **state)
{
	struct pl_scan scan;

	(void)state;
	write_file("b/a.c", in_function("call((struct slab *)page);"));
	write_file("a/z.c", in_function("\ncall((struct slab *)page, (struct page *)slab);"));
	write_file("a.c", "union u { struct page p; int i; };");
	expect_ok(pl_scan_tree(arena, &tree.request, &scan));
	assert_int_equal(scan.n_asserting, 0);
	assert_int_equal(scan.n_candidates, 2);
	assert_string_equal(scan.candidates[0].record, "slab");
	assert_string_equal(scan.candidates[0].place.file, "a/z.c");
	assert_int_equal(scan.candidates[0].place.line, 6);
	assert_int_equal(scan.candidates[0].places, 3);
	assert_string_equal(scan.candidates[1].record, "u");
	assert_string_equal(scan.candidates[1].place.file, "a.c");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
#define TREE_TEST(name) cmocka_unit_test_setup_teardown(name, set_up_tree, tear_down_tree)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(assertions_at_file_scope_are_found),
		TEST(assertions_in_macros_are_found),
		TEST(what_does_not_assert_is_not_listed),
		TEST(where_braces_do_not_tell_the_file_is_listed),
		TEST(unions_that_hold_a_host_are_candidates),
		TEST(lines_are_counted),
		TEST(other_records_are_no_unions_of_a_host),
		TEST(casts_of_a_host_pointer_are_candidates),
		TEST(casts_to_a_host_pointer_are_candidates),
		TEST(casts_of_something_else_are_not),
		TEST(a_declaration_is_known_where_it_is_seen),
		TEST(generic_selections_convert),
		TEST(records_are_counted_once_for_each_how),
		TEST(the_host_may_be_a_union_or_called_otherwise),
		TEST(no_text_takes_long_or_goes_astray),
		TEST(garbage_is_no_error),
		TREE_TEST(all_sources_of_a_tree_are_looked_at),
		TREE_TEST(directories_are_skipped),
		TREE_TEST(what_is_no_file_is_passed_over),
		TREE_TEST(macros_of_headers_are_known_in_other_files),
		TREE_TEST(many_files_are_looked_at),
		TREE_TEST(depth_and_size_are_bounded),
		TEST(a_tree_that_cannot_be_read_is_an_error),
		TREE_TEST(candidates_of_a_tree_are_in_order),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
