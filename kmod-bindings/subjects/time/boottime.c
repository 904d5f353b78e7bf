// SPDX-License-Identifier: GPL-2.0-only
/* A file of its own: only modules under the GPL may call what it calls. */
#include "helpers.h"

u64 kmod_ktime_get_boottime_ns(void)
{
	return ktime_get_boottime_ns();
}
