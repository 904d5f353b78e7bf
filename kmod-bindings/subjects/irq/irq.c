// SPDX-License-Identifier: GPL-2.0-only
#include "helpers.h"

#include <linux/device.h>
#include <linux/slab.h>

/* As /proc/interrupts shows it. */
static char *name_of(struct device *device, const struct kmod_irq_calls *calls)
{
	const char *driver = dev_driver_string(device);

	if (!calls->field)
		return kstrdup(driver, GFP_KERNEL);
	if (calls->nth < 0)
		return kasprintf(GFP_KERNEL, "%s-%s", driver, calls->field);
	return kasprintf(GFP_KERNEL, "%s-%s-%d", driver, calls->field, calls->nth);
}

int kmod_irq_request(struct device *device, unsigned int line, unsigned long flags,
		     const struct kmod_irq_calls *calls)
{
	char *name = name_of(device, calls);
	int error;

	if (!name)
		return -ENOMEM;
	if (!calls->handler)
		flags |= IRQF_ONESHOT;
	error = request_threaded_irq(line, calls->handler, calls->thread, flags, name,
				     calls->data);
	if (error) {
		kfree(name);
		return error;
	}
	return line;
}

void kmod_irq_free(unsigned int line, void *data)
{
	/* It gives back the name. */
	kfree(free_irq(line, data));
}
