// SPDX-License-Identifier: GPL-2.0-only
/* A file of its own: only a module with such works needs it. */
#include "helpers.h"

void kmod_delayed_work_open(struct kmod_delayed_work *work,
			    void (*function)(struct work_struct *work),
			    struct workqueue_struct *queue)
{
	INIT_DELAYED_WORK(&work->work, function);
	work->queue = queue;
	kmod_gate_open(&work->gate);
}

void kmod_delayed_work_shut(struct kmod_delayed_work *work)
{
	kmod_gate_shut(&work->gate);
	cancel_delayed_work(&work->work);
}

void kmod_delayed_work_end(struct kmod_delayed_work *work)
{
	cancel_delayed_work_sync(&work->work);
}

int kmod_delayed_work_queue(struct kmod_delayed_work *work, unsigned long jiffies_from_now)
{
	int queued = KMOD_WORK_SHUT;

	/* The header of a kernel knows which of its queues is that of most works. */
	kmod_gate_pass(&work->gate, queued = likely(!work->queue) ?
			schedule_delayed_work(&work->work, jiffies_from_now) :
			queue_delayed_work(work->queue, &work->work, jiffies_from_now));
	return queued;
}

/*
 * No inline function of the header does this on the queue of most works: what is pending is taken off,
 * and it is queued anew. Nobody queues it in between, since all come through the gate.
 */
bool kmod_delayed_work_arm(struct kmod_delayed_work *work, unsigned long jiffies_from_now)
{
	return kmod_gate_pass(&work->gate, likely(!work->queue) ?
			(cancel_delayed_work(&work->work),
			 schedule_delayed_work(&work->work, jiffies_from_now)) :
			mod_delayed_work(work->queue, &work->work, jiffies_from_now));
}

bool kmod_delayed_work_disarm(struct kmod_delayed_work *work)
{
	/* Through the gate: behind a shut one, somebody else waits for its end. */
	bool was_pending = false;

	kmod_gate_pass(&work->gate, was_pending = cancel_delayed_work(&work->work));
	return was_pending;
}

bool kmod_delayed_work_is_pending(const struct kmod_delayed_work *work)
{
	return kmod_gate_is_home(&work->gate) && delayed_work_pending(&work->work);
}
