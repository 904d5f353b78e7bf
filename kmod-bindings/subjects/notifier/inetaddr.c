// SPDX-License-Identifier: GPL-2.0-only
#include "call.h"

#include <linux/inetdevice.h>
#include <linux/netdevice.h>

static int notified(struct notifier_block *block, unsigned long what, void *data)
{
	const struct in_ifaddr *address = data;
	const struct net_device *device = address->ifa_dev->dev;
	struct kmod_event event = {
		.number = device->ifindex,
		.value = ntohl(address->ifa_local),
		.more = address->ifa_prefixlen,
	};

	switch (what) {
	case NETDEV_UP:
		event.what = KMOD_INETADDR_UP;
		break;
	case NETDEV_DOWN:
		event.what = KMOD_INETADDR_DOWN;
		break;
	}
	/* Who renames it has the lock that the chain is called under. */
	kmod_name(&event, device->name);
	kmod_tell(block, &event);
	return NOTIFY_DONE;
}

int kmod_inetaddr_register(struct kmod_notifier *notifier, kmod_notified_t handler)
{
	notifier->handler = handler;
	notifier->block.notifier_call = notified;
	return register_inetaddr_notifier(&notifier->block);
}

void kmod_inetaddr_unregister(struct kmod_notifier *notifier)
{
	unregister_inetaddr_notifier(&notifier->block);
}
