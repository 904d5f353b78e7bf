// SPDX-License-Identifier: GPL-2.0-only
#include "helpers.h"
#include "../../compat/timer.h"

#include <linux/jiffies.h>

void kmod_timer_open(struct kmod_timer *timer, void (*function)(struct timer_list *timer))
{
	timer_setup(&timer->timer, function, 0);
	kmod_gate_open(&timer->gate);
}

void kmod_timer_shut(struct kmod_timer *timer)
{
	kmod_gate_shut(&timer->gate);
}

void kmod_timer_end(struct kmod_timer *timer)
{
	timer_delete_sync(&timer->timer);
}

bool kmod_timer_arm(struct kmod_timer *timer, unsigned long jiffies_from_now)
{
	return kmod_gate_pass(&timer->gate, mod_timer(&timer->timer, jiffies + jiffies_from_now));
}

bool kmod_timer_disarm(struct kmod_timer *timer)
{
	/* Through the gate: behind a shut one, somebody else waits for its end. */
	int was_armed = 0;

	kmod_gate_pass(&timer->gate, was_armed = kmod_compat_timer_delete(&timer->timer));
	return was_armed;
}

bool kmod_timer_is_armed(const struct kmod_timer *timer)
{
	return kmod_gate_is_home(&timer->gate) && timer_pending(&timer->timer);
}
