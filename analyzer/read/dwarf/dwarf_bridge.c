/* SPDX-License-Identifier: MIT */
#include "read/dwarf/dwarf_bridge.h"

#include <elf.h>
#include <string.h>

#include "support/file.h"

/* Headers from 0.4 on name their version; the release of 2021 does not. */
#ifdef DW_LIBDWARF_VERSION_MAJOR
#define NEW_INTERFACE 1
typedef Dwarf_Obj_Access_Interface_a object_interface;
typedef Dwarf_Obj_Access_Methods_a object_methods;
typedef Dwarf_Obj_Access_Section_a object_section;
typedef Dwarf_Unsigned section_index;
#else
#define NEW_INTERFACE 0
typedef Dwarf_Obj_Access_Interface object_interface;
typedef Dwarf_Obj_Access_Methods object_methods;
typedef Dwarf_Obj_Access_Section object_section;
typedef Dwarf_Half section_index;
#endif

/* All that describing types takes; libdwarf need not see more. */
static const char *const wanted_sections[] = {
	".debug_info",	   ".debug_abbrev", ".debug_str",	  ".debug_line",
	".debug_line_str", ".debug_types",  ".debug_str_offsets", ".debug_addr",
};

static int get_section_info(void *object, section_index index, object_section *ret, int *error)
{
	const struct pl_dwarf *dwarf = object;
	const struct pl_dwarf_section *section;

	(void)error;
	if (index >= dwarf->n_sections)
		return DW_DLV_NO_ENTRY;
	section = &dwarf->sections[index];
	memset(ret, 0, sizeof(*ret));
#if NEW_INTERFACE
	ret->as_name = section->name;
	ret->as_type = section->section ? section->section->type : 0;
	ret->as_size = section->size;
#else
	ret->name = section->name;
	ret->type = section->section ? section->section->type : 0;
	ret->size = section->size;
#endif
	return DW_DLV_OK;
}

#if NEW_INTERFACE
static Dwarf_Small get_byte_order(void *object)
{
	const struct pl_dwarf *dwarf = object;

	return dwarf->elf->big_endian ? DW_END_big : DW_END_little;
}

static Dwarf_Unsigned get_file_size(void *object)
{
	const struct pl_dwarf *dwarf = object;

	return dwarf->elf->bytes.size;
}
#else
static Dwarf_Endianness get_byte_order(void *object)
{
	const struct pl_dwarf *dwarf = object;

	return dwarf->elf->big_endian ? DW_OBJECT_MSB : DW_OBJECT_LSB;
}
#endif

static Dwarf_Small get_word_size(void *object)
{
	const struct pl_dwarf *dwarf = object;

	return (Dwarf_Small)(dwarf->elf->bits / 8);
}

static Dwarf_Unsigned get_section_count(void *object)
{
	const struct pl_dwarf *dwarf = object;

	return dwarf->n_sections;
}

static struct pl_error *load(struct pl_dwarf *dwarf, struct pl_dwarf_section *section)
{
	if (section->loaded)
		return NULL;
	PL_TRY(pl_elf_section_load(dwarf->elf, section->section, dwarf->arena, &section->bytes));
	section->loaded = true;
	return NULL;
}

static int load_section(void *object, section_index index, Dwarf_Small **ret, int *error)
{
	struct pl_dwarf *dwarf = object;
	struct pl_error *cause;

	if (index >= dwarf->n_sections || !dwarf->sections[index].section)
		return DW_DLV_NO_ENTRY;
	cause = load(dwarf, &dwarf->sections[index]);
	if (cause) {
		pl_error_free(dwarf->load_error);
		dwarf->load_error = cause;
		*error = DW_DLE_FILE_UNAVAILABLE;
		return DW_DLV_ERROR;
	}
	/* libdwarf does not write through this pointer, its type only says that it might. */
	*ret = (Dwarf_Small *)dwarf->sections[index].bytes.data;
	return DW_DLV_OK;
}

