// SPDX-License-Identifier: GPL-2.0-only
/* A file of its own: only a module that names one of these queues needs it. */
#include "helpers.h"

/*
 * The new name of `system_unbound_wq`, which has been back-ported. No macro tells of it, and the version
 * would lie; where there is no such symbol, its address is NULL.
 */
extern struct workqueue_struct *system_dfl_wq __weak;

/*
 * Its address, as a number in memory: where code has addresses relative to itself, it would take one that
 * may be NULL from a GOT, which modules have not.
 */
static struct workqueue_struct **const volatile dfl = &system_dfl_wq;

struct workqueue_struct *kmod_system_queue(unsigned int which)
{
	struct workqueue_struct **unbound = dfl;

	switch (which) {
	case KMOD_QUEUE_HIGHPRI:
		return system_highpri_wq;
	case KMOD_QUEUE_LONG:
		return system_long_wq;
	case KMOD_QUEUE_FREEZABLE:
		return system_freezable_wq;
	case KMOD_QUEUE_UNBOUND:
		return unbound ? *unbound : system_unbound_wq;
	default:
		return NULL;
	}
}
