savedcmd_drivers/gadget/template.o := gcc -Wp,-MMD,drivers/gadget/.template.o.d -nostdinc -I./include -include ./include/linux/compiler-version.h -include ./include/linux/kconfig.h -include ./include/linux/compiler_types.h -D__KERNEL__ -std=gnu11 -fms-extensions -fshort-wchar -funsigned-char -O2 -Wall -mno-sse -DKBUILD_MODNAME='"template"' -c -o drivers/gadget/template.o drivers/gadget/template.c

source_drivers/gadget/template.o := drivers/gadget/template.c
