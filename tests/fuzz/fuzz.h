/* SPDX-License-Identifier: MIT */
/*
 * What the fuzz targets have in common. Each fuzz_NAME.c defines one target;
 * with libFuzzer it is fed for as long as one likes (scripts/fuzz), with
 * replay.c it reads the files it is given, which any build can do.
 */
#ifndef PAGELAP_TESTS_FUZZ_H
#define PAGELAP_TESTS_FUZZ_H

#include <stdint.h>
#include <stdlib.h>

#include "model/pack.h"
#include "model/recipe.h"
#include "model/report.h"
#include "model/target.h"
#include "support/cursor.h"
#include "support/strbuf.h"

/* The target: takes the SIZE bytes at DATA. Returns 0; what is wrong it says by abort(). */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The rule pack and the recipe that pagelap brings along. */
const struct pl_pack *fuzz_pack(void);
const struct pl_recipe *fuzz_recipe(void);

/* An arena to work in; free it. */
struct pl_arena *fuzz_arena(void);

/*
 * Frees ERROR, which may be NULL, after it has been looked at: it has to have a
 * message. Whether there was one.
 */
bool fuzz_failed(struct pl_error *error);

/*
 * Does with BYTES what the command line does with a file of this content: reads
 * it as KIND, maps it, checks it, and writes it in every format. What a worker
 * would hand to its parent has to give the same report.
 */
void fuzz_source(struct pl_bytes bytes, enum pl_source_kind kind, bool all_units);

/* The same with the split BTF of a module, which builds on the BTF in BASE. */
void fuzz_module(struct pl_bytes bytes, struct pl_bytes base);

/* The name of a file of this content, which is only in memory, and always the same one. */
const char *fuzz_file(struct pl_bytes bytes);

/*
 * What is written goes to terminals and to the logs of others: OUT, which has
 * no colours, has to have nothing in it but text and the ends of lines. These
 * are blanks afterwards.
 */
void fuzz_expect_text(struct pl_strbuf *out);

/* Maps every target of REPORT, those that are saved for what they hold. */
struct pl_error *fuzz_map(struct pl_report *report);

/* Checks REPORT by PACK, whatever comes of it, and writes it in every format. */
void fuzz_report(const struct pl_pack *pack, struct pl_report *report);

#endif
