// SPDX-License-Identifier: GPL-2.0-only
/* A file of its own: only kernels with lockdep need it. */
#include "../sync/class.h"
#include "../sync/settle.h"
#include "helpers.h"

void kmod_wait_queue_classify(struct kmod_wait_queue *queue, const void *site, const char *name)
{
	if (!kmod_is_settled(queue))
		kmod_settle(queue, __init_waitqueue_head(&queue->head, name,
							 kmod_class_key(queue, site)));
}
