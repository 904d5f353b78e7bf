// SPDX-License-Identifier: GPL-2.0-only
#include "queue.h"

void kmod_wait_queue_settle(struct kmod_wait_queue *queue)
{
	kmod_settle(queue, init_waitqueue_head(&queue->head));
}
