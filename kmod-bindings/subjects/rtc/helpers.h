/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_RTC_H
#define KMOD_RTC_H

#include <linux/rtc.h>

#include "../class/helpers.h"

/* Times are seconds since 1970. Each gets the clock's data; what it has not is NULL. */
struct kmod_rtc_ops {
	int (*read_time)(void *data, long long *time);
	int (*set_time)(void *data, long long time);
};

/* What a clock is: the times that it can have, both 0 for any. */
struct kmod_rtc_plan {
	long long range_min;
	unsigned long long range_max;
};

struct kmod_rtc;

/* Registers a clock below "parent", which has no other one, or gives an ERR_PTR. */
struct kmod_rtc *kmod_rtc_make(struct device *parent, const struct kmod_rtc_plan *plan,
			       const struct kmod_rtc_ops *ops, void *data);

/* Takes it back, and waits for its functions. Sleeps. */
void kmod_rtc_end(struct kmod_rtc *rtc);

#endif
