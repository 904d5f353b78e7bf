/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_QUEUE_H
#define KMOD_QUEUE_H

#include "../sync/settle.h"
#include "helpers.h"

void kmod_wait_queue_settle(struct kmod_wait_queue *queue);

/* Before anything is queued: initialises the queue where it is. */
static inline void settle(struct kmod_wait_queue *queue)
{
	if (!kmod_is_settled(queue))
		kmod_wait_queue_settle(queue);
}

#endif
