/* SPDX-License-Identifier: MIT */
#include "support/confine_internal.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

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

/* Younger than the headers of some systems; these have the same number on each of the machines. */
#ifndef __NR_fchmodat2
#define __NR_fchmodat2 452
#endif
#ifndef __NR_setxattrat
#define __NR_setxattrat 463
#endif
#ifndef __NR_removexattrat
#define __NR_removexattrat 466
#endif
#ifndef __NR_file_setattr
#define __NR_file_setattr 469
#endif

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
#define REFUSE(error) RETURN(SECCOMP_RET_ERRNO | (error))
/* Goes on to the next instruction if what was loaded is VALUE, or has one of BITS; else past
 * OTHERS. */
#define IF_EQUAL(value, others) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, value, 0, others)
#define IF_ANY(bits, others) BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, bits, 0, others)

/* Calls by which files are changed that need not be open for writing; no sanitizer makes them. */
static const uint32_t on_files[] = {
#ifdef __NR_creat
	__NR_creat,
#endif
	__NR_truncate,
#ifdef __NR_truncate64
	__NR_truncate64,
#endif
#ifdef __NR_chmod
	__NR_chmod,
#endif
	__NR_fchmod,
	__NR_fchmodat,
	__NR_fchmodat2,
#ifdef __NR_chown
	__NR_chown,
	__NR_lchown,
#endif
#ifdef __NR_chown32
	__NR_chown32,
	__NR_lchown32,
	__NR_fchown32,
#endif
	__NR_fchown,
	__NR_fchownat,
#ifdef __NR_utime
	__NR_utime,
#endif
#ifdef __NR_utimes
	__NR_utimes,
#endif
#ifdef __NR_futimesat
	__NR_futimesat,
#endif
	__NR_utimensat,
#ifdef __NR_utimensat_time64
	__NR_utimensat_time64,
#endif
	__NR_setxattr,
	__NR_lsetxattr,
	__NR_fsetxattr,
	__NR_setxattrat,
	__NR_removexattr,
	__NR_lremovexattr,
	__NR_fremovexattr,
	__NR_removexattrat,
	__NR_file_setattr,
};

static const uint32_t on_the_network[] = {
#ifdef __NR_socketcall
	__NR_socketcall,
#endif
	__NR_socket,
	__NR_socketpair,
	__NR_io_uring_setup,
};

static const uint32_t on_processes[] = {
#ifdef __NR_fork
	__NR_fork,	  __NR_vfork,
#endif
	__NR_execve,	  __NR_execveat, __NR_ptrace, __NR_process_vm_readv, __NR_process_vm_writev,
	__NR_pidfd_getfd,
};

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

enum { PLAIN = COUNT(on_files) + COUNT(on_the_network) + COUNT(on_processes), OTHERS = 40 };

/* A filter while it is made; there is room for all that is added below. */
struct filter {
	struct sock_filter code[2 * PLAIN + OTHERS];
	unsigned short length;
};

static void add(struct filter *filter, const struct sock_filter *code, size_t count)
{
	for (size_t i = 0; i < count; i++)
		filter->code[filter->length++] = code[i];
}

#define ADD(filter, ...)                                                                           \
	add(filter, (const struct sock_filter[]){__VA_ARGS__},                                     \
	    COUNT(((const struct sock_filter[]){__VA_ARGS__})))

/* Calls of another machine's, which have other numbers, are not even tried. */
static void begin(struct filter *filter)
{
	ADD(filter, LOAD(offsetof(struct seccomp_data, arch)),
	    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, MACHINE, 1, 0), RETURN(SECCOMP_RET_KILL_PROCESS),
	    LOAD(offsetof(struct seccomp_data, nr)));
#ifdef __x86_64__
	/* x32: the same calls under other numbers. */
	ADD(filter, BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, 0x40000000, 0, 1),
	    RETURN(SECCOMP_RET_KILL_PROCESS));
#endif
}

static void refuse(struct filter *filter, uint32_t number, uint32_t error)
{
	ADD(filter, IF_EQUAL(number, 1), REFUSE(error));
}

static void refuse_all(struct filter *filter, const uint32_t *numbers, size_t count, uint32_t error)
{
	for (size_t i = 0; i < count; i++)
		refuse(filter, numbers[i], error);
}

/* Files stay as they are, also one that is opened to be read. */
static void add_files(struct filter *filter)
{
#ifdef __NR_open
	ADD(filter, IF_EQUAL(__NR_open, 4), LOAD(ARGUMENT(1)), IF_ANY(O_TRUNC, 1), REFUSE(EACCES),
	    RETURN(SECCOMP_RET_ALLOW));
#endif
	ADD(filter, IF_EQUAL(__NR_openat, 4), LOAD(ARGUMENT(2)), IF_ANY(O_TRUNC, 1), REFUSE(EACCES),
	    RETURN(SECCOMP_RET_ALLOW));
	refuse(filter, __NR_openat2, ENOSYS); /* its flags are out of sight; openat() takes over */
	/* Attributes of files are set by it, too; no reader needs any. */
	refuse(filter, __NR_ioctl, ENOTTY);
	refuse_all(filter, on_files, COUNT(on_files), EACCES);
}

/* Threads stay possible: libclang has one of its own. */
static void add_processes(struct filter *filter)
{
	ADD(filter, IF_EQUAL(__NR_clone, 4), LOAD(ARGUMENT(CLONE_FLAGS)), IF_ANY(CLONE_THREAD, 1),
	    RETURN(SECCOMP_RET_ALLOW), REFUSE(EPERM));
	refuse(filter, __NR_clone3, ENOSYS); /* its flags are out of sight; clone() takes over */
	refuse_all(filter, on_processes, COUNT(on_processes), EPERM);
}

void pl_confine_calls(void)
{
	struct filter filter = {.length = 0};
	struct sock_fprog program = {.filter = filter.code};

	begin(&filter);
	add_files(&filter);
	refuse_all(&filter, on_the_network, COUNT(on_the_network), EPERM);
	if (!PL_SANITIZED)
		add_processes(&filter);
	ADD(&filter, RETURN(SECCOMP_RET_ALLOW));
	program.len = filter.length;
	(void)prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0);
}

#else /* MACHINE */

void pl_confine_calls(void)
{
}

#endif
