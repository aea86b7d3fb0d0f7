/* SPDX-License-Identifier: MIT */
/*
 * Every kind of access, and what is none. What is expected of a line stands at
 * its end: record.field and kind, then what else there is to say; of a line
 * without a comment nothing is.
 */
#include <linux/mm.h>

/* Plain expressions. */
void plain(struct page *page, struct page *other, unsigned long value)
{
	value = page->index;				/*= page.index read */
	page->index = value;				/*= page.index write */
	page->index += value;				/*= page.index read-write */
	page->private++;				/*= page.private read-write */
	--page->private;				/*= page.private read-write */
	if (page->mapping)				/*= page.mapping read */
		page->mapping = other->mapping;		/*= page.mapping write; page.mapping read */
	(void)page->index;				/*= page.index read */
	page->index;					/*= page.index read */
	(*page).index = 1;				/*= page.index write */
	page[2].index = page[1].index;			/*= page.index write; page.index read */
	value ? page->index : page->private;		/*= page.index read; page.private read */
	value = (page->index, page->private);		/*= page.index read; page.private read */
	page->index = other->index = value;		/*= page.index write; page.index write */
	page->flags |= 1UL << PG_dirty;			/*= page.flags read-write */
	value = page->pages[value];			/*= page.pages read */
	page->pages[1] = value;				/*= page.pages write */
	page->_mapcount.counter = -1;			/*= page._mapcount.counter write */
}

/* Members of members, and members that have no name of their own. */
void nested(struct page *page, struct folio *folio, struct slab *slab, struct list_head *list)
{
	page->lru.next = page->lru.prev;		/*= page.lru.next write; page.lru.prev read */
	*list = page->lru;				/*= page.lru read */
	page->lru = *list;				/*= page.lru write */
	folio->page.index = 1;				/*= page.index write */
	slab->freelist = NULL;				/*= slab.freelist write */
	slab->inuse++;					/*= slab.inuse read-write */
	slab->frozen = slab->objects > 1;		/*= slab.frozen write; slab.objects read */
	(&page->lru)->next = list;			/*= page.lru.next write */
	page->lru.next->prev = list;			/*= page.lru.next read */
}

/* Addresses: what they are handed to says what becomes of them. */
void addresses(struct page *page, struct folio *folio, struct list_head *list, int bit)
{
	unsigned long *word = &page->flags;		/*= page.flags address */

	atomic_inc(&page->_refcount);			/*= page._refcount read-write callee=atomic_inc */
	atomic_set(&page->_mapcount, -1);		/*= page._mapcount write callee=atomic_set */
	set_bit(PG_locked, &page->flags);		/*= page.flags read-write callee=set_bit bits=PG_locked */
	set_bit(bit, &folio->flags);			/*= folio.flags read-write callee=set_bit */
	if (test_bit(PG_dirty, &folio->flags))		/*= folio.flags read callee=test_bit bits=PG_dirty */
		list_add(&page->lru, list);		/*= page.lru read-write callee=list_add */
	list_add(list, (struct list_head *)&folio->lru);/*= folio.lru read-write callee=list_add */
	if (list_empty(&page->lru))			/*= page.lru read callee=list_empty */
		list_del(bit ? &page->lru : list);	/*= page.lru read-write callee=list_del */
	whatever(&page->private);			/*= page.private address callee=whatever */
	whatever(page->pages);				/*= page.pages address callee=whatever */
	whatever(word);
	*&page->index = 1;				/*= page.index write */
	cmpxchg(&page->private, 0, 1);			/*= page.private read-write callee=cmpxchg through=cmpxchg */
}

/* Addresses that helpers return. */
void helpers(struct folio *folio, struct page *page)
{
	set_bit(PG_head, folio_flags(folio, 1));	/*= page.flags read-write callee=set_bit bits=PG_head through=folio_flags */
	*folio_flags(folio, 0) = 0;			/*= page.flags write through=folio_flags */
	spin_lock(pte_lockptr(page));			/*= ptdesc.ptl read-write callee=spin_lock through=pte_lockptr */
	whatever(ptlock_ptr(page_ptdesc(page)));	/*= ptdesc.ptl address callee=whatever through=ptlock_ptr */
}

/* Macros: the place is where the macro is used. */
void macros(struct page *page, struct page *other, struct list_head *list)
{
	unsigned long value = READ_ONCE(page->flags);	/*= page.flags read through=READ_ONCE */

	WRITE_ONCE(page->flags, value);			/*= page.flags write through=WRITE_ONCE */
	value = page_private(page);			/*= page.private read through=page_private */
	page_private(page) = value;			/*= page.private write through=page_private */
	list_for_each_entry(page, list, lru)		/*= page.lru.next read through=list_for_each_entry */
		page->index = 0;			/*= page.index write */
	other = container_of(page->lru.next, struct page, lru); /*= page.lru.next read through=container_of */
}

