/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_NOTIFIER_CALL_H
#define KMOD_NOTIFIER_CALL_H

#include "helpers.h"

#include <linux/kernel.h>

/* The event is zeroes there. By hand: a function's checks of sizes would be code that never runs. */
static inline void kmod_name(struct kmod_event *event, const char *name)
{
	size_t at;

	for (at = 0; at < sizeof(event->name) - 1 && name[at]; at++)
		event->name[at] = name[at];
}

/* What the handler says of it: 0 at once if it is not known. */
static inline int kmod_tell(struct notifier_block *block, const struct kmod_event *event)
{
	struct kmod_notifier *notifier = container_of(block, struct kmod_notifier, block);

	return event->what ? notifier->handler(notifier, event) : 0;
}

#endif
