/* SPDX-License-Identifier: MIT */
/* What a process that reads foreign input never needs, taken from it by the kernel. */
#ifndef PAGELAP_SUPPORT_CONFINE_H
#define PAGELAP_SUPPORT_CONFINE_H

/*
 * From now on the calling process and its threads can open no socket, run no
 * other program, start no process, look into none and send none a signal, raise
 * no limit, share no memory, queue, key or namespace with others, ask nothing of a
 * terminal, and neither write, empty, make, rename nor remove a file, but for plain
 * files in DIRECTORY (NULL: nowhere), nor change a file's owner, mode, times and
 * attributes; what is open already stays so. Of what the superuser may, only
 * to read is left. Sanitizers start processes to look for leaks and to name
 * functions: in their builds processes and limits are not forbidden. No privileges
 * are needed. What the running kernel cannot forbid (seccomp filters: on the
 * machines that confine_calls.c names; Landlock: since 5.13, where it is switched
 * on) stays allowed.
 */
void pl_confine(const char *directory);

#endif
