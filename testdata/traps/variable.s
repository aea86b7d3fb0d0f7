# SPDX-License-Identifier: MIT
# DWARF 4 by hand, as of languages whose types are as large as they come: struct page with two words. VARIABLE 1: its
# size is an expression; 2: the place of its second word is a list of locations.
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
	.if VARIABLE == 1
	.byte 0x0b, 0x18	# byte_size, exprloc
	.else
	.byte 0x0b, 0x0b	# byte_size, data1
	.endif
	.byte 0, 0
	.uleb128 3		# a member
	.uleb128 0x0d
	.byte 0
	.byte 0x03, 0x08
	.byte 0x49, 0x13	# type, ref4
	.byte 0x38, 0x0b	# data_member_location, data1
	.byte 0, 0
	.uleb128 4		# another
	.uleb128 0x0d
	.byte 0
	.byte 0x03, 0x08
	.byte 0x49, 0x13
	.if VARIABLE == 2
	.byte 0x38, 0x17	# data_member_location, sec_offset
	.else
	.byte 0x38, 0x06	# data_member_location, data4
	.endif
	.byte 0, 0
	.uleb128 5		# a base type
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
	.value 4
	.long 0
	.byte 8
	.uleb128 1
	.byte 12
	.string "variable.c"
word:
	.uleb128 5
	.string "long"
	.byte 8, 5
	.uleb128 2
	.string "page"
	.if VARIABLE == 1
	.byte 1, 0x40		# lit16
	.else
	.byte 16
	.endif
	.uleb128 3
	.string "flags"
	.long word - unit
	.byte 0
	.uleb128 4
	.string "rest"
	.long word - unit
	.long 8
	.byte 0
	.byte 0
unit_end:
