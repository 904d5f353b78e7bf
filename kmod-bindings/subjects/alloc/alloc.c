// SPDX-License-Identifier: GPL-2.0-only
#include "helpers.h"

#include <linux/kernel.h>
#include <linux/log2.h>

/* The allocators WARN about what can never be; here it is an error like any other. */
void *kmod_kvmalloc(size_t size, gfp_t flags)
{
	return size > INT_MAX ? NULL : kvmalloc(size, flags);
}

void *kmod_alloc(size_t size, size_t align, gfp_t flags)
{
	if (size > INT_MAX || align > INT_MAX)
		return NULL;
	/*
	 * kmalloc() aligns a size that is a power of two to itself, others to
	 * ARCH_KMALLOC_MINALIGN only. Above its caches it gives whole pages.
	 */
	if (align > ARCH_KMALLOC_MINALIGN &&
	    (size <= KMALLOC_MAX_CACHE_SIZE || align > PAGE_SIZE))
		size = roundup_pow_of_two(max(size, align));
	/* vmalloc() aligns to pages, and may sleep. */
	if (align <= PAGE_SIZE && (flags & GFP_KERNEL) == GFP_KERNEL)
		return kvmalloc(size, flags);
	if (size > KMALLOC_MAX_SIZE)
		return NULL;
	return kmalloc(size, flags);
}

/* Of a constant size, kmalloc() is a call of the allocator for the cache of that size. */
#define KMALLOC(n)								\
	KMOD_KMALLOC(n)								\
	{									\
		return kmalloc(n, GFP_KERNEL);					\
	}

KMALLOC(8)
KMALLOC(16)
KMALLOC(32)
KMALLOC(64)
KMALLOC(96)
KMALLOC(128)
KMALLOC(192)
KMALLOC(256)
KMALLOC(512)
KMALLOC(1024)
KMALLOC(2048)
KMALLOC(4096)
