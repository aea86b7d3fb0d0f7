/* SPDX-License-Identifier: MIT */
/*
 * kernels [--seed N] [--count N] [--case N] FILE...: damages each FILE, a real
 * kernel, in COUNT ways, where pagelap looks at it: it is held in memory, and
 * some bytes of a page that reading it touches are other ones. Each is read,
 * mapped and rendered, and so is one in 64 that is cut short. A crash, what a
 * sanitizer has to say, and more than ten seconds of CPU time are failures.
 * --case does one case of the first FILE alone, in this process.
 */
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <time.h>

#include "batch.h"
#include "check/load/pack_load.h"
#include "held.h"
#include "mutate.h"
#include "work.h"

enum { CASES_PER_CHILD = 256, SECONDS = 10, CUTS = 64, ALL_UNITS = 16 };
#define CHILD_MEMORY ((rlim_t)4 << 30)

enum outcome { THE_SAME, ANOTHER, REFUSED, OUTCOMES };

/* What children tell, shared with them. */
struct told {
	uint64_t at; /* the case that is being done */
	uint64_t outcomes[OUTCOMES];
	double slowest; /* seconds of CPU time */
	uint64_t slowest_case;
};

struct subject {
	struct held *held;
	struct pl_pack *pack;
	struct pl_strbuf whole; /* the report of the file as it is */
	size_t *pages;		/* that reading it touches */
	size_t n_pages;
	uint64_t seed;
	volatile struct told *told;
};

