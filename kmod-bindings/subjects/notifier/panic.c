// SPDX-License-Identifier: GPL-2.0-only
#include "call.h"
#include "../../compat/panic.h"

static int notified(struct notifier_block *block, unsigned long what, void *data)
{
	struct kmod_event event = { .what = KMOD_PANIC };

	if (data)
		kmod_name(&event, data);
	kmod_tell(block, &event);
	return NOTIFY_DONE;
}

int kmod_panic_register(struct kmod_notifier *notifier, kmod_notified_t handler)
{
	notifier->handler = handler;
	notifier->block.notifier_call = notified;
	return atomic_notifier_chain_register(&panic_notifier_list, &notifier->block);
}

void kmod_panic_unregister(struct kmod_notifier *notifier)
{
	atomic_notifier_chain_unregister(&panic_notifier_list, &notifier->block);
}
