/* SPDX-License-Identifier: MIT */
/* Whether this is a build with the address sanitizer, which needs more memory and rights than
 * others. */
#ifndef PAGELAP_SUPPORT_SANITIZED_H
#define PAGELAP_SUPPORT_SANITIZED_H

#if defined(__SANITIZE_ADDRESS__)
#define PL_SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define PL_SANITIZED 1
#endif
#endif
#ifndef PL_SANITIZED
#define PL_SANITIZED 0
#endif

#endif
