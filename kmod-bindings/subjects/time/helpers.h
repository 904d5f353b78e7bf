/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_TIME_H
#define KMOD_TIME_H

#include <linux/delay.h>
#include <linux/jiffies.h>
#include <linux/ktime.h>
#include <linux/timekeeping.h>

enum { KMOD_HZ = HZ };

/* Functions in some kernels, inline in others. */
unsigned int kmod_jiffies_to_msecs(unsigned long ticks);
unsigned long kmod_msecs_to_jiffies(unsigned int msecs);
void kmod_usleep_range(unsigned long min, unsigned long max);
void kmod_fsleep(unsigned long usecs);

/* For delays that are not known before: C's checks of the others do not see them. */
void kmod_udelay(u16 usecs);
void kmod_ndelay(u16 nsecs);

/* Nanoseconds since the boot, while suspended too. */
u64 kmod_ktime_get_boottime_ns(void);

#endif
