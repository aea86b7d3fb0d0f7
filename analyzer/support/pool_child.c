/* SPDX-License-Identifier: MIT */
#include "support/pool_internal.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "support/child.h"

static bool read_all(int fd, void *bytes, size_t length)
{
	char *at = bytes;

	while (length) {
		ssize_t got = read(fd, at, length);

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return false;
		at += got;
		length -= (size_t)got;
	}
	return true;
}

static bool send_result(int fd, struct pl_pool_head *head, const char *bytes)
{
	return pl_child_write(fd, head, sizeof(*head)) &&
	       pl_child_write(fd, bytes, (size_t)head->length);
}

static bool do_job(const struct pl_pool *pool, size_t index, int fd, bool *leaves)
{
	PL_CLEANUP(pl_strbuf_release) struct pl_strbuf output = PL_STRBUF_INIT;
	struct pl_error *error = pool->job(pool->job_context, index, &output);
	struct pl_pool_head head = {0};
	bool sent;

	if (!error && pl_strbuf_failed(&output))
		error = pl_error_no_memory();
	*leaves = pool->limits.resident && pl_child_resident() > pool->limits.resident;
	head.leaves = *leaves;
	head.is_error = error != NULL;
	head.kind = error ? (uint8_t)error->kind : 0;
	head.length = error ? strlen(error->message) : output.length;
	sent = send_result(fd, &head, error ? error->message : output.text);
	pl_error_free(error);
	return sent;
}

void pl_pool_live(const struct pl_pool *pool, pid_t parent, int requests, int results)
{
	const struct pl_child_limits limits = {.parent = parent,
					       .memory = pool->limits.memory,
					       .file = pool->limits.file,
					       .directory = pool->limits.directory};
	int kept[2 + PL_POOL_MOST_KEPT] = {requests, results};
	bool leaves = false;
	uint64_t index;

	for (size_t i = 0; i < pool->n_kept; i++)
		kept[2 + i] = pool->kept[i];
	pl_child_restrict(&limits, kept, 2 + pool->n_kept);
	while (!leaves && read_all(kept[0], &index, sizeof(index)))
		if (!do_job(pool, (size_t)index, kept[1], &leaves))
			pl_child_exit(false);
	pl_child_exit(true);
}
