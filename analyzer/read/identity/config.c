/* SPDX-License-Identifier: MIT */
#include <sha2.h>
#include <stdlib.h>
#include <string.h>

#include "read/codec/decompress.h"
#include "read/identity/identity.h"
#include "read/identity/identity_data.h"
#include "read/paths.h"
#include "support/text.h"

/* The largest configurations there are have a third of a megabyte. */
enum { MAX_CONFIG = 16 << 20, MAX_EMBEDDED = 16 };

/* The lines that say something, as views into the text. */
struct options {
	struct pl_bytes *lines;
	size_t n, capacity;
};

static bool begins(struct pl_bytes line, const char *text)
{
	return line.size >= strlen(text) && !memcmp(line.data, text, strlen(text));
}

static bool ends(struct pl_bytes line, const char *text)
{
	size_t length = strlen(text);

	return line.size >= length && !memcmp(line.data + line.size - length, text, length);
}

/* Kconfig writes "CONFIG_X=y" or "# CONFIG_X is not set"; the rest is headings. */
static bool is_option(struct pl_bytes line)
{
	if (begins(line, "# CONFIG_"))
		return ends(line, " is not set");
	return begins(line, "CONFIG_") && memchr(line.data, '=', line.size);
}

static struct pl_error *split(struct pl_arena *arena, struct pl_bytes text, struct options *options)
{
	while (text.size) {
		const unsigned char *end = memchr(text.data, '\n', text.size);
		size_t length = end ? (size_t)(end - text.data) : text.size;
		struct pl_bytes line = {text.data, length};

		text.data += end ? length + 1 : length;
		text.size -= end ? length + 1 : length;
		if (!is_option(line))
			continue;
		options->lines = pl_arena_grow(arena, options->lines, options->n,
					       &options->capacity, sizeof(*options->lines));
		if (!options->lines)
			return pl_error_no_memory();
		options->lines[options->n++] = line;
	}
	return NULL;
}

static int compare_lines(const void *left, const void *right)
{
	const struct pl_bytes *a = left, *b = right;
	int order = memcmp(a->data, b->data, a->size < b->size ? a->size : b->size);

	return order ? order : (a->size > b->size) - (a->size < b->size);
}

static struct pl_error *set_digest(struct pl_target *target, const struct options *options)
{
	unsigned char digest[SHA256_DIGEST_LENGTH];
	char hex[2 * SHA256_DIGEST_LENGTH + 1];
	SHA2_CTX context;

	qsort(options->lines, options->n, sizeof(*options->lines), compare_lines);
	SHA256Init(&context);
	for (size_t i = 0; i < options->n; i++) {
		SHA256Update(&context, options->lines[i].data, options->lines[i].size);
		SHA256Update(&context, (const uint8_t *)"\n", 1);
	}
	SHA256Final(digest, &context);
	for (size_t i = 0; i < sizeof(digest); i++) {
		hex[2 * i] = "0123456789abcdef"[digest[i] >> 4];
		hex[2 * i + 1] = "0123456789abcdef"[digest[i] & 15];
	}
	hex[sizeof(hex) - 1] = '\0';
	target->config_digest = pl_arena_printf(target->arena, "sha256:%s", hex);
	return target->config_digest ? NULL : pl_error_no_memory();
}

static struct pl_error *set_compiler(struct pl_target *target, const struct options *options)
{
	static const char key[] = "CONFIG_CC_VERSION_TEXT=\"";

	for (size_t i = 0; i < options->n && !target->compiler; i++) {
		struct pl_bytes line = options->lines[i];

		if (!begins(line, key) || !ends(line, "\"") || line.size <= sizeof(key))
			continue;
		target->compiler =
			pl_text_ncopy(target->arena, (const char *)line.data + sizeof(key) - 1,
				      line.size - sizeof(key));
		if (!target->compiler)
			return pl_error_no_memory();
	}
	return NULL;
}

/* Takes TEXT, packed or not, for the configuration, if there is any option in it. */
static struct pl_error *from_text(struct pl_target *target, struct pl_bytes text)
{
	PL_CLEANUP(pl_arena_cleanup) struct pl_arena *scratch = pl_arena_new();
	enum pl_compression compression = pl_compression_detect(text);
	struct options options = {0};

