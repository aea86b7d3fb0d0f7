/* SPDX-License-Identifier: MIT */
#include "report/finding_words.h"

#include <inttypes.h>
#include <string.h>

bool pl_same_place(const struct pl_place *left, const struct pl_place *right)
{
	return left->line == right->line && !strcmp(left->file, right->file);
}

const struct pl_place *pl_finding_shown_at(const struct pl_finding *finding)
{
	if (finding->place.file)
		return &finding->place;
	return finding->host_place.file ? &finding->host_place : NULL;
}

const struct pl_place *pl_finding_host_at(const struct pl_finding *finding)
{
	const struct pl_place *host = &finding->host_place;

	if (!finding->place.file || !host->file)
		return NULL;
	return pl_same_place(host, &finding->place) ? NULL : host;
}

static const char *below(const char *directory, const char *file)
{
	size_t length = strlen(directory);

	while (length && directory[length - 1] == '/')
		length--;
	if (!length || strncmp(file, directory, length) || file[length] != '/')
		return file;
	return file + length + strspn(file + length, "/");
}

/* FILE as it is called from the root of a tree that TARGET was read from. */
static const char *from_root(const struct pl_target *target, const char *file)
{
	const struct pl_source *sources[] = {&target->source, &target->pins_source};

	for (size_t i = 0; i < sizeof(sources) / sizeof(*sources) && *file == '/'; i++)
		if (sources[i]->kind == PL_SOURCE_HEADERS)
			file = below(sources[i]->path, file);
	while (!strncmp(file, "./", 2))
		file += 1 + strspn(file + 1, "/");
	return file;
}

static const struct pl_place *record_place(const struct pl_target *target, const char *name)
{
	const struct pl_record *record = name ? pl_target_record(target, name) : NULL;

	return record && record->place.file ? &record->place : NULL;
}

struct pl_place pl_occurrence_place(const struct pl_report *report,
				    const struct pl_occurrence *occurrence)
{
	const struct pl_finding *finding = occurrence->finding;
	const struct pl_target *target = report->targets[occurrence->targets[0]];
	const struct pl_place *place = pl_finding_shown_at(finding);

	if (!place)
		place = record_place(target, finding->overlay);
	if (!place)
		place = record_place(target, target->host);
	if (!place)
		return (struct pl_place){from_root(target, target->source.path), 0};
	return (struct pl_place){from_root(target, place->file), place->line};
}

const struct pl_occurrence *pl_next_in_state(const struct pl_merged_finding *merged,
					     enum pl_finding_state state, size_t *at)
{
	while (*at < merged->n_occurrences) {
		const struct pl_occurrence *occurrence = &merged->occurrences[(*at)++];

		if (occurrence->finding->state == state)
			return occurrence;
	}
	return NULL;
}

bool pl_same_targets(const struct pl_occurrence *left, const struct pl_occurrence *right)
{
	return left->n_targets == right->n_targets &&
	       !memcmp(left->targets, right->targets, left->n_targets * sizeof(*left->targets));
}

static bool is_somewhere(const struct pl_merged_finding *merged, enum pl_finding_state state)
{
	size_t at = 0;

	return pl_next_in_state(merged, state, &at) != NULL;
}

enum pl_finding_state pl_merged_state(const struct pl_merged_finding *merged)
{
	if (is_somewhere(merged, PL_FINDING_OPEN))
		return PL_FINDING_OPEN;
	return is_somewhere(merged, PL_FINDING_KNOWN) ? PL_FINDING_KNOWN : PL_FINDING_SUPPRESSED;
}

const char *pl_finding_words(const struct pl_finding *finding)
{
	PL_CLEANUP(pl_strbuf_release) struct pl_strbuf place = PL_STRBUF_INIT;
	const struct pl_place *shown = pl_finding_shown_at(finding);

	if (!shown)
		return finding->message;
	pl_add_place(&place, shown);
	pl_strbuf_add(&place, ": ");
	if (pl_strbuf_failed(&place) || strncmp(finding->message, place.text, place.length))
		return finding->message;
	return finding->message + place.length;
}

/* TEXT with RIGHT in place of every LEFT, which is not empty. */
static void add_replaced(struct pl_strbuf *out, const char *text, const char *left,
			 const char *right)
{
	const char *at;

	while ((at = strstr(text, left))) {
		pl_strbuf_add_bytes(out, text, (size_t)(at - text));
		pl_strbuf_add(out, right);
		text = at + strlen(left);
	}
	pl_strbuf_add(out, text);
}