/* All of a record. */
void whole(struct page *page, struct page *other, struct slab *slab)
{
	struct page copy = *page;			/*= page.* read */

	*page = *other;					/*= page.* write; page.* read */
	*page = copy;					/*= page.* write; page.* read */
	memset(page, 0, sizeof(*page));			/*= page.* write callee=memset */
	memcpy(slab, page + 1, sizeof(*slab));		/*= slab.* write callee=memcpy; page.* read callee=memcpy */
	memset(&page->lru, 0, sizeof(page->lru));	/*= page.lru write callee=memset */
	*page = (struct page){.index = 1};		/*= page.* write */
}

/* Parts of what a call, a statement or a choice gives as a whole. */
struct page copy_of(struct page *page);

void values(struct page *page, struct page *other, unsigned long value)
{
	value = copy_of(page).index;			/*= page.index read */
	value = ({ *page; }).index;			/*= page.* read; page.index read */
	value = (value ? *page : *other).lru.next == NULL; /*= page.* read; page.* read; page.lru.next read */
	value = (copy_of(page).lru).prev != NULL;	/*= page.lru.prev read */
	value = __extension__ page->index;		/*= page.index read */
	value = copy_of(page).pages[1];			/*= page.pages read */
}

/* Nothing of this touches memory. */
void nothing(struct page *page)
{
	__typeof__(page->index) value = 0;
	unsigned long size = sizeof(page->mapping) + sizeof(page->lru.next->prev);
	char array[sizeof(page->index)];

	size += offsetof(struct page, private);
	value = (__typeof__(page->private))size;
	static_assert(sizeof(page->index) == 8);
	if (__builtin_constant_p(page->index))
		whatever(array + value);
	if (__builtin_types_compatible_p(__typeof__(page->index), long))
		whatever(page);
}

/* Pointers to one record that are taken for pointers to another. */
void casts(struct page *page, struct folio *folio, struct slab *slab)
{
	struct slab *of_page = (struct slab *)page;	/*= cast page slab */
	struct page *of_slab = (void *)slab;
	struct page *of_folio = &folio->page;		/*= cast folio page */

	((struct folio *)page)->index = 1;		/*= cast page folio; folio.index write */
	whatever((struct page *)(void *)of_page);	/*= cast slab page */
	whatever((struct slab *)folio);
	whatever(of_slab == of_folio ? of_slab : NULL);
	whatever(&folio->page);				/*= cast folio page */
	prefetch(&folio->page);				/*= cast folio page */
	prefetch((struct slab *)page);			/*= cast page slab */
	prefetch(&page->index);
	memset(&folio->page, 0, sizeof(*page));		/*= cast folio page; page.* write callee=memset; folio.page write callee=memset */
}

/* What a sanitizer does with its own notes of memory, and what it is told of pages. */
void sanitizers(struct page *page, struct folio *folio)
{
	kmsan_unpoison_memory(&page->index, sizeof(page->index));
	kmsan_copy_page_meta(&folio->page, page);	/*= cast folio page */
	kmsan_handle_dma(&page->index);			/*= page.index address callee=kmsan_handle_dma */
}

/* A statement of assembler may do either. */
void assembler(struct page *page)
{
	__asm__("incq %0" : "+m"(page->private));	/*= page.private read-write */
	__asm__("" : : "r"(page->index));		/*= page.index read */
}

/* What is chosen by type, and blocks that are expressions. */
unsigned long choices(struct page *page, struct folio *folio)
{
	unsigned long value = _Generic((page), struct page *: page->index, default: 0UL); /*= page.index read */

	value += __builtin_choose_expr(1, folio->index, 0UL); /*= folio.index read */
	value += ({ int one = 1; page->private + one; });	/*= page.private read */
	return *({ &page->flags; });				/*= page.flags read */
}

struct holder {
	struct page *page;
	struct page own;
};

struct page *get_page(struct holder *holder);

/* However the record is reached. */
void reached(struct holder *holder, struct holder *holders)
{
	holder->page->index = 1;			/*= page.index write */
	holder->own.index = 1;				/*= page.index write */
	holders[3].page[4].index++;			/*= page.index read-write */
	get_page(holder)->private = 1;			/*= page.private write */
	page_folio(holder->page)->index = 1;		/*= folio.index write */
	get_page(holders)[1].lru.prev = NULL;		/*= page.lru.prev write */
}

static struct list_head *list_of(struct page *page)
{
	return &page->lru;				/*= page.lru address */
}

/* A member of what a helper returns the address of, and what stands around an object. */
void parts(struct page *page, struct list_head *list)
{
	list_of(page)->next = list;			/*= page.lru.next write through=list_of */
	list_add(list, list_of(page)->prev);		/*= page.lru.prev read through=list_of */
	(*list_of(page)).prev = NULL;			/*= page.lru.prev write through=list_of */
	list_of(page);					/*= page.lru address through=list_of */
	__extension__ page->index = 1;			/*= page.index write */
	(list ? page : NULL)->private = 1;		/*= page.private write */
	(page->index, page)->private = 1;		/*= page.index read; page.private write */
	-page->index;					/*= page.index read */
	!page->mapping;					/*= page.mapping read */
}

struct wrap {
	struct list_head list;
	unsigned long value;
};

