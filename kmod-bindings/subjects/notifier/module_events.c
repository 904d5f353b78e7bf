// SPDX-License-Identifier: GPL-2.0-only
#include "call.h"

#include <linux/module.h>

static int notified(struct notifier_block *block, unsigned long what, void *data)
{
	const struct module *module = data;
	struct kmod_event event = {};
	int error;

	switch (what) {
	case MODULE_STATE_COMING:
		event.what = KMOD_MODULE_COMING;
		break;
	case MODULE_STATE_LIVE:
		event.what = KMOD_MODULE_LIVE;
		break;
	case MODULE_STATE_GOING:
		event.what = KMOD_MODULE_GOING;
		break;
	}
	kmod_name(&event, module->name);
	error = kmod_tell(block, &event);
	/* Nobody looks at what is said of the others, but those after it would not hear of them. */
	return what == MODULE_STATE_COMING ? notifier_from_errno(error) : NOTIFY_DONE;
}

int kmod_module_events_register(struct kmod_notifier *notifier, kmod_notified_t handler)
{
	notifier->handler = handler;
	notifier->block.notifier_call = notified;
	return register_module_notifier(&notifier->block);
}

void kmod_module_events_unregister(struct kmod_notifier *notifier)
{
	unregister_module_notifier(&notifier->block);
}