static const object_methods methods = {
#if NEW_INTERFACE
	.om_get_section_info = get_section_info,
	.om_get_byte_order = get_byte_order,
	.om_get_length_size = get_word_size,
	.om_get_pointer_size = get_word_size,
	.om_get_filesize = get_file_size,
	.om_get_section_count = get_section_count,
	.om_load_section = load_section,
#else
	.get_section_info = get_section_info,
	.get_byte_order = get_byte_order,
	.get_length_size = get_word_size,
	.get_pointer_size = get_word_size,
	.get_section_count = get_section_count,
	.load_section = load_section,
#endif
};

/* Both interfaces live under one soname: "20210528" is the old one, "0.11.1" the new. */
static struct pl_error *check_library(void)
{
	const char *version = dwarf_package_version();

	if (!strchr(version, '.') == !NEW_INTERFACE)
		return NULL;
	return pl_error_new(PL_ERROR_UNREADABLE,
			    "the libdwarf that is loaded (%s) is not of the kind that pagelap was "
			    "built for: rebuild pagelap on this system",
			    version);
}

/* The plain name of the section NAME, if it is of the wanted ones of this part of the file;
 * otherwise NULL. */
static const char *wanted_name(const char *name, bool dwo)
{
	for (size_t i = 0; i < sizeof(wanted_sections) / sizeof(*wanted_sections); i++) {
		size_t length = strlen(wanted_sections[i]);

		if (!strncmp(wanted_sections[i], name, length) &&
		    !strcmp(name + length, dwo ? ".dwo" : ""))
			return wanted_sections[i];
	}
	return NULL;
}

static struct pl_dwarf_section *find_section(struct pl_dwarf *dwarf, const char *name)
{
	for (size_t i = 1; i < dwarf->n_sections; i++)
		if (!strcmp(dwarf->sections[i].name, name))
			return &dwarf->sections[i];
	return NULL;
}

/*
 * Relocatable files may hold several sections of one name, the later ones in
 * link-once groups: the first is the unit's own.
 */
static struct pl_error *collect_sections(struct pl_dwarf *dwarf)
{
	dwarf->sections[0] = (struct pl_dwarf_section){.name = ""};
	dwarf->n_sections = 1;
	for (size_t i = 0; i < dwarf->elf->n_sections; i++) {
		const struct pl_elf_section *section = &dwarf->elf->sections[i];
		struct pl_dwarf_section *added = &dwarf->sections[dwarf->n_sections];
		const char *name;

		if (strncmp(section->name, ".debug_", 7) && strncmp(section->name, ".zdebug_", 8))
			continue;
		added->section = section;
		PL_TRY(pl_elf_section_plain(dwarf->elf, section, dwarf->arena, &name,
					    &added->size));
		added->name = wanted_name(name, dwarf->dwo);
		if (added->name && !find_section(dwarf, added->name))
			dwarf->n_sections++;
	}
	return NULL;
}

bool pl_dwarf_is_in(const struct pl_elf *elf, bool dwo)
{
	const struct pl_elf_section *info =
		pl_elf_section(elf, dwo ? ".debug_info.dwo" : ".debug_info");

	if (!info)
		info = pl_elf_section(elf, dwo ? ".zdebug_info.dwo" : ".zdebug_info");
	return info && info->type != SHT_NOBITS && info->size;
}

struct pl_error *pl_dwarf_open(const struct pl_elf *elf, bool dwo, struct pl_arena *arena,
			       struct pl_dwarf *dwarf)
{
	object_interface *interface = pl_arena_alloc(arena, sizeof(*interface));
	Dwarf_Error error = NULL;
	int status;

	PL_TRY(check_library());
	if (!interface)
		return pl_error_no_memory();
	*dwarf = (struct pl_dwarf){.elf = elf, .dwo = dwo, .arena = arena};
	PL_TRY(collect_sections(dwarf));
#if NEW_INTERFACE
	interface->ai_object = dwarf;
	interface->ai_methods = &methods;
#else
	interface->object = dwarf;
	interface->methods = &methods;
#endif
	dwarf_set_de_alloc_flag(0);
	status = dwarf_object_init_b(interface, NULL, NULL, DW_GROUPNUMBER_ANY, &dwarf->debug,
				     &error);
	if (status == DW_DLV_ERROR)
		return pl_dwarf_error(dwarf, error);
	if (status == DW_DLV_NO_ENTRY)
		return pl_error_new(PL_ERROR_UNREADABLE, "no DWARF");
	return NULL;
}

