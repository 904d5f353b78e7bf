/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_TIMER_H
#define KMOD_TIMER_H

#include <linux/sched.h>
#include <linux/timer.h>
#include <linux/types.h>

/* timer_setup(). */
void kmod_timer_setup(struct timer_list *timer, void (*function)(struct timer_list *timer));

/* timer_delete(): whether it was armed. */
int kmod_timer_delete(struct timer_list *timer);

/* timer_pending(); of one that is all zeroes, too. */
bool kmod_timer_is_pending(const struct timer_list *timer);

#endif
