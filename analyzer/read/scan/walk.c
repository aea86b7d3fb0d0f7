/* SPDX-License-Identifier: MIT */
#include "read/scan/walk.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "support/strbuf.h"

enum {
	DEPTH = 32,	    /* of directories; kernels have ten, and each is a file descriptor */
	MAX_FILE = 4 << 20, /* larger ones are tables of registers, not code */
};

struct walk {
	const struct pl_scan_request *request;
	pl_walk_visit *visit;
	void *context;
	struct pl_strbuf path; /* of what is looked at, from the tree */
	unsigned char *buffer; /* of MAX_FILE bytes, for one file after the other */
	unsigned depth;
};

static void close_fd(int *fd)
{
	if (*fd >= 0)
		close(*fd);
}

static void close_dir(DIR **dir)
{
	if (*dir)
		closedir(*dir);
}

static bool is_source(const char *name)
{
	size_t length = strlen(name);

	return length > 2 && name[length - 2] == '.' &&
	       (name[length - 1] == 'c' || name[length - 1] == 'h');
}

/* Whether the directory is of another architecture. */
static bool is_foreign(const struct pl_scan_request *request, const char *path)
{
	return request->srcarch && !strncmp(path, "arch/", 5) && !strchr(path + 5, '/') &&
	       strcmp(path + 5, request->srcarch) != 0;
}

static bool is_skipped(const struct pl_scan_request *request, const char *path)
{
	for (size_t i = 0; i < request->n_skip; i++)
		if (!fnmatch(request->skip[i], path, FNM_PATHNAME))
			return true;
	return is_foreign(request, path);
}

/* What a link leads to may be a device, which must not be read. */
static bool is_regular(int fd, const struct dirent *entry)
{
	struct stat status;

	return entry->d_type == DT_REG || (!fstat(fd, &status) && S_ISREG(status.st_mode));
}

/* Returns how many bytes there are, 0 also where the file is not to be looked at. */
static size_t read_file(int directory, const struct dirent *entry, unsigned char *buffer)
{
	PL_CLEANUP(close_fd)
	int fd = openat(directory, entry->d_name, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	size_t size = 0;
	ssize_t got;

	if (fd < 0 || !is_regular(fd, entry))
		return 0;
	/* Not every file system gives all there is at once. */
	while (size < MAX_FILE && (got = read(fd, buffer + size, MAX_FILE - size)) != 0) {
		if (got < 0 && errno != EINTR)
			return 0;
		size += got > 0 ? (size_t)got : 0;
	}
	return size < MAX_FILE ? size : 0;
}

static struct pl_error *visit_file(struct walk *walk, int directory, const struct dirent *entry)
{
	size_t size = read_file(directory, entry, walk->buffer);

	if (!size)
		return NULL;
	return walk->visit(walk->context, walk->path.text, (struct pl_bytes){walk->buffer, size});
}

static bool is_directory(int directory, const struct dirent *entry)
{
	struct stat status;

	if (entry->d_type != DT_UNKNOWN)
		return entry->d_type == DT_DIR;
	return !fstatat(directory, entry->d_name, &status, AT_SYMLINK_NOFOLLOW) &&
	       S_ISDIR(status.st_mode);
}

static struct pl_error *visit_directory(struct walk *walk, int fd);

/*
 * A link to a file is followed, for there are trees of nothing but such links;
 * one to a directory is not, for it may lead back to where it is.
 */
static struct pl_error *visit_entry(struct walk *walk, int directory, const struct dirent *entry)
{
	if (is_directory(directory, entry)) {
		if (is_skipped(walk->request, walk->path.text) || walk->depth == DEPTH)
			return NULL;
		return visit_directory(walk,
				       openat(directory, entry->d_name,
					      O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW));
	}
	return is_source(entry->d_name) ? visit_file(walk, directory, entry) : NULL;
}

/* Takes FD, which may be negative. */
static struct pl_error *visit_directory(struct walk *walk, int fd)
{
	PL_CLEANUP(close_dir) DIR *dir = fd < 0 ? NULL : fdopendir(fd);
	size_t length = walk->path.length;
	const struct dirent *entry;

	if (!dir) {
		bool no_memory = fd >= 0 && errno == ENOMEM;

		close_fd(&fd);
		return no_memory ? pl_error_no_memory() : NULL;
	}
	walk->depth++;
	while ((entry = readdir(dir))) {
		if (entry->d_name[0] == '.')
			continue;
		if (length)
			pl_strbuf_add_char(&walk->path, '/');
		pl_strbuf_add(&walk->path, entry->d_name);
		if (pl_strbuf_failed(&walk->path))
			return pl_error_no_memory();
		PL_TRY(visit_entry(walk, dirfd(dir), entry));
		pl_strbuf_truncate(&walk->path, length);
	}
	walk->depth--;
	return NULL;
}

static struct pl_error *walk_from(struct walk *walk, int fd)
{
	PL_CLEANUP(pl_arena_cleanup) struct pl_arena *arena = pl_arena_new();
	struct pl_error *error;

	walk->buffer = arena ? pl_arena_alloc(arena, MAX_FILE) : NULL;
	if (!walk->buffer) {
		close_fd(&fd);
		return pl_error_no_memory();
	}
	error = visit_directory(walk, fd);
	pl_strbuf_release(&walk->path);
	return error;
}

struct pl_error *pl_walk_tree(const struct pl_scan_request *request, pl_walk_visit *visit,
			      void *context)
{
	struct walk walk = {
		.request = request, .visit = visit, .context = context, .path = PL_STRBUF_INIT};
	int fd = open(request->source, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd < 0)
		return pl_error_new(PL_ERROR_UNREADABLE, "%s: %s", request->source,
				    strerror(errno));
	return walk_from(&walk, fd);
}
