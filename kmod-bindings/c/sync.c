// SPDX-License-Identifier: GPL-2.0-only
#include "sync.h"

/* kmod-core keeps both in arrays of 64-bit words. */
static_assert(__alignof__(struct mutex) <= sizeof(u64));
static_assert(__alignof__(spinlock_t) <= sizeof(u64));

static DEFINE_RAW_SPINLOCK(preparing);

/* All locks of a kind in a module are of one lockdep class. */
#define PREPARE(name, init)							\
	void name(void *lock, unsigned long *address)				\
	{									\
		unsigned long flags;						\
										\
		raw_spin_lock_irqsave(&preparing, flags);			\
		if (*address != (unsigned long)lock) {				\
			init;							\
			/* Pairs with the acquiring load before the lock's use. */ \
			smp_store_release(address, (unsigned long)lock);	\
		}								\
		raw_spin_unlock_irqrestore(&preparing, flags);			\
	}

PREPARE(kmod_mutex_prepare, mutex_init((struct mutex *)lock))
PREPARE(kmod_spinlock_prepare, spin_lock_init((spinlock_t *)lock))

#ifdef CONFIG_DEBUG_LOCK_ALLOC
void kmod_mutex_lock(void *lock)
{
	mutex_lock(lock);
}

int kmod_mutex_lock_interruptible(void *lock)
{
	return mutex_lock_interruptible(lock);
}

int kmod_mutex_trylock(void *lock)
{
	return mutex_trylock(lock);
}
#endif

void kmod_spin_lock(void *lock)
{
	spin_lock((spinlock_t *)lock);
}

int kmod_spin_trylock(void *lock)
{
	return spin_trylock((spinlock_t *)lock);
}

void kmod_spin_unlock(void *lock)
{
	spin_unlock((spinlock_t *)lock);
}

unsigned long kmod_spin_lock_irqsave(void *lock)
{
	unsigned long flags;

	spin_lock_irqsave((spinlock_t *)lock, flags);
	return flags;
}

void kmod_spin_unlock_irqrestore(void *lock, unsigned long flags)
{
	spin_unlock_irqrestore((spinlock_t *)lock, flags);
}
