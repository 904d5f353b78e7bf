/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_HRTIMER_H
#define KMOD_HRTIMER_H

#include "../timer/gate.h"

#include <linux/hrtimer.h>

/* A timer that may be all zeroes: it cannot be armed until it is opened. */
struct kmod_hrtimer {
	struct hrtimer timer;
	struct kmod_gate gate;
	void (*expired)(struct kmod_hrtimer *timer);
	bool absolute;
};

static const int KMOD_CLOCK_REALTIME = CLOCK_REALTIME;
static const int KMOD_CLOCK_MONOTONIC = CLOCK_MONOTONIC;
static const int KMOD_CLOCK_BOOTTIME = CLOCK_BOOTTIME;

/* It expires in softirq context, or on PREEMPT_RT in a thread. */
void kmod_hrtimer_open(struct kmod_hrtimer *timer, void (*expired)(struct kmod_hrtimer *timer),
		       int clock, bool absolute);
void kmod_hrtimer_shut(struct kmod_hrtimer *timer);

/* Waits until it does not run; after kmod_hrtimer_shut(). Not in its function. */
void kmod_hrtimer_end(struct kmod_hrtimer *timer);

/* Has it expire in so many nanoseconds, or at this time if it is absolute. Whether it is open. */
bool kmod_hrtimer_arm(struct kmod_hrtimer *timer, long long nsecs);

/* For its function: has it expire a multiple of so long after the last time, unless it is armed. */
void kmod_hrtimer_again(struct kmod_hrtimer *timer, long long nsecs);

/* Disarms it. Whether it was armed. */
bool kmod_hrtimer_disarm(struct kmod_hrtimer *timer);

bool kmod_hrtimer_is_armed(const struct kmod_hrtimer *timer);

#endif
