// SPDX-License-Identifier: GPL-2.0-only
#include <linux/slab.h>

#include "helpers.h"

struct srcu_struct *kmod_srcu_make(void)
{
	struct srcu_struct *readers = kzalloc(sizeof(*readers), GFP_KERNEL);

	if (readers && init_srcu_struct(readers)) {
		kfree(readers);
		return NULL;
	}
	return readers;
}

void kmod_srcu_free(struct srcu_struct *readers)
{
	cleanup_srcu_struct(readers);
#ifdef CONFIG_TREE_SRCU
	/* With a reader left it does nothing but warn: what it had at work may still be. */
	if (readers->sda)
		return;
#endif
	kfree(readers);
}

int kmod_srcu_read_lock(struct srcu_struct *readers)
{
	return srcu_read_lock(readers);
}

/* The inline function looks whether the index can be one, which it is here. */
void kmod_srcu_read_unlock(struct srcu_struct *readers, int index)
{
#ifdef CONFIG_DEBUG_LOCK_ALLOC
	srcu_read_unlock(readers, index);
#else
	__srcu_read_unlock(readers, index);
#endif
}
