/* SPDX-License-Identifier: MIT */
/* What a process that reads foreign input never needs, taken from it by the kernel. */
#ifndef PAGELAP_SUPPORT_CONFINE_H
#define PAGELAP_SUPPORT_CONFINE_H

#include <stdbool.h>

/*
 * From now on the calling process and its threads can open no socket, run no
 * other program, start no process, look into none, and, unless it WRITES, neither
 * write, make, rename nor remove a file; what is open already stays so. Sanitizers start
 * processes to look for leaks and to name functions: in their builds only
 * sockets and files are forbidden. No privileges are needed. What the running
 * kernel cannot forbid (seccomp filters: on the machines that confine.c names;
 * Landlock: since 5.13, where it is switched on) stays allowed.
 */
void pl_confine(bool writes);

#endif
