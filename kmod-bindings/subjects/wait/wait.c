// SPDX-License-Identifier: GPL-2.0-only
#include "queue.h"
#include "../sleeper/helpers.h"

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
	struct kmod_sleeper sleeper;
	long left;

	might_sleep();
	settle(queue);
	kmod_sleeper_begins(&sleeper);
	left = ___wait_event(queue->head,
			     ___wait_cond_timeout(woken(queue, seen) || kmod_is_to_leave()), state,
			     exclusive, timeout, __ret = schedule_timeout(__ret));
	kmod_sleeper_ends(&sleeper);
	return left > 0 && !woken(queue, seen) && kmod_is_to_leave() ? -ENODEV : left;
}

long kmod_timeout(unsigned int msecs)
{
	return min_t(unsigned long, msecs_to_jiffies(msecs), MAX_SCHEDULE_TIMEOUT - 1);
}
