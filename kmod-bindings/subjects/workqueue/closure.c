// SPDX-License-Identifier: GPL-2.0-only
/* A file of its own: only a module that puts closures on its queue needs it. */
#include "helpers.h"

bool kmod_queue_run(struct kmod_queue_gate *gate, struct workqueue_struct *const *queue,
		    struct work_struct *work, void (*function)(struct work_struct *work))
{
	INIT_WORK(work, function);
	return kmod_gate_pass(&gate->gate, queue_work(*queue, work));
}

bool kmod_queue_is_open(const struct kmod_queue_gate *gate)
{
	return READ_ONCE(gate->gate.open);
}
