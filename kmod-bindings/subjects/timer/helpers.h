/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_TIMER_H
#define KMOD_TIMER_H

#include "gate.h"

#include <linux/timer.h>

/* A timer that may be all zeroes: it cannot be armed until it is opened. */
struct kmod_timer {
	struct timer_list timer; /* the first: it is what "function" gets */
	struct kmod_gate gate;
};

void kmod_timer_open(struct kmod_timer *timer, void (*function)(struct timer_list *timer));
void kmod_timer_shut(struct kmod_timer *timer);

/* Waits until it does not run; after kmod_timer_shut(). Not in its function. */
void kmod_timer_end(struct kmod_timer *timer);

/* Has it expire in so many jiffies from now. Whether it is open. */
bool kmod_timer_arm(struct kmod_timer *timer, unsigned long jiffies_from_now);

/* Disarms it. Whether it was armed. */
bool kmod_timer_disarm(struct kmod_timer *timer);

bool kmod_timer_is_armed(const struct kmod_timer *timer);

#endif
