/* SPDX-License-Identifier: MIT */
/*
 * mutation [--seed N] [--count N] [--case N] FILE...: damages each FILE in COUNT
 * ways, reads, maps and renders each in child processes, and fails when one
 * crashes, is told off by a sanitizer, or hangs. Every file is also cut short
 * at each of its sections, in which case the report has to be what it is of
 * the whole file, or a failure. --case shows one case of the first FILE alone.
 */
#include <elf.h>
#include <fcntl.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "batch.h"
#include "check/load/pack_load.h"
#include "mutate.h"
#include "read/elf/elf.h"
#include "support/file.h"
#include "work.h"

enum { CASES_PER_CHILD = 200, SECONDS = 10, CHILD_DIFFERS = 3 };
#define CHILD_MEMORY ((rlim_t)3 << 30)

struct options {
	uint64_t seed, count;
	bool single, child; /* only one case; without a child of its own */
	uint64_t single_case;
};

/* One file, and what happens to it. */
struct subject {
	const char *path;
	struct pl_file file;
	struct pl_pack *pack;
	const struct options *options;
	size_t *cuts; /* sizes to cut the file to */
	size_t n_cuts;
	char scratch[64];	     /* where children put their mutants */
	struct pl_strbuf whole;	     /* the report of the file as it is */
	volatile uint64_t *progress; /* shared with the child: the case it is at */
};

static bool is_pack(const char *path)
{
	const char *dot = strrchr(path, '.');

	return dot && !strcmp(dot, ".pack");
}

static struct pl_error *run_pack(const char *path)
{
	PL_CLEANUP(pl_pack_cleanup) struct pl_pack *pack = NULL;

	return pl_pack_load(path, &pack);
}

static struct pl_error *run(const struct subject *s, uint64_t number, struct pl_strbuf *json)
{
	if (is_pack(s->path))
		return run_pack(s->scratch);
	return report_on(s->pack, s->scratch, number % 2, json);
}

