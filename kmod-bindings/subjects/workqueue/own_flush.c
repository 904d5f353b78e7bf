// SPDX-License-Identifier: GPL-2.0-only
/* A file of its own: only a module that waits for its queue needs it. */
#include "helpers.h"

void kmod_workqueue_flush(struct workqueue_struct *queue)
{
	flush_workqueue(queue);
}
