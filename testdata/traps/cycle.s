# SPDX-License-Identifier: MIT
# DWARF 4 by hand: struct page with one member, whose type CYCLE says (1: a typedef of itself, 2: const
# and volatile of each other, 3: struct page itself, 4: an array of itself, 5: a type that is no type).
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
	.byte 0x38, 0x0b	# data_member_location, data1
	.byte 0, 0
	.uleb128 4		# a typedef
	.uleb128 0x16
	.byte 0
	.byte 0x03, 0x08
	.byte 0x49, 0x13
	.byte 0, 0
	.uleb128 5		# const
	.uleb128 0x26
	.byte 0
	.byte 0x49, 0x13
	.byte 0, 0
	.uleb128 6		# volatile
	.uleb128 0x35
	.byte 0
	.byte 0x49, 0x13
	.byte 0, 0
	.uleb128 7		# an array
	.uleb128 0x01
	.byte 1
	.byte 0x49, 0x13
	.byte 0, 0
	.uleb128 8		# of so many
	.uleb128 0x21
	.byte 0
	.byte 0x2f, 0x0b	# upper_bound, data1
	.byte 0, 0
	.uleb128 9		# a variable
	.uleb128 0x34
	.byte 0
	.byte 0x03, 0x08
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
	.string "cycle.c"
record:
	.uleb128 2
	.string "page"
	.byte 64
	.uleb128 3
	.string "member"
	.if CYCLE == 1
	.long alias - unit
	.elseif CYCLE == 2
	.long constant - unit
	.elseif CYCLE == 3
	.long record - unit
	.elseif CYCLE == 4
	.long array - unit
	.else
	.long variable - unit
	.endif
	.byte 0
	.byte 0
alias:
	.uleb128 4
	.string "alias_t"
	.long alias - unit
constant:
	.uleb128 5
	.long volatile - unit
volatile:
	.uleb128 6
	.long constant - unit
array:
	.uleb128 7
	.long array - unit
	.uleb128 8
	.byte 1
	.byte 0
variable:
	.uleb128 9
	.string "v"
	.byte 0
unit_end:
