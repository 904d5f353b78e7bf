/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_PLATFORM_H
#define KMOD_PLATFORM_H

#include <linux/idr.h>
#include <linux/platform_device.h>

/* A driver, with what its functions of one form on all kernels are. */
struct kmod_platform_driver {
	struct platform_driver driver; /* all zeroes until it is registered */
	struct ida indices;
	int (*probe)(struct platform_device *device, struct kmod_platform_driver *driver);
	void (*remove)(struct platform_device *device, struct kmod_platform_driver *driver);
	void (*shutdown)(struct platform_device *device);
};

/* With "probe" and "remove" and perhaps "shutdown" set. */
int kmod_platform_driver_register(struct kmod_platform_driver *driver, const char *name);
void kmod_platform_driver_unregister(struct kmod_platform_driver *driver);

/* Makes a device "NAME.ID" that the driver of that name finds, or an ERR_PTR. */
struct platform_device *kmod_platform_device_create(const char *name, int id);

struct device *kmod_platform_dev(struct platform_device *device);
int kmod_platform_id(const struct platform_device *device);

#endif
