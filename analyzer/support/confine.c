/* SPDX-License-Identifier: MIT */
#include "support/confine.h"

#include <fcntl.h>
#include <linux/capability.h>
#include <linux/landlock.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "support/confine_internal.h"

/* Younger than the headers of some systems. */
#ifndef LANDLOCK_ACCESS_FS_TRUNCATE
#define LANDLOCK_ACCESS_FS_TRUNCATE (1ULL << 14)
#endif
#ifndef LANDLOCK_ACCESS_FS_IOCTL_DEV
#define LANDLOCK_ACCESS_FS_IOCTL_DEV (1ULL << 15)
#endif
#ifndef LANDLOCK_SCOPE_ABSTRACT_UNIX_SOCKET
#define LANDLOCK_SCOPE_ABSTRACT_UNIX_SOCKET (1ULL << 0)
#define LANDLOCK_SCOPE_SIGNAL (1ULL << 1)
#endif

/* What is handled is forbidden, but where it is granted; reading is not handled. */
#define HANDLED                                                                                    \
	(LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_REMOVE_DIR |                           \
	 LANDLOCK_ACCESS_FS_REMOVE_FILE | LANDLOCK_ACCESS_FS_MAKE_CHAR |                           \
	 LANDLOCK_ACCESS_FS_MAKE_DIR | LANDLOCK_ACCESS_FS_MAKE_REG |                               \
	 LANDLOCK_ACCESS_FS_MAKE_SOCK | LANDLOCK_ACCESS_FS_MAKE_FIFO |                             \
	 LANDLOCK_ACCESS_FS_MAKE_BLOCK | LANDLOCK_ACCESS_FS_MAKE_SYM)
#define GRANTED                                                                                    \
	(LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_REMOVE_FILE |                          \
	 LANDLOCK_ACCESS_FS_MAKE_REG | LANDLOCK_ACCESS_FS_TRUNCATE)

/* struct landlock_ruleset_attr as it is by now: kernels take no offence at zeros they do not know.
 */
struct rules {
	uint64_t on_files, on_ports, scoped;
};

/* As much as the VERSION of Landlock that is running can forbid. */
static struct rules rules_for(long version)
{
	struct rules rules = {.on_files = HANDLED};

	if (version >= 3)
		rules.on_files |= LANDLOCK_ACCESS_FS_TRUNCATE;
	if (version >= 5)
		rules.on_files |= LANDLOCK_ACCESS_FS_IOCTL_DEV;
	if (version >= 6)
		rules.scoped = LANDLOCK_SCOPE_ABSTRACT_UNIX_SOCKET | LANDLOCK_SCOPE_SIGNAL;
	return rules;
}

/* Grants plain files beneath DIRECTORY; what cannot be granted stays forbidden. */
static void grant(int ruleset, const struct rules *rules, const char *directory)
{
	struct landlock_path_beneath_attr rule = {
		.allowed_access = GRANTED & rules->on_files,
		.parent_fd = open(directory, O_PATH | O_DIRECTORY | O_CLOEXEC),
	};

	if (rule.parent_fd < 0)
		return;
	(void)syscall(__NR_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
	close(rule.parent_fd);
}

static void forbid_writing(const char *directory)
{
	const struct rules rules = rules_for(
		syscall(__NR_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION));
	int fd = (int)syscall(__NR_landlock_create_ruleset, &rules, sizeof(rules), 0);

	if (fd < 0)
		return;
	if (directory)
		grant(fd, &rules, directory);
	(void)syscall(__NR_landlock_restrict_self, fd, 0);
	close(fd);
}

/*
 * What the superuser has over others is given up, but for reading their files, as the
 * source may be one: containers that cannot do only that can override all permissions.
 */
static void drop_capabilities(void)
{
	const uint32_t reading = 1U << CAP_DAC_READ_SEARCH, all = 1U << CAP_DAC_OVERRIDE;
	struct __user_cap_header_struct head = {_LINUX_CAPABILITY_VERSION_3, 0};
	struct __user_cap_data_struct its[_LINUX_CAPABILITY_U32S_3] = {{0}};
	uint32_t kept;

	if (syscall(__NR_capget, &head, its) < 0)
		return;
	kept = its[0].effective & (its[0].effective & reading ? reading : all);
	memset(its, 0, sizeof(its));
	its[0].effective = its[0].permitted = kept;
	(void)syscall(__NR_capset, &head, its);
}

void pl_confine(const char *directory)
{
	drop_capabilities();
	/* Without it neither is granted to an ordinary user. */
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0)
		return;
	forbid_writing(directory);
	pl_confine_calls();
}
