/* SPDX-License-Identifier: MIT */
/* Arrays of records up to the bound and past it, in several dimensions, flexible, empty. */

struct empty {
};

struct point {
	char x;
	int y;
};

typedef struct point row_t[2];
typedef row_t square_t[2];

struct lattice {
	struct point one[1];
	struct point pair[2];
	square_t square;
	struct point none[0];
	struct empty empty;
	struct empty empties[2];
	struct empty *to_empty;
	const struct point fixed[2];
	struct {
		short s;
		union {
			int i;
			char c[3];
		};
	} anonymous[3];
	struct {
		struct {
			struct point at[2];
		} inner[2];
	} outer[2];
	struct point *pointers[4];
	struct point rest[];
};

struct bounds {
	struct {
		char c;
	} all[64], not_all[65], also_all[8][8], also_not_all[8][9];
	long scalars[100];
	char text[7];
	long long end[0];
};

struct tail {
	int count;
	char text[];
};

struct lattice a_lattice;
struct bounds some_bounds;
struct tail a_tail;
