/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_SLEEPER_H
#define KMOD_SLEEPER_H

#include <linux/list.h>
#include <linux/sched.h>
#include <linux/types.h>

/* Set once something is taken away whose handlers may sleep: says whether the caller is to go. */
extern bool (*kmod_must_leave)(void);

/* A task in kmod_wait_queue_wait(). */
struct kmod_sleeper {
	struct hlist_node others;
	struct task_struct *task;
};

void kmod_sleeper_begins(struct kmod_sleeper *sleeper);
void kmod_sleeper_ends(struct kmod_sleeper *sleeper);

static inline bool kmod_is_to_leave(void)
{
	bool (*must_leave)(void) = READ_ONCE(kmod_must_leave);

	return unlikely(must_leave) && must_leave();
}

/*
 * From now on who is about to sleep asks "must_leave", if nobody is asked yet. Wakes all tasks that
 * sleep and of which "belongs" says so.
 */
void kmod_sleepers_wake(bool (*must_leave)(void),
			bool (*belongs)(struct task_struct *task, void *data), void *data);

/* The module goes: nobody sleeps any more in one of its wait queues. */
void kmod_sleepers_end(void);

#endif
