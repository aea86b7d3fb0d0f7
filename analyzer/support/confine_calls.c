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

/* Younger than the headers of some systems; these have the same number on each of the machines. */
enum {
	PROCESS_MRELEASE = 448,
	FCHMODAT2 = 452,
	SETXATTRAT = 463,
	REMOVEXATTRAT = 466,
	FILE_SETATTR = 469,
};

/* Where the halves of argument N stand: the low one, and the one above it. */
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
#define ARGUMENT(n) (offsetof(struct seccomp_data, args[n]) + 4)
#define ARGUMENT_ABOVE(n) offsetof(struct seccomp_data, args[n])
#else
#define ARGUMENT(n) offsetof(struct seccomp_data, args[n])
#define ARGUMENT_ABOVE(n) (offsetof(struct seccomp_data, args[n]) + 4)
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
	FCHMODAT2,
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
	SETXATTRAT,
	__NR_removexattr,
	__NR_lremovexattr,
	__NR_fremovexattr,
	REMOVEXATTRAT,
	FILE_SETATTR,
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
	__NR_fork,
	__NR_vfork,
#endif
	__NR_execve,
	__NR_execveat,
	__NR_ptrace,
	__NR_kcmp,
	__NR_process_vm_readv,
	__NR_process_vm_writev,
	__NR_process_madvise,
	PROCESS_MRELEASE,
	__NR_pidfd_getfd,
	__NR_pidfd_send_signal,
	__NR_tkill,
	__NR_rt_sigqueueinfo,
	__NR_rt_tgsigqueueinfo,
	__NR_setpriority,
	__NR_ioprio_set,
	__NR_sched_setaffinity,
	__NR_sched_setattr,
	__NR_sched_setparam,
	__NR_sched_setscheduler,
	__NR_migrate_pages,
	__NR_move_pages,
#ifdef __NR_setrlimit
	__NR_setrlimit,
#endif
};

/* What all processes of a user, or of the machine, have in common. */
static const uint32_t on_the_system[] = {
#ifdef __NR_ipc
	__NR_ipc,
#endif
#ifdef __NR_shmget
	__NR_shmget,
	__NR_shmat,
	__NR_shmctl,
	__NR_msgget,
	__NR_msgsnd,
	__NR_msgrcv,
	__NR_msgctl,
	__NR_semget,
	__NR_semctl,
#endif
#ifdef __NR_semop
	__NR_semop,
#endif
#ifdef __NR_semtimedop
	__NR_semtimedop,
#endif
	__NR_mq_open,
	__NR_mq_unlink,
	__NR_add_key,
	__NR_request_key,
	__NR_keyctl,
	__NR_unshare,
	__NR_setns,
	__NR_chroot,
	__NR_pivot_root,
	__NR_mount,
	__NR_umount2,
	__NR_fsopen,
	__NR_fspick,
	__NR_fsconfig,
	__NR_fsmount,
	__NR_open_tree,
	__NR_move_mount,
	__NR_mount_setattr,
	__NR_open_by_handle_at,
	__NR_bpf,
	__NR_perf_event_open,
	__NR_userfaultfd,
};

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

enum {
	PLAIN = COUNT(on_files) + COUNT(on_the_network) + COUNT(on_the_system) +
		COUNT(on_processes),
	OTHERS = 64,
};

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
	/* It sets attributes of files, and types into terminals; no reader needs any. */
	refuse(filter, __NR_ioctl, ENOTTY);
	refuse_all(filter, on_files, COUNT(on_files), EACCES);
}

/* A call whose first argument is the process that it is for. */
static void add_for_itself(struct filter *filter, uint32_t number)
{
	ADD(filter, IF_EQUAL(number, 4), LOAD(ARGUMENT(0)), IF_EQUAL((uint32_t)getpid(), 1),
	    RETURN(SECCOMP_RET_ALLOW), REFUSE(EPERM));
}

/* Limits may be asked for, its own; none may be set. */
static void add_limits(struct filter *filter)
{
	ADD(filter, IF_EQUAL(__NR_prlimit64, 9), LOAD(ARGUMENT(2)), IF_EQUAL(0, 6),
	    LOAD(ARGUMENT_ABOVE(2)), IF_EQUAL(0, 4), LOAD(ARGUMENT(0)),
	    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 0, 1, 0), IF_EQUAL((uint32_t)getpid(), 1),
	    RETURN(SECCOMP_RET_ALLOW), REFUSE(EPERM));
}

/* Threads stay possible: libclang has one of its own; so do signals to itself, as of abort(). */
static void add_processes(struct filter *filter)
{
	add_for_itself(filter, __NR_kill);
	add_for_itself(filter, __NR_tgkill);
	add_limits(filter);
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
	refuse_all(&filter, on_the_system, COUNT(on_the_system), EPERM);
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
