/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_SETTLE_H
#define KMOD_SETTLE_H

#include "wait.h"

void kmod_wait_queue_settle(struct kmod_wait_queue *queue);

/* Before anything is queued: initialises the queue where it is. */
static inline void settle(struct kmod_wait_queue *queue)
{
	if (unlikely(smp_load_acquire(&queue->home) != queue))
		kmod_wait_queue_settle(queue);
}

#endif
