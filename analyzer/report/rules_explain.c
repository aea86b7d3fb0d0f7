/* SPDX-License-Identifier: MIT */
/* A rule in words: the keys of the pack, as a sentence of each. */
#include <inttypes.h>
#include <string.h>

#include "report/rules.h"
#include "report/text_wrap.h"

/* "a, b or c": what stands before entry INDEX of COUNT. */
static const char *between(size_t index, size_t count, const char *before)
{
	if (!index)
		return before;
	return index + 1 == count ? " or " : ", ";
}

static void add_list(struct pl_strbuf *out, const char *before, const char **list, size_t count)
{
	for (size_t i = 0; i < count; i++)
		pl_strbuf_printf(out, "%s%s", between(i, count, before), list[i]);
}

static void add_classes(struct pl_strbuf *out, const char *before, unsigned classes)
{
	const char *names[PL_CLASS_COUNT];
	size_t count = 0;

	for (int i = 0; i < PL_CLASS_COUNT; i++)
		if (classes & 1u << i)
			names[count++] = pl_type_class_name((enum pl_type_class)i);
	add_list(out, before, names, count);
}

static void add_releases(struct pl_strbuf *out, const struct pl_releases *releases)
{
	bool from = releases->from_major, to = releases->to_major;

	if (from && to && releases->from_major == releases->to_major &&
	    releases->from_minor == releases->to_minor)
		pl_strbuf_printf(out, " in %u.%u", releases->from_major, releases->from_minor);
	else if (from && to)
		pl_strbuf_printf(out, " in %u.%u to %u.%u", releases->from_major,
				 releases->from_minor, releases->to_major, releases->to_minor);
	else if (from)
		pl_strbuf_printf(out, " from %u.%u on", releases->from_major, releases->from_minor);
	else if (to)
		pl_strbuf_printf(out, " up to %u.%u", releases->to_major, releases->to_minor);
}

static bool is_empty(const struct pl_matcher *m)
{
	return !m->n_overlays && !m->n_members && !m->classes && !m->n_types && !m->n_archs &&
	       !m->bits && !m->exact && !m->releases.from_major && !m->releases.to_major;
}

/* "next or prev of class list in slab on arm from 6.2 on" */
static void add_matcher(struct pl_strbuf *out, const struct pl_matcher *m)
{
	if (m->n_members)
		add_list(out, "", m->members, m->n_members);
	else
		pl_strbuf_add(out, "anything");
	add_classes(out, " of class ", m->classes);
	add_list(out, " of type ", m->types, m->n_types);
	if (m->exact)
		pl_strbuf_add(out, " that is just these bits");
	add_list(out, " in ", m->overlays, m->n_overlays);
	add_list(out, " on ", m->archs, m->n_archs);
	if (m->bits)
		pl_strbuf_printf(out, " on %u bits", m->bits);
	add_releases(out, &m->releases);
}

static void add_matchers(struct pl_strbuf *out, const char *before, const struct pl_matcher *list,
			 size_t count)
{
	for (size_t i = 0; i < count; i++) {
		pl_strbuf_add(out, i ? "; " : before);
		add_matcher(out, &list[i]);
	}
}

static void add_pages(struct pl_strbuf *out, const struct pl_clause *clause)
{
	if (clause->last_page == SIZE_MAX)
		pl_strbuf_printf(out, " of page %zu and those behind it", clause->first_page);
	else if (clause->first_page != clause->last_page)
		pl_strbuf_printf(out, " of pages %zu to %zu", clause->first_page,
				 clause->last_page);
	else if (clause->first_page)
		pl_strbuf_printf(out, " of page %zu", clause->first_page);
}

static void add_value_bits(struct pl_strbuf *out, const struct pl_clause *clause)
{
	if (clause->n_bits == 1)
		pl_strbuf_printf(out, ", bit %u of its value", clause->low_bit);
	else if (clause->n_bits)
		pl_strbuf_printf(out, ", bits %u to %u of its value", clause->low_bit,
				 clause->low_bit + clause->n_bits - 1);
}

static void add_clause(struct pl_strbuf *out, const struct pl_clause *clause)
{
	pl_strbuf_add(out, clause->word);
	add_pages(out, clause);
	add_value_bits(out, clause);
	if (!is_empty(&clause->where)) {
		pl_strbuf_add(out, ", for ");
		add_matcher(out, &clause->where);
	}
	add_matchers(out, ": only ", clause->allow, clause->n_allow);
	add_matchers(out, clause->n_allow ? "; never " : ": never ", clause->forbid,
		     clause->n_forbid);
}

/* "PG_head == 6 from 6.6 on, if there is CONFIG_MMU: what it means" */
static void add_held(struct pl_strbuf *out, const struct pl_held *held)
{
	pl_strbuf_add(out, held->wanted.expression);
	add_list(out, " on ", held->where.archs, held->where.n_archs);
	if (held->where.bits)
		pl_strbuf_printf(out, " on %u bits", held->where.bits);
	add_releases(out, &held->where.releases);
	for (size_t i = 0; i < held->wanted.n_needs; i++)
		pl_strbuf_printf(out, "%s%s", i ? " and " : ", if there is ",
				 held->wanted.needs[i]);
	if (held->says)
		pl_strbuf_printf(out, ": %s", held->says);
}

