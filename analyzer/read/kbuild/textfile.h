/* SPDX-License-Identifier: MIT */
/* Small text files that may be there or not, and the lines of headers and makefiles. */
#ifndef PAGELAP_READ_KBUILD_TEXTFILE_H
#define PAGELAP_READ_KBUILD_TEXTFILE_H

#include "read/kbuild/words.h"

/* Sets *RET to the content of DIRECTORY/NAME, or to NULL if there is no such file. */
struct pl_error *pl_textfile_try(struct pl_arena *arena, const char *directory, const char *name,
				 const char **ret) PL_MUST_CHECK;

/* Sets *RET to the first line of TEXT, without blanks around it. */
struct pl_error *pl_text_first_line(struct pl_arena *arena, const char *text,
				    const char **ret) PL_MUST_CHECK;

/* Sets *RET to what TEXT, a header, defines MACRO as, or to NULL if it does not. */
struct pl_error *pl_text_macro(struct pl_arena *arena, const char *text, const char *macro,
			       const char **ret) PL_MUST_CHECK;

/* Sets *RET to what TEXT, a makefile, first assigns to NAME, or to NULL if it does not. */
struct pl_error *pl_text_variable(struct pl_arena *arena, const char *text, const char *name,
				  const char **ret) PL_MUST_CHECK;

/* The files that TEXT, a makefile, includes; those whose name takes make to find out are left out.
 */
struct pl_error *pl_text_includes(struct pl_arena *arena, const char *text,
				  struct pl_words *ret) PL_MUST_CHECK;

#endif
