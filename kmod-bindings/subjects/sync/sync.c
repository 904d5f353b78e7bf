// SPDX-License-Identifier: GPL-2.0-only
#include "ready.h"

void kmod_spin_lock(struct kmod_spinlock *lock)
{
	kmod_spin_ready(lock);
	spin_lock(&lock->lock);
}

void kmod_spin_unlock(struct kmod_spinlock *lock)
{
	kmod_spin_rest(lock);
	spin_unlock(&lock->lock);
}