static double cpu_time(void)
{
	struct timespec now;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static struct pl_error *run(const struct subject *s, uint64_t number, struct pl_strbuf *json)
{
	return report_on(s->pack, s->held->path, number % ALL_UNITS == ALL_UNITS - 1, json);
}

static enum outcome run_timed(const struct subject *s, uint64_t number, const char **message)
{
	PL_CLEANUP(pl_strbuf_release) struct pl_strbuf json = PL_STRBUF_INIT;
	const struct itimerval limit = {.it_value = {.tv_sec = SECONDS}}, none = {0};
	double start = cpu_time(), took;
	struct pl_error *error;
	static char text[512];

	setitimer(ITIMER_PROF, &limit, NULL); /* SIGPROF is the end */
	error = run(s, number, &json);
	setitimer(ITIMER_PROF, &none, NULL);
	took = cpu_time() - start;
	if (took > s->told->slowest) {
		s->told->slowest = took;
		s->told->slowest_case = number;
	}
	snprintf(text, sizeof(text), "%s", error ? error->message : "read");
	*message = text;
	if (error) {
		pl_error_free(error);
		return REFUSED;
	}
	return strcmp(json.text, s->whole.text) ? ANOTHER : THE_SAME;
}

/* Where the damage of case NUMBER is: a page that is looked at, without what is behind the end. */
static struct pl_bytes window(const struct subject *s, uint64_t number)
{
	size_t start = s->pages[(number * 0x9e3779b97f4a7c15u >> 16) % s->n_pages] * HELD_PAGE;
	size_t left = s->held->whole - start;

	return (struct pl_bytes){s->held->data + start, left < HELD_PAGE ? left : HELD_PAGE};
}

static enum outcome run_damaged(const struct subject *s, uint64_t number, const char **message)
{
	struct pl_bytes bytes = window(s, number);
	struct mutant mutant = mutate(bytes, s->seed * 1000003 + number);
	unsigned char kept[HELD_PAGE], *place = s->held->data + (bytes.data - s->held->data);
	enum outcome outcome;

	memcpy(kept, place, bytes.size);
	memcpy(place, mutant.data, mutant.size);
	free(mutant.data);
	outcome = run_timed(s, number, message);
	memcpy(place, kept, bytes.size);
	return outcome;
}

static enum outcome run_cut(const struct subject *s, uint64_t number, const char **message)
{
	enum outcome outcome;

	s->held->size =
		(size_t)(window(s, number).data - s->held->data) + number / CUTS % HELD_PAGE;
	if (s->held->size > s->held->whole)
		s->held->size = s->held->whole;
	outcome = run_timed(s, number, message);
	s->held->size = s->held->whole;
	return outcome;
}

static enum outcome run_case(const struct subject *s, uint64_t number, const char **message)
{
	return number % CUTS ? run_damaged(s, number, message) : run_cut(s, number, message);
}

static void do_cases(void *context, uint64_t from, uint64_t to)
{
	const struct subject *s = context;
	const char *message;

	for (uint64_t i = from; i < to; i++) {
		s->told->at = i;
		s->told->outcomes[run_case(s, i, &message)]++;
	}
	s->told->at = to;
}

static void tell_failure(const struct subject *s, int status)
{
	printf("%s: case %ju of seed %ju: ", s->held->path, (uintmax_t)s->told->at,
	       (uintmax_t)s->seed);
	tell_end(status, SIGPROF);
}

static unsigned run_cases(struct subject *s, uint64_t count)
{
	unsigned failures = 0;

	for (uint64_t from = 0; from < count && failures < 20;) {
		uint64_t to = from + CASES_PER_CHILD < count ? from + CASES_PER_CHILD : count;
		int status = run_batch(do_cases, s, from, to, CHILD_MEMORY);

		if (status) {
			tell_failure(s, status);
			failures++;
		}
		/* At the end of a child all its cases were done, and it left something behind. */
		from = !status || s->told->at == to ? to : s->told->at + 1;
	}
	return failures;
}

static void read_whole(void *context)
{
	struct subject *s = context;
	struct pl_error *error;

	pl_strbuf_truncate(&s->whole, 0);
	error = run(s, 0, &s->whole);
	if (!error)
		return;
	fprintf(stderr, "%s\n", error->message);
	exit(2);
}

static void tell(const struct subject *s, uint64_t count, unsigned failures)
{
	const volatile struct told *told = s->told;
	const char *slash = strrchr(s->held->path, '/');

	printf("%-36s %7ju cases on %5zu pages: %7ju same %6ju other %7ju refused, %u failures; "
	       "the slowest, %ju: %.2f s\n",
	       slash ? slash + 1 : s->held->path, (uintmax_t)count, s->n_pages,
	       (uintmax_t)told->outcomes[THE_SAME], (uintmax_t)told->outcomes[ANOTHER],
	       (uintmax_t)told->outcomes[REFUSED], failures, (uintmax_t)told->slowest_case,
	       told->slowest);
}

static void open_subject(struct subject *s, const char *path)
{
	s->held = held_open(path);
	if (!s->held)
		die(path);
	read_whole(s); /* what is made once, and kept, is not looked at below */
	s->n_pages = held_touched(read_whole, s, &s->pages);
	if (!s->n_pages)
		die("no page is touched");
}

static unsigned run_file(struct subject *s, const char *path, uint64_t count, const char *single)
{
	unsigned failures = 0;
	const char *message;

	*s->told = (struct told){0};
	open_subject(s, path);
	if (single) {
		(void)run_case(s, strtoull(single, NULL, 10), &message);
		printf("case %s: %s\n", single, message);
	} else {
		failures = run_cases(s, count);
		tell(s, count, failures);
	}
	free(s->pages);
	return failures;
}

int main(int argc, char **argv)
{
	static const struct option long_options[] = {
		{"seed", required_argument, NULL, 's'},
		{"count", required_argument, NULL, 'n'},
		{"case", required_argument, NULL, 'c'},
		{0},
	};
	struct subject subject = {.whole = PL_STRBUF_INIT, .seed = 1};
	void *shared = mmap(NULL, sizeof(struct told), PROT_READ | PROT_WRITE,
			    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	const char *single = NULL;
	uint64_t count = 400;
	unsigned failures = 0;
	int value;

	while ((value = getopt_long(argc, argv, "", long_options, NULL)) != -1) {
		if (value == '?')
			return 2;
		if (value == 's')
			subject.seed = strtoull(optarg, NULL, 10);
		if (value == 'n')
			count = strtoull(optarg, NULL, 10);
		if (value == 'c')
			single = optarg;
	}
	if (shared == MAP_FAILED || pl_pack_builtin(&subject.pack))
		die("kernels");
	subject.told = shared;
	for (int i = optind; i < argc; i++)
		failures += run_file(&subject, argv[i], count, single);
	pl_strbuf_release(&subject.whole);
	pl_pack_free(subject.pack);
	return failures != 0;
}
