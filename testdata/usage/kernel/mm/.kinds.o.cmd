savedcmd_mm/kinds.o := gcc -Wp,-MMD,mm/.kinds.o.d -nostdinc -I./include -include ./include/linux/compiler-version.h -include ./include/linux/kconfig.h -include ./include/linux/compiler_types.h -D__KERNEL__ -std=gnu11 -fms-extensions -fshort-wchar -funsigned-char -O2 -Wall -mno-sse -DKBUILD_MODNAME='"kinds"' -c -o mm/kinds.o mm/kinds.c

source_mm/kinds.o := mm/kinds.c
