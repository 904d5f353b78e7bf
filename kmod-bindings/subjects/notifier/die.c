// SPDX-License-Identifier: GPL-2.0-only
#include "call.h"

#include <linux/kdebug.h>
#include <linux/ptrace.h>

static int notified(struct notifier_block *block, unsigned long what, void *data)
{
	const struct die_args *args = data;
	struct kmod_event event = {
		.what = what == DIE_OOPS ? KMOD_DIE_OOPS : KMOD_DIE_OTHER,
		.number = args->trapnr,
		.value = args->signr,
		.more = args->regs && user_mode(args->regs),
		.error = args->err,
	};

	if (args->str)
		kmod_name(&event, args->str);
	kmod_tell(block, &event);
	return NOTIFY_DONE;
}

int kmod_die_register(struct kmod_notifier *notifier, kmod_notified_t handler)
{
	notifier->handler = handler;
	notifier->block.notifier_call = notified;
	return register_die_notifier(&notifier->block);
}

void kmod_die_unregister(struct kmod_notifier *notifier)
{
	unregister_die_notifier(&notifier->block);
}
