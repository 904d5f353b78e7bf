// SPDX-License-Identifier: GPL-2.0-only
/* A file of its own: only a module that polls has an entry in the table of locked instructions. */
#include "queue.h"

void kmod_poll_wait(struct file *file, struct kmod_wait_queue *queue,
		    struct poll_table_struct *table)
{
	/* Who does not want to wait reads what is ready, and no more. */
	if (!table || !table->_qproc)
		return;
	settle(queue);
	poll_wait(file, &queue->head, table);
	/* Newer kernels have this in poll_wait(). See kmod_wait_queue_wake(). */
	smp_mb();
}
