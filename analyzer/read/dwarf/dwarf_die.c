/* SPDX-License-Identifier: MIT */
#include "read/dwarf/dwarf_die.h"

struct attributes {
	struct pl_dwarf *dwarf;
	Dwarf_Attribute *list;
	Dwarf_Signed count;
};

static void attributes_release(struct attributes *attributes)
{
	for (Dwarf_Signed i = 0; i < attributes->count; i++)
		dwarf_dealloc_attribute(attributes->list[i]);
	if (attributes->list)
		dwarf_dealloc(attributes->dwarf->debug, attributes->list, DW_DLA_LIST);
}

/*
 * The offset in a member's location expression, the form of DWARF 2 and 3:
 * DW_OP_plus_uconst with a ULEB128 operand, DWARF 5 section 7.6.
 */
static struct pl_error *location_expression(struct pl_dwarf *dwarf, Dwarf_Attribute attribute,
					    Dwarf_Half form, struct pl_die_number *ret)
{
	Dwarf_Error error = NULL;
	Dwarf_Block *block = NULL;
	const unsigned char *data = NULL;
	Dwarf_Unsigned length = 0;
	Dwarf_Ptr expression = NULL;
	int status;

	if (form == DW_FORM_exprloc) {
		status = dwarf_formexprloc(attribute, &length, &expression, &error);
		data = expression;
	} else {
		status = dwarf_formblock(attribute, &block, &error);
		if (status == DW_DLV_OK) {
			data = block->bl_data;
			length = block->bl_len;
			dwarf_dealloc(dwarf->debug, block, DW_DLA_BLOCK);
		}
	}
	if (status != DW_DLV_OK)
		return pl_dwarf_error(dwarf, error);
	if (length < 2 || data[0] != DW_OP_plus_uconst)
		return pl_error_new(PL_ERROR_UNREADABLE, "a member's location is an expression");
	for (Dwarf_Unsigned i = 1, shift = 0; i < length && shift < 64; i++, shift += 7)
		ret->value |= (uint64_t)(data[i] & 0x7f) << shift;
	ret->known = true;
	return NULL;
}

/*
 * A constant. The forms are told apart here: the libdwarf of 2021 refuses
 * DW_FORM_implicit_const as unsigned, and reading the fixed-size forms as
 * signed would turn 0x80 into a negative number.
 */
static struct pl_error *number(struct pl_dwarf *dwarf, Dwarf_Attribute attribute,
			       struct pl_die_number *ret)
{
	Dwarf_Error error = NULL;
	Dwarf_Signed value = 0;
	Dwarf_Unsigned unsigned_value = 0;
	Dwarf_Half form = 0;
	int status;

	if (dwarf_whatform(attribute, &form, &error) != DW_DLV_OK)
		return pl_dwarf_error(dwarf, error);
	switch (form) {
	case DW_FORM_data1:
	case DW_FORM_data2:
	case DW_FORM_data4:
	case DW_FORM_data8:
	case DW_FORM_udata:
		status = dwarf_formudata(attribute, &unsigned_value, &error);
		break;
	case DW_FORM_sdata:
	case DW_FORM_implicit_const:
		status = dwarf_formsdata(attribute, &value, &error);
		unsigned_value = (Dwarf_Unsigned)value;
		break;
	default: /* not constant: the bound of a variable-length array, say */
		return NULL;
	}
	if (status != DW_DLV_OK)
		return pl_dwarf_error(dwarf, error);
	*ret = (struct pl_die_number){true, unsigned_value};
	return NULL;
}

/* Attribute WHICH, which has to be a constant: what lies where cannot be told without it. */
static struct pl_error *constant(struct pl_dwarf *dwarf, Dwarf_Attribute attribute,
				 Dwarf_Half which, struct pl_die_number *ret)
{
	PL_TRY(number(dwarf, attribute, ret));
	if (ret->known)
		return NULL;
	return pl_error_new(PL_ERROR_UNREADABLE, "attribute 0x%x is no constant", which);
}

static struct pl_error *location(struct pl_dwarf *dwarf, Dwarf_Attribute attribute,
				 struct pl_die_number *ret)
{
	Dwarf_Error error = NULL;
	Dwarf_Half form = 0;

	if (dwarf_whatform(attribute, &form, &error) != DW_DLV_OK)
		return pl_dwarf_error(dwarf, error);
	switch (form) {
	case DW_FORM_exprloc:
	case DW_FORM_block:
	case DW_FORM_block1:
	case DW_FORM_block2:
	case DW_FORM_block4:
		return location_expression(dwarf, attribute, form, ret);
	default:
		return constant(dwarf, attribute, DW_AT_data_member_location, ret);
	}
}

static struct pl_error *flag(struct pl_dwarf *dwarf, Dwarf_Attribute attribute, bool *ret)
{
	Dwarf_Error error = NULL;
	Dwarf_Bool value = 0;

	if (dwarf_formflag(attribute, &value, &error) != DW_DLV_OK)
		return pl_dwarf_error(dwarf, error);
	*ret = value;
	return NULL;
}

