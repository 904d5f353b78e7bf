// SPDX-License-Identifier: GPL-2.0-only
#include "call.h"

#include <linux/keyboard.h>

static int notified(struct notifier_block *block, unsigned long what, void *data)
{
	const struct keyboard_notifier_param *key = data;
	struct kmod_event event = {
		.number = key->down,
		.value = key->value,
		.more = key->shift,
	};

	switch (what) {
	case KBD_KEYCODE:
		event.what = KMOD_KEYBOARD_KEYCODE;
		break;
	case KBD_UNBOUND_KEYCODE:
		event.what = KMOD_KEYBOARD_UNBOUND;
		break;
	case KBD_UNICODE:
		event.what = KMOD_KEYBOARD_UNICODE;
		break;
	case KBD_KEYSYM:
		event.what = KMOD_KEYBOARD_KEYSYM;
		break;
	case KBD_POST_KEYSYM:
		event.what = KMOD_KEYBOARD_POST_KEYSYM;
		break;
	}
	return kmod_tell(block, &event) == KMOD_EVENT_TAKEN ? NOTIFY_STOP : NOTIFY_DONE;
}

int kmod_keyboard_register(struct kmod_notifier *notifier, kmod_notified_t handler)
{
	notifier->handler = handler;
	notifier->block.notifier_call = notified;
	return register_keyboard_notifier(&notifier->block);
}

void kmod_keyboard_unregister(struct kmod_notifier *notifier)
{
	unregister_keyboard_notifier(&notifier->block);
}
