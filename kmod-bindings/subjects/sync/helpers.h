/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_SYNC_H
#define KMOD_SYNC_H

#include <linux/spinlock.h>
#include <linux/types.h>
#include <linux/wait_bit.h>

/* A spinlock that may be all zeroes, and that may have been moved since it was last held. */
struct kmod_spinlock {
	spinlock_t lock;
	const struct kmod_spinlock *home; /* where `lock` was initialised, if it must be */
};

void kmod_spin_lock(struct kmod_spinlock *lock);
void kmod_spin_unlock(struct kmod_spinlock *lock);

#endif