void pl_dwarf_close(struct pl_dwarf *dwarf)
{
	if (dwarf->debug) {
#if NEW_INTERFACE
		dwarf_object_finish(dwarf->debug);
#else
		dwarf_object_finish(dwarf->debug, NULL);
#endif
	}
	pl_error_free(dwarf->load_error);
}

struct pl_error *pl_dwarf_bytes(struct pl_dwarf *dwarf, const char *name, struct pl_bytes *ret)
{
	struct pl_dwarf_section *section = find_section(dwarf, name);

	*ret = (struct pl_bytes){0};
	if (!section)
		return NULL;
	PL_TRY(load(dwarf, section));
	*ret = section->bytes;
	return NULL;
}

static bool is_inside(struct pl_bytes bytes, struct pl_bytes whole)
{
	return bytes.data >= whole.data && bytes.data + bytes.size <= whole.data + whole.size;
}

void pl_dwarf_forget(const struct pl_dwarf *dwarf)
{
	for (size_t i = 1; dwarf->elf->mapped && i < dwarf->n_sections; i++)
		if (dwarf->sections[i].loaded &&
		    is_inside(dwarf->sections[i].bytes, dwarf->elf->bytes))
			pl_file_forget(dwarf->sections[i].bytes);
}

struct pl_error *pl_dwarf_error(struct pl_dwarf *dwarf, Dwarf_Error error)
{
	struct pl_error *cause = dwarf->load_error;

	dwarf->load_error = NULL;
	if (!cause)
		cause = pl_error_new(PL_ERROR_UNREADABLE, "libdwarf: %s",
				     error ? dwarf_errmsg(error) : "unknown error");
	if (error)
		dwarf_dealloc(dwarf->debug, error, DW_DLA_ERROR);
	return cause;
}

struct pl_error *pl_dwarf_elsewhere(void)
{
	return pl_error_new(PL_ERROR_UNREADABLE, "types are in a supplementary file (dwz), which "
						 "is not supported");
}

struct pl_error *pl_dwarf_text(struct pl_dwarf *dwarf, Dwarf_Attribute attribute, const char **ret)
{
	Dwarf_Error error = NULL;
	Dwarf_Half form = 0;
	char *text = NULL;

	*ret = NULL;
	if (dwarf_whatform(attribute, &form, &error) != DW_DLV_OK)
		return pl_dwarf_error(dwarf, error);
	if (form == DW_FORM_GNU_strp_alt || form == DW_FORM_strp_sup)
		return NULL;
	if (dwarf_formstring(attribute, &text, &error) != DW_DLV_OK)
		return pl_dwarf_error(dwarf, error);
	*ret = text;
	return NULL;
}

struct pl_error *pl_dwarf_ref(struct pl_dwarf *dwarf, Dwarf_Attribute attribute, Dwarf_Off *ret)
{
	Dwarf_Error error = NULL;
	Dwarf_Half form = 0;

	if (dwarf_whatform(attribute, &form, &error) != DW_DLV_OK)
		return pl_dwarf_error(dwarf, error);
	if (form == DW_FORM_GNU_ref_alt || form == DW_FORM_ref_sup4 || form == DW_FORM_ref_sup8)
		return pl_dwarf_elsewhere();
	if (form == DW_FORM_ref_sig8)
		return pl_error_new(PL_ERROR_UNREADABLE, "type units (-fdebug-types-section) are "
							 "not supported");
	if (dwarf_global_formref(attribute, ret, &error) != DW_DLV_OK)
		return pl_dwarf_error(dwarf, error);
	return NULL;
}

void pl_dwarf_die_cleanup(Dwarf_Die *die)
{
	if (*die)
		dwarf_dealloc_die(*die);
	*die = NULL;
}
