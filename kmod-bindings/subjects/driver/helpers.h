/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_DRIVER_H
#define KMOD_DRIVER_H

#include <linux/device.h>
#include <linux/idr.h>

/* The smallest number that no device of a driver has, or an errno. */
int kmod_driver_index_get(struct ida *indices);
void kmod_driver_index_put(struct ida *indices, unsigned int index);

/* What the driver keeps with a device that it is bound to. */
void *kmod_driver_get_drvdata(const struct device *device);
void kmod_driver_set_drvdata(struct device *device, void *data);

const char *kmod_driver_dev_name(const struct device *device);

/* What the drivers of most buses call, in one form on all kernels. */
struct kmod_driver_calls {
	struct ida indices; /* all zeroes until the driver is registered */
	int (*probe)(struct device *device, struct kmod_driver_calls *calls, unsigned long data);
	void (*remove)(struct device *device, struct kmod_driver_calls *calls);
	void (*shutdown)(struct device *device); /* or NULL */
};

#endif
