// SPDX-License-Identifier: GPL-2.0-only
#include "helpers.h"
#include "../../compat/timer.h"

void kmod_timer_setup(struct timer_list *timer, void (*function)(struct timer_list *timer))
{
	timer_setup(timer, function, 0);
}

int kmod_timer_delete(struct timer_list *timer)
{
	return kmod_compat_timer_delete(timer);
}

bool kmod_timer_is_pending(const struct timer_list *timer)
{
	return timer_pending(timer);
}
