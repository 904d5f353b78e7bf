// SPDX-License-Identifier: GPL-2.0-only
/* A file of its own: only a module that names one of these queues needs it. */
#include "helpers.h"

/*
 * The new name of `system_unbound_wq`, which has been back-ported. No macro tells of it, and the version
 * would lie; where there is no such symbol, its address is NULL.
 */
extern struct workqueue_struct *system_dfl_wq __weak;

struct workqueue_struct *kmod_system_queue(unsigned int which)
{
	switch (which) {
	case KMOD_QUEUE_HIGHPRI:
		return system_highpri_wq;
	case KMOD_QUEUE_LONG:
		return system_long_wq;
	case KMOD_QUEUE_FREEZABLE:
		return system_freezable_wq;
	case KMOD_QUEUE_UNBOUND:
		return &system_dfl_wq ? system_dfl_wq : system_unbound_wq;
	default:
		return NULL;
	}
}
