// SPDX-License-Identifier: GPL-2.0-only
#include "sync.h"

#include <linux/sched.h>
#include <linux/wait_bit.h>

int kmod_bit_lock_wait(unsigned long *word, bool interruptible)
{
	return wait_on_bit_lock(word, 0, interruptible ? TASK_INTERRUPTIBLE : TASK_UNINTERRUPTIBLE);
}

void kmod_bit_lock_wake(unsigned long *word)
{
	wake_up_bit(word, 0);
}

/* Several may find the lock at a new place at once; one of them initialises it. */
static noinline void settle(struct kmod_spinlock *lock)
{
	static DEFINE_RAW_SPINLOCK(settling);
	unsigned long flags;

	raw_spin_lock_irqsave(&settling, flags);
	if (lock->home != lock) {
		spin_lock_init(&lock->lock);
		smp_store_release(&lock->home, lock);
	}
	raw_spin_unlock_irqrestore(&settling, flags);
}

void kmod_spin_lock(struct kmod_spinlock *lock)
{
	if (unlikely(smp_load_acquire(&lock->home) != lock))
		settle(lock);
	spin_lock(&lock->lock);
}

void kmod_spin_unlock(struct kmod_spinlock *lock)
{
	spin_unlock(&lock->lock);
}
