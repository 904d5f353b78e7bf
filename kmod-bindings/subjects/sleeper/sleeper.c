// SPDX-License-Identifier: GPL-2.0-only
#include "helpers.h"

#include <linux/spinlock.h>

bool (*kmod_must_leave)(void);

/* Under kmod_sections' locks nobody takes this one. */
static DEFINE_RAW_SPINLOCK(sleepers_lock);
static HLIST_HEAD(sleepers);

/*
 * The lock orders this and kmod_sleepers_wake(): either that finds the sleeper, which has a state to
 * be woken from or looks once more before it sleeps, or the sleeper finds who is to be asked.
 */
void kmod_sleeper_begins(struct kmod_sleeper *sleeper)
{
	sleeper->task = current;
	raw_spin_lock(&sleepers_lock);
	hlist_add_head(&sleeper->others, &sleepers);
	raw_spin_unlock(&sleepers_lock);
}

void kmod_sleeper_ends(struct kmod_sleeper *sleeper)
{
	raw_spin_lock(&sleepers_lock);
	hlist_del(&sleeper->others);
	raw_spin_unlock(&sleepers_lock);
}

void kmod_sleepers_wake(bool (*must_leave)(void),
			bool (*belongs)(struct task_struct *task, void *data), void *data)
{
	struct kmod_sleeper *sleeper;

	raw_spin_lock(&sleepers_lock);
	if (!kmod_must_leave)
		WRITE_ONCE(kmod_must_leave, must_leave);
	hlist_for_each_entry(sleeper, &sleepers, others)
		if (belongs(sleeper->task, data))
			wake_up_process(sleeper->task);
	raw_spin_unlock(&sleepers_lock);
}

static bool everybody_must(void)
{
	return true;
}

static bool everybody(struct task_struct *task, void *data)
{
	return true;
}

void kmod_sleepers_end(void)
{
	/* Whoever else is asked has no instances any more, or says less. */
	WRITE_ONCE(kmod_must_leave, everybody_must);
	kmod_sleepers_wake(everybody_must, everybody, NULL);
}