bool pl_finding_rephrases(const struct pl_finding *first, const struct pl_finding *other)
{
	PL_CLEANUP(pl_strbuf_release) struct pl_strbuf from = PL_STRBUF_INIT;
	PL_CLEANUP(pl_strbuf_release) struct pl_strbuf to = PL_STRBUF_INIT;
	PL_CLEANUP(pl_strbuf_release) struct pl_strbuf words = PL_STRBUF_INIT;

	if (!strcmp(pl_finding_words(first), pl_finding_words(other)))
		return true;
	if (!first->range.size || !other->range.size)
		return false;
	pl_add_bits(&from, &first->range);
	pl_add_bits(&to, &other->range);
	add_replaced(&words, pl_finding_words(first), from.text, to.text);
	return !pl_strbuf_failed(&from) && !pl_strbuf_failed(&to) && !pl_strbuf_failed(&words) &&
	       !strcmp(words.text, pl_finding_words(other));
}

void pl_add_place(struct pl_strbuf *out, const struct pl_place *place)
{
	pl_strbuf_add(out, place->file);
	if (place->line)
		pl_strbuf_printf(out, ":%u", place->line);
}

static void add_numbers(struct pl_strbuf *out, const char *unit, uint64_t first, uint64_t last)
{
	if (first == last)
		pl_strbuf_printf(out, "%s %" PRIu64, unit, first);
	else
		pl_strbuf_printf(out, "%ss %" PRIu64 "-%" PRIu64, unit, first, last);
}

void pl_add_bits(struct pl_strbuf *out, const struct pl_bit_range *range)
{
	uint64_t first = range->offset, last = range->offset + range->size - 1;

	if (first % 8 == 0 && last % 8 == 7) {
		add_numbers(out, "byte", first / 8, last / 8);
	} else if (first / 8 == last / 8) {
		pl_strbuf_printf(out, "byte %" PRIu64 ", ", first / 8);
		add_numbers(out, "bit", first % 8, last % 8);
	} else {
		pl_strbuf_printf(
			out, "byte %" PRIu64 " bit %" PRIu64 " to byte %" PRIu64 " bit %" PRIu64,
			first / 8, first % 8, last / 8, last % 8);
	}
}

void pl_add_targets(struct pl_strbuf *out, const struct pl_report *report,
		    const struct pl_occurrence *occurrence)
{
	if (occurrence->n_targets > 1 && occurrence->n_targets == report->n_targets) {
		pl_strbuf_printf(out, "all %zu targets", report->n_targets);
		return;
	}
	for (size_t i = 0; i < occurrence->n_targets; i++)
		pl_strbuf_printf(out, "%s%s", i ? ", " : "",
				 report->targets[occurrence->targets[i]]->name);
}

/* On which targets it is OTHER, and what that says as far as FIRST does not. */
static void add_other(struct pl_strbuf *out, const struct pl_report *report,
		      const struct pl_occurrence *first, const struct pl_occurrence *other)
{
	const char *words = pl_finding_words(other->finding);

	if (pl_same_targets(first, other)) {
		pl_strbuf_add(out, "\nalso");
	} else {
		pl_strbuf_add(out, "\non ");
		pl_add_targets(out, report, other);
	}
	if (!pl_finding_rephrases(first->finding, other->finding)) {
		pl_strbuf_printf(out, ": %s", words);
	} else if (strcmp(pl_finding_words(first->finding), words)) {
		pl_strbuf_add(out, ": ");
		pl_add_bits(out, &other->finding->range);
	}
}

void pl_add_telling(struct pl_strbuf *out, const struct pl_report *report,
		    const struct pl_merged_finding *merged, enum pl_finding_state state)
{
	size_t at = 0;
	const struct pl_occurrence *first = pl_next_in_state(merged, state, &at), *other;

	pl_strbuf_add(out, pl_finding_words(first->finding));
	if (report->n_targets > 1) {
		pl_strbuf_add(out, "\non ");
		pl_add_targets(out, report, first);
	}
	while ((other = pl_next_in_state(merged, state, &at)))
		add_other(out, report, first, other);
}
