// SPDX-License-Identifier: GPL-2.0-only
#include "call.h"

#include <linux/netdevice.h>

static unsigned int what_of(unsigned long what)
{
	switch (what) {
	case NETDEV_UP:
		return KMOD_NETDEVICE_UP;
	case NETDEV_DOWN:
		return KMOD_NETDEVICE_DOWN;
	case NETDEV_CHANGE:
		return KMOD_NETDEVICE_CHANGE;
	case NETDEV_REGISTER:
		return KMOD_NETDEVICE_REGISTER;
	case NETDEV_UNREGISTER:
		return KMOD_NETDEVICE_UNREGISTER;
	case NETDEV_CHANGEMTU:
		return KMOD_NETDEVICE_CHANGE_MTU;
	case NETDEV_CHANGEADDR:
		return KMOD_NETDEVICE_CHANGE_ADDR;
	case NETDEV_GOING_DOWN:
		return KMOD_NETDEVICE_GOING_DOWN;
	case NETDEV_CHANGENAME:
		return KMOD_NETDEVICE_CHANGE_NAME;
	case NETDEV_PRE_UP:
		return KMOD_NETDEVICE_PRE_UP;
	case NETDEV_PRECHANGEMTU:
		return KMOD_NETDEVICE_PRE_CHANGE_MTU;
	case NETDEV_PRE_CHANGEADDR:
		return KMOD_NETDEVICE_PRE_CHANGE_ADDR;
	default:
		return KMOD_NETDEVICE_OTHER;
	}
}

/* Of the others, nobody looks at what is said, but those after it would not hear of them. */
static bool may_refuse(unsigned long what)
{
	return what == NETDEV_PRE_UP || what == NETDEV_PRECHANGEMTU || what == NETDEV_PRE_CHANGEADDR;
}

static int notified(struct notifier_block *block, unsigned long what, void *data)
{
	struct net_device *device = netdev_notifier_info_to_dev(data);
	struct kmod_event event = {
		.what = what_of(what),
		.number = device->ifindex,
		.value = dev_net(device)->ns.inum,
	};
	int error;

	/* Who renames it has the lock that the chain is called under. */
	kmod_name(&event, device->name);
	error = kmod_tell(block, &event);
	return may_refuse(what) ? notifier_from_errno(error) : NOTIFY_DONE;
}

int kmod_netdevice_register(struct kmod_notifier *notifier, kmod_notified_t handler)
{
	notifier->handler = handler;
	notifier->block.notifier_call = notified;
	return register_netdevice_notifier(&notifier->block);
}

void kmod_netdevice_unregister(struct kmod_notifier *notifier)
{
	unregister_netdevice_notifier(&notifier->block);
}