	if (!scratch)
		return pl_error_no_memory();
	if (compression != PL_COMPRESSION_NONE)
		PL_TRY(pl_decompress(compression, text, MAX_CONFIG, scratch, &text));
	if (text.size > MAX_CONFIG)
		return pl_error_new(PL_ERROR_UNREADABLE, "more than %d bytes", MAX_CONFIG);
	PL_TRY(split(scratch, text, &options));
	if (!options.n)
		return pl_error_new(PL_ERROR_UNREADABLE, "no configuration option in it");
	PL_TRY(set_compiler(target, &options));
	return set_digest(target, &options);
}

/* The same where it does not matter if TEXT is none. */
static struct pl_error *try_text(struct pl_target *target, struct pl_bytes text)
{
	struct pl_error *error = text.size ? from_text(target, text) : NULL;

	if (error && error->kind == PL_ERROR_MEMORY)
		return error;
	pl_error_free(error);
	return NULL;
}

static struct pl_error *from_given(const struct pl_read_request *request, struct pl_target *target)
{
	PL_CLEANUP(pl_file_close) struct pl_file file = {0};
	struct pl_error *error;

	PL_TRY(pl_file_open(request->config, &file));
	error = from_text(target, file.bytes);
	return error ? pl_error_prefix(error, "%s", request->config) : NULL;
}

static struct pl_error *try_path(struct pl_target *target, const char *path)
{
	PL_CLEANUP(pl_file_close) struct pl_file file = {0};

	if (!path)
		return pl_error_no_memory();
	if (target->config_digest)
		return NULL;
	PL_TRY(pl_identity_try_file(path, &file));
	return try_text(target, file.bytes);
}

/* kernel/configs.c: a gzip stream behind this mark (and before IKCFG_ED). */
static struct pl_error *from_embedded(struct pl_target *target, struct pl_bytes bytes)
{
	struct pl_bytes mark = {(const unsigned char *)"IKCFG_ST", 8};
	size_t at = pl_bytes_find(bytes, 0, mark);

	for (int tried = 0; at < bytes.size && tried < MAX_EMBEDDED && !target->config_digest;
	     tried++) {
		struct pl_bytes text = {bytes.data + at + mark.size, bytes.size - at - mark.size};

		if (pl_compression_detect(text) == PL_COMPRESSION_GZIP)
			PL_TRY(try_text(target, text));
		at = pl_bytes_find(bytes, at + 1, mark);
	}
	return NULL;
}

/* Of an ELF file, only the data of the kernel can hold the mark. */
static struct pl_error *from_kernel(struct pl_target *target, struct pl_bytes bytes)
{
	PL_CLEANUP(pl_arena_cleanup) struct pl_arena *scratch = NULL;
	struct pl_error *error;
	struct pl_bytes data;
	struct pl_elf elf;
	size_t index = 0;

	if (!pl_elf_detect(bytes))
		return from_embedded(target, bytes);
	scratch = pl_arena_new();
	if (!scratch)
		return pl_error_no_memory();
	error = pl_elf_parse(scratch, bytes, &elf);
	if (error && error->kind == PL_ERROR_MEMORY)
		return error;
	pl_error_free(error);
	while (!error && !target->config_digest && pl_identity_next_data(&elf, &index, &data))
		PL_TRY(from_embedded(target, data));
	return NULL;
}

static struct pl_error *from_beside(const struct pl_read_request *request, struct pl_target *target)
{
	PL_CLEANUP(pl_arena_cleanup) struct pl_arena *scratch = pl_arena_new();
	char *name;

	if (!scratch)
		return pl_error_no_memory();
	PL_TRY(try_path(target, pl_path_beside(scratch, request->path, ".config")));
	if (!target->release)
		return NULL;
	name = pl_arena_printf(scratch, "config-%s", target->release);
	if (!name)
		return pl_error_no_memory();
	return try_path(target, pl_path_beside(scratch, request->path, name));
}

static struct pl_error *from_running(struct pl_target *target)
{
	PL_CLEANUP(pl_arena_cleanup) struct pl_arena *scratch = pl_arena_new();

	if (!scratch)
		return pl_error_no_memory();
	if (target->release)
		PL_TRY(try_path(target,
				pl_arena_printf(scratch, "/boot/config-%s", target->release)));
	return try_path(target, "/proc/config.gz");
}

struct pl_error *pl_identity_config(const struct pl_read_request *request, struct pl_bytes bytes,
				    bool running, struct pl_target *target)
{
	if (target->config_digest)
		return NULL;
	if (request->config)
		return from_given(request, target);
	if (bytes.size)
		PL_TRY(from_kernel(target, bytes));
	if (!target->config_digest && running)
		return from_running(target);
	if (!target->config_digest && request->path)
		return from_beside(request, target);
	return NULL;
}
