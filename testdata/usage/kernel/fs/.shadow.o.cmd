savedcmd_fs/shadow.o := gcc -Wp,-MMD,fs/.shadow.o.d -nostdinc -I./include -include ./include/linux/compiler-version.h -include ./include/linux/kconfig.h -include ./include/linux/compiler_types.h -D__KERNEL__ -std=gnu11 -fms-extensions -fshort-wchar -funsigned-char -O2 -Wall -mno-sse -DKBUILD_MODNAME='"shadow"' -c -o fs/shadow.o fs/shadow.c

source_fs/shadow.o := fs/shadow.c
