/* SPDX-License-Identifier: MIT */
/* Findings in the manner of a compiler. */
#include <string.h>

#include "report/finding_words.h"
#include "report/text_internal.h"
#include "report/text_wrap.h"

#define BOLD "\033[1m"

/* More places than anybody reads; the other formats have all of them. */
enum { MAX_EVIDENCE = 16 };

/* What is being written. */
struct page {
	const struct pl_report *report;
	const struct pl_text_options *options;
	struct pl_strbuf *out;
	const char *explained; /* the rule that the finding before was about */
};

/* "mm/slab.h:31: error: slab.slab_id is an integer [TAIL-BIT-INT]", never wrapped. */
static void add_head(struct page *page, const struct pl_finding *finding)
{
	PL_CLEANUP(pl_strbuf_release) struct pl_strbuf text = PL_STRBUF_INIT;
	const struct pl_place *place = pl_finding_shown_at(finding);
	const char *colour = pl_severity_colour(finding->severity);

	if (place) {
		pl_add_place(&text, place);
		pl_strbuf_add_char(&text, ':');
		pl_text_paint(page->out, page->options, BOLD, text.text);
		pl_strbuf_add_char(page->out, ' ');
	}
	pl_strbuf_truncate(&text, 0);
	pl_strbuf_printf(&text, "%s:", pl_severity_name(finding->severity));
	pl_text_paint(page->out, page->options, colour, text.text);
	pl_strbuf_printf(page->out, " %s [", pl_finding_words(finding));
	pl_text_paint(page->out, page->options, colour, finding->rule);
	pl_strbuf_add(page->out, "]\n");
	page->out->failed |= text.failed;
}

static void add_note(struct page *page, const char *label, const char *text)
{
	pl_wrap_note(page->out, page->options, label, text);
}

/* "struct page", as the first target of OCCURRENCE has it. */
static void add_host(struct pl_strbuf *out, const struct pl_report *report,
		     const struct pl_occurrence *occurrence)
{
	const struct pl_target *target = report->targets[occurrence->targets[0]];
	const struct pl_record *host = target->host ? pl_target_record(target, target->host) : NULL;

	if (host)
		pl_strbuf_printf(out, " of %s %s", host->is_union ? "union" : "struct", host->name);
}

/* Bits are counted in memory order, which is what everybody expects of little-endian ones. */
static void add_range(struct pl_strbuf *out, const struct pl_report *report,
		      const struct pl_occurrence *occurrence)
{
	const struct pl_bit_range *range = &occurrence->finding->range;
	const struct pl_target *target = report->targets[occurrence->targets[0]];

	if (range->page)
		pl_strbuf_printf(out, "page %zu, ", range->page);
	pl_add_bits(out, range);
	if ((range->offset % 8 || range->size % 8) && target->endian == PL_ENDIAN_BIG)
		pl_strbuf_add(out, " (in memory order)");
}

/* Which bits of the host, and where its field is declared unless that is said in the head. */
static void add_where(struct page *page, const struct pl_occurrence *occurrence)
{
	PL_CLEANUP(pl_strbuf_release) struct pl_strbuf text = PL_STRBUF_INIT;
	const struct pl_finding *finding = occurrence->finding;
	const struct pl_place *host = pl_finding_host_at(finding);

	if (finding->range.size) {
		add_range(&text, page->report, occurrence);
		add_host(&text, page->report, occurrence);
	}
	if (host) {
		pl_strbuf_printf(&text, "%s%s declared at ", text.length ? "; " : "",
				 finding->host_field ? "host field" : "host");
		pl_add_place(&text, host);
	}
	add_note(page, "", text.text);
	page->out->failed |= text.failed;
}

static void add_on(struct page *page, const struct pl_occurrence *occurrence)
{
	PL_CLEANUP(pl_strbuf_release) struct pl_strbuf text = PL_STRBUF_INIT;

	pl_add_targets(&text, page->report, occurrence);
	add_note(page, "on:", text.text);
	page->out->failed |= text.failed;
}

