/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_CLASS_GATE_H
#define KMOD_CLASS_GATE_H

#include <linux/spinlock.h>

/*
 * As kmod_gate, for calls of a class that take locks which sleep on PREEMPT_RT, as this one does. It is
 * shut when it is all zeroes, and when it has been moved.
 */
struct kmod_class_gate {
	const struct kmod_class_gate *home; /* where it was opened */
	spinlock_t lock;
	bool open;
};

/*
 * They are functions, of these names, so that the verifier knows on PREEMPT_RT, too, whom the lock is for: there
 * each spin lock is rt_spin_lock().
 */
unsigned long kmod_spin_lock_irq_class(struct kmod_class_gate *gate);
void kmod_spin_unlock_irq_class(struct kmod_class_gate *gate, unsigned long flags);

static inline void kmod_class_gate_open(struct kmod_class_gate *gate)
{
	spin_lock_init(&gate->lock);
	gate->open = true;
	smp_store_release(&gate->home, gate);
}

/* Who has passed has come back when this returns. */
static inline void kmod_class_gate_shut(struct kmod_class_gate *gate)
{
	unsigned long flags = kmod_spin_lock_irq_class(gate);

	gate->open = false;
	kmod_spin_unlock_irq_class(gate, flags);
}

/* Does "call" if the gate is open; whether it was. */
#define kmod_class_gate_pass(gate, call)					\
	({									\
		bool passed = smp_load_acquire(&(gate)->home) == (gate);	\
		unsigned long flags;						\
										\
		if (passed) {							\
			flags = kmod_spin_lock_irq_class(gate);			\
			passed = (gate)->open;					\
			if (passed)						\
				call;						\
			kmod_spin_unlock_irq_class(gate, flags);		\
		}								\
		passed;								\
	})

#endif
