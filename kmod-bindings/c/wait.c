// SPDX-License-Identifier: GPL-2.0-only
#include "wait.h"

#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/spinlock.h>

/* Several may find the queue at a new place at once; one of them initialises it. */
static noinline void settle_slow(struct kmod_wait_queue *queue)
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

static void settle(struct kmod_wait_queue *queue)
{
	if (unlikely(smp_load_acquire(&queue->home) != queue))
		settle_slow(queue);
}

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

void kmod_poll_wait(struct file *file, struct kmod_wait_queue *queue,
		    struct poll_table_struct *table)
{
	settle(queue);
	poll_wait(file, &queue->head, table);
	/* Newer kernels have this in poll_wait(). See kmod_wait_queue_wake(). */
	smp_mb();
}

long kmod_timeout(unsigned int msecs)
{
	return min_t(unsigned long, msecs_to_jiffies(msecs), MAX_SCHEDULE_TIMEOUT - 1);
}
