/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_READY_H
#define KMOD_READY_H

#include "settle.h"
#include "helpers.h"

/*
 * A lock that is the architecture's and nothing besides (nothing for lockdep, no sleeping lock of
 * PREEMPT_RT) is free when it is all zeroes, wherever it stands.
 */
#define ZEROES_ARE_FREE (sizeof(spinlock_t) == sizeof(arch_spinlock_t))

static noinline void settle(struct kmod_spinlock *lock)
{
	kmod_settle(lock, spin_lock_init(&lock->lock));
}

/* Before a lock is taken, by whichever function. */
static __always_inline void kmod_spin_ready(struct kmod_spinlock *lock)
{
	if (!ZEROES_ARE_FREE && !kmod_is_settled(lock))
		settle(lock);
}

/* Before it is given back. */
static __always_inline void kmod_spin_rest(struct kmod_spinlock *lock)
{
#ifdef KMOD_SPINLOCK_HELD
	lock->held = false;
#endif
}

#endif