static bool is_unit(Dwarf_Half tag)
{
	return tag == DW_TAG_compile_unit || tag == DW_TAG_partial_unit ||
	       tag == DW_TAG_skeleton_unit || tag == DW_TAG_type_unit;
}

/* A unit can do without a name, a type or a member cannot do without the one that it has. */
static struct pl_error *name(struct pl_dwarf *dwarf, Dwarf_Attribute attribute, struct pl_die *die)
{
	PL_TRY(pl_dwarf_text(dwarf, attribute, &die->name));
	return die->name || is_unit(die->tag) ? NULL : pl_dwarf_elsewhere();
}

static struct pl_error *read_attribute(struct pl_dwarf *dwarf, Dwarf_Attribute attribute,
				       struct pl_die *die)
{
	Dwarf_Error error = NULL;
	Dwarf_Half which = 0;

	if (dwarf_whatattr(attribute, &which, &error) != DW_DLV_OK)
		return pl_dwarf_error(dwarf, error);
	switch (which) {
	case DW_AT_name:
		return name(dwarf, attribute, die);
	case DW_AT_type:
		die->has_type = true;
		return pl_dwarf_ref(dwarf, attribute, &die->type);
	case DW_AT_declaration:
		return flag(dwarf, attribute, &die->declaration);
	case DW_AT_data_member_location:
		return location(dwarf, attribute, &die->location);
	case DW_AT_byte_size:
		return constant(dwarf, attribute, which, &die->byte_size);
	case DW_AT_bit_size:
		return constant(dwarf, attribute, which, &die->bit_size);
	case DW_AT_bit_offset:
		return constant(dwarf, attribute, which, &die->bit_offset);
	case DW_AT_data_bit_offset:
		return constant(dwarf, attribute, which, &die->data_bit_offset);
	case DW_AT_count:
		return number(dwarf, attribute, &die->count);
	case DW_AT_upper_bound:
		return number(dwarf, attribute, &die->upper_bound);
	case DW_AT_alignment:
		return number(dwarf, attribute, &die->alignment);
	case DW_AT_encoding:
		return number(dwarf, attribute, &die->encoding);
	case DW_AT_decl_file:
		return number(dwarf, attribute, &die->file);
	case DW_AT_decl_line:
		return number(dwarf, attribute, &die->line);
	case DW_AT_dwo_name:
	case DW_AT_GNU_dwo_name:
		return pl_dwarf_text(dwarf, attribute, &die->dwo_name);
	case DW_AT_GNU_dwo_id:
		return number(dwarf, attribute, &die->dwo_id);
	default:
		return NULL;
	}
}

struct pl_error *pl_die_read(struct pl_dwarf *dwarf, Dwarf_Die die, struct pl_die *ret)
{
	PL_CLEANUP(attributes_release) struct attributes attributes = {.dwarf = dwarf};
	Dwarf_Error error = NULL;

	*ret = (struct pl_die){0};
	if (dwarf_tag(die, &ret->tag, &error) != DW_DLV_OK)
		return pl_dwarf_error(dwarf, error);
	if (dwarf_attrlist(die, &attributes.list, &attributes.count, &error) == DW_DLV_ERROR)
		return pl_dwarf_error(dwarf, error);
	for (Dwarf_Signed i = 0; i < attributes.count; i++)
		PL_TRY(read_attribute(dwarf, attributes.list[i], ret));
	return NULL;
}

static struct pl_error *step(struct pl_dwarf *dwarf, int status, Dwarf_Die found, Dwarf_Error error,
			     Dwarf_Die *ret)
{
	if (status == DW_DLV_ERROR)
		return pl_dwarf_error(dwarf, error);
	*ret = status == DW_DLV_OK ? found : NULL;
	return NULL;
}

struct pl_error *pl_die_child(struct pl_dwarf *dwarf, Dwarf_Die die, Dwarf_Die *ret)
{
	Dwarf_Error error = NULL;
	Dwarf_Die found = NULL;
	int status = dwarf_child(die, &found, &error);

	return step(dwarf, status, found, error, ret);
}

struct pl_error *pl_die_sibling(struct pl_dwarf *dwarf, Dwarf_Die die, Dwarf_Die *ret)
{
	Dwarf_Error error = NULL;
	Dwarf_Die found = NULL;
	int status = dwarf_siblingof_b(dwarf->debug, die, true, &found, &error);

	return step(dwarf, status, found, error, ret);
}

struct pl_error *pl_die_text(struct pl_dwarf *dwarf, Dwarf_Die die, Dwarf_Half attribute,
			     const char **ret)
{
	Dwarf_Error error = NULL;
	Dwarf_Attribute found = NULL;
	struct pl_error *failure;
	int status = dwarf_attr(die, attribute, &found, &error);

	*ret = NULL;
	if (status == DW_DLV_ERROR)
		return pl_dwarf_error(dwarf, error);
	if (status != DW_DLV_OK)
		return NULL;
	failure = pl_dwarf_text(dwarf, found, ret);
	dwarf_dealloc_attribute(found);
	return failure;
}
