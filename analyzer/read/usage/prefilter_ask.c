/* SPDX-License-Identifier: MIT */
#include "read/paths.h"
#include "read/usage/prefilter_internal.h"
#include "support/file.h"
#include "support/hash.h"

static void look_again(struct pl_prefilter *prefilter, struct pl_prefilter_file *file)
{
	PL_CLEANUP(pl_file_close) struct pl_file content = {0};
	struct pl_error *error;

	if (file->looked_again)
		return;
	file->looked_again = true;
	error = pl_file_open(file->path, &content);
	if (!error)
		pl_text_look_again(&prefilter->words, content.bytes, &file->facts);
	pl_error_free(error);
}

/*
 * Adds what FILE is about, and what it includes by a name in quotes. So are
 * headers that do not count once: they make of the macros of a file what it wants.
 */
static void sum_up(struct pl_prefilter *prefilter, struct pl_prefilter_file *file,
		   struct pl_text_facts *sum, unsigned depth)
{
	look_again(prefilter, file);
	sum->record = sum->record || file->facts.record;
	sum->field = sum->field || file->facts.field || file->facts.reaches;
	sum->unfollowed = sum->unfollowed || file->facts.unfollowed;
	for (size_t i = 0; i < file->facts.n_includes && depth; i++) {
		struct pl_prefilter_file *found = file->includes[i];

		if (found && (file->facts.includes[i].quoted || !found->facts.guarded))
			sum_up(prefilter, found, sum, depth - 1);
	}
}

bool pl_prefilter_wants(struct pl_prefilter *prefilter, const struct pl_code_unit *unit)
{
	struct pl_prefilter_file *file = pl_prefilter_file(prefilter, unit->file);
	struct pl_text_facts sum = {0};

	/* What is wrong with a C file that cannot be read, its scan says. */
	if (!file || file->unreadable)
		return true;
	sum_up(prefilter, file, &sum, 4);
	return (sum.record && sum.field) || sum.unfollowed;
}

static uint64_t covered_key(const struct pl_prefilter_file *file, uint64_t environment)
{
	return pl_hash_text(file->path) ^ environment * 3;
}

static struct pl_error *cover(struct pl_prefilter *prefilter, struct pl_prefilter_file *file,
			      uint64_t environment)
{
	file->covered = true;
	return pl_idmap_keep(&prefilter->covered, covered_key(file, environment), file);
}

struct pl_error *pl_prefilter_cover(struct pl_prefilter *prefilter, const char *path,
				    uint64_t environment)
{
	PL_CLEANUP(pl_strbuf_release) struct pl_strbuf plain = PL_STRBUF_INIT;
	struct pl_prefilter_file *file;

	pl_path_join("", path, &plain);
	file = pl_strbuf_failed(&plain) ? NULL : pl_prefilter_file(prefilter, plain.text);
	return file ? cover(prefilter, file, environment) : NULL;
}

static bool uses_field(struct pl_prefilter *prefilter, struct pl_prefilter_file *header)
{
	look_again(prefilter, header);
	return header->facts.record && (header->facts.field || header->facts.reaches);
}

/* A header that a unit was to be the first to bring in, in its environment. */
struct claim {
	size_t round; /* the last in which one was */
	unsigned count;
};

/* What never comes of a header, as an #if leaves it out, has to come to an end. */
enum { CLAIMS = 3 };

/* Which headers a unit may be the first to bring in. */
struct bringing {
	struct pl_prefilter *prefilter;
	uint64_t environment;
	size_t visit;
	bool found;
};

/*
 * A unit that is alone with its macros may see more of a header than others
 * do, but only of those that speak of the macros.
 */
static bool is_covered(const struct bringing *bringing, const struct pl_prefilter_file *header)
{
	if (!bringing->environment)
		return header->covered;
	return pl_idmap_get(&bringing->prefilter->covered,
			    covered_key(header, bringing->environment));
}

/* Claims HEADER, unless another unit of this round does, or enough have in vain. */
static struct pl_error *claim(struct bringing *bringing, const struct pl_prefilter_file *header)
{
	struct pl_prefilter *prefilter = bringing->prefilter;
	struct claim *claim = pl_idmap_make(
		&prefilter->claims, covered_key(header, bringing->environment), sizeof(*claim));

	if (!claim)
		return pl_error_no_memory();
	if (claim->round == prefilter->round || claim->count == CLAIMS)
		return NULL;
	claim->round = prefilter->round;
	claim->count++;
	bringing->found = true;
	return NULL;
}

/* Walks the headers below FILE, each once a unit. */
static struct pl_error *find_uncovered(struct bringing *bringing, struct pl_prefilter_file *file)
{
	for (size_t i = 0; i < file->facts.n_includes && file->includes; i++) {
		struct pl_prefilter_file *header = file->includes[i];

		if (!header || header->visit == bringing->visit)
			continue;
		header->visit = bringing->visit;
		if (!is_covered(bringing, header) && uses_field(bringing->prefilter, header)) {
			/* What a directory has may be included, or not. */
			if (file->is_directory)
				bringing->found = true;
			else
				PL_TRY(claim(bringing, header));
		}
		PL_TRY(find_uncovered(bringing, header));
	}
	return NULL;
}

struct pl_error *pl_prefilter_brings(struct pl_prefilter *prefilter,
				     const struct pl_code_unit *unit,
				     const struct pl_unit_setting *setting, bool *ret)
{
	struct bringing bringing = {prefilter, setting->environment, ++prefilter->visits, false};
	struct pl_prefilter_file *file;

	for (size_t i = 0; (file = pl_prefilter_root(prefilter, unit, &i));)
		PL_TRY(find_uncovered(&bringing, file));
	for (size_t i = 0; i < setting->n_doubted && !bringing.found; i++)
		bringing.found = uses_field(prefilter, setting->doubted[i]);
	*ret = bringing.found;
	return NULL;
}
