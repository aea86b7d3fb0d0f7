/* SPDX-License-Identifier: MIT */
#include <linux/mm.h>

#define FIELD index
#define TEMPLATE(name) first_##name
#include "template.h"
#undef FIELD
#undef TEMPLATE
#define FIELD private
#define TEMPLATE(name) second_##name
#include "template.h"
