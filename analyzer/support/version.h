/* SPDX-License-Identifier: MIT */
/* The version of pagelap; CMakeLists.txt reads it from here. */
#ifndef PAGELAP_SUPPORT_VERSION_H
#define PAGELAP_SUPPORT_VERSION_H

#define PL_VERSION "0.1.0"

#endif
