# SPDX-License-Identifier: MIT
# DWARF 2 by hand, as GCC 3 wrote it: struct page with a word, an array without elements, whose upper bound is -1 in 32
# bits, and an array that has no bounds at all.
	.section .debug_abbrev,"",@progbits
	.uleb128 1		# a unit
	.uleb128 0x11
	.byte 1
	.byte 0x13, 0x0b	# language, data1
	.byte 0x03, 0x08	# name, string
	.byte 0, 0
	.uleb128 2		# a struct
	.uleb128 0x13
	.byte 1
	.byte 0x03, 0x08
	.byte 0x0b, 0x0b	# byte_size, data1
	.byte 0, 0
	.uleb128 3		# a member
	.uleb128 0x0d
	.byte 0
	.byte 0x03, 0x08
	.byte 0x49, 0x13	# type, ref4
	.byte 0x38, 0x0a	# data_member_location, block1
	.byte 0, 0
	.uleb128 4		# an array
	.uleb128 0x01
	.byte 1
	.byte 0x49, 0x13
	.byte 0, 0
	.uleb128 5		# of so many
	.uleb128 0x21
	.byte 0
	.byte 0x2f, 0x06	# upper_bound, data4
	.byte 0, 0
	.uleb128 7		# an array of nobody says how many
	.uleb128 0x01
	.byte 0
	.byte 0x49, 0x13
	.byte 0, 0
	.uleb128 6		# a base type
	.uleb128 0x24
	.byte 0
	.byte 0x03, 0x08
	.byte 0x0b, 0x0b
	.byte 0x3e, 0x0b	# encoding, data1
	.byte 0, 0
	.byte 0

	.section .debug_info,"",@progbits
unit:
	.long unit_end - unit_start
unit_start:
	.value 2
	.long 0
	.byte 8
	.uleb128 1
	.byte 1			# C89
	.string "minus.c"
word:
	.uleb128 6
	.string "long unsigned int"
	.byte 8, 7
array:
	.uleb128 4
	.long word - unit
	.uleb128 5
	.long 0xffffffff
	.byte 0
open:
	.uleb128 7
	.long word - unit
	.uleb128 2
	.string "page"
	.byte 8
	.uleb128 3
	.string "flags"
	.long word - unit
	.byte 2, 0x23, 0	# plus_uconst
	.uleb128 3
	.string "rest"
	.long array - unit
	.byte 2, 0x23, 8
	.uleb128 3
	.string "last"
	.long open - unit
	.byte 2, 0x23, 8
	.byte 0
	.byte 0
unit_end:
