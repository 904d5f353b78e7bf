// SPDX-License-Identifier: GPL-2.0-only
/* A file of its own: works that are delayed need it, too. */
#include "helpers.h"

#include <linux/jiffies.h>
#include <linux/kernel.h>

unsigned long kmod_timer_jiffies(unsigned long long msecs)
{
	/* One more than is left of the running jiffy, as schedule_timeout() has it. */
	unsigned long long whole = msecs / MSEC_PER_SEC;
	unsigned long part = msecs_to_jiffies(msecs % MSEC_PER_SEC);

	if (whole >= MAX_JIFFY_OFFSET / HZ)
		return MAX_JIFFY_OFFSET;
	return min_t(unsigned long, whole * HZ + part, MAX_JIFFY_OFFSET);
}
