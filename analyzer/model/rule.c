/* SPDX-License-Identifier: MIT */
#include "model/rule.h"

#include <string.h>

static const char *const kind_names[PL_RULE_KIND_COUNT] = {
	[PL_RULE_READING] = "reading",
	[PL_RULE_PLACE] = "place",
	[PL_RULE_TYPE] = "type",
	[PL_RULE_LISTED] = "listed",
	[PL_RULE_TOUCH] = "touch",
	[PL_RULE_SIZE] = "size",
	[PL_RULE_HOST_SIZE] = "host-size",
	[PL_RULE_HOST_ALIGN] = "host-align",
	[PL_RULE_HOST_GAP] = "host-gap",
	[PL_RULE_WIDE] = "wide",
	[PL_RULE_FIT] = "fit",
	[PL_RULE_ALIGNED] = "aligned",
	[PL_RULE_TOGETHER] = "together",
	[PL_RULE_APART] = "apart",
	[PL_RULE_PINNED] = "pinned",
	[PL_RULE_ASSERTED] = "asserted",
	[PL_RULE_CANDIDATE] = "candidate",
	[PL_RULE_PAD] = "pad",
	[PL_RULE_HOLE] = "hole",
	[PL_RULE_END] = "end",
	[PL_RULE_ALIAS] = "alias",
	[PL_RULE_OWNED] = "owned",
	[PL_RULE_COLIVE] = "colive",
	[PL_RULE_CONSTANT] = "constant",
};

const char *pl_rule_kind_name(enum pl_rule_kind kind)
{
	return kind_names[kind];
}

bool pl_rule_kind_parse(const char *name, enum pl_rule_kind *ret)
{
	for (int i = 0; i < PL_RULE_KIND_COUNT; i++) {
		if (!strcmp(kind_names[i], name)) {
			*ret = (enum pl_rule_kind)i;
			return true;
		}
	}
	return false;
}

/* More digits than any release has, and fewer than a number holds. */
enum { MOST_DIGITS = 6 };

static bool take_number(const char **text, unsigned *ret)
{
	size_t length = strspn(*text, "0123456789");

	if (!length || length > MOST_DIGITS)
		return false;
	for (*ret = 0; length; length--)
		*ret = 10 * *ret + (unsigned)(*(*text)++ - '0');
	return true;
}

bool pl_release_take(const char **text, unsigned *major, unsigned *minor)
{
	const char *at = *text;

	if (!take_number(&at, major) || *at++ != '.' || !take_number(&at, minor))
		return false;
	*text = at;
	return true;
}

static bool is_before(unsigned major, unsigned minor, unsigned other_major, unsigned other_minor)
{
	return major < other_major || (major == other_major && minor < other_minor);
}

bool pl_releases_have(const struct pl_releases *releases, const char *release, bool unknown)
{
	unsigned major, minor;

	if (!releases->from_major && !releases->to_major)
		return true;
	if (!release || !pl_release_take(&release, &major, &minor))
		return unknown;
	if (releases->from_major &&
	    is_before(major, minor, releases->from_major, releases->from_minor))
		return false;
	return !releases->to_major ||
	       !is_before(releases->to_major, releases->to_minor, major, minor);
}
