/* SPDX-License-Identifier: MIT */
#include "report/finding_words.h"

#include <stdio.h>
#include <string.h>

#include "support/order.h"

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

/* Whether the reason of FINDING is that of an occurrence of MERGED before it. */
static bool had_reason(const struct pl_merged_finding *merged, const struct pl_finding *finding)
{
	const struct pl_occurrence *before;
	size_t at = 0;

	while ((before = pl_next_in_state(merged, PL_FINDING_SUPPRESSED, &at)))
		if (before->finding == finding ||
		    !pl_order_texts(before->finding->reason, finding->reason))
			return before->finding != finding;
	return false;
}

const struct pl_occurrence *pl_next_reason(const struct pl_merged_finding *merged, size_t *at)
{
	const struct pl_occurrence *occurrence;

	do
		occurrence = pl_next_in_state(merged, PL_FINDING_SUPPRESSED, at);
	while (occurrence && had_reason(merged, occurrence->finding));
	return occurrence;
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

/* What comes after the LENGTH bytes at START in TEXT, which begins with them; or NULL. */
static const char *after(const char *text, const char *start, size_t length)
{
	return strncmp(text, start, length) ? NULL : text + length;
}

/* Without any allocation, as what follows: there is no place here for an error. */
const char *pl_finding_words(const struct pl_finding *finding)
{
	const struct pl_place *shown = pl_finding_shown_at(finding);
	const char *words = finding->message;
	char line[16] = "";

	if (!shown)
		return finding->message;
	if (shown->line)
		snprintf(line, sizeof(line), ":%u", shown->line);
	words = after(words, shown->file, strlen(shown->file));
	words = words ? after(words, line, strlen(line)) : NULL;
	words = words ? after(words, ": ", 2) : NULL;
	return words ? words : finding->message;
}

/* Whether OTHER is TEXT with RIGHT in place of every LEFT. */
static bool is_replaced(const char *text, const char *left, const char *right, const char *other)
{
	const char *at;

	while ((at = strstr(text, left))) {
		other = after(other, text, (size_t)(at - text));
		other = other ? after(other, right, strlen(right)) : NULL;
		if (!other)
			return false;
		text = at + strlen(left);
	}
	return !strcmp(text, other);
}

bool pl_finding_rephrases(const struct pl_finding *first, const struct pl_finding *other)
{
	char from[PL_BITS_TEXT], to[PL_BITS_TEXT];

	if (!strcmp(pl_finding_words(first), pl_finding_words(other)))
		return true;
	if (!first->range.size || !other->range.size)
		return false;
	pl_write_bits(from, &first->range);
	pl_write_bits(to, &other->range);
	return is_replaced(pl_finding_words(first), from, to, pl_finding_words(other));
}

void pl_add_place(struct pl_strbuf *out, const struct pl_place *place)
{
	pl_strbuf_add(out, place->file);
	if (place->line)
		pl_strbuf_printf(out, ":%u", place->line);
}

void pl_add_bits(struct pl_strbuf *out, const struct pl_bit_range *range)
{
	char text[PL_BITS_TEXT];

	pl_write_bits(text, range);
	pl_strbuf_add(out, text);
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
