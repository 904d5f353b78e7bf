/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_PLATFORM_H
#define KMOD_PLATFORM_H

#include <linux/platform_device.h>

#include "../driver/helpers.h"
#include "../irq/helpers.h"

/* A driver, with what its functions of one form on all kernels are. */
struct kmod_platform_driver {
	struct platform_driver driver;
	struct kmod_driver_calls *calls;
};

int kmod_platform_driver_register(struct kmod_platform_driver *driver,
				  struct kmod_driver_calls *calls, const char *name);
void kmod_platform_driver_unregister(struct kmod_platform_driver *driver);

/* Makes a device "NAME.ID" that the driver of that name finds, or an ERR_PTR. */
struct platform_device *kmod_platform_device_create(const char *name, int id);

struct platform_device *kmod_platform_of(struct device *device); /* or NULL, if it is on another bus */
int kmod_platform_id(const struct platform_device *device);

/* Has the interrupt resource of this index call what it is to; its line, or an errno. */
int kmod_platform_irq_request(struct device *device, unsigned int index,
			      const struct kmod_irq_calls *calls);

#endif
