/* SPDX-License-Identifier: MIT */
/* Packed and over-aligned records and members, bit fields moved off their storage units. */

struct tight {
	char tag;
	long long wide;
	short half;
	void *pointer;
	struct {
		char c;
		int loose;
	} loose;
} __attribute__((packed));

struct tight_bits {
	char tag;
	unsigned a : 7;
	unsigned b : 18;
	unsigned long long c : 45;
	_Bool d : 1;
	unsigned e : 32;
	short last;
} __attribute__((packed));

struct spread {
	char tag;
	int at_16 __attribute__((aligned(16)));
	char at_2 __attribute__((aligned(2)));
	_Alignas(32) short at_32;
	struct tight tight;
	struct tight tight_at_8 __attribute__((aligned(8)));
	union {
		char c;
		int packed_int;
	} __attribute__((packed)) joined;
	int loose __attribute__((packed));
	unsigned bits : 5 __attribute__((aligned(4)));
} __attribute__((aligned(64)));

struct around {
	char tag;
	struct spread spread;
	struct tight_bits bits;
	struct tight_bits more[2];
	long end;
};

struct around an_around;
struct spread a_spread;
struct tight a_tight;
struct tight_bits some_tight_bits;
