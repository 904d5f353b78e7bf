// SPDX-License-Identifier: GPL-2.0-only
/* A file of its own: only modules with locks that name their holders need it. */
#include <linux/preempt.h>
#include <linux/sched/task.h>

#include "helpers.h"

void kmod_task_keep(void)
{
	/* The task that an interrupt has interrupted goes on, or the kernel panics. */
	if (in_task())
		get_task_struct(current);
}