static void add_bytes(struct pl_strbuf *out, const char *what, uint64_t bytes)
{
	if (bytes)
		pl_strbuf_printf(out, "%s%s %" PRIu64 " bytes", out->length ? ", " : "", what,
				 bytes);
}

/* What a rule of any other kind than "touch" is set to. */
static void add_limits(struct pl_strbuf *out, const struct pl_rule *rule)
{
	add_bytes(out, "at least", rule->least);
	add_bytes(out, "at most", rule->most);
	add_bytes(out, "a multiple of", rule->multiple);
	if (rule->power_of_two)
		pl_strbuf_printf(out, "%sa power of two", out->length ? ", " : "");
	add_classes(out, "class ", rule->classes);
	if (rule->words)
		pl_strbuf_printf(out, "%s%u word%s", out->length ? ", " : "", rule->words,
				 rule->words == 1 ? "" : "s");
	if (rule->in_union)
		pl_strbuf_printf(out, "%sno larger than the rest of its union",
				 out->length ? ", " : "");
	if (rule->kind == PL_RULE_PLACE)
		pl_strbuf_add(out, rule->twins ? "members that stand for a host field"
					       : "members that stand for no host field");
	if (rule->names)
		pl_strbuf_add(out, ", also by their name");
	if (rule->kind == PL_RULE_LISTED)
		pl_strbuf_add(out, rule->gone ? "members that are missing"
					      : "members that are not known");
	add_list(out, "words ", rule->on, rule->n_on);
	add_list(out, rule->n_on ? " owned by " : "owned by ", rule->owners, rule->n_owners);
	add_list(out, ", leaving aside who calls ", rule->harmless, rule->n_harmless);
	add_list(out, "code that has one subject, a directory, but each file of ",
		 rule->file_by_file, rule->n_file_by_file);
}

/* What is being written. */
struct page {
	const struct pl_pack *pack;
	const struct pl_text_options *options;
	struct pl_strbuf *out;
	struct pl_strbuf note; /* the one that is being made up */
};

/* Writes the note under LABEL, and begins another. */
static void finish_note(struct page *page, const char *label)
{
	pl_wrap_note(page->out, page->options, label, page->note.text);
	pl_strbuf_truncate(&page->note, 0);
}

static void add_words(struct page *page, const struct pl_rule *rule)
{
	for (size_t i = 0; i < page->pack->n_words; i++) {
		const struct pl_word *word = &page->pack->words[i];
		bool used = false;

		for (size_t j = 0; j < rule->n_clauses; j++)
			used |= !strcmp(rule->clauses[j].word, word->name);
		for (size_t j = 0; j < rule->n_on; j++)
			used |= !strcmp(rule->on[j], word->name);
		if (!used || (word->n_fields == 1 && !strcmp(word->fields[0], word->name)))
			continue;
		pl_strbuf_printf(&page->note, "%s is ", word->name);
		add_list(&page->note, "", word->fields, word->n_fields);
		finish_note(page, "word:");
	}
}

static void add_scope(struct page *page, const struct pl_rule *rule)
{
	if (!is_empty(&rule->where)) {
		add_matcher(&page->note, &rule->where);
		finish_note(page, "applies to:");
	}
	for (size_t i = 0; i < rule->n_clauses; i++) {
		add_clause(&page->note, &rule->clauses[i]);
		finish_note(page, "on:");
	}
	for (size_t i = 0; i < rule->n_held; i++) {
		add_held(&page->note, &rule->held[i]);
		finish_note(page, "holds:");
	}
	add_limits(&page->note, rule);
	finish_note(page, "is about:");
	add_words(page, rule);
	for (size_t i = 0; i < rule->n_except; i++) {
		add_matcher(&page->note, &rule->except[i]);
		pl_strbuf_printf(&page->note, ": %s", rule->except[i].reason);
		finish_note(page, "except:");
	}
}

struct pl_error *pl_rule_explain(const struct pl_pack *pack, const struct pl_rule *rule,
				 const struct pl_text_options *options, struct pl_strbuf *ret)
{
	struct page page = {pack, options, ret, PL_STRBUF_INIT};

	pl_strbuf_printf(ret, "%s: %s (%s, of kind %s)\n", rule->info.id, rule->info.title,
			 pl_severity_name(rule->info.severity), pl_rule_kind_name(rule->kind));
	pl_wrap_note(ret, options, "why:", rule->info.why);
	pl_wrap_note(ret, options, "since:", rule->info.since);
	pl_wrap_note(ret, options, "fix:", rule->info.fix);
	add_scope(&page, rule);
	ret->failed |= page.note.failed;
	pl_strbuf_release(&page.note);
	return pl_strbuf_failed(ret) ? pl_error_no_memory() : NULL;
}
