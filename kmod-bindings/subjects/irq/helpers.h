/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_IRQ_H
#define KMOD_IRQ_H

#include <linux/interrupt.h>

static const unsigned int KMOD_IRQ_NONE = IRQ_NONE;
static const unsigned int KMOD_IRQ_HANDLED = IRQ_HANDLED;
static const unsigned int KMOD_IRQ_WAKE_THREAD = IRQ_WAKE_THREAD;

/* What an interrupt calls, with "data". */
struct kmod_irq_calls {
	irq_handler_t handler;
	irq_handler_t thread;
	void *data;
	const char *field; /* or NULL, for the only one of its device */
	int nth; /* of the field, or -1 if it has but one */
};

/* Has a line call them, as the flags (IRQF_SHARED, IRQF_TRIGGER_RISING) say; the line, or an errno. */
int kmod_irq_request(struct device *device, unsigned int line, unsigned long flags,
		     const struct kmod_irq_calls *calls);
void kmod_irq_free(unsigned int line, void *data);

#endif
