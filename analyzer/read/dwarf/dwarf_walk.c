/* SPDX-License-Identifier: MIT */
#include "read/dwarf/dwarf_walk.h"

#include "read/dwarf/dwarf_die.h"

struct walker {
	struct pl_dwarf *dwarf;
	const struct pl_read_request *request;
	size_t unit;
	struct pl_arena *arena;
	struct pl_dwarf_index *index;
};

static struct pl_error *look_at_record(struct walker *w, Dwarf_Die die)
{
	Dwarf_Error error = NULL;
	Dwarf_Bool declaration = false;
	Dwarf_Off offset = 0;
	char *name = NULL;
	int status = dwarf_diename(die, &name, &error);

	if (status == DW_DLV_NO_ENTRY)
		return NULL;
	if (status == DW_DLV_ERROR ||
	    dwarf_hasattr(die, DW_AT_declaration, &declaration, &error) != DW_DLV_OK ||
	    dwarf_dieoffset(die, &offset, &error) != DW_DLV_OK)
		return pl_dwarf_error(w->dwarf, error);
	if (declaration)
		return NULL;
	return pl_dwarf_index_note(w->index, w->arena, w->request, name, w->unit, offset);
}

static struct pl_error *look(struct walker *w, Dwarf_Die die)
{
	Dwarf_Error error = NULL;
	Dwarf_Half tag = 0;

	if (dwarf_tag(die, &tag, &error) != DW_DLV_OK)
		return pl_dwarf_error(w->dwarf, error);
	if (tag != DW_TAG_structure_type && tag != DW_TAG_union_type)
		return NULL;
	return look_at_record(w, die);
}

struct pl_error *pl_dwarf_walk(struct pl_dwarf *dwarf, const struct pl_dwarf_units *units,
			       size_t number, const struct pl_read_request *request,
			       struct pl_arena *arena, struct pl_dwarf_index *index)
{
	struct walker w = {dwarf, request, number, arena, index};
	PL_CLEANUP(pl_dwarf_die_cleanup) Dwarf_Die die = NULL;
	Dwarf_Error error = NULL;
	Dwarf_Die next;

	if (dwarf_offdie_b(dwarf->debug, units->list[number].die, true, &die, &error) != DW_DLV_OK)
		return pl_dwarf_error(dwarf, error);
	PL_TRY(pl_die_child(dwarf, die, &next));
	while (next) {
		pl_dwarf_die_cleanup(&die);
		die = next;
		PL_TRY(look(&w, die));
		PL_TRY(pl_die_sibling(dwarf, die, &next));
	}
	return NULL;
}
