/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_SYNC_H
#define KMOD_SYNC_H

#include <linux/spinlock.h>
#include <linux/types.h>
#include <linux/wait_bit.h>

/* A spinlock that may be all zeroes, and that may have been moved since it was last held. */
struct kmod_spinlock {
	spinlock_t lock;
	const struct kmod_spinlock *home; /* where `lock` was initialised */
};

/*
 * Whether a lock that is all zeroes is free, wherever it stands, and is taken and given back by
 * the functions _raw_spin_lock() and _raw_spin_unlock().
 */
#if defined(CONFIG_SMP) && !defined(CONFIG_PREEMPT_RT) && !defined(CONFIG_DEBUG_SPINLOCK) && \
	!defined(CONFIG_DEBUG_LOCK_ALLOC) && !defined(_raw_spin_lock) && !defined(_raw_spin_unlock)
static const bool KMOD_SPINLOCK_IS_RAW = true;
#else
static const bool KMOD_SPINLOCK_IS_RAW = false;
#endif

void kmod_spin_lock(struct kmod_spinlock *lock);
void kmod_spin_unlock(struct kmod_spinlock *lock);

#endif
