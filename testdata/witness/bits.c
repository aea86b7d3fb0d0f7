/* SPDX-License-Identifier: MIT */
/* Bit fields of every type, alone and together, across storage units, and interrupted. */

enum hue { HUE_NONE, HUE_WARM, HUE_COLD, HUE_DARK };

typedef unsigned int narrow_t;
typedef narrow_t narrower_t;

struct mixed {
	unsigned a : 1;
	int b : 2;
	unsigned c : 13;
	unsigned d : 16;
	unsigned long long e : 33;
	long long f : 7;
	unsigned long long g : 24;
	_Bool h : 1;
	_Bool i : 1;
	enum hue j : 2;
	short k : 9;
	unsigned short l : 7;
	signed char m : 3;
	unsigned char n : 5;
	char plain;
	narrower_t o : 27;
	unsigned long p : 17;
	const unsigned q : 4;
	volatile int r : 32;
	unsigned long long s : 64;
};

struct gaps {
	unsigned a : 3;
	unsigned : 4;
	unsigned b : 5;
	unsigned : 0;
	unsigned c : 6;
	unsigned char : 0;
	unsigned char d : 2;
	unsigned long long : 0;
	unsigned short e : 11;
	unsigned : 21;
	int f : 1;
};

struct late {
	char before;
	unsigned a : 20;
	short between;
	unsigned long long b : 40;
	unsigned char c : 8;
	int whole;
	_Bool d : 1;
};

struct nest {
	unsigned tag : 12;
	struct {
		unsigned a : 3;
		unsigned b : 30;
	};
	union {
		unsigned whole;
		struct {
			unsigned low : 10;
			unsigned high : 22;
		};
		unsigned long long c : 50;
		unsigned d : 1;
	};
	struct {
		unsigned short x : 4;
		unsigned short y : 12;
	} pairs[2];
};

struct mixed some_mixed;
struct gaps some_gaps;
struct late some_late;
struct nest some_nest;
