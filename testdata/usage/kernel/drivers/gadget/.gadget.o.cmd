savedcmd_drivers/gadget/gadget.o := gcc -Wp,-MMD,drivers/gadget/.gadget.o.d -nostdinc -I./include -include ./include/linux/compiler-version.h -include ./include/linux/kconfig.h -include ./include/linux/compiler_types.h -D__KERNEL__ -std=gnu11 -fms-extensions -fshort-wchar -funsigned-char -O2 -Wall -mno-sse -DKBUILD_MODNAME='"gadget"' -c -o drivers/gadget/gadget.o drivers/gadget/gadget.c

source_drivers/gadget/gadget.o := drivers/gadget/gadget.c
