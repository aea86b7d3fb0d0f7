/* SPDX-License-Identifier: MIT */
#include "model/finding.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static const char *const severity_names[PL_SEVERITY_COUNT] = {
	[PL_SEVERITY_NONE] = "none",
	[PL_SEVERITY_INFO] = "info",
	[PL_SEVERITY_WARNING] = "warning",
	[PL_SEVERITY_ERROR] = "error",
};

static const char *const state_names[PL_FINDING_STATE_COUNT] = {
	[PL_FINDING_OPEN] = "open",
	[PL_FINDING_SUPPRESSED] = "suppressed",
	[PL_FINDING_KNOWN] = "known",
};

static const char *const origin_names[] = {
	[PL_ORIGIN_READING] = "reading",
	[PL_ORIGIN_CHECKING] = "checking",
};

const char *pl_severity_name(enum pl_severity severity)
{
	return severity_names[severity];
}

bool pl_severity_parse(const char *name, enum pl_severity *ret)
{
	for (int i = 0; i < PL_SEVERITY_COUNT; i++) {
		if (!strcmp(severity_names[i], name)) {
			*ret = (enum pl_severity)i;
			return true;
		}
	}
	return false;
}

const char *pl_finding_state_name(enum pl_finding_state state)
{
	return state_names[state];
}

bool pl_finding_state_parse(const char *name, enum pl_finding_state *ret)
{
	for (int i = 0; i < PL_FINDING_STATE_COUNT; i++) {
		if (!strcmp(state_names[i], name)) {
			*ret = (enum pl_finding_state)i;
			return true;
		}
	}
	return false;
}

const char *pl_finding_origin_name(enum pl_finding_origin origin)
{
	return origin_names[origin];
}

bool pl_finding_origin_parse(const char *name, enum pl_finding_origin *ret)
{
	for (int i = PL_ORIGIN_READING; i <= PL_ORIGIN_CHECKING; i++) {
		if (!strcmp(origin_names[i], name)) {
			*ret = (enum pl_finding_origin)i;
			return true;
		}
	}
	return false;
}

static void write_numbers(char *text, size_t size, const char *unit, uint64_t first, uint64_t last)
{
	if (first == last)
		snprintf(text, size, "%s %" PRIu64, unit, first);
	else
		snprintf(text, size, "%ss %" PRIu64 "-%" PRIu64, unit, first, last);
}

void pl_write_bits(char text[PL_BITS_TEXT], const struct pl_bit_range *range)
{
	uint64_t first = range->offset, last = range->offset + range->size - 1;
	int length;

	if (first % 8 == 0 && last % 8 == 7) {
		write_numbers(text, PL_BITS_TEXT, "byte", first / 8, last / 8);
	} else if (first / 8 == last / 8) {
		length = snprintf(text, PL_BITS_TEXT, "byte %" PRIu64 ", ", first / 8);
		write_numbers(text + length, PL_BITS_TEXT - (size_t)length, "bit", first % 8,
			      last % 8);
	} else {
		snprintf(text, PL_BITS_TEXT,
			 "byte %" PRIu64 " bit %" PRIu64 " to byte %" PRIu64 " bit %" PRIu64,
			 first / 8, first % 8, last / 8, last % 8);
	}
}
