#include <stdio.h>
#include <string.h>

#include "total.h"

/* What the file says that lies in the directory of the build; and nothing of it stays. */
static int writes(void)
{
	FILE *file = fopen("written", "wx");

	return !file || fclose(file);
}

int main(int argc, char **argv)
{
	static const unsigned numbers[] = {1, 2, 3};

	if (argc != 2)
		return 2;
	if (!strcmp(argv[1], "skipped"))
		return 77;
	if (!strcmp(argv[1], "writes"))
		return writes();
	if (!strcmp(argv[1], "fails"))
		return 1;
	return total(numbers, 3) != 6 || doubled(5, 0) != 5;
}
