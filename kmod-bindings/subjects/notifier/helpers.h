/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_NOTIFIER_H
#define KMOD_NOTIFIER_H

#include <linux/notifier.h>
#include <linux/types.h>

/* What has happened, of whichever chain; each says what of it it fills. */
struct kmod_event {
	unsigned int what; /* of the chain's own, below; 0 for what is not known */
	int number;
	unsigned int value;
	unsigned int more;
	long error;
	unsigned char name[64]; /* ends with a NUL */
};

struct kmod_notifier;

/* What is told of it. It returns 0, a negative errno to refuse it, or KMOD_EVENT_TAKEN. */
typedef int (*kmod_notified_t)(struct kmod_notifier *notifier, const struct kmod_event *event);

/* A notifier: all zeroes until it is registered. */
struct kmod_notifier {
	struct notifier_block block;
	struct hlist_node node; /* of the chain of CPUs, which has no block */
	int state;              /* of the same */
	kmod_notified_t handler;
};

static const int KMOD_EVENT_TAKEN = 1;

/* what is about to be */
static const unsigned int KMOD_REBOOT_RESTART = 1;
static const unsigned int KMOD_REBOOT_HALT = 2;
static const unsigned int KMOD_REBOOT_POWER_OFF = 3;

/* name: the module's */
static const unsigned int KMOD_MODULE_COMING = 1;
static const unsigned int KMOD_MODULE_LIVE = 2;
static const unsigned int KMOD_MODULE_GOING = 3;

/* name, number: the device's; value: the inode of its namespace */
static const unsigned int KMOD_NETDEVICE_UP = 1;
static const unsigned int KMOD_NETDEVICE_DOWN = 2;
static const unsigned int KMOD_NETDEVICE_CHANGE = 3;
static const unsigned int KMOD_NETDEVICE_REGISTER = 4;
static const unsigned int KMOD_NETDEVICE_UNREGISTER = 5;
static const unsigned int KMOD_NETDEVICE_CHANGE_MTU = 6;
static const unsigned int KMOD_NETDEVICE_CHANGE_ADDR = 7;
static const unsigned int KMOD_NETDEVICE_GOING_DOWN = 8;
static const unsigned int KMOD_NETDEVICE_CHANGE_NAME = 9;
static const unsigned int KMOD_NETDEVICE_PRE_UP = 10;
static const unsigned int KMOD_NETDEVICE_PRE_CHANGE_MTU = 11;
static const unsigned int KMOD_NETDEVICE_PRE_CHANGE_ADDR = 12;
static const unsigned int KMOD_NETDEVICE_OTHER = 13;

/* name, number: the device's; value: the address; more: the length of its prefix */
static const unsigned int KMOD_INETADDR_UP = 1;
static const unsigned int KMOD_INETADDR_DOWN = 2;

static const unsigned int KMOD_PM_HIBERNATION_PREPARE = 1;
static const unsigned int KMOD_PM_POST_HIBERNATION = 2;
static const unsigned int KMOD_PM_SUSPEND_PREPARE = 3;
static const unsigned int KMOD_PM_POST_SUSPEND = 4;
static const unsigned int KMOD_PM_RESTORE_PREPARE = 5;
static const unsigned int KMOD_PM_POST_RESTORE = 6;

/* value: of the key; number: whether it is down; more: the shifts that are held */
static const unsigned int KMOD_KEYBOARD_KEYCODE = 1;
static const unsigned int KMOD_KEYBOARD_UNBOUND = 2;
static const unsigned int KMOD_KEYBOARD_UNICODE = 3;
static const unsigned int KMOD_KEYBOARD_KEYSYM = 4;
static const unsigned int KMOD_KEYBOARD_POST_KEYSYM = 5;

/* name: what it is; number: of the trap; value: the signal; more: whether a task did it; error: the trap's */
static const unsigned int KMOD_DIE_OOPS = 1;
static const unsigned int KMOD_DIE_OTHER = 2;

/* name: what is said of it */
static const unsigned int KMOD_PANIC = 1;

/* number: of the CPU */
static const unsigned int KMOD_CPU_ONLINE = 1;
static const unsigned int KMOD_CPU_OFFLINE = 2;

/*
 * For each chain: "handler" may be called at once, and until "unregister" has returned, which waits
 * for it. Both sleep. 0, or the kernel's errno.
 */
int kmod_reboot_register(struct kmod_notifier *notifier, kmod_notified_t handler);
void kmod_reboot_unregister(struct kmod_notifier *notifier);
int kmod_module_events_register(struct kmod_notifier *notifier, kmod_notified_t handler);
void kmod_module_events_unregister(struct kmod_notifier *notifier);
int kmod_netdevice_register(struct kmod_notifier *notifier, kmod_notified_t handler);
void kmod_netdevice_unregister(struct kmod_notifier *notifier);
int kmod_inetaddr_register(struct kmod_notifier *notifier, kmod_notified_t handler);
void kmod_inetaddr_unregister(struct kmod_notifier *notifier);
int kmod_pm_register(struct kmod_notifier *notifier, kmod_notified_t handler);
void kmod_pm_unregister(struct kmod_notifier *notifier);
int kmod_keyboard_register(struct kmod_notifier *notifier, kmod_notified_t handler);
void kmod_keyboard_unregister(struct kmod_notifier *notifier);
int kmod_die_register(struct kmod_notifier *notifier, kmod_notified_t handler);
void kmod_die_unregister(struct kmod_notifier *notifier);
int kmod_panic_register(struct kmod_notifier *notifier, kmod_notified_t handler);
void kmod_panic_unregister(struct kmod_notifier *notifier);
int kmod_cpu_register(struct kmod_notifier *notifier, kmod_notified_t handler);
void kmod_cpu_unregister(struct kmod_notifier *notifier);

#endif
