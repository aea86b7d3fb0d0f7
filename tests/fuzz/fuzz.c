/* SPDX-License-Identifier: MIT */
#include "fuzz.h"
#include "../mutation/mapped.h"

#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "check/check.h"
#include "check/load/pack_load.h"
#include "check/load/recipe_load.h"
#include "check/suppress.h"
#include "map/compare.h"
#include "map/map.h"
#include "read/read.h"
#include "read/report/report_read.h"
#include "report/report.h"
#include "support/text.h"

/* Its number is a name that seeds know: some say that their types, or all their DWARF, are in
 * "200". */
#define INPUT_FD 200
#define BASE_FD 201
#define TEXT(number) TEXT_OF(number)
#define TEXT_OF(number) #number

enum { MAX_RECORDS = 256 };

static _Noreturn void give_up(const char *what)
{
	fprintf(stderr, "fuzz: %s\n", what);
	abort();
}

static void expect(struct pl_error *error)
{
	if (error)
		give_up(error->message);
}

const struct pl_pack *fuzz_pack(void)
{
	static struct pl_pack *pack;

	if (!pack)
		expect(pl_pack_builtin(&pack));
	return pack;
}

const struct pl_recipe *fuzz_recipe(void)
{
	static struct pl_recipe *recipe;

	if (!recipe)
		expect(pl_recipe_builtin(&recipe));
	return recipe;
}

struct pl_arena *fuzz_arena(void)
{
	struct pl_arena *arena = pl_arena_new();

	if (!arena)
		give_up("out of memory");
	return arena;
}

bool fuzz_failed(struct pl_error *error)
{
	if (!error)
		return false;
	if (!error->message || !*error->message)
		give_up("an error without a message");
	pl_error_free(error);
	return true;
}

struct pl_error *fuzz_map(struct pl_report *report)
{
	return map_report(fuzz_pack(), report);
}

/* Writes BYTES into the file that is FD, which is made if *MADE is false. */
static void put(struct pl_bytes bytes, int fd, bool *made)
{
	if (!*made && dup2(memfd_create("input", 0), fd) != fd)
		give_up("no file for the input");
	*made = true;
	if (ftruncate(fd, 0) < 0 || pwrite(fd, bytes.data, bytes.size, 0) != (ssize_t)bytes.size)
		give_up("the input cannot be put into a file");
}

const char *fuzz_file(struct pl_bytes bytes)
{
	static bool made;

	put(bytes, INPUT_FD, &made);
	return "/proc/self/fd/" TEXT(INPUT_FD);
}

static const char *base_file(struct pl_bytes bytes)
{
	static bool made;

	put(bytes, BASE_FD, &made);
	return "/proc/self/fd/" TEXT(BASE_FD);
}

/* BASE is NULL but for split BTF. */
static struct pl_error *read_file(const char *path, const char *base, enum pl_source_kind kind,
				  bool all_units, struct pl_report *report)
{
	const struct pl_pack *pack = fuzz_pack();
	const char *records[MAX_RECORDS] = {pack->host};
	const struct pl_read_request request = {
		.path = path,
		.force = kind,
		.records = records,
		.n_records = pack->n_overlays + 1,
		.unit_order = pack->unit_order,
		.n_unit_order = pack->n_unit_order,
		.banner = pack->banner,
		.check_all_units = all_units,
		.btf_base = base,
		.debug_dir = "/proc/self/fd",
	};

	if (request.n_records > MAX_RECORDS)
		give_up("too many overlays");
	for (size_t i = 0; i < pack->n_overlays; i++)
		records[i + 1] = pack->overlays[i].name;
	return pl_read_source(&request, report);
}

