// SPDX-License-Identifier: GPL-2.0-only
#include "call.h"

#include <linux/reboot.h>

static int notified(struct notifier_block *block, unsigned long what, void *command)
{
	struct kmod_event event = {};

	switch (what) {
	case SYS_RESTART:
		event.what = KMOD_REBOOT_RESTART;
		break;
	case SYS_HALT:
		event.what = KMOD_REBOOT_HALT;
		break;
	case SYS_POWER_OFF:
		event.what = KMOD_REBOOT_POWER_OFF;
		break;
	}
	kmod_tell(block, &event);
	return NOTIFY_DONE;
}

int kmod_reboot_register(struct kmod_notifier *notifier, kmod_notified_t handler)
{
	notifier->handler = handler;
	notifier->block.notifier_call = notified;
	return register_reboot_notifier(&notifier->block);
}

void kmod_reboot_unregister(struct kmod_notifier *notifier)
{
	unregister_reboot_notifier(&notifier->block);
}
