/* SPDX-License-Identifier: MIT */
/* Unnamed members of named types (-fms-extensions): their members belong to the record around. */

struct base {
	int id;
	union {
		long wide;
		struct {
			unsigned low : 9;
			unsigned rest : 23;
		};
	};
};

union choice {
	short s;
	void *p;
};

typedef struct {
	char c;
	int n;
} unnamed_t;

struct derived {
	char tag;
	struct base;
	union choice;
	struct {
		char between;
		union {
			unnamed_t;
			struct link {
				struct link *next;
			} link;
		};
	};
	struct base named;
};

struct derived a_derived;
