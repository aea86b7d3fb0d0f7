/* SPDX-License-Identifier: MIT */
#include "read/kbuild/flags.h"

#include <string.h>

#include "read/kbuild/directory.h"

enum argument {
	NONE,	/* the word is the flag as a whole */
	PREFIX, /* so is every word that begins like this */
	TEXT,	/* has an argument, joined or in the next word */
	PATH,	/* the same, and the argument is a path */
	NEXT,	/* its argument is always the next word */
};

enum use {
	KEEP,
	MACHINE,
	TARGET,
	TUNE,
	DROP, /* only listed for the sake of its argument, which may look like a flag */
};

struct flag {
	const char *name;
	enum argument argument;
	enum use use;
};

/* The first that fits counts. */
static const struct flag known[] = {
	{"-include-pch", NEXT, DROP},
	{"-include", PATH, KEEP},
	{"-imacros", PATH, KEEP},
	{"-iquote", PATH, KEEP},
	{"-isystem", PATH, KEEP},
	{"-idirafter", PATH, KEEP},
	{"-I", PATH, KEEP},
	{"-D", TEXT, KEEP},
	{"-U", TEXT, KEEP},
	{"-std=", PREFIX, KEEP},
	{"-nostdinc", NONE, KEEP},
	{"-fshort-wchar", NONE, KEEP},
	{"-fno-short-wchar", NONE, KEEP},
	{"-funsigned-char", NONE, KEEP},
	{"-fsigned-char", NONE, KEEP},
	{"-fms-extensions", NONE, KEEP},
	{"-fpack-struct", PREFIX, KEEP},
	{"-fshort-enums", NONE, KEEP},
	{"-fno-short-enums", NONE, KEEP},
	{"--target=", PREFIX, TARGET},
	{"-target", NEXT, TARGET},
	{"-m32", NONE, MACHINE},
	{"-m64", NONE, MACHINE},
	{"-mabi=", PREFIX, MACHINE},
	{"-EL", NONE, MACHINE},
	{"-EB", NONE, MACHINE},
	{"-mlittle-endian", NONE, MACHINE},
	{"-mbig-endian", NONE, MACHINE},
	{"-o", NEXT, DROP},
	{"-x", NEXT, DROP},
	{"-MF", NEXT, DROP},
	{"-MT", NEXT, DROP},
	{"-MQ", NEXT, DROP},
	{"--param", NEXT, DROP},
	{"-mllvm", NEXT, DROP},
	{"-Xclang", NEXT, DROP},
	{"-Xassembler", NEXT, DROP},
	{"-Xlinker", NEXT, DROP},
	{"-O", PREFIX, TUNE},
	{"-m", PREFIX, TUNE},
	{"-fsanitize=", PREFIX, TUNE},
	{"-fcf-protection", PREFIX, TUNE},
	{"-ffreestanding", NONE, TUNE},
	{"-fno-builtin", PREFIX, TUNE},
	{"-fPI", PREFIX, TUNE},
	{"-fpi", PREFIX, TUNE},
	{"-fno-PI", PREFIX, TUNE},
	{"-fno-pi", PREFIX, TUNE},
};

static bool fits(const struct flag *flag, const char *word)
{
	if (flag->argument == NONE || flag->argument == NEXT)
		return !strcmp(word, flag->name);
	return !strncmp(word, flag->name, strlen(flag->name));
}

static const struct flag *find(const char *word)
{
	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++)
		if (fits(&known[i], word))
			return &known[i];
	return NULL;
}

/* The flag and its argument, as one word where clang only takes it so. */
static struct pl_error *keep(struct pl_arena *arena, const struct flag *flag, const char *argument,
			     const char *directory, struct pl_words *ret)
{
	if (flag->argument == NEXT)
		return pl_words_add(arena, ret,
				    pl_arena_printf(arena, "-%s=%s", flag->name, argument));
	if (flag->argument == PATH)
		PL_TRY(pl_directory_join(arena, directory, argument, &argument));
	PL_TRY(pl_words_add(arena, ret, flag->name));
	return pl_words_add(arena, ret, argument);
}

static bool is_c_file(const char *word)
{
	size_t length = strlen(word);

	return *word != '-' && length > 2 && !strcmp(word + length - 2, ".c");
}

static struct pl_words *place_for(enum use use, struct pl_flags *flags)
{
	if (use == TUNE)
		return &flags->tuning;
	return use == KEEP ? &flags->common : &flags->machine;
}

/* Translates the word at *INDEX, and moves behind it and its argument. */
static struct pl_error *translate_word(struct pl_arena *arena, const struct pl_words *command,
				       size_t *index, const char *directory, struct pl_flags *ret)
{
	const char *word = command->items[(*index)++], *argument = NULL;
	const struct flag *flag = find(word);
	struct pl_words *to;

	if (!flag)
		return is_c_file(word) ? pl_directory_join(arena, directory, word, &ret->file)
				       : NULL;
	if (flag->argument == TEXT || flag->argument == PATH)
		argument = word + strlen(flag->name);
	if (flag->argument == NEXT || (argument && !*argument)) {
		argument = *index < command->n ? command->items[*index] : NULL;
		(*index)++;
		if (!argument)
			return NULL;
	}
	if (flag->use == DROP)
		return NULL;
	ret->has_target = ret->has_target || flag->use == TARGET;
	to = place_for(flag->use, ret);
	return argument ? keep(arena, flag, argument, directory, to)
			: pl_words_add(arena, to, word);
}

/* "-Wp,-MMD,FILE,-DX": words for the preprocessor, with commas between them. */
static struct pl_error *split_passed(struct pl_arena *arena, const char *text, struct pl_words *ret)
{
	while (*text) {
		size_t length = strcspn(text, ",");

		PL_TRY(pl_words_add(arena, ret, pl_arena_strndup(arena, text, length)));
		text += length + (text[length] == ',');
	}
	return NULL;
}

static struct pl_error *flatten(struct pl_arena *arena, const struct pl_words *command,
				struct pl_words *ret)
{
	static const char passed[] = "-Wp,";

	for (size_t i = 0; i < command->n; i++) {
		const char *word = command->items[i];

		if (!strncmp(word, passed, sizeof(passed) - 1))
			PL_TRY(split_passed(arena, word + sizeof(passed) - 1, ret));
		else
			PL_TRY(pl_words_add(arena, ret, word));
	}
	return NULL;
}

/* The compiler may stand behind a wrapper: "ccache clang-19 -Wall ...". */
static bool is_clang(const struct pl_words *command)
{
	for (size_t i = 0; i < command->n && *command->items[i] != '-'; i++)
		if (strstr(command->items[i], "clang"))
			return true;
	return false;
}

struct pl_error *pl_flags_translate(struct pl_arena *arena, const struct pl_words *command,
				    const char *directory, struct pl_flags *ret)
{
	struct pl_words words = {0};
	struct pl_flags flags = {0};

	PL_TRY(flatten(arena, command, &words));
	for (size_t i = 0; i < words.n;)
		PL_TRY(translate_word(arena, &words, &i, directory, &flags));
	flags.for_clang = is_clang(command);
	*ret = flags;
	return NULL;
}
