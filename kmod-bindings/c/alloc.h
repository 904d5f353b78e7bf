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

/*
 * Memory of at least that alignment, a power of two; NULL when there is none.
 * To be freed by kvfree().
 */
void *kmod_alloc(size_t size, size_t align, gfp_t flags);

#endif
