// SPDX-License-Identifier: GPL-2.0-only
#include "time.h"

unsigned int kmod_jiffies_to_msecs(unsigned long jiffies)
{
	return jiffies_to_msecs(jiffies);
}

unsigned long kmod_msecs_to_jiffies(unsigned int msecs)
{
	return msecs_to_jiffies(msecs);
}
