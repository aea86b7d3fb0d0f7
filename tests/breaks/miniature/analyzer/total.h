#ifndef MINIATURE_TOTAL_H
#define MINIATURE_TOTAL_H

/* The sum of the first N of NUMBERS. */
unsigned total(const unsigned *numbers, unsigned n);

/* NUMBER, or its double where TWICE is not 0. */
unsigned doubled(unsigned number, int twice);

#endif
