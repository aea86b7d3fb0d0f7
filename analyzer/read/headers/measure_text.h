/* SPDX-License-Identifier: MIT */
/*
 * What a sizeof or an alignof measures, told from text, as libclang shows no
 * more of it than the type that is named in it: neither which of the two it
 * is, nor that sizeof(struct page *) is the size of a pointer.
 */
#ifndef PAGELAP_READ_HEADERS_MEASURE_TEXT_H
#define PAGELAP_READ_HEADERS_MEASURE_TEXT_H

#include "read/headers/clang_api.h"

enum pl_measure {
	PL_MEASURE_OTHER, /* not the named type itself, or the text does not say */
	PL_MEASURE_SIZE,
	PL_MEASURE_ALIGN,
};

/*
 * What CURSOR, a sizeof or alignof which is somewhere in EXPRESSION, of which
 * TEXT is what the compiler prints, says of the type that it names.
 */
enum pl_measure pl_measure_in_text(const struct pl_clang *clang, CXCursor expression,
				   const char *text, CXCursor cursor);

#endif
