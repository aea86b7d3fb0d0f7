/* SPDX-License-Identifier: MIT */
#include "read/headers/headers_check.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "read/kbuild/textfile.h"
#include "support/text.h"

static struct pl_error *check_size(const struct pl_unit *unit, const struct pl_kbuild *kbuild,
				   const struct pl_recipe_size *size, uint64_t measured)
{
	const char *text, *value = NULL;
	uint64_t wanted;
	char *end;

	PL_TRY(pl_textfile_try(unit->arena, kbuild->build, size->file, &text));
	if (text)
		PL_TRY(pl_text_macro(unit->arena, text, size->macro, &value));
	if (!value || !measured)
		return NULL;
	wanted = strtoull(value, &end, 0);
	if (end == value || wanted == measured)
		return NULL;
	return pl_error_new(PL_ERROR_UNREADABLE,
			    "%s says that %s has %" PRIu64
			    " bytes (%s); read with these flags it has "
			    "%" PRIu64 ": the generated headers are not of this configuration",
			    size->file, size->type, wanted, size->macro, measured);
}

static struct pl_error *check_word(const struct pl_kbuild *kbuild, const struct pl_recipe *recipe,
				   const char *triple, unsigned bits)
{
	bool wide = recipe->word && pl_kconfig_holds(&kbuild->config, recipe->word);

	if (kbuild->arch && kbuild->arch->bits != bits)
		return pl_error_new(PL_ERROR_UNREADABLE,
				    "a word of %s has %u bits, and %u as clang was told (%s): "
				    "layouts would be wrong",
				    kbuild->arch->name, kbuild->arch->bits, bits, triple);
	if (recipe->word && pl_kconfig_get(&kbuild->config, recipe->word) && wide != (bits == 64))
		return pl_error_new(
			PL_ERROR_UNREADABLE,
			"%s is %s in the configuration, and a word has %u bits as clang "
			"was told (%s): layouts would be wrong",
			recipe->word, wide ? "set" : "not set", bits, triple);
	return NULL;
}

static struct pl_error *check_target(const struct pl_unit *unit, const struct pl_kbuild *kbuild,
				     const struct pl_recipe *recipe, struct pl_target *target)
{
	const struct pl_clang *clang = unit->clang;
	CXTargetInfo info = clang->clang_getTranslationUnitTargetInfo(unit->unit);
	int bits = clang->clang_TargetInfo_getPointerWidth(info);
	const char *triple =
		pl_clang_text(clang, unit->arena, clang->clang_TargetInfo_getTriple(info));

	clang->clang_TargetInfo_dispose(info);
	if (!triple)
		return pl_error_no_memory();
	if (!target->arch)
		target->arch = pl_text_ncopy(target->arena, triple, strcspn(triple, "-"));
	if (!target->arch)
		return pl_error_no_memory();
	target->bits = bits > 0 ? (unsigned)bits : 0;
	return check_word(kbuild, recipe, triple, target->bits);
}

struct pl_error *pl_headers_check(const struct pl_unit *unit,
				  const struct pl_unit_contents *contents,
				  const struct pl_kbuild *kbuild, const struct pl_recipe *recipe,
				  struct pl_target *target)
{
	PL_TRY(check_target(unit, kbuild, recipe, target));
	target->endian = contents->endian == 2 ? PL_ENDIAN_BIG : PL_ENDIAN_LITTLE;
	for (size_t i = 0; i < recipe->n_sizes && i < contents->n_sizes; i++)
		PL_TRY(check_size(unit, kbuild, &recipe->sizes[i], contents->sizes[i]));
	return NULL;
}
