// SPDX-License-Identifier: GPL-2.0-only
#include "helpers.h"

static unsigned long flags_of(struct platform_device *device, unsigned int index)
{
	struct resource *resource = platform_get_resource(device, IORESOURCE_IRQ, index);

	return resource && resource->flags & IORESOURCE_IRQ_SHAREABLE ? IRQF_SHARED : 0;
}

int kmod_platform_irq_request(struct device *device, unsigned int index,
			      const struct kmod_irq_calls *calls)
{
	struct platform_device *platform;
	int line;

	if (!dev_is_platform(device))
		return -ENODEV;
	platform = to_platform_device(device);
	line = platform_get_irq(platform, index);
	if (line < 0)
		return line;
	return kmod_irq_request(device, line, flags_of(platform, index), calls);
}
