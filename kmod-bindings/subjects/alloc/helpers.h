/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_ALLOC_H
#define KMOD_ALLOC_H

#include <linux/gfp.h>
#include <linux/mm.h>
#include <linux/slab.h>

static const gfp_t KMOD_GFP_KERNEL = GFP_KERNEL;
static const gfp_t KMOD_GFP_KERNEL_ACCOUNT = GFP_KERNEL_ACCOUNT;
static const gfp_t KMOD_GFP_ATOMIC = GFP_ATOMIC;
static const gfp_t KMOD_GFP_NOWAIT = GFP_NOWAIT;
static const gfp_t KMOD_GFP_NOIO = GFP_NOIO;
static const gfp_t KMOD_GFP_NOFS = GFP_NOFS;
static const gfp_t KMOD_GFP_ZERO = __GFP_ZERO;
static const gfp_t KMOD_GFP_NOWARN = __GFP_NOWARN;

/* Memory of n bytes, with GFP_KERNEL; NULL when there is none. To be freed by kfree(). */
#define KMOD_KMALLOC(n) void *kmod_kmalloc_##n(void)

KMOD_KMALLOC(8);
KMOD_KMALLOC(16);
KMOD_KMALLOC(32);
KMOD_KMALLOC(64);
KMOD_KMALLOC(96);
KMOD_KMALLOC(128);
KMOD_KMALLOC(192);
KMOD_KMALLOC(256);
KMOD_KMALLOC(512);
KMOD_KMALLOC(1024);
KMOD_KMALLOC(2048);
KMOD_KMALLOC(4096);

/* Memory, with GFP_KERNEL at least; NULL when there is none. To be freed by kvfree(). */
void *kmod_kvmalloc(size_t size, gfp_t flags);

/*
 * Memory of at least that alignment, a power of two; NULL when there is none.
 * To be freed by kvfree(), or, up to a page of size and alignment, by kfree().
 */
void *kmod_alloc(size_t size, size_t align, gfp_t flags);

#endif
