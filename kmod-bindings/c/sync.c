// SPDX-License-Identifier: GPL-2.0-only
#include "sync.h"

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
