/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_SYNC_H
#define KMOD_SYNC_H

#include <linux/rwsem.h>
#include <linux/spinlock.h>
#include <linux/types.h>
#include <linux/wait_bit.h>

/* Whether lockdep looks at locks: one that has a class of its own is told of it before it is used. */
#ifdef CONFIG_DEBUG_LOCK_ALLOC
static const unsigned int KMOD_LOCK_CLASSES = 1;
#else
static const unsigned int KMOD_LOCK_CLASSES = 0;
#endif

/*
 * Whether spin_lock() leaves it to its callers that nobody else comes in: with one processor it only
 * turns preemption off, and whoever holds the lock can sleep, or end in a BUG.
 */
#if defined(CONFIG_SMP) || defined(CONFIG_PREEMPT_RT)
static const unsigned int KMOD_SPINLOCK_TRUSTS = 0;
#else
#define KMOD_SPINLOCK_HELD
static const unsigned int KMOD_SPINLOCK_TRUSTS = 1;
#endif

/* Whether a spin lock that is held names its holder, at whom who waits for it looks. */
#ifdef CONFIG_PREEMPT_RT
static const unsigned int KMOD_SPINLOCK_OWNED = 1;
#else
static const unsigned int KMOD_SPINLOCK_OWNED = 0;
#endif

/* A spinlock that may be all zeroes, and that may have been moved since it was last held. */
struct kmod_spinlock {
	spinlock_t lock;
	const struct kmod_spinlock *home; /* where `lock` was initialised, if it must be */
#ifdef KMOD_SPINLOCK_HELD
	bool held;
#endif
};

/*
 * Has the lock in a class of its own if it is part of the module, as one that DEFINE_SPINLOCK() makes,
 * and else in that of "site", the place in the source where it was made. Before kmod_spin_lock(), on
 * kernels with KMOD_LOCK_CLASSES.
 */
void kmod_spin_classify(struct kmod_spinlock *lock, const void *site, const char *name);

void kmod_spin_lock(struct kmod_spinlock *lock);
void kmod_spin_unlock(struct kmod_spinlock *lock);

/* The same, without softirqs on this CPU. What is returned, the lock is given back with. */
bool kmod_spin_lock_bh(struct kmod_spinlock *lock);
void kmod_spin_unlock_bh(struct kmod_spinlock *lock, bool masked);

/* The same, without interrupts on this CPU, but on PREEMPT_RT. */
unsigned long kmod_spin_lock_irqsave(struct kmod_spinlock *lock);
void kmod_spin_unlock_irqrestore(struct kmod_spinlock *lock, unsigned long flags);

/*
 * After the lock was taken by one of these, on kernels with KMOD_SPINLOCK_TRUSTS: false if it was held
 * already.
 */
bool kmod_spin_hold(struct kmod_spinlock *lock);

/* A semaphore of readers and writers that may be all zeroes, and may have been moved while it was free. */
struct kmod_rwsem {
	struct rw_semaphore sem;
	const struct kmod_rwsem *home; /* where `sem` was initialised */
};

/* Initialises it where it is. "site" and "name" as for kmod_spin_classify(), where that is called. */
void kmod_rwsem_settle(struct kmod_rwsem *rwsem, const void *site, const char *name);

/*
 * Tells lockdep that a mutex will be held, or, if it "tries", that it is; and that it will not be any more.
 * "site" and "name" as for kmod_spin_classify(), on kernels with KMOD_LOCK_CLASSES. The mutex is only an
 * address.
 */
void kmod_mutex_acquire(const void *mutex, const void *site, const char *name, bool tries);
void kmod_mutex_release(const void *mutex, const void *site, const char *name);

/* For a task that ends in a BUG: it is never freed, since the locks that it holds name it. */
void kmod_task_keep(void);

#endif
