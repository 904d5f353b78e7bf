// SPDX-License-Identifier: GPL-2.0-only
/* A file of its own: only a module with a queue of its own needs it. */
#include "helpers.h"
#include "../../compat/workqueue.h"

/*
 * Newer kernels want to be told, by this bit, that a queue's works stay on their CPUs; older ones do not
 * look at it. It is an enumerator, which the preprocessor does not see.
 */
#define KMOD_WQ_PERCPU (1 << 8)

struct workqueue_struct *kmod_workqueue_make(const char *name, unsigned int flags, bool ordered,
					     int max_active)
{
	if (ordered)
		return alloc_ordered_workqueue("%s", flags, name);
	if (!(flags & WQ_UNBOUND))
		flags |= KMOD_WQ_PERCPU;
	return alloc_workqueue("%s", flags, max_active, name);
}

void kmod_workqueue_settle(struct workqueue_struct *queue)
{
	kmod_compat_workqueue_settle(queue);
}

void kmod_queue_open(struct kmod_queue_gate *gate)
{
	kmod_gate_open(&gate->gate);
}

void kmod_queue_shut(struct kmod_queue_gate *gate)
{
	kmod_gate_shut(&gate->gate);
}
