// SPDX-License-Identifier: GPL-2.0-only
/* A file of its own: only modules that report what happens need it. */
#include "gate.h"

unsigned long kmod_spin_lock_irq_class(struct kmod_class_gate *gate)
{
	unsigned long flags;

	spin_lock_irqsave(&gate->lock, flags);
	return flags;
}

void kmod_spin_unlock_irq_class(struct kmod_class_gate *gate, unsigned long flags)
{
	spin_unlock_irqrestore(&gate->lock, flags);
}
