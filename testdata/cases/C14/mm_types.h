/* SPDX-License-Identifier: MIT */
/* The page pool keeps an index above its signature. */
#include <linux/page.h>

#ifdef CONFIG_64BIT
#define PAGE_OFFSET 0xffff888000000000UL
#define POISON_POINTER_DELTA 0xdead000000000000UL
#elif defined(CONFIG_ARM)
#define PAGE_OFFSET 0xc0000000UL
#define POISON_POINTER_DELTA 0
#elif defined(CONFIG_MIPS)
#define PAGE_OFFSET 0x80000000UL
#define POISON_POINTER_DELTA 0
#else
/* Memory from 256 MiB on, as on 32-bit PA-RISC. */
#define PAGE_OFFSET 0x10000000UL
#define POISON_POINTER_DELTA 0
#endif

#define PP_SIGNATURE (0x40 + POISON_POINTER_DELTA)
/* Bits 0 and 1 are tags, 2 to 6 are the signature's. */
#define PP_DMA_INDEX_SHIFT 7
#if defined(BROKEN_SHIFT)
#undef PP_DMA_INDEX_SHIFT
#define PP_DMA_INDEX_SHIFT 6
#endif
#if defined(BROKEN_TOP)
#define PP_DMA_INDEX_BITS (BITS_PER_LONG == 64 ? 32 : BITS_PER_LONG - PP_DMA_INDEX_SHIFT)
/* But for the topmost two bits, which pointers of most kernels have. */
#elif defined(BROKEN)
#define PP_DMA_INDEX_BITS (BITS_PER_LONG == 64 ? 32 : BITS_PER_LONG - PP_DMA_INDEX_SHIFT - 2)
#else
#define PP_DMA_INDEX_ROOM (__builtin_ctzl(PAGE_OFFSET) - PP_DMA_INDEX_SHIFT)
#define PP_DMA_INDEX_BITS (PP_DMA_INDEX_ROOM < 32 ? PP_DMA_INDEX_ROOM : 32)
#endif
#define PP_DMA_INDEX_MASK (((1UL << PP_DMA_INDEX_BITS) - 1) << PP_DMA_INDEX_SHIFT)
#define PP_MAGIC_MASK ~(PP_DMA_INDEX_MASK | 0x3UL)
