/* SPDX-License-Identifier: MIT */
#include "read/headers/clang_api.h"

#include <ctype.h>
#include <dlfcn.h>
#include <limits.h>
#include <malloc.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { HEAP_STEP = 64 << 20 };

/* The function called NAME, which is one of a type that its table entry knows. */
static bool load(void *library, const char *name, void *entry)
{
	void *function = dlsym(library, name);

	memcpy(entry, &function, sizeof(function));
	return function;
}

static struct pl_error *fill(struct pl_clang *clang)
{
#define PL_CLANG_LOAD(name)                                                                        \
	if (!load(clang->library, #name, &clang->name))                                            \
		return pl_error_new(PL_ERROR_UNREADABLE, PL_LIBCLANG " has no function " #name);
	PL_CLANG_FUNCTIONS(PL_CLANG_LOAD)
#undef PL_CLANG_LOAD
#define PL_CLANG_TRY(name) (void)load(clang->library, #name, &clang->name);
	PL_CLANG_OPERATORS(PL_CLANG_TRY)
#undef PL_CLANG_TRY
	return NULL;
}

/* "Debian clang version 19.1.7 (3~deb12u1)": the first word that begins with a digit. */
static const char *plain_version(struct pl_arena *arena, const char *text)
{
	while (*text && !isdigit((unsigned char)*text))
		text++;
	return pl_arena_strndup(arena, text, strcspn(text, " -+~("));
}

/* The first of the places where distributions put the compiler's headers; "" if it is none. */
static const char *find_resource(struct pl_arena *arena, const struct pl_clang *clang)
{
	int length = (int)strcspn(clang->version, ".");
	const char *major = pl_arena_printf(arena, "%.*s", length, clang->version);
	char library[PATH_MAX];
	Dl_info info;

	if (!dladdr(*(void *const *)(const void *)&clang->clang_createIndex, &info) ||
	    !realpath(info.dli_fname, library) || !strrchr(library, '/'))
		return "";
	*strrchr(library, '/') = '\0';
	const char *const places[] = {
		pl_arena_printf(arena, "%s/clang/%s", library, major),
		pl_arena_printf(arena, "%s/../clang/%s", library, major),
		pl_arena_printf(arena, "%s/../llvm-%s/lib/clang/%s", library, major, major),
		pl_arena_printf(arena, "%s/../lib/clang/%s", library, major),
	};
	for (size_t i = 0; i < sizeof(places) / sizeof(*places); i++)
		if (places[i] && !access(places[i], F_OK))
			return places[i];
	return "";
}

/*
 * A syntax tree grows to 50 MB in small pieces. Asking for memory in large
 * steps, and in the main thread, where the heap can grow in such, saves 4 % of
 * the CPU time. Both are settings of the whole process, which reads headers
 * and nothing else. What the user has set stays.
 */
static void settle_process(void)
{
	mallopt(M_TOP_PAD, HEAP_STEP);
	setenv("LIBCLANG_NOTHREADS", "1", 0);
}

struct pl_error *pl_clang_open(struct pl_arena *arena, const struct pl_clang **ret)
{
	struct pl_clang *clang = pl_arena_alloc(arena, sizeof(*clang));
	const char *version;

	if (!clang)
		return pl_error_no_memory();
	settle_process();
	clang->library = dlopen(PL_LIBCLANG, RTLD_LAZY | RTLD_LOCAL);
	if (!clang->library)
		return pl_error_new(PL_ERROR_UNREADABLE,
				    "headers are read with libclang, which cannot be loaded: %s",
				    dlerror());
	PL_TRY(fill(clang));
	version = pl_clang_text(clang, arena, clang->clang_getClangVersion());
	clang->version = version ? plain_version(arena, version) : NULL;
	clang->resource = clang->version ? find_resource(arena, clang) : NULL;
	if (!clang->resource)
		return pl_error_no_memory();
	*ret = clang;
	return NULL;
}

const char *pl_clang_text(const struct pl_clang *clang, struct pl_arena *arena, CXString text)
{
	const char *c = clang->clang_getCString(text);
	const char *copy = pl_arena_strdup(arena, c ? c : "");

	clang->clang_disposeString(text);
	return copy;
}
