/* SPDX-License-Identifier: MIT */
/*
 * torture [--stride N] [--only N] WORK PATH: does a piece of work once to see
 * what comes of it, and then again and again, with one allocation more that
 * fails each time: the first, the second, and so on up to the last (of every N
 * one with --stride). The work has to end with the error for it, or with what
 * came of it the first time; never in another way.
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
	{"read", torture_read},	    {"report", torture_report},	    {"pack", torture_pack},
	{"recipe", torture_recipe}, {"findings", torture_findings}, {"tree", torture_tree},
	{"join", torture_join},	    {"workers", torture_workers},   {"scanned", torture_scanned},
	{"cache", torture_cache},   {"usage", torture_usage},
};

/* One run; how many allocations it took. */
static size_t run(torture_work *work, const char *path, size_t number, struct pl_error **error,
		  struct pl_strbuf *output)
{
	allocation_fail(number);
	*error = work(path, output);
	return allocation_stop();
}

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

	run(work, path, number, &error, &output);
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

/* How many of the COUNT allocations are missed badly. */
static size_t torture_all(torture_work *work, const char *path, size_t count, size_t stride,
			  const struct pl_strbuf *wanted)
{
	size_t bad = 0, tried = 0;

	for (size_t i = 0; i < count && bad < 10; i += stride, tried++)
		bad += !torture(work, path, i, wanted);
	printf("%zu of %zu allocations failed, %zu of them badly\n", tried, count, bad);
	return bad;
}

int main(int argc, char **argv)
{
	static const struct option options[] = {{"stride", required_argument, NULL, 's'},
						{"only", required_argument, NULL, 'o'},
						{0}};
	PL_CLEANUP(pl_strbuf_release) struct pl_strbuf wanted = PL_STRBUF_INIT;
	size_t stride = 1, only = SIZE_MAX, count;
	struct pl_error *error;
	torture_work *work;
	int option;

	while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
		if (option == 's')
			stride = number_of(optarg);
		else if (option == 'o')
			only = number_of(optarg);
		else
			return 2;
	}
	if (argc - optind != 2 || !stride) {
		fputs("usage: torture [--stride N] [--only N] WORK PATH\n", stderr);
		return 2;
	}
	work = find(argv[optind]);
	/* What it does without memory is its own affair, and happens in a worker. */
	allocation_spare("libdwarf.so");
	count = run(work, argv[optind + 1], SIZE_MAX, &error, &wanted);
	if (error) {
		fprintf(stderr, "torture: %s\n", error->message);
		return 2;
	}
	if (only != SIZE_MAX)
		return !torture(work, argv[optind + 1], only, &wanted);
	return torture_all(work, argv[optind + 1], count, stride, &wanted) != 0;
}
