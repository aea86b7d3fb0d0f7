/* SPDX-License-Identifier: MIT */
#ifndef PAGELAP_SUPPORT_CONFINE_INTERNAL_H
#define PAGELAP_SUPPORT_CONFINE_INTERNAL_H

/*
 * Refuses the calling process and its threads system calls that a reader never makes.
 * Nothing is lost where no filter can be set: there was none before.
 */
void pl_confine_calls(void);

#endif
