/* SPDX-License-Identifier: MIT */
#include "model/usage_rules.h"

#include <string.h>

#include "support/glob.h"

bool pl_effect_kind_parse(const char *name, enum pl_effect_kind *ret)
{
	static const char *const names[PL_EFFECT_COUNT] = {
		[PL_EFFECT_READ] = "read",
		[PL_EFFECT_WRITE] = "write",
		[PL_EFFECT_READ_WRITE] = "read-write",
		[PL_EFFECT_NOTHING] = "nothing",
		[PL_EFFECT_UNEVALUATED] = "unevaluated",
	};

	for (int i = 0; i < PL_EFFECT_COUNT; i++) {
		if (!strcmp(names[i], name)) {
			*ret = (enum pl_effect_kind)i;
			return true;
		}
	}
	return false;
}

const struct pl_effect *pl_usage_effect(const struct pl_usage_rules *rules, const char *callee,
					int argument)
{
	for (size_t i = 0; i < rules->n_effects; i++) {
		const struct pl_effect *effect = &rules->effects[i];

		if ((effect->argument == PL_EFFECT_ANY || effect->argument == argument) &&
		    pl_glob_any(effect->callees, effect->n_callees, callee))
			return effect;
	}
	return NULL;
}
