// SPDX-License-Identifier: GPL-2.0-only
#include "helpers.h"

unsigned int kmod_jiffies_to_msecs(unsigned long ticks)
{
	return jiffies_to_msecs(ticks);
}

unsigned long kmod_msecs_to_jiffies(unsigned int msecs)
{
	return msecs_to_jiffies(msecs);
}

void kmod_usleep_range(unsigned long min, unsigned long max)
{
	usleep_range(min, max);
}

void kmod_fsleep(unsigned long usecs)
{
	fsleep(usecs);
}

void kmod_udelay(u16 usecs)
{
	udelay(usecs);
}

void kmod_ndelay(u16 nsecs)
{
	ndelay(nsecs);
}