static void write_scratch(const struct subject *s, const void *data, size_t size)
{
	int fd = open(s->scratch, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

	if (fd < 0 || write(fd, data, size) != (ssize_t)size)
		die(s->scratch);
	close(fd);
}

/* The first cases are cuts, the rest is chance. */
static void run_case(const struct subject *s, uint64_t number)
{
	PL_CLEANUP(pl_strbuf_release) struct pl_strbuf json = PL_STRBUF_INIT;
	bool cut = number < s->n_cuts;
	struct mutant m = {NULL, 0};
	struct pl_error *error;

	if (cut) {
		write_scratch(s, s->file.bytes.data, s->cuts[number]);
	} else {
		m = mutate(s->file.bytes, s->options->seed * 1000003 + number);
		write_scratch(s, m.data, m.size);
		free(m.data);
	}
	error = run(s, cut ? 0 : number, &json);
	if (s->options->single && !s->options->child)
		printf("case %ju: %s\n", (uintmax_t)number, error ? error->message : "read");
	if (cut && !error && strcmp(json.text, s->whole.text)) {
		fprintf(stderr, "%s: cut to %zu bytes it gives another report\n", s->path,
			s->cuts[number]);
		exit(CHILD_DIFFERS);
	}
	pl_error_free(error);
}

static void do_cases(void *context, uint64_t from, uint64_t to)
{
	const struct subject *s = context;

	for (uint64_t i = from; i < to; i++) {
		*s->progress = i;
		alarm(SECONDS);
		run_case(s, i);
	}
	*s->progress = to;
	unlink(s->scratch);
}

static void tell(const struct subject *s, uint64_t number, int status)
{
	printf("%s: case %ju of seed %ju: ", s->path, (uintmax_t)number,
	       (uintmax_t)s->options->seed);
	tell_end(status, SIGALRM);
}

/*
 * Whether case NUMBER fails in a process that keeps whole call stacks, which
 * costs too much to be done always, and by which the leaks of libdwarf itself
 * are told from ours: libdwarf.supp has them.
 */
static bool is_confirmed(const struct subject *s, uint64_t number)
{
	const char *options = getenv("ASAN_OPTIONS");
	char seed[24], single[24], more[256];
	int status;
	pid_t pid;

	snprintf(seed, sizeof(seed), "%ju", (uintmax_t)s->options->seed);
	snprintf(single, sizeof(single), "%ju", (uintmax_t)number);
	snprintf(more, sizeof(more), "%s:fast_unwind_on_malloc=0:malloc_context_size=60",
		 options ? options : "");
	fflush(NULL);
	pid = fork();
	if (pid < 0)
		die("fork");
	if (!pid) {
		setenv("ASAN_OPTIONS", more, 1);
		setenv("LSAN_OPTIONS", "suppressions=" LIBDWARF_LEAKS ":print_suppressions=0", 1);
		execl("/proc/self/exe", "mutation", "--seed", seed, "--case", single, "--child",
		      s->path, (char *)NULL);
		die("execl");
	}
	if (waitpid(pid, &status, 0) != pid)
		die("waitpid");
	return status;
}

/* A leak is seen only when a child ends: then the batch is run again, case by case. */
static unsigned find_leaks(struct subject *s, uint64_t from, uint64_t to)
{
	unsigned failures = 0;

	for (uint64_t i = from; i < to; i++) {
		int status = run_batch(do_cases, s, i, i + 1, CHILD_MEMORY);

		if (!status || !is_confirmed(s, i))
			continue;
		tell(s, i, status);
		failures++;
	}
	return failures;
}

static unsigned run_cases(struct subject *s, uint64_t from, uint64_t end)
{
	unsigned failures = 0;

	while (from < end && failures < 10) {
		uint64_t to = from + CASES_PER_CHILD < end ? from + CASES_PER_CHILD : end;
		int status = run_batch(do_cases, s, from, to, CHILD_MEMORY);

		if (!status) {
			from = to;
		} else if (*s->progress == to) {
			failures += find_leaks(s, from, to);
			from = to;
		} else {
			tell(s, *s->progress, status);
			failures++;
			from = *s->progress + 1;
		}
	}
	return failures;
}

static void add_cut(struct subject *s, uint64_t size)
{
	if (size < s->file.bytes.size)
		s->cuts[s->n_cuts++] = (size_t)size;
}

/* Where raw BTF has an edge: its header, its types, its names. */
static void cut_btf(struct subject *s)
{
	const unsigned char *data = s->file.bytes.data;
	bool big = data[0] == 0xeb;
	uint64_t size = pl_bytes_get(data + 4, 4, big);

	for (size_t at = 8; at < 24; at += 8) {
		uint64_t start = size + pl_bytes_get(data + at, 4, big);

		add_cut(s, start);
		add_cut(s, start + pl_bytes_get(data + at + 4, 4, big));
	}
}

static void cut_elf(struct subject *s, const struct pl_elf *elf)
{
	for (size_t i = 0; i < elf->n_sections; i++) {
		const struct pl_elf_section *section = &elf->sections[i];

		for (int delta = -1; delta <= 1; delta++) {
			add_cut(s, section->offset + (uint64_t)delta);
			add_cut(s, section->offset + section->size + (uint64_t)delta);
		}
	}
}

static void choose_cuts(struct subject *s)
{
	PL_CLEANUP(pl_arena_cleanup) struct pl_arena *arena = pl_arena_new();
	struct pl_bytes bytes = s->file.bytes;
	struct pl_elf elf = {0};
	struct pl_error *error = arena ? pl_elf_parse(arena, bytes, &elf) : pl_error_no_memory();

	s->cuts = calloc(6 * elf.n_sections + 1000, sizeof(*s->cuts));
	if (!s->cuts)
		die("calloc");
	if (!error)
		cut_elf(s, &elf);
	else if (bytes.size > 24 && (bytes.data[0] ^ bytes.data[1]) == (0xeb ^ 0x9f))
		cut_btf(s);
	pl_error_free(error);
	for (size_t i = 0; i < 64; i++)
		add_cut(s, bytes.size * i / 64);
	for (size_t i = 1; i <= 16; i++)
		add_cut(s, bytes.size - i);
}

static void open_subject(struct subject *s, const char *path)
{
	struct pl_error *error = pl_file_open(path, &s->file);

	s->path = path;
	snprintf(s->scratch, sizeof(s->scratch), "mutant-%ld", (long)getpid());
	if (!error)
		error = pl_pack_builtin(&s->pack);
	choose_cuts(s);
	write_scratch(s, s->file.bytes.data, s->file.bytes.size);
	if (!error)
		error = run(s, 0, &s->whole);
	if (!error)
		return;
	fprintf(stderr, "%s: %s\n", path, error->message);
	exit(2);
}

static void close_subject(struct subject *s)
{
	unlink(s->scratch);
	free(s->cuts);
	pl_file_close(&s->file);
	pl_pack_free(s->pack);
	pl_strbuf_release(&s->whole);
}

static unsigned run_file(const struct options *options, const char *path)
{
	void *shared = mmap(NULL, sizeof(uint64_t), PROT_READ | PROT_WRITE,
			    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	struct subject s = {.options = options, .whole = PL_STRBUF_INIT};
	uint64_t from = options->single ? options->single_case : 0, end;
	unsigned failures;

	if (shared == MAP_FAILED)
		die("mmap");
	s.progress = shared;
	open_subject(&s, path);
	end = options->single ? from + 1 : s.n_cuts + options->count;
	if (options->child)
		end_with_batch(do_cases, &s, from, end, CHILD_MEMORY);
	failures = run_cases(&s, from, end);
	printf("%s: %ju cases, %zu of them cuts, %u failures\n", path, (uintmax_t)(end - from),
	       s.n_cuts, failures);
	close_subject(&s);
	munmap(shared, sizeof(uint64_t));
	return failures;
}

static uint64_t number_of(const char *text)
{
	char *end;
	uint64_t number = strtoull(text, &end, 10);

	if (!*text || *end) {
		fprintf(stderr, "mutation: '%s' is not a number\n", text);
		exit(2);
	}
	return number;
}

int main(int argc, char **argv)
{
	static const struct option long_options[] = {
		{"seed", required_argument, NULL, 's'},
		{"count", required_argument, NULL, 'n'},
		{"case", required_argument, NULL, 'c'},
		{"child", no_argument, NULL, 'x'}, /* for is_confirmed() */
		{0},
	};
	struct options options = {.seed = 1, .count = 400};
	unsigned failures = 0;
	int value;

	while ((value = getopt_long(argc, argv, "", long_options, NULL)) != -1) {
		if (value == '?')
			return 2;
		if (value == 's')
			options.seed = number_of(optarg);
		if (value == 'n')
			options.count = number_of(optarg);
		if (value == 'x')
			options.child = true;
		if (value == 'c') {
			options.single = true;
			options.single_case = number_of(optarg);
		}
	}
	if (optind == argc) {
		fputs("mutation: no files\n", stderr);
		return 2;
	}
	for (int i = optind; i < argc; i++)
		failures += run_file(&options, argv[i]);
	return failures != 0;
}
