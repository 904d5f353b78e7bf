/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_BATTERY_HOOK_H
#define KMOD_BATTERY_HOOK_H

#include <linux/types.h>

/* What a hook does, of the battery of this name. Each gets the data; what it has not is NULL. */
struct kmod_battery_hook_ops {
	int (*add_battery)(void *data, const char *battery);
	int (*get_property)(void *data, const char *battery, unsigned int property, int *value);
	int (*set_property)(void *data, const char *battery, unsigned int property, int value);
};

struct kmod_battery_hook;

/*
 * Adds files to the kernel's batteries, to those that come later, too, or gives an ERR_PTR: those of the properties
 * (numbers of KMOD_PSY_PROPERTIES), of which the first can be written.
 */
struct kmod_battery_hook *kmod_battery_hook_make(const unsigned char *properties,
						 unsigned int count, unsigned int writable,
						 const struct kmod_battery_hook_ops *ops,
						 void *data);

/* Takes the files away, and waits for the functions. Sleeps. */
void kmod_battery_hook_end(struct kmod_battery_hook *hook);

#endif
