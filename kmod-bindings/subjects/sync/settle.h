/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_SETTLE_H
#define KMOD_SETTLE_H

#include <linux/spinlock.h>

/*
 * What may be all zeroes, and may have been moved while it was at rest, is initialised where it is
 * used: `home` is where it was.
 */
#define kmod_is_settled(object) likely(smp_load_acquire(&(object)->home) == (object))

/* Several may find it at a new place at once; one of them initialises it. */
#define kmod_settle(object, initialise)						\
	do {									\
		static DEFINE_RAW_SPINLOCK(settling);				\
		unsigned long flags;						\
										\
		raw_spin_lock_irqsave(&settling, flags);			\
		if ((object)->home != (object)) {				\
			initialise;						\
			smp_store_release(&(object)->home, (object));		\
		}								\
		raw_spin_unlock_irqrestore(&settling, flags);			\
	} while (0)

#endif
