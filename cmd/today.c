/* SPDX-License-Identifier: MIT */
#include "today.h"

#include <stdlib.h>
#include <time.h>

#include "options.h"

/* The end of the year 9999, past which a day has no such form. */
#define LAST_SECOND UINTMAX_C(253402300799)

struct pl_error *today(char ret[TODAY_SIZE])
{
	const char *epoch = getenv("SOURCE_DATE_EPOCH");
	time_t now = time(NULL);
	struct pl_error *error;
	uintmax_t seconds;
	struct tm day;

	if (epoch) {
		error = options_number(epoch, 0, LAST_SECOND, &seconds);
		if (error)
			return pl_error_prefix(error, "SOURCE_DATE_EPOCH");
		now = (time_t)seconds;
	}
	if (!gmtime_r(&now, &day) || !strftime(ret, TODAY_SIZE, "%Y-%m-%d", &day))
		return pl_error_new(PL_ERROR_USAGE, "the clock tells no day");
	return NULL;
}
