// SPDX-License-Identifier: GPL-2.0-only
/* A file of its own: only modules with locks that timers take need it. */
#include <linux/irqflags.h>

#include "ready.h"

/*
 * With interrupts off there are no softirqs, either; and to let them in again there would run those that
 * wait, with interrupts on, within what has turned them off.
 */
bool kmod_spin_lock_bh(struct kmod_spinlock *lock)
{
	bool masks = !irqs_disabled();

	kmod_spin_ready(lock);
	if (masks)
		spin_lock_bh(&lock->lock);
	else
		spin_lock(&lock->lock);
	return masks;
}

void kmod_spin_unlock_bh(struct kmod_spinlock *lock, bool masked)
{
	kmod_spin_rest(lock);
	if (masked)
		spin_unlock_bh(&lock->lock);
	else
		spin_unlock(&lock->lock);
}
