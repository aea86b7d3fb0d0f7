/* SPDX-License-Identifier: MIT */
/*
 * What kbuild leaves beside each file it makes: a piece of a makefile whose
 * first assignment, `savedcmd_PATH := COMMAND` (`cmd_PATH := ...` before 6.2),
 * is the command that made it. Assignments of other names (`source_PATH`,
 * `deps_PATH`) follow.
 */
#ifndef PAGELAP_READ_KBUILD_CMDFILE_H
#define PAGELAP_READ_KBUILD_CMDFILE_H

#include "read/kbuild/words.h"
#include "support/cursor.h"

/*
 * The words of the compiler's invocation in the .cmd file with the content
 * TEXT. PL_ERROR_UNREADABLE where it records no command, or none that compiles.
 */
struct pl_error *pl_cmdfile_parse(struct pl_arena *arena, struct pl_bytes text,
				  struct pl_words *ret) PL_MUST_CHECK;

#endif
