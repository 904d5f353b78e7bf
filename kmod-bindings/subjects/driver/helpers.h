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

/* Tells user space of a change, with variables up to a NULL. Sleeps. */
int kmod_driver_change(struct device *device, const char *const *variables);

/* What the drivers of most buses call, in one form on all kernels. */
struct kmod_driver_calls {
	struct ida indices; /* all zeroes until the driver is registered */
	int (*probe)(struct device *device, struct kmod_driver_calls *calls, unsigned long data);
	void (*remove)(struct device *device, struct kmod_driver_calls *calls);
	/* Each of the others may be NULL. */
	void (*shutdown)(struct device *device);
	int (*suspend)(struct device *device);
	int (*resume)(struct device *device);
	int (*runtime_suspend)(struct device *device);
	int (*runtime_resume)(struct device *device);
	struct dev_pm_ops pm; /* all zeroes until the driver is registered */
};

/* Those of a driver's calls that are of power, as the driver core has them; NULL if there are none. */
const struct dev_pm_ops *kmod_driver_pm(struct kmod_driver_calls *calls);

/* While a driver is being bound, its device is not suspended. */
void kmod_driver_power_hold(struct device *device);
void kmod_driver_power_release(struct device *device);

/*
 * While a driver is being unbound whose calls are of runtime power management: resumes the device and keeps
 * it so; has no such call run any more; lets the kernel go on with it.
 */
void kmod_driver_power_wake(struct device *device);
void kmod_driver_power_stop(struct device *device);
void kmod_driver_power_end(struct device *device);

#endif
