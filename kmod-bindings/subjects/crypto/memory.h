/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_CRYPTO_MEMORY_H
#define KMOD_CRYPTO_MEMORY_H

#include <linux/mm.h>
#include <linux/sched/task_stack.h>
#include <linux/slab.h>

/* Whether a scatter list may have it: not what is on a stack, in a module or vmalloc()'s. */
static inline bool kmod_crypto_is_linear(void *memory)
{
	return virt_addr_valid(memory) && !object_is_on_stack(memory);
}

/* Memory that it may have, or NULL; the kernel would warn of a size that it never has. */
static inline void *kmod_crypto_alloc(size_t size)
{
	return size <= KMALLOC_MAX_SIZE ? kzalloc(size, GFP_KERNEL) : NULL;
}

#endif
