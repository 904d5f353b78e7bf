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

/*
 * ___wait_event(), but that it looks once more when the task has been woken, before it goes into the
 * queue again: mostly that is all.
 */
static long wait(struct kmod_wait_queue *queue, unsigned long seen, unsigned int state,
		 bool exclusive, long left)
{
	struct wait_queue_entry entry;
	bool is_done = false;
	long interrupted;

	init_wait_entry(&entry, exclusive ? WQ_FLAG_EXCLUSIVE : 0);
	for (;;) {
		interrupted = prepare_to_wait_event(&queue->head, &entry, state);
		is_done = woken(queue, seen) || kmod_is_to_leave();
		if (is_done || !left)
			break;
		/* It is in the queue no more. */
		if (interrupted)
			return interrupted;
		left = schedule_timeout(left);
		is_done = woken(queue, seen) || kmod_is_to_leave();
		if (is_done)
			break;
	}
	finish_wait(&queue->head, &entry);
	return is_done && !left ? 1 : left;
}

long kmod_wait_queue_wait(struct kmod_wait_queue *queue, unsigned long seen, unsigned int state,
			  bool exclusive, long timeout)
{
	struct kmod_sleeper sleeper;
	long left;

	might_sleep();
	settle(queue);
	kmod_sleeper_begins(&sleeper);
	left = wait(queue, seen, state, exclusive, timeout);
	kmod_sleeper_ends(&sleeper);
	return left > 0 && !woken(queue, seen) && kmod_is_to_leave() ? -ENODEV : left;
}

long kmod_timeout(unsigned int msecs)
{
	return min_t(unsigned long, msecs_to_jiffies(msecs), MAX_SCHEDULE_TIMEOUT - 1);
}
