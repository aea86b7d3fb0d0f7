/* SPDX-License-Identifier: MIT */
#include "read/dwarf/dwarf_files.h"

#include "read/paths.h"

static const char *shorten(const struct pl_dwarf_unit *unit, const char *root, const char *name,
			   struct pl_arena *arena)
{
	PL_CLEANUP(pl_strbuf_release) struct pl_strbuf path = PL_STRBUF_INIT;
	PL_CLEANUP(pl_strbuf_release) struct pl_strbuf directory = PL_STRBUF_INIT;
	const char *below;

	pl_path_join(unit->directory, name, &path);
	pl_path_join(NULL, unit->directory ? unit->directory : "", &directory);
	if (pl_strbuf_failed(&path) || pl_strbuf_failed(&directory))
		return NULL;
	below = pl_path_below(directory.text, path.text);
	return pl_arena_strdup(arena, pl_path_below(root, below));
}

/*
 * The version of the line table of the unit DIE, into *RET. It need not be the
 * unit's: the assembler makes the table, and one that is not asked for version
 * 5 stays with 3, as gcc for s390x has it. *RET is left alone where there is
 * no telling.
 */
static struct pl_error *table_version(struct pl_dwarf *dwarf, Dwarf_Die die, uint64_t *ret)
{
	struct pl_bytes lines;
	struct pl_cursor cursor;
	Dwarf_Attribute attribute = NULL;
	Dwarf_Error error = NULL;
	Dwarf_Off offset = 0;
	uint64_t version;
	int status = dwarf_attr(die, DW_AT_stmt_list, &attribute, &error);

	if (status == DW_DLV_OK) {
		status = dwarf_global_formref(attribute, &offset, &error);
		dwarf_dealloc_attribute(attribute);
	}
	if (status == DW_DLV_ERROR)
		pl_error_free(pl_dwarf_error(dwarf, error));
	if (status != DW_DLV_OK)
		return NULL;
	PL_TRY(pl_dwarf_bytes(dwarf, ".debug_line", &lines));
	cursor = pl_cursor_init(lines, dwarf->elf->big_endian);
	pl_cursor_seek(&cursor, offset);
	if (pl_cursor_read(&cursor, 4) == 0xffffffff) /* the length, of the 64-bit format */
		pl_cursor_skip(&cursor, 8);
	version = pl_cursor_read(&cursor, 2);
	if (!cursor.failed)
		*ret = version;
	return NULL;
}

/* Version 5 numbers files from 0; before, the first is 1 and 0 means "none": section 6.2.4. */
static struct pl_error *copy_names(const struct pl_dwarf_unit *unit, uint64_t version,
				   const char *root, struct pl_arena *arena, char **names,
				   size_t n_names, const char *const **files, size_t *count)
{
	size_t first = version >= 5 ? 0 : 1;
	const char **table = pl_arena_array(arena, n_names + first, sizeof(*table));

	if (!table)
		return pl_error_no_memory();
	for (size_t i = 0; i < n_names; i++) {
		table[first + i] = shorten(unit, root, names[i], arena);
		if (!table[first + i])
			return pl_error_no_memory();
	}
	*files = table;
	*count = n_names + first;
	return NULL;
}

struct pl_error *pl_dwarf_files(struct pl_dwarf *dwarf, const struct pl_dwarf_unit *unit,
				const char *root, struct pl_arena *arena, const char *const **files,
				size_t *count)
{
	PL_CLEANUP(pl_dwarf_die_cleanup) Dwarf_Die die = NULL;
	struct pl_error *failure;
	Dwarf_Error error = NULL;
	Dwarf_Signed n_names = 0;
	uint64_t version = unit->version;
	char **names = NULL;
	int status;

	*files = NULL;
	*count = 0;
	if (dwarf_offdie_b(dwarf->debug, unit->die, true, &die, &error) != DW_DLV_OK)
		return pl_dwarf_error(dwarf, error);
	PL_TRY(table_version(dwarf, die, &version));
	status = dwarf_srcfiles(die, &names, &n_names, &error);
	if (status == DW_DLV_ERROR)
		pl_error_free(pl_dwarf_error(dwarf, error));
	if (status != DW_DLV_OK)
		return NULL;
	failure = copy_names(unit, version, root, arena, names, (size_t)n_names, files, count);
	for (Dwarf_Signed i = 0; i < n_names; i++)
		dwarf_dealloc(dwarf->debug, names[i], DW_DLA_STRING);
	dwarf_dealloc(dwarf->debug, names, DW_DLA_LIST);
	return failure;
}
