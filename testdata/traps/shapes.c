// SPDX-License-Identifier: MIT
/*
 * A host and two overlays in the shapes that configurations give them, and
 * what the compiler makes of them: .names and .witness say, in one order,
 * what each member is called and where it lies, in bytes.
 */
#include <stddef.h>
#include <stdint.h>

#ifndef PAGE_SHIFT
#define PAGE_SHIFT 12
#endif
#ifndef RANDOM
#define RANDOM
#endif

/* A device's address may be wider than a pointer. */
#ifdef WIDE_DMA
typedef uint64_t dma_addr_t;
#else
typedef unsigned long dma_addr_t;
#endif

struct list_head {
	struct list_head *next, *prev;
};

struct lock_map {
	void *key, *class[2];
	const char *name;
	unsigned char wait_type[2];
	int cpu;
};

#ifdef REALTIME
typedef struct {
	struct {
		unsigned wait_lock;
		struct {
			void *root, *leftmost;
		} waiters;
		void *owner;
	} lock;
#ifdef LOCKDEP
	struct lock_map dep_map;
#endif
} spinlock_t;
#else
typedef struct {
	unsigned slock;
#ifdef LOCKDEP
	unsigned magic, owner_cpu;
	void *owner;
	struct lock_map dep_map;
#endif
} spinlock_t;
#endif

struct page {
	unsigned long flags;
	union {
		struct {
			struct list_head lru;
			void *mapping;
			unsigned long index;
		};
		struct {
			unsigned long pp_magic;
			void *pp;
			unsigned long _pp_mapping_pad;
			dma_addr_t dma_addr;
		};
	};
	union {
		unsigned page_type;
		int _mapcount;
	};
	int _refcount;
#ifdef CHECKED
	struct page *kmsan_shadow, *kmsan_origin;
#endif
	unsigned char per_page[(1 << PAGE_SHIFT) / 4096];
} RANDOM;

struct slab {
	unsigned long flags;
	void *slab_cache;
	struct {
		unsigned inuse : 16;
		unsigned objects : PAGE_SHIFT;
		unsigned frozen : 1;
	};
} RANDOM;

struct ptdesc {
	unsigned long pt_flags;
	struct list_head pt_list;
#if defined(LOCKDEP) || defined(REALTIME)
	spinlock_t *ptl;
#else
	spinlock_t ptl;
#endif
	spinlock_t inner;
} RANDOM;

#define MEMBERS(X)                                                                                 \
	X(page, flags)                                                                             \
	X(page, lru.next)                                                                          \
	X(page, lru.prev)                                                                          \
	X(page, mapping)                                                                           \
	X(page, index)                                                                             \
	X(page, pp_magic)                                                                          \
	X(page, pp)                                                                                \
	X(page, dma_addr)                                                                          \
	X(page, page_type)                                                                         \
	X(page, _mapcount)                                                                         \
	X(page, _refcount)                                                                         \
	X(page, per_page)                                                                          \
	X(slab, flags)                                                                             \
	X(slab, slab_cache)                                                                        \
	X(ptdesc, pt_flags)                                                                        \
	X(ptdesc, pt_list.next)                                                                    \
	X(ptdesc, ptl)                                                                             \
	X(ptdesc, inner)

#define NAME(record, member) #record " " #member "\n"
#define PLACE(record, member) offsetof(struct record, member), sizeof(((struct record *)0)->member),

__attribute__((section(".names"), used)) const char names[] = MEMBERS(NAME) "page\nslab\nptdesc\n";
__attribute__((section(".witness"), used)) const uint32_t witness[] = {
	MEMBERS(PLACE) 0, sizeof(struct page), 0, sizeof(struct slab), 0, sizeof(struct ptdesc)};

struct page *a_page;
struct slab *a_slab;
struct ptdesc *a_ptdesc;
