/* SPDX-License-Identifier: MIT */
/* Nothing here depends on the compiler. */
