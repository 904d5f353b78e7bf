/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_SYNC_H
#define KMOD_SYNC_H

#include <linux/mutex.h>
#include <linux/spinlock.h>

static const unsigned long KMOD_MUTEX_SIZE = sizeof(struct mutex);
static const unsigned long KMOD_SPINLOCK_SIZE = sizeof(spinlock_t);

/*
 * Initialises the lock unless *address says that this was done there, and says
 * so. Callers that come together initialise it once.
 */
void kmod_mutex_prepare(void *lock, unsigned long *address);
void kmod_spinlock_prepare(void *lock, unsigned long *address);

/* With lockdep they are macros. */
#ifdef CONFIG_DEBUG_LOCK_ALLOC
void kmod_mutex_lock(void *lock);
int kmod_mutex_lock_interruptible(void *lock);
int kmod_mutex_trylock(void *lock);
#else
void kmod_mutex_lock(void *lock) __asm__("mutex_lock");
int kmod_mutex_lock_interruptible(void *lock) __asm__("mutex_lock_interruptible");
int kmod_mutex_trylock(void *lock) __asm__("mutex_trylock");
#endif
void kmod_mutex_unlock(void *lock) __asm__("mutex_unlock");

void kmod_spin_lock(void *lock);
int kmod_spin_trylock(void *lock);
void kmod_spin_unlock(void *lock);
unsigned long kmod_spin_lock_irqsave(void *lock);
void kmod_spin_unlock_irqrestore(void *lock, unsigned long flags);

#endif
