// SPDX-License-Identifier: GPL-2.0-only
#include "helpers.h"

enum { NEW, BEING_MADE, MADE };

bool kmod_ratelimit(struct kmod_ratelimit *limit, const char *who)
{
	if (atomic_read_acquire(&limit->made) != MADE) {
		/* Who comes while it is being made is not kept. */
		if (atomic_cmpxchg(&limit->made, NEW, BEING_MADE) != NEW)
			return true;
		ratelimit_state_init(&limit->state, DEFAULT_RATELIMIT_INTERVAL, DEFAULT_RATELIMIT_BURST);
		atomic_set_release(&limit->made, MADE);
	}
	return ___ratelimit(&limit->state, who);
}
