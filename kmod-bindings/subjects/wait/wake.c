// SPDX-License-Identifier: GPL-2.0-only
/* A file of its own: only a module that wakes has an entry in the table of locked instructions. */
#include "helpers.h"

void kmod_wait_queue_wake(struct kmod_wait_queue *queue, unsigned int mode, int nr,
			  unsigned int events)
{
	/*
	 * A full barrier on both sides. It pairs with the one between a sleeper's (or poll's) way
	 * into the queue and its look at the count (or at what poll's handler looks at): either we
	 * find it in the queue, or it finds the change. That a queue which is not settled here is
	 * empty is the same argument, since it is settled before anything is queued.
	 */
	atomic_long_inc_return(&queue->wakes);
	if (smp_load_acquire(&queue->home) == queue && waitqueue_active(&queue->head))
		__wake_up(&queue->head, mode, nr, poll_to_key(events));
}
