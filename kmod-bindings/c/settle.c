// SPDX-License-Identifier: GPL-2.0-only
#include "settle.h"

#include <linux/spinlock.h>

/* Several may find the queue at a new place at once; one of them initialises it. */
void kmod_wait_queue_settle(struct kmod_wait_queue *queue)
{
	static DEFINE_RAW_SPINLOCK(settling);
	unsigned long flags;

	raw_spin_lock_irqsave(&settling, flags);
	if (queue->home != queue) {
		init_waitqueue_head(&queue->head);
		smp_store_release(&queue->home, queue);
	}
	raw_spin_unlock_irqrestore(&settling, flags);
}