/* JSON from a report that was written by a worker, read back, and mapped again. */
static void hand_over(const struct pl_report *report, struct pl_strbuf *ret)
{
	PL_CLEANUP(pl_strbuf_release) struct pl_strbuf written = PL_STRBUF_INIT;
	PL_CLEANUP(pl_report_cleanup) struct pl_report *copy = pl_report_new();
	const struct pl_read_request request = {.path = "copy"};
	struct pl_bytes bytes;

	if (!copy)
		give_up("out of memory");
	expect(pl_report_json_unmapped(report, &written));
	bytes = (struct pl_bytes){(const unsigned char *)written.text, written.length};
	expect(pl_report_read(&request, bytes, copy));
	expect(fuzz_map(copy));
	expect(pl_report_merge(copy));
	expect(pl_report_json(copy, ret));
}

static void expect_handed_over(const struct pl_report *report)
{
	PL_CLEANUP(pl_strbuf_release) struct pl_strbuf direct = PL_STRBUF_INIT;
	PL_CLEANUP(pl_strbuf_release) struct pl_strbuf copied = PL_STRBUF_INIT;

	expect(pl_report_json(report, &direct));
	hand_over(report, &copied);
	if (strcmp(direct.text, copied.text)) {
		fprintf(stderr, "%s\n%s\n", direct.text, copied.text);
		give_up("a worker's report does not survive being handed over");
	}
}

void fuzz_expect_text(struct pl_strbuf *out)
{
	if (pl_strbuf_failed(out))
		give_up("out of memory");
	for (char *at = out->text; *at; at++)
		if (*at == '\n')
			*at = ' ';
	if (!pl_text_is_plain(out->text))
		give_up("more than text is written");
}

void fuzz_report(const struct pl_pack *pack, struct pl_report *report)
{
	static struct pl_error *(*const formats[])(const struct pl_report *, struct pl_strbuf *) = {
		pl_report_json,
		pl_report_plain,
		pl_report_rdjsonl,
		pl_report_sarif,
		pl_report_html,
		pl_report_markdown,
		pl_report_markdown_findings,
		pl_report_rst,
		pl_report_rst_findings,
	};
	const struct pl_text_options colours = {.width = 100, .colour = true}, none = {.width = 80};
	PL_CLEANUP(pl_strbuf_release) struct pl_strbuf coloured = PL_STRBUF_INIT;
	PL_CLEANUP(pl_strbuf_release) struct pl_strbuf out = PL_STRBUF_INIT;

	(void)fuzz_failed(pl_check_report(pack, report));
	(void)fuzz_failed(pl_suppress(report, "2027-03-31"));
	expect(pl_compare_targets(report));
	expect(pl_report_merge(report));
	for (size_t i = 0; i < sizeof(formats) / sizeof(*formats); i++) {
		expect(formats[i](report, &out));
		fuzz_expect_text(&out);
		pl_strbuf_truncate(&out, 0);
	}
	expect(pl_report_text(report, &none, &out));
	expect(pl_report_text_findings(report, &none, &out));
	expect(pl_report_text(report, &colours, &coloured));
	expect(pl_report_text_findings(report, &colours, &coloured));
	if (pl_strbuf_failed(&coloured))
		give_up("out of memory");
	fuzz_expect_text(&out);
}

static void read_and_report(const char *path, const char *base, enum pl_source_kind kind,
			    bool all_units)
{
	PL_CLEANUP(pl_report_cleanup) struct pl_report *report = pl_report_new();

	if (!report)
		give_up("out of memory");
	if (fuzz_failed(read_file(path, base, kind, all_units, report)))
		return;
	if (fuzz_failed(fuzz_map(report)))
		return;
	expect(pl_report_merge(report));
	expect_handed_over(report);
	fuzz_report(fuzz_pack(), report);
}

void fuzz_source(struct pl_bytes bytes, enum pl_source_kind kind, bool all_units)
{
	read_and_report(fuzz_file(bytes), NULL, kind, all_units);
}

void fuzz_module(struct pl_bytes bytes, struct pl_bytes base)
{
	read_and_report(fuzz_file(bytes), base_file(base), PL_SOURCE_BTF, false);
}
