# SPDX-License-Identifier: MIT
# An assembler unit: its DWARF has a language of its own and no types.
	.text
	.globl in_assembler
in_assembler:
	nop
