/* SPDX-License-Identifier: MIT */
/* The configuration of a kernel: where it is found, and its digest. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>
#include <zlib.h>

#include "identity_fixture.h"

static const char config_text[] =
	"#\n# Automatically generated\n#\nCONFIG_64BIT=y\n"
	"# CONFIG_SLOB is not set\n\nCONFIG_CC_VERSION_TEXT=\"gcc-12 (X) 12.2\"\n";

/* The same options in another order, with other comments. */
static const char config_shuffled[] = "# CONFIG_SLOB is not set\n# CONFIG_HINT is worth a thought\n"
				      "CONFIG_CC_VERSION_TEXT=\"gcc-12 (X) 12.2\"\nCONFIG_64BIT=y";

/* What sha256sum makes of the three lines, sorted. */
static const char config_digest[] =
	"sha256:636a020fdc44678acaa8a86d6404af433f5ef8fa504c561835a63d9f824f46a4";

/* What the configuration in BYTES or beside the file is, of a target that knows nothing yet. */
static struct pl_error *config_of(const struct fixture *fixture, struct pl_bytes bytes)
{
	fixture->target->config_digest = NULL;
	fixture->target->compiler = NULL;
	return pl_identity_config(&fixture->request, bytes, false, fixture->target);
}

static void assert_config(const struct fixture *fixture, struct pl_bytes bytes, const char *digest)
{
	struct pl_error *error = config_of(fixture, bytes);

	if (error)
		fail_msg("%s", error->message);
	assert_text(fixture->target->config_digest, digest);
	assert_text(fixture->target->compiler, digest ? "gcc-12 (X) 12.2" : NULL);
}

static struct pl_bytes gzip(const char *text, unsigned char *buffer, size_t size)
{
	z_stream z = {
		.next_in = (unsigned char *)text,
		.avail_in = (unsigned)strlen(text),
		.next_out = buffer,
		.avail_out = (unsigned)size,
	};

	assert_int_equal(deflateInit2(&z, 9, Z_DEFLATED, 31, 8, 0), Z_OK);
	assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
	deflateEnd(&z);
	return (struct pl_bytes){buffer, z.total_out};
}

static void digests_the_options_alone(void **state)
{
	struct fixture *fixture = *state;
	struct pl_bytes nothing = {0};

	assert_config(fixture, nothing, NULL);
	write_text(fixture, ".config", config_text);
	assert_config(fixture, nothing, config_digest);
	write_text(fixture, ".config", config_shuffled);
	assert_config(fixture, nothing, config_digest);
	write_text(fixture, ".config", "CONFIG_64BIT=y\n");
	assert_null(config_of(fixture, nothing));
	assert_non_null(fixture->target->config_digest);
	assert_string_not_equal(fixture->target->config_digest, config_digest);
}

static void finds_the_configuration_by_release(void **state)
{
	struct fixture *fixture = *state;
	struct pl_bytes nothing = {0};

	write_text(fixture, ".config", "# nothing in it\n");
	write_text(fixture, "config-7.1", config_text);
	assert_config(fixture, nothing, NULL);
	fixture->target->release = "7.1";
	assert_config(fixture, nothing, config_digest);
	fixture->target->config_digest = "known";
	assert_null(pl_identity_config(&fixture->request, nothing, false, fixture->target));
	assert_string_equal(fixture->target->config_digest, "known");
}

static void finds_the_embedded_configuration(void **state)
{
	struct fixture *fixture = *state;
	unsigned char packed[512], image[2048] = "IKCFG_ST, but what follows is none";
	struct pl_bytes stream = gzip(config_text, packed, sizeof(packed));

	write_text(fixture, ".config", "CONFIG_OTHER=y\n");
	memcpy(image + 701, "IKCFG_ST\x1f\x8b\x08", 11);
	memcpy(image + 801, "IKCFG_ST", 8);
	memcpy(image + 809, stream.data, stream.size);
	memcpy(image + 809 + stream.size, "IKCFG_ED", 8);
	assert_config(fixture, bytes_of((char *)image, sizeof(image)), config_digest);
	assert_null(config_of(fixture, bytes_of((char *)image, 809 + stream.size - 20)));
	assert_string_not_equal(fixture->target->config_digest, config_digest);
}

static void insists_on_the_given_configuration(void **state)
{
	struct fixture *fixture = *state;
	struct pl_bytes nothing = {0}, stream;
	unsigned char packed[512];
	char path[128];
	struct pl_error *error;

	snprintf(path, sizeof(path), "%s/given", fixture->directory);
	fixture->request.config = path;
	write_text(fixture, ".config", config_text);
	error = config_of(fixture, nothing);
	assert_non_null(error);
	assert_non_null(strstr(error->message, path));
	pl_error_free(error);
	write_text(fixture, "given", "# CONFIG_ONLY a comment\nconfig_x=y\n");
	error = config_of(fixture, nothing);
	assert_non_null(error);
	assert_int_equal(error->kind, PL_ERROR_UNREADABLE);
	assert_non_null(strstr(error->message, "no configuration option"));
	pl_error_free(error);
	stream = gzip(config_shuffled, packed, sizeof(packed));
	write_file(fixture, "given", stream.data, stream.size);
	assert_config(fixture, nothing, config_digest);
	write_file(fixture, "given", stream.data, stream.size - 12);
	error = config_of(fixture, nothing);
	assert_non_null(error);
	assert_non_null(strstr(error->message, "cut short"));
	pl_error_free(error);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(digests_the_options_alone),
		TEST(finds_the_configuration_by_release),
		TEST(finds_the_embedded_configuration),
		TEST(insists_on_the_given_configuration),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
