#include "total.h"

unsigned total(const unsigned *numbers, unsigned n)
{
	unsigned sum = 0;

	for (unsigned i = 0; i < n; i++)
		sum += numbers[i];
	return sum;
}

unsigned doubled(unsigned number, int twice)
{
	if (twice)
		return number * 2;
	return number;
}
