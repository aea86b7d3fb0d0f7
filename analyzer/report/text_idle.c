/* SPDX-License-Identifier: MIT */
/* Members that code makes no full use of. */
#include <string.h>

#include "report/text_internal.h"
#include "report/text_wrap.h"

static const char *const labels[PL_IDLE_WHY_COUNT] = {
	[PL_IDLE_UNTOUCHED] = "no code touches:",
	[PL_IDLE_UNREAD] = "no code reads:",
	[PL_IDLE_UNWRITTEN] = "no code writes:",
};

/* The next entry of LIST from *AT on that is so because of WHY, under another name than BEFORE. */
static const char *next(const struct pl_record *record, const struct pl_idle *list, size_t count,
			enum pl_idle_why why, const char *before, size_t *at)
{
	while (*at < count) {
		const struct pl_idle *idle = &list[(*at)++];
		const char *name = pl_item_name(record, idle->field);

		if (idle->why == why && !(before && !strcmp(before, name)))
			return name;
	}
	return NULL;
}

static void add(struct pl_strbuf *out, const struct pl_record *record, const struct pl_idle *list,
		size_t count, enum pl_idle_why why, const struct pl_text_options *options)
{
	struct pl_wrap wrap;
	size_t at = 0;
	const char *name = next(record, list, count, why, NULL, &at), *following;

	if (!name)
		return;
	wrap = pl_wrap_new(out, options, 4, 6);
	pl_wrap_text(&wrap, "", labels[why]);
	for (; name; name = following) {
		following = next(record, list, count, why, name, &at);
		pl_wrap_word(&wrap, "", name, following ? "," : "");
	}
	pl_wrap_end(&wrap);
}

void pl_text_idle(struct pl_strbuf *out, const struct pl_record *record, const struct pl_idle *list,
		  size_t count, const struct pl_text_options *options)
{
	for (int why = 0; why < PL_IDLE_WHY_COUNT; why++)
		add(out, record, list, count, (enum pl_idle_why)why, options);
}