/* Where code does what the finding rests on, one place a line; the rest of many is counted. */
static void add_evidence(struct page *page, const struct pl_finding *finding)
{
	for (size_t i = 0; i < finding->n_evidence && i < MAX_EVIDENCE; i++) {
		const struct pl_evidence *evidence = &finding->evidence[i];
		PL_CLEANUP(pl_strbuf_release) struct pl_strbuf text = PL_STRBUF_INIT;

		if (evidence->spot.place.file)
			pl_add_place(&text, &evidence->spot.place);
		else
			pl_strbuf_add(&text, "somewhere");
		pl_strbuf_printf(&text, ": %s%s%s",
				 evidence->spot.function ? evidence->spot.function : "",
				 evidence->spot.function ? " " : "", evidence->what);
		add_note(page, "", text.text);
		page->out->failed |= text.failed;
	}
	if (finding->n_evidence > MAX_EVIDENCE)
		pl_strbuf_printf(page->out, "    and %zu more places\n",
				 finding->n_evidence - MAX_EVIDENCE);
}

static bool same_range(const struct pl_bit_range *left, const struct pl_bit_range *right)
{
	return left->page == right->page && left->offset == right->offset &&
	       left->size == right->size;
}

static void add_part(struct pl_strbuf *out, const char **between)
{
	pl_strbuf_add(out, *between);
	*between = "; ";
}

/* How OTHER shows, as far as FIRST does not say that already. */
static void add_also(struct page *page, const struct pl_occurrence *first,
		     const struct pl_occurrence *other)
{
	PL_CLEANUP(pl_strbuf_release) struct pl_strbuf text = PL_STRBUF_INIT;
	PL_CLEANUP(pl_strbuf_release) struct pl_strbuf bits = PL_STRBUF_INIT;
	const struct pl_finding *finding = other->finding;
	const struct pl_place *before = pl_finding_shown_at(first->finding);
	const struct pl_place *place = pl_finding_shown_at(finding);
	const char *between = ": ";

	if (finding->range.size)
		pl_add_bits(&bits, &finding->range);
	if (pl_same_targets(first, other))
		pl_strbuf_add(&text, "also");
	else
		pl_add_targets(&text, page->report, other);
	if (!pl_finding_rephrases(first->finding, finding)) {
		add_part(&text, &between);
		pl_strbuf_add(&text, pl_finding_words(finding));
	}
	if (finding->range.size && !same_range(&finding->range, &first->finding->range) &&
	    !strstr(text.text, bits.text)) {
		add_part(&text, &between);
		add_range(&text, page->report, other);
	}
	if (place && !(before && pl_same_place(place, before))) {
		add_part(&text, &between);
		pl_add_place(&text, place);
	}
	add_note(page, pl_same_targets(first, other) ? "" : "on", text.text);
	add_evidence(page, finding);
	page->out->failed |= text.failed || bits.failed;
}

/* Once for several findings of one rule that follow each other. */
static void explain(struct page *page, const char *id)
{
	const struct pl_rule_info *rule = pl_report_rule(page->report, id);

	if (page->options->compact || !rule || (page->explained && !strcmp(page->explained, id)))
		return;
	add_note(page, "why:", rule->why);
	add_note(page, "since:", rule->since);
	add_note(page, "fix:", rule->fix);
}

static void add_finding(struct page *page, const struct pl_merged_finding *merged)
{
	size_t at = 0;
	const struct pl_occurrence *first = pl_next_in_state(merged, PL_FINDING_OPEN, &at), *other;

	if (!first)
		return;
	add_head(page, first->finding);
	add_where(page, first);
	add_on(page, first);
	add_evidence(page, first->finding);
	while ((other = pl_next_in_state(merged, PL_FINDING_OPEN, &at)))
		add_also(page, first, other);
	explain(page, first->finding->rule);
	page->explained = first->finding->rule;
}

/* Whether LEFT and RIGHT are of one rule, and as severe. */
static bool are_alike(const struct pl_merged_finding *left, const struct pl_merged_finding *right)
{
	const struct pl_finding *a = left->occurrences[0].finding;
	const struct pl_finding *b = right->occurrences[0].finding;

	return a->severity == b->severity && !strcmp(a->rule, b->rule);
}

