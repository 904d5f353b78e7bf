// SPDX-License-Identifier: GPL-2.0-only
#include "queue.h"

#include <linux/jiffies.h>
#include <linux/kernel.h>

unsigned long kmod_wait_queue_wakes(const struct kmod_wait_queue *queue)
{
	return atomic_long_read_acquire(&queue->wakes);
}

static bool woken(const struct kmod_wait_queue *queue, unsigned long seen)
{
	return (unsigned long)atomic_long_read_acquire(&queue->wakes) != seen;
}

long kmod_wait_queue_wait(struct kmod_wait_queue *queue, unsigned long seen, unsigned int state,
			  bool exclusive, long timeout)
{
	might_sleep();
	settle(queue);
	return ___wait_event(queue->head, ___wait_cond_timeout(woken(queue, seen)), state,
			     exclusive, timeout, __ret = schedule_timeout(__ret));
}

long kmod_timeout(unsigned int msecs)
{
	return min_t(unsigned long, msecs_to_jiffies(msecs), MAX_SCHEDULE_TIMEOUT - 1);
}
