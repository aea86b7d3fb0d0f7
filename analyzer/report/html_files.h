/* SPDX-License-Identifier: MIT */
/* Style and script of the HTML report, as bytes; the definitions are generated when pagelap is
 * built. */
#ifndef PAGELAP_REPORT_HTML_FILES_H
#define PAGELAP_REPORT_HTML_FILES_H

#include "support/cursor.h"

extern const struct pl_bytes pl_html_style;  /* html.css */
extern const struct pl_bytes pl_html_script; /* html.js */

#endif
