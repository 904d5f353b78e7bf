/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_WATCHDOG_H
#define KMOD_WATCHDOG_H

#include <linux/watchdog.h>

#include "../class/helpers.h"

/* Each gets the watchdog's data; what it has not is NULL. */
struct kmod_watchdog_ops {
	int (*start)(void *data, unsigned int timeout);
	int (*stop)(void *data);
	int (*ping)(void *data);
	/* Gives what it is now. */
	int (*set_timeout)(void *data, unsigned int timeout);
	unsigned int (*get_timeleft)(void *data);
};

/* What a watchdog is. All of it stays. Times are seconds. */
struct kmod_watchdog_plan {
	const char *identity;
	unsigned int timeout;
	unsigned int min_timeout;
	unsigned int max_timeout; /* 0 if there is none */
	bool nowayout;
	bool stop_on_unregister;
};

struct kmod_watchdog;

/* Registers a watchdog below "parent", which may be NULL, or gives an ERR_PTR. */
struct kmod_watchdog *kmod_watchdog_make(struct device *parent,
					 const struct kmod_watchdog_plan *plan,
					 const struct kmod_watchdog_ops *ops, void *data);

/* Takes it back, and waits for its functions. Sleeps. */
void kmod_watchdog_end(struct kmod_watchdog *watchdog);

#endif
