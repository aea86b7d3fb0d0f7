/* SPDX-License-Identifier: MIT */
/* Writing a file whole or not at all. */
#ifndef PAGELAP_CMD_REPLACE_H
#define PAGELAP_CMD_REPLACE_H

#include "support/strbuf.h"

/*
 * Makes TEXT the content of the file at PATH, which need not exist: it is
 * written to a file beside it that then takes its place, with its permissions.
 * A symbolic link stays one, and has to lead to a file. PL_ERROR_UNREADABLE
 * where it cannot be written; what was there is then still there.
 */
struct pl_error *replace_file(const char *path, const struct pl_strbuf *text) PL_MUST_CHECK;

#endif
