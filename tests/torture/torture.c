/* SPDX-License-Identifier: MIT */
/*
 * torture [--each N] [--only N] WORK PATH: does a piece of work once to see
 * what comes of it, and then again and again, each time with another allocation
 * that fails: the first, the second, and so on up to the last (with --each only
 * N of those that come through the same calls). The work has to end with the
 * error for it, or with what came of it the first time; never in another way.
 */
#include "torture.h"

#include <errno.h>
#include <getopt.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "allocation.h"

static const struct {
	const char *name;
	torture_work *work;
} works[] = {
	{"read", torture_read},	      {"report", torture_report}, {"pack", torture_pack},
	{"rules", torture_rules},     {"recipe", torture_recipe}, {"findings", torture_findings},
	{"tree", torture_tree},	      {"join", torture_join},	  {"workers", torture_workers},
	{"scanned", torture_scanned}, {"cache", torture_cache},	  {"usage", torture_usage},
};

enum { MAX_WATCHED = 1 << 18 };

/*
 * Libraries and system calls say it with errno, and what speaks of their
 * failure is as good as our own error.
 */
static bool is_about_memory(const struct pl_error *error)
{
	return error->kind == PL_ERROR_MEMORY || strstr(error->message, strerror(ENOMEM)) ||
	       strstr(error->message, "out of memory");
}

static bool is_as_it_should(struct pl_error *error, const struct pl_strbuf *output,
			    const struct pl_strbuf *wanted, size_t number)
{
	if (error && !is_about_memory(error)) {
		fprintf(stderr, "without allocation %zu: %s\n", number, error->message);
		return false;
	}
	if (!error && (output->length != wanted->length || strcmp(output->text, wanted->text))) {
		fprintf(stderr, "without allocation %zu, as if nothing were amiss:\n%s\n", number,
			output->text);
		return false;
	}
	return true;
}

/* Whether all is well without allocation NUMBER. */
static bool torture(torture_work *work, const char *path, size_t number,
		    const struct pl_strbuf *wanted)
{
	PL_CLEANUP(pl_strbuf_release) struct pl_strbuf output = PL_STRBUF_INIT;
	struct pl_error *error;
	bool good;

	allocation_fail(number);
	error = work(path, &output);
	allocation_stop();
	good = is_as_it_should(error, &output, wanted, number);
	pl_error_free(error);
	return good;
}

static torture_work *find(const char *name)
{
	for (size_t i = 0; i < sizeof(works) / sizeof(*works); i++)
		if (!strcmp(works[i].name, name))
			return works[i].work;
	fprintf(stderr, "torture: there is no work '%s'\n", name);
	exit(2);
}

static size_t number_of(const char *text)
{
	char *end;
	unsigned long number = strtoul(text, &end, 10);

	if (!*text || *end) {
		fprintf(stderr, "torture: '%s' is not a number\n", text);
		exit(2);
	}
	return number;
}

/* Whether fewer than EACH allocations before the one at INDEX came through the same calls. */
static bool is_tried(const uint64_t *calls, size_t index, size_t each)
{
	size_t before = 0;

	for (size_t i = index; i-- > 0 && before < each;)
		before += calls[i] == calls[index];
	return before < each;
}

/* How many of the COUNT allocations are missed badly. */
static size_t torture_all(torture_work *work, const char *path, const uint64_t *calls, size_t count,
			  size_t each, const struct pl_strbuf *wanted)
{
	size_t bad = 0, tried = 0;

	for (size_t i = 0; i < count && bad < 10; i++) {
		if (!is_tried(calls, i, each))
			continue;
		bad += !torture(work, path, i, wanted);
		tried++;
	}
	printf("%zu of %zu allocations failed, %zu of them badly\n", tried, count, bad);
	return bad;
}

int main(int argc, char **argv)
{
	static const struct option options[] = {{"each", required_argument, NULL, 'e'},
						{"only", required_argument, NULL, 'o'},
						{0}};
	PL_CLEANUP(pl_strbuf_release) struct pl_strbuf wanted = PL_STRBUF_INIT;
	size_t each = SIZE_MAX, only = SIZE_MAX, count;
	static uint64_t calls[MAX_WATCHED];
	struct pl_error *error;
	torture_work *work;
	int option;

	while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
		if (option == 'e')
			each = number_of(optarg);
		else if (option == 'o')
			only = number_of(optarg);
		else
			return 2;
	}
	if (argc - optind != 2 || !each) {
		fputs("usage: torture [--each N] [--only N] WORK PATH\n", stderr);
		return 2;
	}
	work = find(argv[optind]);
	/* What it does without memory is its own affair, and happens in a worker. */
	allocation_spare("libdwarf.so");
	allocation_watch(calls, MAX_WATCHED);
	error = work(argv[optind + 1], &wanted);
	count = allocation_stop();
	if (error) {
		fprintf(stderr, "torture: %s\n", error->message);
		return 2;
	}
	if (only != SIZE_MAX)
		return !torture(work, argv[optind + 1], only, &wanted);
	if (count > MAX_WATCHED) {
		fprintf(stderr, "torture: more than %d allocations\n", MAX_WATCHED);
		return 2;
	}
	return torture_all(work, argv[optind + 1], calls, count, each, &wanted) != 0;
}
