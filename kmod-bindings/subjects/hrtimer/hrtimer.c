// SPDX-License-Identifier: GPL-2.0-only
#include "helpers.h"
#include "../../compat/hrtimer.h"

#include <linux/kernel.h>
#include <linux/ktime.h>

/* Who arms it again does so through the gate, and not by what this returns. */
static enum hrtimer_restart expired(struct hrtimer *hrtimer)
{
	struct kmod_hrtimer *timer = container_of(hrtimer, struct kmod_hrtimer, timer);

	timer->expired(timer);
	return HRTIMER_NORESTART;
}

static enum hrtimer_mode mode(const struct kmod_hrtimer *timer)
{
	return timer->absolute ? HRTIMER_MODE_ABS_SOFT : HRTIMER_MODE_REL_SOFT;
}

void kmod_hrtimer_open(struct kmod_hrtimer *timer, void (*function)(struct kmod_hrtimer *timer),
		       int clock, bool absolute)
{
	timer->expired = function;
	timer->absolute = absolute;
	kmod_compat_hrtimer_setup(&timer->timer, expired, clock, mode(timer));
	kmod_gate_open(&timer->gate);
}

void kmod_hrtimer_shut(struct kmod_hrtimer *timer)
{
	kmod_gate_shut(&timer->gate);
}

void kmod_hrtimer_end(struct kmod_hrtimer *timer)
{
	hrtimer_cancel(&timer->timer);
}

bool kmod_hrtimer_arm(struct kmod_hrtimer *timer, long long nsecs)
{
	return kmod_gate_pass(&timer->gate,
			      hrtimer_start(&timer->timer, ns_to_ktime(nsecs), mode(timer)));
}

void kmod_hrtimer_again(struct kmod_hrtimer *timer, long long nsecs)
{
	/* All who arm it come through the gate: what is not queued here stays so. */
	kmod_gate_pass(&timer->gate, {
		if (!hrtimer_is_queued(&timer->timer)) {
			hrtimer_forward_now(&timer->timer, ns_to_ktime(nsecs));
			hrtimer_start_expires(&timer->timer, HRTIMER_MODE_ABS_SOFT);
		}
	});
}

bool kmod_hrtimer_disarm(struct kmod_hrtimer *timer)
{
	/* Through the gate: behind a shut one, somebody else waits for its end. */
	int was_armed = 0;

	kmod_gate_pass(&timer->gate, was_armed = hrtimer_try_to_cancel(&timer->timer));
	return was_armed > 0;
}

bool kmod_hrtimer_is_armed(const struct kmod_hrtimer *timer)
{
	return kmod_gate_is_home(&timer->gate) &&
	       hrtimer_is_queued((struct hrtimer *)&timer->timer);
}
