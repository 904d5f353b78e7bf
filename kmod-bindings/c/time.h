/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_TIME_H
#define KMOD_TIME_H

#include <linux/delay.h>
#include <linux/jiffies.h>

enum { KMOD_HZ = HZ };

/* Functions in some kernels, inline in others. */
unsigned int kmod_jiffies_to_msecs(unsigned long jiffies);
unsigned long kmod_msecs_to_jiffies(unsigned int msecs);

#endif
