/* SPDX-License-Identifier: MIT */
/* A rule pack: everything pagelap knows about one host and its overlays, as data. */
#ifndef PAGELAP_MODEL_PACK_H
#define PAGELAP_MODEL_PACK_H

#include "model/constant.h"
#include "model/overlay.h"
#include "model/rule.h"
#include "support/arena.h"

/* A type class, and the names that put a member into it. Globs as of fnmatch(3). */
struct pl_pack_class {
	enum pl_type_class type_class;
	const char **types; /* of a leaf or of a record around it, as declared */
	size_t n_types;
	const char **fields; /* paths of leaves */
	size_t n_fields;
};

struct pl_pack {
	struct pl_arena *arena; /* owns everything below */
	const char *name, *title;
	const char *host;
	struct pl_wanted_overlay *overlays;
	size_t n_overlays;
	struct pl_pack_class *classes; /* padding is one of them, and the first that fits counts */
	size_t n_classes;
	struct pl_word *words;
	size_t n_words;
	struct pl_overlay_facts *facts; /* one per overlay, in their order */
	struct pl_rule *rules;		/* in the order of the pack */
	size_t n_rules;
	struct pl_wanted_constant *constants; /* of all rules, each once */
	size_t n_constants;
	struct pl_wanted_macro *macros; /* see pl_read_request.macros */
	size_t n_macros;
	const char **probe; /* see pl_read_request.probe */
	size_t n_probe;
	const char **unit_order; /* see pl_read_request.unit_order */
	size_t n_unit_order;
	const char *banner; /* see pl_read_request.banner; NULL if there is none */
};

#endif