/* Records among initializers are copied, too. */
void initializers(struct page *page, struct page *other, struct wrap *wrap)
{
	struct wrap named = {.list = page->lru, .value = page->index};	/*= page.lru read; page.index read */
	struct wrap plain = {page->lru, page->index};	/*= page.lru read; page.index read */
	struct list_head lists[] = {[1] = page->lru, [2 ... 3] = other->lru}; /*= page.lru read; page.lru read */
	struct page pages[2] = {*page, [1] = *other};	/*= page.* read; page.* read */
	struct { struct wrap wrap; } inner = {{page->lru}}; /*= page.lru read */
	void *addresses[] = {page->pages, &page->flags}; /*= page.pages address; page.flags address */
	unsigned long constants[] = {
		offsetof(struct page, lru), [3] = sizeof(page->lru),
		__builtin_types_compatible_p(__typeof__(page->lru), __typeof__(page->index))};

	*wrap = (struct wrap){.list = page->lru};	/*= page.lru read */
}

struct page *new_page(void);

/* All of a record, however its address comes to be. */
void whole_of(struct page *page, struct page *other, unsigned long value, struct list_head *list)
{
	memset(new_page(), 0, sizeof(*page));		/*= page.* write callee=memset */
	memset((struct page *)value, 0, sizeof(*page));	/*= page.* write callee=memset */
	memset(page++, 0, sizeof(*page));		/*= page.* write callee=memset */
	memset(page += value, 0, sizeof(*page));	/*= page.* write callee=memset */
	memset(page = other, 0, sizeof(*page));		/*= page.* write callee=memset */
	memset(value ? page : new_page(), 0, sizeof(*page)); /*= page.* write callee=memset; page.* write callee=memset */
	memset(({ page; }), 0, sizeof(*page));		/*= page.* write callee=memset */
	memset((void *)(unsigned long)page, 0, sizeof(*page)); /*= page.* write callee=memset */
	memset(container_of(list, struct page, lru), 0, sizeof(*page)); /*= page.* write callee=memset through=container_of */
	memset((char *)page + 8, 0, 8);
	memset(list, 0, sizeof(*list));
}

struct space {
	unsigned long flags;
};

/* Bits are those of the word that is meant, not of what is read on the way to it. */
void way(struct page *page, unsigned long value)
{
	set_bit(PG_head, &((struct space *)page->mapping)->flags); /*= page.mapping read */
	set_bit(PG_head, (unsigned long *)page->private); /*= page.private read */
}

/* Sizes of arrays, and choices with two operands. */
void sizes(struct page *page, struct list_head *list, unsigned long value)
{
	char array[page->index];			/*= page.index read */
	char rows[2][page->private + 1][value];		/*= page.private read */
	__typeof__(page->lru) lists[value];
	__typeof__(page->flags + 1) words[3];

	list_add(list ?: &page->lru, list);		/*= page.lru read-write callee=list_add */
	value = page->index ?: page->private;		/*= page.index read; page.private read */
	list_del(page->lru.next ?: list);		/*= page.lru.next read */
	whatever(array);
	whatever(rows);
	whatever(lists);
	whatever(words);
}

#define peek(page)                                                                                 \
	({                                                                                         \
		whatever(&(page)->private);                                                        \
		(page)->private;                                                                   \
	})
#define poke(page)                                                                                 \
	({                                                                                         \
		whatever(&(page)->private);                                                        \
		(page)->private = 1;                                                               \
	})
#define look(page)                                                                                 \
	({                                                                                         \
		unsigned long *__word = &(page)->private;                                          \
		(page)->private + *__word;                                                         \
	})
#define wait_var_event(var, condition)                                                             \
	({                                                                                         \
		whatever(__var_waitqueue(var));                                                    \
		init_wait_var_entry(NULL, var, 0);                                                 \
		while (!(condition))                                                               \
			;                                                                          \
	})

void *__var_waitqueue(void *var);
void init_wait_var_entry(void *entry, void *var, int flags);

/* An address that is handed to who knows whom may be written, whatever else the macro does. */
void together(struct page *page)
{
	peek(page);					/*= page.private address callee=whatever through=peek */
	poke(page);					/*= page.private read-write through=poke */
	look(page);					/*= page.private read through=look */
	wait_var_event(&page->private, page->private == 1); /*= page.private read through=wait_var_event */
}

void memset_page(struct page *page, unsigned long offset, int value, unsigned long size);

/* The memory that a page stands for is not the record. */
void contents(struct page *page)
{
	memset_page(page, 0, 0, 8);
}

static unsigned long *later(struct page *page);
static unsigned long *latest(struct page *page, int depth);

/* Helpers that stand behind their first use, and behind each other. */
void early(struct page *page)
{
	*later(page) = 1;				/*= page.index write through=later */
	set_bit(PG_head, latest(page, 1));		/*= page.flags read-write callee=set_bit bits=PG_head through=latest */
}

static unsigned long *later(struct page *page)
{
	*latest(page, 0) = 0;				/*= page.flags write through=latest */
	return &page->index;				/*= page.index address */
}

static unsigned long *latest(struct page *page, int depth)
{
	return depth ? latest(page, depth - 1) : &page->flags; /*= page.flags address; page.flags address through=latest */
}
