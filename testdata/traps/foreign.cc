// SPDX-License-Identifier: MIT
// Another language's idea of a slab, which is not the kernel's.
struct slab {
	char foreign[24];
};
slab a_foreign_slab;