static bool is_first_of_its_rule(const struct pl_report *report, size_t index)
{
	for (size_t i = 0; i < index; i++)
		if (are_alike(&report->merged[i], &report->merged[index]))
			return false;
	return true;
}

/* Errors first, and within one severity what is of one rule together. */
static void add_open(struct page *page)
{
	const struct pl_report *report = page->report;

	for (size_t i = 0; i < report->n_merged; i++) {
		if (!is_first_of_its_rule(report, i))
			continue;
		for (size_t j = i; j < report->n_merged; j++)
			if (are_alike(&report->merged[i], &report->merged[j]))
				add_finding(page, &report->merged[j]);
	}
}

/* Suppressed ones with one reason are one line, in the words of the first. */
static void add_suppressed(struct page *page, const struct pl_merged_finding *merged)
{
	const struct pl_occurrence *occurrence;
	size_t at = 0;

	while ((occurrence = pl_next_reason(merged, &at))) {
		const struct pl_finding *finding = occurrence->finding;
		const char *reason = finding->reason ? finding->reason : "no reason given";

		pl_strbuf_printf(page->out, "suppressed: %s [%s]: %s\n", pl_finding_words(finding),
				 finding->rule, reason);
	}
}

static size_t count_merged(const struct pl_report *report, enum pl_finding_state state)
{
	size_t count = 0;

	for (int i = PL_SEVERITY_ERROR; i > PL_SEVERITY_NONE; i--)
		count += pl_report_count(report, (enum pl_severity)i, state);
	return count;
}

static const char *plural(size_t count)
{
	return count == 1 ? "" : "s";
}

static void add_counts(struct page *page)
{
	const char *between = "";

	for (int i = PL_SEVERITY_ERROR; i > PL_SEVERITY_NONE; i--) {
		enum pl_severity severity = (enum pl_severity)i;
		size_t count = pl_report_count(page->report, severity, PL_FINDING_OPEN);

		if (!count)
			continue;
		pl_strbuf_printf(page->out, "%s%zu %s%s", between, count,
				 pl_severity_name(severity), plural(count));
		between = ", ";
	}
	if (!*between)
		pl_strbuf_add(page->out, "no findings");
}

static void add_summary(struct page *page)
{
	const struct pl_report *report = page->report;
	size_t suppressed = count_merged(report, PL_FINDING_SUPPRESSED);
	size_t known = count_merged(report, PL_FINDING_KNOWN);

	add_counts(page);
	pl_strbuf_printf(page->out, " on %zu target%s", report->n_targets,
			 plural(report->n_targets));
	if (suppressed || known)
		pl_strbuf_add(page->out, "; ");
	if (suppressed)
		pl_strbuf_printf(page->out, "%zu suppressed%s", suppressed, known ? ", " : "");
	if (known)
		pl_strbuf_printf(page->out, "%zu known from baseline", known);
	if (report->n_failures)
		pl_strbuf_printf(page->out, "; %zu could not be told", report->n_failures);
	pl_strbuf_printf(page->out, "; verdict: %s\n", pl_verdict_name(pl_report_verdict(report)));
}

static void add_known(struct page *page)
{
	size_t known = count_merged(page->report, PL_FINDING_KNOWN);

	if (known)
		pl_strbuf_printf(page->out,
				 "known: %zu finding%s of the baseline; --format json lists %s\n",
				 known, plural(known), known == 1 ? "it" : "them");
}

struct pl_error *pl_report_text_findings(const struct pl_report *report,
					 const struct pl_text_options *options,
					 struct pl_strbuf *ret)
{
	struct page page = {report, options, ret, NULL};

	add_open(&page);
	for (size_t i = 0; i < report->n_merged; i++)
		add_suppressed(&page, &report->merged[i]);
	add_known(&page);
	pl_text_failures(report, options, ret);
	add_summary(&page);
	return pl_strbuf_failed(ret) ? pl_error_no_memory() : NULL;
}
