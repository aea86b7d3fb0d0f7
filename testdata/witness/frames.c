/* SPDX-License-Identifier: MIT */
/* A frame of memory in miniature, and three descriptors that are laid over it. */

struct link {
	struct link *after, *before;
};

struct later {
	struct later *next;
	void (*call)(struct later *);
};

typedef struct {
	int value;
} counter_t;

typedef struct {
	unsigned long word;
} flags_t;

struct frame {
	flags_t flags;
	union {
		struct {
			union {
				struct link queue;
				struct {
					void *marker;
					unsigned int pins;
				};
				struct link spare;
			};
			struct store *store;
			union {
				unsigned long index;
				unsigned long sharers;
			};
			unsigned long cookie;
		};
		struct {
			unsigned long head;
		};
		struct later later;
	};
	union {
		unsigned int kind;
		counter_t maps;
	};
	counter_t users;
	unsigned long owner;
};

struct sheet {
	union {
		struct {
			flags_t flags;
			struct link queue;
			struct store *store;
			unsigned long index;
			void *cookie;
			counter_t maps, users;
			unsigned long owner;
		};
		struct frame frame;
	};
	union {
		struct {
			unsigned long flags_1, head_1;
			counter_t large_maps, pins;
			unsigned int frames;
		};
		struct frame frame_1;
	};
};

struct crate {
	flags_t flags;
	struct shelf *shelf;
	union {
		struct {
			struct link crates;
			void *first_free;
			union {
				unsigned long counters;
				struct {
					unsigned inuse : 16;
					unsigned objects : 15;
					unsigned frozen : 1;
				};
			};
		};
		struct later later;
	};
	unsigned int pad_kind;
	counter_t users;
};

struct table {
	unsigned long flags;
	struct link tables;
	unsigned long pad_store;
	union {
		struct space *space;
		counter_t fragments;
	};
	union {
		unsigned long pad_cookie;
		struct {
			counter_t lock;
		} guard;
	};
	unsigned int pad_kind;
};

struct frame a_frame;
struct sheet a_sheet;
struct crate a_crate;
struct table a_table;
