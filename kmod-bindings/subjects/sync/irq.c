// SPDX-License-Identifier: GPL-2.0-only
/* A file of its own: only modules with locks that interrupts take need it. */
#include "ready.h"

unsigned long kmod_spin_lock_irqsave(struct kmod_spinlock *lock)
{
	unsigned long flags;

	kmod_spin_ready(lock);
	spin_lock_irqsave(&lock->lock, flags);
	return flags;
}

void kmod_spin_unlock_irqrestore(struct kmod_spinlock *lock, unsigned long flags)
{
	kmod_spin_rest(lock);
	spin_unlock_irqrestore(&lock->lock, flags);
}
