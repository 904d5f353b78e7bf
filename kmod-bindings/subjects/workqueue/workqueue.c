// SPDX-License-Identifier: GPL-2.0-only
#include "helpers.h"

void kmod_work_open(struct kmod_work *work, void (*function)(struct work_struct *work),
		    struct workqueue_struct *queue)
{
	INIT_WORK(&work->work, function);
	work->queue = queue;
	kmod_gate_open(&work->gate);
}

void kmod_work_shut(struct kmod_work *work)
{
	kmod_gate_shut(&work->gate);
}

void kmod_work_end(struct kmod_work *work)
{
	cancel_work_sync(&work->work);
}

int kmod_work_queue(struct kmod_work *work)
{
	int queued = KMOD_WORK_SHUT;

	/* The header of a kernel knows which of its queues is that of most works. */
	kmod_gate_pass(&work->gate, queued = likely(!work->queue) ?
			schedule_work(&work->work) : queue_work(work->queue, &work->work));
	return queued;
}

bool kmod_work_is_pending(const struct kmod_work *work)
{
	return kmod_gate_is_home(&work->gate) && work_pending(&work->work);
}
