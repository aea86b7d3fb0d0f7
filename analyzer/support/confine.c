/* SPDX-License-Identifier: MIT */
#include "support/confine.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "support/sanitized.h"

/* The machine whose system calls the filter knows by number. */
#if defined(__x86_64__)
#define MACHINE AUDIT_ARCH_X86_64
#elif defined(__i386__)
#define MACHINE AUDIT_ARCH_I386
#elif defined(__aarch64__)
#define MACHINE AUDIT_ARCH_AARCH64
#elif defined(__arm__)
#define MACHINE AUDIT_ARCH_ARM
#elif defined(__powerpc64__) && defined(__LITTLE_ENDIAN__)
#define MACHINE AUDIT_ARCH_PPC64LE
#elif defined(__s390x__)
#define MACHINE AUDIT_ARCH_S390X
#elif defined(__riscv) && __riscv_xlen == 64
#define MACHINE AUDIT_ARCH_RISCV64
#endif

#ifdef MACHINE

/* Where the low half of argument N stands. */
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
#define ARGUMENT(n) (offsetof(struct seccomp_data, args[n]) + 4)
#else
#define ARGUMENT(n) offsetof(struct seccomp_data, args[n])
#endif

#ifdef __s390x__
enum { CLONE_FLAGS = 1 };
#else
enum { CLONE_FLAGS = 0 };
#endif

#define LOAD(offset) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, (uint32_t)(offset))
#define RETURN(value) BPF_STMT(BPF_RET | BPF_K, value)
#define REFUSE(number, error)                                                                      \
	BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, number, 0, 1), RETURN(SECCOMP_RET_ERRNO | (error))

/* Calls of another machine's, which have other numbers, are not even tried. */
#define PROLOGUE                                                                                   \
	LOAD(offsetof(struct seccomp_data, arch)),                                                 \
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, MACHINE, 1, 0),                                \
		RETURN(SECCOMP_RET_KILL_PROCESS), LOAD(offsetof(struct seccomp_data, nr))

/* Nothing is lost by a filter that cannot be set: there was none before. */
static void set_filter(const struct sock_filter *filter, size_t length)
{
	struct sock_fprog program = {(unsigned short)length, (struct sock_filter *)filter};

	(void)prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0);
}

static void forbid_network(void)
{
	static const struct sock_filter filter[] = {
		PROLOGUE,
#ifdef __x86_64__
		/* x32: the same calls under other numbers. */
		BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, 0x40000000, 0, 1),
		RETURN(SECCOMP_RET_KILL_PROCESS),
#endif
#ifdef __NR_socketcall
		REFUSE(__NR_socketcall, EPERM),
#endif
		REFUSE(__NR_socket, EPERM),
		REFUSE(__NR_socketpair, EPERM),
		REFUSE(__NR_io_uring_setup, EPERM),
		RETURN(SECCOMP_RET_ALLOW),
	};

	set_filter(filter, sizeof(filter) / sizeof(*filter));
}

/* Threads stay possible: libclang has one of its own. */
static void forbid_processes(void)
{
	static const struct sock_filter filter[] = {
		PROLOGUE,
#ifdef __NR_fork
		REFUSE(__NR_fork, EPERM),
		REFUSE(__NR_vfork, EPERM),
#endif
		REFUSE(__NR_execve, EPERM),
		REFUSE(__NR_execveat, EPERM),
		REFUSE(__NR_ptrace, EPERM),
		REFUSE(__NR_process_vm_readv, EPERM),
		REFUSE(__NR_process_vm_writev, EPERM),
		REFUSE(__NR_pidfd_getfd, EPERM),
		REFUSE(__NR_clone3, ENOSYS), /* its flags are out of sight; clone() takes over */
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_clone, 0, 3),
		LOAD(ARGUMENT(CLONE_FLAGS)),
		BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, CLONE_THREAD, 1, 0),
		RETURN(SECCOMP_RET_ERRNO | EPERM),
		RETURN(SECCOMP_RET_ALLOW),
	};

	if (!PL_SANITIZED)
		set_filter(filter, sizeof(filter) / sizeof(*filter));
}

#else /* MACHINE */

static void forbid_network(void)
{
}

static void forbid_processes(void)
{
}

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
	 LANDLOCK_ACCESS_FS_MAKE_REG)

/* Grants plain files beneath DIRECTORY; what cannot be granted stays forbidden. */
static void grant(int ruleset, const char *directory)
{
	struct landlock_path_beneath_attr rule = {
		.allowed_access = GRANTED,
		.parent_fd = open(directory, O_PATH | O_DIRECTORY | O_CLOEXEC),
	};

	if (rule.parent_fd < 0)
		return;
	(void)syscall(__NR_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
	close(rule.parent_fd);
}

static void forbid_writing(const char *directory)
{
	const struct landlock_ruleset_attr rules = {.handled_access_fs = HANDLED};
	int fd = (int)syscall(__NR_landlock_create_ruleset, &rules, sizeof(rules), 0);

	if (fd < 0)
		return;
	if (directory)
		grant(fd, directory);
	(void)syscall(__NR_landlock_restrict_self, fd, 0);
	close(fd);
}

void pl_confine(const char *directory)
{
	/* Without it neither is granted to an ordinary user. */
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0)
		return;
	forbid_writing(directory);
	forbid_network();
	forbid_processes();
}
