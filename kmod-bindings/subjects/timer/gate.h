/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_GATE_H
#define KMOD_GATE_H

#include <linux/spinlock.h>

/*
 * What stands between a caller who arms something and the kernel. It is shut when it is all zeroes,
 * and when it has been moved: only kmod_gate_open() opens it, where it is, and kmod_gate_shut() is
 * for good as far as those are concerned who are on their way through.
 */
struct kmod_gate {
	const struct kmod_gate *home; /* where it was opened */
	raw_spinlock_t lock;
	bool open;
};

static inline void kmod_gate_open(struct kmod_gate *gate)
{
	raw_spin_lock_init(&gate->lock);
	gate->open = true;
	smp_store_release(&gate->home, gate);
}

/* Who has passed is known to the kernel when this returns. */
static inline void kmod_gate_shut(struct kmod_gate *gate)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&gate->lock, flags);
	gate->open = false;
	raw_spin_unlock_irqrestore(&gate->lock, flags);
}

/* Does "arm" if the gate is open, in one step with that; whether it was. */
#define kmod_gate_pass(gate, arm)						\
	({									\
		bool passed = smp_load_acquire(&(gate)->home) == (gate);	\
		unsigned long flags;						\
										\
		if (passed) {							\
			raw_spin_lock_irqsave(&(gate)->lock, flags);		\
			passed = (gate)->open;					\
			if (passed)						\
				arm;						\
			raw_spin_unlock_irqrestore(&(gate)->lock, flags);	\
		}								\
		passed;								\
	})

/* Whether what the gate belongs to has been made where it is, and may be looked at. */
static inline bool kmod_gate_is_home(const struct kmod_gate *gate)
{
	return smp_load_acquire(&gate->home) == gate;
}

#endif
