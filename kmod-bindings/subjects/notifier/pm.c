// SPDX-License-Identifier: GPL-2.0-only
#include "call.h"

#include <linux/suspend.h>

static int notified(struct notifier_block *block, unsigned long what, void *data)
{
	struct kmod_event event = {};
	bool may_refuse = false;
	int error;

	switch (what) {
	case PM_HIBERNATION_PREPARE:
		event.what = KMOD_PM_HIBERNATION_PREPARE;
		may_refuse = true;
		break;
	case PM_POST_HIBERNATION:
		event.what = KMOD_PM_POST_HIBERNATION;
		break;
	case PM_SUSPEND_PREPARE:
		event.what = KMOD_PM_SUSPEND_PREPARE;
		may_refuse = true;
		break;
	case PM_POST_SUSPEND:
		event.what = KMOD_PM_POST_SUSPEND;
		break;
	case PM_RESTORE_PREPARE:
		event.what = KMOD_PM_RESTORE_PREPARE;
		may_refuse = true;
		break;
	case PM_POST_RESTORE:
		event.what = KMOD_PM_POST_RESTORE;
		break;
	}
	error = kmod_tell(block, &event);
	return may_refuse ? notifier_from_errno(error) : NOTIFY_DONE;
}

int kmod_pm_register(struct kmod_notifier *notifier, kmod_notified_t handler)
{
	notifier->handler = handler;
	notifier->block.notifier_call = notified;
	return register_pm_notifier(&notifier->block);
}

void kmod_pm_unregister(struct kmod_notifier *notifier)
{
	unregister_pm_notifier(&notifier->block);
}
