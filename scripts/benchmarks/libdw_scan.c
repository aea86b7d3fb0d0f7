/* SPDX-License-Identifier: MIT */
/*
 * libdw_scan FILE NAME...: what a reader that does no more than needed costs
 * with elfutils: looks through the top level of every unit of FILE for
 * structures of these names, and reads the members of each definition. Prints
 * for each name how many definitions there are, and the size of the last.
 */
#include <dwarf.h>
#include <elfutils/libdw.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>

struct wanted {
	const char *name;
	unsigned long definitions;
	int size;
	Dwarf_Word offsets; /* a sum, so that they are read */
};

static void read_members(Dwarf_Die *record, struct wanted *wanted)
{
	Dwarf_Attribute attribute;
	Dwarf_Word offset;
	Dwarf_Die member;
	if (dwarf_child(record, &member))
		return;
	do {
		if (dwarf_attr(&member, DW_AT_data_member_location, &attribute) &&
		    !dwarf_formudata(&attribute, &offset))
			wanted->offsets += offset;
		if (dwarf_attr(&member, DW_AT_type, &attribute)) {
			Dwarf_Die type;
			if (dwarf_formref_die(&attribute, &type) && !dwarf_diename(&member) &&
			    dwarf_haschildren(&type) > 0)
				read_members(&type, wanted);
		}
	} while (!dwarf_siblingof(&member, &member));
}

static void look_at(Dwarf_Die *die, struct wanted *wanted, int n)
{
	if (dwarf_tag(die) != DW_TAG_structure_type || dwarf_hasattr(die, DW_AT_declaration))
		return;
	const char *name = dwarf_diename(die);
	for (int i = 0; name && i < n; i++) {
		if (strcmp(name, wanted[i].name) != 0)
			continue;
		wanted[i].definitions++;
		wanted[i].size = dwarf_bytesize(die);
		read_members(die, &wanted[i]);
	}
}

int main(int argc, char **argv)
{
	struct wanted wanted[8] = {{NULL}};
	const int n = argc - 2;
	if (n < 1 || n > 8)
		return 3;
	for (int i = 0; i < n; i++)
		wanted[i].name = argv[2 + i];
	const int fd = open(argv[1], O_RDONLY | O_CLOEXEC);
	Dwarf *dwarf = fd < 0 ? NULL : dwarf_begin(fd, DWARF_C_READ);
	if (!dwarf)
		return 2;
	Dwarf_Off at = 0, next = 0;
	size_t header = 0;
	for (; !dwarf_nextcu(dwarf, at, &next, &header, NULL, NULL, NULL); at = next) {
		Dwarf_Die unit, die;
		if (!dwarf_offdie(dwarf, at + header, &unit) || dwarf_child(&unit, &die))
			continue;
		do
			look_at(&die, wanted, n);
		while (!dwarf_siblingof(&die, &die));
	}
	for (int i = 0; i < n; i++)
		printf("%s %lu %d %lu\n", wanted[i].name, wanted[i].definitions, wanted[i].size,
		       (unsigned long)wanted[i].offsets);
	dwarf_end(dwarf);
	return 0;
}
