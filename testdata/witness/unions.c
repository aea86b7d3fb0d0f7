/* SPDX-License-Identifier: MIT */
/* Unions named and not, typedef chains, pointers to functions and to arrays, arrays of scalars. */

typedef unsigned long word_t;
typedef const word_t fixed_word_t;
typedef volatile fixed_word_t moving_word_t;
typedef int (*handler_t)(void *, unsigned);
typedef handler_t const handlers_t[3];
typedef unsigned char digest_t[20];
typedef struct {
	digest_t digest;
	_Bool valid;
} sealed_t;
typedef sealed_t twice_sealed_t;
typedef union {
	float real;
	unsigned char raw[4];
} bits_t;

enum tint { TINT_NONE, TINT_RED, TINT_BLUE };

union word {
	word_t whole;
	struct {
		unsigned short low, high;
	};
	struct {
		unsigned char first;
		union {
			unsigned char second;
			signed char signed_second;
		};
	} bytes;
	double real;
};

struct holder {
	char tag;
	union {
		short narrow;
		union {
			long wide;
			struct {
				char letter;
				union {
					long long widest;
					struct {
						struct {
							int bottom;
						};
					} deep;
				};
			};
		};
	};
	union word word;
	struct {
		bits_t bits;
		moving_word_t moving;
	} inner;
	twice_sealed_t sealed;
	handlers_t handlers;
	int (*table)[4];
	int (**indirect)(struct holder *, enum tint);
	const char *volatile const name;
	int grid[2][3][4];
	enum tint tint, tints[3];
	const struct {
		volatile short x;
		const short y;
	} point;
	long double most;
	char last;
};

struct holder a_holder;
union word a_word;
