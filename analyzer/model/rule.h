/* SPDX-License-Identifier: MIT */
/*
 * Rules: what every overlay must respect, as a rule pack says it. Plain data
 * in the pack's arena. Each kind of rule is evaluated by one small file of
 * check/; which fields it is applied to, and why, is here.
 */
#ifndef PAGELAP_MODEL_RULE_H
#define PAGELAP_MODEL_RULE_H

#include "model/constant.h"
#include "model/finding.h"
#include "model/record.h"

/* Kernel releases from..to, both included; major 0 leaves an end open. */
struct pl_releases {
	unsigned from_major, from_minor;
	unsigned to_major, to_minor;
};

/*
 * Which members are meant. All that is given has to fit, and within a list one
 * entry; an empty matcher fits everything. Globs as of fnmatch(3). The fields
 * of the host itself are members of an overlay that is called like the host.
 */
struct pl_matcher {
	const char **overlays;
	size_t n_overlays;
	const char **members; /* over paths, or their last component */
	size_t n_members;
	unsigned classes; /* bits 1 << enum pl_type_class; 0: any */
	const char **types;
	size_t n_types;
	const char **archs;
	size_t n_archs;
	unsigned bits; /* 32 or 64; 0: any */
	bool exact;    /* only members that are the very bits of the word in question */
	struct pl_releases releases;
	const char *reason; /* why these are exempt; NULL outside of exemptions */
};

/* Some bits of the host that bear other names in other releases. */
struct pl_word {
	const char *name;
	const char **fields; /* paths; the first that a host has says where it is */
	size_t n_fields;
};

/* Where a member belongs, and what it is. */
struct pl_home {
	const char *member; /* path of a leaf or of a record in the overlay */
	const char *word;   /* name of a word, or path of a host field */
	size_t page;
	uint64_t at;	  /* bits from the start of the word */
	unsigned classes; /* what it may be; 0: not said */
	unsigned words;	  /* its size, in words of the target; 0: see bits */
	uint64_t bits;	  /* its size; 0: not said */
	bool twin;	  /* it is the host's field under another name, not just a tenant */
	bool always;	  /* no configuration is without it */
	struct pl_releases releases;
};

/* What a pack knows of an overlay beyond its name. */
struct pl_overlay_facts {
	const char *name;
	struct pl_home *homes;
	size_t n_homes;
	const char **ends_before; /* words; it has to end before the first that the host has */
	size_t n_ends_before;
};

enum pl_rule_kind {
	PL_RULE_READING,    /* found while reading; the pack only says what it is about */
	PL_RULE_PLACE,	    /* members lie where their names or the pack say */
	PL_RULE_TYPE,	    /* and are what the pack says */
	PL_RULE_LISTED,	    /* the pack knows the members, and the overlay has them */
	PL_RULE_TOUCH,	    /* what may lie on some bits of the host */
	PL_RULE_SIZE,	    /* how large an overlay may be */
	PL_RULE_HOST_SIZE,  /* how large the host may be */
	PL_RULE_HOST_ALIGN, /* what the host has to be aligned to */
	PL_RULE_HOST_GAP,   /* no unused bits before its words */
	PL_RULE_WIDE,	    /* no scalar wider than a word */
	PL_RULE_FIT,	    /* how large members of some class may be */
	PL_RULE_ALIGNED,    /* what a member has to be aligned to */
	PL_RULE_TOGETHER,   /* a member exists where its word exists */
	PL_RULE_APART,	    /* members that share no bits */
	PL_RULE_PINNED,	    /* members that no assertion pins */
	PL_RULE_ASSERTED,   /* asserted sizes that are wider than the window */
	PL_RULE_CANDIDATE,  /* overlays that no assertion speaks of */
	PL_RULE_PAD,	    /* padding that is not where its name says */
	PL_RULE_HOLE,	    /* room that is left */
	PL_RULE_END,	    /* overlays that end inside of a host field */
	PL_RULE_ALIAS,	    /* code that reaches the same bits by two names */
	PL_RULE_OWNED,	    /* code that changes a word that others own */
	PL_RULE_COLIVE,	    /* members of one union that are all in use */
	PL_RULE_CONSTANT,   /* expressions over the constants of the source */
	PL_RULE_KIND_COUNT
};

/* What a rule of kind "touch" says of one word. */
struct pl_clause {
	const char *word;
	size_t first_page, last_page; /* host positions; SIZE_MAX: all that follow */
	unsigned low_bit, n_bits;     /* bits of the value, 0 the least; n_bits 0: all */
	struct pl_matcher where;      /* applies to these only */
	struct pl_matcher *allow;     /* what is allowed; none: whatever is not forbidden */
	size_t n_allow;
	struct pl_matcher *forbid;
	size_t n_forbid;
};

/* What a rule of kind "constant" says of one expression. */
struct pl_held {
	struct pl_wanted_constant wanted;
	struct pl_matcher where; /* of targets: architectures, bits, releases */
	const char *says;	 /* what it means that it holds; NULL: the rule's title does */
};

struct pl_rule {
	struct pl_rule_info info;
	enum pl_rule_kind kind;
	struct pl_matcher where; /* applies to these only */
	struct pl_matcher *except;
	size_t n_except;
	/* What follows is each for the kinds named. */
	struct pl_clause *clauses; /* touch */
	size_t n_clauses;
	uint64_t least, most, multiple; /* host-size: bytes; 0: not said */
	bool power_of_two;		/* host-size */
	unsigned words;			/* host-align, aligned, fit: in words of the target */
	unsigned classes;		/* fit, apart: 1 << enum pl_type_class */
	bool twins;			/* place: of host fields; otherwise of the others */
	bool names;			/* place: also of members called like a host field */
	bool in_union;	 /* fit: no larger than the other alternatives of its union */
	bool gone;	 /* listed: members that are not there, not those unknown */
	const char **on; /* together, owned: words */
	size_t n_on;
	const char **file_by_file; /* alias: globs over directories without one subject */
	size_t n_file_by_file;
	const char **owners; /* owned: globs over files that may */
	size_t n_owners;
	const char **harmless; /* owned: globs over callees that leave what they are handed */
	size_t n_harmless;
	struct pl_held *held; /* constant */
	size_t n_held;
};

/* "reading", "place", "host-size" ... */
const char *pl_rule_kind_name(enum pl_rule_kind kind);

/* The kind called NAME into *RET; false if there is none. */
bool pl_rule_kind_parse(const char *name, enum pl_rule_kind *ret);

/* Takes "6.12" off the front of *TEXT; false, and *TEXT stays, if it does not begin so. */
bool pl_release_take(const char **text, unsigned *major, unsigned *minor);

/*
 * Whether RELEASE ("6.12.117+deb13-amd64") is among RELEASES. UNKNOWN is the
 * answer where RELEASE is NULL or none, and RELEASES has an end.
 */
bool pl_releases_have(const struct pl_releases *releases, const char *release, bool unknown);

#endif
