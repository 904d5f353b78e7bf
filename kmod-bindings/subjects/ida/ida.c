// SPDX-License-Identifier: GPL-2.0-only
#include <linux/slab.h>

#include "helpers.h"

struct kmod_ida *kmod_ida_make(void)
{
	struct kmod_ida *ida = kmalloc(sizeof(*ida), GFP_KERNEL);

	if (ida)
		ida_init(&ida->ida);
	return ida;
}

void kmod_ida_free(struct kmod_ida *ida)
{
	ida_destroy(&ida->ida);
	kfree(ida);
}

int kmod_ida_alloc(struct kmod_ida *ida, unsigned int min, unsigned int max)
{
	return ida_alloc_range(&ida->ida, min, max, GFP_KERNEL);
}

int kmod_ida_alloc_atomic(struct kmod_ida *ida, unsigned int min, unsigned int max)
{
	return ida_alloc_range(&ida->ida, min, max, GFP_ATOMIC);
}

void kmod_ida_put(struct kmod_ida *ida, unsigned int number)
{
	ida_free(&ida->ida, number);
}
